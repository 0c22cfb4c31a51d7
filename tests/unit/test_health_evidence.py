"""Health of results, risk and reporting: both sides of every threshold, and what each colour says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.unit.health_rows import (
    REPORTS,
    RISK,
    health,
    indicator,
    rating,
)


# --- results ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (80_000_000, "green"), (79_999_999, "amber"), (60_000_000, "amber"), (59_999_999, "red"),
        (0, "red"), (125_000_000, "green"), (125_000_001, "amber"),
    ],
)  # fmt: skip
def test_results_colour_on_both_sides_of_each_limit(value: int, colour: str) -> None:
    assert rating("results", indicators=(indicator(value),))[0] == colour


def test_results_lowest_outcome_or_output_counts_and_impact_does_not() -> None:
    rows = (
        indicator(10_000_000, key="i1", level="impact", statement="Trust"),
        indicator(70_000_000, key="i2", level="output", statement="Courses"),
        indicator(90_000_000, key="i3"),
        indicator(None, key="i4", statement="Later"),
    )
    assert rating("results", indicators=rows) == (
        "amber",
        (
            "Output 'Courses': 70 people in 2025-S2; 100 people is to be kept: 70.0 %; amber below 80 % "
            "(lowest of 2 measured, of 3 indicators)."
        ),
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((), "Not known: no outcome or output with an indicator is recorded."),
        (
            (indicator(90_000_000, level="impact"),),
            "Not known: no outcome or output with an indicator is recorded.",
        ),
        (
            (indicator(None), indicator(90_000_000, key="i2", unit=None)),
            (
                "Not known: Outcome 'Staff': no value against the target: 100 people is to be kept "
                "(the first of 2 indicators, none of which is measured)."
            ),
        ),
        (
            (indicator(90_000_000, unit=None),),
            "Not known: Outcome 'Staff': it has no unit: its numbers cannot be read.",
        ),
    ],
)
def test_results_without_a_value_against_a_target_is_grey(rows: tuple[object, ...], sentence: str) -> None:
    assert rating("results", indicators=rows) == ("grey", sentence)


# --- risk ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("likelihood", "impact", "reviewed_on", "colour"),
    [
        (3, 3, "2025-12-01", "green"),  # 9
        (2, 5, "2025-12-01", "amber"),  # 10
        (3, 4, "2025-12-01", "amber"),  # 12
        (3, 5, "2025-12-01", "red"),  # 15
        (1, 1, "2025-10-04", "green"),  # 89 days
        (1, 1, "2025-10-03", "red"),  # 90 days
        (1, 1, "2025-10", "grey"),  # 62 to 92 days
        (1, 1, "2025-09", "red"),  # 93 to 123 days
        (1, 1, "2025-11", "green"),
        (3, 3, None, "grey"),
        (2, 5, None, "amber"),
        (3, 5, None, "red"),
    ],
)
def test_risk_colour_on_both_sides_of_each_limit(
    likelihood: int, impact: int, reviewed_on: str | None, colour: str
) -> None:
    risk = replace(RISK, likelihood=likelihood, impact=impact, reviewed_on=reviewed_on)
    assert rating("risk", open_risks=(risk,))[0] == colour


def test_risk_sentence_names_what_decided() -> None:
    stale = replace(RISK, reviewed_on="2025-10-03")
    assert rating("risk", open_risks=(replace(RISK, key="p1/risk-02", likelihood=4), stale)) == (
        "red",
        (
            "Risk 'Flood' scores 9 (likelihood 3 x impact 3), last reviewed on 3 October 2025, 90 days ago; "
            "red from 90 days without a review."
        ),
    )
    assert rating("risk", open_risks=(replace(RISK, reviewed_on=None),)) == (
        "grey",
        (
            "Not known: risk 'Flood' scores 9 (likelihood 3 x impact 3), never reviewed; amber from 10; "
            "whether it was reviewed within 90 days is not known."
        ),
    )


def test_risk_none_recorded_is_grey_and_none_open_is_green() -> None:
    assert rating("risk", open_risks=(), risks=0) == ("grey", "Not known: no risk is recorded.")
    assert rating("risk", open_risks=(), risks=2) == (
        "green",
        "None of 2 recorded risks is open on 1 January 2026; amber from 10.",
    )


# --- reporting -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due_on", "colour"),
    [
        ("2026-01-01", "green"),  # due today
        ("2025-12-31", "amber"),  # 1 day
        ("2025-12-02", "amber"),  # 30 days
        ("2025-12-01", "red"),  # 31 days
        ("2025-12", "amber"),  # 1 to 31 days: certainly overdue
        ("2026-01", "green"),
        ("2025-11", "red"),
    ],
)
def test_reporting_colour_on_both_sides_of_each_limit(due_on: str, colour: str) -> None:
    reports = replace(REPORTS, overdue=1, longest_due_key="p1/report-03", longest_due_on=due_on)
    assert rating("reporting", reports=reports)[0] == colour


def test_reporting_sentence_names_the_report_that_is_longest_overdue() -> None:
    reports = replace(REPORTS, overdue=2, longest_due_key="p1/report-03", longest_due_on="2025-12-01")
    found = health(reports=reports).rating("reporting")
    assert found is not None and found.record == ("report_due", "p1/report-03")
    assert found.sentence == (
        "The report due on 1 December 2025 is 31 days overdue, the longest of 2 overdue; red above 30 days."
    )


def test_reporting_is_grey_where_none_is_certainly_overdue_and_one_may_be() -> None:
    reports = replace(REPORTS, possible_due_key="p1/report-02", possible_due_on="2026-01")
    found = health(as_of=dt.date(2026, 1, 20), reports=reports).rating("reporting")
    assert found is not None and (found.colour, found.record) == ("grey", ("report_due", "p1/report-02"))
    assert found.sentence == (
        "Not known: the report due in January 2026 may be 19 days overdue; amber above 0 days."
    )
    late = replace(reports, overdue=1, longest_due_key="p1/report-03", longest_due_on="2026-01-19")
    after = health(as_of=dt.date(2026, 1, 20), reports=late).rating("reporting")
    assert after is not None and (after.colour, after.record) == ("amber", ("report_due", "p1/report-03"))


def test_reporting_without_a_calendar_is_grey() -> None:
    said = "Not known: no reporting calendar is on record; the calendar screen counts reports by rule"
    found = rating("reporting", reports=replace(REPORTS, entries=0))
    assert found == ("grey", f"{said} or contract where one holds.")
