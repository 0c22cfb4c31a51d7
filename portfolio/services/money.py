"""The money of a portfolio: sums that say how many projects they know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.vocabulary import term

Amount = Callable[[ProjectRow], int | None]
# What stands beside money of the European Peace Facility, wherever a row of it is shown.
OFF_BUDGET = "off-budget, in no EU sum"


@dataclass(frozen=True)
class MoneyFigures:
    """The figures of one set of projects, each with how many projects (for committed: decisions) it knows.

    Units: integer EUR cents. The words are those of domain.md, "Money words": committed belongs to financing
    decisions, contracted and paid to contracts, incurred to progress reports; total budget and EU
    contribution are what is published or announced of a project.
    """

    total_budget: KnownSum
    eu_contribution: KnownSum
    committed: KnownSum
    contracted: KnownSum
    paid: KnownSum
    incurred: KnownSum


def is_off_budget(funded: ProjectRow | DecisionRow) -> bool:
    """Whether the instrument of a project or decision is outside the EU budget (European Peace Facility)."""
    return funded.instrument is not None and term("instrument", funded.instrument).get("off_budget") == "yes"


def total_budget(project: ProjectRow) -> int | None:
    """Everybody's money in a project, as published."""
    return project.total_budget_cents


def eu_contribution(project: ProjectRow) -> int | None:
    """The EU's part of a project, as published."""
    return project.eu_contribution_cents


def is_eu_part_alone(project: ProjectRow) -> bool:
    """Whether of a project's budget only the EU's part is known: it is in one sum and not in the other."""
    known = project.total_budget_cents is None and project.eu_contribution_cents is not None
    return known and not is_off_budget(project)


def contracted_eu(row: MoneyRow | None) -> int | None:
    """EU contribution of a project's contracts, None unless every contract states it."""
    if row is None or row.contracts == 0 or row.contracted_eu_known < row.contracts:
        return None
    return row.contracted_eu_cents


def contracted_total(row: MoneyRow | None) -> int | None:
    """Total cost of a project's contracts, None unless every contract states it."""
    if row is None or row.contracts == 0 or row.contracted_total_known < row.contracts:
        return None
    return row.contracted_total_cents


def paid(row: MoneyRow | None) -> int | None:
    """What was paid under a project's contracts less recoveries, None where no payment is recorded."""
    return None if row is None else row.paid_cents


def incurred(row: MoneyRow | None) -> int | None:
    """Reported eligible cost of a project, None where none is reported."""
    return None if row is None else row.incurred_cents


def money_figures(
    projects: Iterable[ProjectRow], money: Mapping[str, MoneyRow], decisions: Iterable[DecisionRow]
) -> MoneyFigures:
    """The money of `projects`.

    EU contribution, committed, contracted and paid leave out what is off-budget: that money is not the EU
    budget's.
    """
    listed = list(projects)
    on_budget = [project for project in listed if not is_off_budget(project)]
    return MoneyFigures(
        total_budget=KnownSum.over(map(total_budget, listed)),
        eu_contribution=KnownSum.over(map(eu_contribution, on_budget)),
        committed=KnownSum.over(
            decision.committed_cents for decision in decisions if not is_off_budget(decision)
        ),
        contracted=KnownSum.over(contracted_eu(money.get(project.key)) for project in on_budget),
        paid=KnownSum.over(paid(money.get(project.key)) for project in on_budget),
        incurred=KnownSum.over(incurred(money.get(project.key)) for project in listed),
    )


def not_stated(projects: Iterable[ProjectRow], amount: Amount) -> tuple[str, ...]:
    """The keys of the projects of which `amount` is not known."""
    return tuple(project.key for project in projects if amount(project) is None)


def decisions_of(decisions: Iterable[DecisionRow], project_keys: Iterable[str]) -> tuple[DecisionRow, ...]:
    """The decisions under which one of the projects has a contract.

    A commitment is never attributed to a single project: it is shown whole, with the decision's number.
    """
    wanted = set(project_keys)
    return tuple(decision for decision in decisions if wanted & set(decision.project_keys))
