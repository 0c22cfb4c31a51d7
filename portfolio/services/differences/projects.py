"""Projects that came, went, began or closed, and their dates that moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import PartialDate, days_between
from portfolio.model.changes import RecordId
from portfolio.model.rows import ProjectRow
from portfolio.services.differences.standpoints import Frame
from portfolio.services.statuses import Status, project_status
from portfolio.services.timelines import contract_extensions

Turn = Literal["added", "removed", "begun", "closed", "other"]
TURNS: tuple[Turn, ...] = ("added", "removed", "begun", "closed", "other")
DateField = Literal["start", "end", "contract-end"]


@dataclass(frozen=True)
class StatusChange:
    """A project that came, left or has another status; None where it is not in the portfolio."""

    project_key: str
    turn: Turn
    old: Status | None
    new: Status | None

    @property
    def record(self) -> RecordId:
        """The project."""
        return ("project", self.project_key)


@dataclass(frozen=True)
class DateChange:
    """A start or an end that is another one: reduced ISO texts, None where it is not known.

    A contract's end is listed with the amendment that moved it, where the project's own end did not move:
    no source dates when that one was published.
    """

    project_key: str
    field: DateField
    old: str | None
    new: str | None
    amendment_key: str | None = None

    @property
    def difference_days(self) -> int | None:
        """New less old; None unless both are days."""
        return days_between(PartialDate.of(self.old), PartialDate.of(self.new))

    @property
    def record(self) -> RecordId:
        """The amendment that moved it, else the project."""
        return ("amendment", self.amendment_key) if self.amendment_key else ("project", self.project_key)


def status_changes(before: Frame, after: Frame, keys: Iterable[str]) -> tuple[StatusChange, ...]:
    """The projects that came, left, began, closed or turned otherwise, in this order."""
    old, new = before.projects, after.projects
    found = [
        row
        for key in keys
        if (row := _status_change(key, _status(old.get(key), before), _status(new.get(key), after)))
    ]
    return tuple(sorted(found, key=lambda row: (TURNS.index(row.turn), row.project_key)))


def _status(project: ProjectRow | None, frame: Frame) -> Status | None:
    return None if project is None else project_status(project, frame.as_of)


def _status_change(key: str, old: Status | None, new: Status | None) -> StatusChange | None:
    return None if old == new else StatusChange(key, turn_of(old, new), old, new)


def turn_of(old: Status | None, new: Status | None) -> Turn:
    """What became of a project whose status is another one.

    Only what certainly ran before and is over has closed: where the status was not known, nobody knows when.
    """
    if old is None:
        return "added"
    if new is None:
        return "removed"
    if new == "closed" and old != "unknown":
        return "closed"
    return "begun" if (old, new) == ("planned", "ongoing") else "other"


def date_changes(before: Frame, after: Frame, keys: Iterable[str]) -> tuple[DateChange, ...]:
    """The starts and present ends that differ, of projects that are in the portfolio on both dates.

    The furthest moved first, those of which not both days are known last.
    """
    old, new = before.projects, after.projects
    lasting = [key for key in keys if key in old and key in new]
    found = [row for key in lasting for row in _dates(old[key], new[key])]
    moved = {row.project_key for row in found if row.field == "end"}
    extended = _extensions(before, after, {key for key in lasting if key not in moved})
    return tuple(sorted([*found, *extended], key=_by_distance))


def _extensions(before: Frame, after: Frame, keys: Set[str]) -> Iterator[DateChange]:
    """The ends of contracts that amendments signed between the dates moved."""
    old = contract_extensions(before.contracts, before.amendments, before.as_of)
    new = contract_extensions(after.contracts, after.amendments, after.as_of)
    signed = {step.key for steps in old.values() for step in steps}
    for key in sorted(keys & new.keys()):
        for step in new[key]:
            if step.key not in signed:
                yield DateChange(key, "contract-end", str(step.before), str(step.after), step.key)


def _dates(old: ProjectRow, new: ProjectRow) -> Iterator[DateChange]:
    if old.start != new.start:
        yield DateChange(new.key, "start", old.start, new.start)
    if old.present_end != new.present_end:
        yield DateChange(new.key, "end", old.present_end, new.present_end)


def _by_distance(row: DateChange) -> tuple[bool, int, str, str]:
    days = row.difference_days
    return (days is None, -abs(days or 0), row.project_key, row.field)
