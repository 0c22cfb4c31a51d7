"""What projects have on record and what says too little: counted and picked out by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from portfolio.model.completeness_rows import EntryDays, IncompleteRow, LastReportRow, RecordCounts
from portfolio.model.entities import table_of
from portfolio.model.history import CHANGE_SETS, CHANGES
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.practice import select_received
from portfolio.storage.queries.reduced_dates import begins_after, ends_before

# The kinds of record whose day of entry is told.
_DATED = ("project", "contract", "milestone", "indicator", "risk")
_DAY = len("2026-11-23")


def find_record_counts(database: Database) -> dict[str, RecordCounts]:
    """How many records that are asked for each project has; without any it has no row."""
    milestone = table_of("milestone").c
    own = {"milestone": and_(milestone.about == "project", milestone.status != "cancelled")}
    found: dict[str, dict[str, int]] = {}
    with reading(database) as connection:
        for entity in ("contract", "milestone", "indicator", "risk", "report_due"):
            table = table_of(entity)
            query = select(table.c.project_key, func.count()).group_by(table.c.project_key)
            if entity in own:
                query = query.where(own[entity])
            for key, number in connection.execute(query):
                found.setdefault(key, {})[f"{entity}s"] = number
    return {key: RecordCounts(key, **counts) for key, counts in found.items()}


def find_incomplete(database: Database) -> tuple[IncompleteRow, ...]:
    """The records that say too little, by kind, project and key."""
    with reading(database) as connection:
        return tuple(row for kind in _incomplete() for row in _picked(connection, *kind))


def _picked(
    connection: Connection, kind: str, entity: str, name: str, where: ColumnElement[bool]
) -> Iterator[IncompleteRow]:
    table = table_of(entity)
    query = (
        select(table.c.project_key, table.c.key, table.c[name])
        .where(where)
        .order_by(table.c.project_key, table.c.key)
    )
    for row in connection.execute(query):
        yield IncompleteRow(kind, row[0], entity, row[1], row[2])


def find_overdue_reports(database: Database, as_of: dt.date) -> tuple[IncompleteRow, ...]:
    """The reports of every project's calendar that were certainly due and not received by `as_of`."""
    report = table_of("report_due").c
    received = and_(report.received_on.is_not(None), ~begins_after(report.received_on, as_of))
    query = (
        select(report.project_key, report.key, report.kind, report.due_on, report.period)
        .where(~received, ends_before(report.due_on, as_of))
        .order_by(report.project_key, report.due_on, report.key)
    )
    with reading(database) as connection:
        return tuple(
            IncompleteRow("report-due", row[0], "report_due", *row[1:]) for row in connection.execute(query)
        )


def _incomplete() -> Iterator[tuple[str, str, str, ColumnElement[bool]]]:
    """Kind, entity, the field that names its records, and what is wrong with them."""
    contract, milestone = table_of("contract").c, table_of("milestone").c
    indicator, risk = table_of("indicator").c, table_of("risk").c
    amounts = or_(_never_stated("eu_contribution_cents"), _never_stated("total_cents"))
    yield "contract-amounts", "contract", "number", amounts
    yield "contract-signature", "contract", "number", contract.signed_on.is_(None)
    undated = and_(
        milestone.about == "project",
        milestone.status.in_(("planned", "in-progress")),
        milestone.baseline.is_(None),
        milestone.forecast.is_(None),
    )
    yield "milestone-date", "milestone", "title", undated
    no_target = and_(indicator.target_millionths.is_(None), indicator.target_text.is_(None))
    yield "indicator-target", "indicator", "statement", no_target
    numbers = or_(indicator.baseline_millionths.is_not(None), indicator.target_millionths.is_not(None))
    yield "indicator-unit", "indicator", "statement", and_(indicator.unit.is_(None), numbers)
    yield "indicator-value", "indicator", "statement", ~_has_value()
    yield "risk-review", "risk", "title", and_(risk.status == "open", risk.reviewed_on.is_(None))


def _never_stated(column: str) -> ColumnElement[bool]:
    """An amount that neither a contract nor one of its amendments states."""
    contract, amendment = table_of("contract"), table_of("amendment")
    amended = exists().where(
        amendment.c.contract_key == contract.c.key, amendment.c[f"new_{column}"].is_not(None)
    )
    return and_(contract.c[column].is_(None), ~amended)


def _has_value() -> ColumnElement[bool]:
    value, indicator = table_of("indicator_value"), table_of("indicator")
    stated = or_(value.c.value_millionths.is_not(None), value.c.text.is_not(None))
    return exists().where(value.c.indicator_key == indicator.c.key, stated)


def find_entry_days(database: Database) -> EntryDays:
    """When projects and their dated records were entered, and when fields of them were emptied."""
    day = func.substr(func.max(CHANGE_SETS.c.at), 1, _DAY)
    with reading(database) as connection:
        by_load = func.min(CHANGE_SETS.c.kind == "load")
        added = connection.execute(_dated(day, "added", CHANGES.c.entity, CHANGES.c.key, also=by_load)).all()
        entered = {(row[0], row[1]): row[2] for row in added}
        loaded = frozenset((row[0], row[1]) for row in added if row[3])
        emptied = connection.execute(_dated(day, "erased", CHANGES.c.entity, CHANGES.c.key, CHANGES.c.field))
        return EntryDays(entered, {(row[0], row[1], row[2]): row[3] for row in emptied}, loaded)


def _dated(
    day: ColumnElement[str], kind: str, *columns: Any, also: ColumnElement[Any] | None = None
) -> Select[Any]:
    return (
        select(*columns, day, *([] if also is None else [also]))
        .join(CHANGE_SETS, CHANGE_SETS.c.id == CHANGES.c.change_set_id)
        .where(CHANGES.c.kind == kind, CHANGES.c.entity.in_(_DATED))
        .group_by(*columns)
    )


def find_reported(database: Database, period: str) -> frozenset[str]:
    """The keys of the projects that reported for a half-year: a report came in, or costs are on record."""
    incurred = table_of("incurred_cost")
    query = select(incurred.c.project_key).where(incurred.c.period == period).distinct()
    with reading(database) as connection:
        costs = set(connection.execute(query).scalars())
        received = {row.project_key for row in select_received(connection) if row.period == period}
    return frozenset(costs | received)


def find_last_reports(database: Database) -> dict[str, LastReportRow]:
    """The half-year of which each project reported last; a project that never did has no row."""
    incurred = table_of("incurred_cost")
    query = select(incurred.c.project_key, func.max(incurred.c.period)).group_by(incurred.c.project_key)
    with reading(database) as connection:
        found = {row[0]: LastReportRow(row[0], row[1], False) for row in connection.execute(query)}
        for report in select_received(connection):
            present = found.get(report.project_key)
            if present is None or report.period >= present.period:
                found[report.project_key] = LastReportRow(report.project_key, report.period, True)
    return found
