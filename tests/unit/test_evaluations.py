"""Evaluations: where a recommendation stands on both sides of its dates; scores over time; markers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portfolio.model.report_rows import EvaluationRow, EvaluationScoreRow, MarkerRow, RecommendationRow
from portfolio.services.evaluations.markers import GENDER, count_of, marker_counts
from portfolio.services.evaluations.reviews import (
    UNANSWERED,
    Review,
    all_recommendations,
    progress_of,
    reviews,
    score_counts,
    score_paths,
)
from tests.unit.rows import project

AS_OF = dt.date(2026, 11, 23)


def evaluation(key: str, carried_out_on: str | None = "2026-01-15", project_key: str = "p1") -> EvaluationRow:
    return EvaluationRow(key, project_key, "rom-review", "A review", carried_out_on, None, None, None)


def advice(number: int = 1, evaluation_key: str = "e1", **values: Any) -> RecommendationRow:
    known = {"response": "accepted", "response_note": None, "owner": None, "due_on": None, "done_on": None}
    key = f"{evaluation_key}/{number}"
    return RecommendationRow(key, evaluation_key, number, f"Do {number}.", **(known | values))


def score(evaluation_key: str, criterion: str, value: int) -> EvaluationScoreRow:
    return EvaluationScoreRow(f"{evaluation_key}/{criterion}", evaluation_key, criterion, value, None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"due_on": "2026-11-23"}, ("due", 0)),  # due today
        ({"due_on": "2026-11-22"}, ("overdue", 1)),
        ({"due_on": "2026-11"}, ("due", 0)),  # the month has not ended
        ({"due_on": "2026-10"}, ("overdue", 23)),  # at least: since 31 October
        ({}, ("undated", 0)),
        ({"due_on": "2026-01-01", "done_on": "2026-11-23"}, ("done", 0)),
        ({"due_on": "2026-01-01", "done_on": "2026-11-24"}, ("overdue", 326)),  # done on a later day
        ({"due_on": "2026-01-01", "done_on": "2026"}, ("overdue", 326)),  # not certainly done yet
        ({"due_on": "2026-01-01", "response": "rejected"}, ("rejected", 0)),
        ({"due_on": "2026-01-01", "response": None}, ("overdue", 326)),
        ({"due_on": "2026-01-01", "response": "partly-accepted"}, ("overdue", 326)),
    ],
)
def test_recommendation_on_both_sides_of_its_dates(values: dict[str, Any], expected: tuple[str, int]) -> None:
    assert progress_of(advice(**values), AS_OF) == expected


def found(*rows: EvaluationRow, scores: Any = (), recommendations: Any = ()) -> tuple[Review, ...]:
    return reviews(rows, scores, recommendations, AS_OF)


@pytest.mark.parametrize(
    ("carried_out_on", "listed", "carried_out"),
    [
        ("2026-11-23", True, True), ("2026-11-24", False, False), ("2026-11", True, False),
        ("2026-10", True, True), (None, True, False),
    ],
)  # fmt: skip
def test_evaluation_counts_once_it_was_certainly_carried_out(
    carried_out_on: str | None, listed: bool, carried_out: bool
) -> None:
    rows = found(evaluation("e1", carried_out_on))
    assert [row.is_carried_out for row in rows] == ([carried_out] if listed else [])


@pytest.mark.parametrize(("done_on", "shown"), [("2026-11-23", "2026-11-23"), ("2026-11-24", None)])
def test_day_on_which_a_recommendation_is_done_later_is_not_shown(done_on: str, shown: str | None) -> None:
    (review,) = found(evaluation("e1"), recommendations=[advice(done_on=done_on)])
    assert review.recommendations[0].row.done_on == shown


def test_recommendations_list_overdue_ones_first_the_longest_before_others() -> None:
    rows = [
        advice(1, due_on="2026-12-31"), advice(2, due_on="2026-10-01"), advice(3, done_on="2026-05-01"),
        advice(4, response="rejected"), advice(5, due_on="2026-03-01"), advice(6, response=None),
    ]  # fmt: skip
    listed = all_recommendations(found(evaluation("e1"), recommendations=rows))
    assert [row.row.number for row in listed] == [5, 2, 1, 6, 3, 4]
    assert [row.response for row in listed if row.row.number == 6] == [UNANSWERED]


def test_scores_count_by_criterion_without_what_is_not_carried_out() -> None:
    rows = found(
        evaluation("e1"), evaluation("e2", None),
        scores=[score("e1", "impact", 2), score("e1", "relevance", 4), score("e2", "impact", 1)],
    )  # fmt: skip
    counts = score_counts(rows)
    assert counts["impact"] == {4: 0, 3: 0, 2: 1, 1: 0}
    assert counts["relevance"][4] == 1 and sum(counts["coherence"].values()) == 0


def test_scores_over_time_are_told_of_a_project_that_was_scored_twice() -> None:
    rows = found(
        evaluation("e2", "2026-05-01"), evaluation("e1", "2025"), evaluation("e3", "2026-02", "p2"),
        scores=[
            score("e1", "efficiency", 1), score("e2", "efficiency", 3), score("e1", "impact", 3),
            score("e3", "impact", 4), score("e2", "impact", 2),
        ],
    )  # fmt: skip
    paths = score_paths(rows)
    assert [(path.criterion, path.scores, path.change) for path in paths] == [
        ("efficiency", (("2025", 1), ("2026-05-01", 3)), 2),
        ("impact", (("2025", 3), ("2026-05-01", 2)), -1),
    ]


def test_markers_tell_screened_and_not_targeted_from_not_screened() -> None:
    projects = [project(key) for key in ("p1", "p2", "p3", "p4")]
    rows = [
        MarkerRow(f"{key}/m", key, GENDER, value, None) for key, value in (("p1", 2), ("p2", 1), ("p3", 0))
    ]
    counts = marker_counts(projects, rows)
    gender = count_of(GENDER, counts)
    assert gender.by_score == {2: ("p1",), 1: ("p2",), 0: ("p3",)}
    assert (gender.targeted, gender.screened, gender.not_screened) == (2, 3, ("p4",))
    assert len(counts) == 12 and count_of("nutrition", counts).not_screened == ("p1", "p2", "p3", "p4")
