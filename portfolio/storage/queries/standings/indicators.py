"""The indicators of each project on a date, each with the value that counts by then."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, Subquery, and_, case, cast, func, or_, select

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.model.result_rows import IndicatorRow
from portfolio.model.results import COUNTED_STATUSES, PERCENT_UNIT
from portfolio.model.standing_rows import IndicatorStanding

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
            value.status.in_(COUNTED_STATUSES),
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
