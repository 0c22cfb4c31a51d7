"""The map of a document: the borders, steps and colours of the screens' map, on paper."""

from __future__ import annotations

from portfolio.geometry import base_map
from portfolio.services.map_colours import LIGHT, shades_for
from portfolio.services.map_scales import Scale, scale_for
from portfolio.services.map_views import ZOOMS, View, mercator
from portfolio.summaries.canvases import Box, Canvas
from portfolio.summaries.content import Map, Missing
from portfolio.summaries.picture_parts import LABEL, MUTED, NOTE_LINE, TEXT, draw_notes, note_lines, sentence

_CENTS_PER_MILLION = 100_000_000
_LEGEND = 1.5


def draw_map(block: Map, width: float) -> Canvas:
    """The map `width` inches wide with legend, what is not known, disclaimer and credit."""
    view = ZOOMS["all"].views[0]
    box = (0.0, 0.0, width - _LEGEND, (width - _LEGEND) * 0.75)
    notes = note_lines([sentence(block.left_out), block.disclaimer, base_map().attribution], width)
    canvas = Canvas(width, box[3] + NOTE_LINE * len(notes) + 0.1)
    decimals = 1 if block.kind == "money" else 0
    values = {code: _number(value, block) for code, value in block.values if not isinstance(value, Missing)}
    scale = scale_for(list(values.values()), decimals)
    shades = shades_for(len(scale.lower), LIGHT.shades)
    for code, outline in base_map().outlines.items():
        colour = shades[scale.step_of(values[code])] if code in values else LIGHT.land
        rings = [
            [_place(point, view, box) for point in ring] for polygon in outline.polygons for ring in polygon
        ]
        canvas.area(rings, colour, edge=LIGHT.land_line, points=0.4, inside=box)
    _legend(canvas, block, scale, shades, width)
    draw_notes(canvas, notes, 0, box[3] + 0.04)
    return canvas


def _number(value: object, block: Map) -> float:
    number = value if isinstance(value, int | float) else 0
    return round(number / _CENTS_PER_MILLION, 1) if block.kind == "money" else number


def _place(point: tuple[float, float], view: View, box: Box) -> tuple[float, float]:
    left, top, width, height = box
    north, south = mercator(view.north), mercator(view.south)
    lat = mercator(max(-80.0, min(83.0, point[1])))
    return (
        left + (point[0] - view.west) / (view.east - view.west) * width,
        top + (north - lat) / (north - south) * height,
    )


def _legend(canvas: Canvas, block: Map, scale: Scale, shades: tuple[str, ...], width: float) -> None:
    x, y = width - _LEGEND + 0.12, 0.15
    canvas.text(x, y, "EUR million" if block.kind == "money" else "Number", LABEL, colour=MUTED)
    for label, shade in zip(scale.labels, shades, strict=True):
        canvas.box(x, y + 0.06, 0.22, 0.12, shade)
        canvas.text(x + 0.28, y + 0.155, label, LABEL, colour=TEXT)
        y += 0.17
