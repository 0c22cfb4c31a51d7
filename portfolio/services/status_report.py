"""`status --json`: the key figures of the portfolio, by the command-line contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.money import KnownSum
from portfolio.services.geography import PlaceFigures, by_partner, by_region
from portfolio.services.health.ratings import Health, health_counts
from portfolio.services.milestones import milestone_counts
from portfolio.services.money import (
    Amount,
    contracted_eu,
    eu_contribution,
    incurred,
    is_off_budget,
    money_figures,
    not_stated,
    paid,
    total_budget,
)
from portfolio.services.views import PortfolioView, ScheduledView


def status_report(view: ScheduledView, health: Mapping[str, Health]) -> dict[str, Any]:
    """The document of `status --json`; `health` is that of every project, by key.

    Units: integer EUR cents; unknown is null. The regions' total budgets add up to the portfolio's, and so
           do the partners' with "outside" and "regional-not-split".
    """
    return {
        "revision": view.portfolio.revision,
        "as_of": view.as_of.isoformat(),
        "projects": len(view.projects),
        "money": _money(view),
        "regions": {place.code: _place(place) for place in by_region(view.projects, view.as_of)},
        "partners": {place.code: _place(place) for place in by_partner(view.projects, view.as_of)},
        "milestones": _milestones(view),
        "health": health_counts(health[project.key] for project in view.projects),
    }


def _money(view: PortfolioView) -> dict[str, Any]:
    figures = money_figures(view.projects, view.money, view.decisions)
    on_budget = [project for project in view.projects if not is_off_budget(project)]
    amounts: dict[str, tuple[KnownSum, list[Any], Amount]] = {
        "total_budget": (figures.total_budget, list(view.projects), total_budget),
        "eu_contribution": (figures.eu_contribution, on_budget, eu_contribution),
        "contracted": (figures.contracted, on_budget, lambda row: contracted_eu(view.money.get(row.key))),
        "paid": (figures.paid, on_budget, lambda row: paid(view.money.get(row.key))),
        "incurred": (figures.incurred, list(view.projects), lambda row: incurred(view.money.get(row.key))),
    }
    document: dict[str, Any] = {f"{name}_cents": total.cents for name, (total, _, _) in amounts.items()}
    document["committed_cents"] = figures.committed.cents
    document["not_stated"] = {
        name: list(not_stated(projects, amount)) for name, (_, projects, amount) in amounts.items()
    }
    return document


def _place(place: PlaceFigures) -> dict[str, Any]:
    # A place without any project is known to hold nothing; one whose projects state no amount is unknown.
    budget = place.total_budget_cents if place.projects else 0
    eu = place.eu_contribution_cents if place.projects else 0
    return {"projects": len(place.projects), "total_budget_cents": budget, "eu_contribution_cents": eu}


def _milestones(view: ScheduledView) -> dict[str, int]:
    counts = milestone_counts(view.milestones, view.as_of)
    return {
        "total": counts.total, "done": counts.done, "late": counts.late, "due_90_days": counts.due_90_days,
    }  # fmt: skip
