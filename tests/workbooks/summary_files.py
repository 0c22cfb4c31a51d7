"""Summaries for tests: made, opened again with another library, and read by their headers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import ScheduledView, load_scheduled_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.documents import Document, SummaryScope, make_summary
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.scopes import ScopeKind, load_subject

AS_OF = dt.date(2026, 11, 23)
MAKING = Making(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), "a tester")
UNKNOWN = "[x]"


_MADE: dict[tuple[object, ...], Document] = {}


def document(database: Database, kind: ScopeKind, scope_id: str = "", **arguments: Any) -> Document:
    """A summary as the command line makes it; of a portfolio as it was loaded, each is made once."""
    arguments = {"as_of": AS_OF} | arguments
    key = (database.database_id, kind, scope_id, *sorted(arguments.items()))
    if key in _MADE and _is_as_loaded(database):
        return _MADE[key]
    made = make_summary(database, LOCAL_PERSON, SummaryScope(kind, scope_id), **arguments)
    if _is_as_loaded(database):
        _MADE[key] = made
    return made


def _is_as_loaded(database: Database) -> bool:
    # Copies of one portfolio have one identity, and those that began empty are filled in many ways.
    portfolio = get_portfolio(database)
    return portfolio.revision == 1 and portfolio.name != "empty"


def content(
    database: Database, kind: ScopeKind, scope_id: str = "", chosen: PortfolioFilter | None = None
) -> Summary:
    """The tree of a summary, not rendered."""
    subject = load_subject(database, LOCAL_PERSON, SummaryScope(kind, scope_id), as_of=AS_OF, chosen=chosen)
    return summary_content(subject, MAKING)


def view(database: Database) -> ScheduledView:
    """The whole portfolio on the same date."""
    return load_scheduled_view(database, LOCAL_PERSON, as_of=AS_OF)


def opened(made: Document, *, values: bool = True) -> Workbook:
    """The workbook, with the kept results of its formulas or with the formulas themselves."""
    return openpyxl.load_workbook(io.BytesIO(made.content), data_only=values)


def header_row(sheet: Worksheet) -> int:
    """The row that is repeated on every printed page."""
    assert sheet.print_title_rows, sheet.title
    return int(sheet.print_title_rows.replace("$", "").split(":")[0])


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of a sheet's first table, each as value by heading; a repeated heading gets a number."""
    header = header_row(sheet)
    heads: list[str] = []
    for cell in sheet[header]:
        name = str(cell.value)
        heads.append(name if name not in heads else f"{name} {heads.count(name) + 1}")
    rows = []
    for values in sheet.iter_rows(min_row=header + 1, values_only=True):
        if values[0] is None or (len(values) > 1 and all(value is None for value in values[1:])):
            break
        rows.append(dict(zip(heads, values, strict=True)))
    return rows


def by_first(sheet: Worksheet) -> dict[str, dict[str, Any]]:
    """The rows of a sheet's first table by what stands in their first cell."""
    return {str(next(iter(row.values()))): row for row in table(sheet)}


def cents(value: Any) -> int | None:
    """Integer cents of an amount in a cell, None for the marker of the unknown."""
    assert value is not None
    return None if value == UNKNOWN else round(value * 100)


def figure(book: Workbook, label: str, occurrence: int = 0) -> Any:
    """The value of a key figure; of several with the same name, the one at `occurrence`."""
    rows = book["Key figures"].iter_rows(values_only=True)
    found = [row[1] for row in rows if row[0] == label and row[1] is not None]
    return found[occurrence]


def cells(book: Workbook) -> Iterator[tuple[Worksheet, Cell]]:
    """Every cell that holds something, with its sheet."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not isinstance(cell, MergedCell):
                    yield sheet, cell


def texts(sheet: Worksheet) -> list[str]:
    """Every text of a sheet."""
    return [value for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, str)]
