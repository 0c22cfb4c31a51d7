"""Money of contracts, payments, costs and decisions, summed by the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Select, or_, select, true

from portfolio.model.entities import table_of
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, IncurredRow, PaymentRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.reduced_dates import begins_after, happened_by
from portfolio.storage.queries.rows import find_all, grouped
from portfolio.storage.queries.standings.money import money_queries, present_contracts


def find_money(database: Database, as_of: dt.date | None = None) -> dict[str, MoneyRow]:
    """What is known of each project's money; a project with no contract, payment or cost has no row.

    With `as_of`, what had certainly happened by then: payments, clearings and receipts (and those of which
    nobody stated the day), signed amendments, cost and forecasts of half-years that had ended.
    """
    with reading(database) as connection:
        parts = [_by_project(connection, query) for query in money_queries(as_of)]
    keys = sorted({key for part in parts for key in part})
    return {key: MoneyRow(project_key=key, **_merged(key, parts)) for key in keys}


def _merged(key: str, parts: list[dict[str, dict[str, Any]]]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.get(key, {}).items()}


def _by_project(connection: Connection, query: Select[Any]) -> dict[str, dict[str, Any]]:
    result = connection.execute(query)
    _, *names = result.keys()
    return {key: dict(zip(names, map(_integer, values), strict=True)) for key, *values in result.all()}


def _integer(value: Any) -> Any:
    # PostgreSQL sums BIGINT to NUMERIC, which arrives as Decimal.
    return value if value is None or isinstance(value, str | int) else int(value)


def find_decisions(database: Database, as_of: dt.date | None = None) -> tuple[DecisionRow, ...]:
    """Every financing decision with what was contracted under it, its projects and its agreement.

    With `as_of`, the decisions taken by then, with the contracts signed and amended by then.
    """
    decision = table_of("financing_decision")
    taken = true() if as_of is None else happened_by(decision.c.decided_on, as_of)
    with reading(database) as connection:
        contracts = _contracts_by_decision(connection, as_of)
        agreements = _agreements_by_decision(connection, as_of)
        rows = connection.execute(select(decision).where(taken).order_by(decision.c.key)).mappings().all()
    return tuple(
        _decision(dict(row), contracts.get(row["key"], []), agreements.get(row["key"])) for row in rows
    )


def _decision(
    row: dict[str, Any], contracts: list[dict[str, Any]], agreement: dict[str, Any] | None
) -> DecisionRow:
    dates = agreement or {}
    amounts = [contract["eu_contribution_cents"] for contract in contracts]
    return DecisionRow(
        **row,
        # Without a contract nothing has been contracted; with an amount unknown the sum is unknown.
        contracted_eu_cents=None if any(amount is None for amount in amounts) else sum(amounts),
        project_keys=tuple(dict.fromkeys(contract["project_key"] for contract in contracts)),
        agreement_signed_on=dates.get("signed_on"),
        end_of_implementation=dates.get("end_of_implementation"),
        end_of_execution=dates.get("end_of_execution"),
    )


def _contracts_by_decision(connection: Connection, as_of: dt.date | None) -> dict[str, list[dict[str, Any]]]:
    contract = present_contracts(as_of).c
    query = (
        select(contract.decision_key, contract.project_key, contract.eu.label("eu_contribution_cents"))
        .where(contract.decision_key.is_not(None))
        .order_by(contract.key)
    )
    return grouped(connection.execute(query).mappings(), "decision_key")


def _agreements_by_decision(
    connection: Connection, as_of: dt.date | None
) -> dict[str, dict[str, Any]]:
    """Of each decision the agreement that counts; one that was certainly signed later is not there yet."""
    agreement = table_of("financing_agreement")
    own = agreement.c
    # SQLite sorts NULL first and PostgreSQL last: an agreement that is not signed comes last on both.
    order = (own.decision_key, own.signed_on.is_(None), own.signed_on, own.key)
    query = select(agreement).order_by(*order)
    if as_of is not None:
        query = query.where(or_(own.signed_on.is_(None), ~begins_after(own.signed_on, as_of)))
    rows = connection.execute(query).mappings()
    # The agreement that was signed first starts the clock.
    return {key: found[0] for key, found in grouped(rows, "decision_key").items()}


def find_contracts(
    database: Database, project_key: str | None = None, *, as_of: dt.date | None = None
) -> tuple[ContractRow, ...]:
    """The contracts of one project, or of all; with `as_of` without those that may be signed later."""
    table = table_of("contract")
    where = [] if project_key is None else [table.c.project_key == project_key]
    if as_of is not None:
        where.append(happened_by(table.c.signed_on, as_of))
    with reading(database) as connection:
        return find_all(connection, table, ContractRow, *where)


def find_amendments(database: Database) -> tuple[AmendmentRow, ...]:
    """Every amendment, by contract and number."""
    with reading(database) as connection:
        return find_all(connection, table_of("amendment"), AmendmentRow)


def find_payments(database: Database, project_key: str | None = None) -> tuple[PaymentRow, ...]:
    """The payments under one project's contracts, or all."""
    payment, contract = table_of("payment"), table_of("contract")
    own = select(contract.c.key).where(contract.c.project_key == project_key)
    where = () if project_key is None else (payment.c.contract_key.in_(own),)
    with reading(database) as connection:
        return find_all(connection, payment, PaymentRow, *where)


def find_incurred(database: Database, project_key: str | None = None) -> tuple[IncurredRow, ...]:
    """Incurred costs of one project, or of all, by period and heading."""
    table = table_of("incurred_cost")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, IncurredRow, *where)
