"""What a large workbook costs beside the library that writes it; processor time, printed.

Run with `make bench`. The bound is a ratio within one run, which no slow machine changes; the one bound in
seconds is of processor time, for a machine that has nothing else to do.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from portfolio.services.access import LOCAL_PERSON
from portfolio.summaries.content import Link, Missing, Summary, Table
from portfolio.summaries.covers import Making
from portfolio.summaries.csv_tables import render_csv
from portfolio.summaries.documents import SummaryScope, make_summary
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.scopes import load_subject
from portfolio.summaries.xlsx import render_xlsx
from tests.benchmarks.bulk import bulk
from tests.portfolios import copied_portfolio

DAY = dt.date(2026, 11, 23)
MAKING = Making(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), "a tester")
RUNS, MOST_SECONDS, MOST_RATIO = 3, 1.0, 2.0


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a line that is seen although the test passes."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return line


def seconds(action: Callable[[], object]) -> float:
    """Median processor time of this process."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def written_plainly(summary: Summary) -> int:
    """The cells of a document's tables written by the library alone, in one format; how many they are."""
    book = Workbook(io.BytesIO(), {"in_memory": True})
    style, written = book.add_format({"text_wrap": True}), 0
    for section in summary.sections:
        sheet, row = book.add_worksheet(section.title), 0
        for table in (block for block in section.blocks if isinstance(block, Table)):
            for cells in (each.cells for each in table.rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, int | float):
                        sheet.write_number(row, place, cell, style)
                    elif cell is not None:
                        text = cell.value if isinstance(cell, Missing) else cell
                        sheet.write_string(row, place, text.name if isinstance(text, Link) else text, style)
                    written += 1
                row += 1
    book.close()
    return written


def test_workbook_of_500_projects_takes_at_most_twice_what_its_cells_take(
    tmp_path: Path, report: Callable[[str], None]
) -> None:
    subject = load_subject(bulk(tmp_path, 500), LOCAL_PERSON, SummaryScope("portfolio"), as_of=DAY)
    summary = summary_content(subject, MAKING)
    plain, ours = seconds(lambda: written_plainly(summary)), seconds(lambda: render_xlsx(summary, MAKING))
    tables = seconds(lambda: render_csv(summary))
    report(
        f"workbook of 500 projects, {written_plainly(summary):,} cells: {ours:.1f} s, the library alone "
        f"{plain:.1f} s, ratio {ours / plain:.2f}, at most {MOST_RATIO:.0f}; as csv {tables:.1f} s"
    )
    assert ours <= MOST_RATIO * plain


def test_workbook_of_the_real_portfolio_takes_little_time(
    tmp_path: Path, report: Callable[[str], None]
) -> None:
    database = copied_portfolio("reference", tmp_path / "reference.sqlite3")
    for form in ("xlsx", "csv"):
        make_summary(database, LOCAL_PERSON, SummaryScope("portfolio"), format=form)
        taken = seconds(
            lambda form=form: make_summary(database, LOCAL_PERSON, SummaryScope("portfolio"), format=form)
        )
        report(f"{form} of the real portfolio: {taken:.2f} s, at most {MOST_SECONDS:.0f} s")
        assert taken < MOST_SECONDS
