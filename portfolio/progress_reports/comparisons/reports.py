"""One report understood: its tables compared row by row, what stands against it and what it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portfolio.findings import Finding, prevents_acceptance
from portfolio.model.changes import FieldChange
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.comparisons.cell_readers import CellReader
from portfolio.progress_reports.comparisons.column_answers import ColumnReadings
from portfolio.progress_reports.comparisons.compare import RowReader, RowResult
from portfolio.progress_reports.comparisons.conflicts import LastWriter
from portfolio.progress_reports.comparisons.moved_rows import MovedRows, moved_rows
from portfolio.progress_reports.comparisons.record_changes import changes_of_rows, leaving_rows
from portfolio.progress_reports.comparisons.records import IssuedState, PresentState
from portfolio.progress_reports.comparisons.row_keys import KeyFinder, like_existing
from portfolio.progress_reports.comparisons.rules import rule_findings
from portfolio.progress_reports.corrections import NO_CORRECTIONS, Corrections
from portfolio.progress_reports.files.cells import RawBook, position_of
from portfolio.progress_reports.tables.merges import without_consequences
from portfolio.progress_reports.tables.tables import (
    FoundTable,
    Located,
    hidden_data_rows,
    locate,
    merged_inputs,
)

# How many of the rows that are not in a file are named.
_NAMED_ROWS = 5


@dataclass(frozen=True)
class Part:
    """What a workbook holds of one project and period: as it was issued, and where its tables stand now.

    `findings` are what was noticed while the tables were looked for. One that is `is_foreign` was not issued
    by this tracker; one that `is_optional` counts only where it changes something.
    """

    issued: IssuedState
    tables: tuple[FoundTable, ...]
    findings: tuple[Finding, ...] = ()
    is_foreign: bool = False
    is_optional: bool = False

    @property
    def unit(self) -> tuple[str, str]:
        """Project and period."""
        return self.issued.project_key, str(self.issued.period)


@dataclass(frozen=True)
class Understood:
    """What one part of a report says and what stands against it.

    `unchanged` counts the records that it lists as they are, `refused` the rows in which an error stands.
    """

    findings: tuple[Finding, ...]
    changes: tuple[FieldChange, ...]
    unchanged: int = 0
    refused: int = 0

    @property
    def says_nothing(self) -> bool:
        """Whether it changes nothing and nothing stands against it."""
        return not self.changes and not prevents_acceptance(self.findings)


def issued_part(book: RawBook, issued: IssuedState) -> Part:
    """The part of a workbook that was issued with `issued`: all of it."""
    located: Located = locate(book, issued.sheets)
    return Part(issued, tuple(located.tables), tuple(located.findings))


def understand(
    book: RawBook,
    part: Part,
    present: PresentState,
    last_writer: LastWriter,
    file: str,
    as_of: dt.date,
    corrections: Corrections = NO_CORRECTIONS,
) -> Understood:
    """The changes and findings of one part of a workbook; pure, it asks nobody."""
    findings = list(part.findings)
    changes: list[FieldChange] = []
    read: list[tuple[FoundTable, list[RowResult]]] = []
    for table in part.tables:
        readings = ColumnReadings(table, corrections.answers)
        cells = CellReader(table, part.issued, present, readings.of)
        reader = RowReader(table, cells, part.issued, present, last_writer, corrections.sides)
        on_record = present.rows.get(table.spec.key, {})
        finder = KeyFinder(table, reader, cells, on_record, part.issued.project_key)
        keyed = _sound_rows(part, table, finder, cells, findings)
        rows = list(_read_rows(table, reader, part.issued.project_key, keyed, findings))
        findings += without_consequences(table.sheet, reader.findings)
        findings += leaving_rows(table, rows, present)
        findings += like_existing(table, rows, on_record)
        findings += rule_findings(table, rows, present, as_of)
        changes += changes_of_rows(table, rows, present, file)
        read.append((table, rows))
    ordered = in_order(book, (replace(item, unit=part.unit) for item in findings))
    wrong = _rows_with_errors(findings)
    return Understood(tuple(ordered), tuple(changes), _unchanged(read, wrong), len(wrong))


def _rows_with_errors(findings: Iterable[Finding]) -> set[tuple[str | None, int]]:
    return {
        (item.sheet, position_of(item.cell)[0])
        for item in findings
        if item.cell is not None and prevents_acceptance((item,))
    }


def _unchanged(read: Iterable[tuple[FoundTable, list[RowResult]]], wrong: set[tuple[str | None, int]]) -> int:
    """How many records are listed as they are: in no row of theirs anything is entered, removed or wrong."""
    listed: set[tuple[str, str]] = set()
    touched: set[tuple[str, str]] = set()
    for table, rows in read:
        for row in rows:
            if row.present.record_key is not None:
                record = (table.spec.entity, row.present.record_key)
                listed.add(record)
                if row.entries or row.removes or (table.sheet.name, row.row) in wrong:
                    touched.add(record)
    return len(listed - touched)


def _sound_rows(
    part: Part, table: FoundTable, finder: KeyFinder, cells: CellReader, findings: list[Finding]
) -> list[tuple[int, str]]:
    """The rows of a table with their keys, without those that carry the key of another row."""
    findings += _structure_findings(table)
    keyed, issued = list(finder.rows()), part.issued.rows.get(table.spec.key, {})
    # In a workbook of one's own there are no hidden keys: its rows are told by what they say.
    moved = MovedRows() if part.is_foreign else moved_rows(table, cells, issued, keyed)
    findings += (*finder.findings, *moved.findings, *_absence(table, part.issued, keyed))
    return [item for item in keyed if item[0] not in moved.rows]


def _read_rows(
    table: FoundTable,
    reader: RowReader,
    project_key: str,
    keyed: list[tuple[int, str]],
    findings: list[Finding],
) -> Iterator[RowResult]:
    rows_of: dict[str, list[int]] = {}
    for row, key in keyed:
        rows_of.setdefault(key, []).append(row)
    others: dict[str, list[int]] = {}
    for row, key in keyed:
        project = key.partition("/")[0]
        if not key:
            findings.append(_without_key(table, row))
        elif "/" in key and project != project_key and not reader.is_known(key):
            others.setdefault(project, []).append(row)
        elif len(rows_of[key]) > 1:
            same = ", ".join(map(str, rows_of[key]))
            findings.append(finding("ROW_DUPLICATE_KEY", table.row_place(row), key, rows=shown(same)))
        elif not reader.is_known(key):
            findings.append(finding("ROW_UNKNOWN_RECORD", table.row_place(row), key, why=""))
        elif (result := reader.read(row, key)) is not None:
            yield result
    findings += (_of_other_project(table, project, rows) for project, rows in others.items())


def _of_other_project(table: FoundTable, project: str, rows: list[int]) -> Finding:
    filled = [row for row in rows if _is_filled(table, row)] or rows
    listed = shown(", ".join(map(str, filled)))
    named = f"row {filled[0]}" if len(filled) == 1 else f"{len(filled):,} rows ({listed})"
    return finding("ROWS_OF_OTHER_PROJECT", table.row_place(filled[0]), project=project, rows=named)


def _is_filled(table: FoundTable, row: int) -> bool:
    return any((cell := table.cell(row, spec.key)) and not cell.is_blank for spec in table.fields)


def _without_key(table: FoundTable, row: int) -> Finding:
    """What is said of a row that carries no key in a table without rows of one's own."""
    filled = [spec for spec in table.fields if (cell := table.cell(row, spec.key)) and not cell.is_blank]
    place = table.row_place(row)
    if not table.spec.new_rows and not any(spec.access == "input" for spec in filled):
        return finding("ROW_NOT_DATA", place, table.sheet.text(row, position_of(place.cell or "A1")[1]))
    action = None if table.spec.new_rows else "Write the entries into the rows that were issued."
    return finding("ROW_NO_KEY", place, None, action)


def _absence(table: FoundTable, issued: IssuedState, keyed: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """That rows of the issued workbook are not in the file, if so; nothing follows from it."""
    present = {key for _, key in keyed}
    spec, rows = table.spec, issued.rows.get(table.spec.key, {})
    absent = [values for key, values in rows.items() if key not in present]
    if not absent:
        return
    title = spec.field(spec.title_field)
    titles = dict.fromkeys(str(issued.shown(title, values.get(title.key)) or "") for values in absent)
    named = "; ".join(shown(name) for name in list(titles)[:_NAMED_ROWS])
    more = "" if len(titles) <= _NAMED_ROWS else "; and others"
    count = "1 row that was issued is" if len(absent) == 1 else f"{len(absent):,} rows that were issued are"
    can_remove = any(field.kind == "action" for field in spec.fields)
    yield finding(
        "ROWS_ABSENT",
        Place(table.sheet.name),
        None,
        "Nothing to do. A record leaves by REMOVE in the column Action." if can_remove else None,
        rows=count,
        which=named + more,
        of="it" if len(absent) == 1 else "them",
    )


def _structure_findings(table: FoundTable) -> Iterator[Finding]:
    for area, row, column in merged_inputs(table):
        spec = next((spec for spec in table.fields if table.columns[spec.key] == column), table.fields[0])
        yield finding("MERGED_VALUE", table.place(row, spec), range=area)
    hidden = hidden_data_rows(table)
    if hidden:
        rows = ", ".join(str(row) for row in hidden)
        yield finding("ROW_HIDDEN_INCLUDED", Place(table.sheet.name), rows=rows)


def in_order(book: RawBook, findings: Iterable[Finding]) -> list[Finding]:
    """The findings by sheet, row and column; what concerns the whole file first."""
    order = {sheet.name: number for number, sheet in enumerate(book.sheets, 1)}

    def place(item: Finding) -> tuple[int, int, int]:
        row, column = position_of(item.cell) if item.cell else (0, 0)
        return (order.get(item.sheet or "", 0), row, column)

    return sorted(findings, key=place)
