"""The reporting calendar of each project on a date: what came in, what is overdue and what is next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, String, and_, case, cast, func, not_, select

from portfolio.model.entities import table_of
from portfolio.model.standing_rows import ReportStanding
from portfolio.storage.queries.reduced_dates import begins_after, ends_before, first_day, last_day_number

# Days are written with as many digits, so that the smallest text is the first day.
_DAYS = 10_000_000


def find_report_standings(connection: Connection, as_of: dt.date) -> dict[str, ReportStanding]:
    """Every project that has a reporting calendar."""
    found = connection.execute(_calendars(as_of)).all()
    return {row.project_key: _standing(row.project_key, row) for row in found}


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


def _standing(key: str, calendar: Row[Any]) -> ReportStanding:
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
        possible_due_key=possible_key or None,
        possible_due_on=possible_on or None,
    )
