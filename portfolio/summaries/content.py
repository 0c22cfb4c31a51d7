"""The content of a document as one tree, written once and rendered to every format.

Nothing here knows a file format: amounts are integer EUR cents, dates reduced ISO texts, the unknown a
marker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Literal

# "quote" is a text as its source prints it: it may name a partner in its publisher's way.
Kind = Literal["text", "quote", "count", "number", "money", "share", "points", "days", "date", "link"]
NUMBERS: frozenset[Kind] = frozenset({"count", "number", "money", "share", "points", "days"})


class Missing(Enum):
    """What stands where a value would: never an empty cell and never 0."""

    UNKNOWN = "[x]"
    NOT_APPLICABLE = "[z]"


@dataclass(frozen=True)
class Link:
    """An address under a short name; a renderer that cannot link safely prints the address."""

    address: str
    name: str


# None is an empty cell: only beside the label of a total.
Cell = str | int | float | Link | Missing | None


def known(value: str | int | float | Link | None) -> Cell:
    """The value, or the marker for the unknown."""
    return Missing.UNKNOWN if value is None else value


@dataclass(frozen=True)
class Column:
    """A column of a table; `label` names the unit, `widest` is the most characters of a line."""

    key: str
    label: str
    kind: Kind = "text"
    widest: int | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table.

    `sums` makes it a total: the positions, in the same table, of the rows whose numbers it adds up. Its cells
    hold the sums all the same.
    """

    cells: tuple[Cell, ...]
    sums: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table; `caption` is None where the heading of its section names it."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None
    if_empty: str = "Nothing to list."

    def column(self, key: str) -> int:
        """The position of a column."""
        return [column.key for column in self.columns].index(key)


@dataclass(frozen=True)
class KeyFigure:
    """One figure with what it is known for and what it means; `note` is the number of its definition."""

    key: str
    label: str
    value: Cell
    kind: Kind
    unit: str
    known_for: str
    note: int


@dataclass(frozen=True)
class KeyFigures:
    """The figures that a reader takes away, in groups with a heading."""

    groups: tuple[tuple[str, tuple[KeyFigure, ...]], ...]


@dataclass(frozen=True)
class Facts:
    """Labels with their texts; an empty label continues the text before."""

    rows: tuple[tuple[str, str], ...]
    caption: str | None = None


@dataclass(frozen=True)
class Chart:
    """Bars from zero over known values, the alternative text stating the main finding with its number.

    `left_out` names what has no known value and therefore no bar.
    """

    key: str
    title: str
    kind: Kind
    points: tuple[tuple[str, int], ...]
    alt: str
    left_out: str = ""


Block = Facts | KeyFigures | Table | Chart


@dataclass(frozen=True)
class Section:
    """A part of the document with its own heading: a sheet, a chapter or a table of its own.

    `intro` stands before the blocks, `remarks` after them, then the designations that its names call for.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    intro: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text of the section but its footnotes."""
        yield from (self.title, *self.intro, *self.remarks)
        for block in self.blocks:
            yield from block_texts(block)


def block_texts(block: Block) -> Iterator[str]:
    """Every text of a block."""
    if isinstance(block, Facts):
        yield block.caption or ""
        yield from (text for row in block.rows for text in row)
    elif isinstance(block, KeyFigures):
        for heading, figures in block.groups:
            yield heading
            yield from (text for figure in figures for text in (figure.label, figure.unit, figure.known_for))
    elif isinstance(block, Table):
        yield from (block.caption or "", block.if_empty, *(column.label for column in block.columns))
        yield from (cell for row in block.rows for cell in row.cells if isinstance(cell, str))
    else:
        yield from (block.title, block.alt, block.left_out, *(label for label, _ in block.points))


@dataclass(frozen=True)
class Summary:
    """A whole document: its sections, and what identifies it so that it can be made again.

    `banner` is printed on every sheet or page; "" where nothing has to be.
    """

    title: str
    subject: str
    stem: str
    as_of: dt.date
    revision: int
    portfolio: str
    filters: str
    banner: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """One section; KeyError if there is none."""
        return {section.key: section for section in self.sections}[key]
