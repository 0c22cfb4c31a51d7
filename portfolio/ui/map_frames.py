"""What stands round the map and travels with the picture: heading, notes, and the key of the hatch."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from portfolio.services.map_colours import MapColours

TOP_PX = 84
NOTE_PX = 10
NOTE_LINE_PX = 13.5
# Mean width of a letter as a share of the type size, in the screen's type face.
LETTER = 0.47
HATCH_PX = 7


def add_frame(
    figure: go.Figure,
    heading: str,
    notes: Sequence[str],
    colours: MapColours,
    width_px: int,
    map_height_px: int,
) -> None:
    """The heading above the map and the notes below it, wrapped here because plotly wraps nothing."""
    characters = int(width_px / (LETTER * NOTE_PX))
    lines = [escape(line) for note in notes for line in wrap(note, characters)]
    bottom = int(len(lines) * NOTE_LINE_PX) + 18
    figure.update_layout(
        template="none",
        height=TOP_PX + map_height_px + bottom,
        margin={"l": 0, "r": 0, "t": TOP_PX, "b": bottom},
        paper_bgcolor=colours.surface,
        font={"family": colours.font, "color": colours.text},
        hoverlabel={
            "bgcolor": colours.surface,
            "bordercolor": colours.muted,
            "font": {"color": colours.text, "family": colours.font, "size": 12},
            "align": "left",
        },
        showlegend=False,
    )
    figure.add_annotation(text=heading, **_paper(0, 1, "left", "bottom", shift=52), font={"size": 14})
    figure.add_annotation(
        text="<br>".join(lines),
        **_paper(0, 0, "left", "top", shift=-8),
        font={"size": NOTE_PX, "color": colours.muted},
    )


def add_key(figure: go.Figure, word: str, colours: MapColours) -> None:
    """A hatched box with its word under it, at the right of the colour bar."""
    box = {
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 1,
        "yanchor": 1,
    }
    left, right, low, high = -52, -2, 26, 37
    figure.add_shape(
        type="rect", x0=left, x1=right, y0=low, y1=high, fillcolor=colours.not_known, line_width=0, **box
    )
    for start in range(left, right - 6, HATCH_PX):
        figure.add_shape(
            type="line",
            x0=start,
            x1=start + 11,
            y0=high,
            y1=low,
            line={"color": colours.hatch, "width": 0.8},
            **box,
        )
    figure.add_annotation(
        text=word, **_paper(1, 1, "right", "bottom", shift=6), font={"size": 11, "color": colours.text}
    )


def _paper(x: float, y: float, xanchor: str, yanchor: str, *, shift: float) -> dict[str, Any]:
    """Where an annotation stands, as a share of the map's own space and a shift upwards in pixels."""
    place = {"xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": xanchor, "yanchor": yanchor}
    return {**place, "yshift": shift, "showarrow": False, "align": xanchor}
