"""The milestones of each project on a date: counts, and the open one that is certainly latest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, literal, or_, select

from portfolio.model.entities import table_of
from portfolio.model.rows import MilestoneRow
from portfolio.model.standing_rows import MilestoneStanding
from portfolio.storage.queries.reduced_dates import (
    begins_after,
    begins_after_end,
    day_number,
    ends_before,
    ends_by,
    first_day,
    last_day_number,
)
from portfolio.storage.queries.rows import find_by_keys

Condition = ColumnElement[bool]
_HORIZONS = (30, 90, 180)
_COUNTS = (
    "total", "done", "open", "dated_open", "late", "cancelled", "without_date", "context",
    *(f"due_{days}_days" for days in _HORIZONS),
)  # fmt: skip
# Days late are taken from this, so that every text has as many digits and sorts as its number does.
_DAYS = 9_999_999


def find_milestone_standings(connection: Connection, as_of: dt.date) -> dict[str, MilestoneStanding]:
    """Every project that has milestones, with how they stand; rules as in services/milestones.py."""
    milestone = table_of("milestone")
    query = select(milestone.c.project_key, *_columns(as_of)).group_by(milestone.c.project_key)
    found = [dict(row) for row in connection.execute(query).mappings()]
    worst = _worst_rows(connection, found)
    return {row["project_key"]: _standing(row, worst) for row in found}


def _columns(as_of: dt.date) -> list[ColumnElement[Any]]:
    milestone = table_of("milestone").c
    own = milestone.about == "project"
    counted = and_(own, milestone.status != "cancelled")
    done = was_done(as_of)
    is_open = and_(counted, ~done)
    due = func.coalesce(milestone.forecast, milestone.baseline)
    late = and_(is_open, is_late(as_of))
    conditions: dict[str, Condition] = {
        "total": counted,
        "done": and_(counted, done),
        "open": is_open,
        "dated_open": and_(is_open, milestone.baseline.is_not(None)),
        "late": late,
        "cancelled": and_(own, milestone.status == "cancelled"),
        "without_date": and_(is_open, due.is_(None)),
        "context": milestone.about == "context",
    }
    for days in _HORIZONS:
        horizon = as_of + dt.timedelta(days=days)
        conditions[f"due_{days}_days"] = and_(is_open, ~ends_before(due, as_of), ends_by(due, horizon))
    # The smallest text: the most days late and, of several, the first key.
    key = cast(_DAYS - late_days(as_of), String) + milestone.key
    return [
        *(func.count(case((condition, 1))).label(name) for name, condition in conditions.items()),
        func.min(case((late, key))).label("worst"),
        func.min(case((and_(late, milestone.contractual), key))).label("worst_contractual"),
    ]


def was_done(as_of: dt.date) -> Condition:
    """Whether a milestone is reached, and not certainly after `as_of`."""
    milestone = table_of("milestone").c
    reached = or_(milestone.actual.is_(None), ~begins_after(milestone.actual, as_of))
    return and_(milestone.status == "done", reached)


def is_late(as_of: dt.date) -> Condition:
    """Whether `as_of` or the forecast certainly lies after the baseline."""
    milestone = table_of("milestone").c
    return or_(
        ends_before(milestone.baseline, as_of), begins_after_end(milestone.forecast, milestone.baseline)
    )


def late_days(as_of: dt.date) -> ColumnElement[int]:
    """Days from the baseline to `as_of` or the forecast, whichever is later; of reduced dates the least."""
    milestone = table_of("milestone").c
    reached = case(
        (begins_after(milestone.forecast, as_of), first_day(milestone.forecast)),
        else_=literal(as_of.isoformat()),
    )
    return day_number(reached) - last_day_number(milestone.baseline)


def _worst_rows(connection: Connection, found: list[dict[str, Any]]) -> dict[str, MilestoneRow]:
    keys = [_key(row[name]) for row in found for name in ("worst", "worst_contractual") if row[name]]
    return find_by_keys(connection, table_of("milestone"), MilestoneRow, keys)


def _key(text: str) -> str:
    return text[len(str(_DAYS)) :]


def _standing(row: Mapping[str, Any], rows: Mapping[str, MilestoneRow]) -> MilestoneStanding:
    worst: dict[str, Any] = {
        name: rows[_key(row[name])] if row[name] else None for name in ("worst", "worst_contractual")
    }
    counts: dict[str, Any] = {name: row[name] for name in _COUNTS}
    return MilestoneStanding(row["project_key"], **counts, **worst)
