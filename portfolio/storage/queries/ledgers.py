"""Clearings, the implementers' forecasts of cost, and the deadlines that contracts set."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select

from portfolio.model.entities import table_of
from portfolio.model.money_rows import ClearingRow, ContractDeadlineRow, CostForecastRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all

Row = TypeVar("Row")


def find_clearings(database: Database, project_key: str | None = None) -> tuple[ClearingRow, ...]:
    """The clearings of one project's contracts, or of all: by key."""
    return _find_of_contracts(database, "clearing", ClearingRow, project_key)


def find_contract_deadlines(
    database: Database, project_key: str | None = None
) -> tuple[ContractDeadlineRow, ...]:
    """The deadlines that one project's contracts set, or all: by date due, then by key."""
    found = _find_of_contracts(database, "contract_deadline", ContractDeadlineRow, project_key)
    return tuple(sorted(found, key=lambda row: (row.due_on, row.key)))


def find_cost_forecasts(database: Database, project_key: str | None = None) -> tuple[CostForecastRow, ...]:
    """The forecasts of one project, or of all: by project, then by half-year."""
    table = table_of("cost_forecast")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        found = find_all(connection, table, CostForecastRow, *where)
    return tuple(sorted(found, key=lambda row: (row.project_key, row.period)))


def _find_of_contracts(
    database: Database, entity: str, shape: type[Row], project_key: str | None
) -> tuple[Row, ...]:
    table, contracts = table_of(entity), table_of("contract")
    own = select(contracts.c.key).where(contracts.c.project_key == project_key)
    where = () if project_key is None else (table.c.contract_key.in_(own),)
    with reading(database) as connection:
        return find_all(connection, table, shape, *where)
