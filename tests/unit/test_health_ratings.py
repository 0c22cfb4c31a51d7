"""Health: both sides of every threshold and rule, and what each colour says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portfolio.model.report_rows import OverrideRow
from portfolio.overrides import overrides
from portfolio.services.health.ratings import health_counts, in_force
from tests.unit.health_rows import (
    AS_OF,
    MONEY,
    PROJECT,
    REPORTS,
    RISK,
    STANDING,
    health,
    indicator,
    late,
    marks,
    rating,
)
from tests.unit.rows import milestone


def test_health_everything_in_order_is_green_and_says_so_of_each_dimension() -> None:
    found = health()
    assert found.state == "green" and found.unknown == 0
    assert {row.dimension: row.sentence for row in found.ratings} == {
        "time": "None of the 2 open milestones with a planned date is late on 1 January 2026; "
        "amber above 30 days.",
        "money": "Incurred cost up to 2025-S2 is 50.0 % of the contracted total cost (EUR 500,000 of "
        "EUR 1,000,000) when 50.0 % of the time from 1 January 2025 to 1 January 2027 has passed on "
        "1 January 2026: burn gap 0.0 points; amber below -15 or above +15.",
        "results": "Outcome 'Staff': 95 people in 2025-S2; 100 people is to be kept: 95.0 %; amber below 80 % "
        "(lowest of 1 measured, of 1 indicator).",
        "risk": "Risk 'Flood' scores 9 (likelihood 3 x impact 3), last reviewed on 1 December 2025, "
        "31 days ago; amber from 10.",
        "reporting": "No report is overdue: 2 of 3 reports of the calendar received, the next is due on "
        "1 March 2026; amber above 0 days.",
    }


# --- time ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "contractual", "colour"),
    [
        (30, False, "green"), (31, False, "amber"), (90, False, "amber"), (91, False, "red"),
        (0, True, "green"), (1, True, "red"),
    ],
)  # fmt: skip
def test_time_colour_on_both_sides_of_each_limit(days: int, contractual: bool, colour: str) -> None:
    row = late(days, contractual=contractual)
    assert rating("time", milestones=marks(row, row if contractual else None))[0] == colour


def test_time_sentence_names_milestone_days_plan_and_limit() -> None:
    assert rating("time", milestones=marks(late(41, title="M3"))) == (
        "amber",
        "Milestone 'M3' is 41 days late (planned 21 November 2025); amber above 30.",
    )
    assert rating("time", milestones=marks(late(12, title="M3"))) == (
        "green",
        "Milestone 'M3' is 12 days late (planned 20 December 2025); amber above 30.",
    )
    promised = late(2, title="Laboratory", contractual=True, forecast="2026-01-29")
    assert rating("time", milestones=marks(promised, promised)) == (
        "red",
        "Contractual milestone 'Laboratory' is forecast for 29 January 2026, 30 days late "
        "(planned 30 December 2025); red above 0.",
    )


def test_time_contractual_milestone_less_late_than_another_still_makes_it_red() -> None:
    colour, sentence = rating("time", milestones=marks(late(60), late(5, contractual=True, key="m2")))
    assert (colour, sentence[:11]) == ("red", "Contractual")


@pytest.mark.parametrize(
    ("baseline", "colour"),
    [
        ("2025-12", "grey"),  # 1 to 31 days late: perhaps above 30
        ("2025-10", "amber"),  # 62 to 92 days: certainly above 30
        ("2025-09", "red"),  # 93 to 123 days
        ("2026", "green"),  # not certainly late
    ],
)
def test_time_of_a_reduced_date_only_what_is_certain_counts(baseline: str, colour: str) -> None:
    assert rating("time", milestones=marks(milestone(baseline=baseline)))[0] == colour


def test_time_is_not_green_where_a_reduced_date_may_lie_beyond_the_limit() -> None:
    assert rating("time", milestones=marks(milestone(baseline="2025-12", title="Guide"))) == (
        "grey",
        "Not known: milestone 'Guide' is at least 1 day late (planned December 2025) and may be 31 days late; "
        "amber above 30.",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"total": 0, "open": 0}, "Not known: no milestone is recorded."),
        ({"total": 1, "open": 0}, "Not known: of 1 milestone none is open."),
        ({"open": 1}, "Not known: the one open milestone has no planned date."),
        ({"open": 2}, "Not known: none of the 2 open milestones has a planned date."),
    ],
)
def test_time_without_an_open_milestone_with_a_date_is_grey(changes: dict[str, int], sentence: str) -> None:
    nothing = replace(marks(), dated_open=0, **changes)
    assert rating("time", milestones=nothing) == ("grey", sentence)


# --- money -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("incurred_cents", "colour", "gap"),
    [
        (350_000_00, "green", "-15.0"), (349_000_00, "amber", "-15.1"), (349_999_99, "amber", "-15.000001"),
        (200_000_00, "amber", "-30.0"), (199_999_00, "red", "-30.0001"), (0, "red", "-50.0"),
        (650_000_00, "green", "+15.0"), (651_000_00, "amber", "+15.1"), (650_000_01, "amber", "+15.000001"),
        (800_000_00, "amber", "+30.0"), (800_000_01, "red", "+30.000001"), (1_053_000_00, "red", "+55.3"),
    ],
)  # fmt: skip
def test_money_colour_on_both_sides_of_each_limit(incurred_cents: int, colour: str, gap: str) -> None:
    found = rating("money", money=replace(MONEY, incurred_cents=incurred_cents))
    assert found[0] == colour
    assert f"burn gap {gap} points; " in found[1]


@pytest.mark.parametrize(
    ("incurred_cents", "limit"),
    [
        (340_000_00, "amber below -15."), (190_000_00, "red below -30."),
        (660_000_00, "amber above +15."), (810_000_00, "red above +30."),
    ],
)  # fmt: skip
def test_money_sentence_names_the_limit_that_was_passed(incurred_cents: int, limit: str) -> None:
    assert rating("money", money=replace(MONEY, incurred_cents=incurred_cents))[1].endswith(limit)


@pytest.mark.parametrize(
    ("incurred_cents", "colour", "gap"),
    [
        # Start in 2025: on 1 January 2026 between 0.3 and 50.0 % of the time has passed.
        (300_000_00, "grey", "between -20.0 and +29.7"),
        (400_000_00, "grey", "between -10.0 and +39.7"),
        (900_000_00, "red", "between +40.0 and +89.7"),
    ],
)
def test_money_reduced_start_gives_a_range_that_has_one_colour_or_none(
    incurred_cents: int, colour: str, gap: str
) -> None:
    found = rating(
        "money", replace(PROJECT, start="2025"), money=replace(MONEY, incurred_cents=incurred_cents)
    )
    assert found[0] == colour
    assert f"burn gap {gap} points" in found[1]
    assert found[1].startswith("Not known: the start is known to the year; incurred") is (colour == "grey")


def test_money_range_from_amber_below_to_amber_above_is_not_amber() -> None:
    with overrides({"threshold/money-red-low": "-60", "threshold/money-red-high": "60"}):
        found = rating(
            "money", replace(PROJECT, start="2025"), money=replace(MONEY, incurred_cents=250_000_00)
        )
    assert found[0] == "grey" and "between -25.0 and +24.7" in found[1]


def test_money_range_inside_the_limits_is_green() -> None:
    found = rating("money", replace(PROJECT, start="2025-01"))
    assert found[0] == "green" and "between 47.9 and 50.0 %" in found[1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"incurred_cents": None}, "Not known: no cost is reported."),
        (
            {"contracts": 0, "contracted_total_cents": None, "contracted_total_known": 0},
            "Not known: EUR 500,000 is incurred; no contract is on record.",
        ),
        (
            {"contracts": 2},
            "Not known: EUR 500,000 is incurred; a contract does not state its total cost.",
        ),
        (
            {"contracted_total_cents": 0},
            "Not known: EUR 500,000 is incurred; the contracted total cost is 0.",
        ),
    ],
)
def test_money_without_both_sides_is_grey(changes: dict[str, int | None], sentence: str) -> None:
    assert rating("money", money=replace(MONEY, **changes)) == ("grey", sentence)


def test_money_without_a_start_is_grey() -> None:
    unknown = replace(PROJECT, start=None, status_stated="ongoing")
    assert rating("money", unknown) == (
        "grey",
        "Not known: EUR 500,000 is incurred; start not stated.",
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
        "Output 'Courses': 70 people in 2025-S2; 100 people is to be kept: 70.0 %; amber below 80 % "
        "(lowest of 2 measured, of 3 indicators).",
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
            "Not known: Outcome 'Staff': no value against the target: 100 people is to be kept "
            "(the first of 2 indicators, none of which is measured).",
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
        "Risk 'Flood' scores 9 (likelihood 3 x impact 3), last reviewed on 3 October 2025, 90 days ago; "
        "red from 90 days without a review.",
    )
    assert rating("risk", open_risks=(replace(RISK, reviewed_on=None),)) == (
        "grey",
        "Not known: risk 'Flood' scores 9 (likelihood 3 x impact 3), never reviewed; amber from 10; "
        "whether it was reviewed within 90 days is not known.",
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


def test_reporting_without_a_calendar_is_grey() -> None:
    assert rating("reporting", reports=replace(REPORTS, entries=0)) == (
        "grey",
        "Not known: no reporting calendar is recorded.",
    )


# --- overall ---------------------------------------------------------------------------------------------
def test_overall_is_the_worst_that_is_not_grey_and_says_how_many_are_not_known() -> None:
    found = health(
        milestones=marks(late(31)), open_risks=(replace(RISK, likelihood=5),), indicators=(), money=replace(
            MONEY, incurred_cents=None)
    )  # fmt: skip
    assert (found.state, found.unknown) == ("red", 2)
    assert found.worst is not None and found.worst.dimension == "risk"
    assert found.sentence == (
        "Red by risk: Risk 'Flood' scores 15 (likelihood 5 x impact 3), last reviewed on 1 December 2025, "
        "31 days ago; red from 15. 2 of 5 dimensions not known."
    )


def test_overall_is_grey_only_if_all_five_are() -> None:
    found = health(
        milestones=replace(marks(), dated_open=0), money=replace(MONEY, incurred_cents=None), indicators=(),
        open_risks=(), risks=0, reports=replace(REPORTS, entries=0),
    )  # fmt: skip
    assert (found.state, found.unknown, found.worst) == ("grey", 5, None)
    assert found.sentence == "None of the 5 dimensions is known."


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"end_original": "2025-12-31"}, "closed"),
        ({"start": "2026-01-02"}, "planned"),
        ({"start": None}, "unknown"),
        ({"end_original": "2026-01-01"}, "green"),  # its last day
    ],
)
def test_a_project_that_does_not_run_has_no_health(dates: dict[str, str | None], state: str) -> None:
    found = health(replace(PROJECT, **dates), money=replace(MONEY, incurred_cents=1_000_000_00))
    assert (found.state, bool(found.ratings), found.is_running) == (state, state == "green", state == "green")


def test_thresholds_of_the_unit_hold_and_are_named() -> None:
    own = {"threshold/time-amber": "10", "threshold/risk-amber": "9", "threshold/reporting-amber": "5"}
    with overrides(own):
        found = health(milestones=marks(late(11)))
    assert [row.colour for row in found.ratings] == ["amber", "green", "green", "amber", "green"]
    assert found.ratings[0].sentence.endswith("amber above 10.")
    assert found.ratings[3].sentence.endswith("amber from 9.")


def test_counts_hold_running_projects_by_colour_and_closed_ones_apart() -> None:
    rows = [health(), health(milestones=marks(late(31))), health(replace(PROJECT, start="2026-02"))]
    rows.append(health(replace(PROJECT, end_original="2025")))
    assert health_counts(rows) == {"green": 1, "amber": 1, "red": 0, "grey": 0, "closed": 1}


# --- overrides -------------------------------------------------------------------------------------------
def _override(dimension: str, decided_on: str, expires_on: str) -> OverrideRow:
    key = f"p1/{dimension}-{decided_on}"
    return OverrideRow(key, "p1", dimension, "green", "Agreed.", decided_on, expires_on)


@pytest.mark.parametrize(
    ("decided_on", "expires_on", "holds"),
    [
        ("2026-01-01", "2026-01-02", True), ("2026-01-02", "2026-02-01", False),
        ("2025-12-01", "2026-01-01", True), ("2025-12-01", "2025-12-31", False),
    ],
)  # fmt: skip
def test_override_holds_from_its_decision_to_its_expiry(
    decided_on: str, expires_on: str, holds: bool
) -> None:
    assert in_force(_override("time", decided_on, expires_on), AS_OF) is holds


def test_override_stands_beside_the_computed_colour_and_changes_nothing() -> None:
    rows = (
        _override("time", "2025-06-01", "2025-07-01"),
        _override("time", "2025-12-01", "2026-03-01"),
        _override("overall", "2025-11-01", "2026-03-01"),
        _override("risk", "2026-01-02", "2026-03-01"),
    )
    found = health(overrides=rows, milestones=marks(late(91)))
    assert (found.state, found.colour("time")) == ("red", "red")
    assert [row.key for row in found.overrides] == [
        "p1/overall-2025-11-01", "p1/time-2025-12-01", "p1/time-2025-06-01",
    ]  # fmt: skip


def test_every_rating_rests_on_fields_of_the_records_it_names() -> None:
    found = health(milestones=marks(late(91)))
    assert [row.record for row in found.ratings] == [
        ("milestone", "m1"), ("project", "p1"), ("indicator", "p1/indicator-01"), ("risk", "p1/risk-01"), None,
    ]  # fmt: skip
    assert ("indicator_value", "p1/indicator-01/value-01", "value_millionths") in found.ratings[2].fields
    assert STANDING.indicators[0].value_key == "p1/indicator-01/value-01"
