"""The course of each project along time: planned and present end, extensions, reports, committees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.dates import PartialDate, date_label, days_between
from portfolio.model.rows import AmendmentRow, ContractRow, ProjectRow
from portfolio.numbers import counted
from portfolio.services.access import Person, visible
from portfolio.services.amendments import is_before_contract
from portfolio.services.deadlines.calendars import load_deadlines
from portfolio.services.deadlines.contracts import is_signed
from portfolio.services.deadlines.reports import ReportEntry
from portfolio.services.milestones import MilestoneState, milestone_states
from portfolio.services.statuses import Status, project_status
from portfolio.storage.engine import Database
from portfolio.storage.queries.deadlines import find_milestones_of_kind
from portfolio.storage.queries.money import find_amendments, find_contracts
from portfolio.storage.queries.projects import find_projects

STEERING = "steering-committee"
_UNITS = ("year", "month", "day")


@dataclass(frozen=True)
class Extension:
    """How an end moved: from `before` to `after`, by which amendment; None where it was only published."""

    before: PartialDate
    after: PartialDate
    number: int | None
    signed_on: str | None
    key: str | None

    @property
    def words(self) -> str:
        """The extension in words."""
        how = (
            f"amendment {self.number}, signed {date_label(self.signed_on)}" if self.number else "as published"
        )
        return f"{self.before.label} to {self.after.label} ({how})"


@dataclass(frozen=True)
class Course:
    """One project along time on a date.

    `slip_days` is the present end less the original one where both days are known; `extended` says it as
    precisely as both are known. Reports are those with a date, steering committees those that are counted.
    """

    project: ProjectRow
    status: Status
    start: PartialDate | None
    original_end: PartialDate | None
    present_end: PartialDate | None
    extensions: tuple[Extension, ...]
    reports: tuple[ReportEntry, ...]
    committees: tuple[MilestoneState, ...]

    @property
    def slip_days(self) -> int | None:
        """Days from the original to the present end, None unless both days are known."""
        return days_between(self.original_end, self.present_end)

    @property
    def extended(self) -> str:
        """How far the end has moved, in words."""
        return extended_by(self.original_end, self.present_end)

    @property
    def next_committee(self) -> PartialDate | None:
        """The next steering committee that is planned, if one is."""
        dates = [row.due for row in self.committees if row.is_open and row.due is not None]
        return min(dates, default=None)

    @property
    def late_reports(self) -> int:
        """How many reports are late."""
        return sum(row.state == "late" for row in self.reports)


def extended_by(original: PartialDate | None, present: PartialDate | None) -> str:
    """How far the end has moved, as precisely as both ends are known: "912 days", "9 months", "none"."""
    if original is None or present is None:
        return "not known"
    if original == present:
        return "none"
    precision = min(_precision(original), _precision(present))
    moved = _steps(present, precision) - _steps(original, precision)
    if not moved:
        return "not known"  # one end is only known to lie in the year or month of the other
    unit = _UNITS[precision] + ("" if abs(moved) == 1 else "s")
    return f"{moved:,} {unit}".replace("-", "−")


def _precision(date: PartialDate) -> int:
    return (date.month is not None) + (date.day is not None)


def _steps(date: PartialDate, precision: int) -> int:
    """The date as a number of years, months or days."""
    return (date.year, date.year * 12 + (date.month or 1), date.first.toordinal())[precision]


def load_courses(database: Database, person: Person, *, as_of: dt.date) -> Mapping[str, Course]:
    """The course of every project that the person may see, by key."""
    calendar = load_deadlines(database, person, as_of=as_of)
    contracts, amendments = find_contracts(database, as_of=as_of), find_amendments(database)
    moved = contract_extensions(contracts, amendments, as_of)
    committees: dict[str, list[MilestoneState]] = {}
    for state in milestone_states(find_milestones_of_kind(database, STEERING), as_of):
        if state.is_counted:
            committees.setdefault(state.milestone.project_key, []).append(state)
    reports: dict[str, list[ReportEntry]] = {}
    for report in calendar.reports:
        reports.setdefault(report.project_key, []).append(report)
    return {
        project.key: _course(
            project, moved.get(project.key, ()), reports.get(project.key, ()),
            committees.get(project.key, ()), as_of,
        )
        for project in visible(person, find_projects(database, as_of=as_of))
    }  # fmt: skip


def _course(
    project: ProjectRow, moved: Sequence[Extension], reports: Sequence[ReportEntry],
    committees: Sequence[MilestoneState], as_of: dt.date,
) -> Course:  # fmt: skip
    original, published = PartialDate.of(project.end_original), PartialDate.of(project.end_current)
    if not moved and original is not None and published is not None and original != published:
        moved = (Extension(original, published, None, None, None),)
    return Course(
        project, project_status(project, as_of), PartialDate.of(project.start), original,
        PartialDate.of(project.present_end),        tuple(moved), tuple(reports), tuple(committees),
    )  # fmt: skip


def contract_extensions(
    contracts: Iterable[ContractRow], amendments: Iterable[AmendmentRow], as_of: dt.date
) -> dict[str, list[Extension]]:
    """What amendments signed by the date did to the ends of each project's contracts, in their order.

    What one that is dated before its contract did is not known, so that it is left out.
    """
    own: dict[str, list[AmendmentRow]] = {}
    for row in amendments:
        if row.new_end is not None and is_signed(row, as_of):
            own.setdefault(row.contract_key, []).append(row)
    found: dict[str, list[Extension]] = {}
    for contract in contracts:
        before = PartialDate.of(contract.end)
        for row in sorted(own.get(contract.key, ()), key=lambda row: row.number):
            if is_before_contract(row, contract):
                continue
            after = PartialDate.parse(row.new_end or "")
            if before is not None and after != before:
                step = Extension(before, after, row.number, row.signed_on, row.key)
                found.setdefault(contract.project_key, []).append(step)
            before = after
    return found


def courses_sentence(courses: Sequence[Course]) -> str:
    """How many projects run, how many were extended, and the one that slipped most."""
    running = sum(course.status == "ongoing" for course in courses)
    moved = [course for course in courses if course.extensions]
    text = f"{counted(len(courses), 'project')}, {running} running; {len(moved) or 'none'} extended"
    known = [course for course in courses if course.slip_days is not None]
    most = max(known, key=lambda course: course.slip_days or 0, default=None)
    if most is not None and most.slip_days:
        text += f", {most.project.acronym} by most ({counted(most.slip_days, 'day')})"
    late = sum(course.late_reports for course in courses)
    of = f"slip known to the day for {len(known)} of {len(courses)}"
    if not any(course.reports for course in courses):
        return f"{text}; {of}; no report is on record."
    return f"{text}; {of}; {counted(late, 'report') if late else 'no report'} late."
