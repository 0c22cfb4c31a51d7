"""Outlines of the base map: what the map on screen and the maps in documents are drawn from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from portfolio.settings import DATA_DIR

BASE_MAP_PATH = DATA_DIR / "geo" / "world_50m.json"

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True)
class Outline:
    """The land of one country or territory.

    Units:  degrees, (longitude, latitude).
    Shape:  one tuple of closed rings per polygon, the outer ring first. `centre` is where a label has most
            room.
    """

    code: str
    polygons: tuple[Polygon, ...]
    centre: Position

    def contains(self, lon: float, lat: float) -> bool:
        """Whether the point lies on this land."""
        crossed = (a for a, b in self._edges() if (a[1] > lat) != (b[1] > lat) and lon < _at(lat, a, b))
        return sum(1 for _ in crossed) % 2 == 1

    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north."""
        lons, lats = zip(*(position for ring in self._rings() for position in ring), strict=True)
        return min(lons), min(lats), max(lons), max(lats)

    def clearance(self) -> float:
        """Distance from `centre` to the nearest border or shore, in degrees of latitude."""
        return min(_distance(self.centre, a, b) for a, b in self._edges())

    def hatch(self, spacing: float) -> Iterator[tuple[Position, Position]]:
        """Slanted strokes that fill the land, `spacing` degrees apart.

        They follow lines on which longitude plus latitude is constant, and stop at every border and shore.
        """
        west, south, east, north = self.bounds()
        first, last = int((west + south) / spacing), int((east + north) / spacing) + 1
        for step in range(first, last + 1):
            level = step * spacing
            stops = sorted(
                _on_slope(level, a, b) for a, b in self._edges() if (sum(a) > level) != (sum(b) > level)
            )
            for start, end in zip(stops[::2], stops[1::2], strict=True):
                yield (start, level - start), (end, level - end)

    def _rings(self) -> Iterator[Ring]:
        for polygon in self.polygons:
            yield from polygon

    def _edges(self) -> Iterator[tuple[Position, Position]]:
        for ring in self._rings():
            yield from pairwise(ring)


@dataclass(frozen=True)
class BaseMap:
    """Every outline by code, and the sentence that credits where they come from."""

    attribution: str
    outlines: dict[str, Outline]


def read_base_map(content: bytes) -> BaseMap:
    """The base map from the bytes of its topojson file."""
    document = json.loads(content)
    arcs = _absolute_arcs(document)
    geometries = document["objects"]["countries"]["geometries"]
    outlines = {geometry["id"]: _outline(geometry, arcs) for geometry in geometries}
    return BaseMap(document.get("attribution", ""), outlines)


@lru_cache(maxsize=1)
def base_map() -> BaseMap:
    """The base map that ships with the tracker, read once."""
    return read_base_map(BASE_MAP_PATH.read_bytes())


def _absolute_arcs(document: Any) -> list[list[Position]]:
    """The document's arcs in degrees: topojson stores steps on a grid."""
    (scale_x, scale_y), (origin_x, origin_y) = (document["transform"][key] for key in ("scale", "translate"))
    arcs = []
    for steps in document["arcs"]:
        x = y = 0
        arc: list[Position] = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + origin_x, y * scale_y + origin_y))
        arcs.append(arc)
    return arcs


def _outline(geometry: Any, arcs: list[list[Position]]) -> Outline:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    lon, lat = geometry["properties"]["ct"]
    return Outline(
        geometry["id"],
        tuple(tuple(_ring(references, arcs) for references in polygon) for polygon in polygons),
        (lon, lat),
    )


def _ring(references: list[int], arcs: list[list[Position]]) -> Ring:
    """The ring that the arcs make end to end; a negative number means an arc run backwards."""
    ring: list[Position] = []
    for reference in references:
        arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
        ring += arc[1:] if ring else arc
    return tuple(ring)


def _at(lat: float, a: Position, b: Position) -> float:
    """The longitude at which the edge from a to b crosses a latitude."""
    return a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0])


def _distance(point: Position, a: Position, b: Position) -> float:
    """Degrees of latitude from a point to an edge, degrees of longitude shortened as they are there."""
    shrink = cos(radians(point[1]))
    (ax, ay), (bx, by) = (((x - point[0]) * shrink, y - point[1]) for x, y in (a, b))
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return hypot(ax + along * dx, ay + along * dy)


def _on_slope(level: float, a: Position, b: Position) -> float:
    """The longitude at which the edge from a to b crosses the slanted line of this level."""
    return a[0] + (level - sum(a)) / (sum(b) - sum(a)) * (b[0] - a[0])
