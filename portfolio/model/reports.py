"""What implementers report beside cost and results: risks, receipts, their assessment and their narrative."""

from typing import Annotated

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from portfolio.model.fields import (
    DateText,
    Key,
    LongText,
    Name,
    PeriodText,
    Record,
    between,
    coded,
    date_checks,
    non_negative,
    one_of,
)

RISK_STATUSES = ("open", "closed")
DIMENSIONS = ("time", "money", "results", "risk", "reporting")
COLOURS = ("green", "amber", "red")
SECTIONS = ("achievements", "difficulties", "next-steps", "visibility")
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
