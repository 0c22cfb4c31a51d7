"""Columns over time: series told apart by shade and hatch, a period that nobody knows as a named gap."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.summaries.canvases import Canvas, width_of
from portfolio.summaries.content import Columns
from portfolio.summaries.picture_parts import (
    ACCENT,
    LABEL,
    LINE,
    MUTED,
    NOTE,
    NOTE_LINE,
    TEXT,
    draw_notes,
    note_lines,
    number_label,
    sentence,
)

_PLOT, _TOP, _BELOW = 1.75, 0.4, 0.2
_WIDEST = 0.42
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class _Look:
    colour: str
    hatch: str | None = None


# Shade and hatch: neither colour nor print is needed to tell the series apart.
_LOOKS = (_Look(ACCENT), _Look("#a9c6e6", "////"), _Look("#4a545f"), _Look("#dde2e8", "...."))


def draw_columns(columns: Columns, width: float) -> Canvas:
    """The columns `width` inches wide, every column with its number where there is room for it."""
    notes = note_lines([sentence(columns.left_out)], width)
    canvas = Canvas(width, _TOP + _PLOT + _BELOW + NOTE_LINE * len(notes) + 0.06)
    _legend(canvas, columns)
    slot = width / max(1, len(columns.periods))
    values = [value for _, row in columns.series for value in row if value is not None]
    most = max([*values, 0]) or 1
    for at, period in enumerate(columns.periods):
        _group(canvas, columns, at, slot, most)
        canvas.text(slot * (at + 0.5), _TOP + _PLOT + 0.14, period, LABEL, colour=TEXT, align="center")
    canvas.line((0, _TOP + _PLOT), (width, _TOP + _PLOT), LINE, 0.8)
    draw_notes(canvas, notes, 0, _TOP + _PLOT + _BELOW)
    return canvas


def _legend(canvas: Canvas, columns: Columns) -> None:
    x = 0.0
    for (name, _), look in zip(columns.series, _LOOKS, strict=False):
        _column(canvas, x, 0.03, 0.2, 0.1, look)
        canvas.text(x + 0.26, 0.12, name, LABEL, colour=TEXT)
        x += 0.26 + width_of(name, LABEL) + 0.25
    if columns.kind == "money":
        canvas.text(x, 0.12, "EUR million", LABEL, colour=MUTED)


def _column(canvas: Canvas, x: float, y: float, width: float, height: float, look: _Look) -> None:
    canvas.box(x, y, width, height, look.colour)
    if look.hatch:
        canvas.box(x, y, width, height, ACCENT, hatch=look.hatch)


def _group(canvas: Canvas, columns: Columns, at: int, slot: float, most: int) -> None:
    """The columns of one period side by side, in the order of the series."""
    count = len(columns.series)
    width = min(_WIDEST, slot * 0.8 / count)
    left = slot * (at + 0.5) - width * count / 2
    floor = _TOP + _PLOT
    if all(row[at] is None for _, row in columns.series):
        canvas.text(slot * (at + 0.5), floor - 0.06, NOT_KNOWN, NOTE, colour=MUTED, align="center")
        return
    for place, ((_, row), look) in enumerate(zip(columns.series, _LOOKS, strict=False)):
        value, x = row[at], left + place * width
        if value is None:
            canvas.text(x + width / 2, floor - 0.06, "?", NOTE, colour=MUTED, align="center")
            continue
        height = (_PLOT - 0.1) * max(0, value) / most
        _column(canvas, x + 0.01, floor - height, width - 0.02, height, look)
        number = _short(value, columns)
        if width_of(number, NOTE) <= width + 0.02:
            canvas.text(x + width / 2, floor - height - 0.04, number, NOTE, colour=TEXT, align="center")


def _short(value: int, columns: Columns) -> str:
    """A number above its column: millions of euro for money, whose unit stands in the legend."""
    return f"{value / 100_000_000:,.1f}" if columns.kind == "money" else number_label(value, columns.kind)
