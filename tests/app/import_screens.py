"""The import screen for tests: a portfolio of one's own, reports to upload, and what the screen says."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, TextInput

from portfolio.findings import Finding
from portfolio.progress_reports import desks
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.progress_reports.files.uploads import BOOKS
from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.ui import import_works
from tests.app.screens import opened, problems, use_portfolio
from tests.workbooks.report_files import fill, issue

KEY = "rain-willow"
M = f"{KEY}/milestone-"
FORECAST = ("Milestones", f"{M}08", "forecast")
NOTE = ("Milestones", f"{M}08", "note")
TRAVEL = ("Money", "travel", "amount_cents")
DONE = ("Milestones", f"{M}07", "status")
NAME = "Officer One"


def demo_database(made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration in a new database that the screens show; reports are read without a process."""
    if not made.exists():
        monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{made}")
        monkeypatch.setenv("PORTFOLIO_NAME", "demo")
        ensure_database(load_settings()).engine.dispose()
    shutil.copyfile(made, folder / "demo.sqlite3")
    use_portfolio("demo", folder, monkeypatch)
    monkeypatch.setattr(desks, "read_workbook", _read_here)
    monkeypatch.setattr(import_works, "PATIENCE", 60)
    BOOKS.clear()
    return ensure_database(load_settings())


def _read_here(content: bytes, limits: Limits) -> RawBook | Finding:
    return RawBook.from_json(read_book(content, asdict(limits)))


def wrong_report(database: Database) -> tuple[bytes, bytes]:
    """One report with two mistakes and a warning, and the same with the mistakes mended."""
    issued = issue(database, KEY)
    right = {FORECAST: "2027-02-28", NOTE: "**as** <b>typed</b>", TRAVEL: 26000, DONE: "Done"}
    return fill(issued, {**right, FORECAST: "31/02/2027", TRAVEL: -1}), fill(issued, right)


def import_screen() -> AppTest:
    """The screen, opened in a new tab."""
    return opened("imports")


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The files chosen, and checked."""
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    app.run()
    assert [element.message for element in app.exception] == []
    return app


def button(app: AppTest, label: str) -> Button:
    """The one button whose label begins so."""
    (found,) = [each for each in app.button if each.label.startswith(label)]
    return found


def press(app: AppTest, label: str) -> AppTest:
    """The screen after a click on that button."""
    button(app, label).click().run()
    assert [element.message for element in app.exception] == []
    return app


def sign(app: AppTest, name: str = NAME) -> AppTest:
    """The screen after the name was entered."""
    (field,) = [each for each in app.text_input if each.label == "Your name"]
    field.set_value(name).run()
    return app


def accept_all(app: AppTest) -> AppTest:
    """The screen after every group of warnings was accepted."""
    for box in app.checkbox:
        if box.label.startswith("I accept"):
            box.check()
    return app.run()


def applied(app: AppTest) -> AppTest:
    """The screen after warnings were accepted, the name entered and the preview applied."""
    app = press(sign(accept_all(app)), "Apply")
    assert problems(app) == []
    return app


def titles(app: AppTest) -> list[str]:
    """The headlines of the boxes that say what was done or what is wrong."""
    return [element.proto.title for element in (*app.success, *app.warning, *app.info, *app.error)]


def counts(app: AppTest) -> dict[str, int]:
    """The counts above the preview by their labels."""
    return {tile.label: int(tile.value.replace(",", "")) for tile in app.metric}


def links(app: AppTest) -> list[str]:
    """The labels of the links on the screen."""
    return [element.label for element in app.page_link]


def points(app: AppTest) -> list[str]:
    """What is to settle, point by point, as it is written and not as Markdown reads it."""
    marks = (":red[**◆ E Error**]", ":red[**■ B Blocker**]")
    return [_plain(element.value) for element in app.markdown if element.value.startswith(marks)]


def warnings(app: AppTest) -> list[str]:
    """The words of the groups of warnings that can be accepted."""
    return [_plain(box.label) for box in app.checkbox if box.label.startswith("I accept")]


def _plain(text: str) -> str:
    return text.replace("\\", "").replace("**", "")


def notes(app: AppTest) -> list[list[str]]:
    """Every finding that stands in a table, as the texts of its row."""
    return [
        [str(text).replace("\\", "") for text in row]
        for table in app.table
        for row in table.value.itertuples(index=False)
    ]


def write(app: AppTest, cell: str, text: str, *, alike: bool = False) -> AppTest:
    """The screen after another value was written for the cell."""
    field = _value_field(app, cell).set_value(text)
    if alike:
        (box,) = [each for each in app.checkbox if each.label.endswith("alike")]
        box.check()
    return _settle(app, field, "Use it")


def pass_over(app: AppTest, cell: str) -> AppTest:
    """The screen after the cell was passed over."""
    return _settle(app, _value_field(app, cell), "Pass over")


def _value_field(app: AppTest, cell: str) -> TextInput:
    (field,) = [each for each in app.text_input if each.label == f"Another value for {cell}"]
    return field


def _settle(app: AppTest, field: TextInput, label: str) -> AppTest:
    """The screen after that button of the form which holds the field."""
    case = str(field.key).partition(":")[2]
    (found,) = [each for each in app.button if each.label == label and f":{case}:" in str(each.key)]
    found.click().run()
    assert problems(app) == []
    return app


def preview(app: AppTest) -> list[tuple[str, str, str, str]]:
    """Record, field, before and after of every change in the tables of changes."""
    return [
        (row.record, row.field, row.before, row.after)
        for element in app.dataframe
        if "record" in element.value.columns
        for row in element.value.itertuples()
    ]
