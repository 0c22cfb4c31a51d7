"""Rows that were sorted or pasted without their hidden keys: their locked cells are those of other rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.comparisons.cell_readers import CellReader
from portfolio.progress_reports.comparisons.conflicts import equal
from portfolio.progress_reports.comparisons.records import Values
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.tables.found_tables import FoundTable
from portfolio.progress_reports.values.values import display

# One locked cell is a slip; two that are those of another row tell that the row itself was moved.
_FEWEST_CELLS = 2
_FEWEST_ROWS = 2


@dataclass(frozen=True)
class MovedRows:
    """The rows whose cells nobody can tell the records of, and what is said about them."""

    rows: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()


def moved_rows(
    table: FoundTable, cells: CellReader, issued: Mapping[str, Values], keyed: Iterable[tuple[int, str]]
) -> MovedRows:
    """The rows of a table that carry another row's key, by what was issued in the locked cells."""
    rows = {row: key for row, key in keyed if key in issued}
    locked = _Locked(table, cells, issued, rows)
    if not locked.contradicted:
        return MovedRows()
    moved = [row for row in locked.contradicted if locked.is_of_another(row)]
    if len(moved) >= _FEWEST_ROWS or locked.are_permuted():
        listed = shown(", ".join(map(str, locked.contradicted)))
        found = finding("ROWS_SORTED_APART", Place(table.sheet.name), rows=listed)
        # Once some rows were moved, those that happen to fit their key may have been as well.
        return MovedRows(frozenset(rows), (found,))
    return MovedRows(frozenset(moved), tuple(map(locked.finding, moved)))


class _Locked:
    """The cells of a table that nobody may change, as they stand and as they were issued."""

    def __init__(
        self, table: FoundTable, cells: CellReader, issued: Mapping[str, Values], rows: Mapping[int, str]
    ) -> None:
        self._table, self._cells, self._issued, self._rows = table, cells, issued, rows
        self._fields = tuple(spec for spec in table.fields if not spec.may_enter(in_new_row=False))
        self._differing = {row: tuple(self._differences(row)) for row in rows}
        self.contradicted = [row for row, specs in self._differing.items() if specs]

    def _differences(self, row: int) -> Iterator[FieldSpec]:
        for spec in self._fields:
            cell = self._table.cell(row, spec.key)
            issued = self._issued[self._rows[row]].get(spec.key)
            if cell is not None and not cell.is_blank and not equal(self._stands(row, spec), issued):
                yield spec

    def _stands(self, row: int, spec: FieldSpec) -> Value:
        """What a cell says; its text where that cannot be read."""
        cell = self._table.cell(row, spec.key)
        parsed = self._cells.parsed(row, spec, self._issued[self._rows[row]].get(spec.key))
        return parsed.value if parsed.state != "bad" or cell is None else cell.text

    def is_of_another(self, row: int) -> bool:
        """Whether several locked cells of a row are not its own and are those of one other row."""
        specs = self._differing[row]
        here = [self._stands(row, spec) for spec in specs]
        return len(specs) >= _FEWEST_CELLS and any(
            all(equal(value, values.get(spec.key)) for spec, value in zip(specs, here, strict=True))
            for key, values in self._issued.items()
            if key != self._rows[row]
        )

    def are_permuted(self) -> bool:
        """Whether the rows stand as they were issued, or their titles do, and beside other keys."""
        if len(self.contradicted) < _FEWEST_ROWS:
            return False
        title = tuple(spec for spec in self._fields if spec.key == self._table.spec.title_field)
        has_titles = any(title[0] in self._differing[row] for row in self.contradicted) if title else False
        return self._are_same(self._fields) or (has_titles and self._are_same(title))

    def _are_same(self, specs: tuple[FieldSpec, ...]) -> bool:
        stands = Counter(tuple(self._stands(row, spec) for spec in specs) for row in self._rows)
        issued = Counter(
            tuple(self._issued[key].get(spec.key) for spec in specs) for key in self._rows.values()
        )
        return stands == issued

    def finding(self, row: int) -> Finding:
        """What is said of a single row that carries another one's key."""
        spec = self._differing[row][0]
        cell = self._table.cell(row, spec.key)
        issued = self._issued[self._rows[row]].get(spec.key)
        words = shown(display(spec, issued, self._cells.names(spec)))
        return finding(
            "ROW_KEY_MOVED", self._table.place(row, spec), None if cell is None else cell.text, issued=words
        )
