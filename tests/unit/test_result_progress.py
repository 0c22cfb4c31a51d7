"""What is expected of an indicator by now, and which share of it has been reached: golden values by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from portfolio.model.result_rows import IndicatorRow
from portfolio.model.standing_rows import IndicatorStanding
from portfolio.numbers import MILLION
from portfolio.services.results.progress import Gap, Progress, indicator_progress, progress_colour

# From 31 December 2024 to 31 December 2026 are 730 days; the middle is 31 December 2025.
MIDDLE = dt.date(2025, 12, 31)


def standing(
    value: float | None, baseline: float | None, target: float | None, **other: Any
) -> IndicatorStanding:
    """An indicator between two year-ends with its latest value, in whole units."""
    known: dict[str, Any] = {
        "level": "outcome", "statement": "Desks that are open", "unit": "desks", "direction": "up",
        "aggregation": "latest", "library_code": None, "baseline_year": 2024, "target_year": 2026,
        "baseline_text": None, "target_text": None, "verification": None, "position": 1,
    }  # fmt: skip
    indicator = IndicatorRow(
        key="p1/i1",
        project_key="p1",
        baseline_millionths=_millionths(baseline),
        target_millionths=_millionths(target),
        **(known | other),
    )
    period = None if value is None else "2025-S1"
    return IndicatorStanding(indicator, period and "v1", period, _millionths(value), None, "approved")


def _millionths(number: float | None) -> int | None:
    return None if number is None else round(number * MILLION)


@pytest.mark.parametrize(
    ("direction", "value", "baseline", "target", "expected", "share"),
    [
        ("up", 30, 0, 80, 40, Fraction(3, 4)),
        ("up", 50, 20, 80, 50, Fraction(1)),
        ("up", 20, 20, 80, 50, Fraction(0)),
        ("up", 14, 20, 80, 50, Fraction(-1, 5)),
        ("up", 65, 20, 80, 50, Fraction(3, 2)),
        ("down", 48, 72, 12, 42, Fraction(4, 5)),
        ("down", 54, 72, 12, 42, Fraction(3, 5)),
        ("down", 72, 72, 12, 42, Fraction(0)),
        ("keep", 75, 100, 100, 100, Fraction(3, 4)),
        ("keep", 125, 100, 100, 100, Fraction(4, 5)),
        ("keep", 100, 60, 100, 100, Fraction(1)),
        ("keep", 0, 100, 100, 100, Fraction(0)),
        ("keep", 0, 0, 0, 0, Fraction(1)),
        ("keep", 3, 0, 0, 0, Fraction(0)),
        ("keep", -5, 10, 10, 10, Fraction(0)),
    ],
)
def test_progress_halfway_measures_the_way_gone_against_the_way_expected(
    direction: str, value: float, baseline: float, target: float, expected: int, share: Fraction
) -> None:
    found = indicator_progress(standing(value, baseline, target, direction=direction), MIDDLE)
    assert (found.expected, found.share) == (expected * MILLION, share)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (dt.date(2024, 12, 30), None),
        (dt.date(2024, 12, 31), None),
        (dt.date(2025, 1, 1), Fraction(73_000_000, 730)),
        (dt.date(2026, 12, 30), Fraction(73_000_000 * 729, 730)),
        (dt.date(2026, 12, 31), Fraction(73_000_000)),
        (dt.date(2029, 1, 1), Fraction(73_000_000)),
    ],
)
def test_expected_is_linear_between_the_year_ends_and_stays_at_the_target(
    as_of: dt.date, expected: Fraction | None
) -> None:
    found = indicator_progress(standing(10, 0, 73), as_of)
    assert found.expected == expected
    assert found.share == (None if expected is None else 10 * MILLION / expected)
    if expected is None:
        assert found.reason == "Nothing is expected before the end of 2024."


def test_expected_of_one_year_is_all_of_the_target_from_its_end_on() -> None:
    one_year = standing(10, 0, 40, target_year=2024)
    assert indicator_progress(one_year, dt.date(2024, 12, 30)).expected is None
    assert indicator_progress(one_year, dt.date(2024, 12, 31)).share == Fraction(1, 4)


def test_expected_of_what_is_to_be_kept_holds_from_the_baseline_on() -> None:
    kept = standing(75, 100, 100, direction="keep")
    assert indicator_progress(kept, dt.date(2024, 12, 30)) == Progress(
        None, None, "Nothing is expected before the end of 2024.", "early"
    )
    assert indicator_progress(kept, dt.date(2024, 12, 31)).share == Fraction(3, 4)
    undated = standing(75, None, 100, direction="keep", baseline_year=None, target_year=None)
    assert indicator_progress(undated, dt.date(2020, 1, 1)).share == Fraction(3, 4)


@pytest.mark.parametrize(
    ("changes", "gap", "reason"),
    [
        ({"unit": None}, "no-unit", "It has no unit: its numbers cannot be read."),
        (
            {"target": 20},
            "contradiction",
            "Its target equals its baseline of 20 desks: there is no way to go.",
        ),
        ({"target": None}, "no-target", "It has no target."),
        (
            {"target": None, "target_text": "All of them."},
            "words",
            "Told in words, not in numbers: nothing to measure.",
        ),
        ({"baseline": None}, "no-way", "It has no baseline, so no way to its target can be measured."),
        ({"baseline_year": None}, "no-way", "The year of its baseline is not stated."),
        ({"target_year": None}, "no-way", "The year of its target is not stated."),
        ({"target_year": 2023}, "contradiction", "Its target is for 2023, before its baseline of 2024."),
        (
            {"target": 10},
            "contradiction",
            "It is to go up, and its target lies on the other side of its baseline.",
        ),
        (
            {"direction": "down"},
            "contradiction",
            "It is to go down, and its target lies on the other side of its baseline.",
        ),
    ],
)
def test_progress_that_cannot_be_measured_is_not_known_and_says_why(
    changes: dict[str, Any], gap: Gap, reason: str
) -> None:
    known: dict[str, Any] = {"value": 30, "baseline": 20, "target": 80}
    assert indicator_progress(standing(**known), MIDDLE).share == Fraction(1, 3)
    assert indicator_progress(standing(**(known | changes)), MIDDLE) == Progress(None, None, reason, gap)


def test_progress_without_a_value_says_what_is_expected() -> None:
    found = indicator_progress(standing(None, 0, 80), MIDDLE)
    said = "No value against the target: 40 desks expected by 31 December 2025."
    assert found == Progress(Fraction(40 * MILLION), None, said, "no-value")
    assert progress_colour(found) == "grey"


@pytest.mark.parametrize(
    ("value", "colour"),
    [(32, "green"), (31.999999, "amber"), (24, "amber"), (23.999999, "red"), (0, "red"), (41, "green")],
)
def test_colour_exactly_on_a_threshold_is_not_below_it(value: float, colour: str) -> None:
    """80 % and 60 % of the 40 desks that are expected by the middle are 32 and 24."""
    assert progress_colour(indicator_progress(standing(value, 0, 80), MIDDLE)) == colour


def test_percentage_is_measured_in_its_points() -> None:
    found = indicator_progress(standing(55, 35, 80, unit="%"), MIDDLE)
    assert found.expected == Fraction(115 * MILLION, 2)
    assert found.share == Fraction(8, 9)
    assert found.reason == "55 % in 2025-S1; 57.5 % expected by 31 December 2025: 88.9 %."


def test_additive_indicator_has_reached_its_baseline_and_all_that_was_added() -> None:
    """12 desks added to the first 20 are 32: 12 of the 30 that were to be added by now."""
    added = standing(12, 20, 80, aggregation="sum")
    found = indicator_progress(added, MIDDLE)
    assert (found.expected, found.share) == (50 * MILLION, Fraction(2, 5))
    assert found.reason == "32 desks up to 2025-S1; 50 desks expected by 31 December 2025: 40.0 %."
    points = standing(12, 20, 80, aggregation="sum", unit="%")
    assert indicator_progress(points, MIDDLE).share == Fraction(-4, 15)


def test_a_unit_in_the_plural_stands_in_brackets_beside_one() -> None:
    assert indicator_progress(standing(1, 0, 4), MIDDLE).reason == (
        "1 (desks) in 2025-S1; 2 desks expected by 31 December 2025: 50.0 %."
    )
