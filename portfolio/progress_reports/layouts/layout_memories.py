"""Layouts that are remembered: what is kept of one, and where it fits another workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portfolio.progress_reports.files.cells import RawBook, RawSheet
from portfolio.progress_reports.layouts.header_blocks import block_at
from portfolio.progress_reports.layouts.header_rows import HeaderRows
from portfolio.progress_reports.layouts.header_texts import HeaderText, plain
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import fields_of, tables
from portfolio.progress_reports.layouts.layout_guesses import book_context, readable_sheets, table_layout
from portfolio.progress_reports.layouts.layouts import (
    LEFT_OUT,
    ColumnLayout,
    Layout,
    ProjectName,
    TableLayout,
    fingerprint,
)
from portfolio.progress_reports.layouts.named_periods import folded, period_mentions

_ROWS_SEARCHED = 120
_ANY_PERIOD = "…"


def without_occasion(layout: Layout, name: str) -> Layout:
    """The layout without what belongs to one workbook alone: its project, its period, and where it ends."""
    return Layout(
        tuple(
            replace(
                table, project="", period="", project_why="", period_why="", last_row=0,
                columns=tuple(replace(column, period="") for column in table.columns),
            )
            for table in layout.tables
        ),
        name,
    )  # fmt: skip


def sound(layout: Layout) -> Layout:
    """The layout with what this version knows: a table or a field may have gone since it was kept."""
    known = (table for table in layout.tables if table.table in tables())
    return replace(layout, tables=tuple(_sound_table(table) for table in known))


def _sound_table(table: TableLayout) -> TableLayout:
    fields = {*fields_of(table.table), "", LEFT_OUT}
    columns = tuple(
        column if column.field in fields else replace(column, field="", how="") for column in table.columns
    )
    constants = tuple(pair for pair in table.constants if pair[0] in fields)
    return replace(table, columns=columns, constants=constants)


def fingerprint_of(book: RawBook, layout: Layout) -> str:
    """A hash over the headers of each table as they stand in the workbook; periods in them do not matter."""
    sheets = {sheet.name: HeaderRows(sheet) for sheet in book.sheets}
    return fingerprint(
        tuple(
            _headers(sheets[table.sheet], table.header_rows[0], table.header_rows[-1])
            for table in layout.tables
            if table.sheet in sheets
        )
    )


def placed(book: RawBook, names: Iterable[ProjectName], layout: Layout, wanted: str) -> Layout | None:
    """A remembered layout in a workbook with the same headers, wherever they stand; None if they differ.

    Project and period are those that this workbook names, or open.
    """
    rows = {sheet.name: HeaderRows(sheet) for sheet in readable_sheets(book)}
    found: list[tuple[RawSheet, int, TableLayout]] = []
    for table in layout.tables:
        at = _find(book, rows, table, [(sheet.name, bottom) for sheet, bottom, _ in found])
        if at is None:
            return None
        found.append((*at, table))
    if not found:
        return None
    projects = ProjectNames(names)
    tables = tuple(_fresh(book, projects, found, place) for place in range(len(found)))
    known = Layout(tables, layout.name)
    return known if fingerprint_of(book, known) == wanted else None


def _headers(rows: HeaderRows, top: int, bottom: int) -> tuple[str, ...]:
    return tuple(
        f"{column}:{_without_periods(header)}" for column, header in sorted(rows.headers(top, bottom).items())
    )


def _without_periods(header: HeaderText) -> str:
    texts = []
    for part in header.parts:
        text = folded(part)
        for mention in reversed(period_mentions(part)):
            text = f"{text[: mention.start]}{_ANY_PERIOD}{text[mention.end :]}"
        texts.append(plain(text.replace(_ANY_PERIOD, " period ")))
    return " / ".join(texts)


def _find(
    book: RawBook, rows: dict[str, HeaderRows], table: TableLayout, taken: list[tuple[str, int]]
) -> tuple[RawSheet, int] | None:
    """The sheet and the last header row of a remembered table; rather on a sheet of the same name."""
    height = len(table.header_rows)
    wanted = {column.column: _plain_header(column.header) for column in table.columns if column.header}
    sheets = sorted(readable_sheets(book), key=lambda sheet: sheet.name != table.sheet)
    for sheet in sheets:
        own = rows[sheet.name]
        for bottom in own.filled:
            if bottom > _ROWS_SEARCHED or bottom < height or (sheet.name, bottom) in taken:
                continue
            if not all(own.text(bottom, column) or height > 1 for column in wanted):
                continue
            headers = own.headers(bottom - height + 1, bottom)
            here = {column: _plain_header(header.joined) for column, header in headers.items()}
            if here == wanted:
                return sheet, bottom
    return None


def _plain_header(text: str) -> str:
    """A header as it is compared, whatever period it names."""
    found = folded(text)
    for mention in reversed(period_mentions(text)):
        found = f"{found[: mention.start]} period {found[mention.end :]}"
    return plain(found)


def _fresh(
    book: RawBook, names: ProjectNames, found: list[tuple[RawSheet, int, TableLayout]], place: int
) -> TableLayout:
    """The table as it is read today, with the fields, units and list values that were settled before."""
    sheet, bottom, kept = found[place]
    blocks = tuple(
        sorted(
            (
                block
                for other, row, table in found
                if other.name == sheet.name
                and (block := block_at(sheet, row, table.table, names)) is not None
            ),
            key=lambda block: block.top,
        )
    )
    context = book_context(book, {sheet.name: blocks}, names)
    at = next(number for number, block in enumerate(blocks) if block.bottom == bottom)
    today = table_layout(sheet, blocks, at, context, names, {})
    before = {column.column: column for column in kept.columns}
    columns = tuple(_settled(column, before.get(column.column)) for column in today.columns)
    return replace(today, columns=columns, constants=kept.constants)


def _settled(today: ColumnLayout, kept: ColumnLayout | None) -> ColumnLayout:
    """A column as it was settled, with the period that its header names today.

    A unit that the workbook names today goes before the one that was chosen then.
    """
    if kept is None:
        return today
    is_named_now = today.multiplier not in (None, 1)
    multiplier = today.multiplier if is_named_now else kept.multiplier
    return replace(kept, how="remembered", period=today.period, multiplier=multiplier, suggestions=())
