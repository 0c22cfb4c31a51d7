"""The command line run in this process: an empty folder and a database of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.cli import main
from tests.cli.commands import Result, Run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in an empty folder with a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-11-23")
    monkeypatch.delenv("PORTFOLIO_NAME", raising=False)

    def command(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        if code == 2 or (code == 1 and not printed.out):
            assert len(printed.err.strip().splitlines()) == 1
        return Result(code, printed.out, printed.err)

    return command
