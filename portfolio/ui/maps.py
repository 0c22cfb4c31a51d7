"""The map: partners coloured by a measure, on borders that the tracker serves itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Any

import plotly.graph_objects as go

from portfolio.geometry import Outline, base_map
from portfolio.services.map_colours import DARK, LIGHT, MapColours, is_dark, shades_for
from portfolio.services.map_scales import Scale, number_text, scale_for
from portfolio.services.map_views import ZOOMS, View
from portfolio.ui.map_frames import HATCH_PX, add_frame, add_key

__all__ = [
    "DARK",
    "LIGHT",
    "TOPOJSON_PATH",
    "ZOOMS",
    "MapColours",
    "PartnerValue",
    "map_config",
    "partner_map",
]

# plotly asks this address for world_50m.json, and for nothing else.
TOPOJSON_PATH = "/geo/"
NOT_KNOWN = "not known"
LABEL_PX = 11


@dataclass(frozen=True)
class PartnerValue:
    """One partner on the map: `value` in the unit shown (None: not known), `hover` lines under its name."""

    code: str
    name: str
    value: float | None
    hover: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Drawing:
    """One map being drawn: what every trace of it needs to know."""

    rows: Sequence[PartnerValue]
    scale: Scale
    shades: tuple[str, ...]
    colours: MapColours
    measure: str
    unit: str
    decimals: int
    width_px: int
    height_px: int
    selected: str | None


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
    notes: Sequence[str],
    region: str = "all",
    colours: MapColours = LIGHT,
    decimals: int = 0,
    width_px: int = 390,
    selected: str | None = None,
) -> go.Figure:
    """The partners coloured by one measure.

    Units:  values as `unit` says, with `decimals`; a count has an empty unit, its measure says what is
            counted. `width_px` is the narrowest width at which the picture must be legible: it decides how
            the notes wrap and which partners have room for their number.
    Shape:  per view a trace of known and a trace of unknown values, whose locations are the partners' codes.
            `notes` (designations, disclaimer) and the credit for the geometry are part of the picture.
    Raises: KeyError for a region that is not in ZOOMS, or for a partner that the base map does not know.
    """
    zoom = ZOOMS[region]
    # Borders are painted in the order of the rows: the chosen one last, so that no neighbour covers its edge.
    ordered = sorted(rows, key=lambda row: row.code == selected)
    scale = scale_for([row.value for row in rows if row.value is not None], decimals)
    shades = shades_for(len(scale.lower), colours.shades)
    drawing = _Drawing(
        ordered, scale, shades, colours, measure, unit, decimals, width_px, zoom.height, selected
    )
    figure = go.Figure()
    for number, view in enumerate(zoom.views, start=1):
        geo = "geo" if number == 1 else f"geo{number}"
        figure.add_traces(_view_traces(drawing, view, geo, with_bar=number == 1))
        figure.update_layout({geo: _geo(view, colours, framed=number > 1)})
    heading = f"<b>{escape(measure)}</b>" + (f" ({escape(unit)})" if unit else "")
    add_frame(figure, heading, [*notes, base_map().attribution], colours, width_px, zoom.height)
    if any(row.value is None for row in rows):
        add_key(figure, NOT_KNOWN, colours)
    return figure


def _view_traces(drawing: _Drawing, view: View, geo: str, *, with_bar: bool) -> list[Any]:
    known = [row for row in drawing.rows if row.value is not None]
    unknown = [row for row in drawing.rows if row.value is None]
    traces: list[Any] = []
    if unknown:
        traces += [_unknown_trace(drawing, unknown, geo), _hatch_trace(drawing, unknown, view, geo)]
    if known:
        traces += [_known_trace(drawing, known, geo, with_bar=with_bar), _labels(drawing, known, view, geo)]
    return traces


def _known_trace(
    drawing: _Drawing, rows: Sequence[PartnerValue], geo: str, *, with_bar: bool
) -> go.Choropleth:
    steps = len(drawing.shades)
    edges = [(number + end) / steps for number in range(steps) for end in (0, 1)]
    return _choropleth(
        drawing,
        rows,
        geo,
        z=[drawing.scale.step_of(round(row.value or 0.0, drawing.decimals)) for row in rows],
        zmin=-0.5,
        zmax=steps - 0.5,
        colorscale=[[edge, drawing.shades[position // 2]] for position, edge in enumerate(edges)],
        showscale=with_bar,
        colorbar=_colour_bar(drawing),
    )


def _unknown_trace(drawing: _Drawing, rows: Sequence[PartnerValue], geo: str) -> go.Choropleth:
    grey = drawing.colours.not_known
    return _choropleth(
        drawing, rows, geo, z=[0] * len(rows), colorscale=[[0, grey], [1, grey]], showscale=False
    )


def _choropleth(drawing: _Drawing, rows: Sequence[PartnerValue], geo: str, **settings: Any) -> go.Choropleth:
    chosen = [row.code == drawing.selected for row in rows]
    return go.Choropleth(
        geo=geo,
        locations=[row.code for row in rows],
        locationmode="ISO-3",
        text=[_hover(row, drawing) for row in rows],
        hovertemplate="%{text}<extra></extra>",
        marker_line_color=[drawing.colours.text if this else drawing.colours.surface for this in chosen],
        marker_line_width=[2.0 if this else 0.8 for this in chosen],
        # A click must not make the colours of the others paler than the scale says.
        selected_marker_opacity=1,
        unselected_marker_opacity=1,
        **settings,
    )


def _hover(row: PartnerValue, drawing: _Drawing) -> str:
    number = NOT_KNOWN if row.value is None else f"{number_text(row.value, drawing.decimals)} {drawing.unit}"
    lines = (f"{drawing.measure}: {number.strip()}", *row.hover)
    return "<br>".join((f"<b>{escape(row.name)}</b>", *(escape(line) for line in lines)))


def _hatch_trace(drawing: _Drawing, rows: Sequence[PartnerValue], view: View, geo: str) -> go.Scattergeo:
    """Strokes over the partners whose value is not known: grey alone could pass for a pale step."""
    spacing = 1.4 * HATCH_PX / view.pixels_per_degree(drawing.width_px, drawing.height_px)
    strokes = [stroke for row in rows for stroke in base_map().outlines[row.code].hatch(spacing)]
    return go.Scattergeo(
        geo=geo,
        lon=[lon for (start, _), (end, _) in strokes for lon in (start, end, None)],
        lat=[lat for (_, start), (_, end) in strokes for lat in (start, end, None)],
        mode="lines",
        line={"color": drawing.colours.hatch, "width": 0.8},
        hoverinfo="skip",
        showlegend=False,
    )


def _labels(drawing: _Drawing, rows: Sequence[PartnerValue], view: View, geo: str) -> go.Scattergeo:
    """The values, on the partners that have room for them."""
    scale_px = view.pixels_per_degree(drawing.width_px, drawing.height_px)
    outlines = base_map().outlines
    roomy = [
        row
        for row in rows
        if view.shows(*outlines[row.code].centre, margin=LABEL_PX / scale_px)
        and _has_room(outlines[row.code], _label(row, drawing), scale_px)
    ]
    fills = [
        drawing.shades[drawing.scale.step_of(round(row.value or 0.0, drawing.decimals))] for row in roomy
    ]
    return go.Scattergeo(
        geo=geo,
        lon=[outlines[row.code].centre[0] for row in roomy],
        lat=[outlines[row.code].centre[1] for row in roomy],
        text=[_label(row, drawing) for row in roomy],
        mode="text",
        textfont={"size": LABEL_PX, "color": ["#ffffff" if is_dark(fill) else "#10161d" for fill in fills]},
        hoverinfo="skip",
        showlegend=False,
    )


def _label(row: PartnerValue, drawing: _Drawing) -> str:
    return number_text(row.value or 0.0, drawing.decimals)


def _has_room(outline: Outline, label: str, pixels_per_degree: float) -> bool:
    """Whether the label fits into the circle round the outline's centre, give or take a serif."""
    # Mercator stretches both directions away from the equator.
    stretch = 1 / cos(radians(outline.centre[1]))
    return outline.clearance() * stretch * pixels_per_degree > 0.3 * LABEL_PX * (len(label) + 1)


def _colour_bar(drawing: _Drawing) -> dict[str, Any]:
    """A row of boxes with their labels below: left-aligned, and no wider than a telephone."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "ypad": 8,
        "xpad": 0,
        "lenmode": "pixels",
        "len": 250,
        "thickness": 11,
        "outlinewidth": 0,
        "ticks": "",
        "tickmode": "array",
        "tickvals": list(range(len(drawing.shades))),
        "ticktext": list(drawing.scale.labels),
        "tickfont": {"size": 11, "color": drawing.colours.text},
    }


def _geo(view: View, colours: MapColours, *, framed: bool) -> dict[str, Any]:
    return {
        "scope": "world",
        "resolution": 50,
        "projection": {"type": "mercator"},
        "center": {"lon": (view.west + view.east) / 2, "lat": view.middle},
        "lonaxis": {"range": [view.west, view.east]},
        "lataxis": {"range": [view.south, view.north]},
        "domain": {"x": [0, 1], "y": [view.bottom, view.top]},
        "bgcolor": colours.surface,
        "showland": True,
        "landcolor": colours.land,
        "showcountries": True,
        "countrycolor": colours.land_line,
        "countrywidth": 0.6,
        "showcoastlines": True,
        "coastlinecolor": colours.land_line,
        "coastlinewidth": 0.6,
        "showframe": framed,
        "framecolor": colours.land_line,
        "framewidth": 1,
    }
