"""Schema migrations by Alembic, on a connection of their own.

On SQLite a batch change rebuilds a table; with foreign keys on it would empty the tables that refer to it.
So migrations run with foreign keys off and are followed by a check of every reference.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from portfolio.errors import StorageUnavailable
from portfolio.model.entities import INPUTS
from portfolio.model.fields import METADATA
from portfolio.storage.engine import make_engine, unavailability

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """The newest schema version that this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def migrate(url: str, target: str = "head") -> None:
    """Nothing; afterwards the database at `url` has the schema version `target`.

    Raises: StorageUnavailable if the database cannot be used, holds another program's tables, comes from a
            newer version of this one, or if a reference would dangle.
    """
    engine = make_engine(url, foreign_keys=False)
    try:
        # Migrating takes the write lock first: two servers that start together must not both migrate.
        with (
            unavailability(engine),
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            current = MigrationContext.configure(connection).get_current_revision()
            _refuse_unknown(connection, current)
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20261123)"))
            if target != "head" or current != head_revision():
                command.upgrade(_config(connection), target)
                _check_references(connection)
    finally:
        engine.dispose()


def make_tables(file: Path) -> None:
    """Nothing; `file` is a new SQLite database with the tables of the newest schema version, all empty.

    The migrations lead to the same tables.
    """
    engine = make_engine(f"sqlite:///{file}", foreign_keys=False)
    try:
        with unavailability(engine), engine.begin() as connection:
            METADATA.create_all(connection)
            command.stamp(_config(connection), "head")
    finally:
        engine.dispose()


def _refuse_unknown(connection: Connection, current: str | None) -> None:
    """Nothing, if the tables are ours and of a version that this program knows."""
    if current is None:
        taken = sorted(set(inspect(connection).get_table_names()) & set(INPUTS))
        if taken:
            raise StorageUnavailable(
                f"This database holds another program's table '{taken[0]}'. "
                "Name another database in PORTFOLIO_DATABASE_URL."
            )
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current not in known:
        raise StorageUnavailable(
            "This database was written by a newer version of the tracker. Update the tracker to open it."
        )


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if dangling:
        raise StorageUnavailable(
            f"The migration was undone: {len(dangling)} references would point nowhere, "
            f"first in '{dangling[0][0]}'."
        )
