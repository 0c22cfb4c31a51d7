"""An officer's journey in a real browser, by mouse and again by keyboard alone.

A report with two mistakes is uploaded, mended, applied, seen on the project's screen and undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.settings import Settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from tests.browser.screens import problems_on, wait_until_drawn
from tests.servers import RunningServer, start_server
from tests.workbooks.report_files import fill, issue

pytestmark = pytest.mark.browser

KEY = "rain-willow"
TRAVEL = ("Money", "travel", "amount_cents")
FORECAST = ("Milestones", f"{KEY}/milestone-08", "forecast")
DONE = ("Milestones", f"{KEY}/milestone-07", "status")
BEFORE, AFTER = "2,574,000", "2,674,000"
AMOUNTS = {BEFORE, AFTER}
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
def reports(folder: Path, own_server: RunningServer) -> tuple[Path, Path]:
    """A report with two mistakes and a warning, and the same with the mistakes mended."""
    database: Database = ensure_database(
        Settings("demo", f"sqlite:///{folder / 'demo.sqlite3'}", name_is_chosen=True)
    )
    issued = issue(database, KEY)
    right = {TRAVEL: 126_680, FORECAST: "2027-02-28", DONE: "Done"}
    wrong, mended = folder / "report.xlsx", folder / "report-mended.xlsx"
    wrong.write_bytes(fill(issued, {**right, TRAVEL: -1, FORECAST: "31/02/2027"}))
    mended.write_bytes(fill(issued, right))
    return wrong, mended


def by_mouse(page: Page) -> Callable[[Locator], None]:
    """A click on the thing; of a tick box on its words, which lie over the box."""

    def use(thing: Locator) -> None:
        is_box = thing.get_attribute("type") == "checkbox"
        (thing.locator("xpath=ancestor::label") if is_box else thing).click()

    return use


def by_keyboard(page: Page) -> Callable[[Locator], None]:
    """Tabulator until the thing has the focus, and then the key that works it."""

    def use(thing: Locator) -> None:
        expect(thing).to_be_visible()
        for _ in range(MOST_TABS):
            if thing.evaluate("element => element === document.activeElement"):
                page.keyboard.press("Space" if thing.get_attribute("type") == "checkbox" else "Enter")
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{thing} cannot be reached by the keyboard.")

    return use


def choose_file(page: Page, use: Callable[[Locator], None], file: Path) -> None:
    """The file chosen in the browser's own dialogue, and checked."""
    with page.expect_file_chooser() as chooser:
        use(page.get_by_test_id("stFileUploader").get_by_role("button", name="Upload", exact=True))
    chooser.value.set_files(file)
    expect(page.get_by_text("1 file checked")).to_be_visible()
    wait_until_drawn(page)


def expect_incurred(page: Page, amount: str) -> None:
    """Nothing, once the project's screen says that this was incurred."""
    expect(page.get_by_role("heading", level=1)).to_have_text("RainWillow")
    expect(page.get_by_text(f"EUR {amount}").first).to_be_visible()
    (other,) = AMOUNTS - {amount}
    expect(page.get_by_text(f"EUR {other}")).to_have_count(0)
    wait_until_drawn(page)


@pytest.mark.parametrize("ways", [by_mouse, by_keyboard])
def test_a_report_is_mended_applied_seen_and_undone(
    page: Page,
    own_server: RunningServer,
    reports: tuple[Path, Path],
    ways: Callable[[Page], Callable[[Locator], None]],
) -> None:
    use, (wrong, mended) = ways(page), reports
    page.goto(f"{own_server.url}/project?id={KEY}")
    expect_incurred(page, BEFORE)

    page.goto(own_server.url)
    wait_until_drawn(page)
    use(page.get_by_role("link", name="Import a progress report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a report")
    wait_until_drawn(page)

    choose_file(page, use, wrong)
    expect(page.get_by_text("Cannot go in", exact=False).first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="31/02/2027")).to_contain_text("F16")
    expect(page.get_by_role("row").filter(has_text="is below 0")).to_contain_text("H9")
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)

    choose_file(page, use, mended)
    expect(page.get_by_text("Put aside for the newer files: report.xlsx.")).to_be_visible()
    apply = page.get_by_role("button", name="Apply 3 changes")
    expect(apply).to_be_disabled()
    use(page.get_by_role("checkbox", name="I accept the 1 warning on sheet Milestones"))
    wait_until_drawn(page)
    expect(apply).to_be_enabled()
    use(page.get_by_label("Your name"))
    page.keyboard.type("Officer One")
    use(apply)
    expect(page.get_by_text("Applied as change set")).to_be_visible()
    wait_until_drawn(page)

    use(page.get_by_test_id("stMain").get_by_role("link", name="RainWillow"))
    expect_incurred(page, AFTER)

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a report")
    wait_until_drawn(page)
    use(page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_text("what would be set back")).to_be_visible()
    wait_until_drawn(page)
    use(page.get_by_role("button", name="Undo change set"))
    expect(page.get_by_text("was undone by change set")).to_be_visible()
    wait_until_drawn(page)
    use(page.get_by_test_id("stMain").get_by_role("link", name="RainWillow"))
    expect_incurred(page, BEFORE)
    assert problems_on(page) == []


def test_a_double_click_applies_once_and_a_reload_loses_nothing(
    page: Page, own_server: RunningServer, reports: tuple[Path, Path]
) -> None:
    use, (_, mended) = by_mouse(page), reports
    page.goto(f"{own_server.url}/imports")
    wait_until_drawn(page)
    choose_file(page, use, mended)
    page.reload()
    wait_until_drawn(page)
    expect(page.get_by_text("You had checked report-mended.xlsx on")).to_be_visible()
    use(page.get_by_role("button", name="Continue"))
    expect(page.get_by_text("1 file checked")).to_be_visible()
    wait_until_drawn(page)
    use(page.get_by_role("checkbox", name="I accept the 1 warning on sheet Milestones"))
    wait_until_drawn(page)
    expect(page.get_by_role("button", name="Apply 3 changes")).to_be_enabled()
    page.get_by_label("Your name").fill("Officer One")
    page.get_by_role("button", name="Apply 3 changes").dblclick()
    expect(page.get_by_text("Applied as change set")).to_have_count(1)
    wait_until_drawn(page)
    undone = page.get_by_text("undone by change set")
    lines = page.get_by_text("Progress report 2026-S1 of RainWillow.")
    assert lines.count() - undone.count() == 1
    assert problems_on(page) == []
