"""Milestones along time: one row per project; baseline, forecast and actual dates as marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import plotly.graph_objects as go

from portfolio.dates import date_label
from portfolio.ui.charts import LEGEND_ROW, Chart, add_day_line, empty_figure, plain, shortened
from portfolio.ui.theme import Theme
from portfolio.ui.timelines import Span, day_text, duration_ms

MARKS_ROW = 36
_LABEL_LENGTH = 50
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
class Mark:
    """One mark at a date in a row; `text` is what the hover says.

    `until` is the last day of a reduced date, which is drawn from `when` to `until` and never as one day.
    `since` is the date that the mark has moved from: a thin line leads from it.
    """

    row: str
    when: dt.date
    kind: MarkKind
    text: str
    until: dt.date | None = None
    since: dt.date | None = None


def marks_alt(marks: Sequence[Mark], subject: str) -> str:
    """The finding of a chart of milestones: how many are late, and the latest of each kind."""
    if not marks:
        return f"{subject}: there is nothing to show."
    late = [mark for mark in marks if mark.kind == "late"]
    done = [mark for mark in marks if mark.kind == "actual"]
    rows = len({mark.row for mark in marks})
    text = f"{subject}: {len(late)} late, {len(done)} reached, in {rows} {'row' if rows == 1 else 'rows'}"
    if done:
        text += f"; the last one reached is of {_as_precise(max(done, key=lambda mark: mark.when))}"
    return text + "."


def _as_precise(mark: Mark) -> str:
    """The date of a mark, no more precise than it is known: 18 June 2024, June 2024 or 2024."""
    if mark.until is None:
        return day_text(mark.when)
    return date_label(f"{mark.when:%Y-%m}" if mark.until.month == mark.when.month else f"{mark.when:%Y}")


def milestone_chart(
    marks: Sequence[Mark], subject: str, theme: Theme, today: dt.date, *, bands: Sequence[Span] = ()
) -> Chart:
    """Marks in rows along time; each kind has its own shape and colour, and is named in the legend.

    `bands` are pale bars behind the marks of the row that has their label: how long a project runs.
    """
    rows = list(_extents(marks, bands))
    kinds = [kind for kind in _MARK_NAMES if any(mark.kind == kind for mark in marks)]
    # Two names of the legend fit beside each other on a phone; the label of today stands below them.
    top = LEGEND_ROW * ceil(len(kinds) / 2) + 24
    figure = empty_figure(theme, max(len(rows), 1) * MARKS_ROW + top + 32)
    _add_bands(figure, [band for band in bands if band.label in rows], rows, theme)
    _add_moves(figure, marks, rows, theme)
    for kind in kinds:
        chosen = [mark for mark in marks if mark.kind == kind]
        days = [mark for mark in chosen if mark.until is None]
        _add_marks(figure, days, rows, kind, theme)
        intervals = [mark for mark in chosen if mark.until is not None]
        _add_intervals(figure, intervals, rows, kind, theme, in_legend=not days)
    _label_rows(figure, _extents(marks, bands), theme)
    add_day_line(figure, today, f"As at {day_text(today)}", theme)
    legend = {"yref": "container", "y": 1, "yanchor": "top", "traceorder": "normal"}
    figure.update_layout(
        legend=legend, showlegend=True, barmode="overlay", margin={"l": 2, "r": 2, "t": top, "b": 24}
    )
    return Chart(figure, marks_alt(marks, subject))


def _add_marks(
    figure: go.Figure, marks: Sequence[Mark], rows: Sequence[str], kind: MarkKind, theme: Theme
) -> None:
    if marks:
        figure.add_scatter(
            mode="markers",
            name=_MARK_NAMES[kind],
            x=[mark.when for mark in marks],
            y=[rows.index(mark.row) for mark in marks],
            marker=_mark_style(kind, theme),
            text=[plain(mark.text) for mark in marks],
            hovertemplate="%{text}<extra></extra>",
        )


def _add_intervals(
    figure: go.Figure,
    marks: Sequence[Mark],
    rows: Sequence[str],
    kind: MarkKind,
    theme: Theme,
    *,
    in_legend: bool,
) -> None:
    """Dates of which only the month or the year is known: strips as wide as what is not known."""
    if marks:
        colour = _mark_colour(kind, theme)
        figure.add_bar(
            orientation="h",
            name=_MARK_NAMES[kind],
            showlegend=in_legend,
            base=[mark.when for mark in marks],
            x=[duration_ms(mark.when, mark.until or mark.when) for mark in marks],
            y=[rows.index(mark.row) for mark in marks],
            width=0.26,
            # The outline keeps a month visible where a year is a few pixels wide.
            marker={"color": colour, "opacity": 0.55, "line": {"color": colour, "width": 1}},
            text=[plain(mark.text) for mark in marks],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )


def _add_bands(figure: go.Figure, bands: Sequence[Span], rows: Sequence[str], theme: Theme) -> None:
    if bands:
        figure.add_bar(
            orientation="h",
            base=[band.start for band in bands],
            x=[duration_ms(band.start, band.end) for band in bands],
            y=[rows.index(band.label) for band in bands],
            width=0.44,
            marker={"color": theme.neutral_soft},
            customdata=[[plain(band.label), plain(band.text)] for band in bands],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
            showlegend=False,
        )


def _add_moves(figure: go.Figure, marks: Sequence[Mark], rows: Sequence[str], theme: Theme) -> None:
    moved = [mark for mark in marks if mark.since is not None]
    if moved:
        figure.add_scatter(
            mode="lines",
            x=[day for mark in moved for day in (mark.since, mark.when, None)],
            y=[place for mark in moved for place in (rows.index(mark.row), rows.index(mark.row), None)],
            line={"color": theme.muted, "width": 1},
            hoverinfo="skip",
            showlegend=False,
        )


def _label_rows(figure: go.Figure, extents: Mapping[str, tuple[dt.date, dt.date]], theme: Theme) -> None:
    """Rows whose label stands above their own bar, so that time has the whole width on a phone."""
    figure.update_xaxes(type="date", side="bottom", showgrid=True, zeroline=False)
    figure.update_yaxes(visible=False, range=[max(len(extents), 1) - 0.6, -0.75])
    first = min((start for start, _ in extents.values()), default=dt.date.min)
    whole = max((end for _, end in extents.values()), default=dt.date.max) - first
    for row, (label, (start, end)) in enumerate(extents.items()):
        # What begins late has its label to the left of its end: there is no room to the right.
        is_late = (start - first) > 0.5 * whole
        figure.add_annotation(
            x=end if is_late else start, xanchor="right" if is_late else "left", align="left",
            y=row - 0.22, yanchor="bottom", text=plain(shortened(label, _LABEL_LENGTH)),
            showarrow=False, borderpad=0, font={"color": theme.text, "size": 12},
            # The line of today must not run through a name.
            bgcolor=theme.background,
        )  # fmt: skip


def _extents(marks: Sequence[Mark], bands: Sequence[Span]) -> dict[str, tuple[dt.date, dt.date]]:
    """First and last day by row, in the order of the marks."""
    found: dict[str, tuple[dt.date, dt.date]] = {}
    rows = {mark.row for mark in marks}
    days = [(mark.row, mark.when, mark.until or mark.when) for mark in marks]
    days += [(band.label, band.start, band.end) for band in bands if band.label in rows]
    for row, start, end in days:
        before = found.get(row, (start, end))
        found[row] = (min(before[0], start), max(before[1], end))
    return found


def _mark_colour(kind: MarkKind, theme: Theme) -> str:
    return {"baseline": theme.muted, "late": theme.status["red"]}.get(kind, theme.accent)


def _mark_style(kind: MarkKind, theme: Theme) -> dict[str, object]:
    colour = _mark_colour(kind, theme)
    # Where marks stand close, a rim in the colour of the page keeps them apart.
    open_mark = kind in ("baseline", "forecast")
    line = {"color": colour, "width": 2} if open_mark else {"color": theme.background, "width": 1}
    return {"symbol": _SYMBOLS[kind], "color": colour, "size": 10, "line": line}
