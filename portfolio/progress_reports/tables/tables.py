"""Where the tables of a report stand in a workbook: found by hidden marks, else by their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portfolio.dates import HalfYear
from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.fields.columns import (
    COMPUTED_MARK,
    KEY_LABEL,
    OWN_SHEETS,
    TOTAL_KEY,
    FieldSpec,
    SheetSpec,
)
from portfolio.progress_reports.files.cells import RawBook, RawSheet, cell_ref, column_letter, position_of
from portfolio.progress_reports.layouts.named_periods import period_mentions
from portfolio.progress_reports.tables.found_tables import KEY_COLUMN, FoundTable
from portfolio.progress_reports.tables.totals import own_total_findings, without_totals
from portfolio.progress_reports.values.choices import plain

__all__ = ["FoundTable", "Located", "hidden_data_rows", "locate", "merged_inputs"]

_ROWS_ABOVE_TABLE = 40
_COLUMNS_BEFORE_TABLE = 6


@dataclass(frozen=True)
class Header:
    """Where a table begins: its row of field keys (None if it is gone), its row of labels, its key column."""

    marks: int | None
    row: int
    key_column: int


@dataclass
class Located:
    """The tables of a workbook and what was noticed while they were looked for."""

    tables: list[FoundTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def locate(book: RawBook, specs: tuple[SheetSpec, ...]) -> Located:
    """The tables that `specs` describe, wherever they stand in the workbook."""
    located = Located()
    taken: set[str] = set()
    for spec in specs:
        candidates = [(sheet, header) for sheet in book.sheets if (header := _header_of(sheet, spec))]
        if not candidates:
            candidates = [(sheet, header) for sheet in book.sheets if (header := _labels_of(sheet, spec))]
        taken |= {sheet.name for sheet, _ in candidates}
        _take(candidates, spec, located)
    located.findings += _foreign_sheets(book, taken)
    return located


def _take(candidates: list[tuple[RawSheet, Header]], spec: SheetSpec, located: Located) -> None:
    if not candidates:
        located.findings.append(finding("SHEET_MISSING", name=spec.name))
        return
    if len(candidates) > 1:
        names = " and ".join(f"'{sheet.name}'" for sheet, _ in candidates)
        located.findings.append(finding("SHEET_AMBIGUOUS", names=names, name=spec.name))
        return
    sheet, header = candidates[0]
    if sheet.name != spec.name:
        located.findings.append(finding("SHEET_RENAMED", Place(sheet.name), name=spec.name))
    if header.marks is None and _covers_keys(sheet, header, spec):
        located.findings.append(finding("KEY_COLUMN_MISSING", Place(sheet.name)))
        return
    located.tables.append(_table(sheet, header, spec, located.findings))


def _header_of(sheet: RawSheet, spec: SheetSpec) -> Header | None:
    """Where the table begins: at its hidden row of field keys, wherever rows or columns were put in."""
    for row in range(1, _ROWS_ABOVE_TABLE):
        for column in range(1, _COLUMNS_BEFORE_TABLE):
            if sheet.text(row, column) == spec.marker:
                return Header(row, row + 1, column)
    return None


def _labels_of(sheet: RawSheet, spec: SheetSpec) -> Header | None:
    """The row of labels, where the hidden row above it is gone."""
    if sheet.name != spec.name:
        return None
    names = _by_label(spec)
    found: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        if row < _ROWS_ABOVE_TABLE and (field := names.get(plain(cell.text))) is not None:
            found.setdefault(row, set()).add(field.key)
    best = max(found, key=lambda row: (len(found[row]), row), default=None)
    if best is None or len(found[best]) <= len(spec.fields) // 2:
        return None
    columns = (column for column in range(1, _COLUMNS_BEFORE_TABLE) if sheet.text(best, column) == KEY_LABEL)
    return Header(None, best, next(columns, KEY_COLUMN))


def _by_label(spec: SheetSpec) -> dict[str, FieldSpec]:
    """The columns by what stands above them, with or without the words about who may fill them."""
    return {plain(text): field for field in spec.fields for text in (field.label, field.header)}


def _covers_keys(sheet: RawSheet, header: Header, spec: SheetSpec) -> bool:
    """Whether a column of the table stands where its hidden keys were."""
    found, _ = _columns(sheet, header, spec)
    return any(header.key_column in at for at in found.values())


def _table(sheet: RawSheet, header: Header, spec: SheetSpec, findings: list[Finding]) -> FoundTable:
    found, computed = _columns(sheet, header, spec)
    findings += _column_findings(sheet, header.row, spec, found)
    columns = {key: at[0] for key, at in found.items() if len(at) == 1}
    keyed = _filled_rows(sheet, header, columns)
    rows = tuple((row, key) for row, key in keyed if key != TOTAL_KEY)
    table = FoundTable(spec, sheet, header.row, columns, computed, rows, key_column=header.key_column)
    findings += _headed_otherwise(table)
    findings += _beside_table(table)
    findings += _hidden_columns(table)
    findings += own_total_findings(table, (row for row, key in keyed if key == TOTAL_KEY))
    table, ignored = without_totals(table)
    findings += ignored
    return table


def _columns(sheet: RawSheet, header: Header, spec: SheetSpec) -> tuple[dict[str, list[int]], frozenset[int]]:
    """The columns of every field, and those that the workbook computes."""
    has_marks = header.marks is not None
    names = {field.key: field for field in spec.fields} if has_marks else _by_label(spec)
    found: dict[str, list[int]] = {}
    computed = set()
    for (row, column), cell in sheet.cells.items():
        if row != (header.marks or header.row):
            continue
        name = cell.text.strip() if has_marks else plain(cell.text)
        if name in names:
            found.setdefault(names[name].key, []).append(column)
        elif name == COMPUTED_MARK:
            computed.add(column)
    return found, frozenset(computed)


def _column_findings(
    sheet: RawSheet, header_row: int, spec: SheetSpec, found: Mapping[str, list[int]]
) -> Iterator[Finding]:
    for wanted in spec.fields:
        at = found.get(wanted.key, [])
        if not at:
            yield finding("HDR_MISSING", Place(sheet.name, field=wanted.key), label=wanted.label)
        elif len(at) > 1:
            columns = " and ".join(column_letter(column) for column in at)
            place = Place(sheet.name, cell_ref(header_row, at[-1]), wanted.key)
            yield finding("HDR_DUPLICATE", place, columns=columns, label=wanted.label)


def _filled_rows(sheet: RawSheet, header: Header, columns: Mapping[str, int]) -> list[tuple[int, str]]:
    """The rows below the header with a key, or with something that was typed into them."""
    ours = frozenset(columns.values())
    filled = {
        row
        for (row, column), cell in sheet.cells.items()
        if row > header.row
        and (column == header.key_column or (column in ours and cell.formula is None))
        and not cell.is_blank
    }
    return [(row, sheet.text(row, header.key_column)) for row in sorted(filled)]


def _headed_otherwise(table: FoundTable) -> Iterator[Finding]:
    """Columns over which somebody wrote the heading of another column, or another period."""
    names = _by_label(table.spec)
    for spec in table.fields:
        heading = table.sheet.text(table.header_row, table.columns[spec.key])
        meant = names.get(plain(heading))
        period, own = _period_in(heading), _period_in(spec.label)
        is_other_period = own is not None and period is not None and period != own
        if is_other_period or (meant is not None and meant.key != spec.key):
            place = Place(table.sheet.name, cell_ref(table.header_row, table.columns[spec.key]), spec.key)
            column = column_letter(table.columns[spec.key])
            yield finding("HDR_CONTRADICTED", place, heading, column=column, label=spec.label)


def _period_in(heading: str) -> HalfYear | None:
    """The one half-year that a heading names, if it does."""
    named = {mention.period for mention in period_mentions(heading)}
    return named.pop() if len(named) == 1 else None


def _beside_table(table: FoundTable) -> Iterator[Finding]:
    """Columns that somebody added, with something in a row of data."""
    ours = {table.key_column, *table.columns.values(), *table.computed_columns}
    rows = {row for row, _ in table.rows}
    copies = set(_columns_with_marks(table))
    counts = Counter(
        column for row, column in table.sheet.cells if row in rows and column not in ours | copies
    )
    for column, count in sorted(counts.items()):
        headed = table.header_row if table.sheet.text(table.header_row, column) else None
        first = min(row for row, at in table.sheet.cells if at == column and row in rows)
        place = Place(table.sheet.name, cell_ref(headed or first, column))
        named = f"{column_letter(column)} ('{shown(table.sheet.text(headed, column))}')" if headed else None
        cells = "its 1 filled cell was" if count == 1 else f"its {count:,} filled cells were"
        says = f"'{shown(table.sheet.text(first, column))}'"
        facts = {"cells": cells, "example": says if count == 1 else f"the first says {says}"}
        yield finding("HDR_UNKNOWN", place, column=named or column_letter(column), **facts)


def _hidden_columns(table: FoundTable) -> Iterator[Finding]:
    for key, column in table.columns.items():
        if column in table.sheet.hidden_columns:
            place = Place(table.sheet.name, cell_ref(table.header_row, column), key)
            label = table.spec.field(key).label
            yield finding("HDR_HIDDEN_INCLUDED", place, column=column_letter(column), label=label)


def _columns_with_marks(table: FoundTable) -> Iterator[int]:
    keys = {field.key for field in table.spec.fields} | {field.header for field in table.spec.fields}
    for (row, column), cell in table.sheet.cells.items():
        if table.header_row - 1 <= row <= table.header_row and cell.text.strip() in keys:
            yield column


def _foreign_sheets(book: RawBook, taken: set[str]) -> Iterator[Finding]:
    for sheet in book.sheets:
        if sheet.name not in taken and sheet.name not in OWN_SHEETS and sheet.cells:
            yield finding("SHEET_IGNORED", Place(sheet.name), count=len(sheet.cells))


def merged_inputs(table: FoundTable) -> Iterator[tuple[str, int, int]]:
    """Merged ranges over cells of the table: the range, and row and column of its first cell."""
    columns = set(table.columns.values())
    for area in table.sheet.merged:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = position_of(first), position_of(last or first)
        inside = bottom > table.header_row and any(left <= column <= right for column in columns)
        if inside and (bottom > top or right > left):
            yield area, max(top, table.header_row + 1), left


def hidden_data_rows(table: FoundTable) -> tuple[int, ...]:
    """The rows of data that are hidden."""
    return tuple(row for row, _ in table.rows if row in table.sheet.hidden_rows)
