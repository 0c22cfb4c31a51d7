"""Charts from rows: each figure comes with a text that states its main finding with the number.

The rows are what the table behind the chart shows too. A value is never told by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from portfolio.ui.session import WidgetKey, keyed
from portfolio.ui.tables import NOT_STATED, download_csv, show_table
from portfolio.ui.theme import Theme, chart_template

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "showTips": False}
ROW_HEIGHT = 28
_LABEL_LENGTH = 42
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


def shortened(label: str) -> str:
    """A label that leaves room for the bars; the table and the hover text keep it whole."""
    return label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 1].rstrip()}…"


def empty_figure(theme: Theme, height: int) -> go.Figure:
    """A figure of our template and nothing in it."""
    figure = go.Figure()
    figure.update_layout(template=chart_template(theme), height=height)
    return figure


def rows_height(rows: int, extra: int = 24) -> int:
    """The height in pixels of a chart with one row per thing."""
    return max(rows, 1) * ROW_HEIGHT + extra


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
    text = f"{subject}: most is {most.label} with {most.text}"
    if least is not most:
        text += f", least {least.label} with {least.text}"
    missing = len(bars) - len(known)
    return text + (f"; not known for {missing} of {len(bars)}." if missing else ".")


def horizontal_bars(
    bars: Sequence[Bar], subject: str, theme: Theme, *, highlight: str | None = None
) -> Chart:
    """Bars from the top down in the order given, each with its value written at its end.

    `highlight` names the one bar that stays in the accent colour while the others go grey.
    """
    figure = empty_figure(theme, rows_height(len(bars)))
    colours = [theme.accent if highlight in (None, bar.label) else theme.neutral for bar in bars]
    figure.add_bar(
        orientation="h",
        x=[bar.value or 0 for bar in bars],
        y=list(range(len(bars))),
        text=[bar.text for bar in bars],
        textposition="outside",
        cliponaxis=False,
        marker={"color": colours},
        customdata=[bar.label for bar in bars],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    longest = max((bar.value or 0 for bar in bars), default=0)
    # Room at the right for the longest written value.
    figure.update_xaxes(visible=False, range=[0, (longest or 1) * 1.35])
    _label_rows(figure, [bar.label for bar in bars])
    return Chart(figure, bars_alt(bars, subject))


def stacked_alt(segments: Sequence[Segment], subject: str) -> str:
    """The finding of a stacked chart: its largest single part."""
    if not segments:
        return f"{subject}: there is nothing to show."
    most = max(segments, key=lambda segment: segment.value)
    return f"{subject}: the largest part is {most.part} in {most.label} with {most.text}."


def stacked_bars(segments: Sequence[Segment], subject: str, theme: Theme) -> Chart:
    """Stacked bars, one row per label; parts differ by colour and by pattern, and are named in the legend."""
    labels = list(dict.fromkeys(segment.label for segment in segments))
    parts = list(dict.fromkeys(segment.part for segment in segments))
    figure = empty_figure(theme, rows_height(len(labels), extra=56))
    for position, part in enumerate(parts):
        rows = [segment for segment in segments if segment.part == part]
        figure.add_bar(
            orientation="h",
            name=part,
            x=[row.value for row in rows],
            y=[labels.index(row.label) for row in rows],
            text=[row.text for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            marker=_part_marker(position, theme),
            customdata=[row.label for row in rows],
            hovertemplate="%{customdata}, " + part + ": %{text}<extra></extra>",
        )
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(visible=False)
    _label_rows(figure, labels)
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
    st.caption(chart.alt)
    with st.popover("Table", icon=":material/table_rows:", key=keyed(WidgetKey.TABLE, name)):
        show_table(table, columns, alt=f"The numbers behind the chart: {chart.alt}", unknown=unknown)
        download_csv(table, name)


def add_day_line(figure: go.Figure, day: dt.date, label: str, theme: Theme) -> None:
    """A dashed vertical line on a time axis, with its label at the top."""
    line = {"color": theme.text, "width": 1, "dash": "dash"}
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
    note = {"color": theme.text, "size": 12}
    figure.add_annotation(x=day, y=1, yref="paper", yanchor="bottom", text=label, showarrow=False, font=note)


def _part_marker(position: int, theme: Theme) -> dict[str, Any]:
    colour = theme.series[position % len(theme.series)]
    shape = _PATTERNS[position % len(_PATTERNS)]
    pattern = {"shape": shape, "fgcolor": theme.background, "fgopacity": 0.35, "size": 6}
    return {"color": colour, "line": {"color": theme.background, "width": 1}, "pattern": pattern}


def _label_rows(figure: go.Figure, labels: Sequence[str]) -> None:
    # Rows are placed by number: two rows with the same label stay two rows.
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=[shortened(label) for label in labels],
        range=[len(labels) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        tickfont={"color": figure.layout.template.layout.font.color},
    )
