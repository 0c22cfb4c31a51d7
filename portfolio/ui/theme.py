"""Colours, marks and the chart template, for the light and the dark theme.

One accent colour and greys; status and series colours are chosen so that people with colour-vision deficiency
tell them apart, and a status always has a letter and a shape as well. The surfaces, text and accent are
repeated in .streamlit/config.toml, which a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go
import streamlit as st

# Streamlit serves Source Sans itself; nothing is fetched from elsewhere.
FONT = "'Source Sans', 'Source Sans Pro', system-ui, -apple-system, 'Segoe UI', sans-serif"
StatusName = Literal["green", "amber", "red", "grey", "closed"]


@dataclass(frozen=True)
class Status:
    """One state of health: letter, shape and word stand beside the colour, never the colour alone."""

    name: StatusName
    letter: str
    shape: str
    word: str
    marker: str


STATUSES: dict[StatusName, Status] = {
    "green": Status("green", "G", "●", "On track", "circle"),
    "amber": Status("amber", "A", "▲", "Needs attention", "triangle-up"),
    "red": Status("red", "R", "◆", "Off track", "diamond"),
    "grey": Status("grey", "–", "○", "Not known", "circle-open"),
    "closed": Status("closed", "C", "■", "Closed", "square"),
}


@dataclass(frozen=True)
class Theme:
    """The colour tokens of one theme, as hexadecimal values."""

    name: Literal["light", "dark"]
    background: str
    surface: str
    text: str
    muted: str
    border: str
    accent: str
    accent_soft: str
    neutral: str
    neutral_soft: str
    status: dict[StatusName, str]
    series: tuple[str, ...]
    scale: tuple[str, ...]
    unknown: str


LIGHT = Theme(
    name="light",
    background="#ffffff",
    surface="#f3f5f8",
    text="#10161d",
    muted="#5b6673",
    border="#d3d9e0",
    accent="#1f5fa8",
    accent_soft="#a9c6e6",
    neutral="#8a95a1",
    neutral_soft="#dde2e8",
    status={"green": "#3f945b", "amber": "#bc7305", "red": "#b22b24", "grey": "#6f7a86", "closed": "#4a545f"},
    series=("#1f5fa8", "#d78e35", "#5eb2f2", "#7e3e53", "#4e570f", "#8a95a1"),
    scale=("#e4eef8", "#bdd5ee", "#8fb8e0", "#5c95cd", "#3173b5", "#1b5594", "#0d3869"),
    unknown="#eceff2",
)

DARK = Theme(
    name="dark",
    background="#12171d",
    surface="#1b222a",
    text="#e6eaee",
    muted="#9aa6b2",
    border="#36414d",
    accent="#6ea8ea",
    accent_soft="#2c4f7a",
    neutral="#7d8996",
    neutral_soft="#333d48",
    status={"green": "#78e6b5", "amber": "#f4b544", "red": "#e66a5c", "grey": "#93a0ad", "closed": "#c3cbd3"},
    series=("#6ea8ea", "#eaaf3c", "#c9e6fd", "#9d5846", "#e1d693", "#7d8996"),
    scale=("#1c3350", "#214a78", "#2862a0", "#3a7fc6", "#609fdf", "#92c0ee", "#c9e0f8"),
    unknown="#262e37",
)

THEMES = {"light": LIGHT, "dark": DARK}


def current_theme() -> Theme:
    """The theme that the person's browser shows; light where the browser has not said."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def status_label(name: StatusName) -> str:
    """A status in text: shape, letter and word, for example "▲ A Needs attention"."""
    status = STATUSES[name]
    return f"{status.shape} {status.letter} {status.word}"


def ink_on(colour: str, theme: Theme) -> str:
    """The one of the theme's two text colours that reads better on `colour`."""
    return max((theme.text, theme.background), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def chart_template(theme: Theme) -> go.layout.Template:
    """The plotly template of a theme: quiet grid, no frame, numbers in the text's own typeface."""
    axis = {
        "gridcolor": theme.neutral_soft,
        "linecolor": theme.border,
        "zerolinecolor": theme.border,
        "tickcolor": theme.border,
        "tickfont": {"color": theme.muted, "size": 12},
        "title": {"font": {"color": theme.muted, "size": 12}},
        "automargin": True,
    }
    layout = go.Layout(
        font={"family": FONT, "size": 13, "color": theme.text},
        paper_bgcolor=theme.background,
        plot_bgcolor=theme.background,
        colorway=list(theme.series),
        colorscale={"sequential": [[i / 6, colour] for i, colour in enumerate(theme.scale)]},
        xaxis=axis,
        yaxis=axis,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={
            "orientation": "h", "x": 0, "y": 1.0, "xanchor": "left", "yanchor": "bottom",
            "font": {"color": theme.text, "size": 12}, "title": {"text": ""},
        },
        hoverlabel={
            "bgcolor": theme.surface, "bordercolor": theme.border,
            "font": {"family": FONT, "size": 13, "color": theme.text},
        },
        bargap=0.35,
        dragmode=False,
        separators=".,",
    )  # fmt: skip
    return go.layout.Template(layout=layout)
