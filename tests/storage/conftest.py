"""Databases for storage tests: each test runs on SQLite and, where there is one, on PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from portfolio.settings import Settings
from portfolio.storage.engine import Database, shared_engine
from portfolio.storage.setup import ensure_database

POSTGRES_VARIABLE = "PORTFOLIO_TEST_POSTGRES_URL"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
        return
    server = os.environ.get(POSTGRES_VARIABLE)
    if not server:
        pytest.skip(f"no PostgreSQL: {POSTGRES_VARIABLE} is not set")
    name = f"test_{uuid.uuid4().hex}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    yield url
    shared_engine(url).dispose()
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def reference(database_url: str) -> Iterator[Database]:
    """A database with the real portfolio."""
    yield _loaded("reference", database_url)


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """A database with no project."""
    yield _loaded("empty", database_url)


def _loaded(name: str, url: str) -> Database:
    return ensure_database(Settings(portfolio_name=name, database_url=url, name_is_chosen=True))
