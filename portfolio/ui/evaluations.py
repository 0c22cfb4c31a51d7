"""Evaluations, recommendations and policy markers in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.model.report_rows import MarkerRow
from portfolio.model.rows import ProjectRow
from portfolio.numbers import counted
from portfolio.services.evaluations.markers import MarkerCount
from portfolio.services.evaluations.reviews import (
    PROGRESS,
    UNANSWERED,
    Recommendation,
    Review,
    ScorePath,
    score_counts,
)
from portfolio.ui.charts import Segment
from portfolio.ui.tables import count_column, date_column, link_column, text_column
from portfolio.ui.theme import STATUSES
from portfolio.vocabulary import codes, label, labels

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
PROGRESS_WORDS = {
    "overdue": f"{STATUSES['red'].letter} {STATUSES['red'].shape} Overdue",
    "due": "Due later", "undated": "No date", "done": "Done", "rejected": "Rejected",
}  # fmt: skip
_ARROW = {1: "↑", 0: "→", -1: "↓"}


def response_name(code: str) -> str:
    """An answer to a recommendation in words."""
    return "Not answered" if code == UNANSWERED else label("recommendation_response", code)


def headline(found: Sequence[Review], advice: Sequence[Recommendation]) -> str:
    """How many evaluations there are, and what became of their recommendations."""
    carried = sum(review.is_carried_out for review in found)
    if not carried:
        return "No evaluation is on record as carried out."
    progress = [row.progress for row in advice]
    projects = len({review.evaluation.project_key for review in found if review.is_carried_out})
    answers = [row.response for row in advice]
    return (
        f"{counted(carried, 'evaluation')} of {counted(projects, 'project')} with "
        f"{counted(len(advice), 'recommendation')}: {progress.count('done')} done, "
        f"{progress.count('overdue')} overdue, {progress.count('due')} due later, "
        f"{progress.count('undated')} without a date, {progress.count('rejected')} rejected; "
        f"{answers.count(UNANSWERED)} of them not answered."
    )


def reviews_table(found: Sequence[Review], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per evaluation, the latest first.

    Columns: project, kind, title, carried_out (text); one count per criterion (4 best to 1, empty where not
             scored); done (text); evaluator (text); report (address).
    """
    ordered = sorted(found, key=lambda review: review.evaluation.carried_out_on or "9999", reverse=True)
    criteria = codes("evaluation_criterion")
    rows = [
        {
            "project": names[review.evaluation.project_key],
            "kind": label("evaluation_kind", review.evaluation.kind),
            "carried_out": review.evaluation.carried_out_on,
            **{name: review.scores[name].score if name in review.scores else None for name in criteria},
            "done": _done(review),
            "evaluator": review.evaluation.evaluator,
            "title": review.evaluation.title,
            "report": review.evaluation.report_url,
        }
        for review in ordered
    ]
    names_of = ["project", "kind", "carried_out", *criteria, "done", "evaluator", "title", "report"]
    return pd.DataFrame(rows, columns=names_of).astype(dict.fromkeys(criteria, "Int64"))


def _done(review: Review) -> str:
    done = sum(row.progress == "done" for row in review.recommendations)
    return f"{done} of {len(review.recommendations)}"


def reviews_columns() -> Columns:
    """The columns of `reviews_table`."""
    scores = "; ".join(f"{code} {text}" for code, text in labels("evaluation_score").items())
    return {
        "project": text_column("Project", width=120, pinned=True),
        "kind": text_column("Kind", width=120),
        "carried_out": date_column("Carried out"),
        **{code: count_column(name, scores) for code, name in labels("evaluation_criterion").items()},
        "done": text_column("Done", "Recommendations that are done, of all", width=70),
        "evaluator": text_column("Evaluator", width=210),
        "title": text_column("Title", width=300),
        "report": link_column("Report", "open"),
    }


def score_segments(found: Iterable[Review]) -> list[Segment]:
    """How often each criterion was given each score, for a stacked chart."""
    return [
        Segment(
            label("evaluation_criterion", criterion), f"{score} {label('evaluation_score', str(score))}",
            number, str(number),
        )
        for criterion, counts in score_counts(found).items()
        for score, number in counts.items()
        if number
    ]  # fmt: skip


def score_table(found: Iterable[Review]) -> pd.DataFrame:
    """One row per criterion: how many evaluations gave each score from 4 to 1."""
    return pd.DataFrame(
        [
            {"criterion": label("evaluation_criterion", criterion)}
            | {f"score_{score}": number for score, number in counts.items()}
            for criterion, counts in score_counts(found).items()
        ]
    )


def score_columns() -> Columns:
    """The columns of `score_table`."""
    return {
        "criterion": text_column("Criterion"),
        **{f"score_{n}": count_column(f"{n} {label('evaluation_score', str(n))}") for n in (4, 3, 2, 1)},
    }


def paths_table(paths: Sequence[ScorePath], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per project and criterion that was scored more than once, with the way it went."""
    return pd.DataFrame(
        [
            {
                "project": names[path.project_key],
                "criterion": label("evaluation_criterion", path.criterion),
                "scores": ", ".join(f"{score} ({date_label(when)})" for when, score in path.scores),
                "change": _ARROW[(path.change > 0) - (path.change < 0)],
            }
            for path in paths
        ],
        columns=["project", "criterion", "scores", "change"],
    )


def advice_table(rows: Sequence[Recommendation], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per recommendation, overdue ones first.

    Columns: project, number, text, response, progress, owner, note (text); due, done (reduced ISO dates);
             days (text: overdue by at least, or that it is not).
    """
    return pd.DataFrame(
        [
            {
                "project": names[row.project_key],
                "text": row.row.text,
                "response": response_name(row.response),
                "progress": PROGRESS_WORDS[row.progress],
                "days": counted(row.days, "day") if row.days else "not overdue",
                "due": row.row.due_on or "not stated",
                "done": row.row.done_on or _not_done(row),
                "owner": row.row.owner,
                "note": row.row.response_note,
            }
            for row in rows
        ],
        columns=["project", "text", "response", "progress", "days", "due", "done", "owner", "note"],
    )


def _not_done(row: Recommendation) -> str:
    return "not applicable" if row.progress == "rejected" else "not done"


def advice_columns() -> Columns:
    """The columns of `advice_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "progress": text_column("State", width=90),
        "text": text_column("Recommendation", width=330),
        "response": text_column("Answer", width=115),
        "days": text_column("Overdue by", width=100),
        "due": date_column("Due"),
        "done": date_column("Done"),
        "owner": text_column("Owner", width=210),
        "note": text_column("Note", width=260),
    }


def advice_segments(rows: Iterable[Recommendation]) -> list[Segment]:
    """Recommendations by answer and by what became of them, for a stacked chart."""
    listed = [(row.response, row.progress) for row in rows]
    answers = (*codes("recommendation_response"), UNANSWERED)
    return [
        Segment(response_name(answer), PROGRESS_WORDS[progress], number, str(number))
        for answer in answers
        for progress in PROGRESS
        if (number := listed.count((answer, progress)))
    ]


def advice_counts(rows: Iterable[Recommendation]) -> pd.DataFrame:
    """One row per answer: how many recommendations have each state."""
    listed = [(row.response, row.progress) for row in rows]
    answers = (*codes("recommendation_response"), UNANSWERED)
    return pd.DataFrame(
        [
            {"answer": response_name(answer)} | {name: listed.count((answer, name)) for name in PROGRESS}
            for answer in answers
        ]
    )


def advice_count_columns() -> Columns:
    """The columns of `advice_counts`."""
    columns: Columns = {"answer": text_column("Answer")}
    return columns | {name: count_column(PROGRESS_WORDS[name]) for name in PROGRESS}


def markers_sentence(count: MarkerCount) -> str:
    """How a policy stands in the chosen projects: targeted, screened and not screened."""
    principal, significant = len(count.by_score[2]), len(count.by_score[1])
    return (
        f"{label('policy_marker', count.marker)}: principal objective of {principal}, significant of "
        f"{significant}, not targeted by {len(count.by_score[0])}; {len(count.not_screened)} not screened."
    )


def markers_table(counts: Iterable[MarkerCount]) -> pd.DataFrame:
    """One row per policy marker that any project was screened for: how many have each score."""
    return pd.DataFrame(
        [
            {
                "marker": label("policy_marker", row.marker),
                "principal": len(row.by_score[2]),
                "significant": len(row.by_score[1]),
                "not_targeted": len(row.by_score[0]),
                "not_screened": len(row.not_screened),
            }
            for row in counts
            if row.screened
        ],
        columns=["marker", "principal", "significant", "not_targeted", "not_screened"],
    )


def markers_columns() -> Columns:
    """The columns of `markers_table`."""
    return {
        "marker": text_column("Policy marker", width=320, pinned=True),
        "principal": count_column("2 Principal"),
        "significant": count_column("1 Significant"),
        "not_targeted": count_column("0 Not targeted"),
        "not_screened": count_column("Not screened"),
    }


def project_markers_table(
    projects: Sequence[ProjectRow], markers: Iterable[MarkerRow], counts: Sequence[MarkerCount]
) -> pd.DataFrame:
    """One row per project with its score for each marker in use; empty where it was not screened."""
    scores = {(row.project_key, row.marker): row.score for row in markers}
    used = [count.marker for count in counts if count.screened]
    table = pd.DataFrame(
        [
            {"project": project.acronym} | {marker: scores.get((project.key, marker)) for marker in used}
            for project in projects
        ],
        columns=["project", *used],
    )
    return table.astype(dict.fromkeys(used, "Int64"))


def project_markers_columns(counts: Sequence[MarkerCount]) -> Columns:
    """The columns of `project_markers_table`."""
    used = [count.marker for count in counts if count.screened]
    return {
        "project": text_column("Project", width=130, pinned=True),
        **{marker: count_column(label("policy_marker", marker)) for marker in used},
    }
