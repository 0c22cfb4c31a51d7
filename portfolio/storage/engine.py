"""Engines for SQLite and PostgreSQL, and the transactions that the rest of storage uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from portfolio.errors import NotAllowed, StorageUnavailable, UsageProblem

_BUSY_MS = 5_000
_WRITERS_LOCK = 7_741_203  # any number, the same for every writer of one database


@dataclass(frozen=True)
class Database:
    """An open, migrated database; `database_id` tells one from another in cache keys.

    `known` is "" for the portfolio as it is recorded now; for one that was taken back to what was known on a
    day it says so in words, to be printed: "as known on 30 June 2026 (revision 12)". `at` is its moment then
    (ISO 8601, UTC), and its file lasts as long as anybody has `held`.
    """

    url: str
    database_id: str
    engine: Engine
    known: str = ""
    at: str = ""
    held: object = field(default=None, repr=False, compare=False)


def _normalised(url: str) -> str:
    """The address with the driver that the tracker ships (psycopg 3), its password kept."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise UsageProblem(f"'{url}' is not a database address. Set PORTFOLIO_DATABASE_URL to one.") from None
    backend = parsed.get_backend_name()
    if backend in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif backend != "sqlite":
        raise UsageProblem(f"The tracker runs on SQLite and PostgreSQL, not on '{backend}'.")
    elif parsed.database in (None, "", ":memory:"):
        # Every connection would have a memory of its own, and none the tables that another has made.
        raise UsageProblem("A SQLite address needs a file, for example sqlite:///portfolio.sqlite3.")
    return parsed.render_as_string(hide_password=False)


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    _begin_by_hand(connection, record)
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys = ON",
        "journal_mode = WAL",
        f"busy_timeout = {_BUSY_MS}",
        "synchronous = NORMAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """A new engine for `url`; `foreign_keys=False` is for migrations alone."""
    address = _normalised(url)
    try:
        engine = create_engine(address)
    except NoSuchModuleError:
        raise UsageProblem(f"No driver for '{make_url(address).get_backend_name()}' is installed.") from None
    if engine.dialect.name == "sqlite":
        _make_folder(Path(str(engine.url.database)).parent)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if not foreign_keys:
            event.listen(
                engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = OFF")
            )
    return engine


def make_reading_engine(file: Path) -> Engine:
    """A new engine for a SQLite file that is only to be read: neither the file nor its folder is touched."""
    query = {"mode": "ro", "uri": "true"}
    if not any(_holds_something(file, suffix) for suffix in ("-wal", "-journal")):
        # Else SQLite would lay its two working files beside a file that was written with a log.
        query["immutable"] = "1"
    engine = create_engine(URL.create("sqlite", database=file.resolve().as_uri(), query=query))
    event.listen(engine, "connect", _begin_by_hand)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _holds_something(file: Path, suffix: str) -> bool:
    beside = file.with_name(file.name + suffix)
    return beside.is_file() and beside.stat().st_size > 0


def _begin_by_hand(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling would begin transactions too late.
    connection.isolation_level = None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StorageUnavailable(
            f"The folder {folder} cannot be made: {problem.strerror}. "
            "Name another place for the database in PORTFOLIO_DATABASE_URL."
        ) from problem


@lru_cache(maxsize=8)
def shared_engine(url: str) -> Engine:
    """The one engine of this process for `url`."""
    return make_engine(url)


_READING: ContextVar[Connection | None] = ContextVar("reading", default=None)


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """A connection that sees one consistent state and writes nothing.

    Inside another `reading` of the same database it is the same connection: what is asked in several
    questions is then of one revision, whoever writes meanwhile.
    """
    outer = _READING.get()
    if outer is not None and outer.engine is database.engine:
        yield outer
        return
    with _connected(database.engine) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        token = _READING.set(connection)
        try:
            yield connection
        finally:
            _READING.reset(token)


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """A connection in one write transaction: all of it is kept, or nothing.

    Writers come one after another on both engines: SQLite has one write lock, PostgreSQL is given one.

    Raises: NotAllowed if the database is a former state of the portfolio.
    """
    if database.known or database.at:
        known = database.known or "as it was known earlier"
        raise NotAllowed(
            f"This is the portfolio {known}, and what was known then is only read. "
            "Go back to what is known now to change something."
        )
    with _connected(database.engine) as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            if database.engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})
            yield connection


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    with unavailability(engine), engine.connect() as connection:
        yield connection


@contextmanager
def unavailability(engine: Engine) -> Iterator[None]:
    """A block in which a database that cannot be used is said in one sentence.

    A broken constraint or a wrong statement is no such case and passes through.

    Raises: StorageUnavailable if the database does not answer, is none, is locked for too long, or is full.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as problem:
        raise StorageUnavailable(_unusable(engine, problem.orig)) from problem
    except DatabaseError as problem:
        # The bare class is what SQLite raises for a file that holds something else.
        if type(problem) is DatabaseError:
            raise StorageUnavailable(_unusable(engine, problem.orig)) from problem
        raise


def _unusable(engine: Engine, reason: BaseException | None = None) -> str:
    place = engine.url.render_as_string(hide_password=True)
    said = next(iter(str(reason or "").splitlines()), "").strip(" .")
    if "locked" in said:
        return f"Another program is writing to the database {place}. Try again in a moment."
    because = f": {said}" if said else ""
    return (
        f"The database {place} cannot be used{because}. Check that it exists and that you may read and "
        "write it, or name another one in PORTFOLIO_DATABASE_URL."
    )


def ping(url: str) -> None:
    """Nothing, if the database at `url` answers and holds a portfolio.

    Raises: StorageUnavailable otherwise.
    """
    engine = shared_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT revision FROM portfolio WHERE id = 1")).one()
    except SQLAlchemyError as problem:
        raise StorageUnavailable(_unusable(engine)) from problem
