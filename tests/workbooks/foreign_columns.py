"""What the guess makes of the columns of a foreign workbook, against the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from openpyxl.utils import get_column_letter

from portfolio.progress_reports.layouts.layouts import LEFT_OUT, ColumnLayout, Layout, TableLayout
from tests.workbooks.foreign_answers import KEPT_AS, column_at, factor_of, field_of, holds, span
from tests.workbooks.foreign_reading import Column, Truth

# aside: the truth takes nothing from it, and neither does the importer (or what KEPT_AS explains)
ColumnVerdict = Literal["right", "open", "left out", "wrong", "aside"]


@dataclass(frozen=True)
class JudgedColumn:
    """A column of the truth, or one that only the importer reads, and what the guess makes of it."""

    sheet: str
    letter: str
    means: str
    taken_for: str
    verdict: ColumnVerdict

    @property
    def is_meaningful(self) -> bool:
        """Whether the truth takes something from it."""
        return bool(self.means)


def judged_columns(truth: Truth, layout: Layout) -> Iterator[JudgedColumn]:
    """Every column of the truth under a layout, then those that the layout reads beside them."""
    for column in truth.columns:
        number, first, last = span(column)
        table = next((each for each in layout.tables if holds(each, column.sheet, first)), None)
        found = next((each for each in table.columns if each.column == number), None) if table else None
        is_whole = table is not None and last <= table.last_row
        verdict = _column_verdict(column, table, found) if table and found and is_whole else "open"
        means = f"{column.table}.{column.field}" if column.field else column.table or ""
        yield JudgedColumn(column.sheet, get_column_letter(number), means, _taken(table, found), verdict)
    for table in layout.tables:
        for found in table.columns:
            if found.is_read and column_at(truth, table, found.column) is None:
                letter = get_column_letter(found.column)
                yield JudgedColumn(table.sheet, letter, "", _taken(table, found), "wrong")


def _taken(table: TableLayout | None, column: ColumnLayout | None) -> str:
    if table is None or column is None:
        return "no table found"
    said = {"project": column.project, "period": column.period, "sex": column.sex}
    told_by_header = " ".join(f"{name}={value}" for name, value in said.items() if value)
    factor = "" if column.multiplier == 1 else f"x{column.multiplier}"
    return " ".join(filter(None, (f"{table.table}.{column.field or '?'}", told_by_header, factor)))


def _column_verdict(column: Column, table: TableLayout, found: ColumnLayout) -> ColumnVerdict:
    letter = get_column_letter(found.column)
    if not column.table:
        is_kept = found.field == KEPT_AS.get((column.sheet, letter))
        return "aside" if not found.is_read or is_kept else "wrong"
    if not found.is_read:
        return "left out" if found.field == LEFT_OUT else "open"
    if table.rival:
        return "open"
    is_told_by_table = column.table in ("project", "period") or column.table == table.table
    if not is_told_by_table or found.field != field_of(column):
        return "wrong"
    return _told_by_header(column, table, found)


def _told_by_header(column: Column, table: TableLayout, found: ColumnLayout) -> ColumnVerdict:
    """Whether project, period and unit of a column are those of the truth, or still open."""
    pairs = [
        (column.project, found.project or table.project),
        (column.period, found.period or table.period),
    ]
    if column.field == "amount":
        pairs.append((factor_of(column), str(found.multiplier or "")))
    wanted = [(own, taken) for own, taken in pairs if own]
    if any(taken and taken != own for own, taken in wanted):
        return "wrong"
    return "right" if all(taken for _, taken in wanted) else "open"
