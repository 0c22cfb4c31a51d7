"""No screen, light or dark, has a serious accessibility fault that axe-core finds in what we draw.

docs/accessibility.md says what was looked at and repeats the list of what Streamlit itself draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portfolio.settings import ROOT
from tests.browser.screens import PAGES, address_of, problems_on, wait_until_drawn
from tests.servers import RunningServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
GRAVE = ("moderate", "serious", "critical")
# The project of each portfolio that its screens are opened with, and something to find.
PROJECTS = {"demo": "frost-hazel", "reference": "cybersouth"}


@dataclass(frozen=True)
class Drawn:
    """A fault in what Streamlit itself draws: the rule, the elements (CSS), and why it stays."""

    rule: str
    selector: str
    why: str


STREAMLITS_OWN = (
    Drawn(
        "color-contrast",
        'button[data-selected="true"]',
        "In the dark theme the chosen segment is written in the primary colour on a tint of it, 3.6 to 1. "
        "The same colour lies under the white labels of buttons, and no colour serves both; a frame marks "
        "the chosen segment as well.",
    ),
    Drawn(
        "color-contrast",
        'button[aria-expanded="true"]',
        "In the dark theme the name of what has just been opened is written in a darker shade of the primary "
        "colour; what opened repeats the name as its first line.",
    ),
)


def address(page_name: str, portfolio: str) -> str:
    """The address of a screen with something on it."""
    query = {
        "project": f"?id={PROJECTS[portfolio]}",
        "edit": f"?id={PROJECTS[portfolio]}",
        "find": "?q=cyber",
        "figure": f"?figure=absorption&id={PROJECTS[portfolio]}",
        "partner": "?in=UKR",
    }
    return address_of(page_name) + query.get(page_name, "")


def faults(page: Page) -> list[tuple[str, str]]:
    """Rule and element of every fault of weight, whoever draws it."""
    found = Axe().run(page).response["violations"]
    return [
        (violation["id"], node["target"][0])
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def is_inside(page: Page, target: str, selector: str) -> bool:
    """Whether the element that axe-core names stands inside one that the selector names."""
    inside = "([target, selector]) => Boolean(document.querySelector(target)?.closest(selector))"
    return bool(page.evaluate(inside, [target, selector]))


def is_streamlits(page: Page, rule: str, target: str) -> bool:
    """Whether a fault is on the list of what Streamlit itself draws."""
    return any(own.rule == rule and is_inside(page, target, own.selector) for own in STREAMLITS_OWN)


def our_faults(page: Page) -> list[tuple[str, str]]:
    """The faults in what we draw."""
    return [fault for fault in faults(page) if not is_streamlits(page, *fault)]


def draw(page: Page, url: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(url)
    wait_until_drawn(page)
    assert problems_on(page) == []


# The fictional portfolio has something on every screen; the published one differs in what it does not know.
WITH_GAPS = ("completeness", "health", "map", "overview", "project")
SCREENS = [(name, "demo") for name in PAGES] + [(name, "reference") for name in WITH_GAPS]
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"


def darken(page: Page) -> None:
    """Nothing, once the screen that was drawn light is drawn dark."""
    before = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"before => ({BACKGROUND})() !== before", arg=before)
    wait_until_drawn(page)


@pytest.mark.parametrize(("name", "portfolio"), SCREENS)
def test_screen_has_no_grave_fault_in_what_we_draw(
    page: Page, server: Callable[[str], RunningServer], name: str, portfolio: str
) -> None:
    draw(page, server(portfolio).url + address(name, portfolio), "light")
    assert our_faults(page) == []
    darken(page)
    assert our_faults(page) == []


def open_filter(page: Page) -> None:
    page.locator('[data-testid="stExpander"] summary').first.click()
    page.get_by_role("combobox", name="Region").wait_for()


def open_origin(page: Page) -> None:
    page.get_by_role("button", name="Total budget", exact=True).click()
    page.get_by_role("link", name="in History").first.wait_for()


def preview_setting(page: Page) -> None:
    page.get_by_role("textbox", name="Value (days)").fill("45")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Apply").wait_for()


def refuse_setting(page: Page) -> None:
    page.get_by_role("textbox", name="Value (days)").fill("soon")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("is not a whole number").wait_for()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("/?region=Western+Balkans&focus=Cybercrime", open_filter),
        ("/project?id=frost-hazel", open_origin),
        ("/settings?group=Health+thresholds", preview_setting),
        ("/settings?group=Health+thresholds", refuse_setting),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_opens_on_a_screen_has_no_grave_fault_either(
    page: Page,
    server: Callable[[str], RunningServer],
    path: str,
    step: Callable[[Page], None],
    scheme: Literal["light", "dark"],
) -> None:
    draw(page, server("demo").url + path, scheme)
    step(page)
    wait_until_drawn(page)
    assert our_faults(page) == []


def test_a_fault_of_ours_would_be_found(page: Page, server: Callable[[str], RunningServer]) -> None:
    draw(page, server("demo").url + "/settings", "light")
    page.evaluate(
        """() => document.querySelector('[data-testid="stMain"] h1').insertAdjacentHTML("afterend",
            '<p id="pale" style="color: #bbb; background: #fff">pale</p><button id="mute"></button>')"""
    )
    assert {("color-contrast", "#pale"), ("button-name", "#mute")} <= set(our_faults(page))


def test_the_list_of_what_streamlit_draws_holds_nothing_that_is_mended(
    page: Page, server: Callable[[str], RunningServer]
) -> None:
    draw(page, server("demo").url + "/settings", "dark")
    found = [own for own in STREAMLITS_OWN if is_drawn(page, own)]
    draw(page, server("demo").url + "/project?id=frost-hazel", "dark")
    open_origin(page)
    found += [own for own in STREAMLITS_OWN if is_drawn(page, own)]
    assert tuple(found) == STREAMLITS_OWN


def is_drawn(page: Page, own: Drawn) -> bool:
    """Whether axe-core still finds this fault on the screen."""
    return any(rule == own.rule and is_inside(page, target, own.selector) for rule, target in faults(page))


def test_the_document_names_every_fault_that_streamlit_draws() -> None:
    text = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert [own for own in STREAMLITS_OWN if own.rule not in text or own.selector not in text] == []
