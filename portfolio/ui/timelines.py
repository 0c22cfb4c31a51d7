"""Charts along time: projects as bars, milestones as marks, and the line that says where today is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from portfolio.ui.charts import Chart, add_day_line, empty_figure, plain, shortened
from portfolio.ui.theme import Theme

ROW_HEIGHT = 28
# Longer labels would leave no room for time on a phone; the table and the hover text keep them whole.
_LABEL_LENGTH = 28
MarkKind = Literal["baseline", "forecast", "actual", "late"]
_MARK_NAMES: dict[MarkKind, str] = {
    "baseline": "Baseline",
    "forecast": "Forecast",
    "actual": "Actual",
    "late": "Late",
}
_SYMBOLS: dict[MarkKind, str] = {
    "baseline": "line-ns",
    "forecast": "diamond-open",
    "actual": "circle",
    "late": "triangle-up",
}


@dataclass(frozen=True)
class Span:
    """One bar from `start` to `end`, both included; `text` is what the hover says after the label."""

    label: str
    start: dt.date
    end: dt.date
    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Mark:
    """One mark at a date in a row; `text` is what the hover says."""

    row: str
    when: dt.date
    kind: MarkKind
    text: str


def day_text(day: dt.date) -> str:
    """A day as people read it: "31 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def timeline_alt(spans: Sequence[Span], subject: str, today: dt.date) -> str:
    """The finding of a timeline: how many run today and which ends next."""
    if not spans:
        return f"{subject}: there is nothing to show."
    running = sorted((span for span in spans if span.start <= today <= span.end), key=lambda span: span.end)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    text = f"{subject}: {len(spans)} from {first.year} to {last.year}; "
    if not running:
        return text + f"none runs on {day_text(today)}."
    soonest = running[0]
    return text + (
        f"{len(running)} {'runs' if len(running) == 1 else 'run'} on {day_text(today)}, "
        f"and {soonest.label} is the next to end, on {day_text(soonest.end)}."
    )


def timeline(spans: Sequence[Span], subject: str, theme: Theme, today: dt.date) -> Chart:
    """One bar per span from the top down, and a line at `today`; quiet spans are grey."""
    figure = empty_figure(theme, _height(len(spans), extra=64))
    figure.add_bar(
        orientation="h",
        base=[span.start for span in spans],
        x=[((span.end - span.start).days + 1) * 86_400_000 for span in spans],
        y=list(range(len(spans))),
        width=0.55,
        marker={"color": [theme.neutral if span.quiet else theme.accent for span in spans]},
        customdata=[[plain(span.label), plain(span.text)] for span in spans],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        showlegend=False,
    )
    _time_axes(figure, [span.label for span in spans])
    add_day_line(figure, today, f"Today, {day_text(today)}", theme)
    return Chart(figure, timeline_alt(spans, subject, today))


def marks_alt(marks: Sequence[Mark], subject: str) -> str:
    """The finding of a chart of milestones: how many are late, and the latest of each kind."""
    if not marks:
        return f"{subject}: there is nothing to show."
    late = [mark for mark in marks if mark.kind == "late"]
    done = [mark for mark in marks if mark.kind == "actual"]
    rows = len({mark.row for mark in marks})
    text = f"{subject}: {len(late)} late, {len(done)} reached, in {rows} {'row' if rows == 1 else 'rows'}"
    if done:
        text += f"; the last one reached is of {day_text(max(mark.when for mark in done))}"
    return text + "."


def milestone_chart(marks: Sequence[Mark], subject: str, theme: Theme, today: dt.date) -> Chart:
    """Marks in rows along time; each kind has its own shape and colour, and is named in the legend."""
    rows = list(dict.fromkeys(mark.row for mark in marks))
    figure = empty_figure(theme, _height(len(rows), extra=96))
    for kind, name in _MARK_NAMES.items():
        chosen = [mark for mark in marks if mark.kind == kind]
        if chosen:
            figure.add_scatter(
                mode="markers",
                name=name,
                x=[mark.when for mark in chosen],
                y=[rows.index(mark.row) for mark in chosen],
                marker=_mark_style(kind, theme),
                text=[plain(mark.text) for mark in chosen],
                hovertemplate="%{text}<extra></extra>",
            )
    _time_axes(figure, rows)
    add_day_line(figure, today, f"Today, {day_text(today)}", theme)
    legend = {"yref": "container", "y": 1, "yanchor": "top"}
    figure.update_layout(legend=legend, showlegend=True, margin={"t": 60})
    return Chart(figure, marks_alt(marks, subject))


def _height(rows: int, extra: int) -> int:
    return max(rows, 1) * ROW_HEIGHT + extra


def _mark_style(kind: MarkKind, theme: Theme) -> dict[str, object]:
    colour = {"baseline": theme.muted, "late": theme.status["red"]}.get(kind, theme.accent)
    width = 2 if kind in ("baseline", "forecast") else 0
    return {"symbol": _SYMBOLS[kind], "color": colour, "size": 11, "line": {"color": colour, "width": width}}


def _time_axes(figure: go.Figure, labels: Sequence[str]) -> None:
    figure.update_xaxes(type="date", side="bottom", showgrid=True, zeroline=False)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=[plain(shortened(label, _LABEL_LENGTH)) for label in labels],
        range=[len(labels) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        tickfont={"color": figure.layout.template.layout.font.color},
    )
    figure.update_layout(margin={"t": 28})
