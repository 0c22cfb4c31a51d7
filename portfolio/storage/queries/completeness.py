"""What projects have on record and what says too little: counted and picked out by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, true

from portfolio.dates import HalfYear
from portfolio.model.completeness_rows import EntryDays, IncompleteRow, LastReportRow, RecordCounts
from portfolio.model.entities import table_of
from portfolio.model.history import CHANGE_SETS, CHANGES
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.practice import select_received
from portfolio.storage.queries.reduced_dates import begins_after, ends_before, happened_by, was_signed
from portfolio.storage.queries.standings.milestones import is_open

# The kinds of record whose day of entry is told.
_DATED = ("project", "contract", "milestone", "indicator", "risk")
_DAY = len("2026-11-23")


def find_record_counts(database: Database, as_of: dt.date | None = None) -> dict[str, RecordCounts]:
    """How many records that are asked for each project has; without any it has no row.

    With `as_of`, of contracts those that were signed by then; of the other records nobody states since when.
    """
    milestone = table_of("milestone").c
    own = {
        "milestone": and_(milestone.about == "project", milestone.status != "cancelled"),
        "contract": _signed(as_of),
    }
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


def _signed(as_of: dt.date | None) -> ColumnElement[bool]:
    """Whether a contract was signed by then, or on a day that nobody stated."""
    return true() if as_of is None else happened_by(table_of("contract").c.signed_on, as_of)


def find_incomplete(database: Database, as_of: dt.date | None = None) -> tuple[IncompleteRow, ...]:
    """The records that say too little, by kind, project and key.

    With `as_of`, what was missing then: of contracts signed by then, after amendments signed, reviews made
    and half-years ended by then told.
    """
    with reading(database) as connection:
        return tuple(row for kind in _incomplete(as_of) for row in _picked(connection, *kind))


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


def _incomplete(as_of: dt.date | None) -> Iterator[tuple[str, str, str, ColumnElement[bool]]]:
    """Kind, entity, the field that names its records, and what is wrong with them."""
    contract, milestone = table_of("contract").c, table_of("milestone").c
    indicator, risk = table_of("indicator").c, table_of("risk").c
    amounts = or_(_never_stated("eu_contribution_cents", as_of), _never_stated("total_cents", as_of))
    yield "contract-amounts", "contract", "number", and_(amounts, _signed(as_of))
    yield "contract-signature", "contract", "number", contract.signed_on.is_(None)
    undated = and_(
        _is_open(as_of),
        milestone.baseline.is_(None),
        milestone.forecast.is_(None),
    )
    yield "milestone-date", "milestone", "title", undated
    no_target = and_(indicator.target_millionths.is_(None), indicator.target_text.is_(None))
    yield "indicator-target", "indicator", "statement", no_target
    numbers = or_(indicator.baseline_millionths.is_not(None), indicator.target_millionths.is_not(None))
    yield "indicator-unit", "indicator", "statement", and_(indicator.unit.is_(None), numbers)
    yield "indicator-value", "indicator", "statement", ~_has_value(as_of)
    yield "risk-review", "risk", "title", and_(risk.status == "open", _unreviewed(as_of))


def _is_open(as_of: dt.date | None) -> ColumnElement[bool]:
    milestone = table_of("milestone").c
    if as_of is not None:
        return is_open(as_of)
    return and_(milestone.about == "project", milestone.status.in_(("planned", "in-progress")))


def _unreviewed(as_of: dt.date | None) -> ColumnElement[bool]:
    """Whether no review of a risk is on record, or with `as_of` none that may have been made by then."""
    risk, review = table_of("risk").c, table_of("risk_review").c
    if as_of is None:
        return risk.reviewed_on.is_(None)
    earlier = exists().where(review.risk_key == risk.key, ~begins_after(review.reviewed_on, as_of))
    return or_(risk.reviewed_on.is_(None), and_(begins_after(risk.reviewed_on, as_of), ~earlier))


def _never_stated(column: str, as_of: dt.date | None) -> ColumnElement[bool]:
    """An amount that neither a contract nor one of its amendments states."""
    contract, amendment = table_of("contract"), table_of("amendment")
    amended = exists().where(
        amendment.c.contract_key == contract.c.key,
        amendment.c[f"new_{column}"].is_not(None),
        true() if as_of is None else was_signed(amendment.c.signed_on, as_of),
    )
    return and_(contract.c[column].is_(None), ~amended)


def _has_value(as_of: dt.date | None) -> ColumnElement[bool]:
    value, indicator = table_of("indicator_value"), table_of("indicator")
    stated = or_(value.c.value_millionths.is_not(None), value.c.text.is_not(None))
    ended = true() if as_of is None else value.c.period <= str(HalfYear.last_ended(as_of))
    return exists().where(value.c.indicator_key == indicator.c.key, stated, ended)


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


def find_reported(database: Database, period: str, as_of: dt.date | None = None) -> frozenset[str]:
    """The keys of the projects that reported for a half-year: a report came in, or costs are on record.

    With `as_of`, by then: costs count once their half-year has ended, as everywhere.
    """
    incurred = table_of("incurred_cost")
    query = select(incurred.c.project_key).where(incurred.c.period == period, _ended(as_of)).distinct()
    with reading(database) as connection:
        costs = set(connection.execute(query).scalars())
        received = {row.project_key for row in select_received(connection, as_of) if row.period == period}
    return frozenset(costs | received)


def _ended(as_of: dt.date | None) -> ColumnElement[bool]:
    period = table_of("incurred_cost").c.period
    return true() if as_of is None else period <= str(HalfYear.last_ended(as_of))


def find_last_reports(database: Database, as_of: dt.date | None = None) -> dict[str, LastReportRow]:
    """The half-year of which each project reported last, or had by `as_of`; one that never did has no row."""
    incurred = table_of("incurred_cost")
    last = select(incurred.c.project_key, func.max(incurred.c.period)).where(_ended(as_of))
    query = last.group_by(incurred.c.project_key)
    with reading(database) as connection:
        found = {row[0]: LastReportRow(row[0], row[1], False) for row in connection.execute(query)}
        for report in select_received(connection, as_of):
            present = found.get(report.project_key)
            if present is None or report.period >= present.period:
                found[report.project_key] = LastReportRow(report.project_key, report.period, True)
    return found
