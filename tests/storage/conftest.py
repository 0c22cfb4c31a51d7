"""Databases for storage tests: each test runs on SQLite and, where there is one, on PostgreSQL.

A portfolio is loaded once on each engine and then copied: only the tests of loading load one.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from portfolio.settings import Settings
from portfolio.storage.engine import Database, shared_engine
from portfolio.storage.setup import ensure_database
from tests.portfolios import copied_portfolio

POSTGRES_VARIABLE = "PORTFOLIO_TEST_POSTGRES_URL"
LoadedDatabase = Callable[[str], Database]


class Server:
    """A PostgreSQL server with a template for each portfolio; `close` leaves nothing behind."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        self.template = lru_cache(self._template)
        self.names: list[str] = []

    def created(self, template: str = "template1") -> str:
        """The address of a new database: empty, or as the template is."""
        name = f"test_{uuid.uuid4().hex}"
        with self.admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        self.names.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def _template(self, portfolio: str) -> str:
        url = self.created()
        ensure_database(Settings(portfolio, url, name_is_chosen=True))
        shared_engine(url).dispose()  # a database that somebody is connected to cannot be copied
        return self.names[-1]

    def drop(self, url: str) -> None:
        """Nothing; the database is gone."""
        shared_engine(url).dispose()
        self._drop(str(sa.make_url(url).database))

    def _drop(self, name: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        self.names.remove(name)

    def close(self) -> None:
        """Nothing; every database of its making is gone."""
        for name in list(self.names):
            self._drop(name)
        self.admin.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server | None]:
    """The PostgreSQL server, where there is one."""
    url = os.environ.get(POSTGRES_VARIABLE)
    server = Server(url) if url else None
    yield server
    if server is not None:
        server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine_name(request: pytest.FixtureRequest, postgres: Server | None) -> str:
    """The engine that the test runs on."""
    if request.param == "postgresql" and postgres is None:
        pytest.skip(f"no PostgreSQL: {POSTGRES_VARIABLE} is not set")
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, postgres: Server | None, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty database."""
    if engine_name == "sqlite" or postgres is None:
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
        return
    url = postgres.created()
    yield url
    postgres.drop(url)


@pytest.fixture
def loaded(engine_name: str, postgres: Server | None, tmp_path: Path) -> Iterator[LoadedDatabase]:
    """A database of one's own with the named portfolio."""
    opened: list[Database] = []

    def copy(name: str) -> Database:
        if engine_name == "sqlite" or postgres is None:
            opened.append(copied_portfolio(name, tmp_path / "test.sqlite3"))
        else:
            url = postgres.created(postgres.template(name))
            opened.append(ensure_database(Settings(name, url, name_is_chosen=True)))
        return opened[-1]

    yield copy
    for database in opened:
        database.engine.dispose()
        if postgres is not None and engine_name != "sqlite":
            postgres.drop(database.url)


@pytest.fixture
def reference(loaded: LoadedDatabase) -> Database:
    """A database with the real portfolio."""
    return loaded("reference")


@pytest.fixture
def empty(loaded: LoadedDatabase) -> Database:
    """A database with no project."""
    return loaded("empty")
