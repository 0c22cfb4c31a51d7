"""Widths of a table's columns on a page of a PDF, and the size of its type, by what stands in them.

Measured in the typeface of the page, whose type may get smaller; Word documents (`paper_widths`) keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from portfolio.summaries.content import NUMBERS, Kind
from portfolio.summaries.pdf_texts import drawable, width_of

# In sizes of the type: the space beside a column, what a word may ask for, and what a text may.
GAP = 1.0
_LONGEST_WORD, _WIDEST_TEXT = 15.0, 70.0
_POINT_MM = 25.4 / 72
# Sizes of type in points, tried in turn until no word has to be broken.
_SIZES = (8.0, 7.5, 7.0, 6.5)
# What share of the room that texts want they are given, in sizes of the type at most so much.
_EASE, _MOST_EASE = 0.3, 8.0
_WHOLE: frozenset[Kind] = NUMBERS | {"date"}


@dataclass(frozen=True)
class Setting:
    """The size of a table's type in points, and its columns in sizes of that type."""

    points: float
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Span:
    """What a column needs (its numbers whole), what it asks for (its words whole), what would hold it all."""

    least: float
    asked: float
    most: float


def set_columns(
    heads: Sequence[str], kinds: Sequence[Kind], rows: Sequence[Sequence[str]], width_mm: float
) -> Setting:
    """The setting in which a table is as wide as `width_mm`.

    Numbers and dates are not broken as long as there is any room; texts share what is left by how much they
    hold.
    """
    spans = [
        _span(head, kind, [row[position] for row in rows])
        for position, (head, kind) in enumerate(zip(heads, kinds, strict=True))
    ]
    asked = sum(span.asked for span in spans)
    # Long texts get a smaller type before they get many lines, but never a small one.
    eased = asked + min(_EASE * (sum(span.most for span in spans) - asked), _MOST_EASE)
    points = next((size for size in _SIZES[:2] if eased <= _room(width_mm, size)), None)
    points = points or next((size for size in _SIZES[1:] if asked <= _room(width_mm, size)), _SIZES[-1])
    room = _room(width_mm, points)
    steps = [[getattr(span, name) for span in spans] for name in ("least", "asked", "most")]
    return Setting(points, tuple(_fitted(steps, kinds, room)))


def _room(width_mm: float, points: float) -> float:
    return width_mm / (points * _POINT_MM)


def _fitted(steps: Sequence[list[float]], kinds: Sequence[Kind], room: float) -> list[float]:
    """Widths that add up to `room`, between the two steps that it lies between."""
    if sum(steps[0]) >= room:
        return [width * room / sum(steps[0]) for width in steps[0]]
    for low, high in pairwise(steps):
        if sum(high) >= room:
            part = (room - sum(low)) / (sum(high) - sum(low))
            return [one + part * (other - one) for one, other in zip(low, high, strict=True)]
    return _spread(steps[-1], kinds, room)


def _span(head: str, kind: Kind, cells: Sequence[str]) -> _Span:
    texts = [drawable(cell) for cell in dict.fromkeys(cells)]
    values = [text for text in texts if kind in _WHOLE and any(letter.isdigit() for letter in text)]
    words = [width_of(word, bold=True) for text in texts for word in text.split()]
    head_words = [width_of(word, bold=True) for word in drawable(head).split()]
    whole = max((width_of(value, bold=True) for value in values), default=2.0)
    word = min(max(words, default=1.0), _LONGEST_WORD)
    asked = max(whole, word, min(max(head_words, default=1.0), _LONGEST_WORD))
    lines = (width_of(line, bold=True) for text in texts for line in text.split("\n"))
    most = max(
        asked, min(max(lines, default=1.0), _WIDEST_TEXT), min(width_of(head, bold=True), 1.25 * asked)
    )
    return _Span(max(whole, 0.6 * asked) + GAP, asked + GAP, most + GAP)


def _spread(widths: Sequence[float], kinds: Sequence[Kind], room: float) -> list[float]:
    """The room that is left over, most of it given to the columns of texts."""
    weights = [width * (1 if kind in _WHOLE else 3) for width, kind in zip(widths, kinds, strict=True)]
    left = (room - sum(widths)) / sum(weights)
    return [width + left * weight for width, weight in zip(widths, weights, strict=True)]
