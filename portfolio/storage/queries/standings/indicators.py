"""The indicators of each project on a date, each with the value that counts by then."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, Subquery, and_, case, cast, func, or_, select

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.model.result_rows import IndicatorRow
from portfolio.model.results import PERCENT_UNIT
from portfolio.model.standing_rows import IndicatorStanding

_COUNTING = ("submitted", "approved")
_OWN = len(fields(IndicatorRow))


def find_indicator_standings(
    connection: Connection, as_of: dt.date
) -> dict[str, tuple[IndicatorStanding, ...]]:
    """The indicators of every project that has any, in their declared order, then by key."""
    found: dict[str, list[IndicatorStanding]] = {}
    for row in connection.execute(_latest_values(_counting_values(as_of))).all():
        standing = IndicatorStanding(IndicatorRow(*row[:_OWN]), *row[_OWN:])
        found.setdefault(standing.indicator.project_key, []).append(standing)
    return {key: tuple(sorted(listed, key=_place)) for key, listed in found.items()}


def _place(standing: IndicatorStanding) -> tuple[bool, int, str]:
    row = standing.indicator
    return (row.position is None, row.position or 0, row.key)


def _counting_values(as_of: dt.date) -> Subquery:
    """The last counting half-year of each indicator, and what its counting half-years add up to."""
    value = table_of("indicator_value").c
    return (
        select(
            value.indicator_key,
            func.max(value.period).label("period"),
            func.sum(value.value_millionths).label("sum"),
        )
        .where(
            value.partner_code.is_(None),
            value.sex.is_(None),
            value.status.in_(_COUNTING),
            value.period <= str(HalfYear.last_ended(as_of)),
        )
        .group_by(value.indicator_key)
        .subquery()
    )


def _latest_values(counting: Subquery) -> Select[Any]:
    """Every indicator with the total of its last counting half-year; of an additive one with all of them."""
    indicator, value = table_of("indicator"), table_of("indicator_value")
    additive = and_(
        indicator.c.aggregation == "sum",
        or_(indicator.c.unit.is_(None), indicator.c.unit != PERCENT_UNIT),
    )
    # PostgreSQL sums BIGINT to NUMERIC, which would arrive as Decimal.
    amount = case((additive, cast(counting.c.sum, BigInteger)), else_=value.c.value_millionths)
    is_last = and_(
        value.c.indicator_key == counting.c.indicator_key,
        value.c.period == counting.c.period,
        value.c.partner_code.is_(None),
        value.c.sex.is_(None),
    )
    return select(
        *(indicator.c[field.name] for field in fields(IndicatorRow)),
        value.c.key.label("value_key"), value.c.period, amount.label("amount"), value.c.text, value.c.status,
    ).select_from(
        indicator.outerjoin(counting, counting.c.indicator_key == indicator.c.key).outerjoin(value, is_last)
    )  # fmt: skip


def count_values(connection: Connection, as_of: dt.date) -> dict[str, int]:
    """How many values of each project count by `as_of`, those of one partner or sex included."""
    indicator, value = table_of("indicator"), table_of("indicator_value")
    by_indicator = (
        select(value.c.indicator_key, func.count().label("values"))
        .where(value.c.status.in_(_COUNTING), value.c.period <= str(HalfYear.last_ended(as_of)))
        .group_by(value.c.indicator_key)
        .subquery()
    )
    query = (
        select(indicator.c.project_key, func.sum(by_indicator.c["values"]))
        .join(by_indicator, by_indicator.c.indicator_key == indicator.c.key)
        .group_by(indicator.c.project_key)
    )
    return {key: int(number) for key, number in connection.execute(query).all()}
