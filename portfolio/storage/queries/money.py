"""Money of contracts, payments, costs and decisions, summed by the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from portfolio.model.entities import table_of
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, IncurredRow, PaymentRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all, grouped


def find_money(database: Database) -> dict[str, MoneyRow]:
    """What is known of each project's money; a project with no contract, payment or cost has no row."""
    with reading(database) as connection:
        parts = [
            _by_project(connection, _contracts()),
            _by_project(connection, _payments()),
            _by_project(connection, _incurred()),
            _by_project(connection, _amendment_counts()),
        ]
    keys = sorted({key for part in parts for key in part})
    return {key: MoneyRow(project_key=key, **_merged(key, parts)) for key in keys}


def _merged(key: str, parts: list[dict[str, dict[str, Any]]]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.get(key, {}).items()}


def _by_project(connection: Connection, query: Select[Any]) -> dict[str, dict[str, Any]]:
    found = grouped(connection.execute(query).mappings(), "project_key")
    return {key: _integers(rows[0]) for key, rows in found.items()}


def _integers(row: dict[str, Any]) -> dict[str, Any]:
    # PostgreSQL sums BIGINT to NUMERIC, which arrives as Decimal.
    return {
        name: value if value is None or isinstance(value, str) else int(value) for name, value in row.items()
    }


def _present_amount(column: str) -> ColumnElement[int | None]:
    """An amount of a contract by its latest signed amendment that names one, else as first signed."""
    contract, amendment = table_of("contract"), table_of("amendment")
    amended = (
        select(amendment.c[f"new_{column}"])
        .where(
            amendment.c.contract_key == contract.c.key,
            amendment.c.signed_on.is_not(None),
            amendment.c[f"new_{column}"].is_not(None),
        )
        .order_by(amendment.c.number.desc())
        .limit(1)
        .correlate(contract)
        .scalar_subquery()
    )
    return func.coalesce(amended, contract.c[column])


def _contracts() -> Select[Any]:
    contract = table_of("contract")
    # Amounts first, sums second: PostgreSQL does not sum over a subquery that it has yet to correlate.
    present = select(
        contract.c.project_key,
        _present_amount("eu_contribution_cents").label("eu"),
        _present_amount("total_cents").label("total"),
    ).subquery()
    return select(
        present.c.project_key,
        func.count().label("contracts"),
        func.sum(present.c.eu).label("contracted_eu_cents"),
        func.count(present.c.eu).label("contracted_eu_known"),
        func.sum(present.c.total).label("contracted_total_cents"),
        func.count(present.c.total).label("contracted_total_known"),
    ).group_by(present.c.project_key)


def _payments() -> Select[Any]:
    payment, contract = table_of("payment"), table_of("contract")
    amount = payment.c.amount_cents
    return (
        select(
            contract.c.project_key,
            func.sum(case((payment.c.kind == "recovery", -amount), else_=amount)).label("paid_cents"),
            func.sum(case((payment.c.kind == "pre-financing", amount))).label("pre_financing_cents"),
            func.max(payment.c.paid_on).label("last_paid_on"),
        )
        .join(contract, contract.c.key == payment.c.contract_key)
        .group_by(contract.c.project_key)
    )


def _incurred() -> Select[Any]:
    incurred = table_of("incurred_cost")
    return select(
        incurred.c.project_key,
        func.sum(incurred.c.amount_cents).label("incurred_cents"),
        func.max(incurred.c.period).label("last_incurred_period"),
    ).group_by(incurred.c.project_key)


def _amendment_counts() -> Select[Any]:
    amendment, contract = table_of("amendment"), table_of("contract")
    return (
        select(contract.c.project_key, func.count().label("amendments"))
        .select_from(amendment)
        .join(contract, contract.c.key == amendment.c.contract_key)
        .group_by(contract.c.project_key)
    )


def find_decisions(database: Database) -> tuple[DecisionRow, ...]:
    """Every financing decision with what was contracted under it, its projects and its agreement."""
    decision = table_of("financing_decision")
    with reading(database) as connection:
        contracts = _contracts_by_decision(connection)
        agreements = _agreements_by_decision(connection)
        rows = connection.execute(select(decision).order_by(decision.c.key)).mappings().all()
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


def _contracts_by_decision(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    contract = table_of("contract")
    query = (
        select(
            contract.c.decision_key,
            contract.c.project_key,
            _present_amount("eu_contribution_cents").label("eu_contribution_cents"),
        )
        .where(contract.c.decision_key.is_not(None))
        .order_by(contract.c.key)
    )
    return grouped(connection.execute(query).mappings(), "decision_key")


def _agreements_by_decision(connection: Connection) -> dict[str, dict[str, Any]]:
    agreement = table_of("financing_agreement")
    rows = connection.execute(
        select(agreement).order_by(agreement.c.decision_key, agreement.c.signed_on)
    ).mappings()
    # The agreement that was signed first starts the clock.
    return {key: found[0] for key, found in grouped(rows, "decision_key").items()}


def find_contracts(database: Database, project_key: str | None = None) -> tuple[ContractRow, ...]:
    """The contracts of one project, or of all."""
    table = table_of("contract")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, ContractRow, *where)


def find_amendments(database: Database) -> tuple[AmendmentRow, ...]:
    """Every amendment, by contract and number."""
    with reading(database) as connection:
        return find_all(connection, table_of("amendment"), AmendmentRow)


def find_payments(database: Database, project_key: str) -> tuple[PaymentRow, ...]:
    """The payments under one project's contracts."""
    payment, contract = table_of("payment"), table_of("contract")
    own = select(contract.c.key).where(contract.c.project_key == project_key)
    with reading(database) as connection:
        return find_all(connection, payment, PaymentRow, payment.c.contract_key.in_(own))


def find_incurred(database: Database, project_key: str | None = None) -> tuple[IncurredRow, ...]:
    """Incurred costs of one project, or of all, by period and heading."""
    table = table_of("incurred_cost")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, IncurredRow, *where)
