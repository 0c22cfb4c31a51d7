"""What falls due next: milestones, reports and deadlines in one list by date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portfolio.dates import PartialDate
from portfolio.model.rows import MilestoneRow
from portfolio.services.access import Person, require
from portfolio.services.deadlines.calendars import Due
from portfolio.services.milestones import DUE_DAYS, MilestoneState, milestone_state
from portfolio.services.signals import count_label
from portfolio.storage.engine import Database
from portfolio.storage.queries.standings.milestones import find_due_milestones, find_late_milestones

MOST = 20


@dataclass(frozen=True)
class DueLine:
    """Something that falls due: `when` in words, as precisely as it is known, and how it was counted."""

    day: dt.date
    when: str
    what: str
    project_key: str | None
    arithmetic: str = ""


@dataclass(frozen=True)
class LateMilestones:
    """The open milestones that are late by most, at most 20; `due_too` of all late fall due in 90 days."""

    first: tuple[MilestoneState, ...]
    due_too: int


def first_milestones(
    database: Database, person: Person, *, as_of: dt.date, project_keys: frozenset[str] | None = None,
    with_late: bool = True,
) -> tuple[MilestoneState, ...]:  # fmt: skip
    """The open milestones that fall due first within 90 days, of these projects or of all, at most 20."""
    require(person, "see")
    found = find_due_milestones(database, as_of, DUE_DAYS, project_keys, MOST, with_late=with_late)
    return tuple(milestone_state(row, as_of) for row in found)


def late_milestones(
    database: Database, person: Person, *, as_of: dt.date, project_keys: frozenset[str] | None = None
) -> LateMilestones:
    """The milestones of these projects, or of all, that are late."""
    require(person, "see")
    found, due_too = find_late_milestones(database, as_of, DUE_DAYS, project_keys, MOST)
    return LateMilestones(tuple(milestone_state(row, as_of) for row in found), due_too)


def late_lines(
    milestones: Iterable[MilestoneState], passed: Iterable[Due], as_of: dt.date
) -> tuple[DueLine, ...]:
    """Late milestones, and reports and deadlines that were missed, in one list, the latest by days first."""
    found = [(state.late_days or 0, _of_late_milestone(state)) for state in milestones]
    found += [((as_of - due.until).days, _of_passed(due, as_of)) for due in passed]
    return tuple(line for _, line in sorted(found, key=lambda entry: (-entry[0], entry[1].what)))


def _of_late_milestone(state: MilestoneState) -> DueLine:
    line, baseline = _of_milestone(state), PartialDate.parse(state.milestone.baseline or "")
    forecast = f", forecast for {line.when}" if state.milestone.forecast else ""
    return replace(line, day=baseline.last, when=baseline.label, what=f"{line.what}{forecast}")


def _of_passed(due: Due, as_of: dt.date) -> DueLine:
    line = _of_deadline(due, as_of)
    late = count_label((as_of - due.until).days, "day")
    return replace(line, what=f"{line.what}, {late} {'late' if due.code == 'report' else 'past'}")


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
