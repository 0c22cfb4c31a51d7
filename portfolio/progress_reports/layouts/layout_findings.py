"""What is said of a layout when a workbook is checked: what was taken for what, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.fields.columns import OWN_SHEETS
from portfolio.progress_reports.files.cells import RawBook, RawSheet, cell_ref, column_letter
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import field_label, tables
from portfolio.progress_reports.layouts.layout_views import (
    cells_below,
    missing_fields,
    needs_period,
    needs_project,
)
from portfolio.progress_reports.layouts.layouts import LEFT_OUT, ColumnLayout, Layout, TableLayout


def whole_findings(book: RawBook, layout: Layout, names: ProjectNames) -> Iterator[Finding]:
    """What is said of the workbook as a whole."""
    if layout.name:
        yield finding("LAYOUT_REMEMBERED", name=layout.name)
    taken = {table.sheet for table in layout.tables}
    for sheet in book.sheets:
        if sheet.cells and sheet.name not in taken and sheet.name not in OWN_SHEETS:
            yield finding("SHEET_IGNORED", Place(sheet.name), count=len(sheet.cells))
    for project, why in dict.fromkeys((table.project, table.project_why) for table in layout.tables):
        if project:
            yield finding("PROJECT_FOUND", project=names.label(project), why=why)
    for period, why in dict.fromkeys((table.period, table.period_why) for table in layout.tables):
        if period:
            yield finding("PERIOD_FOUND", period=period, why=why)


def table_findings(table: TableLayout, sheet: RawSheet | None, names: ProjectNames) -> Iterator[Finding]:
    """What is said of one table; an error means that it cannot be read."""
    header = Place(table.sheet, cell_ref(table.header_rows[-1], _first_column(table)))
    if sheet is None:
        yield finding("SHEET_MISSING", name=table.sheet)
        return
    name = tables()[table.table].name
    yield finding("HDR_ROW_GUESSED", header, None, None, table=name, rows=_rows(table))
    if table.rival:
        other = tables()[table.rival].name
        yield finding("TABLE_IN_DOUBT", header, None, None, table=name, other=other)
    if needs_project(table, sheet, names):
        yield finding("PROJECT_NOT_NAMED", header, None, None, row=table.header_rows[-1])
    if needs_period(table) and not table.period:
        yield finding("PERIOD_UNKNOWN", header, None, None, row=table.header_rows[-1])
    for field in missing_fields(table):
        yield finding("HDR_NEEDED", header, None, None, label=field_label(table.table, field))
    for column in table.columns:
        yield from _about_column(table, column, sheet)


def _first_column(table: TableLayout) -> int:
    return min((column.column for column in table.columns), default=1)


def _rows(table: TableLayout) -> str:
    first, last = table.header_rows[0], table.header_rows[-1]
    return f"row {first}" if first == last else f"rows {first} to {last}"


def _about_column(table: TableLayout, column: ColumnLayout, sheet: RawSheet) -> Iterator[Finding]:
    row = table.header_rows[-1]
    place = Place(table.sheet, cell_ref(row, column.column))
    letter, label = column_letter(column.column), field_label(table.table, column.field)
    if not column.field:
        count = len(cells_below(table, column, sheet))
        if count:
            facts = {
                "column": letter,
                "header": column.header or "no header",
                "why": column.why,
                "count": count,
            }
            yield finding("HDR_NOT_MAPPED", place, None, None, **facts)
    elif column.field == LEFT_OUT:
        yield finding("HDR_LEFT_OUT", place, None, None, column=letter, header=column.header, why=column.why)
    elif column.how in ("likeness", "cells"):
        yield finding("HDR_FUZZY", place, None, None, header=column.header, label=label)
    if column.is_read and column.multiplier is None:
        yield finding("AMOUNT_UNIT_OPEN", place, None, None, column=letter, why=column.why)
    elif column.is_read and column.multiplier != 1:
        yield finding("AMOUNT_UNIT_READ", place, None, None, column=letter, factor=f"{column.multiplier:,}")
