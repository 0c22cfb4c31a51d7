"""A database that cannot be used is said in one sentence, whatever is wrong with it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from portfolio.cli import main
from portfolio.errors import PortfolioError, StorageUnavailable, UsageProblem
from portfolio.storage import engine
from portfolio.storage.backups import backup
from portfolio.storage.engine import Database, make_engine, reading, writing
from portfolio.storage.migrate import migrate


def foreign_file(path: Path) -> None:
    """A SQLite database of another program, with a table that is named like one of ours."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE project (id INTEGER)")


def test_command_line_says_it_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.txt").write_text("These are words, and no database at all.")
    (tmp_path / "file").write_text("")
    foreign_file(tmp_path / "other.sqlite3")
    problems = {
        "postgresql://nobody:secret@127.0.0.1:1/nothing": "cannot be used: connection failed",
        f"sqlite:///{tmp_path / 'text.txt'}": "cannot be used: file is not a database",
        f"sqlite:///{tmp_path}": "cannot be used: unable to open database file",
        f"sqlite:///{tmp_path / 'file' / 'x.sqlite3'}": "cannot be made",
        f"sqlite:///{tmp_path / 'other.sqlite3'}": "another program's table 'project'",
    }
    for address, expected in problems.items():
        monkeypatch.setenv("PORTFOLIO_DATABASE_URL", address)
        assert main(["status"]) == 2
        shown = capsys.readouterr().err
        assert expected in shown
        assert shown.count("\n") == 1
        assert "secret" not in shown


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"
    foreign_file(file)
    with pytest.raises(StorageUnavailable):
        migrate(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("project",)]


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_database_in_memory_is_refused(address: str) -> None:
    with pytest.raises(UsageProblem, match="needs a file"):
        make_engine(address)


def test_lock_that_is_held_for_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_BUSY_MS", 10)
    url = f"sqlite:///{tmp_path / 'busy.sqlite3'}"
    migrate(url)
    first, second = Database(url, "", make_engine(url)), Database(url, "", make_engine(url))
    with writing(first):
        with pytest.raises(StorageUnavailable, match="Another program is writing"), writing(second):
            pass
        with reading(second) as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM project")).scalar_one() == 0
    with writing(second) as connection:
        assert connection.in_transaction()
    first.engine.dispose()
    second.engine.dispose()


def test_broken_constraint_is_no_unavailability(empty: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(empty) as connection:
        connection.execute(sa.text("UPDATE portfolio SET id = 2"))


def test_backup_whose_place_is_taken_is_said(empty: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3.partial").mkdir()
    with pytest.raises(UsageProblem, match="cannot be written"):
        backup(empty, tmp_path / "copy.sqlite3")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a folder that nobody can write to")
def test_backup_that_cannot_be_written_is_said(empty: Database) -> None:
    with pytest.raises(PortfolioError, match=r"/proc/copy\.sqlite3.* cannot be (written|used)"):
        backup(empty, Path("/proc/copy.sqlite3"))
