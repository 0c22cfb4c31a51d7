"""Charts along time: projects as bars, and the line that says where today is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from portfolio.ui.charts import Chart, add_day_line, empty_figure, plain, shortened
from portfolio.ui.theme import Theme

ROW_HEIGHT = 28
_DAY_MS = 86_400_000
# Longer labels would leave no room for time on a phone; the table and the hover text keep them whole.
_LABEL_LENGTH = 28


@dataclass(frozen=True)
class Span:
    """One bar from `start` to `end`, both included; `text` is what the hover says after the label.

    Where only the month or the year is published, the bar is certain from `sure_start` to `sure_end` alone
    and pale beyond; without them it is certain from end to end.
    """

    label: str
    start: dt.date
    end: dt.date
    text: str
    quiet: bool = False
    sure_start: dt.date | None = None
    sure_end: dt.date | None = None

    @property
    def certain(self) -> tuple[dt.date, dt.date] | None:
        """First and last certain day; None where no day is."""
        first, last = self.sure_start or self.start, self.sure_end or self.end
        return (first, last) if first <= last else None


def day_text(day: dt.date) -> str:
    """A day as people read it: "31 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def timeline(spans: Sequence[Span], alt: str, theme: Theme, today: dt.date) -> Chart:
    """One bar per span from the top down, and a line at `today`; quiet spans are grey.

    `alt` is its finding in words: where a bar ends may be drawn and not known, so the bars cannot say it.
    """
    figure = empty_figure(theme, _height(len(spans), extra=64))
    rows = list(enumerate(spans))
    pale = {True: theme.neutral_soft, False: theme.accent_soft}
    full = {True: theme.neutral, False: theme.accent}
    _add_bars(figure, [(row, span, (span.start, span.end)) for row, span in rows], pale)
    _add_bars(figure, [(row, span, span.certain) for row, span in rows if span.certain], full)
    figure.update_layout(barmode="overlay")
    _time_axes(figure, [span.label for span in spans])
    add_day_line(figure, today, f"As at {day_text(today)}", theme)
    return Chart(figure, alt)


def _add_bars(
    figure: go.Figure,
    bars: Sequence[tuple[int, Span, tuple[dt.date, dt.date]]],
    colours: dict[bool, str],
) -> None:
    figure.add_bar(
        orientation="h",
        base=[first for _, _, (first, _) in bars],
        x=[((last - first).days + 1) * _DAY_MS for _, _, (first, last) in bars],
        y=[row for row, _, _ in bars],
        width=0.55,
        marker={"color": [colours[span.quiet] for _, span, _ in bars], "line": {"width": 0}},
        customdata=[[plain(span.label), plain(span.text)] for _, span, _ in bars],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        showlegend=False,
    )


def duration_ms(start: dt.date, end: dt.date) -> int:
    """How long a bar on a time axis is that shows both days."""
    return ((end - start).days + 1) * 86_400_000


def _height(rows: int, extra: int) -> int:
    return max(rows, 1) * ROW_HEIGHT + extra


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
