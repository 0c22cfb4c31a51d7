"""An officer's journey in a real browser, by mouse and again by keyboard alone.

A report with two mistakes is uploaded, settled on the screen, applied, traced from the figure back to its
cell, and undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.settings import Settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from tests.browser.screens import problems_on, wait_until_drawn
from tests.browser.test_axe import our_faults
from tests.servers import RunningServer, start_server
from tests.workbooks.report_files import fill, issue

pytestmark = pytest.mark.browser

KEY = "rain-willow"
TRAVEL = ("Money", "travel", "amount_cents")
FORECAST = ("Milestones", f"{KEY}/milestone-08", "forecast")
DONE = ("Milestones", f"{KEY}/milestone-07", "status")
BEFORE, AFTER = "2,574,000", "2,674,000"
AMOUNTS = {BEFORE, AFTER}
TRACE = re.compile(r"from report\.xlsx, Money!\w+, imported on .* by Officer One")
MOST_TABS = 120
PATIENCE_MS = 20_000


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A slow machine is waited for."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database and the reports lie."""
    return tmp_path_factory.mktemp("journey")


@pytest.fixture(scope="module")
def own_server(folder: Path) -> Iterator[RunningServer]:
    """A server of the demonstration that other tests do not write to."""
    server = start_server("demo", folder)
    yield server
    server.stop()


@pytest.fixture
def report(folder: Path, own_server: RunningServer) -> Path:
    """A report with two mistakes and a warning."""
    database: Database = ensure_database(
        Settings("demo", f"sqlite:///{folder / 'demo.sqlite3'}", name_is_chosen=True)
    )
    path = folder / "report.xlsx"
    path.write_bytes(fill(issue(database, KEY), {TRAVEL: -1, FORECAST: "31/02/2027", DONE: "Done"}))
    return path


class Mouse:
    """A person who points and clicks."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def use(self, thing: Locator) -> None:
        """Nothing; the thing is clicked, a tick box on its words, which lie over the box."""
        is_box = thing.get_attribute("type") == "checkbox"
        (thing.locator("xpath=ancestor::label") if is_box else thing).click()

    def write(self, field: Locator, text: str) -> None:
        """Nothing; the text stands in the field and was sent."""
        field.click()
        self._page.keyboard.type(text)
        self._page.keyboard.press("Enter")


class Keyboard:
    """A person who has no mouse: Tab until the thing has the focus, and then the key that works it."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def _reach(self, thing: Locator) -> None:
        expect(thing).to_be_visible()
        for _ in range(MOST_TABS):
            if thing.evaluate("element => element === document.activeElement"):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"{thing} cannot be reached by the keyboard.")

    def use(self, thing: Locator) -> None:
        """Nothing; the thing is worked with Enter, a tick box with the space bar."""
        self._reach(thing)
        self._page.keyboard.press("Space" if thing.get_attribute("type") == "checkbox" else "Enter")

    def write(self, field: Locator, text: str) -> None:
        """Nothing; the text stands in the field and was sent."""
        self._reach(field)
        self._page.keyboard.type(text)
        self._page.keyboard.press("Enter")


Person = Mouse | Keyboard


def choose_file(page: Page, person: Person, file: Path) -> None:
    """The file chosen in the browser's own dialogue, and checked."""
    with page.expect_file_chooser() as chooser:
        person.use(page.get_by_test_id("stFileUploader").get_by_role("button", name="Upload", exact=True))
    chooser.value.set_files(file)
    expect(page.get_by_text("1 file checked")).to_be_visible()
    wait_until_drawn(page)


def settle_first(page: Page, person: Person, text: str, decisions: int) -> None:
    """Nothing, once another value was typed for the first point and the file was checked with it."""
    person.write(page.get_by_role("textbox", name="Another value for").first, text)
    expect(page.get_by_text(f"Your decisions ({decisions})")).to_be_visible()
    wait_until_drawn(page)


def accept_warning(page: Page, person: Person) -> None:
    """Nothing, once the one warning is accepted and the changes can be applied."""
    apply = page.get_by_role("button", name="Apply 3 changes")
    expect(apply).to_be_disabled()
    person.use(page.get_by_role("checkbox", name="I accept"))
    expect(apply).to_be_enabled()
    wait_until_drawn(page)


def expect_incurred(page: Page, amount: str) -> None:
    """Nothing, once the project's screen says that this was incurred."""
    expect(page.get_by_role("heading", level=1)).to_have_text("RainWillow")
    expect(page.get_by_text(f"EUR {amount}").first).to_be_visible()
    (other,) = AMOUNTS - {amount}
    expect(page.get_by_text(f"EUR {other}")).to_have_count(0)
    wait_until_drawn(page)


def runs_over(page: Page) -> bool:
    """Whether the screen has to be scrolled sideways on a telephone."""
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": 390, "height": 844})
    wait_until_drawn(page)
    found = page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]');"
        " return m.scrollWidth > m.clientWidth; }"
    )
    page.set_viewport_size(wide)
    wait_until_drawn(page)
    return bool(found)


@pytest.mark.parametrize("kind", [Mouse, Keyboard])
def test_a_report_is_settled_applied_traced_and_undone(
    page: Page, own_server: RunningServer, report: Path, kind: type[Mouse] | type[Keyboard]
) -> None:
    person: Person = kind(page)
    page.goto(f"{own_server.url}/project?id={KEY}")
    expect_incurred(page, BEFORE)

    page.goto(own_server.url)
    wait_until_drawn(page)
    person.use(page.get_by_role("link", name="Import a progress report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a report")
    wait_until_drawn(page)

    choose_file(page, person, report)
    expect(page.get_by_text("Cannot go in", exact=False).first).to_be_visible()
    expect(page.get_by_text("'31/02/2027' is not a date")).to_be_visible()
    expect(page.get_by_text("'-1' is below 0")).to_be_visible()
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)

    settle_first(page, person, "2027-02-28", decisions=1)
    expect(page.get_by_text("'31/02/2027' is not a date")).to_have_count(0)
    settle_first(page, person, "126 680", decisions=2)
    accept_warning(page, person)
    person.write(page.get_by_label("Your name"), "Officer One")
    wait_until_drawn(page)
    person.use(page.get_by_role("button", name="Apply 3 changes"))
    expect(page.get_by_text("Applied as change set")).to_be_visible()
    wait_until_drawn(page)

    person.use(page.get_by_test_id("stMain").get_by_role("link", name="RainWillow"))
    expect_incurred(page, AFTER)
    person.use(page.get_by_role("button", name="Incurred", exact=True))
    expect(page.get_by_text(TRACE)).to_be_visible()
    page.keyboard.press("Escape")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a report")
    wait_until_drawn(page)
    person.use(page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_text("what would be set back")).to_be_visible()
    wait_until_drawn(page)
    person.use(page.get_by_role("button", name="Undo change set"))
    expect(page.get_by_text("was undone by change set")).to_be_visible()
    wait_until_drawn(page)
    person.use(page.get_by_test_id("stMain").get_by_role("link", name="RainWillow"))
    expect_incurred(page, BEFORE)
    assert problems_on(page) == []


def test_a_reload_loses_no_decision_and_a_double_click_applies_once(
    page: Page, own_server: RunningServer, report: Path
) -> None:
    person = Mouse(page)
    page.goto(f"{own_server.url}/imports")
    wait_until_drawn(page)
    choose_file(page, person, report)
    settle_first(page, person, "2027-02-28", decisions=1)
    assert our_faults(page) == [] and not runs_over(page)
    page.reload()
    wait_until_drawn(page)
    expect(page.get_by_text("report.xlsx waits for you since")).to_be_visible()
    person.use(page.get_by_role("button", name="Continue"))
    expect(page.get_by_text("1 file checked")).to_be_visible()
    expect(page.get_by_text("Your decisions (1)")).to_be_visible()
    wait_until_drawn(page)
    settle_first(page, person, "126 680", decisions=2)
    accept_warning(page, person)
    page.get_by_label("Your name").fill("Officer One")
    page.get_by_role("button", name="Apply 3 changes").dblclick()
    expect(page.get_by_text("Applied as change set")).to_have_count(1)
    wait_until_drawn(page)
    undone = page.get_by_text("undone by change set")
    lines = page.get_by_text("Progress report 2026-S1 of RainWillow.")
    assert lines.count() - undone.count() == 1
    assert problems_on(page) == []
