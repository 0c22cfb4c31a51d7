"""Widths and heights of a sheet, by its content."""

from __future__ import annotations

from functools import lru_cache
from textwrap import wrap

from portfolio.summaries.content import (
    NUMBERS,
    Block,
    Cell,
    Column,
    Facts,
    KeyFigures,
    Kind,
    Link,
    Missing,
    Row,
    Section,
    Table,
)

LINE_POINTS = 12.0
FACT_WIDTHS = (26.0, 104.0)
FIGURE_WIDTHS = (66.0, 18.0, 12.0, 28.0, 8.0)
# With the value on the date compared with, and the change since.
COMPARED_WIDTHS = (52.0, 18.0, 18.0, 18.0, 12.0, 28.0, 8.0)
CHART_WIDTHS = (62.0, 62.0, 18.0, 16.0)
_WIDEST = 44
_TALLEST = 400.0
_INDENT = 1.5
# A column's width counts digits of the usual font; letters of a text are narrower on average.
_LETTERS_PER_WIDTH = 1.15
_NARROWEST: dict[Kind, int] = {"money": 13, "date": 11, "count": 9, "days": 8, "share": 9, "points": 9}
_FILTER_ARROW = 3


def widths_of(section: Section) -> tuple[float, ...]:
    """The widths of a sheet's columns, in characters; facts take the columns of a table beside them."""
    found: list[float] = []
    for block in section.tables or section.blocks:
        for position, width in enumerate(_block_widths(block)):
            if position < len(found):
                found[position] = max(found[position], width)
            else:
                found.append(width)
    return tuple(found) or FACT_WIDTHS


def _block_widths(block: Block) -> tuple[float, ...]:
    if isinstance(block, Table):
        return tuple(_column_width(block, position) for position in range(len(block.columns)))
    if isinstance(block, KeyFigures):
        return COMPARED_WIDTHS if is_compared(block) else FIGURE_WIDTHS
    return FACT_WIDTHS if isinstance(block, Facts) else CHART_WIDTHS


def is_compared(figures: KeyFigures) -> bool:
    """Whether any of the figures has a value on a date compared with."""
    return any(figure.before is not None for _, members in figures.groups for figure in members)


def _column_width(table: Table, position: int) -> float:
    column = table.columns[position]
    # The names of totals count, their sums do not: those are as long as any amount.
    shown = [row.cells[position] for row in table.rows if position == 0 or not row.sums]
    longest = max((_length(cell, column) for cell in shown), default=column.widest or 0)
    words = max(len(word) for word in column.label.split()) + _FILTER_ARROW
    three_lines = len(column.label) // 3 + 2
    narrowest = max(words, three_lines, _NARROWEST.get(column.kind, 6))
    return max(narrowest, min(longest + 2, column.widest or _WIDEST)) + indent_of(column.kind, position)


def indent_of(kind: Kind, position: int) -> float:
    """The room, in characters, that a text keeps from the column before it."""
    return 0.0 if kind in NUMBERS or position == 0 else _INDENT


def _length(value: Cell, column: Column) -> int:
    if value is None or isinstance(value, Missing):
        return 3
    if isinstance(value, Link):
        return len(value.name)
    if isinstance(value, str):
        return max(map(len, value.split("\n"))) if "\n" in value else len(value)
    return len(f"{value // 100:,}") if column.kind == "money" else len(f"{value:,}")


def height_of(text: str, width: float) -> float:
    """The height, in points, that a text needs in a cell of this width."""
    room = max(1, int(width * _LETTERS_PER_WIDTH))
    if len(text) <= room and "\n" not in text:  # most texts, and breaking lines is slow
        return LINE_POINTS + 2
    lines = sum(_lines(part, room) for part in text.split("\n"))
    return min(_TALLEST, lines * LINE_POINTS + 2)


@lru_cache(maxsize=20_000)
def _lines(text: str, room: int) -> int:
    # Programs break an address that is too long for a line at different places.
    broken = any(len(word) > room for word in text.split())
    return (len(wrap(text, room, break_on_hyphens=False)) or 1) + broken


def row_height(row: Row, widths: tuple[float, ...]) -> float:
    """The height of a table's row: that of its tallest text."""
    height = LINE_POINTS + 2
    for cell, room in zip(row.cells, _rooms(widths), strict=False):
        text = cell.name if isinstance(cell, Link) else cell
        if isinstance(text, str) and (len(text) > room[0] or "\n" in text):
            height = max(height, height_of(text, room[1]))
    return height


@lru_cache(maxsize=64)
def _rooms(widths: tuple[float, ...]) -> tuple[tuple[int, float], ...]:
    """For each column the letters that fit one line for certain, and the width of its text."""
    texts = [width - (_INDENT if position else 0) for position, width in enumerate(widths)]
    return tuple((int(width * _LETTERS_PER_WIDTH), width) for width in texts)
