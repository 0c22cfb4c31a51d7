"""What one partner has: its projects, with its part of their money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.model.rows import ProjectRow
from portfolio.services.geography import is_estimated, split_over_partners
from portfolio.services.money import is_off_budget
from portfolio.services.statuses import Status, project_status


@dataclass(frozen=True)
class PartnerProject:
    """A project from the side of one partner.

    Units: integer EUR cents, the partner's own part; None where the amount is not stated. `estimated` says
           that the part is an equal split. `suspended_since` is a reduced ISO date.
    """

    project: ProjectRow
    status: Status
    total_budget_cents: int | None
    eu_contribution_cents: int | None
    estimated: bool
    is_suspended: bool
    suspended_since: str | None


_ORDER: dict[str, int] = {"ongoing": 0, "planned": 1, "unknown": 2, "closed": 3}


def partner_projects(
    projects: Iterable[ProjectRow], partner_code: str, as_of: dt.date
) -> tuple[PartnerProject, ...]:
    """The projects active in a partner: running ones first, then the latest begun."""
    found = [_partner_project(project, partner_code, as_of) for project in projects
             if partner_code in project.partner_codes]  # fmt: skip
    latest_first = sorted(found, key=lambda row: row.project.start or "", reverse=True)
    return tuple(sorted(latest_first, key=lambda row: _ORDER[row.status]))


def _partner_project(project: ProjectRow, partner_code: str, as_of: dt.date) -> PartnerProject:
    participation = next(row for row in project.participations if row.partner_code == partner_code)
    eu = None if is_off_budget(project) else project.eu_contribution_cents
    return PartnerProject(
        project=project,
        status=project_status(project, as_of),
        total_budget_cents=_part(project, partner_code, project.total_budget_cents),
        eu_contribution_cents=_part(project, partner_code, eu),
        estimated=is_estimated(project),
        is_suspended=participation.is_suspended,
        suspended_since=participation.suspended_since,
    )


def _part(project: ProjectRow, partner_code: str, amount_cents: int | None) -> int | None:
    return None if amount_cents is None else split_over_partners(project, amount_cents).get(partner_code)
