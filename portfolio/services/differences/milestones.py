"""Milestones that were reached, are newly late, moved, came or went."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import PartialDate, days_between
from portfolio.model.changes import RecordId
from portfolio.services.differences.standpoints import Frame
from portfolio.services.milestones import MilestoneState

MilestoneTurn = Literal[
    "reached", "late", "forecast", "baseline", "added", "cancelled", "not-reached", "removed"
]
MILESTONE_TURNS: tuple[MilestoneTurn, ...] = (
    "reached", "late", "forecast", "baseline", "added", "cancelled", "not-reached", "removed"
)  # fmt: skip
_CAME_OR_WENT: tuple[MilestoneTurn, ...] = ("added", "removed")


@dataclass(frozen=True)
class MilestoneChange:
    """What became of one milestone: `old` and `new` are reduced ISO texts, None where nothing is known.

    Of one that was reached the date planned (forecast, else baseline) and the actual one; of a late one its
    baseline and its forecast; of one that moved the date before and after.
    """

    project_key: str
    turn: MilestoneTurn
    title: str
    key: str
    old: str | None
    new: str | None
    late_days: int | None = None

    @property
    def difference_days(self) -> int | None:
        """How late it is; of any other new less old, None unless both are days."""
        if self.turn == "late":
            return self.late_days
        return days_between(PartialDate.of(self.old), PartialDate.of(self.new))

    @property
    def record(self) -> RecordId:
        """The milestone."""
        return ("milestone", self.key)


def milestone_changes(before: Frame, after: Frame, keys: Collection[str]) -> tuple[MilestoneChange, ...]:
    """What became of the counted milestones of these projects, turn by turn, the most days first.

    Those that came or went with their project are not listed: the project is.
    """
    old, new = _states(before, keys), _states(after, keys)
    lasting = before.projects.keys() & after.projects.keys()
    found = [row for key in (old | new) for row in _changes(old.get(key), new.get(key))]
    kept = (row for row in found if row.turn not in _CAME_OR_WENT or row.project_key in lasting)
    return tuple(sorted(kept, key=_place))


def _states(frame: Frame, keys: Collection[str]) -> dict[str, MilestoneState]:
    found = frame.milestone_states
    return {key: state for key, state in found.items() if state.milestone.project_key in keys}


def _changes(old: MilestoneState | None, new: MilestoneState | None) -> Iterator[MilestoneChange]:
    if new is None:
        if old is not None:
            yield _change(old, "removed", old.milestone.forecast or old.milestone.baseline, None)
        return
    row = new.milestone
    if old is None:
        yield _change(new, "added", None, row.forecast or row.baseline)
    elif old.milestone.status != "cancelled" and row.status == "cancelled":
        yield _change(new, "cancelled", old.milestone.forecast or old.milestone.baseline, None)
        return
    yield from _reached_or_late(old, new)
    if old is not None:
        was = old.milestone
        if was.forecast != row.forecast and not new.is_done:
            yield _change(new, "forecast", was.forecast, row.forecast)
        if was.baseline != row.baseline:
            yield _change(new, "baseline", was.baseline, row.baseline)


def _reached_or_late(old: MilestoneState | None, new: MilestoneState) -> Iterator[MilestoneChange]:
    row = new.milestone
    was_done, was_late = (old.is_done, old.is_late) if old is not None else (False, False)
    if new.is_done and not was_done:
        yield _change(new, "reached", row.forecast or row.baseline, row.actual)
    elif was_done and not new.is_done and old is not None:
        yield _change(new, "not-reached", old.milestone.actual, row.forecast or row.baseline)
    if new.is_late and not was_late:
        yield _change(new, "late", row.baseline, row.forecast)


def _change(state: MilestoneState, turn: MilestoneTurn, old: str | None, new: str | None) -> MilestoneChange:
    row = state.milestone
    late = state.late_days if turn == "late" else None
    return MilestoneChange(row.project_key, turn, row.title, row.key, old, new, late)


def _place(row: MilestoneChange) -> tuple[int, int, str, str]:
    days = row.difference_days
    return (MILESTONE_TURNS.index(row.turn), -abs(days or 0), row.project_key, row.key)
