"""Workbooks that nobody issued, laid out in code: sheets as rows, checked under what can be told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import openpyxl

from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.desks import Allowed
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.progress_reports.imports import check_files
from portfolio.progress_reports.layouts.foreign_imports import project_names
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layouts import Layout, ProjectName
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.storage.engine import Database
from tests.workbooks.report_files import AS_OF, everybody, saved

Rows = Sequence[Sequence[Any]]
NAMES = (
    ProjectName("storm-oak", "StormOak", "Fictional action on cybercrime reporting", ("DEMO/C/2023/018",)),
    ProjectName("rain-willow", "RainWillow", "Fictional action on response teams", ("DEMO/2022/002-RW",)),
    ProjectName("storm", "Storm", "Fictional study", ()),
)


def laid_out(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook with these sheets, each a list of rows; None leaves a cell empty."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    return saved(book)


def as_read(content: bytes) -> RawBook:
    """The cells of a workbook."""
    return RawBook.from_json(read_book(content, asdict(default_limits())))


def told(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> Layout:
    """What can be told of a workbook unaided."""
    return guess(as_read(laid_out(sheets, merged)), NAMES)


def fields(layout: Layout, table: int = 0) -> list[str]:
    """What the columns of a table are taken for, from left to right."""
    return [column.field for column in layout.tables[table].columns]


def check_laid_out(
    database: Database,
    content: bytes,
    layout: Layout | None = None,
    corrections: Corrections | None = None,
    allowed: Allowed = everybody,
) -> CheckResult:
    """The dry run of a workbook, under a layout or under what can be told of it."""
    layout = layout or guess(as_read(content), project_names(database))
    decided = {hashlib.sha256(content).hexdigest(): corrections or Corrections(layout=layout.as_json())}
    return check_files(database, [("own.xlsx", content)], as_of=AS_OF, allowed=allowed, corrections=decided)


def checked(database: Database, sheets: Mapping[str, Rows], **merged: Sequence[str]) -> FileResult:
    """The dry run of a workbook of these sheets."""
    return check_laid_out(database, laid_out(sheets, merged)).files[0]
