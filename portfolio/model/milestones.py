"""Milestones and published figures of projects."""

from typing import Annotated

from sqlmodel import Field

from portfolio.model.fields import DateText, Key, LongText, Name, Record, coded, date_checks, one_of

ABOUT = ("project", "context")
STATUSES = ("planned", "in-progress", "done", "cancelled")
NATURES = ("result", "target", "input")


class MilestoneInput(Record):
    """Something that is to be reached by a date, or was.

    `about` is "context" for a law, an accession or a parent programme: shown apart, never counted.
    """

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    title: Name
    kind: Annotated[str, coded("milestone_kind")] | None = None
    about: Annotated[str, coded("milestone_about")] = "project"
    baseline: DateText | None = None
    forecast: DateText | None = None
    actual: DateText | None = None
    contractual: bool = False
    status: Annotated[str, coded("milestone_status")] = "planned"
    note: LongText | None = None


class Milestone(MilestoneInput, table=True):
    """Table of milestones."""

    __table_args__ = (
        *date_checks("baseline", "forecast", "actual"),
        one_of("about", ABOUT),
        one_of("status", STATUSES),
    )


class PublishedFigureInput(Record):
    """A number that a source publishes about a project: only a "result" is a result.

    `number` is the figure as a decimal text, so that it is shown as it was published.
    """

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    text: LongText
    number: str | None = None
    unit: Name | None = None
    nature: Annotated[str, coded("figure_nature")]


class PublishedFigure(PublishedFigureInput, table=True):
    """Table of published figures."""

    __tablename__ = "published_figure"
    __table_args__ = (one_of("nature", NATURES),)
