"""Where the tables of a report stand in a workbook: found by hidden marks, else by their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.cells import RawBook, RawCell, RawSheet, cell_ref, column_letter, position_of
from portfolio.progress_reports.column_readings import ColumnReading
from portfolio.progress_reports.columns import COMPUTED_MARK, OWN_SHEETS, TOTAL_KEY, FieldSpec, SheetSpec

_KEY_COLUMN = 1
_ROWS_ABOVE_TABLE = 40
_NO_READINGS: Mapping[str, ColumnReading] = MappingProxyType({})


@dataclass(frozen=True)
class FoundTable:
    """One table where it stands: column number by field key, and the rows of its data with their keys.

    `readings` are what is settled about how columns are read, by field key.
    """

    spec: SheetSpec
    sheet: RawSheet
    header_row: int
    columns: Mapping[str, int]
    computed_columns: frozenset[int]
    rows: tuple[tuple[int, str], ...]
    readings: Mapping[str, ColumnReading] = field(default_factory=lambda: _NO_READINGS)

    def cell(self, row: int, field_key: str) -> RawCell | None:
        """One cell of the table, None where it is empty or its column is gone."""
        column = self.columns.get(field_key)
        return None if column is None else self.sheet.cells.get((row, column))

    def place(self, row: int, spec: FieldSpec) -> Place:
        """Where a field of a row stands."""
        return Place(self.sheet.name, cell_ref(row, self.columns[spec.key]), spec.key, spec.label)

    def key_place(self, row: int) -> Place:
        """Where the hidden key of a row stands."""
        return Place(self.sheet.name, cell_ref(row, _KEY_COLUMN))

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The columns that are there, in their order in the specification."""
        return tuple(spec for spec in self.spec.fields if spec.key in self.columns)


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
        candidates = [(sheet, row) for sheet in book.sheets if (row := _mark_row(sheet, spec)) is not None]
        if not candidates:
            candidates = [
                (sheet, row) for sheet in book.sheets if (row := _label_row(sheet, spec)) is not None
            ]
        taken |= {sheet.name for sheet, _ in candidates}
        _take(candidates, spec, located)
    located.findings += _foreign_sheets(book, taken)
    return located


def _take(candidates: list[tuple[RawSheet, int]], spec: SheetSpec, located: Located) -> None:
    if not candidates:
        located.findings.append(finding("SHEET_MISSING", name=spec.name))
        return
    if len(candidates) > 1:
        names = " and ".join(f"'{sheet.name}'" for sheet, _ in candidates)
        located.findings.append(finding("SHEET_AMBIGUOUS", names=names, name=spec.name))
        return
    sheet, row = candidates[0]
    if sheet.name != spec.name:
        located.findings.append(finding("SHEET_RENAMED", Place(sheet.name), name=spec.name))
    located.tables.append(_table(sheet, row, spec, located.findings))


def _mark_row(sheet: RawSheet, spec: SheetSpec) -> int | None:
    """The row of hidden field keys."""
    for row in range(1, _ROWS_ABOVE_TABLE):
        if sheet.text(row, _KEY_COLUMN) == spec.marker:
            return row
    return None


def _label_row(sheet: RawSheet, spec: SheetSpec) -> int | None:
    """The row of labels, where the hidden row above it is gone."""
    if sheet.name != spec.name:
        return None
    wanted = {spec.header for spec in spec.fields}
    for row in range(1, _ROWS_ABOVE_TABLE):
        found = {cell.text.strip() for (at, _), cell in sheet.cells.items() if at == row}
        if len(wanted & found) > len(wanted) // 2:
            return row
    return None


def _table(sheet: RawSheet, mark_row: int, spec: SheetSpec, findings: list[Finding]) -> FoundTable:
    has_marks = sheet.text(mark_row, _KEY_COLUMN) == spec.marker
    header_row = mark_row + 1 if has_marks else mark_row
    names = {field.key if has_marks else field.header: field for field in spec.fields}
    found: dict[str, list[int]] = {}
    computed = set()
    for (row, column), cell in sheet.cells.items():
        if row == mark_row and cell.text.strip() in names:
            found.setdefault(names[cell.text.strip()].key, []).append(column)
        elif row == mark_row and cell.text.strip() == COMPUTED_MARK:
            computed.add(column)
    findings += _column_findings(sheet, spec, found)
    columns = {key: at[0] for key, at in found.items() if len(at) == 1}
    rows = tuple(_data_rows(sheet, header_row, columns))
    table = FoundTable(spec, sheet, header_row, columns, frozenset(computed), rows)
    findings += _beside_table(table)
    return table


def _column_findings(sheet: RawSheet, spec: SheetSpec, found: Mapping[str, list[int]]) -> Iterator[Finding]:
    for wanted in spec.fields:
        at, place = found.get(wanted.key, []), Place(sheet.name, field=wanted.key)
        if not at:
            yield finding("HDR_MISSING", place, label=wanted.label)
        elif len(at) > 1:
            columns = " and ".join(column_letter(column) for column in at)
            yield finding("HDR_DUPLICATE", place, columns=columns, label=wanted.label)


def _data_rows(sheet: RawSheet, header_row: int, columns: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    ours = {_KEY_COLUMN, *columns.values()}
    filled = sorted({row for (row, column) in sheet.cells if row > header_row and column in ours})
    for row in filled:
        key = sheet.text(row, _KEY_COLUMN)
        if key != TOTAL_KEY:
            yield row, key


def _beside_table(table: FoundTable) -> Iterator[Finding]:
    """Columns that somebody added, with something in a row of data."""
    ours = {_KEY_COLUMN, *table.columns.values(), *table.computed_columns}
    rows = {row for row, _ in table.rows}
    copies = set(_columns_with_marks(table))
    counts = Counter(
        column for row, column in table.sheet.cells if row in rows and column not in ours | copies
    )
    for column, count in sorted(counts.items()):
        yield finding("HDR_UNKNOWN", Place(table.sheet.name), column=column_letter(column), count=count)


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
