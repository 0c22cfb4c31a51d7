"""How each column of a table is read: by what its cells prove, and by what a person answered for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from portfolio.progress_reports.corrections import Address
from portfolio.progress_reports.fields.columns import FieldSpec, Kind
from portfolio.progress_reports.files.cells import RawCell, column_letter
from portfolio.progress_reports.tables.tables import FoundTable
from portfolio.progress_reports.values.column_readings import UNSETTLED, ColumnReading, column_reading

_OPEN_KINDS = frozenset({"amount", "number", "percent", "count", "date"})


@dataclass
class ColumnReadings:
    """What is settled about the columns of one table; each is looked through once, when it is asked for.

    A column whose rows hold values of several kinds is settled for each kind by the rows of that kind.
    """

    table: FoundTable
    answers: Mapping[Address, str]
    _found: dict[tuple[str, Kind], ColumnReading] = field(default_factory=dict)

    def of(self, spec: FieldSpec) -> ColumnReading:
        """What is settled about the column of a field."""
        if spec.kind not in _OPEN_KINDS or spec.key not in self.table.columns:
            return UNSETTLED
        found = self._found.get((spec.key, spec.kind))
        if found is None:
            found = self._found[spec.key, spec.kind] = self._settle(spec)
        return found

    def _settle(self, spec: FieldSpec) -> ColumnReading:
        given = self.table.readings.get(spec.key)
        letter = column_letter(self.table.columns[spec.key])
        answer = self.answers.get((self.table.sheet.name, letter))
        if given is not None and answer is None:
            return given
        found = column_reading(spec, self._cells(spec), answer)
        if given is not None and given.multiplier != 1 and found.multiplier == 1:
            return replace(found, multiplier=given.multiplier)
        return found

    def _cells(self, spec: FieldSpec) -> Iterator[RawCell]:
        by_row = self.table.spec.row_fields
        for row, key in self.table.rows:
            cell = self.table.cell(row, spec.key)
            if cell is None:
                continue
            if not by_row or self.table.spec.spec_for(key, spec.key).kind == spec.kind:
                yield cell
