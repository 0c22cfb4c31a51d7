"""Charts from rows: each figure comes with a text that states its main finding with the number.

The rows are what the table behind the chart shows too. A value is never told by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from portfolio.ui.session import WidgetKey, keyed
from portfolio.ui.tables import NOT_STATED, download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import Theme, chart_template, ink_on

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "showTips": False}
BAR_ROW = 40
# Longer labels would run into the value on a phone; the table and the hover text keep them whole.
LABEL_LENGTH = 34
LEGEND_ROW = 22
# The share of the longest bar from which a part has room for its number on a phone.
_LEAST_WRITTEN = 0.08
_PATTERNS = ("", "/", ".", "\\", "x", "-")


@dataclass(frozen=True)
class Chart:
    """A figure and the text that says in words what it shows."""

    figure: go.Figure
    alt: str


@dataclass(frozen=True)
class Bar:
    """One bar. `value` is in any unit; None is not known. `text` is the value as people read it."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True)
class Segment:
    """One part of one stacked bar; `text` is its value as people read it."""

    label: str
    part: str
    value: float
    text: str


def plain(text: str) -> str:
    """A text that plotly shows as it is: it would read a < as the beginning of a tag."""
    return escape(text, quote=False)


def shortened(label: str, length: int) -> str:
    """A label of at most `length` characters."""
    return label if len(label) <= length else f"{label[: length - 1].rstrip()}…"


def empty_figure(theme: Theme, height: int) -> go.Figure:
    """A figure of our template and nothing in it."""
    figure = go.Figure()
    figure.update_layout(template=chart_template(theme), height=height)
    return figure


def bars_alt(bars: Sequence[Bar], subject: str) -> str:
    """The finding of a bar chart: the largest and the smallest value, and how many are not known.

    >>> bars_alt([Bar("A", 3, "3"), Bar("B", None, "not stated"), Bar("C", 1, "1")], "Projects by region")
    'Projects by region: most is A with 3, least C with 1; not known for 1 of 3.'
    """
    known = [bar for bar in bars if bar.value is not None]
    if not known:
        return f"{subject}: no value is known for any of {len(bars)}."
    most = max(known, key=lambda bar: bar.value or 0)
    least = min(known, key=lambda bar: bar.value or 0)
    if len(known) > 1 and len({bar.text for bar in known}) == 1:
        text = f"{subject}: {most.text} for each of {len(known)}"
    else:
        text = f"{subject}: most is {most.label} with {most.text}"
        text += "" if least is most else f", least {least.label} with {least.text}"
    missing = len(bars) - len(known)
    return text + (f"; not known for {missing} of {len(bars)}." if missing else ".")


def horizontal_bars(
    bars: Sequence[Bar], subject: str, theme: Theme, *, highlight: str | None = None
) -> Chart:
    """Bars from the top down in the order given, each under its label and its value.

    `highlight` names the one bar that stays in the accent colour while the others go grey.
    """
    figure = _bar_figure([bar.label for bar in bars], theme)
    figure.add_bar(
        orientation="h",
        x=[bar.value or 0 for bar in bars],
        y=list(range(len(bars))),
        width=0.3,
        marker={"color": [theme.accent if highlight in (None, bar.label) else theme.neutral for bar in bars]},
        customdata=[[plain(bar.label), plain(bar.text)] for bar in bars],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
    _fill_width(figure, [bar.value or 0 for bar in bars])
    for row, bar in enumerate(bars):
        colour = theme.text if bar.value is not None else theme.muted
        _write_above(figure, row, bar.text, colour, side="right")
    return Chart(figure, bars_alt(bars, subject))


def stacked_alt(segments: Sequence[Segment], subject: str) -> str:
    """The finding of a stacked chart: its largest single part."""
    if not segments:
        return f"{subject}: there is nothing to show."
    most = max(segments, key=lambda segment: segment.value)
    return f"{subject}: the largest part is {most.part} in {most.label} with {most.text}."


def stacked_bars(
    segments: Sequence[Segment], subject: str, theme: Theme, colours: Mapping[str, str] | None = None
) -> Chart:
    """Stacked bars, one row per label; parts differ by colour and by pattern, and are named in the legend.

    `colours` are those of parts of which the colour means something; the others take the series' in turn.
    """
    labels = list(dict.fromkeys(segment.label for segment in segments))
    parts = list(dict.fromkeys(segment.part for segment in segments))
    totals = [sum(row.value for row in segments if row.label == label) for label in labels]
    smallest = max(totals, default=0) * _LEAST_WRITTEN
    # Two names fit beside each other on a phone.
    figure = _bar_figure(labels, theme, top=LEGEND_ROW * ceil(len(parts) / 2) + 8)
    for position, part in enumerate(parts):
        rows = [segment for segment in segments if segment.part == part]
        colour = (colours or {}).get(part, theme.series[position % len(theme.series)])
        figure.add_bar(
            orientation="h",
            name=plain(part),
            x=[row.value for row in rows],
            y=[labels.index(row.label) for row in rows],
            width=0.46,
            # A number wider than its part would run into the next one; the hover text has them all.
            text=[plain(row.text) if row.value >= smallest else "" for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": ink_on(colour, theme), "size": 12},
            constraintext="none",
            textangle=0,
            marker=_part_marker(position, colour, theme),
            customdata=[[plain(row.label), plain(part), plain(row.text)] for row in rows],
            hovertemplate="%{customdata[0]}, %{customdata[1]}: %{customdata[2]}<extra></extra>",
        )
    legend = {"traceorder": "normal", "yref": "container", "yanchor": "top"}
    figure.update_layout(barmode="stack", legend=legend)
    _fill_width(figure, totals)
    return Chart(figure, stacked_alt(segments, subject))


def show_chart(
    chart: Chart,
    table: pd.DataFrame,
    columns: Mapping[str, ColumnConfig | str | None],
    name: str,
    *,
    unknown: str = NOT_STATED,
) -> None:
    """The chart, its finding as a line of text, and the table behind it with its download.

    `name` is the download's file name, and unique on the screen.
    """
    st.plotly_chart(chart.figure, theme=None, config=CONFIG, alt=chart.alt, key=keyed(WidgetKey.CHART, name))
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        st.caption(literal(chart.alt), width="stretch")
        with st.popover(
            "Table", icon=":material/table_rows:", type="tertiary", key=keyed(WidgetKey.TABLE, name)
        ):
            show_table(table, columns, alt=f"The numbers behind the chart: {chart.alt}", unknown=unknown)
            download_csv(table, name)


def add_day_line(figure: go.Figure, day: dt.date, label: str, theme: Theme) -> None:
    """A dashed vertical line on a time axis, with its label at the top."""
    line = {"color": theme.text, "width": 1, "dash": "4px,3px"}
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
    note = {"color": theme.text, "size": 12}
    figure.add_annotation(
        x=day, y=1, yref="paper", yanchor="bottom", text=plain(label), showarrow=False, font=note
    )


def _part_marker(position: int, colour: str, theme: Theme) -> dict[str, Any]:
    pattern = {
        "shape": _PATTERNS[position % len(_PATTERNS)],
        "fillmode": "overlay",
        "fgcolor": theme.background,
        "fgopacity": 0.4,
        "size": 9,
        "solidity": 0.15,
    }
    return {"color": colour, "line": {"color": theme.background, "width": 1}, "pattern": pattern}


def _bar_figure(labels: Sequence[str], theme: Theme, top: int = 0) -> go.Figure:
    """An empty figure with one row per label, which is written above its bar: it has room at any width."""
    figure = empty_figure(theme, max(len(labels), 1) * BAR_ROW + top + 12)
    # Rows are placed by number: two rows with the same label stay two rows.
    figure.update_yaxes(visible=False, range=[max(len(labels), 1) - 0.5, -0.7])
    figure.update_xaxes(visible=False)
    figure.update_layout(margin={"l": 2, "r": 2, "t": top, "b": 4})
    for row, label in enumerate(labels):
        _write_above(figure, row, shortened(label, LABEL_LENGTH), theme.text, side="left")
    return figure


def _fill_width(figure: go.Figure, totals: Sequence[float]) -> None:
    """The longest bar as wide as the figure; a negative one keeps its side of the axis."""
    figure.update_xaxes(range=[min(0, *totals, 0), max(0, *totals, 0) or 1])


def _write_above(figure: go.Figure, row: int, text: str, colour: str, side: Literal["left", "right"]) -> None:
    figure.add_annotation(
        x=0 if side == "left" else 1, xref="paper", xanchor=side, align=side,
        y=row - 0.24, yanchor="bottom",
        text=plain(text), showarrow=False, borderpad=0, font={"color": colour, "size": 13},
    )  # fmt: skip
