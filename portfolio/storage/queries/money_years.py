"""Money by year and half-year, grouped by the database: what was signed, paid and incurred when.

A contract's present amounts stand in the year of its signature, a payment in the year in which it was paid, a
cost in the year of its half-year. What has no date stands in no year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.model.year_rows import PeriodCostRow, YearRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.standings.money import happened_under, present_contracts


def find_money_years(database: Database, as_of: dt.date) -> tuple[YearRow, ...]:
    """What every project has of each dated amount in each year, by what had happened by `as_of`.

    The sums over a project's years are those of `find_money`, where every contract states its amount.
    """
    queries = (_signed(as_of), _paid(as_of), _incurred(as_of))
    with reading(database) as connection:
        return tuple(row for query in queries for row in _rows(connection, query))


def find_period_costs(database: Database, as_of: dt.date) -> tuple[PeriodCostRow, ...]:
    """What every project incurred in each half-year that had ended by `as_of`, in order of time."""
    incurred = table_of("incurred_cost").c
    query = (
        select(incurred.project_key, incurred.period, func.sum(incurred.amount_cents))
        .where(incurred.period <= str(HalfYear.last_ended(as_of)))
        .group_by(incurred.project_key, incurred.period)
        .order_by(incurred.project_key, incurred.period)
    )
    with reading(database) as connection:
        # PostgreSQL sums BIGINT to NUMERIC, which arrives as Decimal.
        return tuple(
            PeriodCostRow(key, period, int(cents)) for key, period, cents in connection.execute(query)
        )


def _rows(connection: Connection, query: Select[Any]) -> Iterator[YearRow]:
    result = connection.execute(query)
    _, _, *amounts = result.keys()
    for key, year, *values in result:
        for amount, cents in zip(amounts, values, strict=True):
            if cents is not None:
                yield YearRow(key, amount, year, int(cents))


def _year(date: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.substr(date, 1, 4)


def _signed(as_of: dt.date) -> Select[Any]:
    contract = present_contracts(as_of).c
    year = _year(contract.signed_on)
    return select(
        contract.project_key,
        year.label("year"),
        func.sum(contract.eu).label("contracted"),
        func.sum(contract.other).label("contracted-other"),
        func.sum(contract.total).label("contracted-total"),
    ).group_by(contract.project_key, year)


def _paid(as_of: dt.date) -> Select[Any]:
    payment, contract = table_of("payment").c, table_of("contract").c
    year, back = _year(payment.paid_on), payment.kind == "recovery"
    return (
        select(
            contract.project_key,
            year.label("year"),
            func.sum(case((back, -payment.amount_cents), else_=payment.amount_cents)).label("paid"),
            func.sum(case((back, payment.amount_cents), else_=0)).label("recovered"),
        )
        .select_from(table_of("payment").join(table_of("contract"), payment.contract_key == contract.key))
        .where(happened_under(payment.paid_on, contract.key, as_of))
        .group_by(contract.project_key, year)
    )


def _incurred(as_of: dt.date) -> Select[Any]:
    incurred = table_of("incurred_cost").c
    year = _year(incurred.period)
    return (
        select(incurred.project_key, year.label("year"), func.sum(incurred.amount_cents).label("incurred"))
        .where(incurred.period <= str(HalfYear.last_ended(as_of)))
        .group_by(incurred.project_key, year)
    )
