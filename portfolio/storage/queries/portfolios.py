"""Which portfolio the database holds."""

from __future__ import annotations

from dataclasses import fields, replace

from sqlalchemy import func, select

from portfolio.model.entities import INPUTS, table_of
from portfolio.model.history import STATE
from portfolio.model.rows import PortfolioRow
from portfolio.overrides import overridden
from portfolio.storage.engine import Database, reading


def get_portfolio(database: Database) -> PortfolioRow:
    """Name, revision and institution profile of the portfolio."""
    columns = [STATE.c[field.name] for field in fields(PortfolioRow)]
    with reading(database) as connection:
        found = PortfolioRow(**connection.execute(select(*columns)).mappings().one())
    return replace(found, institution_profile=overridden("profile", found.institution_profile))


def count_records(database: Database) -> dict[str, int]:
    """How many records of each entity there are."""
    with reading(database) as connection:
        return {
            entity: connection.execute(select(func.count()).select_from(table_of(entity))).scalar_one()
            for entity in INPUTS
        }
