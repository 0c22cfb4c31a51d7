"""Read shapes of the reporting calendar, evaluations, markers and overrides: frozen rows that leave storage.

Dates are reduced ISO texts, unknown is None.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportDueRow:
    """An entry of the reporting calendar."""

    key: str
    project_key: str
    kind: str
    period: str | None
    due_on: str
    received_on: str | None
    approved_on: str | None
    note: str | None


@dataclass(frozen=True)
class EvaluationRow:
    """An evaluation or a review from outside."""

    key: str
    project_key: str
    kind: str
    title: str
    carried_out_on: str | None
    evaluator: str | None
    report_url: str | None
    note: str | None


@dataclass(frozen=True)
class EvaluationScoreRow:
    """What an evaluation makes of one criterion: 4 is best, 1 is worst."""

    key: str
    evaluation_key: str
    criterion: str
    score: int
    comment: str | None


@dataclass(frozen=True)
class RecommendationRow:
    """A recommendation of an evaluation and what became of it; no response is not yet answered."""

    key: str
    evaluation_key: str
    number: int
    text: str
    response: str | None
    response_note: str | None
    owner: str | None
    due_on: str | None
    done_on: str | None


@dataclass(frozen=True)
class MarkerRow:
    """A policy marker of a project: 0 not targeted, 1 significant, 2 principal."""

    key: str
    project_key: str
    marker: str
    score: int
    rationale: str | None


@dataclass(frozen=True)
class OverrideRow:
    """A colour that an officer set beside the computed one; `dimension` may be "overall"."""

    key: str
    project_key: str
    dimension: str
    colour: str
    reason: str
    decided_on: str
    expires_on: str
