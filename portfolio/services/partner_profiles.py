"""Everything that is active in one partner: projects with its part of their money, and what they do there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio.model.money_rows import MoneyRow
from portfolio.model.result_rows import RiskRow, TrainingRow
from portfolio.model.rows import ContextRow, ProjectRow
from portfolio.money import KnownSum
from portfolio.partners import region_of
from portfolio.services.access import Person, require
from portfolio.services.geography import has_broken_shares, is_estimated, split_over_partners
from portfolio.services.milestones import HORIZONS_DAYS, MilestoneState, milestone_states
from portfolio.services.money import incurred, is_off_budget, paid
from portfolio.services.places import PartnerProject, partner_projects
from portfolio.services.views import PortfolioView
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.evidence import find_context
from portfolio.storage.queries.partner_records import (
    PartnerValueRow,
    find_open_milestones,
    find_partner_risks,
    find_partner_trainings,
    find_partner_values,
)

Basis = Literal["declared", "equal", "single", "broken"]
DUE_DAYS = HORIZONS_DAYS[-1]


@dataclass(frozen=True)
class PartnerShare:
    """A project from the side of one partner, with the partner's part of every amount.

    Units: integer EUR cents, None where the amount is not known, or (`is_off_budget`) is no EU money. `basis`
    says how the part was made: of a declared share, of an equal split, because there is no other partner, or
    not at all, because the declared shares do not make a whole.
    """

    row: PartnerProject
    basis: Basis
    share_millionths: int | None
    paid_cents: int | None
    incurred_cents: int | None
    is_off_budget: bool

    @property
    def project(self) -> ProjectRow:
        """The project."""
        return self.row.project


@dataclass(frozen=True)
class PartnerMoney:
    """A partner's part of one amount: the sum, and how much of it is an estimate by equal split."""

    total: KnownSum
    estimated_cents: int


@dataclass(frozen=True)
class PartnerRecords:
    """What is on record of one partner beside its projects; none of it depends on the filter.

    `milestones` are the open ones of its projects, `values` those that are told of the partner alone.
    """

    milestones: tuple[MilestoneState, ...]
    risks: tuple[RiskRow, ...]
    trainings: tuple[TrainingRow, ...]
    values: tuple[PartnerValueRow, ...]
    context: tuple[ContextRow, ...]


@dataclass(frozen=True)
class PartnerProfile:
    """Everything active in one partner among the chosen projects; `regional` may be, nobody publishes it."""

    code: str
    as_of: dt.date
    shares: tuple[PartnerShare, ...]
    money: Mapping[str, PartnerMoney]
    implementers: tuple[tuple[str, tuple[str, ...]], ...]
    regional: tuple[ProjectRow, ...]
    late: tuple[MilestoneState, ...]
    due: tuple[MilestoneState, ...]
    risks: tuple[RiskRow, ...]
    trainings: tuple[TrainingRow, ...]
    values: tuple[PartnerValueRow, ...]
    context: tuple[ContextRow, ...]

    @property
    def running(self) -> tuple[PartnerShare, ...]:
        """The projects that run on the date."""
        return tuple(share for share in self.shares if share.row.status == "ongoing")


def partner_records(database: Database, person: Person, code: str, *, as_of: dt.date) -> PartnerRecords:
    """The milestones, risks, trainings and values of one partner as of a day, and its context."""
    require(person, "see")
    with reading(database):
        return PartnerRecords(
            milestones=milestone_states(find_open_milestones(database, code, as_of), as_of),
            risks=find_partner_risks(database, code, as_of),
            trainings=find_partner_trainings(database, code, as_of),
            values=find_partner_values(database, code, as_of),
            context=find_context(database, code),
        )


def partner_profile(view: PortfolioView, code: str, records: PartnerRecords) -> PartnerProfile:
    """Everything active in one partner among the chosen projects."""
    shares = partner_shares(view.projects, code, view.money, view.as_of)
    keys = {share.project.key for share in shares}
    milestones = [state for state in records.milestones if state.milestone.project_key in keys]
    late = [state for state in milestones if state.is_late]
    due = [state for state in milestones if not state.is_late and state.is_due_within(view.as_of, DUE_DAYS)]
    return PartnerProfile(
        code=code,
        as_of=view.as_of,
        shares=shares,
        money=partner_money(shares),
        implementers=implementers_of(shares),
        regional=tuple(row for row in view.projects if _may_be_active(row, code)),
        late=tuple(sorted(late, key=lambda state: -(state.late_days or 0))),
        due=tuple(sorted(due, key=lambda state: state.due.last if state.due else dt.date.max)),
        risks=tuple(
            sorted((row for row in records.risks if row.project_key in keys), key=lambda row: -row.score)
        ),
        trainings=tuple(row for row in records.trainings if row.project_key in keys),
        values=tuple(row for row in records.values if row.indicator.project_key in keys),
        context=records.context,
    )


def partner_shares(
    projects: Iterable[ProjectRow], code: str, money: Mapping[str, MoneyRow], as_of: dt.date
) -> tuple[PartnerShare, ...]:
    """The projects active in a partner with its part of their money: running ones first."""
    found = []
    for row in partner_projects(projects, code, as_of):
        project, amounts = row.project, money.get(row.project.key)
        off_budget = is_off_budget(project)
        found.append(
            PartnerShare(
                row=row,
                basis=split_basis(project),
                share_millionths=_declared(project, code),
                paid_cents=None if off_budget else _part(project, code, paid(amounts)),
                incurred_cents=_part(project, code, incurred(amounts)),
                is_off_budget=off_budget,
            )
        )
    return tuple(found)


def split_basis(project: ProjectRow) -> Basis:
    """How a partner's part of a project's money is made."""
    if has_broken_shares(project):
        return "broken"
    if len(project.participations) == 1:
        return "single"
    return "equal" if is_estimated(project) else "declared"


def _declared(project: ProjectRow, code: str) -> int | None:
    shares = project.declared_shares
    return None if shares is None else shares[project.partner_codes.index(code)]


def _part(project: ProjectRow, code: str, cents: int | None) -> int | None:
    return None if cents is None else split_over_partners(project, cents).get(code)


def partner_money(shares: Iterable[PartnerShare]) -> dict[str, PartnerMoney]:
    """A partner's part by the registered id of the figure; off-budget money is in no EU amount."""
    listed = list(shares)
    on_budget = [share for share in listed if not share.is_off_budget]
    return {
        "budget-split": _money([(share.row.total_budget_cents, share) for share in listed]),
        "eu-split": _money([(share.row.eu_contribution_cents, share) for share in on_budget]),
        "paid-split": _money([(share.paid_cents, share) for share in on_budget]),
        "incurred-split": _money([(share.incurred_cents, share) for share in listed]),
    }


def _money(parts: list[tuple[int | None, PartnerShare]]) -> PartnerMoney:
    estimated = sum(cents for cents, share in parts if cents is not None and share.basis == "equal")
    return PartnerMoney(KnownSum.over(cents for cents, _ in parts), estimated)


def implementers_of(shares: Iterable[PartnerShare]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The implementers of the projects with the projects' keys, the busiest first."""
    found: dict[str, list[str]] = {}
    for share in shares:
        for role in share.project.roles:
            if role.role != "beneficiary" and share.project.key not in found.setdefault(role.name, []):
                found[role.name].append(share.project.key)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    return tuple((name, tuple(keys)) for name, keys in ordered)


def _may_be_active(project: ProjectRow, code: str) -> bool:
    """Whether a project works in the partner's region and does not publish its partners."""
    return not project.participations and region_of(code) in project.regions
