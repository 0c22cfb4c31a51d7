"""A whole database as one file, and back: a SQLite file, whatever engine the portfolio runs on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DatabaseError

from portfolio.errors import UsageProblem
from portfolio.model.fields import METADATA
from portfolio.storage.engine import Database, make_engine, make_reading_engine, reading, writing
from portfolio.storage.migrate import head_revision, migrate

_MAGIC = b"SQLite format 3\x00"


def backup(database: Database, target: Path) -> None:
    """Nothing; `target` becomes a copy of the whole database, history and files included.

    Raises: UsageProblem if `target` exists already, or cannot be written.
    """
    if target.exists():
        raise UsageProblem(f"{target} exists already. Choose another name: a backup never overwrites a file.")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        if database.engine.dialect.name == "sqlite":
            _copy_sqlite(str(database.engine.url.database), partial)
        else:
            migrate(f"sqlite:///{partial}")
            copy_rows(database, partial)
        make_whole(partial)
        partial.rename(target)
    except (OSError, sqlite3.Error) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise UsageProblem(f"{target} cannot be written: {reason}.") from problem
    finally:
        if partial.is_file():
            partial.unlink()


def _copy_sqlite(source: str, target: Path) -> None:
    # A former state is opened by an address of its own kind, which says that it is only read.
    opened = sqlite3.connect(source, uri=source.startswith("file:"))
    with closing(opened) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)


def copy_rows(database: Database, target: Path) -> None:
    """Nothing; the tables of the SQLite file `target`, which are empty, hold every row of the database."""
    url = f"sqlite:///{target}"
    engine = make_engine(url)
    try:
        with reading(database) as source, writing(Database(url, "", engine)) as copy:
            _transfer(source, copy)
    finally:
        engine.dispose()


def make_whole(file: Path) -> None:
    """Nothing; the SQLite database in `file` has no log, so that it is one file.

    One with a write-ahead log asks every reader for working files beside it.
    """
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _transfer(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        rows = [
            dict(row) for row in source.execute(select(table).order_by(*table.primary_key.columns)).mappings()
        ]
        if rows:
            target.execute(insert(table), rows)


def restore(source: Path, url: str) -> None:
    """Nothing; the database at `url`, which must not hold a portfolio yet, becomes what was backed up.

    The file is read and never written.

    Raises: UsageProblem if the file is no backup of the tracker, or the database holds a portfolio already.
    """
    _check_is_backup(source)
    migrate(url)
    target = Database(url, "", make_engine(url))
    backup_engine = make_reading_engine(source)
    try:
        with reading(Database(str(source), "", backup_engine)) as original, writing(target) as connection:
            if connection.execute(text("SELECT count(*) FROM portfolio")).scalar_one():
                raise UsageProblem(
                    "This database holds a portfolio already, and restoring would overwrite it. "
                    "Name a new database in PORTFOLIO_DATABASE_URL, or move the old one away first."
                )
            _transfer(original, connection)
            _set_sequences(connection)
    finally:
        backup_engine.dispose()
        target.engine.dispose()


def _set_sequences(connection: Connection) -> None:
    # Rows with given numbers do not move PostgreSQL's counters.
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        if "id" in table.c and table.name != "portfolio":
            highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            connection.execute(
                select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest, False))
            )


def _check_is_backup(source: Path) -> None:
    if not source.is_file():
        raise UsageProblem(f"There is no file {source}.")
    with source.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise UsageProblem(f"{source} is not a backup of the tracker.")
    version = _schema_version(source)
    if version is None:
        raise UsageProblem(f"{source} is not a backup of the tracker.")
    if version != head_revision():
        raise UsageProblem(
            f"{source} was made by another version of the tracker (schema {version}, here "
            f"{head_revision()}). Open it with that version, or name it in "
            "PORTFOLIO_DATABASE_URL, which brings it up to date."
        )


def _schema_version(source: Path) -> str | None:
    engine = make_reading_engine(source)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except DatabaseError:
        return None
    finally:
        engine.dispose()
