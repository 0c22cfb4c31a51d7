"""The calendar in numbers and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.numbers import counted
from portfolio.services.deadlines.calendars import DeadlineCalendar, upcoming
from portfolio.services.milestones import DUE_DAYS

HORIZONS = (90, 180)


@dataclass(frozen=True)
class CalendarCounts:
    """How many deadlines and reports fall due within `days`, were missed, or are not known."""

    days: int
    deadlines_due: int
    deadlines_passed: int
    deadlines_unknown: int
    deadlines: int
    unfit: int
    reports: int
    reports_due: int
    reports_received: int
    reports_late: int
    projects_with_calendar: int
    projects_by_rule: int


def calendar_counts(calendar: DeadlineCalendar, days: int = DUE_DAYS) -> CalendarCounts:
    """The calendar in numbers."""
    due = upcoming(calendar, days=days)
    typed = {row.project_key for row in calendar.reports if row.basis == "calendar"}
    return CalendarCounts(
        days=days,
        deadlines_due=sum(row.code != "report" for row in due),
        deadlines_passed=sum(row.state == "passed" for row in calendar.deadlines),
        deadlines_unknown=len(calendar.unknown),
        deadlines=len(calendar.deadlines),
        unfit=len(calendar.misfits),
        reports=len(calendar.reports),
        reports_due=sum(row.code == "report" for row in due),
        reports_received=sum(row.state in ("received", "received-late") for row in calendar.reports),
        reports_late=sum(row.state == "late" for row in calendar.reports),
        projects_with_calendar=len(typed),
        projects_by_rule=len({row.project_key for row in calendar.reports} - typed),
    )


def calendar_basis(counts: CalendarCounts, projects: int) -> str:
    """What the reports of the projects are counted by: a typed calendar, a rule, or nothing."""
    none = projects - counts.projects_with_calendar - counts.projects_by_rule
    return (
        f"Typed calendar for {counts.projects_with_calendar} of {counted(projects, 'project')}, "
        f"by rule or contract for {counts.projects_by_rule}, none for {none}"
    )


def calendar_sentence(counts: CalendarCounts) -> str:
    """What falls due and what was missed, in one sentence."""
    due = counted(counts.deadlines_due, "deadline")
    late = (
        f"{counts.reports_late or 'no'} {'report is' if counts.reports_late == 1 else 'reports are'} late, "
    )
    if counts.reports:
        due = f"{due} and {counted(counts.reports_due, 'report')}"
    verb = "falls" if counts.deadlines_due + counts.reports_due == 1 and not counts.reports else "fall"
    text = (
        f"{due} {verb} due in {counts.days} days; {late if counts.reports else ''}"
        f"{counts.deadlines_passed or 'no'} "
        f"{'deadlines are' if counts.deadlines_passed > 1 else 'deadline is'} late"
        f"{'' if counts.reports else '; no report is on record'}"
    )
    if counts.unfit:
        verb = "end does" if counts.unfit == 1 else "ends do"
        text += f", {counts.unfit} {verb} not fit the financing agreement"
    if counts.deadlines_unknown:
        text += f". Of {counted(counts.deadlines, 'deadline')}, {counts.deadlines_unknown} are not known"
    return f"{text}."
