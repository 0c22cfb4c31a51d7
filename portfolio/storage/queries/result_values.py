"""Values of indicators, grouped by the database: how they stand, and the parts in which they are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.model.results import COUNTED_STATUSES
from portfolio.model.value_rows import PartnerSumRow, ValueCountsRow, WaitingRow
from portfolio.storage.engine import Database, reading

_OPEN = ("draft", "submitted", "returned")


def find_value_counts(database: Database, as_of: dt.date) -> dict[str, ValueCountsRow]:
    """Each indicator that has values of half-years that had ended by `as_of`, with how they stand."""
    value = table_of("indicator_value").c
    whole = and_(value.partner_code.is_(None), value.sex.is_(None))
    counts = value.status.in_(COUNTED_STATUSES)
    by_sex = and_(value.partner_code.is_(None), counts)
    columns: dict[str, ColumnElement[Any]] = {
        "counted": _number(and_(whole, counts, value.value_millionths.is_not(None))),
        "approved": _number(and_(whole, value.status == "approved")),
        "submitted": _number(and_(whole, value.status == "submitted")),
        "drafts": _number(and_(whole, value.status == "draft")),
        "returned": _number(and_(whole, value.status == "returned")),
        "parts": _number(~whole),
        **{
            name: func.sum(case((and_(by_sex, value.sex == sex), value.value_millionths)))
            for name, sex in (("women", "women"), ("men", "men"), ("not_stated", "not-stated"))
        },
    }
    query = (
        select(value.indicator_key, *(column.label(name) for name, column in columns.items()))
        .where(value.period <= str(HalfYear.last_ended(as_of)))
        .group_by(value.indicator_key)
    )
    with reading(database) as connection:
        rows = connection.execute(query).mappings().all()
    return {row["indicator_key"]: ValueCountsRow(**_whole(dict(row))) for row in rows}


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    # PostgreSQL sums BIGINT to NUMERIC, which arrives as Decimal.
    return {
        name: value if value is None or isinstance(value, str) else int(value) for name, value in row.items()
    }


def find_partner_sums(database: Database, as_of: dt.date) -> tuple[PartnerSumRow, ...]:
    """What the counting half-years of each indicator add up to in each partner, where it is told."""
    value = table_of("indicator_value").c
    query = (
        select(
            value.indicator_key,
            value.partner_code,
            func.sum(value.value_millionths).label("value_millionths"),
        )
        .where(
            value.partner_code.is_not(None),
            value.sex.is_(None),
            value.value_millionths.is_not(None),
            value.status.in_(COUNTED_STATUSES),
            value.period <= str(HalfYear.last_ended(as_of)),
        )
        .group_by(value.indicator_key, value.partner_code)
        .order_by(value.indicator_key, value.partner_code)
    )
    with reading(database) as connection:
        return tuple(PartnerSumRow(**_whole(dict(row))) for row in connection.execute(query).mappings().all())


def find_waiting(database: Database, as_of: dt.date) -> tuple[WaitingRow, ...]:
    """Values that are not approved, by project, half-year and status: the latest half-year first.

    Values of half-years that had begun by `as_of`: when a value was submitted is not on record.
    """
    value, indicator = table_of("indicator_value").c, table_of("indicator").c
    query = (
        select(indicator.project_key, value.period, value.status, func.count().label("values"))
        .select_from(table_of("indicator_value"))
        .join(table_of("indicator"), indicator.key == value.indicator_key)
        .where(value.status.in_(_OPEN), value.period <= str(HalfYear.running_on(as_of)))
        .group_by(indicator.project_key, value.period, value.status)
        .order_by(value.period.desc(), indicator.project_key, value.status)
    )
    with reading(database) as connection:
        return tuple(WaitingRow(**row) for row in connection.execute(query).mappings().all())
