"""A workbook of one's own on the import screen: its layout shown, corrected, read, kept and recognised."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from portfolio.services.access import LOCAL_PERSON
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.layouts import find_layouts
from portfolio.storage.queries.practice import find_drafts
from tests.app import import_screens as screen
from tests.app.screens import texts, words
from tests.workbooks.report_files import saved

KEY = screen.KEY


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("import") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def costs(travel: int, *, project: str = "RainWillow", heading: str = "Local office") -> bytes:
    """A table of costs as an implementer would make it, with a column that nobody can know."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Costs"
    sheet.append([f"{project}: January to June 2026"])
    sheet.append([])
    sheet.append(["Budget heading", "Incurred cost (EUR)", "Zzyzx"])
    sheet.append(["Travel", travel, "a"])
    sheet.append(["Human resources", 200_000, "b"])
    sheet.append([heading, 30_000, "c"])
    return saved(book)


def lists(app: AppTest) -> dict[str, Selectbox]:
    """The lists of the mapping step by their labels."""
    labels = ("Holds", "Headings in", "Project", "Column ", "This sheet")
    return {box.label: box for box in app.selectbox if box.label.startswith(labels)}


def asked(app: AppTest) -> AppTest:
    """The screen with the layout of a workbook to confirm."""
    return screen.upload(app, ("costs.xlsx", costs(777)))


def test_a_layout_is_shown_with_how_it_was_told_and_read_on_request(demo: Database) -> None:
    app = asked(screen.import_screen())
    assert [status.label for status in app.status] == ["1 file checked: 1 with a layout to confirm"]
    assert "- costs.xlsx: received, looked at, read; it was not issued here" in words(app)
    assert "Not read: C Zzyzx." in words(app)
    shown = {label: box.value for label, box in lists(app).items()}
    assert (shown["Holds"], shown["Headings in"], shown["Project"]) == ("money", "3", KEY)
    assert [field.value for field in app.text_input if field.label == "Period"] == ["2026-S1"]
    assert (shown["Column A"], shown["Column B"], shown["Column C"]) == ("heading", "amount_cents", None)
    assert "▸ 3" in list(app.dataframe[0].value["Row"])
    assert any("B4: 777; B5: 200000" in text for text in texts(app))
    assert [each.label for each in app.button if each.label.startswith("Apply")] == []

    app = screen.press(app, "Read it this way")
    assert ("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 777") in screen.preview(app)
    assert "**Layout**: as set above" in texts(app)
    app = screen.applied(app)
    assert find_states(demo)["incurred_cost", f"{KEY}/2026-S1/travel"]["amount_cents"] == 77_700


def test_a_column_chosen_otherwise_is_read_at_once_and_taken_back(demo: Database) -> None:
    app = asked(screen.import_screen())
    app = lists(app)["Column B"].set_value("-").run()
    assert screen.preview(app) == [] and "Not read: B Incurred cost (EUR) and C Zzyzx." in words(app)
    app = lists(app)["Column B"].set_value("amount_cents").run()
    assert {row[3] for row in screen.preview(app)} >= {"EUR 777"}
    app = screen.press(app, "Take back Layout")
    assert [status.label for status in app.status] == ["1 file checked: 1 with a layout to confirm"]


def test_what_the_workbook_does_not_say_is_asked(demo: Database) -> None:
    content = costs(777, project="Our project")
    app = screen.upload(screen.import_screen(), ("costs.xlsx", content))
    (question,) = [text for text in texts(app) if "◆ Needed" in text]
    assert "Which project" in question
    (box,) = [box for box in app.selectbox if box.label.startswith("Which project")]
    app = box.set_value(KEY).run()
    assert "◆ Needed" not in words(app)
    assert ("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 777") in screen.preview(app)


def test_a_kept_layout_is_recognised_and_forgotten(demo: Database) -> None:
    app = screen.press(asked(screen.import_screen()), "Read it this way")
    (field,) = [field for field in app.text_input if field.label == "Keep this layout as"]
    app = screen.press(field.set_value("Cost table").run(), "Keep")
    assert [row.name for row in find_layouts(demo)] == ["Cost table"]
    app = screen.press(app, "Discard")

    app = screen.upload(app, ("next.xlsx", costs(888)))
    assert "Recognised by its headings: the kept layout **Cost table**." in words(app)
    assert {row[3] for row in screen.preview(app)} >= {"EUR 888"}
    app = screen.press(app, "Forget ‘Cost table’")
    assert find_layouts(demo) == () and {row[3] for row in screen.preview(app)} >= {"EUR 888"}


def test_a_layout_to_confirm_waits_for_whoever_comes_back(demo: Database) -> None:
    app = asked(screen.import_screen())
    lists(app)["Column C"].set_value("-").run()
    assert len(find_drafts(demo, LOCAL_PERSON.name)) == 1
    app = screen.press(screen.import_screen(), "Continue")
    assert lists(app)["Column C"].value == "-"
    assert {row[3] for row in screen.preview(app)} >= {"EUR 777"}


def test_a_row_that_fits_nowhere_is_left_out_and_taken_back(demo: Database) -> None:
    content = costs(777, heading="From the headquarters")
    app = screen.press(screen.upload(screen.import_screen(), ("costs.xlsx", content)), "Read it this way")
    (point,) = screen.points(app)
    assert "A6" in point and "HEADING_UNKNOWN" in point
    app = screen.press(app, "Leave row 6 out")
    assert screen.points(app) == []
    assert "**Costs, row 6**: ‘From the headquarters \\| 30000 \\| c’ → passed over" in [
        element.value for element in app.markdown
    ]
    app = screen.press(app, "Take back Costs, row 6")
    assert screen.points(app) == [point]
