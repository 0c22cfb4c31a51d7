"""What others judge of a project: evaluations with scores and recommendations, and its policy markers."""

from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from portfolio.model.fields import DateText, Key, LongText, Name, Record, between, coded, date_checks, one_of

EVALUATION_KINDS = ("rom-review", "mid-term", "final", "ex-post")
CRITERIA = ("relevance", "coherence", "efficiency", "effectiveness", "impact", "sustainability")
RESPONSES = ("accepted", "partly-accepted", "rejected")
LOWEST_SCORE, HIGHEST_SCORE = 1, 4
HIGHEST_MARKER = 2


class EvaluationInput(Record):
    """An evaluation or a review from outside; `evaluator` is an organisation, never a person."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    kind: Annotated[str, coded("evaluation_kind")]
    title: Name
    carried_out_on: DateText | None = None
    evaluator: Name | None = None
    report_url: Name | None = None
    note: LongText | None = None


class Evaluation(EvaluationInput, table=True):
    """Table of evaluations."""

    __table_args__ = (one_of("kind", EVALUATION_KINDS), *date_checks("carried_out_on"))


class EvaluationScoreInput(Record):
    """What an evaluation makes of one criterion: 4 is best, 1 is worst."""

    key: Key = Field(primary_key=True)
    evaluation_key: Key = Field(foreign_key="evaluation.key", index=True)
    criterion: Annotated[str, coded("evaluation_criterion")]
    score: int = Field(ge=LOWEST_SCORE, le=HIGHEST_SCORE)
    comment: LongText | None = None


class EvaluationScore(EvaluationScoreInput, table=True):
    """Table of the scores of evaluations."""

    __tablename__ = "evaluation_score"
    __table_args__ = (
        UniqueConstraint("evaluation_key", "criterion"),
        one_of("criterion", CRITERIA),
        *between(LOWEST_SCORE, HIGHEST_SCORE, "score"),
    )


class RecommendationInput(Record):
    """A recommendation of an evaluation and what became of it; `owner` is never a person."""

    key: Key = Field(primary_key=True)
    evaluation_key: Key = Field(foreign_key="evaluation.key", index=True)
    number: int = Field(ge=1)
    text: LongText = Field(min_length=1)
    response: Annotated[str, coded("recommendation_response")] | None = None
    response_note: LongText | None = None
    owner: Name | None = None
    due_on: DateText | None = None
    done_on: DateText | None = None


class Recommendation(RecommendationInput, table=True):
    """Table of recommendations."""

    __table_args__ = (
        UniqueConstraint("evaluation_key", "number"),
        one_of("response", RESPONSES),
        *date_checks("due_on", "done_on"),
    )


class ProjectMarkerInput(Record):
    """A policy marker of a project: 0 not targeted, 1 significant, 2 principal; without one, not screened."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    marker: Annotated[str, coded("policy_marker")]
    score: int = Field(ge=0, le=HIGHEST_MARKER)
    rationale: LongText | None = None


class ProjectMarker(ProjectMarkerInput, table=True):
    """Table of policy markers."""

    __tablename__ = "project_marker"
    __table_args__ = (UniqueConstraint("project_key", "marker"), *between(0, HIGHEST_MARKER, "score"))
