"""The map's figure: what is drawn, said and left for the browser to fetch."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from portfolio.geometry import BASE_MAP_PATH, base_map
from portfolio.services.map_colours import is_dark
from portfolio.services.map_scales import scale_for
from portfolio.services.map_views import ZOOMS
from portfolio.ui.maps import DARK, LIGHT, TOPOJSON_PATH, MapColours, PartnerValue, map_config, partner_map
from portfolio.ui.routes import GEO_PATH

ROWS = (
    PartnerValue("SRB", "Serbia", 9, ("Two of them end this year",)),
    PartnerValue("XKX", "Kosovo*", 8),
    PartnerValue("PSE", "Palestine*", 3),
    PartnerValue("UKR", "Ukraine", 31),
    PartnerValue("DZA", "Algeria", 0),
    PartnerValue("EGY", "Egypt", None),
)
NOTES = (
    "Kosovo*: a first designation that is long enough to need a second line on a telephone.",
    "A disclaimer.",
)


def draw(rows: tuple[PartnerValue, ...] = ROWS, **changes: Any) -> Any:
    settings: dict[str, Any] = {"measure": "Projects active", "unit": "", "notes": NOTES}
    return partner_map(rows, **settings | changes)


def choropleths(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "choropleth"]


def printed(figure: Any) -> str:
    return " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")


def test_map_puts_every_partner_on_the_map_once_by_its_code() -> None:
    codes = [code for trace in choropleths(draw()) for code in trace.locations]
    assert sorted(codes) == sorted(row.code for row in ROWS)
    assert {trace.locationmode for trace in choropleths(draw())} == {"ISO-3"}


@pytest.mark.parametrize("region", ZOOMS)
def test_map_asks_for_the_one_file_that_is_served(region: str) -> None:
    layout = draw(region=region).layout.to_plotly_json()
    geos = [value for name, value in layout.items() if name.startswith("geo")]
    assert len(geos) == len(ZOOMS[region].views)
    assert {f"{geo['scope']}_{geo['resolution']}m.json" for geo in geos} == {BASE_MAP_PATH.name}
    assert map_config()["topojsonURL"] == TOPOJSON_PATH == GEO_PATH


@pytest.mark.parametrize("region", ZOOMS)
def test_map_carries_notes_and_credit_inside_the_picture(region: str) -> None:
    text = printed(draw(region=region))
    assert all(note in text for note in (*NOTES, base_map().attribution))


@pytest.mark.parametrize(("width_px", "longest"), [(358, 76), (900, 191)])
def test_map_wraps_notes_for_the_width(width_px: int, longest: int) -> None:
    lines = [line for note in draw(width_px=width_px).layout.annotations for line in note.text.split("<br>")]
    assert max(map(len, lines)) <= longest
    assert len(lines) == (7 if width_px == 358 else 5)


def test_map_says_not_known_and_hatches_it() -> None:
    figure = draw()
    (unknown,) = [trace for trace in choropleths(figure) if "EGY" in trace.locations]
    assert unknown.locations == ("EGY",)
    assert unknown.text == ("<b>Egypt</b><br>Projects active: not known",)
    assert "not known" in printed(figure)
    (strokes,) = [trace for trace in figure.data if trace.type == "scattergeo" and trace.mode == "lines"]
    egypt = base_map().outlines["EGY"]
    ends = list(zip(strokes.lon, strokes.lat, strict=True))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(ends[::3], ends[1::3], strict=True)]
    assert len(middles) > 5
    assert all(egypt.contains(*middle) for middle in middles)


def test_map_where_everything_is_known_has_no_key_of_not_known() -> None:
    figure = draw(ROWS[:-1])
    assert "not known" not in printed(figure)
    assert not figure.layout.shapes


def test_map_where_nothing_is_known_is_drawn_all_the_same() -> None:
    figure = draw((PartnerValue("EGY", "Egypt", None),))
    assert [trace.locations for trace in choropleths(figure)] == [("EGY",)]


def test_map_without_partners_still_carries_its_notes() -> None:
    assert NOTES[1] in printed(draw(()))


def test_map_hover_gives_name_value_and_lines() -> None:
    (known,) = [trace for trace in choropleths(draw()) if "SRB" in trace.locations]
    assert known.text[0] == "<b>Serbia</b><br>Projects active: 9<br>Two of them end this year"


def test_map_of_money_writes_unit_and_decimals() -> None:
    rows = (PartnerValue("UKR", "Ukraine", 31.24),)
    figure = draw(rows, measure="Budget split", unit="EUR million", decimals=1)
    assert choropleths(figure)[0].text == ("<b>Ukraine</b><br>Budget split: 31.2 EUR million",)
    assert "<b>Budget split</b> (EUR million)" in printed(figure)


def test_map_escapes_what_people_typed() -> None:
    figure = draw((PartnerValue("UKR", "<b>Ukraine</b>", 1, ("a < b & c",)),))
    assert choropleths(figure)[0].text == (
        "<b>&lt;b&gt;Ukraine&lt;/b&gt;</b><br>Projects active: 1<br>a &lt; b &amp; c",
    )


def test_map_labels_only_partners_with_room() -> None:
    def labelled(region: str) -> set[str]:
        (labels,) = [
            t for t in draw(region=region, width_px=358).data if t.type == "scattergeo" and t.mode == "text"
        ]
        return set(labels.text)

    assert labelled("all") == {"0", "31"}
    assert labelled("western-balkans") == {"9", "8"}


def test_southern_map_labels_palestine_in_its_enlarged_view() -> None:
    figure = draw(region="southern-neighbourhood", width_px=358)
    labels = {t.geo: set(t.text) for t in figure.data if t.type == "scattergeo" and t.mode == "text"}
    assert labels == {"geo": {"0"}, "geo2": {"3"}}


def test_selected_partner_is_outlined_and_painted_last() -> None:
    (known,) = [trace for trace in choropleths(draw(selected="SRB")) if "SRB" in trace.locations]
    assert known.locations[-1] == "SRB"
    assert known.marker.line.width == (0.8, 0.8, 0.8, 0.8, 2.0)


def test_click_leaves_the_other_partners_in_their_colour() -> None:
    traces = choropleths(draw())
    assert len(traces) > 1
    for trace in traces:
        assert trace.unselected.marker.opacity == trace.selected.marker.opacity == 1


def test_colour_bar_names_every_step_once() -> None:
    (known,) = [trace for trace in choropleths(draw()) if trace.showscale]
    assert known.colorbar.ticktext == ("0", "3", "8", "9", "31")
    assert known.z == (3, 2, 1, 4, 0)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_texts_can_be_read_on_their_ground(colours: MapColours) -> None:
    assert contrast(colours.text, colours.surface) > 7
    assert contrast(colours.muted, colours.surface) > 4.5
    known = next(trace for trace in choropleths(draw(colours=colours)) if trace.showscale)
    for _, shade in known.colorscale:
        assert contrast("#ffffff" if is_dark(shade) else "#10161d", shade) > 4.4


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_steps_differ_in_lightness_and_not_in_hue_alone(colours: MapColours) -> None:
    shades = list(dict.fromkeys(shade for _, shade in choropleths(draw(colours=colours))[1].colorscale))
    assert len(shades) == 5
    assert all(contrast(one, other) > 1.25 for one, other in pairwise(shades))


@pytest.mark.parametrize(
    ("values", "decimals", "labels"),
    [
        ([], 0, ()),
        ([4, 4, 4], 0, ("4",)),
        ([5, 6, 7, 8, 9, 12], 0, ("5–6", "7–8", "9–10", "11–12")),
        ([1, 2, 3, 5, 8, 9, 12], 0, ("1", "2–4", "5–9", "10–12")),
        ([0.13, 0.9, 1.3, 3.2, 8.4, 31.2], 1, ("0.1–1.9", "2.0–4.9", "5.0–9.9", "10.0–19.9", "20.0–31.2")),
        ([0, 1, 2, 4, 7, 12, 1031], 0, ("0", "1–199", "200–499", "500–999", "1,000–1,031")),
    ],
)
def test_scale_has_at_most_five_round_steps(
    values: list[float], decimals: int, labels: tuple[str, ...]
) -> None:
    scale = scale_for(values, decimals)
    assert scale.labels == labels
    for value in values:
        step = scale.step_of(round(value, decimals))
        assert scale.lower[step] <= round(value, decimals)
        assert step == len(labels) - 1 or round(value, decimals) < scale.lower[step + 1]


def test_builder_of_the_map_knows_no_streamlit() -> None:
    folder = Path(partner_map.__code__.co_filename).parent
    files = sorted(folder.glob("map*.py"))
    assert Path(partner_map.__code__.co_filename) in files
    for file in files:
        assert not re.search(r"^\s*(import|from) streamlit", file.read_text(encoding="utf-8"), re.MULTILINE)
