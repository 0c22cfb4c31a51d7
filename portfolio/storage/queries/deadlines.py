"""What deadlines are counted from, grouped by the database: agreements, payments, reports."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Integer, case, cast, func, select

from portfolio.dates import HalfYear
from portfolio.model.deadline_rows import AgreementRow, PaymentDatesRow
from portfolio.model.entities import table_of
from portfolio.model.rows import MilestoneRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.practice import select_received
from portfolio.storage.queries.reduced_dates import ends_by
from portfolio.storage.queries.rows import find_all


def find_agreements(database: Database) -> tuple[AgreementRow, ...]:
    """Every financing agreement, by key."""
    with reading(database) as connection:
        return find_all(connection, table_of("financing_agreement"), AgreementRow)


def find_payment_dates(database: Database, as_of: dt.date) -> dict[str, PaymentDatesRow]:
    """When each contract was first and finally paid by `as_of`; a contract without a payment has no row."""
    payment = table_of("payment")
    happened = ends_by(payment.c.paid_on, as_of)
    paid = case((happened, payment.c.paid_on))
    final = case((happened & (payment.c.kind == "final"), payment.c.paid_on))
    undated = func.sum(cast(payment.c.paid_on.is_(None), Integer))
    query = (
        select(payment.c.contract_key, func.min(paid), func.max(final), undated)
        .where(payment.c.kind != "recovery")
        .group_by(payment.c.contract_key)
    )
    with reading(database) as connection:
        return {
            key: PaymentDatesRow(key, first_on=first, final_on=last, undated=int(unknown))
            for key, first, last, unknown in connection.execute(query).all()
        }


def find_reported_periods(database: Database, as_of: dt.date) -> dict[str, frozenset[str]]:
    """The half-years of which each project had reported: a workbook that came in, or costs on record.

    Costs count once their half-year has ended, as everywhere.
    """
    incurred = table_of("incurred_cost")
    ended = incurred.c.period <= str(HalfYear.last_ended(as_of))
    query = select(incurred.c.project_key, incurred.c.period).where(ended).distinct()
    found: dict[str, set[str]] = {}
    with reading(database) as connection:
        for key, period in connection.execute(query).all():
            found.setdefault(key, set()).add(period)
        for report in select_received(connection, as_of):
            found.setdefault(report.project_key, set()).add(report.period)
    return {key: frozenset(periods) for key, periods in found.items()}


def find_milestones_of_kind(database: Database, kind: str) -> tuple[MilestoneRow, ...]:
    """The milestones of one kind, of every project: by key."""
    table = table_of("milestone")
    with reading(database) as connection:
        return find_all(connection, table, MilestoneRow, table.c.kind == kind)
