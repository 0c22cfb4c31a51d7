"""The portfolio along time: baseline, what has passed, forecast, extensions, reports, steering committees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from portfolio.dates import PartialDate
from portfolio.services.deadlines.reports import ReportState
from portfolio.services.timelines import Course, courses_sentence
from portfolio.ui.charts import LEGEND_ROW, Chart, add_day_line, empty_figure, plain, shortened
from portfolio.ui.theme import Theme
from portfolio.ui.timelines import day_text, duration_ms

ROW = 40
_LABEL_LENGTH = 50
# Where a row's parts lie below its label, in rows.
_BAR, _BASE = 0.12, 0.34
_LEGENDS, _AXIS = LEGEND_ROW * 3 + 8, 24


@dataclass(frozen=True)
class Stretch:
    """A part of one row's bar, both days included; `text` is what the hover says."""

    row: int
    first: dt.date
    last: dt.date
    text: str


def gantt_chart(courses: Sequence[Course], subject: str, theme: Theme, today: dt.date) -> Chart:
    """One row per project, each kind of bar and mark with its own shape, named in the legend."""
    figure = empty_figure(theme, max(len(courses), 1) * ROW + 2 * _LEGENDS + _AXIS)
    rows = list(enumerate(courses))
    _bars(figure, "Baseline", [part for row in rows for part in _baseline(*row)], 0.09, _BASE, theme.muted)
    running = [row for row in rows if row[1].status != "closed"]
    closed = [row for row in rows if row[1].status == "closed"]
    _bars(figure, "Actual", [p for row in running for p in _actual(*row, today)], 0.3, _BAR, theme.accent)
    _bars(figure, "Closed", [p for row in closed for p in _actual(*row, today)], 0.3, _BAR, theme.neutral)
    forecast = [part for row in rows for part in _forecast(*row, today)]
    _bars(figure, "Forecast", forecast, 0.3, _BAR, theme.accent_soft)
    unsure = [part for row in rows for part in _unsure(*row)]
    _bars(figure, "Not to the day", unsure, 0.14, _BAR, theme.accent, pattern=".")
    extended = [part for row in rows for part in _extended(*row)]
    _bars(figure, "Extension", extended, 0.3, _BAR, theme.text, pattern="/")
    _add_marks(figure, rows, theme)
    _label_rows(figure, courses, theme)
    add_day_line(figure, today, f"As at {day_text(today)}", theme)
    # Bars are named above and marks below: on a phone each takes three lines.
    look = {"yref": "container", "traceorder": "normal", "font": figure.layout.template.layout.legend.font}
    below = {**look, "orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "bottom"}
    figure.update_layout(
        legend={**look, "y": 1, "yanchor": "top"}, legend2=below, showlegend=True, barmode="overlay",
        margin={"l": 2, "r": 2, "t": _LEGENDS, "b": _LEGENDS + _AXIS},
    )  # fmt: skip
    return Chart(figure, f"{subject}: {courses_sentence(courses)}")


def _bars(
    figure: go.Figure, name: str, parts: Sequence[Stretch], width: float, below: float, colour: str,
    *, pattern: str = "",
) -> None:  # fmt: skip
    if not parts:
        return
    hatched = {"shape": pattern, "fillmode": "replace", "fgcolor": colour, "size": 6, "solidity": 0.3}
    figure.add_bar(
        orientation="h",
        name=name,
        base=[part.first for part in parts],
        x=[duration_ms(part.first, part.last) for part in parts],
        y=[part.row + below for part in parts],
        width=width,
        marker={"color": colour, "line": {"width": 0}, **({"pattern": hatched} if pattern else {})},
        text=[plain(part.text) for part in parts],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def _baseline(row: int, course: Course) -> Iterator[Stretch]:
    start, end = course.start, course.original_end
    if start is not None and end is not None and start.first <= end.last:
        text = f"{course.project.acronym}, baseline: {start.label} to {end.label}"
        yield Stretch(row, start.first, end.last, text)


def _actual(row: int, course: Course, today: dt.date) -> Iterator[Stretch]:
    """From the last possible first day to the date, or to the end where that has come before it."""
    start, end = course.start, course.present_end
    if start is None or (end is None and course.status != "ongoing"):
        return
    last = min(end.first, today) if end is not None else today
    if start.last <= last:
        known = end.label if end is not None else "not stated"
        yield Stretch(row, start.last, last, f"{course.project.acronym}: {start.label} to {known}")


def _forecast(row: int, course: Course, today: dt.date) -> Iterator[Stretch]:
    start, end = course.start, course.present_end
    if start is None or end is None:
        return
    first = max(start.last, today + dt.timedelta(days=1))
    if first <= end.first:
        slip = f", slip {course.extended}" if course.extensions else ""
        yield Stretch(row, first, end.first, f"{course.project.acronym}: present end {end.label}{slip}")


def _unsure(row: int, course: Course) -> Iterator[Stretch]:
    for date, word in ((course.start, "start"), (course.present_end, "end")):
        if date is not None and not date.is_day:
            text = f"{course.project.acronym}: {word} {date.label}, known no more precisely"
            yield Stretch(row, date.first, date.last, text)


def _extended(row: int, course: Course) -> Iterator[Stretch]:
    for step in course.extensions:
        if step.before.last < step.after.last:
            text = f"{course.project.acronym}, extension: {step.words}"
            yield Stretch(row, step.before.last, step.after.last, text)


_Mark = tuple[int, dt.date, str]


def _add_marks(figure: go.Figure, rows: Iterable[tuple[int, Course]], theme: Theme) -> None:
    """Reports and steering committees, each by how it stands; the late ones lie on top."""
    listed = list(rows)
    for name, marks, symbol, colour in (
        ("Report received", _reports(listed, "received", "received-late"), "circle", theme.neutral),
        ("Report due", _reports(listed, "due"), "circle-open", theme.accent),
        ("Committee held", _committees(listed, is_done=True), "square", theme.text),
        ("Committee planned", _committees(listed, is_done=False), "square-open", theme.text),
        ("Report late", _reports(listed, "late"), "triangle-up", theme.status["red"]),
    ):
        if marks:
            rim = {"color": colour if symbol.endswith("open") else theme.background, "width": 1.5}
            figure.add_scatter(
                mode="markers",
                name=name,
                legend="legend2",
                x=[day for _, day, _ in marks],
                y=[row + _BAR for row, _, _ in marks],
                marker={"symbol": symbol, "size": 9, "color": colour, "line": rim},
                text=[plain(text) for _, _, text in marks],
                hovertemplate="%{text}<extra></extra>",
            )


def _reports(rows: Iterable[tuple[int, Course]], *states: ReportState) -> list[_Mark]:
    return [
        (row, report.latest, f"{course.project.acronym}: {report.name}, {report.when}, {report.outcome}")
        for row, course in rows
        for report in course.reports
        if report.state in states
    ]


def _committees(rows: Iterable[tuple[int, Course]], *, is_done: bool) -> list[_Mark]:
    found = []
    for row, course in rows:
        for state in course.committees:
            done = state.milestone.actual or state.milestone.baseline
            date = PartialDate.of(done) if state.is_done else state.due
            if state.is_done is is_done and date is not None:
                text = f"{course.project.acronym}: {state.milestone.title}, {date.label}"
                found.append((row, date.first, text))
    return found


def _label_rows(figure: go.Figure, courses: Sequence[Course], theme: Theme) -> None:
    figure.update_xaxes(type="date", side="bottom", showgrid=True, zeroline=False)
    figure.update_yaxes(visible=False, range=[max(len(courses), 1) - 0.4, -0.6])
    first = min((day for course in courses for day in _days(course)), default=None)
    last = max((day for course in courses for day in _days(course)), default=None)
    if first is None or last is None:
        return
    for row, course in enumerate(courses):
        days = sorted(_days(course)) or [first]
        is_late = (days[0] - first) > 0.5 * (last - first)
        stated = "" if course.start or course.present_end else ": start and end not stated"
        figure.add_annotation(
            x=days[-1] if is_late else days[0], xanchor="right" if is_late else "left",
            y=row - 0.08, yanchor="bottom", showarrow=False, borderpad=0, bgcolor=theme.background,
            text=plain(shortened(course.project.acronym, _LABEL_LENGTH)) + stated,
            font={"color": theme.text, "size": 12},
        )  # fmt: skip


def _days(course: Course) -> Iterator[dt.date]:
    for date in (course.start, course.original_end, course.present_end):
        if date is not None:
            yield from (date.first, date.last)
