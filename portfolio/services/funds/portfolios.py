"""Where the money of the chosen projects stands on a date: every sum, rate, forecast and comparison of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.model.year_rows import PeriodCostRow, YearRow
from portfolio.money import KnownSum
from portfolio.services.access import Person, may, require
from portfolio.services.contracting import left_to_contract
from portfolio.services.funds.amounts import AMOUNTS, amount_kind, amount_sum
from portfolio.services.funds.dimensions import Dimension, dimensions
from portfolio.services.funds.forecasts import Forecast, forecast
from portfolio.services.funds.groups import COMMITTED, Division, committed_sum, divided
from portfolio.services.funds.rates import (
    Spread,
    absorption,
    burn_gap,
    contracting_rate,
    payment_rate,
    time_elapsed,
)
from portfolio.services.funds.reconciliations import Reconciliation, reconciliation
from portfolio.services.money import contracted_eu, contracted_total, incurred, is_off_budget, paid
from portfolio.services.selection import UNKNOWN, PortfolioFilter
from portfolio.services.statuses import Status, project_status
from portfolio.services.views import PortfolioView, load_view
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.money_years import find_money_years, find_period_costs
from portfolio.storage.queries.projects import get_project


@dataclass(frozen=True)
class ProjectFunds:
    """One project's money on a date; `off_budget` money is in no sum of EU money."""

    project: ProjectRow
    status: Status
    money: MoneyRow
    off_budget: bool
    payment_rate: Spread
    absorption: Spread
    time_elapsed: Spread
    burn_gap: Spread
    forecast: Forecast
    reconciliation: Reconciliation


@dataclass(frozen=True)
class DecisionFunds:
    """One financing decision: what of it is contracted and left. Units: integer EUR cents."""

    decision: DecisionRow
    off_budget: bool
    contracting_rate: Spread
    left_to_contract_cents: int | None


@dataclass(frozen=True)
class FundRows:
    """Cost by half-year and money by year, of every project."""

    costs: tuple[PeriodCostRow, ...]
    years: tuple[YearRow, ...]


@dataclass(frozen=True)
class PooledRate:
    """A rate over the `known` of `of` projects of which both of its amounts are known."""

    rate: Spread
    known: int
    of: int


@dataclass(frozen=True)
class PortfolioFunds:
    """The money of the chosen projects and of the decisions that they are contracted under.

    `sums` holds every amount, and committed, decommitted and left to contract, by the id of its indicator.
    """

    view: PortfolioView
    projects: tuple[ProjectFunds, ...]
    decisions: tuple[DecisionFunds, ...]
    sums: Mapping[str, KnownSum]
    payment_rate: PooledRate
    absorption: PooledRate
    years: tuple[YearRow, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Every way to divide this money."""
        return dimensions(self.view.projects, self.years)

    def divided_by(self, dimension_id: str) -> Division:
        """The money by one dimension; KeyError if there is none with that id."""
        dimension = {entry.id: entry for entry in self.dimensions}[dimension_id]
        return divided(dimension, self.view.projects, self.view.money, self.view.decisions)

    def by_year(self, amount_id: str) -> dict[str, dict[str, int]]:
        """One amount by year, and within a year by focus ("not-stated" where no source states one).

        Units: integer EUR cents. A project stands whole under its focus, so the parts of a year add up.
        """
        years = {entry.id: entry for entry in self.dimensions}["year"]
        kind, found = amount_kind(amount_id), dict[str, dict[str, int]]()
        for row in self.projects:
            cents = kind.stated(row.project, row.money).cents
            parts = years.split(row.project, amount_id, cents) if cents is not None else {}
            for year, part in parts.items() if kind.counts(row.project) else ():
                of_year = found.setdefault(year, {})
                focus = row.project.focus or UNKNOWN
                of_year[focus] = of_year.get(focus, 0) + part
        return {year: found[year] for year in years.ordered(found)}

    @property
    def off_budget(self) -> tuple[ProjectFunds, ...]:
        """The projects whose money is no EU money."""
        return tuple(row for row in self.projects if row.off_budget)


def portfolio_funds(
    database: Database, person: Person, *, chosen: PortfolioFilter | None = None, as_of: dt.date | None = None
) -> PortfolioFunds:
    """Where the money of what is chosen stands, at one revision."""
    with reading(database):
        view = load_view(database, person, chosen=chosen, as_of=as_of)
        rows = fund_rows(database, person, as_of=view.as_of)
        return funds_of(view, rows.costs, rows.years)


def fund_rows(database: Database, person: Person, *, as_of: dt.date) -> FundRows:
    """The costs and years of the projects that `person` may see: what a filter click need not ask again.

    Raises: NotAllowed if the person may not see the portfolio.
    """
    require(person, "see")
    with reading(database):
        costs, years = find_period_costs(database, as_of), find_money_years(database, as_of)
    return FundRows(
        tuple(row for row in costs if may(person, "see", row.project_key)),
        tuple(row for row in years if may(person, "see", row.project_key)),
    )


def funds_of_project(database: Database, person: Person, project_key: str, *, as_of: dt.date) -> ProjectFunds:
    """Where one project's money stands.

    Raises: NotFound if there is none with that key; NotAllowed if the person may not see it.
    """
    require(person, "see", project_key)
    with reading(database):
        project = get_project(database, project_key, as_of=as_of)
        money, found = find_money(database, as_of).get(project_key), find_period_costs(database, as_of)
    costs = {row.period: row.cents for row in found if row.project_key == project_key}
    return project_funds(project, money, costs, as_of)


def funds_of(view: PortfolioView, costs: Iterable[PeriodCostRow], years: Iterable[YearRow]) -> PortfolioFunds:
    """Where the money of a view stands, from the costs and years that the database grouped."""
    by_project: dict[str, dict[str, int]] = {}
    for cost in costs:
        by_project.setdefault(cost.project_key, {})[cost.period] = cost.cents
    own = {project.key for project in view.projects}
    return PortfolioFunds(
        view=view,
        projects=tuple(
            project_funds(row, view.money.get(row.key), by_project.get(row.key, {}), view.as_of)
            for row in view.projects
        ),
        decisions=tuple(map(decision_funds, view.decisions)),
        sums=_sums(view),
        payment_rate=_pooled_payment_rate(view),
        absorption=_pooled_absorption(view),
        years=tuple(row for row in years if row.project_key in own),
    )


def project_funds(
    project: ProjectRow, money: MoneyRow | None, costs: Mapping[str, int], as_of: dt.date
) -> ProjectFunds:
    """One project's money; `costs` are its incurred costs by half-year, in integer EUR cents."""
    return ProjectFunds(
        project=project,
        status=project_status(project, as_of),
        money=money or MoneyRow(project.key),
        off_budget=is_off_budget(project),
        payment_rate=payment_rate(money),
        absorption=absorption(money),
        time_elapsed=time_elapsed(project, as_of),
        burn_gap=burn_gap(project, money, as_of),
        forecast=forecast(project, money, costs, as_of),
        reconciliation=reconciliation(money),
    )


def decision_funds(decision: DecisionRow) -> DecisionFunds:
    """One decision's money."""
    return DecisionFunds(
        decision, is_off_budget(decision), contracting_rate(decision), left_to_contract(decision)
    )


def _sums(view: PortfolioView) -> dict[str, KnownSum]:
    on_budget = [row for row in view.decisions if not is_off_budget(row)]
    return {
        COMMITTED: committed_sum(view.decisions),
        "decommitted": KnownSum.over(row.decommitted_cents for row in on_budget),
        "left-to-contract": KnownSum.over(map(left_to_contract, on_budget)),
        **{kind.id: amount_sum(kind, view.projects, view.money) for kind in AMOUNTS},
    }


def _pooled_payment_rate(view: PortfolioView) -> PooledRate:
    rows = [view.money.get(row.key) for row in view.projects if not is_off_budget(row)]
    return _pooled([(paid(row), contracted_eu(row)) for row in rows if payment_rate(row).is_known], len(rows))


def _pooled_absorption(view: PortfolioView) -> PooledRate:
    rows = [view.money.get(row.key) for row in view.projects]
    pairs = [(incurred(row), contracted_total(row)) for row in rows if absorption(row).is_known]
    return _pooled(pairs, len(rows))


def _pooled(pairs: list[tuple[int | None, int | None]], of: int) -> PooledRate:
    """The rate of the sums, over projects of which both amounts are known."""
    part, whole = sum(pair[0] or 0 for pair in pairs), sum(pair[1] or 0 for pair in pairs)
    if not whole:
        return PooledRate(Spread.unknown("both amounts are known of no project"), 0, of)
    return PooledRate(Spread.exactly(Fraction(part, whole)), len(pairs), of)
