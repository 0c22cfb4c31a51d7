"""What the pictures of a document share: colours, sizes, numbers as they are written and notes."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.money import format_eur_short
from portfolio.summaries.canvases import Canvas, width_of, wrapped
from portfolio.summaries.content import Cell, Kind
from portfolio.summaries.paper_cells import cell_text

# The light theme of the screens.
TEXT, MUTED, ACCENT, LINE, HATCH = "#10161d", "#5b6673", "#1f5fa8", "#d3d9e0", "#8a95a1"
# Sizes in points, distances in inches.
LABEL, NOTE = 7.5, 6.5
NOTE_LINE = 0.125
KEY, KEY_HIGH, KEY_ROW = 0.22, 0.12, 0.18
_KEY_GAP = 0.06


def number_label(value: Cell, kind: Kind) -> str:
    """A number as it stands beside its bar.

    >>> number_label(1_230_000_000, "money"), number_label(1_200, "count"), number_label(12, "days")
    ('EUR 12.3 million', '1,200', '12 days')
    """
    if kind == "money" and isinstance(value, int):
        return format_eur_short(value)
    unit = " days" if kind == "days" else ""
    return f"{cell_text(value, kind)}{unit}"


def sentence(text: str) -> str:
    """A note as a sentence: it begins with a capital and ends with a full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def note_lines(notes: Sequence[str], width: float) -> list[str]:
    """The lines of the notes under a picture."""
    return [line for note in notes if note for line in wrapped(note, width, NOTE)]


def flow(texts: Sequence[str], width: float) -> list[tuple[float, int]]:
    """Where the entries of a legend stand: from the left, and in which row."""
    places: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for text in texts:
        wide = KEY + _KEY_GAP + width_of(text, LABEL)
        if x and x + wide > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += wide + 0.2
    return places


def draw_key(canvas: Canvas, x: float, y: float, text: str, colour: str, *, hatch: str = "") -> None:
    """An entry of a legend: a box of its colour, hatched in `hatch` if there is one, and its word."""
    canvas.box(x, y, KEY, KEY_HIGH, colour)
    if hatch:
        canvas.box(x, y, KEY, KEY_HIGH, hatch, hatch="////")
    canvas.text(x + KEY + _KEY_GAP, y + 0.095, text, LABEL, colour=TEXT)


def draw_notes(canvas: Canvas, lines: Sequence[str], x: float, y: float) -> None:
    """The notes from `y` downwards."""
    for number, line in enumerate(lines, 1):
        canvas.text(x, y + number * NOTE_LINE, line, NOTE, colour=MUTED)
