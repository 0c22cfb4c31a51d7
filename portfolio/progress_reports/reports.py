"""One report understood: its tables compared row by row, its findings, its changes, its cells counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from portfolio.findings import Finding, prevents_acceptance
from portfolio.model.changes import FieldChange
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.cells import RawBook, cell_ref, position_of
from portfolio.progress_reports.compare import LastEditor, RowReader, RowResult
from portfolio.progress_reports.record_changes import changes_of_rows
from portfolio.progress_reports.records import IssuedState, PresentState
from portfolio.progress_reports.rules import rule_findings
from portfolio.progress_reports.tables import FoundTable, hidden_data_rows, locate, merged_inputs


@dataclass(frozen=True)
class CellCounts:
    """Every cell accounted for: `total` is the sum of the other four.

    used: read into a value or a key; empty: a cell of the tables without content; ignored: outside the
    tables, computed or locked; problem: with an error.
    """

    total: int = 0
    used: int = 0
    empty: int = 0
    ignored: int = 0
    problem: int = 0

    def as_json(self) -> dict[str, int]:
        """The counts with the keys of the command-line contract."""
        return asdict(self)


@dataclass(frozen=True)
class Understood:
    """What a report says and what stands against it."""

    findings: tuple[Finding, ...]
    changes: tuple[FieldChange, ...]
    cells: CellCounts


def understand(
    book: RawBook,
    issued: IssuedState,
    present: PresentState,
    last_editor: LastEditor,
    file: str,
    as_of: dt.date,
) -> Understood:
    """The changes and findings of a workbook that was issued with `issued`; pure, it asks nobody."""
    located = locate(book, issued.sheets)
    findings = list(located.findings)
    changes: list[FieldChange] = []
    for table in located.tables:
        reader = RowReader(table, issued, present, last_editor)
        rows = list(_read_rows(table, reader, findings))
        findings += reader.findings
        findings += rule_findings(table, rows, present, as_of)
        changes += changes_of_rows(table.spec.key, rows, present, file)
    counts = count_cells(book, located.tables, findings)
    return Understood(tuple(in_order(book, findings)), tuple(changes), counts)


def _read_rows(table: FoundTable, reader: RowReader, findings: list[Finding]) -> Iterator[RowResult]:
    findings += _structure_findings(table)
    times = Counter(key for _, key in table.rows if key)
    for row, key in table.rows:
        if not key:
            findings.append(finding("ROW_NO_KEY", table.key_place(row)))
        elif times[key] > 1:
            same = ", ".join(str(other) for other, its_key in table.rows if its_key == key)
            findings.append(finding("ROW_DUPLICATE_KEY", table.key_place(row), key, rows=same))
        elif not reader.is_known(key):
            findings.append(finding("ROW_UNKNOWN_RECORD", table.key_place(row), key, why=""))
        elif (result := reader.read(row, key)) is not None:
            yield result


def _structure_findings(table: FoundTable) -> Iterator[Finding]:
    for area, row, column in merged_inputs(table):
        spec = next((spec for spec in table.fields if table.columns[spec.key] == column), table.fields[0])
        yield finding("MERGED_VALUE", table.place(row, spec), range=area)
    hidden = hidden_data_rows(table)
    if hidden:
        rows = ", ".join(str(row) for row in hidden)
        yield finding("ROW_HIDDEN_INCLUDED", Place(table.sheet.name), rows=rows)


def count_cells(book: RawBook, tables: list[FoundTable], findings: list[Finding]) -> CellCounts:
    """Every filled cell of the workbook and every empty one of its tables, each counted once."""
    problems = {(item.sheet, item.cell) for item in findings if prevents_acceptance((item,))}
    passed_over = {(item.sheet, item.cell) for item in findings if item.code == "CELL_LOCKED_CHANGED"}
    in_tables = {
        (table.sheet.name, row, column)
        for table in tables
        for row, _ in table.rows
        for column in (1, *table.columns.values())
    }
    filled = {(sheet.name, row, column) for sheet in book.sheets for row, column in sheet.cells}
    counts: Counter[str] = Counter()
    for cell in filled | in_tables:
        place = (cell[0], cell_ref(cell[1], cell[2]))
        is_ours = cell in in_tables and place not in passed_over
        counts[_class_of(place in problems, cell in filled, is_ours)] += 1
    return CellCounts(len(filled | in_tables), **counts)


def _class_of(is_problem: bool, is_filled: bool, is_ours: bool) -> str:
    if is_problem:
        return "problem"
    if not is_filled:
        return "empty"
    return "used" if is_ours else "ignored"


def in_order(book: RawBook, findings: list[Finding]) -> list[Finding]:
    """The findings by sheet, row and column; what concerns the whole file first."""
    order = {sheet.name: number for number, sheet in enumerate(book.sheets, 1)}

    def place(item: Finding) -> tuple[int, int, int]:
        row, column = position_of(item.cell) if item.cell else (0, 0)
        return (order.get(item.sheet or "", 0), row, column)

    return sorted(findings, key=place)
