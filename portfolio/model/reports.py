"""What is reported beside cost and results, and when: risks, receipts, assessments, narratives, due dates.

An officer's override of a computed colour stands beside them.
"""

from typing import Annotated

from pydantic import ValidationInfo, field_validator
from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from portfolio.model.fields import (
    DateText,
    DayText,
    Key,
    LongText,
    Name,
    PeriodText,
    Record,
    between,
    coded,
    date_checks,
    later_check,
    non_negative,
    one_of,
)

RISK_STATUSES = ("open", "closed")
DIMENSIONS = ("time", "money", "results", "risk", "reporting")
COLOURS = ("green", "amber", "red")
SECTIONS = ("achievements", "difficulties", "next-steps", "visibility")
REPORT_KINDS = ("inception", "progress", "interim", "final", "financial")
OVERALL = "overall"
HIGHEST_RATING = 5


class RiskInput(Record):
    """A risk of a project: likelihood and impact from 1 (low) to 5 (high); `owner` is never a person."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    title: Name
    category: Annotated[str, coded("risk_category")] | None = None
    likelihood: int = Field(ge=1, le=HIGHEST_RATING)
    impact: int = Field(ge=1, le=HIGHEST_RATING)
    response: LongText | None = None
    owner: Name | None = None
    status: Annotated[str, coded("risk_status")] = "open"
    reviewed_on: DateText | None = None
    note: LongText | None = None


class Risk(RiskInput, table=True):
    """Table of risks."""

    __table_args__ = (
        *between(1, HIGHEST_RATING, "likelihood", "impact"),
        *date_checks("reviewed_on"),
        one_of("status", RISK_STATUSES),
    )


class RiskReviewInput(Record):
    """How a risk was rated on a day: its former ratings, for the trend."""

    key: Key = Field(primary_key=True)
    risk_key: Key = Field(foreign_key="risk.key", index=True)
    reviewed_on: DateText
    likelihood: int = Field(ge=1, le=HIGHEST_RATING)
    impact: int = Field(ge=1, le=HIGHEST_RATING)
    note: LongText | None = None


class RiskReview(RiskReviewInput, table=True):
    """Table of the reviews of risks."""

    __tablename__ = "risk_review"
    __table_args__ = (
        UniqueConstraint("risk_key", "reviewed_on"),
        *between(1, HIGHEST_RATING, "likelihood", "impact"),
        *date_checks("reviewed_on"),
    )


class ReceiptInput(Record):
    """Money that the implementer says it received: kept beside what was paid, and never changing it."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    received_on: DateText | None = None
    amount_cents: int = Field(sa_type=BigInteger, ge=0)
    note: LongText | None = None


class Receipt(ReceiptInput, table=True):
    """Table of receipts."""

    __table_args__ = (*date_checks("received_on"), *non_negative("amount_cents"))


class AssessmentInput(Record):
    """The implementer's own colour for one dimension of health in one half-year; never the computed one."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    period: PeriodText
    dimension: Annotated[str, coded("health_dimension")]
    colour: Annotated[str, coded("rating")]
    comment: LongText | None = None


class Assessment(AssessmentInput, table=True):
    """Table of the implementers' own assessments."""

    __table_args__ = (
        UniqueConstraint("project_key", "period", "dimension"),
        one_of("dimension", DIMENSIONS),
        one_of("colour", COLOURS),
    )


class NarrativeInput(Record):
    """What the implementer writes under one heading of the report for one half-year."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    period: PeriodText
    section: Annotated[str, coded("narrative_section")]
    text: LongText


class Narrative(NarrativeInput, table=True):
    """Table of narratives."""

    __table_args__ = (UniqueConstraint("project_key", "period", "section"), one_of("section", SECTIONS))


class ReportDueInput(Record):
    """An entry of the reporting calendar: a report that is owed, and when it came and was approved."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    kind: Annotated[str, coded("report_kind")]
    period: PeriodText | None = None
    due_on: DateText
    received_on: DateText | None = None
    approved_on: DateText | None = None
    note: LongText | None = None


class ReportDue(ReportDueInput, table=True):
    """Table of the reporting calendar."""

    __tablename__ = "report_due"
    __table_args__ = (
        one_of("kind", REPORT_KINDS),
        *date_checks("due_on", "received_on", "approved_on"),
    )


class HealthOverrideInput(Record):
    """A colour that an officer sets beside the computed one, with the reason and the day it lapses."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    dimension: Annotated[str, coded("health_scope")]
    colour: Annotated[str, coded("rating")]
    reason: LongText = Field(min_length=1)
    decided_on: DayText
    expires_on: DayText

    @field_validator("expires_on")
    @classmethod
    def _later(cls, expires_on: str, info: ValidationInfo) -> str:
        if expires_on <= info.data.get("decided_on", ""):
            raise ValueError("It must lapse after the day on which it was decided.")
        return expires_on


class HealthOverride(HealthOverrideInput, table=True):
    """Table of overrides."""

    __tablename__ = "health_override"
    __table_args__ = (
        one_of("dimension", (*DIMENSIONS, OVERALL)),
        one_of("colour", COLOURS),
        later_check("expires_on", "decided_on"),
    )
