"""Reports of any size for measuring: issued and filled in, and the same rows as a plain table."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter import Workbook

from portfolio.dates import HalfYear
from portfolio.model.changes import ChangeSetDraft, added_record
from portfolio.progress_reports.fields import sheets
from portfolio.progress_reports.workbooks.issuing import issue_workbook
from portfolio.settings import Settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set

AS_OF, PERIOD, PROJECT = dt.date(2026, 11, 23), HalfYear(2026, 1), "bench"
# Twelve columns, each by its field and by what a partner would call it.
COLUMNS = {
    "title": "Training", "kind": "Kind", "held_on": "Held on", "ended_on": "Ended on", "place": "Place",
    "institutions": "Institutions", "institutions_count": "Number of institutions", "women": "Women",
    "men": "Men", "not_stated": "Sex not stated", "stage": "Stage reached", "note": "Note",
}  # fmt: skip
KINDS, STAGES = ("Training", "Workshop"), ("Delivered", "Learned")


def values_of(number: int) -> list[Any]:
    """The twelve values of one training, as they are typed."""
    day = dt.date(2026, 1, 5) + dt.timedelta(days=number % 170)
    return [
        f"Course {number:05} on electronic evidence", KINDS[number % 2], day.isoformat(),
        (day + dt.timedelta(days=2)).isoformat(), f"Town {number % 97}", f"Prosecution office {number % 31}",
        1 + number % 9, number % 23, number % 19, number % 3, STAGES[number % 2],
        f"Report {number} is on file",
    ]  # fmt: skip


def database_at(path: Path) -> Database:
    """A database with one project, and nothing in it."""
    database = ensure_database(Settings("empty", f"sqlite:///{path}"))
    project = {"acronym": "BENCH", "title": "Benchmark", "focus": "cybercrime", "start": "2024-01-01"}
    changes = tuple(added_record("project", PROJECT, project))
    apply_change_set(database, ChangeSetDraft("load", "benchmark", "one project", changes))
    return database


def issued(database: Database, rows: int) -> bytes:
    """The project's workbook with room for that many new trainings, all filled in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "TRAININGS", replace(sheets.TRAININGS, new_rows=rows))
        content = issue_workbook(database, PROJECT, period=PERIOD, as_of=AS_OF).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Trainings"]
    marks = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "#trainings")
    columns = {str(cell.value): cell.column for cell in sheet[marks] if cell.value}
    for number in range(rows):
        for field, value in zip(COLUMNS, values_of(number), strict=True):
            sheet.cell(marks + 2 + number, columns[field]).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def plain(rows: int) -> bytes:
    """The same trainings as a table with one row of headers, and a first column that numbers them."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Trainings")
    sheet.write_row(0, 0, list(COLUMNS.values()))
    for number in range(rows):
        sheet.write_row(number + 1, 0, values_of(number))
    book.close()
    return target.getvalue()
