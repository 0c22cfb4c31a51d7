"""How the tracker grows with its data: medians of processor time and ratios within one run, printed.

Run with `make bench`. Nothing here fails on a slow machine; the bounds are ratios within one run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from portfolio.dates import HalfYear
from portfolio.progress_reports.imports import check_files
from portfolio.progress_reports.workbooks.issuing import issue_workbook
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.overviews import overview
from portfolio.services.views import default_as_of, load_view
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.summaries.documents import SummaryScope, make_summary
from tests.benchmarks.portfolios import synthetic

RUNS = 5
Printer = Callable[[str], None]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Printer:
    """Prints a line that is seen although the test passes."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return line


def median_seconds(action: Callable[[], object]) -> float:
    """Median processor time of this process over five runs after a warm-up."""
    action()
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        action()
        times.append(time.process_time() - began)
    return statistics.median(times)


def test_the_overview_grows_with_the_data_and_no_faster(tmp_path: Path, report: Printer) -> None:
    seconds = {}
    for projects in (50, 500):
        database = synthetic(tmp_path, projects)
        seconds[projects] = median_seconds(lambda: overview(load_view(database, LOCAL_PERSON)))  # noqa: B023
    ratio = seconds[500] / seconds[50]
    report(f"overview: 50 projects {seconds[50]:.3f} s, 500 projects {seconds[500]:.3f} s, ratio {ratio:.1f}")
    assert ratio <= 15


def test_checking_a_report_costs_little_more_than_opening_it(tmp_path: Path, report: Printer) -> None:
    database = synthetic(tmp_path, 3)
    as_of = default_as_of(get_portfolio(database))
    issued = issue_workbook(database, "p00001", period=HalfYear.last_ended(as_of), as_of=as_of)
    file = tmp_path / issued.name
    file.write_bytes(issued.content)
    opened = median_seconds(lambda: openpyxl.load_workbook(file))
    checked = median_seconds(lambda: check_files(database, [file], as_of=as_of, allowed=lambda _: True))
    report(f"check of one report beside its reader: {checked:.3f} s, openpyxl alone {opened:.3f} s")
    # Both read the file in openpyxl, the check in a process of its own that has to start first.
    assert checked <= 10 * opened


def test_a_regional_summary(tmp_path: Path, report: Printer) -> None:
    database = synthetic(tmp_path, 26)
    scope = SummaryScope("region", "western-balkans")
    made = median_seconds(lambda: make_summary(database, LOCAL_PERSON, scope))
    report(f"regional summary of 26 projects with 50 milestones each: {made:.3f} s")
    viewed = median_seconds(lambda: load_view(database, LOCAL_PERSON))
    report(f"its view alone: {viewed:.3f} s, ratio {made / viewed:.0f}")
    assert made <= 100 * viewed
