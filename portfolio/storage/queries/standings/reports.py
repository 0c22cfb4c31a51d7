"""The reporting calendar of each project on a date, and the last half-year that was reported."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, String, and_, case, cast, func, not_, or_, select, union_all

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.model.standing_rows import ReportStanding
from portfolio.storage.queries.reduced_dates import begins_after, ends_before, first_day, last_day_number

# Days are written with as many digits, so that the smallest text is the first day.
_DAYS = 10_000_000
_REPORTED = ("incurred_cost", "cost_forecast", "assessment", "narrative")


def find_report_standings(connection: Connection, as_of: dt.date) -> dict[str, ReportStanding]:
    """Every project that has a reporting calendar or has reported a half-year."""
    calendars = {row.project_key: row for row in connection.execute(_calendars(as_of)).all()}
    reported = {row.project_key: row.period for row in connection.execute(_last_reported(as_of)).all()}
    return {
        key: _standing(key, calendars.get(key), reported.get(key)) for key in sorted({*calendars, *reported})
    }


def _calendars(as_of: dt.date) -> Select[Any]:
    report = table_of("report_due").c
    # What was certainly received later was still owed.
    received = and_(report.received_on.is_not(None), not_(begins_after(report.received_on, as_of)))
    overdue = and_(not_(received), ends_before(report.due_on, as_of))
    to_come = and_(not_(received), not_(ends_before(report.due_on, as_of)))
    entry = cast(last_day_number(report.due_on) + _DAYS, String) + " " + report.due_on + " " + report.key
    is_reduced = func.length(report.due_on) < len("2026-11-23")
    may_be_late = and_(not_(received), is_reduced, first_day(report.due_on) < as_of.isoformat())
    possible = first_day(report.due_on) + " " + report.due_on + " " + report.key
    return select(
        report.project_key,
        func.count().label("entries"),
        func.count(case((received, 1))).label("received"),
        func.count(case((overdue, 1))).label("overdue"),
        func.min(case((overdue, entry))).label("longest"),
        func.min(case((to_come, entry))).label("next"),
        func.min(case((may_be_late, possible))).label("possible"),
    ).group_by(report.project_key)


def _last_reported(as_of: dt.date) -> Select[Any]:
    """The last ended half-year of which the implementer reported anything, by project."""
    parts = [
        select(table.c.project_key, func.max(table.c.period).label("period"))
        .where(table.c.period <= str(HalfYear.last_ended(as_of)))
        .group_by(table.c.project_key)
        for table in map(table_of, _REPORTED)
    ]
    every = union_all(*parts, _last_values(as_of), _last_received(as_of)).subquery()
    return select(every.c.project_key, func.max(every.c.period).label("period")).group_by(every.c.project_key)


def _last_values(as_of: dt.date) -> Select[Any]:
    indicator, value = table_of("indicator"), table_of("indicator_value")
    last = (
        select(value.c.indicator_key, func.max(value.c.period).label("period"))
        .where(value.c.status != "draft", value.c.period <= str(HalfYear.last_ended(as_of)))
        .group_by(value.c.indicator_key)
        .subquery()
    )
    return (
        select(indicator.c.project_key, func.max(last.c.period))
        .join(last, last.c.indicator_key == indicator.c.key)
        .group_by(indicator.c.project_key)
    )


def _last_received(as_of: dt.date) -> Select[Any]:
    report = table_of("report_due").c
    return (
        select(report.project_key, func.max(report.period))
        .where(
            report.received_on.is_not(None),
            not_(begins_after(report.received_on, as_of)),
            or_(report.period.is_(None), report.period <= str(HalfYear.last_ended(as_of))),
        )
        .group_by(report.project_key)
    )


def _standing(key: str, calendar: Row[Any] | None, reported: str | None) -> ReportStanding:
    if calendar is None:
        return ReportStanding(key, last_reported_period=reported)
    _, longest_on, longest_key = (calendar.longest or "  ").split(" ", 2)
    _, next_on, _ = (calendar.next or "  ").split(" ", 2)
    _, possible_on, possible_key = (calendar.possible or "  ").split(" ", 2)
    return ReportStanding(
        project_key=key,
        entries=calendar.entries,
        received=calendar.received,
        overdue=calendar.overdue,
        longest_due_key=longest_key or None,
        longest_due_on=longest_on or None,
        next_due_on=next_on or None,
        last_reported_period=reported,
        possible_due_key=possible_key or None,
        possible_due_on=possible_on or None,
    )
