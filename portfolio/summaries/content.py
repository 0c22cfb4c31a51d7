"""The content of a document as one tree, written once and rendered to every format.

Nothing here knows a file format: amounts are integer EUR cents, dates reduced ISO texts, the unknown a
marker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from portfolio.partners import partner_name

# "quote" is a text as its source prints it: it may name a partner in its publisher's way. "colour" is a
# colour of health or urgency in words ("Red", "Not known"), which paper shows with letter and shape.
Kind = Literal[
    "text", "quote", "count", "number", "money", "share", "points", "days", "date", "link", "colour"
]
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
    hold the sums all the same. `was_total` is a total cut out of a table, without its formula.
    """

    cells: tuple[Cell, ...]
    sums: tuple[int, ...] = ()
    was_total: bool = False

    @property
    def is_total(self) -> bool:
        """Whether the row has to look like a total."""
        return bool(self.sums) or self.was_total


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

    def narrowed(self, columns: Iterable[str], rows: Iterable[int] | None = None) -> Table:
        """The same cells in fewer columns and rows, in the order asked for; totals lose their formula.

        What a page prints is cut out of what a sheet holds, so that the two cannot differ.
        """
        places = [self.column(key) for key in columns]
        chosen = range(len(self.rows)) if rows is None else rows
        kept = tuple(
            Row(tuple(self.rows[at].cells[place] for place in places), was_total=self.rows[at].is_total)
            for at in chosen
        )
        return replace(self, columns=tuple(self.columns[place] for place in places), rows=kept)

    def beside(self, other: Table) -> Table:
        """The columns of both, row by row; both have the same rows in the same order."""
        rows = zip(self.rows, other.rows, strict=True)
        joined = tuple(
            Row((*row.cells, *beside.cells), was_total=row.is_total or beside.is_total)
            for row, beside in rows
        )
        return replace(self, columns=(*self.columns, *other.columns), rows=joined)


@dataclass(frozen=True)
class KeyFigure:
    """One figure with what it is known for and what it means; `note` is the number of its definition.

    `before` is its value on the date that the document is compared with; None where it is compared with none.
    """

    key: str
    label: str
    value: Cell
    kind: Kind
    unit: str
    known_for: str
    note: int
    before: Cell = None


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


@dataclass(frozen=True)
class Columns:
    """Columns over time, one group a period and one column a series; None is not known and has no column."""

    key: str
    title: str
    kind: Kind
    periods: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    alt: str
    left_out: str = ""


@dataclass(frozen=True)
class Map:
    """Partners by a measure, with the borders and the disclaimer of the screens' map.

    `values` holds each partner that is drawn in colour (ISO alpha-3) with its cell; `focus` are the partners
    that the frame has to show. `alt` states the main finding with its number.
    """

    key: str
    title: str
    kind: Kind
    values: tuple[tuple[str, Cell], ...]
    focus: tuple[str, ...]
    alt: str
    disclaimer: str
    left_out: str = ""


Picture = Chart | Columns | Map
Block = Facts | KeyFigures | Table | Picture


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

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in their order; key figures and facts are none."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def table(self, key: str) -> Table:
        """One of its tables; KeyError if it has none of that key."""
        return {table.key: table for table in self.tables}[key]

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
    elif isinstance(block, Chart):
        yield from (block.title, block.alt, block.left_out, *(label for label, _ in block.points))
    elif isinstance(block, Columns):
        yield from (block.title, block.alt, block.left_out, *(name for name, _ in block.series))
    else:
        yield from (block.title, block.alt, block.left_out, block.disclaimer)
        # The names stand in the picture.
        yield from (partner_name(code) for code, _ in block.values)
        # The credit of every map names the line of Kosovo*.
        yield partner_name("XKX")


@dataclass(frozen=True)
class Summary:
    """A whole document: its sections, and what identifies it so that it can be made again.

    `sections` are what workbooks and tables hold, all of it; `pages` are the chapters of what is read on
    paper, made of the same cells. `banner` is printed on every sheet or page; "" where nothing has to be.
    `knowledge` is "" for what is recorded now, else what was known and when. `checksum` stands for all of it
    but the making: two documents with the same one say the same. `most_pages` is what it may take on paper:
    pages are set more densely to keep to it.
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
    pages: tuple[Section, ...] = ()
    knowledge: str = ""
    compared_with: dt.date | None = None
    checksum: str = ""
    most_pages: int | None = None

    def section(self, key: str) -> Section:
        """One section; KeyError if there is none."""
        return {section.key: section for section in self.sections}[key]
