"""Where on paper a map's land lies: the screens' parts of the world, projected, cut and thinned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from portfolio.geometry import Polygon, Position, base_map
from portfolio.partners import OUTSIDE, region_of
from portfolio.services.map_views import ZOOMS, View, mercator
from portfolio.summaries.canvases import Box, Point

# Inches. A map is no higher than this; the land beside its partners then fills the width.
_HIGHEST = 3.7
_LEGEND, _GAP = 1.3, 0.14
# Of two parts of a region, the share of the width that the strip takes; the part drawn larger has the rest.
_STRIP = 0.55
# Vertices fall on this grid, a third of a printer's dot: the same for both neighbours of a border, and fine
# enough to leave every place on the land that the base map has it on.
_GRID = 0.001
# How far beyond its box land is kept, so that no edge of a cut is drawn.
_BEYOND = 0.1
# Mercator has no poles.
_FARTHEST = 84.0
Rings = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Frame:
    """A part of the world and the box on paper, in inches, that it fills."""

    view: View
    box: Box

    def place(self, point: Position) -> Point:
        """Where a longitude and latitude lie on paper."""
        left, top, width, _ = self.box
        scale = width / (self.view.east - self.view.west)
        lat = mercator(max(-_FARTHEST, min(_FARTHEST, point[1])))
        return left + (point[0] - self.view.west) * scale, top + (mercator(self.view.north) - lat) * scale

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a place on paper is inside the box."""
        left, top, width, height = self.box
        return (
            left + margin <= point[0] <= left + width - margin
            and top + margin <= point[1] <= top + height - margin
        )

    def land(self) -> dict[str, Rings]:
        """The rings of every outline that is in sight, by code, outer rings and holes alike."""
        return _land(self)


@dataclass(frozen=True)
class Layout:
    """The parts of a map, the place of its legend (left, top), and the height of it all."""

    frames: tuple[Frame, ...]
    legend: Point
    runs: Literal["down", "across"]
    height: float


def layout_for(focus: Iterable[str], width: float) -> Layout:
    """The screens' part of the world that shows these partners: that of their region, or all of it."""
    found = {region_of(code) for code in focus}
    zoom = ZOOMS[found.pop() if len(found) == 1 and OUTSIDE not in found else "all"]
    if len(zoom.views) == 1:
        frame = _widened(zoom.views[0], width - _LEGEND)
        return Layout((frame,), (width - _LEGEND + 0.12, 0.06), "down", frame.box[3])
    strip, larger = zoom.views
    first = _fitted(strip, 0, width * _STRIP - _GAP / 2)
    second = _fitted(larger, width * _STRIP + _GAP / 2, width * (1 - _STRIP) - _GAP / 2)
    height = max(first.box[3] + 0.75, second.box[3])
    return Layout((first, second), (0.0, first.box[3] + 0.14), "across", height)


def _tall(view: View) -> float:
    return mercator(view.north) - mercator(view.south)


def _fitted(view: View, left: float, width: float) -> Frame:
    return Frame(view, (left, 0.0, width, _tall(view) * width / (view.east - view.west)))


def _widened(view: View, width: float) -> Frame:
    """The view in a box of this width; where that were too high, smaller and with more to either side."""
    scale = min(width / (view.east - view.west), _HIGHEST / _tall(view))
    middle, half = (view.west + view.east) / 2, width / scale / 2
    wider = View(middle - half, view.south, middle + half, view.north)
    return Frame(wider, (0.0, 0.0, width, _tall(view) * scale))


@lru_cache(maxsize=16)
def _land(frame: Frame) -> dict[str, Rings]:
    found = {}
    for code, outline in base_map().outlines.items():
        rings = tuple(
            ring
            for polygon in outline.polygons
            if _is_near(polygon, frame)
            for ring in _rings(polygon, frame)
        )
        if rings:
            found[code] = rings
    return found


def _is_near(polygon: Polygon, frame: Frame) -> bool:
    """Whether the polygon's bounds and the view's meet; a degree more is kept round it."""
    lons, lats = zip(*polygon[0], strict=True)
    view = frame.view
    apart = max(lons) < view.west - 1 or min(lons) > view.east + 1
    return not (apart or max(lats) < view.south - 1 or min(lats) > view.north + 1)


def _rings(polygon: Polygon, frame: Frame) -> Iterator[tuple[Point, ...]]:
    for ring in polygon:
        cut = _cut(_thinned(map(frame.place, ring)), frame.box)
        if len(cut) > 2:
            yield (*cut, cut[0])


def _thinned(points: Iterable[Point]) -> list[Point]:
    """The points on the grid, without those that fall together."""
    kept: list[Point] = []
    for x, y in points:
        point = (round(x / _GRID) * _GRID, round(y / _GRID) * _GRID)
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept


def _cut(ring: Sequence[Point], box: Box) -> list[Point]:
    """The ring inside the box and a little beyond, side by side (Sutherland and Hodgman's way)."""
    left, top, width, height = box
    kept = list(ring[:-1])
    sides = (
        (0, 1, left - _BEYOND), (0, -1, left + width + _BEYOND),
        (1, 1, top - _BEYOND), (1, -1, top + height + _BEYOND),
    )  # fmt: skip
    for axis, sign, limit in sides:
        if any(sign * point[axis] < sign * limit for point in kept):
            kept = list(_behind(kept, axis, sign, limit))
    return kept


def _behind(ring: list[Point], axis: int, sign: int, limit: float) -> Iterator[Point]:
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was, now = sign * before[axis] >= sign * limit, sign * point[axis] >= sign * limit
        if was != now:
            along = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + along * (point[1 - axis] - before[1 - axis])
            yield (limit, other) if axis == 0 else (other, limit)
        if now:
            yield point


@lru_cache(maxsize=1024)
def _bounds(ring: tuple[Point, ...]) -> Box:
    """Left, top, right and bottom of a ring."""
    across, down = zip(*ring, strict=True)
    return min(across), min(down), max(across), max(down)


def is_on(rings: Rings, point: Point) -> bool:
    """Whether a place on paper lies on land made of these rings."""
    x, y = point
    crossed = 0
    for ring in rings:
        left, top, right, bottom = _bounds(ring)
        if not (left <= x <= right and top <= y <= bottom):
            continue
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossed += 1
    return crossed % 2 == 1
