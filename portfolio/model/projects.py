"""Projects: what they are, where they work, who implements them."""

from typing import Annotated

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from portfolio.model.fields import (
    MILLION,
    DateText,
    Key,
    LongText,
    Name,
    PartnerCode,
    Record,
    RegionId,
    coded,
    date_checks,
    non_negative,
    share_check,
)


class ProjectInput(Record):
    """A project as published or as entered.

    `total_budget_cents` is everybody's money and `eu_contribution_cents` the EU's part, both as published or
    announced: what was signed stands in `Contract`, and neither is ever set from the other. `status_stated`
    is what a source says on `status_stated_on`; the status on screen is computed from the dates first.
    An archived project leaves every screen and sum, and comes back when `archived_on` is erased.
    """

    key: Key = Field(primary_key=True)
    acronym: Name
    title: Name
    summary: LongText | None = None
    focus: Annotated[str, coded("focus")] | None = None
    relevance: Annotated[str, coded("relevance")] | None = None
    modality: Annotated[str, coded("modality")] | None = None
    instrument: Annotated[str, coded("instrument")] | None = None
    instrument_as_published: Name | None = None
    service: Annotated[str, coded("service")] | None = None
    delegation: Name | None = None
    responsible_officer: Name | None = None
    institution_profile: Annotated[str, coded("profiles")] | None = None
    start: DateText | None = None
    end_original: DateText | None = None
    end_current: DateText | None = None
    status_stated: Annotated[str, coded("project_status")] | None = None
    status_stated_on: DateText | None = None
    total_budget_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    eu_contribution_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    data_note: LongText | None = None
    confidence: Name | None = None
    archived_on: DateText | None = None


class Project(ProjectInput, table=True):
    """Table of projects."""

    __table_args__ = (
        *date_checks("start", "end_original", "end_current", "status_stated_on", "archived_on"),
        *non_negative("total_budget_cents", "eu_contribution_cents"),
    )


class ProjectRegionInput(Record):
    """A region that a project works in; stands even where its partners are not published."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    region: RegionId


class ProjectRegion(ProjectRegionInput, table=True):
    """Table of the regions of projects."""

    __tablename__ = "project_region"
    __table_args__ = (UniqueConstraint("project_key", "region"),)


class ProjectPillarInput(Record):
    """A pillar of a project, by our own classification; shares in millionths, or none where undeclared."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    pillar: Annotated[str, coded("pillar")]
    share_millionths: int | None = Field(default=None, ge=0, le=MILLION)
    rationale: LongText | None = None


class ProjectPillar(ProjectPillarInput, table=True):
    """Table of the pillars of projects."""

    __tablename__ = "project_pillar"
    __table_args__ = (UniqueConstraint("project_key", "pillar"), share_check())


class ProjectComponentInput(Record):
    """One component of a project, in the order in which it is described."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    position: int = Field(ge=1)
    text: LongText


class ProjectComponent(ProjectComponentInput, table=True):
    """Table of the components of projects."""

    __tablename__ = "project_component"


class ProjectReferenceInput(Record):
    """An identifier that others use for the project: contract number, registry code, programme."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    kind: Annotated[str, coded("reference_kind")]
    value: Name


class ProjectReference(ProjectReferenceInput, table=True):
    """Table of other identifiers of projects."""

    __tablename__ = "project_reference"


class OrganisationInput(Record):
    """An organisation under the one name that the tracker uses for it."""

    key: Key = Field(primary_key=True)
    name: Name
    type: Annotated[str, coded("organisation_type")] | None = None


class Organisation(OrganisationInput, table=True):
    """Table of organisations."""

    __table_args__ = (UniqueConstraint("name"),)


class ProjectOrganisationInput(Record):
    """The role of an organisation in a project, with the wording of the source beside it."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    organisation_key: Key = Field(foreign_key="organisation.key", index=True)
    role: Annotated[str, coded("organisation_role")]
    name_as_published: Name | None = None
    role_as_published: Name | None = None
    type_as_published: Name | None = None


class ProjectOrganisation(ProjectOrganisationInput, table=True):
    """Table of the roles of organisations in projects."""

    __tablename__ = "project_organisation"
    __table_args__ = (UniqueConstraint("project_key", "organisation_key", "role"),)


class ParticipationInput(Record):
    """A partner (country or territory) that takes part in a project.

    `share_millionths` is its declared share of the budget; `suspended_since` set and `suspended_until` not
    means that cooperation is suspended.
    """

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    partner_code: PartnerCode = Field(index=True, max_length=3)
    share_millionths: int | None = Field(default=None, ge=0, le=MILLION)
    since: DateText | None = None
    until: DateText | None = None
    suspended_since: DateText | None = None
    suspended_until: DateText | None = None


class Participation(ParticipationInput, table=True):
    """Table of participations."""

    __table_args__ = (
        UniqueConstraint("project_key", "partner_code"),
        share_check(),
        *date_checks("since", "until", "suspended_since", "suspended_until"),
    )
