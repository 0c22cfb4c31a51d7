"""Read shapes: frozen rows that leave storage, with the names and units of the tables.

Dates are reduced ISO texts, amounts integer EUR cents, unknown is None.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.dates import PartialDate
from portfolio.model.changes import Value
from portfolio.model.fields import MILLION

RecordState = dict[str, Value]


@dataclass(frozen=True)
class ParticipationRow:
    """A partner's part in a project, as it is told on the day `told_on` if one was asked for."""

    partner_code: str
    share_millionths: int | None
    since: str | None
    until: str | None
    suspended_since: str | None
    suspended_until: str | None
    told_on: dt.date | None = None

    @property
    def is_suspended(self) -> bool:
        """Whether cooperation was certainly suspended on the day; without a day, with no known end."""
        since, until = PartialDate.of(self.suspended_since), PartialDate.of(self.suspended_until)
        if since is None or self.told_on is None:
            return since is not None and until is None
        return since.last <= self.told_on and (until is None or until.first >= self.told_on)


@dataclass(frozen=True)
class RoleRow:
    """An organisation's role in a project."""

    organisation_key: str
    name: str
    type: str | None
    role: str
    name_as_published: str | None
    role_as_published: str | None


@dataclass(frozen=True)
class ProjectRow:
    """A project with what filters and splits need of it."""

    key: str
    acronym: str
    title: str
    summary: str | None
    focus: str | None
    relevance: str | None
    modality: str | None
    instrument: str | None
    instrument_as_published: str | None
    service: str | None
    delegation: str | None
    responsible_officer: str | None
    institution_profile: str | None
    start: str | None
    end_original: str | None
    end_current: str | None
    status_stated: str | None
    status_stated_on: str | None
    total_budget_cents: int | None
    eu_contribution_cents: int | None
    data_note: str | None
    confidence: str | None
    archived_on: str | None = None
    regions: tuple[str, ...] = ()
    participations: tuple[ParticipationRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    pillars: tuple[tuple[str, int | None], ...] = ()
    amended_end: str | None = None
    end_contradicts: bool = False

    @property
    def partner_codes(self) -> tuple[str, ...]:
        """The codes of its partners, in their stored order."""
        return tuple(participation.partner_code for participation in self.participations)

    @property
    def present_end(self) -> str | None:
        """The latest end of its contracts once one is amended, else as last published, else the original one.

        Read as of a date before the first amendment, the original one, else the contracts' as first signed.
        Not known where the amendment that sets a contract's end contradicts that contract.
        """
        if self.end_contradicts:
            return None
        return self.amended_end or self.end_current or self.end_original

    @property
    def declared_shares(self) -> tuple[int, ...] | None:
        """The partners' shares in millionths if each is declared and they add to the whole, else None."""
        shares = tuple(participation.share_millionths for participation in self.participations)
        known = tuple(share for share in shares if share is not None)
        return known if len(known) == len(shares) and sum(known) == MILLION else None


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone."""

    key: str
    project_key: str
    title: str
    kind: str | None
    about: str
    baseline: str | None
    forecast: str | None
    actual: str | None
    contractual: bool
    status: str
    note: str | None


@dataclass(frozen=True)
class FigureRow:
    """A published figure; `number` as it was published."""

    key: str
    project_key: str
    text: str
    number: str | None
    unit: str | None
    nature: str


@dataclass(frozen=True)
class ContractRow:
    """A contract."""

    key: str
    project_key: str
    decision_key: str | None
    number: str
    type: str | None
    signed_on: str | None
    start: str | None
    end: str | None
    eu_contribution_cents: int | None
    other_contributions_cents: int | None
    total_cents: int | None


@dataclass(frozen=True)
class AmendmentRow:
    """An amendment of a contract."""

    key: str
    contract_key: str
    number: int
    signed_on: str | None
    kind: str
    new_end: str | None
    new_eu_contribution_cents: int | None
    new_total_cents: int | None
    reason: str | None


@dataclass(frozen=True)
class PaymentRow:
    """A payment; a recovery counts against it."""

    key: str
    contract_key: str
    kind: str
    paid_on: str | None
    amount_cents: int


@dataclass(frozen=True)
class IncurredRow:
    """Incurred cost of one half-year and budget heading."""

    key: str
    project_key: str
    period: str
    heading: str
    amount_cents: int


@dataclass(frozen=True)
class ContributionRow:
    """What another funder adds."""

    key: str
    project_key: str
    funder: str
    amount_cents: int | None


@dataclass(frozen=True)
class SourceRow:
    """A source of a project."""

    key: str
    project_key: str
    url: str
    title: str | None
    supports: str | None


@dataclass(frozen=True)
class EvidenceRow:
    """Source and basis of one field; `is_superseded` where it was named for an earlier value."""

    entity: str
    record_key: str
    field: str
    basis: str
    value_as_stated: str | None
    note: str | None
    url: str | None
    title: str | None
    is_superseded: bool = False

    @property
    def is_of_present_value(self) -> bool:
        """Whether the value in use rests on it."""
        return self.basis != "disputed" and not self.is_superseded


@dataclass(frozen=True)
class ContextRow:
    """A partner's standing in a treaty or an index."""

    partner_code: str
    indicator: str
    value: str | None
    as_of: str | None
    source_url: str | None
    note: str | None


@dataclass(frozen=True)
class ChangeSetRow:
    """A change set of the history.

    `files` are the names of the files it was read from, `sha256s` the hashes of their bytes, in one order.
    """

    id: int
    revision: int
    at: str
    by: str
    kind: str
    reason: str
    files: tuple[str, ...]
    undoes: int | None
    undone_by: int | None
    changes: int
    sha256s: tuple[str, ...] = ()


@dataclass(frozen=True)
class PortfolioRow:
    """Which portfolio the database holds, and its revision; a demonstration stands still at `fixed_as_of`."""

    database_id: str
    name: str
    revision: int
    institution_profile: str
    fixed_as_of: str | None
