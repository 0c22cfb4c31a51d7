"""Everything about one project, and everything about one partner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from portfolio.dates import HalfYear, PartialDate
from portfolio.errors import NotFound
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import (
    AmendmentRow,
    ContextRow,
    ContractRow,
    ContributionRow,
    EvidenceRow,
    FigureRow,
    IncurredRow,
    PaymentRow,
    ProjectRow,
    SourceRow,
)
from portfolio.numbers import counted
from portfolio.services.access import Person, require
from portfolio.services.geography import is_estimated, split_over_partners
from portfolio.services.milestones import MilestoneState, milestone_states
from portfolio.services.statuses import Status, project_status
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_context, find_evidence, find_sources
from portfolio.storage.queries.milestones import find_milestones, find_published_figures
from portfolio.storage.queries.money import (
    find_amendments,
    find_contracts,
    find_decisions,
    find_incurred,
    find_money,
    find_payments,
)
from portfolio.storage.queries.projects import (
    find_components,
    find_contributions,
    find_references,
    get_project,
)

Row = TypeVar("Row")


@dataclass(frozen=True)
class ProjectProfile:
    """Everything about one project on a date.

    Contracts, amendments and payments that are certainly of a later day, and costs of half-years that had not
    ended, are left out: `later` says how many, in words.
    `evidence` is what each of its fields, milestones and figures rests on; `partner_budget_cents` its total
    budget by partner, by declared shares or (`budget_is_estimated`) equally, None where it is not stated.
    """

    project: ProjectRow
    status: Status
    components: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    contributions: tuple[ContributionRow, ...]
    contracts: tuple[ContractRow, ...]
    amendments: tuple[AmendmentRow, ...]
    payments: tuple[PaymentRow, ...]
    incurred: tuple[IncurredRow, ...]
    decisions: tuple[DecisionRow, ...]
    money: MoneyRow | None
    milestones: tuple[MilestoneState, ...]
    figures: tuple[FigureRow, ...]
    sources: tuple[SourceRow, ...]
    evidence: tuple[EvidenceRow, ...]
    partner_budget_cents: dict[str, int] | None
    budget_is_estimated: bool
    later: tuple[str, ...] = ()

    def evidence_of(self, field: str, record_key: str | None = None) -> tuple[EvidenceRow, ...]:
        """What one field rests on: of the project, or of one of its records; disputed values last."""
        key = record_key or self.project.key
        found = [row for row in self.evidence if row.record_key == key and row.field == field]
        return tuple(sorted(found, key=lambda row: row.basis == "disputed"))


def project_profile(database: Database, person: Person, key: str, *, as_of: dt.date) -> ProjectProfile:
    """Everything about one project.

    Raises: NotFound if there is none with that key; NotAllowed if the person may not see it.
    """
    require(person, "see", key)
    project = get_project(database, key, as_of=as_of)
    ledger = _Ledger(as_of)
    contracts = ledger.kept("contract", find_contracts(database, key), lambda row: row.signed_on)
    budget = project.total_budget_cents
    numbers = {contract.key for contract in contracts}
    milestones = find_milestones(database, key)
    figures = find_published_figures(database, key)
    own = {key} | {milestone.key for milestone in milestones} | {figure.key for figure in figures} | numbers
    return ProjectProfile(
        project=project,
        status=project_status(project, as_of),
        components=find_components(database, key),
        references=find_references(database, key),
        contributions=tuple(row for row in find_contributions(database) if row.project_key == key),
        contracts=contracts,
        amendments=ledger.kept(
            "amendment",
            (row for row in find_amendments(database) if row.contract_key in numbers),
            lambda row: row.signed_on,
        ),
        payments=ledger.kept("payment", find_payments(database, key), lambda row: row.paid_on),
        incurred=ledger.ended(find_incurred(database, key)),
        decisions=tuple(row for row in find_decisions(database, as_of) if key in row.project_keys),
        money=find_money(database, as_of).get(key),
        milestones=milestone_states(milestones, as_of),
        figures=figures,
        sources=find_sources(database, key),
        evidence=tuple(row for row in find_evidence(database) if row.record_key in own),
        partner_budget_cents=None if budget is None else split_over_partners(project, budget),
        budget_is_estimated=is_estimated(project),
        later=tuple(ledger.later),
    )


@dataclass
class _Ledger:
    """What of a project's money had happened by a day, and how much is certainly of a later one."""

    as_of: dt.date
    later: list[str] = field(default_factory=list)

    def kept(self, noun: str, rows: Iterable[Row], date: Callable[[Row], str | None]) -> tuple[Row, ...]:
        listed = tuple(rows)
        kept = tuple(row for row in listed if not self._is_later(date(row)))
        if len(kept) < len(listed):
            self.later.append(counted(len(listed) - len(kept), noun))
        return kept

    def ended(self, rows: Iterable[IncurredRow]) -> tuple[IncurredRow, ...]:
        listed, last = tuple(rows), str(HalfYear.last_ended(self.as_of))
        periods = {row.period for row in listed if row.period > last}
        if periods:
            self.later.append(f"cost of {counted(len(periods), 'half-year')}")
        return tuple(row for row in listed if row.period not in periods)

    def _is_later(self, text: str | None) -> bool:
        date = PartialDate.of(text)
        return date is not None and date.first > self.as_of


def partner_context(database: Database, person: Person, partner_code: str) -> tuple[ContextRow, ...]:
    """The context indicators of one partner, missing values included.

    Raises: NotFound if nothing is kept for that partner.
    """
    require(person, "see")
    rows = find_context(database, partner_code)
    if not rows:
        raise NotFound(f"No context indicators are kept for '{partner_code}'.")
    return rows
