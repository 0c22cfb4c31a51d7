"""Horizontal bars from zero, each with its number: no axis is needed to read them."""

from __future__ import annotations

from portfolio.summaries.canvases import Canvas, width_of, wrapped
from portfolio.summaries.content import Chart
from portfolio.summaries.picture_parts import (
    ACCENT,
    LABEL,
    LINE,
    NOTE_LINE,
    TEXT,
    draw_notes,
    note_lines,
    number_label,
    sentence,
)

MOST_BARS = 24
_ROW, _LINE, _BAR, _GAP = 0.2, 0.125, 0.125, 0.08
# The share of the width that labels may take; a longer one goes on a second line, then ends in an ellipsis.
_LABELS = 0.38
_MOST_LINES = 2


def draw_bars(chart: Chart, width: float) -> Canvas:
    """The chart `width` inches wide, at most 24 bars; what has none is named in a note below them."""
    points = chart.points[:MOST_BARS]
    room = min(_LABELS * width, max((width_of(name, LABEL) for name, _ in points), default=0.0) + 0.02)
    labels = [wrapped(name, room, LABEL, _MOST_LINES) or [""] for name, _ in points]
    heights = [_ROW + _LINE * (len(lines) - 1) for lines in labels]
    notes = note_lines(_notes(chart), width)
    canvas = Canvas(width, sum(heights) + NOTE_LINE * len(notes) + 0.06)
    _draw(canvas, chart, labels, heights, room, width)
    draw_notes(canvas, notes, 0, sum(heights))
    return canvas


def _notes(chart: Chart) -> list[str]:
    more = len(chart.points) - MOST_BARS
    left = f"{more} smaller ones are left out of the picture." if more > 0 else ""
    return [sentence(chart.left_out), left]


def _draw(
    canvas: Canvas, chart: Chart, labels: list[list[str]], heights: list[float], room: float, width: float
) -> None:
    numbers = [number_label(value, chart.kind) for _, value in chart.points]
    start = room + _GAP
    longest = width - start - max((width_of(number, LABEL) for number in numbers), default=0.0) - _GAP
    most = max((value for _, value in chart.points), default=0) or 1
    y = 0.0
    for (_, value), lines, number, height in zip(chart.points, labels, numbers, heights, strict=False):
        middle = y + height / 2
        for at, line in enumerate(lines):
            base = middle + 0.038 + _LINE * (at - (len(lines) - 1) / 2)
            canvas.text(room, base, line, LABEL, colour=TEXT, align="right")
        length = longest * max(0, value) / most
        canvas.box(start, middle - _BAR / 2, length, _BAR, ACCENT)
        canvas.text(start + length + 0.05, middle + 0.038, number, LABEL, colour=TEXT)
        y += height
    canvas.line((start, 0.02), (start, y - 0.02), LINE, 0.8)
