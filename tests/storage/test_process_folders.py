"""The folder for temporary files: gone with its process, or with the next one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from portfolio.storage.engine import Database
from portfolio.storage.former_states import END_OF_DAY, former_database
from portfolio.storage.process_folders import process_folder, sweep
from portfolio.storage.queries.history import find_states
from portfolio.storage.unit_of_work import apply_change_set
from tests.storage.random_writes import draft, project

NOW = f"9999-12-31{END_OF_DAY}"


def test_folders_of_processes_that_were_killed_are_swept_away(empty: Database, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name in (f"{ended.pid}-x", f"{os.getppid()}-x", "other-x"):
        (tmp_path / f"portfolio-known-{name}").mkdir()
    sweep(tmp_path)
    kept = {folder.name for folder in tmp_path.iterdir()}
    assert kept & {f"portfolio-known-{ended.pid}-x"} == set()
    assert kept >= {f"portfolio-known-{os.getppid()}-x", "portfolio-known-other-x"}
    apply_change_set(empty, draft(*project("p1")))
    former_database(empty, 0, NOW)
    shutil.rmtree(process_folder())
    assert process_folder().is_dir()
    assert find_states(former_database(empty, 0, NOW)) == {}
