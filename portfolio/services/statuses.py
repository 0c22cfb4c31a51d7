"""Whether a project is planned, ongoing or closed on a date, from what its dates certainly say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.rows import ProjectRow

Status = Literal["planned", "ongoing", "closed", "unknown"]


def project_status(project: ProjectRow, as_of: dt.date) -> Status:
    """The status on `as_of`: by start and present end where they decide it, else as a source stated it.

    A reduced date decides only what holds for its whole interval: "2027" has not ended in 2026, but in June
    2027 it is not known whether it has.
    """
    return _by_dates(project.start, project.present_end, as_of) or _stated(project, as_of)


@lru_cache(maxsize=20_000)
def _by_dates(first: str | None, last: str | None, as_of: dt.date) -> Status | None:
    # Asked for again by every rule and every list of the same project.
    start, end = PartialDate.of(first), PartialDate.of(last)
    if end is not None and as_of > end.last:
        return "closed"
    if start is not None and as_of < start.first:
        return "planned"
    if start is not None and end is not None and start.last <= as_of <= end.first:
        return "ongoing"
    return None


def _stated(project: ProjectRow, as_of: dt.date) -> Status:
    stated_on = PartialDate.of(project.status_stated_on)
    # A statement says nothing of the time before it was made, except that a start had not been undone.
    if project.status_stated in ("planned", "ongoing", "closed") and (
        stated_on is None or as_of >= stated_on.first
    ):
        return project.status_stated  # type: ignore[return-value]
    return "unknown"


def before_first_start(projects: Iterable[ProjectRow], as_of: dt.date) -> str:
    """The sentence for a day before every project: when the first begins. "" where one had begun, perhaps."""
    listed = list(projects)
    starts = [PartialDate.of(project.start) for project in listed]
    known = sorted(start for start in starts if start is not None)
    has_run = any(project_status(project, as_of) in ("ongoing", "closed") for project in listed)
    if not known or has_run or known[0].first <= as_of:
        return ""
    on = PartialDate(as_of.year, as_of.month, as_of.day).label
    if len(known) < len(starts):
        return f"On {on} no project is known to have begun; the first start on record is {known[0].label}."
    when = f"{'on' if known[0].is_day else 'in'} {known[0].label}"
    return f"On {on} no project had begun; the first begins {when}."


def ends_within(project: ProjectRow, as_of: dt.date, days: int) -> bool:
    """Whether a running project certainly ends within `days` after `as_of`."""
    end = PartialDate.of(project.present_end)
    if end is None or project_status(project, as_of) != "ongoing":
        return False
    return as_of <= end.last <= as_of + dt.timedelta(days=days)


def days_to_end(project: ProjectRow, as_of: dt.date) -> int | None:
    """Days from `as_of` to the present end, None where the day is not known."""
    end = PartialDate.of(project.present_end)
    return (end.first - as_of).days if end is not None and end.is_day else None
