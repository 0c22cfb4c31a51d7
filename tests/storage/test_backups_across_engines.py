"""A backup of either engine comes back on PostgreSQL, and the counters go on from where they stood."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from portfolio.services.verifications import verify
from portfolio.settings import Settings
from portfolio.storage.backups import backup, restore
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set
from tests.storage.test_backups import title_change


def test_a_sqlite_backup_comes_back_on_this_engine(database_url: str, tmp_path: Path) -> None:
    original = ensure_database(Settings("demo", f"sqlite:///{tmp_path / 'original.sqlite3'}"))
    backup(original, tmp_path / "copy.sqlite3")
    restore(tmp_path / "copy.sqlite3", database_url)
    restored = ensure_database(Settings("demo", database_url))
    assert find_states(restored) == find_states(original)
    number = apply_change_set(restored, title_change("RainWillow", "New", "rain-willow"))
    assert [row.id for row in find_change_sets(restored)] == [number, 1]
    assert all(check.faults == () for check in verify(restored))
    with restored.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM change")).scalar_one() > 1
