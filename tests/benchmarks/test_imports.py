"""How fast a report is checked and imported: medians of five processes each, compared within one run."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.files.reading import read_workbook
from portfolio.progress_reports.layouts.foreign_imports import project_names
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layouts import Layout
from portfolio.settings import ROOT
from portfolio.storage.engine import Database
from tests.benchmarks.import_files import COLUMNS, PERIOD, PROJECT, database_at, issued, plain
from tests.benchmarks.test_growth import RUNS, Printer, report

__all__ = ["report"]
SMALL, LARGE = 2_000, 20_000
Figures = dict[str, float]


def measured(*arguments: str | Path) -> Figures:
    """The medians of one kind of run, each run in a process of its own."""
    return medians([one_run(*arguments) for _ in range(RUNS)])


def medians(runs: list[Figures]) -> Figures:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def one_run(*arguments: str | Path) -> Figures:
    program = ROOT / "tests" / "benchmarks" / "import_runs.py"
    command = [sys.executable, str(program), *(str(argument) for argument in arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=_environment())
    assert ended.returncode == 0, ended.stderr[-2_000:]
    figures: Figures = json.loads(ended.stdout.splitlines()[-1])
    return figures


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT), "PORTFOLIO_TODAY": "2026-11-23"}


def test_a_usual_report_is_checked_at_once(tmp_path: Path, report: Printer) -> None:
    database = database_at(tmp_path / "usual.sqlite3")
    file = tmp_path / "usual.xlsx"
    file.write_bytes(issued(database, 200))
    start, check = measured("start", ""), measured("check", database.url, file)
    report(
        f"200 rows: check {check['cpu']:.2f} s of processor, of which {start['cpu']:.2f} s are the reader's "
        f"start; {check['wall']:.2f} s by the clock"
    )
    assert check["cpu"] - start["cpu"] < 0.5


def test_a_large_report_costs_little_more_than_opening_it_and_grows_with_its_rows(
    tmp_path: Path, report: Printer
) -> None:
    checks: dict[int, Figures] = {}
    for rows in (SMALL, LARGE):
        database = database_at(tmp_path / f"{rows}.sqlite3")
        file = tmp_path / f"{rows}.xlsx"
        file.write_bytes(issued(database, rows))
        checks[rows] = measured("check", database.url, file)
    opened = measured("open", tmp_path / f"{LARGE}.xlsx")
    ratio, growth = checks[LARGE]["cpu"] / opened["cpu"], checks[LARGE]["cpu"] / checks[SMALL]["cpu"]
    memory = max(checks[LARGE]["own_mb"], checks[LARGE]["reader_mb"])
    report(
        f"{LARGE:,} rows x {len(COLUMNS)}: check {checks[LARGE]['cpu']:.2f} s, openpyxl alone "
        f"{opened['cpu']:.2f} s, ratio {ratio:.2f}; {memory:.0f} MB; {growth:.1f} times {SMALL:,} rows"
    )
    assert ratio <= 1.6
    assert memory < 400
    assert growth <= 1.3 * LARGE / SMALL


def layout_of(database: Database, content: bytes) -> Layout:
    """How the plain table is laid out, as the mapping step sees it, with project and period chosen."""
    book = read_workbook(content, present_limits())
    found = guess(book, project_names(database))  # type: ignore[arg-type]
    (table,) = found.tables
    assert sum(column.is_read for column in table.columns) == len(COLUMNS)
    from dataclasses import replace

    return replace(found, tables=(replace(table, project=PROJECT, period=str(PERIOD)),))


def test_an_import_beats_the_usual_tool(tmp_path: Path, report: Printer) -> None:
    pytest.importorskip("import_export", reason="django-import-export is installed by `make bench` alone")
    database = database_at(tmp_path / "empty.sqlite3")
    content = plain(LARGE)
    file, layout = tmp_path / "plain.xlsx", tmp_path / "layout.json"
    file.write_bytes(content)
    layout.write_text(json.dumps(layout_of(database, content).as_json()), encoding="utf-8")
    database.engine.dispose()
    ours, theirs = [], []
    for number in range(RUNS):
        copy = tmp_path / f"ours-{number}.sqlite3"
        shutil.copyfile(tmp_path / "empty.sqlite3", copy)
        ours.append(one_run("import", f"sqlite:///{copy}", file, layout))
        theirs.append(
            one_run("django", tmp_path / f"theirs-{number}.sqlite3", file, json.dumps(list(COLUMNS.values())))
        )
    our, their = medians(ours), medians(theirs)
    report(
        f"import of {LARGE:,} new rows: {our['cpu']:.2f} s with our history, django-import-export "
        f"{their['cpu']:.2f} s without one, ratio {their['cpu'] / our['cpu']:.2f}"
    )
    assert their["cpu"] >= 2 * our["cpu"]
