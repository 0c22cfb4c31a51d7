"""Where the names of partners stand on a map: on their land where they fit, else beside it with a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil, cos, pi, sin

from portfolio.geometry import base_map
from portfolio.summaries.canvases import Point, width_of
from portfolio.summaries.map_layouts import Frame, Rings, is_on

SIZES = (7.0, 6.0)
BESIDE = 6.5
# Inches: from baseline to baseline at one point of type, the way out, and the room round a label.
LEADING = 0.0165
_NEAREST, _FARTHEST, _STEP = 0.16, 1.4, 0.06
_ANGLES = 24
_MARGIN, _EDGE = 0.025, 0.04
# What a label beside its land costs, in inches of its line: each part of it that lies on coloured land, and
# each other line that its own crosses.
_ON_LAND, _CROSSED = 0.35, 0.6
# A label is looked at in so many parts along its width.
_PARTS = 6
_CELL = 0.03
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A label on paper: its lines round `middle`, and where its line ends if it stands beside its land."""

    code: str
    lines: tuple[str, ...]
    middle: Point
    points: float
    anchor: Point | None = None

    @cached_property
    def rectangle(self) -> Rectangle:
        """Left, top, right and bottom of the text."""
        width, height = _size(self.lines, self.points)
        x, y = self.middle
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2

    @cached_property
    def line(self) -> tuple[Point, Point] | None:
        """The line from the land to the nearest side of the text."""
        if self.anchor is None:
            return None
        left, top, right, bottom = self.rectangle
        left, right = left - _MARGIN, right + _MARGIN
        x, y = self.anchor
        return self.anchor, (min(max(x, left), right), min(max(y, top), bottom))


def labels(texts: Mapping[str, tuple[str, str]], frame: Frame, apart: Sequence[Frame] = ()) -> list[Label]:
    """The labels of partners, by code their name and value, whose land's centre is in this frame.

    Those in a frame of `apart` have theirs there.
    """
    land, outlines = frame.land(), base_map().outlines
    places = {code: frame.place(outlines[code].centre) for code in texts if code in land}
    mine = {code: place for code, place in places.items() if frame.holds(place) and not is_shown(code, apart)}
    placed = [
        label for code, place in mine.items() if (label := _on_land(code, texts[code], place, land[code]))
    ]
    done = {label.code for label in placed}
    around = _Around(frame, _covered(frame, tuple(texts)), list(mine.values()), placed)
    for code, place in mine.items():
        if code not in done:
            placed += _beside(code, " ".join(texts[code]), place, around)
    return placed


def is_shown(code: str, frames: Iterable[Frame]) -> bool:
    """Whether one of these frames shows the centre of the partner's land."""
    centre = base_map().outlines[code].centre
    return any(frame.holds(frame.place(centre)) for frame in frames)


def _cell(point: Point) -> tuple[int, int]:
    return int(point[0] // _CELL), int(point[1] // _CELL)


@lru_cache(maxsize=16)
def _covered(frame: Frame, codes: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    """The cells of a grid that the land of these partners covers, row by row between its borders."""
    found: set[tuple[int, int]] = set()
    for rings in (frame.land().get(code, ()) for code in codes):
        rows: dict[int, list[float]] = {}
        for (ax, ay), (bx, by) in (edge for ring in rings for edge in pairwise(ring)):
            low, high = sorted((ay, by))
            for row in range(ceil(low / _CELL - 0.5), ceil(high / _CELL - 0.5)):
                along = ((row + 0.5) * _CELL - ay) / (by - ay)
                rows.setdefault(row, []).append(ax + along * (bx - ax))
        for row, stops in rows.items():
            stops.sort()
            for start, end in zip(stops[::2], stops[1::2], strict=True):
                found |= {(column, row) for column in range(int(start // _CELL), int(end // _CELL) + 1)}
    return frozenset(found)


def _size(lines: Sequence[str], points: float) -> tuple[float, float]:
    return max(width_of(line, points) for line in lines), LEADING * points * len(lines)


def _on_land(code: str, text: tuple[str, str], place: Point, rings: Rings) -> Label | None:
    """The name and under it the value, in the larger size that fits, the name on one line or on several."""
    name, value = text
    for points in SIZES:
        for lines in ((name, value), (*name.split(), value)):
            label = Label(code, lines, place, points)
            if all(is_on(rings, point) for point in _rim(label.rectangle)):
                return label
    return None


def _rim(rectangle: Rectangle) -> Iterator[Point]:
    """Points along the upper and the lower side and between them."""
    left, top, right, bottom = rectangle
    for part in range(_PARTS + 1):
        x = left + (right - left) * part / _PARTS
        for y in (top, (top + bottom) / 2, bottom):
            yield x, y


@dataclass(frozen=True)
class _Around:
    """What a label beside its land keeps clear of: coloured land, dots, and the labels before it."""

    frame: Frame
    covered: frozenset[tuple[int, int]]
    dots: Sequence[Point]
    placed: Sequence[Label]

    def is_free(self, rectangle: Rectangle) -> bool:
        """Whether a text has room here."""
        left, top, right, bottom = rectangle
        inside = self.frame.holds((left, top), _EDGE) and self.frame.holds((right, bottom), _EDGE)
        dots = (_meet(rectangle, (*dot, *dot)) for dot in self.dots)
        return (
            inside and not any(dots) and not any(_meet(rectangle, other.rectangle) for other in self.placed)
        )

    def obstacles(self, label: Label) -> Iterator[Rectangle]:
        """What the line of a label must not run through: the labels before it and the dots of others."""
        yield from (other.rectangle for other in self.placed)
        for x, y in self.dots:
            if (x, y) != label.anchor:
                yield x - _MARGIN, y - _MARGIN, x + _MARGIN, y + _MARGIN


def _beside(code: str, text: str, place: Point, around: _Around) -> list[Label]:
    """The best place round the land for a label on one line; none where no place is free."""
    best: tuple[float, Label] | None = None
    for middle, way in _round(place):
        # What is farther out than the best already costs more.
        if best and way >= best[0]:
            break
        label = Label(code, (text,), middle, BESIDE, place)
        if around.is_free(label.rectangle):
            cost = way + _cost(label, around)
            best = (cost, label) if best is None or cost < best[0] else best
    return [best[1]] if best else []


def _round(place: Point) -> Iterator[tuple[Point, float]]:
    """Points round a place, the nearest first; further to the sides, because a label is wider than high."""
    way = _NEAREST
    while way <= _FARTHEST:
        for number in range(_ANGLES):
            angle = 2 * pi * number / _ANGLES
            yield (place[0] + 1.8 * way * cos(angle), place[1] + way * sin(angle)), way
        way += _STEP


def _meet(one: Rectangle, other: Rectangle) -> bool:
    across = one[0] < other[2] + _MARGIN and other[0] < one[2] + _MARGIN
    # A line of text has its own room above and below.
    return across and one[1] < other[3] and other[1] < one[3]


def _cost(label: Label, around: _Around) -> float:
    placed = around.placed
    on_land = sum(_cell(point) in around.covered for point in _rim(label.rectangle))
    own = label.line
    lines = [other.line for other in placed if other.line]
    crossed = sum(_cross(own, line) for line in lines) if own else 0
    through = sum(_passes(own, rectangle) for rectangle in around.obstacles(label)) if own else 0
    under = sum(_passes(line, label.rectangle) for line in lines)
    return _ON_LAND * on_land + _CROSSED * (crossed + 2 * through + 2 * under)


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _passes(line: tuple[Point, Point], rectangle: Rectangle) -> bool:
    """Whether a line ends in a rectangle or crosses a diagonal of it, which it cannot pass without."""
    left, top, right, bottom = rectangle
    if any(left <= x <= right and top <= y <= bottom for x, y in line):
        return True
    diagonals = (((left, top), (right, bottom)), ((left, bottom), (right, top)))
    return any(_cross(line, diagonal) for diagonal in diagonals)
