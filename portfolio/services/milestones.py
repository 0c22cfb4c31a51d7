"""Milestones against a date: done, late, due, slipping. Context entries are shown apart and never counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portfolio.dates import PartialDate, days_between, today
from portfolio.model.rows import MilestoneRow

HORIZONS_DAYS = (30, 90, 180)
# How far ahead what falls due is listed.
DUE_DAYS = 90


@dataclass(frozen=True)
class MilestoneState:
    """A milestone as it stands on a date: one that was reached later is planned, without an actual date.

    Units: days. `late_days` is at least how late an open milestone is, 0 where it is not late, None where no
    baseline says; `slip_days` is actual or forecast less baseline where all days are known; `due` the date by
    which an open milestone is expected.
    """

    milestone: MilestoneRow
    is_counted: bool
    is_done: bool
    is_open: bool
    late_days: int | None
    slip_days: int | None
    due: PartialDate | None

    def is_due_within(self, as_of: dt.date, days: int) -> bool:
        """Whether it is open and expected by `days` after `as_of`, by the last day of a reduced date."""
        if not (self.is_counted and self.is_open) or self.due is None:
            return False
        return as_of <= self.due.last <= as_of + dt.timedelta(days=days)

    @property
    def is_late(self) -> bool:
        """Whether it is counted, open and certainly late."""
        return self.is_counted and bool(self.late_days)


@dataclass(frozen=True)
class MilestoneCounts:
    """Counts of the milestones of a set of projects; `without_date` are open ones that nobody has dated."""

    total: int
    done: int
    open: int
    late: int
    due_30_days: int
    due_90_days: int
    due_180_days: int
    cancelled: int
    without_date: int
    context: int


def milestone_state(milestone: MilestoneRow, as_of: dt.date) -> MilestoneState:
    """How `milestone` stands on `as_of`.

    Source: domain.md, "Time" and "Health": late counts open milestones only, max(as-of date, forecast) -
    baseline; of a reduced date only what is certain counts.
    """
    baseline, forecast = PartialDate.of(milestone.baseline), PartialDate.of(milestone.forecast)
    is_done, contradicts = was_done(milestone, as_of), is_reached_in_future(milestone, as_of)
    is_open = milestone.status != "cancelled" and not (is_done or contradicts)
    late = _late_days(baseline, forecast, as_of) if is_open else 0
    return MilestoneState(
        milestone=_as_it_stood(milestone) if is_open else milestone,
        is_counted=milestone.about == "project" and milestone.status != "cancelled",
        is_done=is_done,
        is_open=is_open,
        late_days=None if contradicts else late,
        slip_days=None if contradicts else days_between(baseline, _actual_by(milestone, as_of) or forecast),
        due=(forecast or baseline) if is_open else None,
    )


def _as_it_stood(milestone: MilestoneRow) -> MilestoneRow:
    """An open milestone without what says that it was reached later."""
    return replace(milestone, status="planned", actual=None) if milestone.status == "done" else milestone


def was_done(milestone: MilestoneRow, as_of: dt.date) -> bool:
    """Whether it is reached; what was certainly reached after `as_of` was open then."""
    actual = PartialDate.of(milestone.actual)
    return milestone.status == "done" and not (actual is not None and actual.first > as_of)


def is_reached_in_future(milestone: MilestoneRow, as_of: dt.date) -> bool:
    """Whether it is said to be reached on a day that has certainly not come, today or by `as_of`.

    After an `as_of` that lies in the past it may well be reached: it was open then.
    """
    actual = PartialDate.of(milestone.actual)
    if milestone.status != "done" or actual is None or actual.first <= as_of:
        return False
    return actual.first > today()


def _actual_by(milestone: MilestoneRow, as_of: dt.date) -> PartialDate | None:
    """The actual date, unless it certainly lies after `as_of`: nobody knew it then."""
    actual = PartialDate.of(milestone.actual)
    return None if actual is not None and actual.first > as_of else actual


def _late_days(baseline: PartialDate | None, forecast: PartialDate | None, as_of: dt.date) -> int | None:
    if baseline is None:
        return None
    reached = max(as_of, forecast.first) if forecast else as_of
    return max(0, (reached - baseline.last).days)


def milestone_states(milestones: Iterable[MilestoneRow], as_of: dt.date) -> tuple[MilestoneState, ...]:
    """Every milestone as it stands on `as_of`, in their order."""
    return tuple(milestone_state(milestone, as_of) for milestone in milestones)


def milestone_counts(states: Iterable[MilestoneState], as_of: dt.date) -> MilestoneCounts:
    """How many milestones are done, late and due; cancelled and context ones stand apart."""
    listed = list(states)
    counted = [state for state in listed if state.is_counted]
    due = {days: sum(state.is_due_within(as_of, days) for state in counted) for days in HORIZONS_DAYS}
    return MilestoneCounts(
        total=len(counted),
        done=sum(state.is_done for state in counted),
        open=sum(state.is_open for state in counted),
        late=sum(state.is_late for state in counted),
        due_30_days=due[30],
        due_90_days=due[90],
        due_180_days=due[180],
        cancelled=sum(
            state.milestone.status == "cancelled" for state in listed if state.milestone.about == "project"
        ),
        without_date=sum(state.is_open and state.due is None for state in counted),
        context=sum(state.milestone.about == "context" for state in listed),
    )
