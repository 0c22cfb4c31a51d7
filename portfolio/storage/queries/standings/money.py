"""What the database sums of each project's contracts, payments, costs and forecasts, as of a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, distinct, func, null, or_, select, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from portfolio.dates import HalfYear
from portfolio.model.entities import table_of
from portfolio.storage.queries.reduced_dates import (
    begins_after,
    begins_after_end,
    happened_by,
    may_have_happened,
    was_signed,
)

# In place of an amount, none of which is negative.
_CONTRADICTED = -1


def money_queries(as_of: dt.date | None) -> Iterator[Select[Any]]:
    """The questions of `find_money`: the first column is the project, the others are fields of MoneyRow."""
    yield _contracts(as_of)
    yield _payments(as_of)
    yield _clearings(as_of)
    yield _incurred(as_of)
    yield _receipts(as_of)
    yield _forecasts(as_of)
    yield _amendment_counts(as_of)
    if as_of is not None:
        yield _recent_cost(as_of)
        yield from _possible(as_of)


def _happened(date: ColumnElement[Any], as_of: dt.date | None) -> ColumnElement[bool]:
    return true() if as_of is None else happened_by(date, as_of)


def happened_under(date: ColumnElement[Any], contract_key: ColumnElement[Any], as_of: dt.date) -> Any:
    """Whether a payment or clearing happened by `as_of`: certainly, or on a day that nobody stated.

    Without a day it did not, where its contract was certainly signed later.
    """
    contract = table_of("contract").c
    signed_later = select(contract.key).where(begins_after(contract.signed_on, as_of))
    return and_(happened_by(date, as_of), or_(date.is_not(None), contract_key.not_in(signed_later)))


def _ended(period: ColumnElement[Any], as_of: dt.date | None) -> ColumnElement[bool]:
    return true() if as_of is None else period <= str(HalfYear.last_ended(as_of))


def _latest_amended(column: str, as_of: dt.date | None) -> ColumnElement[int | None]:
    """An amount of a contract by its latest signed amendment that names one; -1 where that contradicts it."""
    contract, amendment = table_of("contract"), table_of("amendment")
    amount = case((is_before_contract(), _CONTRADICTED), else_=amendment.c[f"new_{column}"])
    return (
        select(amount)
        .where(
            amendment.c.contract_key == contract.c.key,
            was_signed(amendment.c.signed_on, as_of),
            amendment.c[f"new_{column}"].is_not(None),
        )
        .order_by(amendment.c.number.desc())
        .limit(1)
        .correlate(contract)
        .scalar_subquery()
    )


def is_before_contract() -> ColumnElement[bool]:
    """Whether an amendment was certainly signed before its contract was, or, unsigned, before it starts."""
    contract, amendment = table_of("contract").c, table_of("amendment").c
    return begins_after_end(func.coalesce(contract.signed_on, contract.start), amendment.signed_on)


def _present(amended: ColumnElement[Any], signed: ColumnElement[Any]) -> ColumnElement[Any]:
    """An amount as amended, else as first signed; not known where the amendment contradicts the contract."""
    return case((amended == _CONTRADICTED, null()), else_=func.coalesce(amended, signed))


def present_contracts(as_of: dt.date | None = None) -> Subquery:
    """Every contract signed by then with its amounts as amended, each perhaps unknown.

    Shape: key, project_key, decision_key, signed_on, eu, other, total.
    """
    contract = table_of("contract").c
    own = [contract.key, contract.project_key, contract.decision_key, contract.signed_on]
    # Amounts first, sums second: PostgreSQL does not sum over a subquery that it has yet to correlate.
    amounts = (
        select(
            *own,
            contract.eu_contribution_cents.label("signed_eu"),
            contract.other_contributions_cents.label("signed_other"),
            contract.total_cents.label("signed_total"),
            _latest_amended("eu_contribution_cents", as_of).label("new_eu"),
            _latest_amended("total_cents", as_of).label("new_total"),
        )
        .where(_happened(contract.signed_on, as_of))
        .subquery()
    )
    eu = _present(amounts.c.new_eu, amounts.c.signed_eu)
    total = _present(amounts.c.new_total, amounts.c.signed_total)
    other = _other(amounts.c, eu, total)
    names = [column.name for column in own]
    return select(
        *(amounts.c[name] for name in names), eu.label("eu"), other.label("other"), total.label("total")
    ).subquery()


def _other(
    amounts: ReadOnlyColumnCollection[str, ColumnElement[Any]],
    eu: ColumnElement[Any],
    total: ColumnElement[Any],
) -> ColumnElement[Any]:
    """Other contributions as signed, else what is left; not known where the amounts contradict each other.

    An amendment names none. An amount that it leaves as signed holds only as far as the signed amounts agree.
    """
    is_as_signed = and_(amounts.new_eu.is_(None), amounts.new_total.is_(None))
    are_amended = and_(amounts.new_eu.is_not(None), amounts.new_total.is_not(None))
    disagree = amounts.signed_eu + amounts.signed_other != amounts.signed_total
    return case(
        (is_as_signed, amounts.signed_other),
        (or_(total < eu, and_(~are_amended, disagree)), null()),
        else_=total - eu,
    )


def _contracts(as_of: dt.date | None) -> Select[Any]:
    present = present_contracts(as_of)
    sums = [
        summed(present.c[name]).label(f"contracted_{name}_{unit}")
        for name in ("eu", "other", "total")
        for unit, summed in (("cents", func.sum), ("known", func.count))
    ]
    counted = func.count().label("contracts")
    return select(present.c.project_key, counted, *sums).group_by(present.c.project_key)


def _payments(as_of: dt.date | None) -> Select[Any]:
    payment, contract = table_of("payment"), table_of("contract")
    amount, kind = payment.c.amount_cents, payment.c.kind
    # Each contract's payments first: there are many more payments than contracts to look up.
    of_contract = (
        select(
            payment.c.contract_key,
            func.sum(case((kind == "recovery", -amount), else_=amount)).label("paid_cents"),
            func.sum(case((kind == "pre-financing", amount))).label("pre_financing_cents"),
            func.sum(case((kind == "recovery", amount))).label("recovered_cents"),
            func.sum(case((kind == "final", amount))).label("final_cents"),
            func.max(payment.c.paid_on).label("last_paid_on"),
        )
        .where(true() if as_of is None else happened_under(payment.c.paid_on, payment.c.contract_key, as_of))
        .group_by(payment.c.contract_key)
        .subquery()
    )
    return (
        select(
            contract.c.project_key,
            func.sum(of_contract.c.paid_cents).label("paid_cents"),
            func.sum(of_contract.c.pre_financing_cents).label("pre_financing_cents"),
            func.sum(of_contract.c.recovered_cents).label("recovered_cents"),
            func.sum(of_contract.c.final_cents).label("final_cents"),
            func.max(of_contract.c.last_paid_on).label("last_paid_on"),
        )
        .join(of_contract, of_contract.c.contract_key == contract.c.key)
        .group_by(contract.c.project_key)
    )


def _clearings(as_of: dt.date | None) -> Select[Any]:
    clearing, contract = table_of("clearing"), table_of("contract")
    return (
        select(contract.c.project_key, func.sum(clearing.c.amount_cents).label("cleared_cents"))
        .join(clearing, clearing.c.contract_key == contract.c.key)
        .where(true() if as_of is None else happened_under(clearing.c.cleared_on, contract.c.key, as_of))
        .group_by(contract.c.project_key)
    )


def _possible(as_of: dt.date) -> Iterator[Select[Any]]:
    """Payments, clearings and receipts of a reduced date that may lie before or after the day."""
    payment, clearing, contract = table_of("payment"), table_of("clearing"), table_of("contract")
    receipt, amount, kind = table_of("receipt").c, payment.c.amount_cents, payment.c.kind
    yield (
        select(
            contract.c.project_key,
            func.sum(case((kind != "recovery", amount))).label("possible_paid_cents"),
            func.sum(case((kind == "pre-financing", amount))).label("possible_pre_financing_cents"),
            func.sum(case((kind == "recovery", amount))).label("possible_recovered_cents"),
        )
        .join(payment, payment.c.contract_key == contract.c.key)
        .where(may_have_happened(payment.c.paid_on, as_of))
        .group_by(contract.c.project_key)
    )
    yield (
        select(contract.c.project_key, func.sum(clearing.c.amount_cents).label("possible_cleared_cents"))
        .join(clearing, clearing.c.contract_key == contract.c.key)
        .where(may_have_happened(clearing.c.cleared_on, as_of))
        .group_by(contract.c.project_key)
    )
    yield (
        select(receipt.project_key, func.sum(receipt.amount_cents).label("possible_received_cents"))
        .where(may_have_happened(receipt.received_on, as_of))
        .group_by(receipt.project_key)
    )


def _incurred(as_of: dt.date | None) -> Select[Any]:
    incurred = table_of("incurred_cost")
    return (
        select(
            incurred.c.project_key,
            func.sum(incurred.c.amount_cents).label("incurred_cents"),
            func.max(incurred.c.period).label("last_incurred_period"),
        )
        .where(_ended(incurred.c.period, as_of))
        .group_by(incurred.c.project_key)
    )


def _recent_cost(as_of: dt.date) -> Select[Any]:
    """Cost of the last two half-years that had ended: the last twelve months, as finely as is reported."""
    incurred, last = table_of("incurred_cost"), HalfYear.last_ended(as_of)
    return (
        select(
            incurred.c.project_key,
            func.sum(incurred.c.amount_cents).label("recent_incurred_cents"),
            func.count(distinct(incurred.c.period)).label("recent_periods"),
        )
        .where(incurred.c.period.in_([str(last.previous), str(last)]))
        .group_by(incurred.c.project_key)
    )


def _receipts(as_of: dt.date | None) -> Select[Any]:
    receipt = table_of("receipt")
    return (
        select(receipt.c.project_key, func.sum(receipt.c.amount_cents).label("received_cents"))
        .where(_happened(receipt.c.received_on, as_of))
        .group_by(receipt.c.project_key)
    )


def _forecasts(as_of: dt.date | None) -> Select[Any]:
    """The implementer's latest forecast of its cost at the present end."""
    forecast = table_of("cost_forecast")
    latest = (
        select(forecast.c.project_key, func.max(forecast.c.period).label("period"))
        .where(_ended(forecast.c.period, as_of))
        .group_by(forecast.c.project_key)
        .subquery()
    )
    is_latest = and_(forecast.c.project_key == latest.c.project_key, forecast.c.period == latest.c.period)
    return select(
        forecast.c.project_key,
        forecast.c.amount_cents.label("forecast_cents"),
        forecast.c.period.label("forecast_period"),
    ).join(latest, is_latest)


def _amendment_counts(as_of: dt.date | None) -> Select[Any]:
    amendment, contract = table_of("amendment"), table_of("contract")
    return (
        select(contract.c.project_key, func.count().label("amendments"))
        .select_from(amendment)
        .join(contract, contract.c.key == amendment.c.contract_key)
        .where(true() if as_of is None else was_signed(amendment.c.signed_on, as_of))
        .group_by(contract.c.project_key)
    )
