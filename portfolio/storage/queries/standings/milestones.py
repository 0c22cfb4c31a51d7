"""The milestones of each project on a date: counts, and the open one that is certainly latest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from portfolio.dates import today
from portfolio.model.entities import table_of
from portfolio.model.rows import MilestoneRow
from portfolio.model.standing_rows import MilestoneStanding
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.reduced_dates import (
    begins_after,
    begins_after_end,
    day_number,
    ends_before,
    ends_by,
    first_day,
    last_day_number,
    may_end_after,
)
from portfolio.storage.queries.rows import find_by_keys

Condition = ColumnElement[bool]
_HORIZONS = (30, 90, 180)
_COUNTS = (
    "total", "done", "open", "dated_open", "late", "cancelled", "without_date", "context",
    *(f"due_{days}_days" for days in _HORIZONS),
)  # fmt: skip
_WORST = ("worst", "worst_contractual", "possible", "possible_contractual")
# A text of this length is a day; a shorter one may be earlier or later.
_DAY = len("2026-11-23")
# Days late are taken from this, so that every text has as many digits and sorts as its number does.
_DAYS = 9_999_999


def find_milestone_standings(connection: Connection, as_of: dt.date) -> dict[str, MilestoneStanding]:
    """Every project that has milestones, with how they stand; rules as in services/milestones.py."""
    found: dict[str, dict[str, Any]] = {}
    for query in (_all_counts(as_of), _open_counts(as_of)):
        result = connection.execute(query)
        names = tuple(result.keys())
        for row in result.all():
            found.setdefault(row[0], {}).update(zip(names, row, strict=True))
    worst = _worst_rows(connection, found.values())
    return {key: _standing(row, worst) for key, row in found.items()}


def _all_counts(as_of: dt.date) -> Select[Any]:
    milestone = table_of("milestone").c
    own = milestone.about == "project"
    return _counts(
        {
            "total": and_(own, milestone.status != "cancelled"),
            "done": and_(own, was_done(as_of)),
            "cancelled": and_(own, milestone.status == "cancelled"),
            "context": milestone.about == "context",
        }
    )


def _open_counts(as_of: dt.date) -> Select[Any]:
    """Of the open milestones alone, so that dates are looked at where they matter."""
    milestone = table_of("milestone").c
    due = func.coalesce(milestone.forecast, milestone.baseline)
    late = is_late(as_of)
    conditions = {
        "open": true(),
        "dated_open": milestone.baseline.is_not(None),
        "late": late,
        "without_date": due.is_(None),
    }
    for days in _HORIZONS:
        horizon = as_of + dt.timedelta(days=days)
        conditions[f"due_{days}_days"] = and_(ends_by(due, horizon), ~ends_before(due, as_of))
    worst = _latest("worst", late, late_days(as_of))
    possible = _latest("possible", may_be_late(as_of), most_days_late(as_of))
    return _counts(conditions, worst | possible).where(is_open(as_of))


def _latest(name: str, late: Condition, days: ColumnElement[int]) -> dict[str, ColumnElement[Any]]:
    """Of those that are late the latest, and the latest contractual one."""
    milestone = table_of("milestone").c
    # The smallest text: the most days late and, of several, the first key.
    key = cast(_DAYS - days, String) + milestone.key
    contractual = and_(milestone.contractual, late)
    return {name: func.min(case((late, key))), f"{name}_contractual": func.min(case((contractual, key)))}


def _counts(
    conditions: Mapping[str, Condition], others: Mapping[str, ColumnElement[Any]] | None = None
) -> Select[Any]:
    """How many milestones of each project meet each condition."""
    milestone = table_of("milestone").c
    columns = {name: func.count(case((condition, 1))) for name, condition in conditions.items()}
    named = [column.label(name) for name, column in [*columns.items(), *(others or {}).items()]]
    return select(milestone.project_key, *named).group_by(milestone.project_key)


def is_open(as_of: dt.date) -> Condition:
    """Whether a milestone of the project itself was still to be reached on `as_of`.

    One that is said to be reached on a day that has not come either contradicts itself: it is not open.
    """
    milestone = table_of("milestone").c
    in_future = and_(milestone.status == "done", begins_after(milestone.actual, max(as_of, today())))
    return and_(
        milestone.about == "project", milestone.status != "cancelled", ~was_done(as_of), ~in_future
    )


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


def may_be_late(as_of: dt.date) -> Condition:
    """Whether a reduced date leaves open that `as_of` or the forecast lies on the baseline or after it."""
    milestone = table_of("milestone").c
    is_reduced = or_(func.length(milestone.baseline) < _DAY, func.length(milestone.forecast) < _DAY)
    has_begun = first_day(milestone.baseline) <= as_of.isoformat()
    return and_(is_reduced, or_(has_begun, may_end_after(milestone.forecast, milestone.baseline)))


def most_days_late(as_of: dt.date) -> ColumnElement[int]:
    """Days from the baseline to `as_of` or the forecast, whichever is later; of reduced dates the most."""
    milestone = table_of("milestone").c
    is_later = not_(ends_by(milestone.forecast, as_of))
    reached = case(
        (is_later, last_day_number(milestone.forecast)), else_=day_number(literal(as_of.isoformat()))
    )
    return reached - day_number(first_day(milestone.baseline))


def _worst_rows(connection: Connection, found: Iterable[dict[str, Any]]) -> dict[str, MilestoneRow]:
    keys = [_key(row[name]) for row in found for name in _WORST if row.get(name)]
    return find_by_keys(connection, table_of("milestone"), MilestoneRow, keys)


def _key(text: str) -> str:
    return text[len(str(_DAYS)) :]


def _standing(row: Mapping[str, Any], rows: Mapping[str, MilestoneRow]) -> MilestoneStanding:
    worst: dict[str, Any] = {name: rows[_key(row[name])] if row.get(name) else None for name in _WORST}
    counts: dict[str, Any] = {name: row.get(name, 0) for name in _COUNTS}
    return MilestoneStanding(row["project_key"], **counts, **worst)


def find_due_milestones(
    database: Database, as_of: dt.date, days: int, project_keys: Iterable[str] | None = None, most: int = 20,
    *, with_late: bool = True,
) -> tuple[MilestoneRow, ...]:
    """The first open milestones that fall due within `days`, of these projects or of all, the next first."""
    table = table_of("milestone")
    query = _of_projects(_rows().where(is_open(as_of), _is_due(as_of, days)), project_keys)
    if not with_late:
        # Without a baseline it is not known whether one is late, and it is not left out.
        query = query.where(case((is_late(as_of), 1), else_=0) == 0)
    order = func.coalesce(table.c.forecast, table.c.baseline), table.c.key
    with reading(database) as connection:
        return tuple(MilestoneRow(*row) for row in connection.execute(query.order_by(*order).limit(most)))


def find_late_milestones(
    database: Database, as_of: dt.date, days: int, project_keys: Iterable[str] | None = None, most: int = 20
) -> tuple[tuple[MilestoneRow, ...], int]:
    """The open milestones that are late by most, and how many of all late ones fall due within `days`."""
    late = and_(is_open(as_of), is_late(as_of))
    rows = _of_projects(_rows().where(late), project_keys)
    rows = rows.order_by(late_days(as_of).desc(), table_of("milestone").c.key).limit(most)
    number = select(func.count(table_of("milestone").c.key)).where(late, _is_due(as_of, days))
    with reading(database) as connection:
        found = tuple(MilestoneRow(*row) for row in connection.execute(rows))
        return found, connection.execute(_of_projects(number, project_keys)).scalar_one()


def _rows() -> Select[Any]:
    table = table_of("milestone")
    return select(*(table.c[field.name] for field in fields(MilestoneRow)))


def _is_due(as_of: dt.date, days: int) -> Condition:
    milestone = table_of("milestone").c
    due = func.coalesce(milestone.forecast, milestone.baseline)
    return and_(ends_by(due, as_of + dt.timedelta(days=days)), ~ends_before(due, as_of))


def _of_projects(query: Select[Any], project_keys: Iterable[str] | None) -> Select[Any]:
    if project_keys is None:
        return query
    return query.where(table_of("milestone").c.project_key.in_(sorted(project_keys)))
