"""The figures of evaluations, recommendations and markers that can be opened: one line for each record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio.dates import date_label
from portfolio.numbers import counted
from portfolio.services.evaluations.markers import GENDER, count_of, marker_counts
from portfolio.services.evaluations.reviews import (
    Recommendation,
    Review,
    all_recommendations,
    load_reviews,
)
from portfolio.services.figures.breakdowns import Breakdown, Line, count
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.storage.queries.reports import find_markers
from portfolio.vocabulary import label


def load_subject_reviews(subject: FigureSubject) -> tuple[Review, ...]:
    """The evaluations of the projects that a figure is about."""
    found = load_reviews(subject.database, subject.person, as_of=subject.as_of)
    return tuple(row for row in found if row.evaluation.project_key in subject.keys)


def _evaluations(subject: FigureSubject) -> Breakdown:
    rows = subject.once(load_subject_reviews)
    lines = tuple(
        Line(
            f"{subject.view.names[row.evaluation.project_key]}: {row.evaluation.title}", 1,
            tuple(("evaluation", row.evaluation.key, name) for name in ("carried_out_on", "kind")),
            row.evaluation.project_key,
            f"{label('evaluation_kind', row.evaluation.kind)}, {date_label(row.evaluation.carried_out_on)}",
        )
        for row in rows
        if row.is_carried_out
    )  # fmt: skip
    undated = len(rows) - len(lines)
    said = (
        f"{counted(undated, 'more', 'more')} without a date or not certainly carried out" if undated else ""
    )
    return count("evaluations", subject.label, lines, "evaluation", said)


@dataclass(frozen=True)
class _Recommendations:
    """Recommendations that meet a condition, each of which counts as 1."""

    figure_id: str
    is_wanted: Callable[[Recommendation], bool]

    def __call__(self, subject: FigureSubject) -> Breakdown:
        found = all_recommendations(subject.once(load_subject_reviews))
        lines = tuple(_line(subject, row) for row in found if self.is_wanted(row))
        return count(self.figure_id, subject.label, lines, "recommendation")


def _line(subject: FigureSubject, row: Recommendation) -> Line:
    fields = tuple(
        ("recommendation", row.row.key, name) for name in ("text", "response", "due_on", "done_on")
    )
    said = f"{row.progress}; due {date_label(row.row.due_on)}, done {date_label(row.row.done_on, 'not yet')}"
    name = subject.view.names[row.project_key]
    return Line(f"{name}, {row.row.number}: {row.row.text}", 1, fields, row.project_key, said)


def _markers(subject: FigureSubject) -> Breakdown:
    rows = {(row.project_key, row.marker): row for row in subject.rows(find_markers)}
    found = count_of(GENDER, marker_counts(subject.projects, rows.values()))
    names = subject.view.names
    lines = tuple(
        Line(
            names[key], 1, (("project_marker", rows[key, GENDER].key, "score"),), key,
            f"score {score}: {'principal' if score == 2 else 'significant'} objective",
        )
        for score in (2, 1)
        for key in found.by_score[score]
    )  # fmt: skip
    screened = counted(found.screened, "screened project")
    said = f"{found.targeted} of {screened}; {len(found.not_screened)} not screened"
    return count("markers", subject.label, lines, "project", said)


EVALUATIONS: Mapping[str, Builder] = {
    "evaluations": _evaluations,
    "recommendations": _Recommendations("recommendations", lambda row: True),
    "recommendations-done": _Recommendations("recommendations-done", lambda row: row.progress == "done"),
    "recommendations-overdue": _Recommendations(
        "recommendations-overdue", lambda row: row.progress == "overdue"
    ),
    "markers": _markers,
}
