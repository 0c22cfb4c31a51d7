"""The map of a document: the borders, parts of the world, steps and colours of the screens' map, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.geometry import base_map
from portfolio.partners import partner_name
from portfolio.services.map_colours import LIGHT, is_dark, shades_for
from portfolio.services.map_scales import Scale, number_text, scale_for
from portfolio.summaries.canvases import Canvas
from portfolio.summaries.content import Cell, Map, Missing
from portfolio.summaries.map_labels import LEADING, Label, is_shown, labels
from portfolio.summaries.map_layouts import Frame, Layout, layout_for
from portfolio.summaries.picture_parts import (
    KEY_ROW,
    LABEL,
    MUTED,
    NOTE_LINE,
    TEXT,
    draw_key,
    draw_notes,
    flow,
    note_lines,
    sentence,
)

NOT_KNOWN = "not known"
_CENTS_PER_MILLION = 100_000_000
# Degrees of latitude between two strokes of a hatch, as a share of the inches of the map.
_HATCH = 0.035


@dataclass(frozen=True)
class Painting:
    """What colours a map: the known values in the unit shown, the steps and shades, and the unknown."""

    values: Mapping[str, float]
    unknown: frozenset[str]
    scale: Scale
    shades: tuple[str, ...]
    decimals: int

    def fill(self, code: str) -> str:
        """The colour of a partner's land."""
        if code in self.unknown:
            return LIGHT.not_known
        return self.shades[self.scale.step_of(self.values[code])] if code in self.values else LIGHT.land

    def text(self, code: str) -> str:
        """The value as it stands under the partner's name."""
        return NOT_KNOWN if code in self.unknown else number_text(self.values[code], self.decimals)

    @property
    def codes(self) -> list[str]:
        """The partners with a colour or a hatch."""
        return [*self.values, *sorted(self.unknown)]


def painting_of(block: Map) -> Painting:
    """The steps and colours that the screens' map has for these values."""
    decimals = 1 if block.kind == "money" else 0
    values = {
        code: round(_shown(value, block), decimals)
        for code, value in block.values
        if isinstance(value, int | float)
    }
    unknown = frozenset(code for code, value in block.values if value is Missing.UNKNOWN)
    scale = scale_for(list(values.values()), decimals)
    return Painting(values, unknown, scale, shades_for(len(scale.lower), LIGHT.shades), decimals)


def _shown(value: Cell, block: Map) -> float:
    number = value if isinstance(value, int | float) else 0
    return number / _CENTS_PER_MILLION if block.kind == "money" else number


def draw_map(block: Map, width: float) -> Canvas:
    """The map `width` inches wide with legend, what is not known, disclaimer and credit.

    Raises: KeyError for a partner that the base map does not know.
    """
    painting, layout = painting_of(block), layout_for(block.focus or dict(block.values), width)
    notes = note_lines([sentence(block.left_out), block.disclaimer, base_map().attribution], width)
    canvas = Canvas(width, layout.height + NOTE_LINE * len(notes) + 0.12)
    # The one partner that a document is about has an edge of its own.
    own = block.focus[0] if len(block.focus) == 1 else None
    for at, frame in enumerate(layout.frames):
        apart = layout.frames[at + 1 :]
        _draw_land(canvas, painting, frame, None if own and is_shown(own, apart) else own)
        _draw_labels(canvas, painting, frame, apart)
        canvas.frame(frame.box, LIGHT.land_line, 0.6)
    _draw_legend(canvas, block, painting, layout)
    draw_notes(canvas, notes, 0, layout.height + 0.05)
    return canvas


def _draw_land(canvas: Canvas, painting: Painting, frame: Frame, own: str | None) -> None:
    land = frame.land()
    neutral = [ring for code, rings in land.items() if code not in painting.codes for ring in rings]
    canvas.area(neutral, LIGHT.land, edge=LIGHT.land_line, points=0.4, inside=frame.box)
    for code in sorted(painting.codes, key=lambda code: code == own):
        outline = base_map().outlines[code]
        if code not in land:
            continue
        edge, points = (TEXT, 0.9) if code == own else (LIGHT.surface, 0.6)
        canvas.area(land[code], painting.fill(code), edge=edge, points=points, inside=frame.box)
        if code in painting.unknown:
            strokes = outline.hatch(_HATCH * 1.4 * (frame.view.east - frame.view.west) / frame.box[2])
            lines = ((frame.place(start), frame.place(end)) for start, end in strokes)
            canvas.strokes(lines, LIGHT.hatch, 0.5, inside=frame.box)


def _draw_labels(canvas: Canvas, painting: Painting, frame: Frame, apart: Iterable[Frame]) -> None:
    texts = {code: (partner_name(code), painting.text(code)) for code in painting.codes}
    for label in labels(texts, frame, tuple(apart)):
        line = label.line
        if line is not None:
            canvas.line(*line, TEXT, 0.5)
            canvas.marker(*line[0], "o", 2.6, TEXT)
        dark = line is None and label.code not in painting.unknown and is_dark(painting.fill(label.code))
        _draw_label(canvas, label, "#ffffff" if dark else TEXT)


def _draw_label(canvas: Canvas, label: Label, colour: str) -> None:
    x, y = label.middle
    step = LEADING * label.points
    first = y - step * (len(label.lines) - 1) / 2 + 0.36 * label.points / 72
    for number, line in enumerate(label.lines):
        canvas.text(x, first + number * step, line, label.points, colour=colour, align="center")


def _draw_legend(canvas: Canvas, block: Map, painting: Painting, layout: Layout) -> None:
    """The unit, then a box for every step, and a hatched one where a value is not known."""
    x, y = layout.legend
    unit = "EUR million" if block.kind == "money" else "Number"
    canvas.text(x, y + 0.1, unit, LABEL, colour=MUTED)
    entries = [*zip(painting.scale.labels, painting.shades, strict=True)]
    entries += [(NOT_KNOWN, "")] if painting.unknown else []
    texts = [text for text, _ in entries]
    down = [(0.0, row) for row in range(len(texts))]
    places = down if layout.runs == "down" else flow(texts, layout.frames[0].box[2])
    for (text, shade), (across, row) in zip(entries, places, strict=True):
        hatch = "" if shade else LIGHT.hatch
        draw_key(canvas, x + across, y + 0.18 + row * KEY_ROW, text, shade or LIGHT.not_known, hatch=hatch)
