"""The risk register: trends against former ratings, stale reviews on both sides, the heat map."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from portfolio.model.changes import FieldChange
from portfolio.model.result_rows import RiskReviewRow, RiskRow
from portfolio.overrides import overrides
from portfolio.services.risks.ratings import FormerRating, former_ratings, replaced_ratings
from portfolio.services.risks.registers import heat_counts, level_of, register
from tests.unit.health_rows import RISK

AS_OF = dt.date(2026, 1, 1)


def review(day: str, likelihood: int, impact: int) -> RiskReviewRow:
    return RiskReviewRow(f"{RISK.key}/{day}", RISK.key, day, likelihood, impact, None)


def change(field: str, old: object, new: object, key: str = RISK.key) -> FieldChange:
    kind = "added" if old is None else "changed"
    return FieldChange("risk", key, field, old, new, kind)  # type: ignore[arg-type]


def test_former_ratings_are_those_before_the_present_one_earliest_first() -> None:
    reviews = [review("2025-12-01", 3, 3), review("2025-09-01", 2, 3), review("2025-03", 1, 3)]
    replaced = [FormerRating("2025-09-01", 5, 5), FormerRating("2025-06-01", 4, 3)]
    found = former_ratings(RISK, reviews, replaced)
    # The review of 1 December is the present one; of two on 1 September the dated review counts.
    assert [(row.reviewed_on, row.score) for row in found] == [
        ("2025-03", 3), ("2025-06-01", 12), ("2025-09-01", 6),
    ]  # fmt: skip
    unreviewed = former_ratings(replace(RISK, reviewed_on=None), reviews)
    assert [row.reviewed_on for row in unreviewed] == ["2025-03", "2025-09-01", "2025-12-01"]


def test_replaced_ratings_are_read_from_the_history_without_what_was_undone() -> None:
    history = [
        (1, change("likelihood", None, 2)), (1, change("impact", None, 3)),
        (1, change("reviewed_on", None, "2025-01-10")),
        (2, change("likelihood", 2, 5)), (2, change("reviewed_on", "2025-01-10", "2025-02-10")),
        (3, change("likelihood", 5, 2)), (3, change("reviewed_on", "2025-02-10", "2025-01-10")),
        (4, change("title", "Flood", "Floods")),
        (5, change("likelihood", 2, 4)), (5, change("reviewed_on", "2025-01-10", "2025-12-01")),
    ]  # fmt: skip
    assert replaced_ratings(history, frozenset({2, 3})) == {RISK.key: (FormerRating("2025-01-10", 2, 3),)}
    assert replaced_ratings(history[:3], frozenset()) == {}


@pytest.mark.parametrize(
    ("before", "trend"),
    [((2, 3), "rising"), ((3, 3), "steady"), ((1, 9), "steady"), ((3, 4), "falling"), (None, "first rating")],
)
def test_trend_is_the_score_against_the_one_before(before: tuple[int, int] | None, trend: str) -> None:
    former = {} if before is None else {RISK.key: (FormerRating("2025-06-01", *before),)}
    (found,) = register([RISK], former, AS_OF)
    assert found.trend == trend


@pytest.mark.parametrize(
    ("reviewed_on", "stale"),
    [("2025-10-04", False), ("2025-10-03", True), ("2025-10", False), ("2025-09", True), (None, False)],
)
def test_review_is_stale_from_ninety_days_on(reviewed_on: str | None, stale: bool) -> None:
    (found,) = register([replace(RISK, reviewed_on=reviewed_on)], {}, AS_OF)
    assert found.is_stale is stale
    assert (found.days is None) is (reviewed_on is None)


@pytest.mark.parametrize(("impact", "high"), [(4, False), (5, True)])
def test_risk_is_high_from_fifteen_on(impact: int, high: bool) -> None:
    (found,) = register([replace(RISK, impact=impact)], {}, AS_OF)
    assert (found.risk.score, found.is_high) == (3 * impact, high)


def test_register_begins_with_the_highest_score_then_the_longest_unreviewed() -> None:
    rows = [
        RISK,
        replace(RISK, key="b", reviewed_on="2025-06-01"),
        replace(RISK, key="c", likelihood=5),
        replace(RISK, key="d", reviewed_on=None),
    ]
    assert [row.risk.key for row in register(rows, {}, AS_OF)] == ["c", "d", "b", RISK.key]


def test_heat_map_has_every_cell_and_adds_up() -> None:
    rows: list[RiskRow] = [RISK, replace(RISK, key="b"), replace(RISK, key="c", likelihood=5, impact=1)]
    counts = heat_counts(register(rows, {}, AS_OF))
    assert len(counts) == 25 and sum(counts.values()) == 3
    assert (counts[3, 3], counts[5, 1], counts[1, 5]) == (2, 1, 0)


def test_level_of_a_score_follows_the_thresholds_in_force() -> None:
    assert [level_of(score) for score in (9, 10, 14, 15)] == ["green", "amber", "amber", "red"]
    with overrides({"threshold/risk-amber": "9", "threshold/risk-red": "10"}):
        assert [level_of(score) for score in (8, 9, 10)] == ["green", "amber", "red"]
