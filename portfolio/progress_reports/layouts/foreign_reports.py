"""A workbook of one's own as parts that are compared like those of an issued one, a project and period each.

What the workbook was issued with is what the tracker holds now: every difference is a change, and shown. No
project is made, no cell is changed, and every address is that of the officer's own sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.dates import HalfYear
from portfolio.findings import Finding
from portfolio.model.results import PERCENT_UNIT
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.comparisons.records import IssuedState, PresentState
from portfolio.progress_reports.comparisons.reports import Part
from portfolio.progress_reports.fields.columns import SheetSpec
from portfolio.progress_reports.fields.result_sheets import indicators_sheet
from portfolio.progress_reports.files.cells import RawBook, RawSheet, cell_ref
from portfolio.progress_reports.layouts.foreign_keys import RecordMatcher, Told, named_rows, with_keys
from portfolio.progress_reports.layouts.foreign_tables import (
    ForeignRecord,
    ForeignTable,
    foreign_table,
    records_of,
)
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import tables
from portfolio.progress_reports.layouts.layout_findings import table_findings, whole_findings
from portfolio.progress_reports.layouts.layout_rows import lines_of
from portfolio.progress_reports.layouts.layouts import Layout, ProjectName, TableLayout
from portfolio.progress_reports.workbooks.issuing import issued_state

Unit = tuple[str, str]
PresentOf = Callable[[str, HalfYear], PresentState]
_NO_TEMPLATE = "T-NONE"


@dataclass(frozen=True)
class ForeignReport:
    """What a workbook holds: its parts, and what is said of the workbook as a whole."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]

    def without_values(self) -> ForeignReport:
        """The same without findings that quote a cell, for somebody who may not see all its projects."""
        return replace(self, findings=tuple(item for item in self.findings if item.value is None))


@dataclass(frozen=True)
class _Block:
    """The records of one table of the workbook for one project and period."""

    table: TableLayout
    sheet: RawSheet
    records: tuple[ForeignRecord, ...]


def foreign_report(
    book: RawBook,
    layout: Layout,
    names: Iterable[ProjectName],
    present_of: PresentOf,
    as_of: dt.date,
) -> ForeignReport:
    """The parts of a workbook under a layout; a table that lacks what it needs is said and left out."""
    projects = ProjectNames(names)
    findings = list(whole_findings(book, layout, projects))
    blocks: dict[Unit, list[_Block]] = {}
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for table in layout.tables:
        sheet = sheets.get(table.sheet)
        said = tuple(table_findings(table, sheet, projects))
        findings += said
        if sheet is None or any(item.severity == "error" for item in said):
            continue
        read = lines_of(table, sheet, projects)
        findings += read.findings
        for unit, records in _by_unit(records_of(table, read), findings, sheet, projects).items():
            blocks.setdefault(unit, []).append(_Block(table, read.sheet, tuple(records)))
    main = _main_periods(layout, blocks, as_of)
    parts = (
        _part(unit, own, present_of, as_of, is_optional=unit[1] not in main) for unit, own in blocks.items()
    )
    return ForeignReport(tuple(parts), tuple(findings))


def _by_unit(
    records: Iterable[ForeignRecord], findings: list[Finding], sheet: RawSheet, names: ProjectNames
) -> dict[Unit, list[ForeignRecord]]:
    """The records by project and period; one that lacks either is said, once a table."""
    found: dict[Unit, list[ForeignRecord]] = {}
    lost: dict[tuple[str, str], ForeignRecord] = {}
    known = {project.key for project in names}
    for record in records:
        if not record.project:
            lost.setdefault(("PROJECT_NOT_NAMED", ""), record)
        elif record.project not in known:
            # It was chosen, or kept, before it left the portfolio.
            lost.setdefault(("PROJECT_UNKNOWN", record.project), record)
        elif not record.period:
            lost.setdefault(("PERIOD_UNKNOWN", ""), record)
        else:
            found.setdefault((record.project, record.period), []).append(record)
    for (code, project), record in lost.items():
        place = Place(sheet.name, cell_ref(*min(record.places.values())))
        findings.append(finding(code, place, None, None, row=record.at, project=project))
    return found


def _main_periods(layout: Layout, units: Iterable[Unit], as_of: dt.date) -> frozenset[str]:
    """The periods that the workbook reports as a whole; values of others count where they change."""
    stated = {table.period for table in layout.tables if table.period}
    if stated:
        return frozenset(stated)
    begun = {period for _, period in units if HalfYear.parse(period).first <= as_of}
    return frozenset({max(begun)} if begun else set())


def _part(
    unit: Unit, blocks: Sequence[_Block], present_of: PresentOf, as_of: dt.date, *, is_optional: bool
) -> Part:
    period = HalfYear.parse(unit[1])
    present = present_of(unit[0], period)
    findings: list[Finding] = []
    found: list[ForeignTable] = []
    rows: dict[str, set[str]] = {}
    new_rows: dict[str, set[str]] = {}
    if period.first > as_of:
        first = blocks[0]
        place = Place(first.sheet.name, cell_ref(*min(first.records[0].places.values())))
        findings.append(finding("PERIOD_NOT_BEGUN", place, unit[1], None, today=as_of.isoformat()))
    for key in tables():
        own = [block for block in blocks if block.table.table == key]
        if not own:
            continue
        spec = _spec(key, period, present)
        keyless = [table for block in own for table in _tables(block, spec)]
        matcher = RecordMatcher(keyless, present)
        told = matcher.told()
        findings += matcher.findings
        findings += _lacking(keyless, told)
        found += [
            with_keys(table, [each for each in told if each.table == place])
            for place, table in enumerate(keyless)
        ]
        rows[key] = {each.key for each in told if not each.is_new}
        new_rows[key] = {each.key for each in told if each.is_new}
    issued = _issued(present, rows, new_rows)
    return Part(issued, tuple(found), tuple(findings), is_foreign=True, is_optional=is_optional)


def _lacking(tables_found: Sequence[ForeignTable], told: Iterable[Told]) -> Iterator[Finding]:
    """An error for each column without which the new records of a table cannot be kept."""
    new: dict[int, list[ForeignRecord]] = {}
    for each in told:
        if each.is_new:
            new.setdefault(each.table, []).append(each.record)
    for position, records in new.items():
        table = tables_found[position]
        rows = named_rows(record.at for record in records)
        for spec in table.spec.fields:
            if spec.required and spec.default is None and spec.key not in table.columns:
                place = Place(table.sheet.name, cell_ref(table.header_row, min(table.columns.values())))
                yield finding("HDR_NEEDED_NEW", place, None, None, label=spec.label, rows=rows)


def _spec(key: str, period: HalfYear, present: PresentState) -> SheetSpec:
    """The specification of a table, with what only the project's own rows say."""
    if key != "indicators":
        return tables()[key]
    rows = present.rows.get(key, {})
    percent = [name for name, row in rows.items() if row.values.get("unit") == PERCENT_UNIT]
    return indicators_sheet(period, percent_rows=percent)


def _tables(block: _Block, spec: SheetSpec) -> Iterator[ForeignTable]:
    """The tables of a block: one for each column of values where their units or texts may differ."""
    columns = {column.column: column for column in block.table.columns}
    used = {record.value_column for record in block.records if record.value_column}
    units = {columns[number].multiplier for number in used}
    has_texts = any(
        (cell := block.sheet.cells.get((record.at, record.value_column))) is not None and cell.type == "s"
        for record in block.records
    )
    if len(used) <= 1 or (len(units) == 1 and not has_texts):
        yield foreign_table(block.table, block.sheet, spec, block.records)
        return
    for number in sorted(used):
        own = [record for record in block.records if record.value_column == number]
        kept = tuple(
            column for column in block.table.columns
            if column.field != columns[number].field or column.column == number
        )  # fmt: skip
        yield foreign_table(replace(block.table, columns=kept), block.sheet, spec, own)


def _issued(
    present: PresentState, rows: Mapping[str, set[str]], new_rows: Mapping[str, set[str]]
) -> IssuedState:
    """What the workbook would have been issued with now: the rows that it has, as the tracker holds them."""
    whole = issued_state(present, (), _NO_TEMPLATE)
    again = {
        key: {name: row.values for name, row in present.rows.get(key, {}).items() if name in wanted}
        for key, wanted in rows.items()
    }
    return replace(
        whole,
        rows={
            key: {name: whole.rows.get(key, {}).get(name, values) for name, values in own.items()}
            for key, own in again.items()
        },
        new_rows={key: tuple(sorted(names)) for key, names in new_rows.items()},
    )


def in_own_words(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the comparison found, without what is only true of a workbook that the tracker issued."""
    said = []
    for item in findings:
        if item.code in ("BLANK_KEEPS", "ROWS_ABSENT"):
            continue
        if item.code == "CELL_LOCKED_CHANGED":
            place = Place(item.sheet, item.cell, item.field)
            own = finding("FIELD_NOT_REPORTED", place, item.value)
            item = replace(own, record=item.record, unit=item.unit)
        said.append(item)
    # One cell can stand for several records of its row; what is wrong with it is said once.
    return tuple(dict.fromkeys(said))
