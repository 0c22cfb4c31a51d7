"""Databases with both portfolios, made once and copied for each test that writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from portfolio.findings import Finding
from portfolio.progress_reports import desks
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.settings import Settings
from portfolio.storage.engine import Database, shared_engine
from portfolio.storage.setup import ensure_database
from tests.workbooks.report_files import issue


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, str]]:
    """The file of a portfolio's database, loaded once, and its identity."""
    folder = tmp_path_factory.mktemp("portfolios")
    made: dict[str, tuple[Path, str]] = {}

    def load(name: str) -> tuple[Path, str]:
        if name not in made:
            path = folder / f"{name}.sqlite3"
            database = ensure_database(Settings(name, f"sqlite:///{path}", name_is_chosen=True))
            database.engine.dispose()
            made[name] = (path, database.database_id)
        return made[name]

    return load


@pytest.fixture
def copied(loaded: Callable[[str], tuple[Path, str]], tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """A database of one's own with a portfolio."""
    opened: list[Database] = []

    def copy(name: str) -> Database:
        path, database_id = loaded(name)
        target = tmp_path / path.name
        shutil.copyfile(path, target)
        url = f"sqlite:///{target}"
        opened.append(Database(url, database_id, shared_engine(url)))
        return opened[-1]

    yield copy
    for database in opened:
        database.engine.dispose()


@pytest.fixture
def reference(copied: Callable[[str], Database]) -> Database:
    """The real portfolio."""
    return copied("reference")


@pytest.fixture
def demo(copied: Callable[[str], Database]) -> Database:
    """The fictional portfolio."""
    return copied("demo")


@pytest.fixture(scope="session")
def issued(
    loaded: Callable[[str], tuple[Path, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, bytes]]:
    """A database of the fictional portfolio and one workbook of it, for tests that only check files."""
    path, database_id = loaded("demo")
    target = tmp_path_factory.mktemp("issued") / path.name
    shutil.copyfile(path, target)
    url = f"sqlite:///{target}"
    database = Database(url, database_id, shared_engine(url))
    yield database, issue(database, "rain-willow")
    database.engine.dispose()


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading without a process of its own: the same reader, a hundred times faster to start."""

    def read(content: bytes, limits: Limits) -> RawBook | Finding:
        return RawBook.from_json(read_book(content, asdict(limits)))

    monkeypatch.setattr(desks, "read_workbook", read)
