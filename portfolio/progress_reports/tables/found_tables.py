"""A table of a report where it stands in a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from portfolio.progress_reports.catalogue import Place
from portfolio.progress_reports.fields.columns import FieldSpec, SheetSpec
from portfolio.progress_reports.files.cells import Position, RawCell, RawSheet, cell_ref
from portfolio.progress_reports.values.column_readings import ColumnReading

KEY_COLUMN = 1
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
    key_column: int = KEY_COLUMN

    def cell(self, row: int, field_key: str) -> RawCell | None:
        """One cell of the table, None where it is empty or its column is gone."""
        column = self.columns.get(field_key)
        return None if column is None else self.sheet.cells.get((row, column))

    def place(self, row: int, spec: FieldSpec) -> Place:
        """Where a field of a row stands."""
        return Place(self.sheet.name, cell_ref(row, self.columns[spec.key]), spec.key, spec.label)

    def row_place(self, row: int) -> Place:
        """The first cell of a row that a person sees filled; its hidden key where there is none."""
        seen = (
            column
            for column in sorted(self.columns.values())
            if column not in self.sheet.hidden_columns and self.sheet.text(row, column)
        )
        return Place(self.sheet.name, cell_ref(row, next(seen, self.key_column)))

    def positions(self) -> set[Position]:
        """Every cell of its rows, the hidden keys among them."""
        columns = (self.key_column, *self.columns.values())
        return {(row, column) for row, _ in self.rows for column in columns}

    @property
    def sheet_rows(self) -> tuple[int, ...]:
        """The rows of the sheet that hold its data."""
        return tuple(row for row, _ in self.rows)

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The columns that are there, in their order in the specification."""
        return tuple(spec for spec in self.spec.fields if spec.key in self.columns)
