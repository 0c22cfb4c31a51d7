"""What the cells of one table say, read with the labels and the evidence that hold for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from portfolio.model.changes import Value
from portfolio.progress_reports.comparisons.records import IssuedState, PresentState
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.tables.found_tables import FoundTable
from portfolio.progress_reports.values.column_readings import ColumnReading
from portfolio.progress_reports.values.values import Parsed, read_value, suspect
from portfolio.vocabulary import labels

ReadingOf = Callable[[FieldSpec], ColumnReading]


class CellReader:
    """Reads the cells of one table; `reading_of` says what is settled about the column of a field."""

    def __init__(
        self, table: FoundTable, issued: IssuedState, present: PresentState, reading_of: ReadingOf
    ) -> None:
        self._table, self._issued, self._reading_of = table, issued, reading_of
        self._own_labels = present.own_labels
        self._read: dict[tuple[object, ...], Parsed] = {}

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        """The labels of each list by code: as they are today, with those that were issued before them."""
        return {
            vocabulary: {**self._today(vocabulary), **names}
            for vocabulary, names in self._issued.labels.items()
        }

    def _today(self, vocabulary: str) -> Mapping[str, str]:
        """The labels of a list as they are now; a project may have no indicator or partner of its own."""
        own = self._own_labels.get(vocabulary)
        return labels(vocabulary) if own is None else own

    @cached_property
    def _codes(self) -> Mapping[str, Mapping[str, str]]:
        return {
            vocabulary: {name: code for code, name in names.items()}
            for vocabulary, names in self._issued.labels.items()
        }

    def names(self, spec: FieldSpec) -> Mapping[str, str] | None:
        """The labels of a field's list by code, None for those of the vocabulary."""
        return self._names.get(spec.vocabulary) if spec.kind == "choice" else None

    def parsed(self, row: int, spec: FieldSpec, issued: Value) -> Parsed:
        """What a cell says; most say what was issued, and need no closer look."""
        cell = self._table.cell(row, spec.key)
        if cell is None:
            return read_value(spec, None)
        reading = self._reading_of(spec)
        if cell.formula is None and reading.multiplier == 1:
            if issued is not None and self._shows(spec, cell, issued):
                return Parsed("value", issued)
            if spec.kind == "choice" and cell.value in self._codes.get(spec.vocabulary, ()):
                return Parsed("value", self._codes[spec.vocabulary][str(cell.value)])
        read = self._read_alike(spec, cell, reading)
        return suspect(read, issued) if spec.kind == "date" else read

    def _read_alike(self, spec: FieldSpec, cell: RawCell, reading: ColumnReading) -> Parsed:
        """What a cell says; of cells that are alike the first alone is looked at closely."""
        # Texts are seldom alike, and are read at once.
        if cell.formula is not None or spec.kind == "text":
            return read_value(spec, cell, self.names(spec), reading)
        alike = (spec.key, spec.kind, cell.type, cell.value, cell.number_format)
        found = self._read.get(alike)
        if found is None:
            found = self._read[alike] = read_value(spec, cell, self.names(spec), reading)
        return found

    def _shows(self, spec: FieldSpec, cell: RawCell, issued: Value) -> bool:
        """Whether the cell stands as it was issued with a value."""
        # The format is not asked for: sorting may leave it behind, and the value is the one that was issued.
        return cell.type in ("s", "n") and cell.value == self._issued.shown(spec, issued)
