"""What is late or falls due in the projects of a short document: milestones, deadlines and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio.dates import PartialDate, date_label
from portfolio.numbers import counted
from portfolio.services.deadlines.calendars import Due, upcoming
from portfolio.services.milestones import HORIZONS_DAYS, MilestoneState
from portfolio.summaries.content import Column, Missing, Row, Table
from portfolio.summaries.milestone_tables import own_milestones
from portfolio.summaries.scopes import Subject

AHEAD_DAYS = HORIZONS_DAYS[-1]
_COLUMNS = (
    Column("when", "When", "date"),
    Column("project", "Project", widest=20),
    Column("what", "What", widest=52),
    Column("standing", "How it stands", widest=24),
)
NOTHING = f"Nothing is late or falls due within {AHEAD_DAYS} days by what is recorded."


@dataclass(frozen=True)
class Item:
    """One line: a reduced date as it is recorded, or a range of two days, and how it stands in words."""

    when: str
    day: dt.date
    project: str
    what: str
    standing: str
    is_late: bool
    is_milestone: bool


def agenda(subject: Subject) -> tuple[Item, ...]:
    """What was missed, the longest ago first, then what falls due, the next first."""
    found = (*_milestones(subject), *_deadlines(subject))
    return tuple(sorted(found, key=lambda item: (not item.is_late, item.day, item.project, item.what)))


def _milestones(subject: Subject) -> Iterator[Item]:
    names, as_of = subject.view.names, subject.view.as_of
    for state in own_milestones(subject):
        is_due = state.is_due_within(as_of, AHEAD_DAYS)
        if state.is_late or is_due:
            row = state.milestone
            when = (row.baseline if state.is_late else None) or row.forecast or row.baseline or ""
            day = PartialDate.parse(when).last if when else as_of
            yield Item(
                when, day, names[row.project_key], row.title, _standing(state, as_of), state.is_late, True
            )


def _standing(state: MilestoneState, as_of: dt.date) -> str:
    row = state.milestone
    kind = "contractual milestone" if row.contractual else "milestone"
    if not state.is_late:
        return f"{kind}, due"
    planned = PartialDate.of(row.baseline)
    # What is planned for a day to come is late by its forecast alone.
    is_to_come = planned is not None and planned.last >= as_of
    said = f"{kind}, {'forecast ' if is_to_come else ''}{counted(state.late_days or 0, 'day')} late"
    return f"{said} ({row.forecast})" if row.forecast and is_to_come else said


def _deadlines(subject: Subject) -> Iterator[Item]:
    calendar = subject.monitoring.deadlines
    for due in calendar.passed:
        yield _item(subject, due, is_late=True)
    for due in upcoming(calendar, days=AHEAD_DAYS):
        yield _item(subject, due, is_late=False)


def _item(subject: Subject, due: Due, *, is_late: bool) -> Item:
    day, until = due.day.isoformat(), due.until.isoformat()
    when = day if day == until else f"{day} to {until}"
    project = subject.view.names.get(due.project_key or "", "")
    kind, words = "report" if due.code == "report" else "deadline", due.state_words
    standing = f"{kind}, {words[:1].lower()}{words[1:]}"
    return Item(when, due.day, project, due.name, standing, is_late, False)


def next_item(items: Iterable[Item], as_of: dt.date) -> Item | None:
    """The next of what is still to come; a window that is open already only where nothing else is."""
    ahead = [item for item in items if not item.is_late]
    return next((item for item in ahead if item.day >= as_of), ahead[0] if ahead else None)


def when_words(when: str) -> str:
    """The date or range of an item as people read it."""
    return " to ".join(date_label(part) for part in when.split(" to ")) if when else "date not stated"


def agenda_table(items: tuple[Item, ...]) -> Table:
    """The list as a table."""
    rows = tuple(
        Row((item.when, item.project or Missing.NOT_APPLICABLE, item.what, item.standing)) for item in items
    )
    return Table("agenda", _COLUMNS, rows, if_empty=NOTHING)
