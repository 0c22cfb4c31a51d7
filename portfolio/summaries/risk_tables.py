"""Risks, evaluations with their recommendations, and policy markers of the projects of a document."""

from __future__ import annotations

from portfolio.services.evaluations.reviews import UNANSWERED, Recommendation, Review, all_recommendations
from portfolio.services.risks.registers import RegisteredRisk
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label, labels

_RISKS = (
    Column("project", "Project", widest=20),
    Column("risk", "Risk", widest=50),
    Column("category", "Category", widest=16),
    Column("likelihood", "Likelihood (1 to 5)", "count"),
    Column("impact", "Impact (1 to 5)", "count"),
    Column("score", "Score (1 to 25)", "count"),
    Column("trend", "Trend", widest=12),
    Column("reviewed", "Last reviewed", "date"),
    Column("response", "Response", widest=50),
    Column("owner", "Owner", widest=26),
)
_RISK_REMARK = (
    "Open risks, rated from 1 (low) to 5 (high); the score is likelihood x impact. A project without a risk "
    "on record is not a project without risks."
)


def risks_section(subject: Subject) -> Section:
    """The open risks, the highest score first."""
    rows = tuple(Row(_risk(subject, row)) for row in subject.monitoring.risks)
    table = Table("risks", _RISKS, rows, if_empty="No open risk is on record.")
    return Section("risks", "Risks", (table,), remarks=(_RISK_REMARK,))


def _risk(subject: Subject, row: RegisteredRisk) -> tuple[Cell, ...]:
    risk = row.risk
    return (
        subject.view.names[risk.project_key],
        risk.title,
        known(None if risk.category is None else label("risk_category", risk.category)),
        risk.likelihood,
        risk.impact,
        risk.score,
        row.trend,
        known(risk.reviewed_on),
        known(risk.response),
        known(risk.owner),
    )


_SCORES = (
    Column("project", "Project", widest=20),
    Column("evaluation", "Evaluation", widest=40),
    Column("kind", "Kind", widest=14),
    Column("date", "Carried out", "date"),
    Column("criterion", "Criterion", widest=16),
    Column("score", "Score (1 to 4, 4 best)", "count"),
    Column("comment", "Comment", widest=50),
)
_ADVICE = (
    Column("project", "Project", widest=20),
    Column("number", "No", "count"),
    Column("text", "Recommendation", widest=54),
    Column("response", "Response", widest=16),
    Column("due", "Due", "date"),
    Column("done", "Done", "date"),
    Column("progress", "How it stands", widest=12),
    Column("days", "Overdue (days)", "days"),
)
_MARKERS = (
    Column("project", "Project", widest=20),
    Column("marker", "Policy marker", widest=36),
    Column("score", "Score (0 to 2)", "count"),
    Column("rationale", "Why", widest=60),
)
_MARKER_REMARK = (
    "Markers: 0 not targeted, 1 significant objective, 2 principal objective. A project without a score was "
    "not screened, which is not 0."
)


def evaluations_section(subject: Subject) -> Section:
    """Scores by criterion, recommendations with what became of them, and policy markers."""
    found, names = subject.monitoring.reviews, subject.view.names
    scores = [Row(cells) for review in found for cells in _scores(names, review)]
    advice = tuple(Row(_advice(names, row)) for row in all_recommendations(found))
    order = list(labels("policy_marker"))
    marked = sorted(
        subject.monitoring.markers, key=lambda row: (names[row.project_key], order.index(row.marker))
    )
    markers = tuple(
        Row((names[row.project_key], label("policy_marker", row.marker), row.score, known(row.rationale)))
        for row in marked
    )
    tables = (
        Table("evaluations", _SCORES, tuple(scores), if_empty="No evaluation is on record."),
        Table("recommendations", _ADVICE, advice, "Recommendations", "No recommendation is on record."),
        Table("markers", _MARKERS, markers, "Policy markers", "No project has been screened."),
    )
    return Section("evaluations", "Evaluations", tables, remarks=(_MARKER_REMARK,))


def _scores(names: dict[str, str], review: Review) -> list[tuple[Cell, ...]]:
    """One row for each criterion that was scored; one without a score where none was."""
    row = review.evaluation
    head: tuple[Cell, ...] = (
        names[row.project_key],
        row.title,
        label("evaluation_kind", row.kind),
        known(row.carried_out_on),
    )
    if not review.scores:
        return [(*head, *(Missing.UNKNOWN,) * 3)]
    order = list(labels("evaluation_criterion"))
    return [
        (*head, label("evaluation_criterion", code), review.scores[code].score,
         known(review.scores[code].comment))
        for code in sorted(review.scores, key=order.index)
    ]  # fmt: skip


def _advice(names: dict[str, str], found: Recommendation) -> tuple[Cell, ...]:
    row = found.row
    answered = found.response != UNANSWERED
    return (
        names[found.project_key],
        row.number,
        row.text,
        label("recommendation_response", found.response) if answered else "Not answered",
        known(row.due_on),
        row.done_on or Missing.NOT_APPLICABLE,
        {"undated": "No date"}.get(found.progress, found.progress.capitalize()),
        found.days if found.progress == "overdue" else Missing.NOT_APPLICABLE,
    )
