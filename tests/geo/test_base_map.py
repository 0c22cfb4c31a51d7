"""The base map's file: right as it ships, and known to be wrong when it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portfolio.geometry import BASE_MAP_PATH, base_map, read_base_map
from tests.geo.borders import PARTNERS, PLACES, problems


@pytest.fixture
def document() -> Any:
    return json.loads(BASE_MAP_PATH.read_bytes())


def geometry(document: Any, code: str) -> Any:
    return next(item for item in document["objects"]["countries"]["geometries"] if item["id"] == code)


def polygons(item: Any) -> list[Any]:
    return [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]


def give(document: Any, *, giver: str, taker: str, keep: bool = False) -> bytes:
    """The map's bytes after `taker` was given the land of `giver`."""
    countries = document["objects"]["countries"]["geometries"]
    source, target = geometry(document, giver), geometry(document, taker)
    target.update(type="MultiPolygon", arcs=polygons(target) + polygons(source))
    if not keep:
        countries.remove(source)
    return json.dumps(document).encode()


def test_base_map_as_shipped_has_no_problem() -> None:
    assert problems(BASE_MAP_PATH.read_bytes()) == []


def test_base_map_with_kosovo_inside_serbia_is_refused(document: Any) -> None:
    assert problems(give(document, giver="XKX", taker="SRB")) == [
        "XKX has no feature",
        "Pristina lies in SRB, not in XKX",
        "North Mitrovica lies in SRB, not in XKX",
    ]


def test_base_map_with_western_sahara_in_morocco_is_refused(document: Any) -> None:
    assert problems(give(document, giver="ESH", taker="MAR")) == ["Laayoune lies in MAR, not in ESH"]


def test_base_map_with_land_claimed_twice_is_refused(document: Any) -> None:
    found = problems(give(document, giver="PSE", taker="ISR", keep=True))
    assert "Gaza lies in ISR and PSE, not in PSE" in found
    assert "PSE and ISR overlap" in found


def test_base_map_with_a_partner_in_two_features_is_refused(document: Any) -> None:
    palestine = geometry(document, "PSE")
    one, *others = palestine["arcs"]
    palestine.update(type="Polygon", arcs=one)
    for other in others:
        document["objects"]["countries"]["geometries"].append({**palestine, "arcs": other})
    assert "PSE stands in 2 features" in problems(json.dumps(document).encode())


def test_base_map_with_a_moved_kosovo_border_is_refused(document: Any) -> None:
    arcs = [
        {n if n >= 0 else ~n for n in polygons(geometry(document, code))[0][0]} for code in ("XKX", "SRB")
    ]
    (border,) = arcs[0] & arcs[1]
    document["arcs"].append(
        [[x + (3000 if i == 4 else 0), y] for i, (x, y) in enumerate(document["arcs"][border])]
    )
    ring = geometry(document, "XKX")["arcs"][0]
    new = len(document["arcs"]) - 1
    ring[:] = [{border: new, ~border: ~new}.get(number, number) for number in ring]
    assert problems(json.dumps(document).encode()) != []


@pytest.mark.parametrize("name", ["UN Geodata", "Natural Earth"])
def test_base_map_without_its_attribution_is_refused(document: Any, name: str) -> None:
    document["attribution"] = document["attribution"].replace(name, "")
    assert f"the attribution does not name {name}" in problems(json.dumps(document).encode())


def test_base_map_without_a_layer_is_refused(document: Any) -> None:
    del document["objects"]["lakes"]
    assert problems(json.dumps(document).encode()) == ["layer lakes, which plotly reads, is missing"]


def test_outlines_and_shapely_agree_on_every_place() -> None:
    outlines = base_map().outlines
    for lon, lat, expected in PLACES.values():
        assert [code for code, outline in outlines.items() if outline.contains(lon, lat)] == [expected]


@pytest.mark.parametrize("code", PARTNERS)
def test_label_of_a_partner_stands_on_its_own_land(code: str) -> None:
    outline = base_map().outlines[code]
    assert outline.contains(*outline.centre)


def test_hatch_of_a_partner_stays_on_its_land() -> None:
    outline = base_map().outlines["SRB"]
    strokes = list(outline.hatch(0.25))
    assert len(strokes) > 20
    for (x1, y1), (x2, y2) in strokes:
        assert x1 + y1 == pytest.approx(x2 + y2)
        assert outline.contains((x1 + x2) / 2, (y1 + y2) / 2)


def test_reading_leaves_out_no_feature(document: Any) -> None:
    codes = {item["id"] for item in document["objects"]["countries"]["geometries"]}
    assert set(read_base_map(json.dumps(document).encode()).outlines) == codes
