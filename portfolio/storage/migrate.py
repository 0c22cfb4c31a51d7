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
from sqlalchemy import Connection, text

from portfolio.errors import StorageUnavailable
from portfolio.storage.engine import make_engine

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

    Raises: StorageUnavailable if the database comes from a newer program, or if a reference would dangle.
    """
    engine = make_engine(url, foreign_keys=False)
    try:
        # Migrating takes the write lock first: two servers that start together must not both migrate.
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            current = MigrationContext.configure(connection).get_current_revision()
            known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
            if current is not None and current not in known:
                raise StorageUnavailable(
                    "This database was written by a newer version of the tracker. "
                    "Update the tracker to open it."
                )
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20261123)"))
            if target != "head" or current != head_revision():
                command.upgrade(_config(connection), target)
                _check_references(connection)
    finally:
        engine.dispose()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if dangling:
        raise StorageUnavailable(
            f"The migration was undone: {len(dangling)} references would point nowhere, "
            f"first in '{dangling[0][0]}'."
        )
