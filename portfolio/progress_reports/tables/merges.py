"""Merged cells in the rows of a table: labels count for every row they cover, values for none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.files.cells import Position, RawCell, RawSheet, cell_ref, position_of

_OF_EMPTY_CELLS = frozenset({"BLANK_KEEPS", "CELL_REQUIRED"})


def filled_down(
    sheet: RawSheet, labels: Collection[int], first_row: int
) -> tuple[RawSheet, tuple[Finding, ...]]:
    """The sheet with merged labels standing in every row they cover, and one finding for each such area.

    `labels` are the columns whose text says what a row is about; rows above `first_row` are left alone.
    """
    cells = dict(sheet.cells)
    findings = []
    for area, (top, left), (bottom, _) in merged_areas(sheet):
        source = sheet.cells.get((top, left))
        if left not in labels or top < first_row or bottom == top or source is None or source.is_blank:
            continue
        for row in range(top + 1, bottom + 1):
            cells.setdefault((row, left), _copied(source, row))
        place = Place(sheet.name, cell_ref(top, left))
        findings.append(finding("MERGED_FILLED", place, source.text, range=area))
    return (replace(sheet, cells=cells), tuple(findings)) if findings else (sheet, ())


def without_consequences(sheet: RawSheet, findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those of cells that are empty only because they were merged into another."""
    areas = [(first, last) for _, first, last in merged_areas(sheet)]

    def is_covered(item: Finding) -> bool:
        row, column = position_of(item.cell) if item.cell else (0, 0)
        return any(
            (row, column) != (top, left) and top <= row <= bottom and left <= column <= right
            for (top, left), (bottom, right) in areas
        )

    return [item for item in findings if item.code not in _OF_EMPTY_CELLS or not is_covered(item)]


def merged_areas(sheet: RawSheet) -> Iterator[tuple[str, Position, Position]]:
    """The merged areas of a sheet, each with its first and its last cell."""
    for area in sheet.merged:
        first, _, last = area.partition(":")
        yield area, position_of(first), position_of(last or first)


def _copied(cell: RawCell, row: int) -> RawCell:
    return RawCell(row, cell.column, cell.type, cell.value, None, True, cell.number_format)
