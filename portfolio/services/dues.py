"""What falls due next: milestones, reports and deadlines in one list by date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.model.rows import MilestoneRow
from portfolio.services.access import Person, require
from portfolio.services.deadlines.calendars import DUE_DAYS, Due
from portfolio.services.milestones import MilestoneState, milestone_state
from portfolio.services.signals import count_label
from portfolio.storage.engine import Database
from portfolio.storage.queries.standings.milestones import find_due_milestones

MOST = 20


@dataclass(frozen=True)
class DueLine:
    """Something that falls due: `when` in words, as precisely as it is known, and how it was counted."""

    day: dt.date
    when: str
    what: str
    project_key: str | None
    arithmetic: str = ""


def first_milestones(
    database: Database, person: Person, *, as_of: dt.date, project_keys: frozenset[str] | None = None
) -> tuple[MilestoneState, ...]:
    """The open milestones that fall due first within 90 days, of these projects or of all, at most 20."""
    require(person, "see")
    found = find_due_milestones(database, as_of, DUE_DAYS, project_keys, MOST)
    return tuple(milestone_state(row, as_of) for row in found)


def due_lines(
    milestones: Iterable[MilestoneState], dues: Iterable[Due], as_of: dt.date
) -> tuple[DueLine, ...]:
    """Milestones, reports and deadlines in one list, the next first; an open window by its last day."""
    lines = [_of_milestone(state) for state in milestones]
    lines += [_of_deadline(due, as_of) for due in dues]
    return tuple(sorted(lines, key=lambda line: (line.day, line.what, line.project_key or "")))


def _of_milestone(state: MilestoneState) -> DueLine:
    row: MilestoneRow = state.milestone
    kind = "Contractual milestone" if row.contractual else "Milestone"
    late = f", {count_label(state.late_days, 'day')} late" if state.late_days else ""
    day = state.due.last if state.due else dt.date.max
    when = state.due.label if state.due else "not stated"
    return DueLine(day, when, f"{kind} '{row.title}'{late}", row.project_key)


def _of_deadline(due: Due, as_of: dt.date) -> DueLine:
    subject = f" ({due.subject})" if due.project_key is None else ""
    day = due.day if due.day >= as_of else due.until
    return DueLine(day, due.when, f"{due.name}{subject}, indicative", due.project_key, due.arithmetic)
