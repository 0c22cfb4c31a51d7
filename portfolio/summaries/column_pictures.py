"""Columns over time: series told apart by shade and hatch, a period that nobody knows as a named gap."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.summaries.canvases import Box, Canvas, clipped, width_of
from portfolio.summaries.content import Columns
from portfolio.summaries.picture_parts import (
    ACCENT,
    KEY,
    KEY_ROW,
    LABEL,
    LINE,
    MUTED,
    NOTE,
    NOTE_LINE,
    TEXT,
    draw_notes,
    flow,
    note_lines,
    number_label,
    sentence,
)

_PLOT, _TOP, _BELOW = 1.75, 0.4, 0.2
# The widest column, the room that the unit takes, and the width that holds the word known.
_WIDEST, _UNIT, _WORD = 0.42, 0.9, 0.3
_CENTS_PER_MILLION = 100_000_000
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class _Look:
    colour: str
    hatch: str | None = None


@dataclass(frozen=True)
class _Plot:
    """Where the columns stand: the height of their floor, the width of one, and the highest value."""

    columns: Columns
    floor: float
    wide: float
    most: int


# Shade and hatch: neither colour nor print is needed to tell the series apart.
_LOOKS = (_Look(ACCENT), _Look("#a9c6e6", "////"), _Look("#4a545f"), _Look("#dde2e8", "...."))


def draw_columns(columns: Columns, width: float) -> Canvas:
    """The columns `width` inches wide, every column with its number where there is room for it.

    A period of which nothing is known is a gap that says so.
    """
    slot = width / max(1, len(columns.periods))
    wide = min(_WIDEST, slot * 0.8 / max(1, len(columns.series)))
    rows = flow([name for name, _ in columns.series], width - _UNIT)
    top = _TOP + KEY_ROW * max((row for _, row in rows), default=0)
    is_narrow = any(None in values for _, values in columns.series) and wide < _WORD
    notes = note_lines([sentence(columns.left_out), f"? is {NOT_KNOWN}." if is_narrow else ""], width)
    canvas = Canvas(width, top + _PLOT + _BELOW + NOTE_LINE * len(notes) + 0.06)
    _legend(canvas, columns, rows, width)
    plot = _Plot(
        columns, top + _PLOT, wide, max((v for _, row in columns.series for v in row if v), default=0) or 1
    )
    every = 1 + int(max((width_of(p, LABEL) for p in columns.periods), default=0.0) * 1.1 / slot)
    for at, period in enumerate(columns.periods):
        middle = slot * (at + 0.5)
        _group(canvas, plot, at, middle)
        if at % every == 0:
            canvas.text(middle, plot.floor + 0.14, period, LABEL, colour=TEXT, align="center")
    canvas.line((0, plot.floor), (width, plot.floor), LINE, 0.8)
    draw_notes(canvas, notes, 0, plot.floor + _BELOW)
    return canvas


def _look(place: int) -> _Look:
    return _LOOKS[place % len(_LOOKS)]


def _legend(canvas: Canvas, columns: Columns, rows: list[tuple[float, int]], width: float) -> None:
    for place, ((name, _), (x, row)) in enumerate(zip(columns.series, rows, strict=True)):
        look, y = _look(place), 0.03 + row * KEY_ROW
        _column(canvas, (x, y, KEY, 0.1), look)
        canvas.text(x + KEY + 0.06, y + 0.09, clipped(name, width - _UNIT - KEY, LABEL), LABEL, colour=TEXT)
    if columns.kind == "money":
        canvas.text(width, 0.12, "EUR million", LABEL, colour=MUTED, align="right")


def _column(canvas: Canvas, box: Box, look: _Look) -> None:
    canvas.box(*box, look.colour)
    if look.hatch:
        canvas.box(*box, ACCENT, hatch=look.hatch)


def _group(canvas: Canvas, plot: _Plot, at: int, middle: float) -> None:
    """The columns of one period side by side, in the order of the series."""
    series = plot.columns.series
    if all(row[at] is None for _, row in series):
        _unknown(canvas, plot, middle, plot.wide * len(series))
        return
    for place, (_, row) in enumerate(series):
        value, x = row[at], middle + (place - len(series) / 2) * plot.wide
        if value is None:
            _unknown(canvas, plot, x + plot.wide / 2, plot.wide)
            continue
        height = (_PLOT - 0.1) * max(0, value) / plot.most
        _column(canvas, (x + 0.01, plot.floor - height, plot.wide - 0.02, height), _look(place))
        number = _short(value, plot.columns)
        if width_of(number, NOTE) <= plot.wide + 0.04:
            y = plot.floor - height - 0.04
            canvas.text(x + plot.wide / 2, y, number, NOTE, colour=TEXT, align="center")


def _unknown(canvas: Canvas, plot: _Plot, middle: float, room: float) -> None:
    """A gap with its words above the line, one under the other where the room is narrow."""
    words = [NOT_KNOWN] if width_of(NOT_KNOWN, NOTE) <= room else NOT_KNOWN.split()
    lines = words if plot.wide >= _WORD or len(words) == 1 else ["?"]
    for number, line in enumerate(reversed(lines)):
        y = plot.floor - 0.05 - number * 0.1
        canvas.text(middle, y, line, NOTE, colour=MUTED, align="center")


def _short(value: int, columns: Columns) -> str:
    """A number above its column: millions of euro for money, whose unit stands in the legend."""
    return (
        f"{value / _CENTS_PER_MILLION:,.1f}" if columns.kind == "money" else number_label(value, columns.kind)
    )
