"""What needs attention in time: late milestones, suspended partners, ends that are near."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portfolio.model.rows import ProjectRow
from portfolio.overrides import use_overrides
from portfolio.services.overviews import ending_soon
from portfolio.services.thresholds import threshold
from tests.unit.attention_rows import AS_OF, MILESTONE, MONEY, PROJECT, codes, signals


# --- milestones ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"baseline": "2026-10-24"}, []),  # 30 days late
        ({"baseline": "2026-10-23"}, [("milestone-late", "amber")]),  # 31
        ({"baseline": "2026-08-25"}, [("milestone-late", "amber")]),  # 90
        ({"baseline": "2026-08-24"}, [("milestone-late", "red")]),  # 91
        ({"baseline": "2027-03-01", "forecast": "2027-04-01"}, [("milestone-late", "amber")]),  # 31
        ({"baseline": "2027-03-01", "forecast": "2027-03-31"}, []),
        ({"baseline": "2026-10"}, []),  # 23 days late for certain
        ({"baseline": "2026-09"}, [("milestone-late", "amber")]),
        ({"baseline": None}, []),
        ({"baseline": "2026-08-24", "status": "done", "actual": "2026-11-20"}, []),
        ({"baseline": "2026-08-24", "status": "cancelled"}, []),
        ({"baseline": "2026-08-24", "about": "context"}, []),
        ({"baseline": "2026-11-23", "contractual": True}, []),  # due on the day
        ({"baseline": "2026-11-22", "contractual": True}, [("contractual-milestone-late", "red")]),
        (
            {"baseline": "2027-03-01", "forecast": "2027-03-02", "contractual": True},
            [("contractual-milestone-late", "red")],
        ),
    ],
)
def test_milestone_late_thresholds(changes: dict[str, Any], expected: list[object]) -> None:
    assert codes(milestone=replace(MILESTONE, **changes)) == expected


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"baseline": "2026-10-13"},
            "Milestone 'Exercise' is 41 days late (planned 13 October 2026); amber above 30.",
        ),
        (
            {"baseline": "2026-07-31"},
            "Milestone 'Exercise' is 115 days late (planned 31 July 2026); red above 90.",
        ),
        (
            {"baseline": "2026-11-22", "contractual": True},
            "Contractual milestone 'Exercise' is 1 day late (planned 22 November 2026); red above 0.",
        ),
        (
            {"baseline": "2026-12", "forecast": "2027-02-10", "contractual": True},
            (
                "Contractual milestone 'Exercise' is forecast for 10 February 2027, at least 41 days late "
                "(planned December 2026); red above 0."
            ),
        ),
    ],
)
def test_milestone_late_sentence(changes: dict[str, Any], sentence: str) -> None:
    (signal,) = signals(milestone=replace(MILESTONE, **changes))
    assert signal.sentence == sentence


# --- suspended partner -----------------------------------------------------------------------------------
def participating(**changes: Any) -> ProjectRow:
    first, second = PROJECT.participations
    return replace(PROJECT, participations=(first, replace(second, **changes)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"suspended_since": "2026-11-23"}, [("suspended-partner", "amber")]),
        ({"suspended_since": "2026-11-24"}, []),
        ({"suspended_since": "2026-11"}, []),  # perhaps not before the end of the month
        ({"suspended_since": "2026-02-01", "suspended_until": "2026-05-31"}, []),
    ],
)
def test_suspended_partner_thresholds(changes: dict[str, Any], expected: list[object]) -> None:
    assert codes(project=participating(**changes)) == expected


def test_suspended_partner_sentence_gives_the_declared_share() -> None:
    (signal,) = signals(project=participating(suspended_since="2026-02-16"))
    assert signal.sentence == (
        "Cooperation with Kosovo* is suspended since 16 February 2026; its declared share is 60.0 %, "
        "EUR 60,000 of EUR 100,000. Amber while it lasts."
    )


def test_suspended_partner_without_declared_shares_says_so() -> None:
    (signal,) = signals(project=participating(suspended_since="2026-02", share_millionths=None))
    assert signal.sentence == (
        "Cooperation with Kosovo* is suspended since February 2026; no share of the budget is declared. "
        "Amber while it lasts."
    )


# --- ends soon -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("end", "incurred", "expected"),
    [
        ("2027-02-21", 75_000_00, [("ends-soon-with-money-left", "red")]),  # 90 days, 25 % left
        ("2027-02-22", 75_000_00, []),  # 91 days
        ("2027-02-21", 75_000_01, [("ends-soon", "info")]),  # less than 25 % left
        ("2027-02-21", None, [("ends-soon", "info")]),  # what is left is not known
        ("2027-01", 75_000_00, [("ends-soon-with-money-left", "red")]),
        ("2027", 75_000_00, []),  # perhaps December
        ("2026-11-23", 100_000_00, [("ends-soon", "info")]),  # today is still part of it
        ("2026-11-22", 75_000_00, []),  # over
    ],
)
def test_ends_soon_thresholds(end: str, incurred: int | None, expected: list[object]) -> None:
    money = replace(MONEY, incurred_cents=incurred)
    assert codes(project=replace(PROJECT, end_current=end), money=money) == expected


def test_ends_soon_sentences() -> None:
    (half_left,) = signals(project=replace(PROJECT, end_current="2027-01-02"))
    assert half_left.sentence == (
        "Ends on 2 January 2027, in 40 days; EUR 50,000 of the contracted total cost of EUR 100,000 (50.0 %) "
        "is not incurred up to 2026-S1. Red from 25 % within 90 days."
    )
    assert half_left.due == dt.date(2027, 1, 2)
    (neutral,) = signals(project=replace(PROJECT, end_current="2026-12"), money=None)
    assert neutral.sentence == "Ends in December 2026, in at most 38 days; listed within 90 days."


def test_ends_soon_holds_for_what_the_unit_has_set() -> None:
    project = replace(PROJECT, end_current="2027-03-31")  # 128 days
    assert signals(project=project, money=None) == ()
    use_overrides({"threshold/ends-soon": "128"})
    (signal,) = signals(project=project, money=None)
    assert signal.sentence == "Ends on 31 March 2027, in 128 days; listed within 128 days."
    assert [row.project for row in ending_soon([project], AS_OF, threshold("ends-soon"))] == [project]


def test_ends_soon_planned_project_is_silent() -> None:
    assert codes(project=replace(PROJECT, start="2026-12-01", end_current="2027-01-02"), money=None) == []
