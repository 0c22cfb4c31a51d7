"""A backup holds everything, and comes back on either engine."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from portfolio.errors import UsageProblem
from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.verifications import verify
from portfolio.settings import Settings
from portfolio.storage.backups import backup, restore
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_changes, find_states
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set


def title_change(old: str, new: str, key: str = "cybersee") -> ChangeSetDraft:
    change = FieldChange("project", key, "acronym", old, new, "changed")
    return ChangeSetDraft("edit", "tester", "test", (change,))


def test_backup_and_restore_bring_everything_back(reference: Database, tmp_path: Path) -> None:
    apply_change_set(reference, title_change("CyberSEE", "Renamed"))
    file = tmp_path / "backup.sqlite3"
    backup(reference, file)
    apply_change_set(reference, title_change("Renamed", "Later"))
    url = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    restore(file, url)
    restored = ensure_database(Settings("reference", url))
    assert get_portfolio(restored).revision == 2
    assert find_states(restored)["project", "cybersee"]["acronym"] == "Renamed"
    assert len(find_changes(restored)) == len(find_changes(reference)) - 1
    assert all(check.faults == () for check in verify(restored))


def test_a_restored_database_goes_on_counting(reference: Database, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    backup(reference, file)
    url = f"sqlite:///{tmp_path / 'second.sqlite3'}"
    restore(file, url)
    restored = ensure_database(Settings("reference", url))
    apply_change_set(restored, title_change("CyberSEE", "New"))
    assert [row.id for row in find_change_sets(restored)] == [2, 1]


@pytest.mark.parametrize("with_log", [False, True], ids=["one file", "written with a log"])
def test_restore_leaves_the_backup_and_its_folder_as_they_are(
    reference: Database, tmp_path: Path, with_log: bool
) -> None:
    folder = tmp_path / "on the shelf, 100%"
    file = folder / "backup.sqlite3"
    backup(reference, file)
    if with_log:
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    before = file.read_bytes()
    file.chmod(0o444)
    restore(file, f"sqlite:///{tmp_path / 'restored.sqlite3'}")
    assert file.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["backup.sqlite3"]


def test_restore_reads_what_stands_only_in_the_log_beside_the_file(
    reference: Database, tmp_path: Path
) -> None:
    file = tmp_path / "backup.sqlite3"
    backup(reference, file)
    with closing(sqlite3.connect(file)) as living:
        living.execute("PRAGMA journal_mode = WAL")
        living.execute("UPDATE project SET acronym = 'In the log' WHERE key = 'cybersee'")
        living.commit()
        assert file.with_name("backup.sqlite3-wal").stat().st_size > 0
        url = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        restore(file, url)
    restored = ensure_database(Settings("reference", url))
    assert find_states(restored)["project", "cybersee"]["acronym"] == "In the log"


def test_backup_is_one_file_that_asks_for_no_other(reference: Database, tmp_path: Path) -> None:
    file = tmp_path / "backups" / "backup.sqlite3"
    backup(reference, file)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM project").fetchone() == (26,)
        assert [path.name for path in file.parent.iterdir()] == ["backup.sqlite3"]


def test_restore_never_overwrites_a_portfolio(reference: Database, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    backup(reference, file)
    with pytest.raises(UsageProblem, match="already"):
        restore(file, reference.url)
    assert get_portfolio(reference).revision == 1


def test_backup_never_overwrites_a_file(reference: Database, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    with pytest.raises(UsageProblem, match="exists already"):
        backup(reference, file)
    assert file.read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\x00 but no database"])
def test_a_file_that_is_no_backup_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.sqlite3"
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match="not a backup"):
        restore(file, f"sqlite:///{tmp_path / 'target.sqlite3'}")
