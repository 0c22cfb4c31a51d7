"""Frames for tests of what changed: one running project of which everything is known, on two dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, PortfolioRow, ProjectRow
from portfolio.model.standing_rows import ProjectStanding
from portfolio.services.differences.standpoints import Frame, Standpoint
from portfolio.services.health.portfolios import healths
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import PortfolioView
from tests.unit.health_rows import MONEY, PROJECT, STANDING

BEFORE, AFTER = dt.date(2026, 1, 1), dt.date(2026, 7, 1)
OLD = replace(PROJECT, total_budget_cents=1_000_000_00, eu_contribution_cents=800_000_00)
CONTRACT = ContractRow(
    "p1/contract-01", "p1", None, "C-1", "grant", "2025-01-01", "2025-01-01", "2027-01-01", 80, 20, 100
)


def funded(key: str = "p1", **values: Any) -> ProjectStanding:
    """The standing of a project with these values of its money."""
    return replace(STANDING, project_key=key, money=replace(MONEY, project_key=key, **values))


def amendment(number: int, signed_on: str | None, **values: Any) -> AmendmentRow:
    """An amendment of the contract of project p1."""
    known: dict[str, Any] = {
        "kind": "no-cost-extension", "new_end": None, "new_eu_contribution_cents": None,
        "new_total_cents": None, "reason": None,
    }  # fmt: skip
    key = f"{CONTRACT.key}/amendment-{number:02}"
    return AmendmentRow(key, CONTRACT.key, number, signed_on, **(known | values))


def frame(
    as_of: dt.date = BEFORE,
    projects: Iterable[ProjectRow] = (OLD,),
    standings: Iterable[ProjectStanding] = (STANDING,),
    **records: Any,
) -> Frame:
    """What is seen from a date of these projects; those without a standing of their own have an empty one."""
    listed = tuple(projects)
    own = {row.project_key: row for row in standings}
    found = {
        row.key: own.get(row.key) or ProjectStanding(
            row.key, MoneyRow(row.key), replace(STANDING.milestones, project_key=row.key),
            replace(STANDING.reports, project_key=row.key),
        )
        for row in listed
    }  # fmt: skip
    view = PortfolioView(
        PortfolioRow("db", "demo", 3, "eu", None), as_of, PortfolioFilter(), listed, listed,
        {key: row.money for key, row in found.items()}, (),
    )  # fmt: skip
    return Frame(Standpoint(as_of), view, found, healths(listed, found, (), as_of), **records)
