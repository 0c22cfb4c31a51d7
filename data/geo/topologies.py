"""Topojson documents as the build of the base map works on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shapely import Polygon

Json = dict[str, Any]
Position = tuple[int, int]  # in steps of the topology's grid, not in degrees
Arc = list[Position]


class Topology:
    """A topojson document with its arcs as absolute grid positions, to be split and simplified."""

    def __init__(self, document: Json) -> None:
        self.bbox: list[float] = document["bbox"]
        self.scale: list[float] = document["transform"]["scale"]
        self.origin: list[float] = document["transform"]["translate"]
        self.objects: dict[str, list[Json]] = {
            name: layer["geometries"] for name, layer in document["objects"].items()
        }
        self.arcs: list[Arc] = [self._absolute(arc) for arc in document["arcs"]]

    @staticmethod
    def _absolute(deltas: list[list[int]]) -> Arc:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x, y))
        return arc

    def degrees(self, position: Position) -> tuple[float, float]:
        """Longitude and latitude of a grid position."""
        x, y = position
        return x * self.scale[0] + self.origin[0], y * self.scale[1] + self.origin[1]

    def grid(self, lon: float, lat: float) -> Position:
        """The grid position nearest to a longitude and latitude."""
        return round((lon - self.origin[0]) / self.scale[0]), round((lat - self.origin[1]) / self.scale[1])

    def line(self, reference: int) -> Arc:
        """The positions of an arc as a geometry refers to it: backwards when the number is negative."""
        return self.arcs[reference] if reference >= 0 else self.arcs[~reference][::-1]

    def ring(self, references: list[int]) -> list[tuple[float, float]]:
        """The closed ring that these arcs make, in degrees."""
        positions: Arc = []
        for reference in references:
            positions += self.line(reference)[bool(positions) :]
        return [self.degrees(position) for position in positions]

    def polygons(self, geometry: Json) -> list[Polygon]:
        """The polygons of a geometry, in degrees."""
        return [
            Polygon(self.ring(outer), [self.ring(hole) for hole in holes])
            for outer, *holes in polygon_references(geometry)
        ]


def polygon_references(geometry: Json) -> list[list[list[int]]]:
    """Arc numbers per polygon and ring."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def arc_numbers(arcs: Any) -> Iterator[int]:
    """Every arc number in a nested list, without its direction."""
    for item in arcs:
        if isinstance(item, list):
            yield from arc_numbers(item)
        else:
            yield item if item >= 0 else ~item


def with_arcs(geometries: list[Json]) -> list[Json]:
    """The geometries that are drawn at all; an empty one carries no arcs."""
    return [geometry for geometry in geometries if geometry.get("arcs")]


def compact(topology: Topology, **extra: str) -> Json:
    """The topojson document, with unused arcs gone and the rest numbered anew."""
    used = sorted({n for layer in topology.objects.values() for g in layer for n in arc_numbers(g["arcs"])})
    number = {old: new for new, old in enumerate(used)}

    def renumbered(arcs: list[Any]) -> list[Any]:
        return [
            renumbered(item) if isinstance(item, list) else number[item] if item >= 0 else ~number[~item]
            for item in arcs
        ]

    objects = {
        name: {
            "type": "GeometryCollection",
            "geometries": [{**geometry, "arcs": renumbered(geometry["arcs"])} for geometry in geometries],
        }
        for name, geometries in topology.objects.items()
    }
    return {
        "type": "Topology",
        **extra,
        "bbox": topology.bbox,
        "transform": {"scale": topology.scale, "translate": topology.origin},
        "objects": objects,
        "arcs": [deltas(topology.arcs[n]) for n in used],
    }


def deltas(arc: Arc) -> list[list[int]]:
    """An arc as topojson writes it: a first position, then steps."""
    return [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))]
