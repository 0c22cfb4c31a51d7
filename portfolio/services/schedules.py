"""Milestones as a list to read: chosen by kind and by how they stand, the most urgent first, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.services.access import Person, require
from portfolio.services.attention import lateness
from portfolio.services.milestones import HORIZONS_DAYS, MilestoneCounts, MilestoneState
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_evidence
from portfolio.vocabulary import codes

ALL = "all"
# How a milestone can stand, in the words of the screen.
STANDINGS: dict[str, str] = {
    ALL: "All",
    "late": "Late",
    **{f"due-{days}": f"Due in {days} days" for days in HORIZONS_DAYS},
    "open": "Open",
    "done": "Done",
}


@dataclass(frozen=True)
class Schedule:
    """The milestones of the chosen projects: what is counted, most urgent first, and what stands apart."""

    counted: tuple[MilestoneState, ...]
    cancelled: tuple[MilestoneState, ...]
    context: tuple[MilestoneState, ...]
    late: tuple[MilestoneState, ...]
    slip_known: int
    baselines: int


def schedule(states: Iterable[MilestoneState]) -> Schedule:
    """The milestones as they are read: late ones by days, open ones by date, done ones latest first."""
    listed = sorted(states, key=_urgency)
    counted = tuple(state for state in listed if state.is_counted)
    own = [state for state in listed if state.milestone.about == "project"]
    return Schedule(
        counted=counted,
        cancelled=tuple(state for state in own if state.milestone.status == "cancelled"),
        context=tuple(state for state in listed if state.milestone.about == "context"),
        late=tuple(state for state in counted if state.is_late),
        slip_known=sum(state.slip_days is not None for state in counted),
        baselines=sum(state.milestone.baseline is not None for state in counted),
    )


def _urgency(state: MilestoneState) -> tuple[int, int, str]:
    if state.is_late:
        return (0, -(state.late_days or 0), state.milestone.key)
    if state.is_open:
        return (1, state.due.last.toordinal() if state.due else dt.date.max.toordinal(), state.milestone.key)
    reached = state.milestone.actual or state.milestone.baseline or ""
    return (2, -_ordinal(reached), state.milestone.key)


def _ordinal(text: str) -> int:
    """A number that sorts reduced dates: year, month and day, a missing part as 0."""
    digits = text.replace("-", "")
    return int(digits.ljust(8, "0")) if digits else 0


def standing(states: Iterable[MilestoneState], code: str, as_of: dt.date) -> tuple[MilestoneState, ...]:
    """The milestones that stand as the code of STANDINGS says, in their order."""
    return tuple(state for state in states if _stands(state, code, as_of))


def _stands(state: MilestoneState, code: str, as_of: dt.date) -> bool:
    if code.startswith("due-"):
        return state.is_due_within(as_of, int(code.removeprefix("due-")))
    simple = {"late": state.is_late, "open": state.is_open, "done": state.is_done}
    return simple.get(code, True)


def of_kinds(states: Iterable[MilestoneState], kinds: Iterable[str]) -> tuple[MilestoneState, ...]:
    """The milestones of some kinds, of every kind where none is named."""
    wanted = set(kinds)
    return tuple(state for state in states if not wanted or state.milestone.kind in wanted)


def kinds_present(states: Iterable[MilestoneState]) -> tuple[str, ...]:
    """The kinds that occur, in their printed order."""
    found = {state.milestone.kind for state in states}
    return tuple(code for code in codes("milestone_kind") if code in found)


def late_sentence(state: MilestoneState, as_of: dt.date) -> str:
    """A late milestone in words: which, how late, planned for when."""
    kind = "Contractual milestone" if state.milestone.contractual else "Milestone"
    return f"{kind} '{state.milestone.title}' {lateness(state, as_of)}."


def standing_sentence(found: Schedule, counts: MilestoneCounts) -> str:
    """How the milestones stand in one line; what nobody has published is said."""
    total = "1 milestone" if counts.total == 1 else f"{counts.total} milestones"
    text = (
        f"{total}: {counts.done} done, {_count(counts.late)} late, "
        f"{_count(counts.due_180_days)} due in 180 days."
    )
    if counts.total and not found.baselines:
        return f"{text} Baselines and forecasts are not published, so no slip is known."
    if found.slip_known < counts.total:
        return f"{text} Slip is known for {found.slip_known} of {counts.total}."
    return text


def _count(number: int) -> str:
    return str(number) if number else "none"


def milestone_sources(database: Database, person: Person) -> dict[str, str]:
    """Address of the page that a milestone's date rests on, by key; those without one are left out."""
    require(person, "see")
    found = find_evidence(database, "milestone")
    return {row.record_key: row.url for row in reversed(found) if row.url and row.is_of_present_value}
