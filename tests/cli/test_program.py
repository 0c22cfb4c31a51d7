"""`python -m portfolio` as a program of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from portfolio.settings import ROOT


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    environment = {"PORTFOLIO_DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "PYTHONPATH": str(ROOT)}
    history = subprocess.Popen(
        [sys.executable, "-m", "portfolio", "history", "--json"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert history.stdout is not None and history.stderr is not None
    assert history.stdout.readline() == b"{\n"
    history.stdout.close()
    assert history.stderr.read() == b""
    history.stderr.close()
    assert history.wait() == 0


def test_it_runs_as_a_program_from_any_folder(tmp_path: Path) -> None:
    environment = {"PORTFOLIO_DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "portfolio", "status", "--json"],
        cwd=tmp_path, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and json.loads(done.stdout)["projects"] == 26
    assert done.stderr == b""
