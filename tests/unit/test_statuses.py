"""A status is what the dates certainly say, else what a source stated."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.services.statuses import before_first_start, days_to_end, ends_within, project_status
from tests.unit.rows import project

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024", "2027", "ongoing"),
        ("2024-01-01", "2026-11-23", "ongoing"),
        ("2024-01-01", "2026-11-22", "closed"),
        ("2024", "2026-11", "unknown"),
        ("2024", "2026", "unknown"),
        ("2027", None, "planned"),
        ("2026", "2028", "unknown"),
        ("2026-11-24", "2028", "planned"),
        (None, "2025-09", "closed"),
        ("2024", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_status_follows_from_dates_where_they_are_certain(
    start: str | None, end: str | None, expected: str
) -> None:
    assert project_status(project(start=start, end_current=end), DAY) == expected


def test_status_as_stated_holds_where_the_dates_do_not_decide() -> None:
    row = project(start="2024-01", status_stated="ongoing", status_stated_on="2026-11-23")
    assert project_status(row, DAY) == "ongoing"
    assert project_status(row, dt.date(2025, 1, 1)) == "unknown"
    assert project_status(row, dt.date(2023, 12, 31)) == "planned"


def test_dates_go_before_what_was_stated() -> None:
    row = project(start="2020", end_current="2024", status_stated="ongoing", status_stated_on="2023")
    assert project_status(row, DAY) == "closed"


def test_an_amendment_moves_the_present_end() -> None:
    row = project(start="2020", end_original="2024", end_current="2025", amended_end="2027-03-31")
    assert (row.present_end, project_status(row, DAY)) == ("2027-03-31", "ongoing")


@pytest.mark.parametrize(
    ("end", "soon", "days"),
    [
        ("2026-12-31", True, 38),
        ("2026-12", True, None),
        ("2026-11-23", True, 0),
        ("2026-11-22", False, -1),
        ("2027-02-21", True, 90),
        ("2027-02-22", False, 91),
        ("2027", False, None),
    ],
)
def test_ends_within_ninety_days(end: str, soon: bool, days: int | None) -> None:
    row = project(start="2024", end_current=end)
    assert (ends_within(row, DAY, 90), days_to_end(row, DAY)) == (soon, days)


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        (("2028", "2027"), "On 23 November 2026 no project had begun; the first begins in 2027."),
        (("2027-03-01",), "On 23 November 2026 no project had begun; the first begins on 1 March 2027."),
        (
            ("2027-03", None),
            "On 23 November 2026 no project is known to have begun; the first start on record is March 2027.",
        ),
        (("2026", "2028"), ""),
        (("2026-11-23",), ""),
        ((None,), ""),
        ((), ""),
    ],
)
def test_day_before_every_project_is_said_unless_one_may_have_begun(
    starts: tuple[str | None, ...], said: str
) -> None:
    assert before_first_start([project(start=start) for start in starts], DAY) == said


def test_day_after_the_end_of_a_project_without_start_is_not_before_every_project() -> None:
    rows = [project(start="2027"), project(start=None, end_current="2025")]
    assert before_first_start(rows, DAY) == ""
