"""Rows of sums among the rows of a table: never imported, and compared with what they add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.files.cells import RawCell, cell_ref
from portfolio.progress_reports.tables.found_tables import FoundTable
from portfolio.progress_reports.values.choices import plain
from portfolio.progress_reports.values.column_readings import column_reading
from portfolio.progress_reports.values.values import display, read_value

_SUMMED_KINDS = ("amount", "number", "count")
_TOTAL = r"(?:grand |sub |sous |overall )?(?:totals?|totaux|subtotals?|somme|sum|ensemble|summe|gesamt)"
_ONLY_TOTAL = re.compile(rf"{_TOTAL}(?: (?:general|generale|amount|eur|euros?|costs?|all|overall|final))*")
_BEGINS_WITH_TOTAL = re.compile(rf"(?:[\da-z] )?{_TOTAL}\b.*")
_LEAST_ROWS = 2


@dataclass(frozen=True)
class _Sums:
    """What the rows above add up to in a column: since the last total, and in all; None if not known."""

    section: int | None
    everything: int | None

    def are(self, value: int) -> bool:
        """Whether `value` is one of them."""
        return value in (self.section, self.everything)


def without_totals(table: FoundTable) -> tuple[FoundTable, tuple[Finding, ...]]:
    """The table without the rows of sums that carry no key, and what is said of each of them."""
    candidates = [row for row, key in table.rows if not key and _may_be_total(table, row)]
    if not candidates:
        return table, ()
    amounts = _Amounts(table)
    totals: list[int] = []
    findings: list[Finding] = []
    for row in candidates:
        said = _judged(table, amounts, row, totals)
        if said is not None:
            totals.append(row)
            findings += said
    kept = tuple((row, key) for row, key in table.rows if row not in totals)
    return replace(table, rows=kept), tuple(findings)


class _Amounts:
    """The numbers of a table by column, each read once."""

    def __init__(self, table: FoundTable) -> None:
        self._table = table
        self.fields = tuple(spec for spec in table.fields if spec.kind in _SUMMED_KINDS)
        rows = [row for row, _ in table.rows]
        self.unreadable: set[str] = set()
        self._values = {spec.key: dict(self._column(spec, rows)) for spec in self.fields}

    def _column(self, spec: FieldSpec, rows: Iterable[int]) -> Iterator[tuple[int, int | None]]:
        cells = [(row, cell) for row in rows if (cell := self._table.cell(row, spec.key)) is not None]
        reading = self._table.readings.get(spec.key) or column_reading(spec, (cell for _, cell in cells))
        for row, cell in cells:
            parsed = read_value(spec, cell, reading=reading)
            if parsed.state == "bad":
                self.unreadable.add(spec.key)
            yield row, parsed.value if isinstance(parsed.value, int) else None

    def of_row(self, row: int) -> dict[str, int]:
        """The known numbers of a row by field."""
        found = ((spec.key, self._values[spec.key].get(row)) for spec in self.fields)
        return {key: value for key, value in found if value is not None}

    def sums(self, field: str, above: int, totals: Iterable[int]) -> _Sums:
        """What the rows above a row add up to, without other totals."""
        left_out = set(totals)
        last = max((row for row in left_out if row < above), default=0)
        known = [
            (row, value)
            for row, value in self._values[field].items()
            if row < above and row not in left_out and value is not None
        ]
        section = [value for row, value in known if row > last]
        return _Sums(sum(section) if section else None, sum(value for _, value in known) if known else None)


def _may_be_total(table: FoundTable, row: int) -> bool:
    name = _name(table, row)
    return not name or _BEGINS_WITH_TOTAL.fullmatch(name) is not None


def _name(table: FoundTable, row: int) -> str:
    """The first text or date of a row, as it is compared."""
    for column in sorted(table.columns.values()):
        cell = table.sheet.cells.get((row, column))
        if cell is not None and cell.type in ("s", "d", "b") and not cell.is_blank:
            return plain(cell.text)
    return ""


def _judged(table: FoundTable, amounts: _Amounts, row: int, totals: list[int]) -> list[Finding] | None:
    """What is said of a row that may be a total; None where it is none."""
    stated = amounts.of_row(row)
    sums = {key: amounts.sums(key, row, totals) for key in stated}
    name = _name(table, row)
    fits = bool(stated) and all(sums[key].are(value) for key, value in stated.items())
    above = sum(1 for other, _ in table.rows if other < row and other not in totals and amounts.of_row(other))
    only_sums = bool(amounts.fields) and all(spec.kind == "amount" for spec in amounts.fields)
    is_named = _ONLY_TOTAL.fullmatch(name) is not None or (bool(name) and (fits or only_sums))
    if not is_named and not (fits and not name and above >= _LEAST_ROWS):
        return None
    wrong = [key for key in stated.keys() - amounts.unreadable if not sums[key].are(stated[key])]
    if not wrong:
        return [
            finding(
                "ROW_TOTAL_IGNORED", table.row_place(row), table.sheet.text(row, min(table.columns.values()))
            )
        ]
    specs = (spec for spec in amounts.fields if spec.key in wrong)
    return [
        _mismatch(table.place(row, spec), spec, table.cell(row, spec.key), sums[spec.key].everything)
        for spec in specs
    ]


def _mismatch(place: Place, spec: FieldSpec, cell: RawCell | None, adds_up: int | None) -> Finding:
    words = "nothing" if adds_up is None else display(spec, adds_up)
    return finding("TOTAL_MISMATCH", place, "" if cell is None else cell.text, sum=words)


def own_total_findings(table: FoundTable, total_rows: Iterable[int]) -> Iterator[Finding]:
    """What was typed over the sums that the workbook computes, where it is another amount than they give."""
    below = [
        (spec, cell)
        for row in total_rows
        for spec in table.fields
        if spec.kind in _SUMMED_KINDS and (cell := _typed(table, row, table.columns[spec.key])) is not None
    ]
    beside = [
        cell
        for row, _ in table.rows
        for column in table.computed_columns
        if (cell := _typed(table, row, column)) is not None
    ]
    if not below and not beside:
        return
    amounts = _Amounts(table)
    for spec, cell in below:
        adds_up = amounts.sums(spec.key, cell.row, ()).everything
        if spec.key not in amounts.unreadable and _contradicts(read_value(spec, cell).value, adds_up):
            yield _mismatch(table.place(cell.row, spec), spec, cell, adds_up)
    for cell in beside:
        yield from _beside(table, amounts, cell)


def _contradicts(total: Value, adds_up: int | None) -> bool:
    # A program that keeps no empty result of a formula, as in .xls, writes 0 where nothing is known.
    return total != adds_up and not (total == 0 and adds_up is None)


def _typed(table: FoundTable, row: int, column: int) -> RawCell | None:
    cell = table.sheet.cells.get((row, column))
    return None if cell is None or cell.formula is not None or cell.is_blank else cell


def _beside(table: FoundTable, amounts: _Amounts, cell: RawCell) -> Iterator[Finding]:
    """The sum of a row's own amounts, where somebody typed another one over it."""
    summed = [spec for spec in amounts.fields if spec.key in table.spec.summed]
    own = amounts.of_row(cell.row)
    known = [own[spec.key] for spec in summed if spec.key in own]
    adds_up = sum(known) if known else None
    if summed and _contradicts(read_value(summed[0], cell).value, adds_up):
        yield _mismatch(Place(table.sheet.name, cell_ref(cell.row, cell.column)), summed[0], cell, adds_up)
