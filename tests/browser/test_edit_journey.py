"""An empty portfolio filled with two projects and exported: by mouse, and again by keyboard alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import openpyxl
import pytest
from playwright.sync_api import Page

from portfolio.settings import ROOT, Settings
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets
from portfolio.storage.queries.records import find_project_records
from portfolio.storage.setup import ensure_database
from tests.browser.screens import problems_on, wait_until_drawn
from tests.servers import RunningServer, start_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_TABS = 120
FOCUSED = """() => {
  const e = document.activeElement;
  if (['MAIN', 'BODY'].includes(e.tagName)) return '';
  return (e.getAttribute('aria-label') || e.innerText || '').trim().replace(/\\s+/g, ' ');
}"""
IS_GRID = "() => document.activeElement.dataset.testid === 'data-grid-canvas'"
ROW_HEIGHT = 32
TYPING_PAUSE = 30  # milliseconds: the grid drops what comes faster than any hand


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server of an empty portfolio that only this test writes to."""
    running = start_server("empty", tmp_path)
    yield running
    running.stop()


def settled(page: Page) -> None:
    """Nothing, once the server has taken in what was entered."""
    page.wait_for_timeout(400)  # the browser holds an entry back for a moment before it sends it
    wait_until_drawn(page)


class Hand(Protocol):
    """How a person works the screen."""

    def follow(self, name: str) -> None:
        """Nothing; a link was followed."""

    def press(self, name: str) -> None:
        """Nothing; a button was pressed."""

    def fill(self, label: str, text: str) -> None:
        """Nothing; a text field holds `text`."""

    def tick(self, label: str) -> None:
        """Nothing; a box is ticked."""

    def open_part(self, name: str) -> None:
        """Nothing; another part of the form is open."""

    def add_row(self, table: str, position: int, *cells: str) -> None:
        """Nothing; a new row at `position` holds the cells, from the left; "" is left empty."""


class Mouse:
    """A person who points and clicks, and types into what was clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        settled(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).dblclick()  # as impatient people do
        settled(self.page)

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label, exact=True).fill(text)
        self.page.get_by_role("heading", level=1).click()
        settled(self.page)

    def tick(self, label: str) -> None:
        self.page.get_by_text(label, exact=True).click()
        settled(self.page)

    def open_part(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).click()
        settled(self.page)

    def add_row(self, table: str, position: int, *cells: str) -> None:
        editor = self.page.locator('[data-testid="stDataFrame"]').nth(table_number(self.page, table))
        below = (position + 1.5) * ROW_HEIGHT
        editor.locator(".dvn-scroller").click(position={"x": 100, "y": below})
        settled(self.page)
        type_cells(self.page, cells)


class Keyboard:
    """A person who never touches a mouse: Tab, arrows, Enter, Space and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        """Nothing; Tab has led to what has this name, or a name that begins with it."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focused = str(self.page.evaluate(FOCUSED))
            begins = name.endswith(":") and focused.startswith(name)
            if (
                begins or focused == name or (focused.endswith(f" {name}") and "Help for" not in focused)
            ):  # an icon's name goes before it
                return
        raise AssertionError(f"{name} cannot be reached by keyboard")

    def follow(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Enter")
        settled(self.page)

    def press(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")
        settled(self.page)

    def fill(self, label: str, text: str) -> None:
        self.reach(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        settled(self.page)

    def tick(self, label: str) -> None:
        self.reach(label)
        self.page.keyboard.press("Space")
        settled(self.page)

    def open_part(self, name: str) -> None:
        self.page.evaluate("document.activeElement.blur()")
        parts = self.page.get_by_role("radio")
        names = [text.strip() for text in parts.all_inner_texts()]
        chosen = next(index for index, part in enumerate(names) if parts.nth(index).is_checked())
        self.reach(names[chosen])
        for _ in range(names.index(name) - chosen):
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("Space")
        settled(self.page)

    def add_row(self, table: str, position: int, *cells: str) -> None:
        self.reach(f"Add row: {table}:")
        self.page.keyboard.press("Enter")
        settled(self.page)
        while not self.page.evaluate(IS_GRID):
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Control+Home")
        for _ in range(position):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        type_cells(self.page, cells)


def table_number(page: Page, table: str) -> int:
    """Which of the table editors on the screen is the one of this name."""
    page.get_by_role("heading", name=table, exact=True).wait_for()
    settled(page)
    names = page.locator('[data-testid="stDataFrame"]').all_inner_texts()
    headings = [text for text in page.locator("h2, h3").all_inner_texts() if text != "Preview and apply"]
    assert len(names) == len(headings)
    return headings.index(table)


def type_cells(page: Page, cells: tuple[str, ...]) -> None:
    """Nothing; the open cell and those to its right hold the texts."""
    for text in cells:
        if text:
            page.keyboard.type(text, delay=TYPING_PAUSE)
            page.wait_for_timeout(150)
        page.keyboard.press("Tab")
        settled(page)


def enter_project(hand: Hand, number: int) -> None:
    """Nothing; a project with partners, a decision, a contract and a milestone has been applied."""
    hand.fill("Acronym *", f"Journey {number}")
    hand.fill("Title *", f"Journey number {number}")
    hand.fill("Start", "1 March 2024")
    hand.fill("Original end", "2027-02")
    hand.fill("Total budget (EUR)", "1.250.000,00")
    hand.open_part("Partners")
    hand.add_row("Partners and their shares", 0, "Kosovo", "60")
    hand.add_row("Partners and their shares", 1, "Albania", "40")
    hand.open_part("Funding")
    hand.add_row("Financing decisions", 0, f"D/{number}", "Decision")
    hand.add_row("Contracts", 0, f"C/{number}", f"D/{number}", "Grant", "2024-02-15")
    hand.open_part("Milestones")
    hand.add_row("Milestones", 0, "Launch")
    hand.press("Preview")
    hand.tick("Accept 2 warnings")
    hand.fill("Your name *", "Test Person")
    hand.fill("Reason *", f"Project {number}")
    hand.press("Apply")


def export(server: RunningServer, folder: Path) -> list[str]:
    """The texts of the sheet of projects in a summary that the command line makes."""
    made = folder / "summary.xlsx"
    command = [
        sys.executable,
        "-m",
        "portfolio",
        "summary",
        "--portfolio",
        "--format",
        "xlsx",
        "-o",
        str(made),
    ]
    environment = os.environ | {"PORTFOLIO_DATABASE_URL": url_of(server)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    sheet = openpyxl.load_workbook(made)["Projects"]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def url_of(server: RunningServer) -> str:
    """The address of the database that only this server writes to."""
    return f"sqlite:///{server.log.parent / 'empty.sqlite3'}"


@pytest.mark.parametrize("hand_kind", [Mouse, Keyboard])
def test_empty_portfolio_is_filled_with_two_projects_and_exported(
    own_server: RunningServer, page: Page, tmp_path: Path, hand_kind: type[Mouse] | type[Keyboard]
) -> None:
    hand = hand_kind(page)
    page.goto(own_server.url)
    wait_until_drawn(page)
    for number in (1, 2):
        hand.follow("New project" if number == 1 else "Projects")
        if number == 2:
            hand.follow("New project")
        enter_project(hand, number)
        assert problems_on(page) == []
        # Said at both ends of the form, so that it is seen wherever the person is.
        assert page.get_by_text(f"Change set {number} was applied.").count() == 2
    database: Database = ensure_database(Settings("empty", url_of(own_server), True))
    assert [row.reason for row in find_change_sets(database)] == ["Project 2", "Project 1"]
    for number in (1, 2):
        found = find_project_records(database, f"journey-{number}")
        states = {entity: state for (entity, _), state in found.items()}
        shares = {
            s["partner_code"]: s["share_millionths"] for (e, _), s in found.items() if e == "participation"
        }
        assert shares == {"XKX": 600_000, "ALB": 400_000}
        assert states["project"]["total_budget_cents"] == 125_000_000
        assert states["project"]["start"] == "2024-03-01"
        assert (states["contract"]["number"], states["contract"]["type"]) == (f"C/{number}", "grant")
        assert states["contract"]["signed_on"] == "2024-02-15"
        assert states["financing_decision"]["number"] == f"D/{number}"
        assert states["milestone"]["title"] == "Launch"
    assert {"Journey 1", "Journey 2"} <= set(export(own_server, tmp_path))
    assert "Traceback" not in own_server.log.read_text()


def test_reload_and_back_lose_nothing(own_server: RunningServer, page: Page) -> None:
    hand = Mouse(page)
    page.goto(f"{own_server.url}/edit")
    wait_until_drawn(page)
    hand.fill("Acronym *", "Half done")
    page.reload()
    wait_until_drawn(page)
    hand.press("Continue")
    field = page.get_by_role("textbox", name="Acronym *", exact=True)
    assert field.input_value() == "Half done"
    hand.follow("Projects")
    page.go_back()
    page.get_by_role("heading", name="New project").wait_for()
    settled(page)
    assert field.input_value() == "Half done"
    assert "Traceback" not in own_server.log.read_text()
