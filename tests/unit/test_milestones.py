"""Late, due and slip on both sides of each edge; context is never counted."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.services.milestones import milestone_counts, milestone_state, milestone_states
from tests.unit.rows import milestone

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("values", "late_days"),
    [
        ({"baseline": "2026-11-23"}, 0),
        ({"baseline": "2026-11-22"}, 1),
        ({"baseline": "2026-10-13"}, 41),
        ({"baseline": "2026-11"}, 0),
        ({"baseline": "2026-10"}, 23),
        ({"baseline": "2026-12-01", "forecast": "2026-12-31"}, 30),
        ({"baseline": "2026-10-13", "forecast": "2026-10-20"}, 41),
        ({"baseline": "2026-12", "forecast": "2027-01"}, 1),
        ({"forecast": "2026-01-01"}, None),
        ({}, None),
        ({"baseline": "2020-01-01", "status": "done", "actual": "2021-01-01"}, 0),
        ({"baseline": "2020-01-01", "status": "cancelled"}, 0),
    ],
)
def test_late_days_count_open_milestones_by_what_is_certain(
    values: dict[str, str], late_days: int | None
) -> None:
    assert milestone_state(milestone(**values), DAY).late_days == late_days


@pytest.mark.parametrize(
    ("values", "slip"),
    [
        ({"baseline": "2026-01-01", "actual": "2026-01-11", "status": "done"}, 10),
        ({"baseline": "2026-01-11", "actual": "2026-01-01", "status": "done"}, -10),
        ({"baseline": "2026-12-01", "forecast": "2026-12-31"}, 30),
        ({"baseline": "2026-12", "forecast": "2026-12-31"}, None),
        ({"actual": "2026-01-01", "status": "done"}, None),
        ({"baseline": "2026-11-20", "status": "done", "actual": "2026-11-23"}, 3),
        ({"baseline": "2026-11-20", "status": "done", "actual": "2026-11-24"}, None),
        ({"baseline": "2026-11-20", "forecast": "2026-11-22", "status": "done", "actual": "2026-12"}, None),
    ],
)
def test_slip_is_known_only_between_days(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], slip: int | None
) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", DAY.isoformat())
    assert milestone_state(milestone(**values), DAY).slip_days == slip


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({"baseline": "2026-11-23"}, True),
        ({"baseline": "2027-02-21"}, True),
        ({"baseline": "2027-02-22"}, False),
        ({"baseline": "2026-11-22"}, False),
        ({"baseline": "2026-01-01", "forecast": "2026-12-01"}, True),
        ({"baseline": "2027-02"}, False),
        ({"baseline": "2027-01"}, True),
        ({"baseline": "2026-12-01", "status": "done"}, False),
        ({"baseline": "2026-12-01", "about": "context"}, False),
        ({}, False),
    ],
)
def test_due_within_ninety_days(values: dict[str, str], due: bool) -> None:
    assert milestone_state(milestone(**values), DAY).is_due_within(DAY, 90) is due


def test_counts_leave_out_context_and_cancelled_and_name_them() -> None:
    rows = [
        milestone("done", status="done", actual="2024"),
        milestone("late", baseline="2026-01-01"),
        milestone("due", baseline="2026-12-01"),
        milestone("undated"),
        milestone("cancelled", status="cancelled", baseline="2026-01-01"),
        milestone("law", about="context", status="done", actual="2024"),
    ]
    counts = milestone_counts(milestone_states(rows, DAY), DAY)
    assert (counts.total, counts.done, counts.open, counts.late, counts.due_30_days) == (4, 1, 3, 1, 1)
    assert (counts.cancelled, counts.without_date, counts.context) == (1, 1, 1)


def test_what_was_reached_after_the_date_was_open_on_it() -> None:
    reached = milestone(baseline="2026-05-31", actual="2026-07-01", status="done")
    before, after = (milestone_state(reached, dt.date(2026, *day)) for day in ((6, 30), (7, 1)))
    assert (before.is_open, before.is_done, before.late_days) == (True, False, 30)
    assert (after.is_open, after.is_done, after.late_days) == (False, True, 0)
    in_that_month = milestone_state(milestone(actual="2026-06", status="done"), dt.date(2026, 6, 15))
    assert in_that_month.is_done  # only what was certainly reached later was open


@pytest.mark.parametrize(
    ("actual", "as_of", "is_open", "late_days"),
    [
        ("2026-11-24", "2026-11-23", False, None),  # after today: it contradicts itself
        ("2026-11-24", "2026-01-31", False, None),  # on whatever day it is looked at
        ("2026-12", "2026-11-23", False, None),
        ("2026-11", "2026-11-23", False, 0),  # perhaps this month: done
        ("2026-11-23", "2026-11-23", False, 0),
        ("2026-11-23", "2026-01-31", True, 30),  # known today, and open then
        ("2026-11-24", "2026-11-30", False, 0),  # looked at from a day to come
        ("2026-12-01", "2026-11-30", False, None),
    ],
)
def test_reached_on_a_day_to_come_is_neither_done_nor_open(
    monkeypatch: pytest.MonkeyPatch, actual: str, as_of: str, is_open: bool, late_days: int | None
) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-11-23")
    row = milestone(baseline="2026-01-01", forecast="2026-01-10", status="done", actual=actual)
    day = dt.date.fromisoformat(as_of)
    state = milestone_state(row, day)
    assert (state.is_open, state.late_days) == (is_open, late_days)
    counts = milestone_counts([state], day)
    contradicts = late_days is None
    assert (counts.total, counts.done, counts.open) == (1, int(not is_open and not contradicts), int(is_open))
    assert (counts.late, counts.without_date, counts.due_180_days) == (int(is_open), 0, 0)
    assert not contradicts or (state.slip_days, state.due) == (None, None)


@pytest.mark.parametrize("about", ["project", "context"])
@pytest.mark.parametrize(
    ("on", "status", "actual"),
    [("2026-05-17", "planned", None), ("2026-05-18", "done", "2026-05-18")],
)
def test_what_was_reached_later_stands_as_planned(
    about: str, on: str, status: str, actual: str | None
) -> None:
    row = milestone(about=about, baseline="2026-05-01", status="done", actual="2026-05-18")
    found = milestone_state(row, dt.date.fromisoformat(on)).milestone
    assert (found.status, found.actual) == (status, actual)
