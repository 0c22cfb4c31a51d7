"""The figures of milestones that can be opened: one line for each milestone that counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio.dates import date_label
from portfolio.model.rows import MilestoneRow
from portfolio.numbers import counted
from portfolio.services.figures.breakdowns import Breakdown, Line, Value
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.milestones import (
    HORIZONS_DAYS,
    MilestoneState,
    is_reached_in_future,
    milestone_states,
)
from portfolio.storage.queries.milestones import find_milestones

NO_BASELINE = "no baseline is on record"
IN_FUTURE = "the actual date lies in the future"
NO_SLIP = "baseline or date reached is not known to the day"
States = tuple[MilestoneState, ...]


def load_states(subject: FigureSubject) -> States:
    """The milestones of the projects that the figures are about, context and cancelled ones included."""
    rows = (row for row in subject.rows(find_milestones) if row.project_key in subject.keys)
    return milestone_states(rows, subject.as_of)


def _line(subject: FigureSubject, row: MilestoneRow, value: Value, remark: str, *names: str) -> Line:
    of_several = subject.project_key is None
    label = f"{subject.view.names.get(row.project_key, '')}: {row.title}" if of_several else row.title
    fields = tuple(("milestone", row.key, name) for name in (*names, "title", "status"))
    return Line(label, value, fields, row.project_key, remark)


@dataclass(frozen=True)
class _Count:
    """Milestones of which the ones that meet a condition count as 1 each."""

    figure_id: str
    is_wanted: Callable[[MilestoneState], bool]
    fields: tuple[str, ...]
    noun: str = "milestone"

    def __call__(self, subject: FigureSubject) -> Breakdown:
        wanted = [state for state in subject.once(load_states) if self.is_wanted(state)]
        lines = tuple(
            _line(subject, state.milestone, 1, _dates(state.milestone), *self.fields) for state in wanted
        )
        return Breakdown(
            self.figure_id, subject.label, len(lines), "count", "", lines, known=len(lines), of=len(lines),
            noun=self.noun,
        )  # fmt: skip


def _dates(row: MilestoneRow) -> str:
    named = [("baseline", row.baseline), ("forecast", row.forecast), ("reached", row.actual)]
    return ", ".join(f"{name} {date_label(text)}" for name, text in named if text) or "no date stated"


def _still_open(subject: FigureSubject) -> list[MilestoneState]:
    return [state for state in subject.once(load_states) if state.is_counted and state.is_open]


def _late(subject: FigureSubject) -> Breakdown:
    still_open = _still_open(subject)
    late = sorted((state for state in still_open if state.is_late), key=lambda state: -(state.late_days or 0))
    lines = tuple(
        _line(
            subject, state.milestone, 1, f"{counted(state.late_days or 0, 'day')}; {_dates(state.milestone)}",
            "baseline", "forecast",
        )
        for state in late
    )  # fmt: skip
    known = sum(state.late_days is not None for state in still_open)
    return Breakdown(
        "milestones-late", subject.label, len(lines), "count", "", lines, known=known, of=len(still_open),
        noun="open milestone", line_noun="milestone",
    )  # fmt: skip


def _late_days(subject: FigureSubject) -> Breakdown:
    lines = tuple(
        _line(
            subject, state.milestone, state.late_days,
            NO_BASELINE if state.late_days is None else _dates(state.milestone), "baseline", "forecast",
        )
        for state in _still_open(subject)
    )  # fmt: skip
    return _each("late-days", subject, lines, "open milestone")


def _slip_days(subject: FigureSubject) -> Breakdown:
    lines = tuple(
        _line(
            subject, state.milestone, state.slip_days,
            _slip_remark(state, subject.as_of), "baseline", "forecast", "actual",
        )
        for state in subject.once(load_states)
        if state.is_counted
    )  # fmt: skip
    return _each("slip-days", subject, lines, "milestone")


def _slip_remark(state: MilestoneState, as_of: dt.date) -> str:
    if is_reached_in_future(state.milestone, as_of):
        return IN_FUTURE
    return NO_SLIP if state.slip_days is None else _dates(state.milestone)


def _each(figure_id: str, subject: FigureSubject, lines: tuple[Line, ...], noun: str) -> Breakdown:
    known = sum(line.value is not None for line in lines)
    return Breakdown(
        figure_id, subject.label, None, "days", "", lines, is_sum=False, known=known, of=len(lines), noun=noun
    )


def _due(subject: FigureSubject) -> Breakdown:
    still_open, as_of = _still_open(subject), subject.as_of
    within = {
        days: [state for state in still_open if state.is_due_within(as_of, days)] for days in HORIZONS_DAYS
    }
    furthest = within[max(HORIZONS_DAYS)]
    lines = tuple(
        _line(subject, state.milestone, 1, _horizon(state, within), "forecast", "baseline")
        for state in sorted(furthest, key=lambda state: (str(state.due), state.milestone.key))
    )
    numbers = "; ".join(f"{len(found):,} within {days} days" for days, found in within.items())
    known = sum(state.due is not None for state in still_open)
    return Breakdown(
        "milestones-due", subject.label, len(lines), "count", numbers, lines, known=known,
        of=len(still_open), noun="open milestone", line_noun="milestone", said=_spans(within),
    )  # fmt: skip


def _spans(within: Mapping[int, list[MilestoneState]]) -> str:
    """Every span with its number: the widest alone would contradict a screen that shows another."""
    (days, first), *others = within.items()
    words = f"{counted(len(first), 'milestone')} due within {days} days"
    return ", ".join([words, *(f"{len(found):,} within {days}" for days, found in others)])


def _horizon(state: MilestoneState, within: Mapping[int, list[MilestoneState]]) -> str:
    days = min(days for days, found in within.items() if state in found)
    due = state.due.label if state.due else ""
    return f"due {due}, within {days} days"


def _is_done(state: MilestoneState) -> bool:
    return state.is_counted and state.is_done


def _is_undated(state: MilestoneState) -> bool:
    return state.is_counted and state.is_open and state.due is None


def _is_context(state: MilestoneState) -> bool:
    return state.milestone.about == "context"


MILESTONES: Mapping[str, Builder] = {
    "milestones": _Count("milestones", lambda state: state.is_counted, ("baseline", "forecast", "actual")),
    "milestones-done": _Count("milestones-done", _is_done, ("actual",)),
    "milestones-late": _late,
    "late-days": _late_days,
    "slip-days": _slip_days,
    "milestones-due": _due,
    "milestones-undated": _Count("milestones-undated", _is_undated, ()),
    "milestones-context": _Count("milestones-context", _is_context, ("actual",), "entry"),
}
