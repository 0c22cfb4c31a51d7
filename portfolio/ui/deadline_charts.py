"""What falls due along time: one row per kind of deadline, ranges as strips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go

from portfolio.services.deadlines.calendars import Due
from portfolio.services.deadlines.entries import STATE_WORDS, State
from portfolio.services.signals import day_label
from portfolio.ui.charts import LEGEND_ROW, Chart, add_day_line, empty_figure, plain
from portfolio.ui.texts import counted
from portfolio.ui.theme import Theme
from portfolio.ui.timelines import duration_ms

ROW = 34
REPORTS = "Reports"
_SHOWN: tuple[State, ...] = ("passed", "near", "open")
_SYMBOLS: dict[State, str] = {"passed": "triangle-up", "near": "diamond", "open": "circle-open"}


def due_row(due: Due) -> str:
    """The row of the chart that a line stands in: reports of every kind share one."""
    return REPORTS if due.code == "report" else due.name


def due_alt(dues: Sequence[Due], subject: str, today: dt.date) -> str:
    """The finding: how many are late and fall due, and the next one."""
    if not dues:
        return f"{subject}: there is nothing to show."
    passed = sum(row.state == "passed" for row in dues)
    coming = [row for row in dues if row.state != "passed"]
    text = f"{subject}: {passed or 'none'} late, {len(coming) or 'none'} to come, in {_kinds(dues)}"
    following = next((row for row in coming if row.day >= today), None)
    return f"{text}; the next is {following.name}, {day_label(following.day)}." if following else f"{text}."


def _kinds(dues: Sequence[Due]) -> str:
    return counted(len({due_row(row) for row in dues}), "kind")


def due_chart(
    dues: Sequence[Due], subject: str, theme: Theme, today: dt.date, names: dict[str, str]
) -> Chart:
    """A mark for each deadline on its first possible day; a strip up to the last where that is later."""
    rows = list(dict.fromkeys(due_row(row) for row in dues))
    top = LEGEND_ROW * 2 + 20
    figure = empty_figure(theme, max(len(rows), 1) * ROW + top + 32)
    _add_strips(figure, [row for row in dues if row.until > row.day], rows, theme)
    for state in _SHOWN:
        _add_marks(figure, [row for row in dues if row.state == state], rows, state, theme, names)
    _label_rows(figure, rows, theme)
    add_day_line(figure, today, f"As at {day_label(today)}", theme)
    legend = {"yref": "container", "y": 1, "yanchor": "top", "traceorder": "normal"}
    figure.update_layout(
        legend=legend, showlegend=True, barmode="overlay", margin={"l": 2, "r": 2, "t": top, "b": 24}
    )
    return Chart(figure, due_alt(dues, subject, today))


def _colour(state: State, theme: Theme) -> str:
    return {"passed": theme.status["red"], "near": theme.status["amber"]}.get(state, theme.accent)


def _add_marks(
    figure: go.Figure, dues: Sequence[Due], rows: list[str], state: State, theme: Theme, names: dict[str, str]
) -> None:
    if dues:
        figure.add_scatter(
            mode="markers",
            name=STATE_WORDS[state],
            x=[row.day for row in dues],
            y=[rows.index(due_row(row)) for row in dues],
            marker={
                "symbol": _SYMBOLS[state], "size": 10, "color": _colour(state, theme),
                "line": {"color": _colour(state, theme), "width": 2 if state == "open" else 0},
            },
            text=[
                plain(f"{names.get(row.project_key or '', row.subject)}: {row.name}, {row.when}")
                for row in dues
            ],
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _add_strips(figure: go.Figure, dues: Sequence[Due], rows: list[str], theme: Theme) -> None:
    if dues:
        figure.add_bar(
            orientation="h",
            name="Window or range",
            base=[row.day for row in dues],
            x=[duration_ms(row.day, row.until) for row in dues],
            y=[rows.index(due_row(row)) for row in dues],
            width=0.2,
            marker={"color": theme.neutral_soft},
            hoverinfo="skip",
        )


def _label_rows(figure: go.Figure, rows: Sequence[str], theme: Theme) -> None:
    figure.update_xaxes(type="date", side="bottom", showgrid=True, zeroline=False)
    figure.update_yaxes(visible=False, range=[max(len(rows), 1) - 0.6, -0.75])
    for row, label in enumerate(rows):
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", align="left", y=row - 0.2, yanchor="bottom",
            text=plain(label), showarrow=False, borderpad=0, font={"color": theme.text, "size": 12},
            bgcolor=theme.background,
        )  # fmt: skip
