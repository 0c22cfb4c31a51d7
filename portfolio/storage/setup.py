"""A database that is ready: made, migrated and loaded once, found as it is the next time."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, insert, select, text

from portfolio.errors import UsageProblem
from portfolio.model.changes import ChangeSetDraft
from portfolio.model.history import STATE
from portfolio.settings import Settings
from portfolio.storage.demo import demo_change_set
from portfolio.storage.engine import Database, reading, shared_engine, writing
from portfolio.storage.migrate import migrate
from portfolio.storage.reference import reference_change_set
from portfolio.storage.unit_of_work import apply_on

# The demonstration stands still on one day, so that its stories never grow old.
FIXED_AS_OF = {"demo": "2026-11-23"}


def ensure_database(settings: Settings) -> Database:
    """The database of `settings`: made, migrated and loaded if it is new, and otherwise left as it is.

    Raises: UsageProblem if it holds another portfolio than the one that was asked for.
    """
    migrate(settings.database_url)
    database = Database(settings.database_url, "", shared_engine(settings.database_url))
    with reading(database) as connection:
        found = _identity(connection)
    if found is None:
        with writing(database) as connection:
            found = _first_load(connection, settings)
    if settings.name_is_chosen and found[1] != settings.portfolio_name:
        raise UsageProblem(
            f"This database holds the portfolio '{found[1]}', not '{settings.portfolio_name}'. "
            "Name another database in PORTFOLIO_DATABASE_URL, or leave PORTFOLIO_NAME out."
        )
    return Database(settings.database_url, found[0], database.engine)


def _first_load(connection: Connection, settings: Settings) -> tuple[str, str]:
    """Identity and name of the portfolio, after the first change set has been applied."""
    # Asked again inside the write transaction: another process may have been first. PostgreSQL has no row to
    # lock yet, so the table is locked.
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE portfolio IN EXCLUSIVE MODE"))
    present = _identity(connection)
    if present is not None:
        return present
    name, database_id = settings.portfolio_name, str(uuid.uuid4())
    values = {"id": 1, "database_id": database_id, "name": name, "revision": 0, "institution_profile": "eu"}
    connection.execute(insert(STATE), values | {"fixed_as_of": FIXED_AS_OF.get(name)})
    draft = _first_change_set(settings)
    if draft is not None:
        apply_on(connection, draft)
    return (database_id, name)


def _identity(connection: Connection) -> tuple[str, str] | None:
    row = connection.execute(select(STATE.c.database_id, STATE.c.name)).one_or_none()
    return None if row is None else (row[0], row[1])


def _first_change_set(settings: Settings) -> ChangeSetDraft | None:
    if settings.portfolio_name == "reference":
        return reference_change_set(settings.data_dir)
    if settings.portfolio_name == "demo":
        return demo_change_set()
    return None
