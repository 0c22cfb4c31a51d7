"""Evaluations and ROM reviews on a date: scores by criterion, and what became of each recommendation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.report_rows import EvaluationRow, EvaluationScoreRow, RecommendationRow
from portfolio.services.access import Person, may
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.reports import (
    find_evaluation_scores,
    find_evaluations,
    find_recommendations,
)
from portfolio.vocabulary import codes

Progress = Literal["done", "overdue", "due", "undated", "rejected"]
PROGRESS: tuple[Progress, ...] = ("overdue", "due", "undated", "done", "rejected")
UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Recommendation:
    """A recommendation on a date; `days` overdue at least, 0 where it is not."""

    row: RecommendationRow
    project_key: str
    progress: Progress
    days: int

    @property
    def response(self) -> str:
        """The answer to it, "unanswered" where there is none yet."""
        return self.row.response or UNANSWERED


@dataclass(frozen=True)
class Review:
    """An evaluation with its scores by criterion and its recommendations.

    `is_carried_out` says whether it certainly was by the date; one without a date may still be to come.
    """

    evaluation: EvaluationRow
    scores: Mapping[str, EvaluationScoreRow]
    recommendations: tuple[Recommendation, ...]
    is_carried_out: bool


def load_reviews(database: Database, person: Person, *, as_of: dt.date) -> tuple[Review, ...]:
    """The evaluations of every project that `person` may see, by date; those of a later day are left out."""
    with reading(database):
        rows = [row for row in find_evaluations(database) if may(person, "see", row.project_key)]
        return reviews(rows, find_evaluation_scores(database), find_recommendations(database), as_of)


def reviews(
    evaluations: Iterable[EvaluationRow],
    scores: Iterable[EvaluationScoreRow],
    recommendations: Iterable[RecommendationRow],
    as_of: dt.date,
) -> tuple[Review, ...]:
    """Evaluations with what belongs to them on `as_of`, in their order."""
    by_criterion: dict[str, dict[str, EvaluationScoreRow]] = {}
    for score in scores:
        by_criterion.setdefault(score.evaluation_key, {})[score.criterion] = score
    advice: dict[str, list[RecommendationRow]] = {}
    for row in recommendations:
        advice.setdefault(row.evaluation_key, []).append(row)
    return tuple(
        Review(
            evaluation,
            by_criterion.get(evaluation.key, {}),
            tuple(_recommendation(row, evaluation, as_of) for row in advice.get(evaluation.key, ())),
            evaluation.carried_out_on is not None and not _is_after(evaluation.carried_out_on, as_of, "last"),
        )
        for evaluation in evaluations
        if not _is_after(evaluation.carried_out_on, as_of, "first")
    )


def _is_after(text: str | None, as_of: dt.date, side: Literal["first", "last"]) -> bool:
    date = PartialDate.of(text)
    return date is not None and (date.first if side == "first" else date.last) > as_of


def _recommendation(row: RecommendationRow, evaluation: EvaluationRow, as_of: dt.date) -> Recommendation:
    progress, days = progress_of(row, as_of)
    if _is_after(row.done_on, as_of, "first"):
        row = replace(row, done_on=None)  # nobody knew that day yet
    return Recommendation(row, evaluation.project_key, progress, days)


def progress_of(row: RecommendationRow, as_of: dt.date) -> tuple[Progress, int]:
    """Where a recommendation stands on `as_of`, and how many days it is certainly overdue.

    Done on a day that may be later is not certainly done yet; rejected is never due.
    """
    done, due = PartialDate.of(row.done_on), PartialDate.of(row.due_on)
    if done is not None and done.last <= as_of:
        return "done", 0
    if row.response == "rejected":
        return "rejected", 0
    if due is None:
        return "undated", 0
    days = max(0, (as_of - due.last).days)
    return ("overdue" if days else "due"), days


def all_recommendations(found: Iterable[Review]) -> tuple[Recommendation, ...]:
    """The recommendations of some evaluations: overdue ones first, the longest before others."""
    listed = [row for review in found for row in review.recommendations]
    return tuple(
        sorted(
            listed,
            key=lambda row: (
                PROGRESS.index(row.progress), -row.days, row.row.due_on or "9999", row.project_key,
                row.row.key,
            ),
        )
    )  # fmt: skip


def score_counts(found: Iterable[Review]) -> dict[str, dict[int, int]]:
    """By criterion, how many carried-out evaluations gave each score from 4 to 1."""
    counts = {criterion: dict.fromkeys((4, 3, 2, 1), 0) for criterion in codes("evaluation_criterion")}
    for review in found:
        if review.is_carried_out:
            for criterion, score in review.scores.items():
                counts[criterion][score.score] += 1
    return counts


@dataclass(frozen=True)
class ScorePath:
    """One project's scores of one criterion along its evaluations, the earliest first."""

    project_key: str
    criterion: str
    scores: tuple[tuple[str, int], ...]

    @property
    def change(self) -> int:
        """The last score less the first; 0 where there is one alone."""
        return self.scores[-1][1] - self.scores[0][1]


def score_paths(found: Iterable[Review]) -> tuple[ScorePath, ...]:
    """The criteria that a project was scored on more than once, by project and then by criterion."""
    paths: dict[tuple[str, str], list[tuple[str, int]]] = {}
    carried_out = [review for review in found if review.is_carried_out]
    for review in sorted(carried_out, key=lambda review: review.evaluation.carried_out_on or ""):
        for criterion in codes("evaluation_criterion"):
            if criterion in review.scores:
                key = (review.evaluation.project_key, criterion)
                when = review.evaluation.carried_out_on or ""
                paths.setdefault(key, []).append((when, review.scores[criterion].score))
    return tuple(
        ScorePath(project, criterion, tuple(scores))
        for (project, criterion), scores in sorted(paths.items(), key=lambda item: item[0][0])
        if len(scores) > 1
    )
