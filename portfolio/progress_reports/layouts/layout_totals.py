"""Rows of sums in a table of one's own, told by their words or by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.files.cells import RawCell, RawSheet, cell_ref
from portfolio.progress_reports.layouts.column_meanings import heading_of
from portfolio.progress_reports.layouts.header_texts import plain
from portfolio.progress_reports.layouts.layout_fields import tables, title_field, value_field
from portfolio.progress_reports.layouts.layouts import TableLayout
from portfolio.progress_reports.layouts.named_periods import period_mentions
from portfolio.progress_reports.tables.found_tables import FoundTable
from portfolio.progress_reports.tables.totals import without_totals

_NUMBER = re.compile(r"\s*(\d+)\b")
_DETAIL = re.compile(r"\s*(\d+)[.](\d+)")
Rows = Mapping[int, Mapping[int, RawCell]]
_TOTAL = re.compile(
    r"(?:\d+ )*(?:(?:grand|sub|sous|overall) )?(?:totals?|totaux|subtotals?|somme|sum|ensemble)\b"
)
_ONLY_TOTAL = re.compile(_TOTAL.pattern + r"(?: (?:general|generale|all|overall|final))?")


def detail_rows(table: TableLayout, sheet: RawSheet, rows: Rows) -> frozenset[int]:
    """The rows that are parts (1.1) of a budget heading (1.) whose own amount stands in the table."""
    title = table.column_of("heading")
    if table.table != "money" or title is None:
        return frozenset()
    amounts = [column.column for column in table.columns if column.field == "amount_cents"]
    headings: dict[str, str] = {}
    with_amount: set[str] = set()
    for row, cells in rows.items():
        text = sheet.text(row, title.column)
        heading = "" if _DETAIL.match(text) else heading_of(text)
        if heading and (number := _NUMBER.match(text)):
            headings[number[1]] = heading
        if any(column in cells for column in amounts):
            with_amount |= {heading, heading_of_total(text)}
    return _between_heading_and_subtotal(sheet, rows, title.column, amounts) | frozenset(
        row
        for row in rows
        if (match := _DETAIL.match(sheet.text(row, title.column)))
        and headings.get(match[1], "?") in with_amount
    )


def _between_heading_and_subtotal(
    sheet: RawSheet, rows: Rows, title: int, amounts: list[int]
) -> frozenset[int]:
    """The rows under a heading without an amount, down to the subtotal that gives it."""
    found: set[int] = set()
    open_heading, since = "", list[int]()
    for row in sorted(rows):
        text = sheet.text(row, title)
        has_amount = any(column in rows[row] for column in amounts)
        subtotal, heading = heading_of_total(text), heading_of(text)
        if subtotal and subtotal == open_heading and has_amount:
            found.update(since)
            open_heading, since = "", []
        elif heading and not subtotal and not has_amount:
            open_heading, since = heading, []
        elif heading or subtotal:
            open_heading, since = "", []
        else:
            since.append(row)
    return frozenset(found)


def total_rows(
    table: TableLayout, sheet: RawSheet, rows: Rows, details: frozenset[int]
) -> tuple[frozenset[int], tuple[Finding, ...]]:
    """The rows that add up others, and what is said of each: that it does, or that it does not."""
    own = frozenset(row for row in rows if _stands_for_heading(table, sheet, rows, row))
    gone, said = _by_numbers(table, _as_headings(table, sheet, own), [*sorted(rows.keys() - details)], rows)
    named = [
        row for row in sorted(rows) if row not in gone | own and _is_named_total(table, sheet, rows, row)
    ]
    return gone | frozenset(named), (*said, *(_said(sheet, rows, row) for row in named))


def _as_headings(table: TableLayout, sheet: RawSheet, own: frozenset[int]) -> RawSheet:
    """The sheet with subtotals that stand for their heading called by its name alone."""
    title = table.column_of("heading")
    if title is None or not own:
        return sheet
    cells = dict(sheet.cells)
    for row in own:
        at = (row, title.column)
        cells[at] = cells[at]._replace(value=heading_of_total(sheet.text(*at)))
    return replace(sheet, cells=cells)


def heading_of_total(text: str) -> str:
    """The budget heading whose subtotal a row is called, "" for none.

    >>> heading_of_total("Subtotal Human Resources")
    'human-resources'
    """
    words = plain(text)
    match = _TOTAL.match(words)
    return heading_of(words[match.end() :]) if match else ""


def _by_numbers(
    table: TableLayout, sheet: RawSheet, rows: list[int], filled: Rows
) -> tuple[frozenset[int], tuple[Finding, ...]]:
    """The totals among `rows` by the rule that holds for every table, read by its first column of values."""
    title = table.column_of(title_field(table.table))
    value = table.column_of(value_field(table.table)) if value_field(table.table) else None
    if title is None or value is None:
        return frozenset(), ()
    columns = {title.field: title.column, value.field: value.column}
    read = {column.column for column in table.columns if column.is_read}
    keyless = tuple((row, "") for row in rows if len(filled[row]) > 1 and not read.isdisjoint(filled[row]))
    found = FoundTable(tables()[table.table], sheet, table.header_rows[-1], columns, frozenset(), keyless)
    kept, said = without_totals(found)
    return frozenset(row for row, _ in keyless) - {row for row, _ in kept.rows}, said


def _is_named_total(table: TableLayout, sheet: RawSheet, rows: Rows, row: int) -> bool:
    """Whether the row calls itself a total; outside of money a name may begin with that word."""
    name = _without_periods(_name(table, sheet, rows, row))
    pattern = _TOTAL.match if table.table in ("money", "received") else _ONLY_TOTAL.fullmatch
    return bool(pattern(name))


def _without_periods(name: str) -> str:
    """A name without the half-year or the year that it is told of: "total s1 2026" is a total."""
    for mention in reversed(period_mentions(name)):
        name = f"{name[: mention.start]} {name[mention.end :]}"
    return " ".join(name.split())


def _stands_for_heading(table: TableLayout, sheet: RawSheet, rows: Rows, row: int) -> bool:
    """Whether the row is the subtotal of a budget heading whose own row has no amount."""
    title = table.column_of("heading")
    heading = heading_of_total(sheet.text(row, title.column)) if title else ""
    if table.table != "money" or title is None or not heading:
        return False
    amounts = [column.column for column in table.columns if column.field == "amount_cents"]
    own = [other for other in rows if other != row and heading_of(sheet.text(other, title.column)) == heading]
    return not any(column in rows[other] for other in own for column in amounts)


def _name(table: TableLayout, sheet: RawSheet, rows: Rows, row: int) -> str:
    title = table.column_of(title_field(table.table))
    texts = (cell.text for _, cell in sorted(rows[row].items()) if cell.type == "s")
    return plain((sheet.text(row, title.column) if title else "") or next(texts, ""))


def _said(sheet: RawSheet, rows: Rows, row: int) -> Finding:
    column, cell = min(rows[row].items())
    return finding("ROW_TOTAL_IGNORED", Place(sheet.name, cell_ref(row, column)), cell.text)
