"""What it costs to take the portfolio back to a day, beside the copy of it that a backup is."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.storage.backups import backup
from portfolio.storage.engine import Database
from portfolio.storage.former_states import former_database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.unit_of_work import apply_change_set
from tests.benchmarks.portfolios import synthetic
from tests.benchmarks.test_growth import Printer, median_seconds
from tests.benchmarks.test_growth import report as report

PROJECTS, LATER = 500, 20


def correct(database: Database, times: int) -> None:
    """As many change sets, each of which corrects every project's budget."""
    for number in range(times):
        changes = tuple(
            FieldChange(
                "project", f"p{project:05}", "total_budget_cents", 100_000_000 + project + number,
                100_000_000 + project + number + 1, "changed",
            )
            for project in range(PROJECTS)
        )  # fmt: skip
        apply_change_set(database, ChangeSetDraft("edit", "benchmark", "correction", changes))


def test_an_earlier_state_costs_little_more_than_a_backup(tmp_path: Path, report: Printer) -> None:
    database = synthetic(tmp_path, PROJECTS)
    first = get_portfolio(database).revision
    correct(database, LATER)
    numbers = count(1)
    copied = median_seconds(lambda: backup(database, tmp_path / f"{next(numbers)}.sqlite3"))
    # Another moment each time, so that none is the one that was kept.
    taken_back = median_seconds(
        lambda: former_database(database, first, f"2027-01-01T00:00:{next(numbers):02}+00:00")
    )
    report(
        f"state of {LATER} change sets and {LATER * PROJECTS:,} changes ago, of {PROJECTS} projects: "
        f"{taken_back:.2f} s, backup {copied:.2f} s, ratio {taken_back / copied:.1f}"
    )
    assert taken_back <= 10 * copied
