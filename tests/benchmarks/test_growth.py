"""How the tracker grows with its data: medians of processor time and ratios within one run, printed.

Run with `make bench`. The bounds are ratios within one run, which no slow machine changes; the one bound in
seconds is of processor time, for a machine that has nothing else to do.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from portfolio.dates import HalfYear
from portfolio.partners import regions
from portfolio.progress_reports.imports import check_files
from portfolio.progress_reports.workbooks.issuing import issue_workbook
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.briefings import brief
from portfolio.services.changes_since import changes_since, last_month
from portfolio.services.completeness.freshness import reported_for
from portfolio.services.deadlines.calendars import load_deadlines, upcoming
from portfolio.services.dues import due_lines, first_milestones
from portfolio.services.selection import PortfolioFilter
from portfolio.services.situations import load_situation
from portfolio.services.views import default_as_of, load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.summaries.documents import SummaryScope, make_summary
from portfolio.ui.session import WidgetKey
from tests.app.screens import opened
from tests.benchmarks.bulk import bulk
from tests.benchmarks.portfolios import synthetic

RUNS = 5
DAY = dt.date(2026, 11, 23)
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


def front_page(database: Database) -> object:
    """Everything that the front page asks, with no answer kept from before."""
    situation = load_situation(database, LOCAL_PERSON, as_of=DAY)
    calendar = load_deadlines(database, LOCAL_PERSON, as_of=DAY)
    return (
        brief(situation, PortfolioFilter()),
        due_lines(first_milestones(database, LOCAL_PERSON, as_of=DAY), upcoming(calendar), DAY),
        calendar.passed,
        changes_since(database, LOCAL_PERSON, last_month(DAY), as_of=DAY),
        reported_for(database, LOCAL_PERSON, str(HalfYear.last_ended(DAY)), as_of=DAY),
    )


def test_the_overview_grows_with_the_data_and_no_faster(tmp_path: Path, report: Printer) -> None:
    """50 milestones, 100 payments and 30 values of indicators for each project.

    The whole page, with what falls due and what changed, is held to its growth alone; within 3 seconds are
    its figures, `brief` of `load_situation`, which are a part of it. Both are printed.
    """
    seconds, figures = {}, {}
    for projects in (500, 5_000):
        database = bulk(tmp_path, projects)
        situation = load_situation(database, LOCAL_PERSON, as_of=DAY)
        figures[projects] = median_seconds(
            lambda: brief(load_situation(database, LOCAL_PERSON, as_of=DAY), PortfolioFilter())  # noqa: B023
        )
        seconds[projects] = median_seconds(lambda: front_page(database))  # noqa: B023
        assert len(situation.health) == projects
    ratio = seconds[5_000] / seconds[500]
    report(
        f"front page: 500 projects {seconds[500]:.2f} s, 5,000 projects {seconds[5_000]:.2f} s, "
        f"ratio {ratio:.1f}; its figures without what falls due and changed: {figures[500]:.2f} and "
        f"{figures[5_000]:.2f} s, ratio {figures[5_000] / figures[500]:.1f}"
    )
    assert ratio <= 12
    assert figures[5_000] / figures[500] <= 12
    assert figures[5_000] <= 3


@pytest.mark.parametrize("page", ["overview", "projects", "map", "health", "money"])
def test_a_click_on_the_filter_costs_little_more_in_a_large_portfolio(
    tmp_path: Path, report: Printer, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    seconds = {}
    for projects in (26, 500):
        monkeypatch.setenv("PORTFOLIO_NAME", "empty")
        monkeypatch.setenv("PORTFOLIO_DATABASE_URL", bulk(tmp_path, projects).url)
        monkeypatch.setenv("PORTFOLIO_TODAY", DAY.isoformat())
        seconds[projects] = seconds_of_a_click(opened(page))
    ratio = seconds[500] / seconds[26]
    report(
        f"{page}, after a click on the filter: 26 projects {seconds[26]:.2f} s, 500 projects "
        f"{seconds[500]:.2f} s, ratio {ratio:.1f}"
    )
    assert ratio <= 2


def seconds_of_a_click(app: AppTest) -> float:
    """Median processor time of a screen's rerun after each of the regions is chosen for the first time."""
    times = []
    for code in [*regions(), *regions()]:
        began = time.process_time()
        app.multiselect(key=str(WidgetKey.REGION)).set_value([code]).run()
        times.append(time.process_time() - began)
        assert not app.exception
    return statistics.median(times)


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
