"""Where figures come from: sources, which field rests on which, and the context of each partner."""

from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from portfolio.model.fields import (
    DateText,
    Key,
    LongText,
    Name,
    PartnerCode,
    Record,
    coded,
    date_checks,
    one_of,
)

BASES = ("stated", "computed", "only-funder-named", "disputed")


class SourceInput(Record):
    """A public page about a project, under its own title if it prints one, and what it supports."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    url: Name
    title: Name | None = None
    supports: LongText | None = None


class Source(SourceInput, table=True):
    """Table of sources."""


class EvidenceInput(Record):
    """The source and the basis of one field of one record.

    Basis "disputed" is what another source says instead (`value_as_stated`): shown beside the figure, never
    used in a sum.
    """

    key: Key = Field(primary_key=True)
    entity: Name
    record_key: Key = Field(index=True)
    field: Name
    source_key: Key | None = Field(default=None, foreign_key="source.key", index=True)
    basis: Annotated[str, coded("basis")]
    value_as_stated: LongText | None = None
    note: LongText | None = None


class Evidence(EvidenceInput, table=True):
    """Table of evidence."""

    __table_args__ = (one_of("basis", BASES),)


class ContextIndicatorInput(Record):
    """A country's standing in a treaty or an index: context beside the spend, never blended with it."""

    key: Key = Field(primary_key=True)
    partner_code: PartnerCode = Field(index=True, max_length=3)
    indicator: Annotated[str, coded("context_indicator")]
    value: Name | None = None
    as_of: DateText | None = None
    source_url: Name | None = None
    note: LongText | None = None


class ContextIndicator(ContextIndicatorInput, table=True):
    """Table of context indicators."""

    __tablename__ = "context_indicator"
    __table_args__ = (UniqueConstraint("partner_code", "indicator"), *date_checks("as_of"))
