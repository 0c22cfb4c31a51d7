"""The pictures of documents: what is drawn where, in which colour, and what is said of the rest."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from portfolio.geometry import base_map
from portfolio.partners import region_of, regions
from portfolio.services.map_colours import LIGHT
from portfolio.summaries.content import Cell, Chart, Columns, Map, Missing, Picture
from portfolio.summaries.map_labels import labels
from portfolio.summaries.map_layouts import is_on, layout_for
from portfolio.summaries.map_pictures import painting_of
from portfolio.summaries.pictures import draw_picture
from portfolio.ui.maps import PartnerValue, partner_map
from tests.geo.borders import PARTNERS, PLACES

MILLION = 100_000_000
ARABIC = "مشروع الأمن السيبراني"
DISCLAIMER = "The boundaries and names shown on this map are those of a test."
SVG = "{http://www.w3.org/2000/svg}"

BARS = Chart(
    "bars", "Total budget by partner", "money",
    (("Ukraine", 31 * MILLION), (ARABIC, 5 * MILLION), ("A name without end " * 16, 2 * MILLION)), "Alt.",
    "not known for Serbia",
)  # fmt: skip
YEARS = Columns(
    "years", "Paid and incurred", "money", ("2023", "2024", "2025"),
    (("Paid", (4 * MILLION, None, 2 * MILLION)), ("Incurred", (2 * MILLION, None, None))), "Alt.", "",
)  # fmt: skip
PLACED = Map(
    "map", "Total budget by partner", "money",
    (
        ("UKR", 31 * MILLION), ("XKX", 5 * MILLION), ("PSE", 2 * MILLION), ("GEO", 9 * MILLION),
        ("MDA", 14 * MILLION), ("SRB", Missing.UNKNOWN), ("ISR", Missing.NOT_APPLICABLE),
    ),
    (), "Alt.", DISCLAIMER, "not known for Serbia",
)  # fmt: skip


@lru_cache
def tree(block: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(draw_picture(block, "svg"))


def texts(block: Picture) -> list[str]:
    return [element.text or "" for element in tree(block).iter(f"{SVG}text")]


def styled(block: Picture, style: str) -> list[str]:
    """The paths of a style, as the picture has them."""
    paths = tree(block).iter(f"{SVG}path")
    return [path.get("d", "") for path in paths if style in path.get("style", "")]


def rings(path: str) -> Iterator[tuple[tuple[float, float], ...]]:
    """The closed lines of a path, in inches; straight ones alone."""
    for part in path.split("M")[1:]:
        numbers = [float(number) / 72 for number in re.findall(r"-?[\d.]+", part)]
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        yield (*ring, ring[0])


def widths(block: Picture, colour: str) -> list[float]:
    found = (next(rings(path)) for path in styled(block, f"fill: {colour}"))
    return [max(x for x, _ in ring) - min(x for x, _ in ring) for ring in found]


@pytest.mark.parametrize("block", [BARS, YEARS, PLACED], ids=lambda block: block.key)
def test_picture_is_the_same_bytes_each_time(block: Picture) -> None:
    for form in ("svg", "png"):
        assert draw_picture(block, form) == draw_picture(block, form)
    content = draw_picture(block, "png", width_mm=127)
    assert content.startswith(b"\x89PNG") and struct.unpack(">I", content[16:20]) == (1000,)


@pytest.mark.parametrize("block", [BARS, YEARS, PLACED], ids=lambda block: block.key)
def test_picture_keeps_its_texts_in_one_typeface_inside_its_edges(block: Picture) -> None:
    root = tree(block)
    width, height = (float(part) for part in (root.get("viewBox") or "").split()[2:])
    found = list(root.iter(f"{SVG}text"))
    assert found
    for text in found:
        assert "font-family: 'DejaVu Sans'" in text.get("style", "")
        assert 0 <= float(text.get("x", "-1")) <= width and 0 <= float(text.get("y", "-1")) <= height
    assert "dc:date" not in draw_picture(block, "svg").decode()


def test_bars_begin_at_zero_and_are_in_proportion() -> None:
    most, middle, least = widths(BARS, "#1f5fa8")
    assert middle / most == pytest.approx(5 / 31, abs=0.001)
    assert least / most == pytest.approx(2 / 31, abs=0.001)


def test_bars_carry_their_numbers_and_name_what_has_none() -> None:
    found = texts(BARS)
    assert {"Ukraine", ARABIC, "EUR 31.0 million", "EUR 2.0 million", "Not known for Serbia."} <= set(found)


def test_bar_with_a_name_of_300_characters_has_two_lines_of_it() -> None:
    lines = [text for text in texts(BARS) if "name without" in text]
    assert len(lines) == 2 and lines[1].endswith("…")


def test_bars_beyond_the_most_are_counted_in_words() -> None:
    many = replace(BARS, points=tuple((f"P{number}", 30 - number) for number in range(26)), left_out="")
    found = texts(many)
    assert len(widths(many, "#1f5fa8")) == 24
    assert "2 smaller ones are left out of the picture." in found and "P24" not in found


def test_columns_say_not_known_and_draw_nothing_there() -> None:
    found = texts(YEARS)
    assert found.count("not known") == 1  # the whole of 2024
    assert [word for word in found if word in ("not", "known")] == ["known", "not"]  # one of 2025
    assert {"4.0", "2.0", "EUR million", "2023", "2024", "2025"} <= set(found)
    # Two columns of what was paid and the entry of the legend.
    assert len([path for path in styled(YEARS, "fill: #1f5fa8") if path.count("M") == 1]) == 3
    assert [text for text in texts(replace(YEARS, series=YEARS.series[:1])) if "Incurred" in text] == []


def test_columns_of_many_periods_keep_a_sign_for_what_is_not_known() -> None:
    periods = tuple(str(year) for year in range(1990, 2026))
    values = tuple(None if year == "2000" else 5 for year in periods)
    many = replace(YEARS, kind="count", periods=periods, series=tuple((name, values) for name in "ABCDE"))
    found = texts(many)
    assert "? is not known." in found and "A" in found and "E" in found
    assert 1 < len([text for text in found if text in periods]) < len(periods)


def test_land_drawn_for_a_partner_holds_its_places() -> None:
    """The paths in the file, found by their colour: each of the five values is a step of its own."""
    painting = painting_of(PLACED)
    (frame,) = layout_for(dict(PLACED.values), 170 / 25.4).frames
    asked = [place for place in PLACES.values() if place[2] in painting.values]
    assert {code for _, _, code in asked} == set(painting.values)
    for lon, lat, expected in asked:
        point = frame.place((lon, lat))
        owners = [
            code
            for code in painting.values
            if any(
                is_on(tuple(rings(path)), point) for path in styled(PLACED, f"fill: {painting.fill(code)}")
            )
        ]
        assert owners == [expected]


def test_land_of_every_partner_is_drawn_as_the_base_map_has_it() -> None:
    """At every place of the test of borders, in every part of the world that shows it."""
    for codes in (PARTNERS, *(tuple(c for c in PARTNERS if region_of(c) == r) for r in regions())):
        for frame in layout_for(codes, 6.0).frames:
            for lon, lat, expected in PLACES.values():
                if frame.holds(frame.place((lon, lat))):
                    point = frame.place((lon, lat))
                    assert [c for c, land in frame.land().items() if is_on(land, point)] == [expected]


@pytest.mark.parametrize("kind", ["money", "count"])
def test_steps_and_colours_are_those_of_the_screen(kind: Any) -> None:
    cells: tuple[Cell, ...] = (0, 12_345_678, 99_999_999, 350_000_000, 810_000_000, 3_120_000_000, 5_000_001)
    values = tuple(zip(PARTNERS, cells, strict=False))
    painting = painting_of(replace(PLACED, kind=kind, values=values))
    unit = MILLION if kind == "money" else 1
    rows = [PartnerValue(code, code, float(value) / unit) for code, value in values if isinstance(value, int)]
    figure = partner_map(rows, measure="M", unit="", notes=(), decimals=1 if kind == "money" else 0)
    (known,) = [trace for trace in figure.data if trace.type == "choropleth"]
    assert painting.scale.labels == known.colorbar.ticktext
    shades = [shade for _, shade in known.colorscale][::2]
    assert [painting.fill(code) for code in known.locations] == [shades[int(step)] for step in known.z]


def test_partner_of_which_nothing_is_known_is_grey_and_hatched_and_in_the_legend() -> None:
    assert painting_of(PLACED).fill("SRB") == LIGHT.not_known
    (strokes,) = [path for path in styled(PLACED, f"stroke: {LIGHT.hatch}; stroke-width: 0.5") if path]
    (frame,) = layout_for(dict(PLACED.values), 170 / 25.4).frames
    serbia, inside = frame.land()["SRB"], []
    for stroke in rings(strokes):
        (ax, ay), (bx, by) = stroke[0], stroke[1]
        inside.append(is_on(serbia, ((ax + bx) / 2, (ay + by) / 2)))
    assert len(inside) > 5 and sum(inside) >= len(inside) - 1  # land on paper is thinned
    found = texts(PLACED)
    assert "not known" in found and "Serbia not known" in found
    assert "not known" not in texts(replace(PLACED, values=PLACED.values[:4]))


def test_map_names_partners_as_the_screens_do_and_carries_its_notes() -> None:
    found = texts(PLACED)
    joined = " ".join(found)
    assert "Kosovo* 5.0" in joined and "Palestine* 2.0" in joined
    assert "Israel" not in joined  # neither a value nor an unknown one
    assert {DISCLAIMER, "Not known for Serbia.", base_map().attribution, "EUR million"} <= set(found)


@pytest.mark.parametrize(("scope", "views"), [("all", 1), *((r, 2 if r[0] == "s" else 1) for r in regions())])
def test_every_partner_has_one_label_and_none_covers_another(scope: str, views: int) -> None:
    codes = [code for code in PARTNERS if code != "TUR" and scope in ("all", region_of(code))]
    frames = layout_for(codes, 135 / 25.4).frames
    assert len(frames) == views
    placed = []
    for at, frame in enumerate(frames):
        own = labels({code: (code, "12.3") for code in codes}, frame, frames[at + 1 :])
        placed += own
        assert all(frame.holds(label.rectangle[:2]) and frame.holds(label.rectangle[2:]) for label in own)
    assert sorted(label.code for label in placed) == sorted(codes)
    across = sorted(label.rectangle for label in placed)
    for one, other in pairwise(across):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def test_map_without_any_value_still_carries_its_notes() -> None:
    assert DISCLAIMER in texts(replace(PLACED, values=()))
