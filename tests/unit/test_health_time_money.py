"""Health of time and money: both sides of every threshold, and what each colour says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portfolio.model.standing_rows import MilestoneStanding
from portfolio.overrides import overrides
from tests.unit.health_rows import (
    MONEY,
    PROJECT,
    late,
    marks,
    rating,
)
from tests.unit.rows import milestone


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
        (
            "Contractual milestone 'Laboratory' is forecast for 29 January 2026, 30 days late "
            "(planned 30 December 2025); red above 0."
        ),
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
        (
            "Not known: milestone 'Guide' is at least 1 day late (planned December 2025) and may be 31 days "
            "late; amber above 30."
        ),
    )


def test_time_is_grey_where_none_is_certainly_late_and_one_may_be() -> None:
    planned = milestone(baseline="2025-12", forecast="2026", title="Guide")
    unsure = replace(marks(), possible=planned)
    colour, sentence = rating("time", milestones=unsure)
    assert colour == "grey" and "'Guide'" in sentence and "may be 395 days late" in sentence
    assert rating("time", milestones=replace(unsure, worst=late(10)))[0] == "grey"
    assert rating("time", milestones=replace(unsure, worst=late(31)))[0] == "amber"
    soon = milestone(baseline="2026-01")
    assert rating("time", milestones=replace(marks(), possible=soon)) == rating("time", milestones=marks())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"total": 0, "open": 0}, "Not known: no milestone is recorded."),
        ({"total": 1, "open": 0}, "Not known: of 1 milestone none is open."),
        ({"total": 2, "open": 1}, "Not known: the one open milestone has no planned date."),
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


def test_time_says_how_many_milestones_reached_on_a_day_to_come_are_left_out() -> None:
    colour, sentence = rating("time", milestones=replace(marks(), total=4))
    assert (colour, sentence) == (
        "green",
        rating("time", milestones=marks())[1] + " Left out: 1 milestone with an actual date in the future.",
    )
    only = MilestoneStanding("p1", total=1)
    assert rating("time", milestones=only) == (
        "grey",
        "Not known: of 1 milestone none is open. Left out: 1 milestone with an actual date in the future.",
    )
