"""Every screen opens by its own address in a fresh browser, in each of the three portfolios."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from portfolio.settings import PORTFOLIO_NAMES
from tests.browser.screens import PAGES, address_of, problems_on, wait_until_drawn
from tests.servers import RunningServer

pytestmark = pytest.mark.browser
BANNER = "Demonstration portfolio: fictional"
LOOKS, LOOK_EVERY_MS = 12, 250
# Streamlit asks for these beside a screen's own address first, and then where they are.
HARMLESS = ("/_stcore/health", "/_stcore/host-config")


def unexpected_errors(messages: list[ConsoleMessage]) -> list[str]:
    """What the browser reported as errors, without Streamlit's two harmless ones."""
    errors = (message for message in messages if message.type == "error")
    return [
        f"{message.text} {message.location['url']}"
        for message in errors
        if not message.location["url"].endswith(HARMLESS)
    ]


# tests/app opens every screen of every portfolio cold as well; a browser takes ten times as long for it.
OTHERWISE_DRAWN = ("edit", "figure", "health", "imports", "map", "overview", "project", "timeline")
COLD = [(kind, name) for kind in PORTFOLIO_NAMES for name in (PAGES if kind == "demo" else OTHERWISE_DRAWN)]


@pytest.mark.parametrize(("portfolio", "name"), COLD)
def test_screen_opened_cold_by_its_address_renders(
    context: BrowserContext, server: Callable[[str], RunningServer], portfolio: str, name: str
) -> None:
    messages: list[ConsoleMessage] = []
    page = context.new_page()
    page.on("console", lambda message: messages.append(message))
    page.goto(server(portfolio).url + address_of(name))
    wait_until_drawn(page)
    assert problems_on(page) == []
    assert page.locator("h1").count() == 1
    assert page.url.split("?")[0] == server(portfolio).url + address_of(name)
    banner = page.get_by_test_id("stAlert").get_by_text(BANNER, exact=True)
    expect(banner).to_have_count(1 if portfolio == "demo" else 0)
    assert unexpected_errors(messages) == []
    if portfolio == "demo":
        assert overflows(page) == []


def overflows(page: Page) -> list[int]:
    """The widths of a window at which the screen has to be scrolled sideways once it has come to rest."""
    found = []
    for width in (1920, 1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        wait_until_drawn(page)
        # Charts take their new width a moment after the window.
        for _ in range(LOOKS):
            if fits(page, width):
                break
            page.wait_for_timeout(LOOK_EVERY_MS)
        else:
            found.append(width)
    return found


def fits(page: Page, width: int) -> bool:
    """Whether nothing stands beyond the right edge now."""
    main = page.locator('[data-testid="stMain"]')
    beyond = main.evaluate("element => element.scrollWidth - element.clientWidth")
    return bool(beyond <= 0 and page.evaluate("document.documentElement.scrollWidth") <= width)


def test_screen_that_does_not_exist_leads_to_the_overview(
    context: BrowserContext, server: Callable[[str], RunningServer]
) -> None:
    page = context.new_page()
    page.goto(server("reference").url + "/nowhere")
    wait_until_drawn(page)
    assert problems_on(page) == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
