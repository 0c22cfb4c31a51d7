"""The map: partners coloured by a measure, on borders that the tracker serves itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import log, pi, tan, radians
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from portfolio.geometry import Outline, base_map

# plotly asks this address for world_50m.json, and for nothing else.
TOPOJSON_PATH = "/geo/"
NOT_KNOWN = "not known"
MOST_CLASSES = 5

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapColours:
    """What the map is painted with. The three shades run from the lowest class to the highest."""

    surface: str
    land: str
    land_line: str
    partner_line: str
    shades: tuple[str, str, str]
    not_known: str
    hatch: str
    text: str
    muted: str
    selected: str
    font: str = '"Source Sans", "Source Sans Pro", sans-serif'


LIGHT = MapColours(
    surface="#ffffff",
    land="#eceff2",
    land_line="#d3d9e0",
    partner_line="#ffffff",
    shades=("#c5dbf2", "#5b93d0", "#0f3e75"),
    not_known="#dfe3e8",
    hatch="#8a95a1",
    text="#1b232d",
    muted="#5b6673",
    selected="#1b232d",
)
DARK = MapColours(
    surface="#12171d",
    land="#1f2730",
    land_line="#333d48",
    partner_line="#12171d",
    shades=("#23456b", "#4f8bd0", "#bcdcff"),
    not_known="#2d3640",
    hatch="#77838f",
    text="#e6eaee",
    muted="#9aa6b2",
    selected="#e6eaee",
)


@dataclass(frozen=True)
class PartnerValue:
    """One partner on the map: `value` in the unit shown (None: not known), `hover` the lines under its name."""

    code: str
    name: str
    value: float | None
    hover: tuple[str, ...] = ()


@dataclass(frozen=True)
class View:
    """A part of the map: degrees west, south, east, north, and the share of the height that it takes."""

    box: Box
    bottom: float = 0.0
    top: float = 1.0

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height on the Mercator projection, in degrees of longitude."""
        return _mercator(self.box[3]) - _mercator(self.box[1])


@dataclass(frozen=True)
class Region:
    """A zoom of the map: its views, and the height in pixels that they share."""

    views: tuple[View, ...]
    height: int = 420


# The southern partners lie along a strip; the small ones at its eastern end get a view of their own below it.
REGIONS = {
    "all": Region((View((-18.0, 18.5, 52.0, 57.5)),)),
    "western-balkans": Region((View((11.8, 39.2, 24.8, 46.8)),)),
    "eastern-neighbourhood": Region((View((18.0, 36.8, 53.5, 57.0)),)),
    "southern-neighbourhood": Region(
        (View((-18.0, 17.5, 44.5, 39.0), bottom=0.46), View((29.0, 29.0, 43.0, 37.6), top=0.43)), 520
    ),
}


@dataclass(frozen=True)
class Classes:
    """The steps of the colour scale: inclusive lower bounds in ascending order, and what each step is called."""

    lower: tuple[float, ...]
    labels: tuple[str, ...]

    def of(self, value: float) -> int:
        """The number of the step that a value falls into."""
        return max(index for index, bound in enumerate(self.lower) if value >= bound)


def map_config() -> dict[str, Any]:
    """The `config` of st.plotly_chart: where the borders come from, and a quiet tool bar."""
    return {
        "topojsonURL": TOPOJSON_PATH,
        "displaylogo": False,
        "scrollZoom": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "map"},
    }


def partner_map(
    rows: Sequence[PartnerValue],
    *,
    measure: str,
    unit: str,
    region: str = "all",
    colours: MapColours = LIGHT,
    notes: Sequence[str],
    decimals: int = 0,
    width_px: int = 390,
    selected: str | None = None,
) -> go.Figure:
    """The partners coloured by one measure.

    Units:  values as `unit` says, with `decimals`; `width_px` is the narrowest width that the picture must be
            legible at: it decides how the notes wrap and which partners have room for their number.
    Shape:  one trace of known and one of unknown values per view; the location of a point is the partner's
            code. `notes` (designations, disclaimer) and the credit for the geometry are part of the picture.
    Raises: KeyError for a region that is not in REGIONS, or for a partner without an outline.
    """
    zoom = REGIONS[region]
    known = [row for row in rows if row.value is not None]
    steps = classes([row.value for row in known if row.value is not None], decimals)
    lines = [line for note in (*notes, base_map().attribution) for line in wrap(note, _characters(width_px))]
    figure = go.Figure()
    for number, view in enumerate(zoom.views, start=1):
        geo = "geo" if number == 1 else f"geo{number}"
        figure.add_traces(list(_traces(rows, steps, view, geo, colours, decimals, width_px, zoom, selected, unit)))
        figure.update_layout({geo: _geo(view, colours, inset=number > 1)})
    return figure
