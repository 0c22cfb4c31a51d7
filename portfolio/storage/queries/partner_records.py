"""The records of one partner: milestones and risks of its projects, trainings and values told of it alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BigInteger, Select, and_, case, cast, func, or_, select

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.model.result_rows import IndicatorRow, RiskRow, TrainingRow
from portfolio.model.results import COUNTED_STATUSES, PERCENT_UNIT
from portfolio.model.rows import MilestoneRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.reduced_dates import ends_by
from portfolio.storage.queries.rows import find_all
from portfolio.storage.queries.standings.milestones import is_open
from portfolio.storage.queries.standings.risks import find_open_risks


@dataclass(frozen=True)
class PartnerValueRow:
    """What counts of an indicator in one partner: the last half-year's value, or the sum of an additive one.

    Units: integer millionths. `value_key` is the value of the last half-year.
    """

    indicator: IndicatorRow
    value_key: str
    period: str
    value_millionths: int | None
    text: str | None


def _own_projects(partner_code: str) -> Select[Any]:
    participation = table_of("participation").c
    return select(participation.project_key).where(participation.partner_code == partner_code)


def find_open_milestones(database: Database, partner_code: str, as_of: dt.date) -> tuple[MilestoneRow, ...]:
    """The milestones of a partner's projects that were open on `as_of`, context entries left out."""
    table = table_of("milestone")
    own = table.c.project_key.in_(_own_projects(partner_code))
    with reading(database) as connection:
        return find_all(connection, table, MilestoneRow, own, is_open(as_of))


def find_partner_risks(database: Database, partner_code: str, as_of: dt.date) -> tuple[RiskRow, ...]:
    """The open risks of the projects in which a partner takes part, as they were rated by `as_of`."""
    with reading(database) as connection:
        found = find_open_risks(connection, as_of, among=_own_projects(partner_code))
    return tuple(row for rows in found.values() for row in rows)


def find_partner_trainings(
    database: Database, partner_code: str, as_of: dt.date
) -> tuple[TrainingRow, ...]:
    """The trainings that name a partner and had certainly been held by `as_of`, the latest first."""
    table = table_of("training")
    held = ends_by(func.coalesce(table.c.ended_on, table.c.held_on), as_of)
    with reading(database) as connection:
        found = find_all(connection, table, TrainingRow, table.c.partner_code == partner_code, held)
    return tuple(sorted(found, key=lambda row: row.held_on, reverse=True))


def find_partner_values(database: Database, partner_code: str, as_of: dt.date) -> tuple[PartnerValueRow, ...]:
    """What indicators say of a partner by `as_of`: values that count, of everybody there, by indicator."""
    value, indicator = table_of("indicator_value"), table_of("indicator")
    counts = and_(
        value.c.partner_code == partner_code,
        value.c.sex.is_(None),
        value.c.status.in_(COUNTED_STATUSES),
        value.c.period <= str(HalfYear.last_ended(as_of)),
    )
    last = (
        select(
            value.c.indicator_key,
            func.max(value.c.period).label("period"),
            func.sum(value.c.value_millionths).label("sum"),
        )
        .where(counts)
        .group_by(value.c.indicator_key)
        .subquery()
    )
    additive = and_(
        indicator.c.aggregation == "sum",
        or_(indicator.c.unit.is_(None), indicator.c.unit != PERCENT_UNIT),
    )
    # PostgreSQL sums BIGINT to NUMERIC, which would arrive as Decimal.
    amount = case((additive, cast(last.c.sum, BigInteger)), else_=value.c.value_millionths)
    own = [indicator.c[field.name] for field in fields(IndicatorRow)]
    query = (
        select(*own, value.c.key.label("value_key"), value.c.period, amount.label("amount"), value.c.text)
        .select_from(indicator)
        .join(last, last.c.indicator_key == indicator.c.key)
        .join(value, and_(counts, value.c.indicator_key == indicator.c.key, value.c.period == last.c.period))
        .order_by(indicator.c.project_key, indicator.c.key)
    )
    with reading(database) as connection:
        return tuple(
            PartnerValueRow(IndicatorRow(*row[: len(own)]), *row[len(own) :])
            for row in connection.execute(query)
        )
