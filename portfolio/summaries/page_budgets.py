"""How much a page holds: heights of texts and rows in lines, and which rows are kept where not all fit.

Estimates for A4 upright in 9 points, the same for every format, so that each prints the same rows: coarser
than the widths that each format then sets (`paper_widths` for Word, `pdf_widths`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.summaries.content import NUMBERS, Column, Row, Table
from portfolio.summaries.paper_cells import cell_text

# Characters of a full line of body type and of small print, and of a full row of a table.
LINE, SMALL_LINE, TABLE_LINE = 95, 112, 104
# Heights in lines of body type: of a chapter's heading, of a row beside its text, of small print.
HEADING, _ROW, _TABLE_TEXT, _SMALL = 2.8, 0.25, 0.82, 0.8
# What stands between two columns, in characters.
_GAP = 2
_LONGEST_WORD = 16


def paragraph_lines(text: str, width: int = LINE) -> float:
    """The height of a paragraph with the space below it."""
    return _wrapped(text, width) + 0.3


def remark_lines(text: str) -> float:
    """The height of a remark in small print."""
    return _SMALL * _wrapped(text, SMALL_LINE) + 0.15


def _wrapped(text: str, width: int) -> int:
    return max(1, -(-len(text) // max(1, width)))


def row_lines(table: Table) -> tuple[float, ...]:
    """The height of each row of a table, by the text of its fullest cell."""
    texts = [_texts(table.columns, row) for row in table.rows]
    widths = _widths(table.columns, texts)
    return tuple(
        _ROW + _TABLE_TEXT * max(_wrapped(text, width) for text, width in zip(row, widths, strict=True))
        for row in texts
    )


def table_head_lines(table: Table) -> float:
    """The height of a table without its rows: the heads of its columns, and its caption."""
    texts = [_texts(table.columns, row) for row in table.rows]
    widths = _widths(table.columns, texts)
    heads = max(
        _wrapped(column.label, width) for column, width in zip(table.columns, widths, strict=True)
    )
    return _ROW + _TABLE_TEXT * heads + 0.5 + (1.2 if table.caption else 0)


def _texts(columns: Sequence[Column], row: Row) -> list[str]:
    return [cell_text(cell, column.kind) for cell, column in zip(row.cells, columns, strict=True)]


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[int]:
    """The characters that a line of each column holds: numbers as wide as they are, texts share the rest."""
    longest = [
        max([len(row[at]) for row in texts] + [_head(column)], default=1) for at, column in enumerate(columns)
    ]
    is_text = [column.kind not in NUMBERS and column.kind != "date" for column in columns]
    room = TABLE_LINE - _GAP * len(columns)
    left = room - sum(width for width, text in zip(longest, is_text, strict=True) if not text)
    wanted = sum(width for width, text in zip(longest, is_text, strict=True) if text)
    share = min(1.0, left / wanted) if wanted else 1.0
    return [
        max(6, int(width * share)) if text else width for width, text in zip(longest, is_text, strict=True)
    ]


def _head(column: Column) -> int:
    return max(len(word) for word in column.label.split())


@dataclass(frozen=True)
class Demand:
    """The rows that a table would print, the most important first, by their height in lines.

    `least` are kept whatever else there is; `note` is the height of the sentence that says what was left out.
    """

    heights: tuple[float, ...]
    least: int = 1
    most: int = 1_000
    note: float = 1.0


def granted(demands: Sequence[Demand], room: float) -> tuple[int, ...]:
    """How many rows each demand keeps of `room` lines: the least of each, then one each in turn.

    A demand whose next row does not fit is done, so that what is kept is always the most important.
    """
    kept = [min(demand.least, len(demand.heights)) for demand in demands]
    left = room - sum(map(_height, demands, kept))
    open_ones = [at for at, demand in enumerate(demands) if kept[at] < _most(demand)]
    while open_ones:
        for at in tuple(open_ones):
            cost = _height(demands[at], kept[at] + 1) - _height(demands[at], kept[at])
            fits = cost <= left
            if fits:
                kept[at] += 1
                left -= cost
            if not fits or kept[at] >= _most(demands[at]):
                open_ones.remove(at)
    return tuple(kept)


def _most(demand: Demand) -> int:
    return min(demand.most, len(demand.heights))


def _height(demand: Demand, kept: int) -> float:
    return sum(demand.heights[:kept]) + (demand.note if kept < len(demand.heights) else 0)


def shortened(text: str, most: int) -> str:
    """`text` in at most so many characters, cut after a word and marked where it is cut.

    >>> shortened("A workshop for prosecutors", 16), shortened("Short", 16)
    ('A workshop for…', 'Short')
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    head, space, last = cut.rpartition(" ")
    kept = head if space and not line[most - 1].isspace() and len(last) < _LONGEST_WORD else cut
    return f"{kept.rstrip(' ,;:.')}…"


def first_sentences(text: str, most: int) -> str:
    """As many whole sentences of `text` as so many characters hold; the first one cut where none fits."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    ends = [at + 1 for at in range(most - 1) if line[at] in ".!?" and line[at + 1] == " "]
    return line[: ends[-1]] if ends else shortened(line, most)
