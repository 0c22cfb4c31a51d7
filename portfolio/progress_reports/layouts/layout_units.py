"""The unit in which the amounts of a column are written: told by the workbook, or asked in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.layouts.header_blocks import Block
from portfolio.progress_reports.layouts.header_texts import plain
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import fields_of
from portfolio.progress_reports.layouts.layouts import ColumnLayout

_SUSPICIOUSLY_SMALL = 5_000
_BEYOND_ANY_COST = 500_000_000


@dataclass(frozen=True)
class Surroundings:
    """What the cells around a table say of it.

    `unit`: the multiplier named above it and whether that is doubtful; `doubted`: a unit is named elsewhere.
    `known`: what headers were taken for in earlier layouts, by table and header.
    """

    words: str
    unit: tuple[int | None, bool]
    doubted: bool
    names: ProjectNames
    known: Mapping[tuple[str, str], str]


def with_units(
    block: Block,
    columns: Sequence[ColumnLayout],
    cells: Mapping[int, list[RawCell]],
    around: Surroundings,
) -> tuple[ColumnLayout, ...]:
    """The columns of a table, those of amounts with their multiplier."""
    amounts = [column for column in columns if _is_amount(block.table, column)]
    are_small = _are_small(cell for column in amounts for cell in cells.get(column.column, []))
    return tuple(
        _with_unit(block, column, cells.get(column.column, []), around, are_small=are_small)
        if column in amounts
        else column
        for column in columns
    )


def _with_unit(
    block: Block, column: ColumnLayout, cells: list[RawCell], around: Surroundings, *, are_small: bool
) -> ColumnLayout:
    """The column with its multiplier: as the header or the title says, open where that leaves a doubt."""
    header = block.headers[column.column]
    named, above = header.unit.multiplier, around.unit[0]
    is_plain = _speaks_of_euro(" ".join(header.parts))
    if _is_scaled(cells) and (named or above):
        return _open(column, "The header speaks of a unit, and so does the format of the cells.")
    if (named or above) and _largest(cells) * (named or above or 1) >= _BEYOND_ANY_COST:
        return _open(
            column, "In the unit that the workbook names, the amounts would be larger than any cost."
        )
    if named:
        return replace(column, multiplier=named, why=f"The header says that 1 stands for EUR {named:,}.")
    if above and not is_plain:
        return replace(column, multiplier=above, why=f"The title says that 1 stands for EUR {above:,}.")
    if above or around.unit[1] or around.doubted:
        return _open(column, "A text beside the table speaks of another unit than EUR.")
    if are_small and not is_plain and not _speaks_of_euro(around.words):
        return _open(column, "The amounts are small, and no header says that they are in EUR.")
    return column


def _is_amount(table: str, column: ColumnLayout) -> bool:
    return column.is_read and fields_of(table)[column.field].kind == "amount"


def _speaks_of_euro(words: str) -> bool:
    return not {"eur", "euro", "euros"}.isdisjoint(plain(words.replace("€", " eur ")).split())


def _open(column: ColumnLayout, why: str) -> ColumnLayout:
    return replace(column, multiplier=None, why=why)


def _is_scaled(cells: Iterable[RawCell]) -> bool:
    """Whether a number format shows thousands only: a comma after the last digit."""
    return any(re.search(r"[0#],+(?:[^0#,]|$)", cell.number_format.split(";")[0]) for cell in cells)


def _are_small(cells: Iterable[RawCell]) -> bool:
    return 0 < _largest(cells) < _SUSPICIOUSLY_SMALL


def _largest(cells: Iterable[RawCell]) -> float:
    """The largest of the numbers, 0 where there is none."""
    sizes = (abs(cell.value) for cell in cells if cell.type == "n" and isinstance(cell.value, (int, float)))
    return max(sizes, default=0)
