"""The part of the portfolio that a person has chosen, as every screen and document starts from it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.dates import today
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import PortfolioRow, ProjectRow
from portfolio.services.access import Person, visible
from portfolio.services.milestones import MilestoneState, milestone_states
from portfolio.services.money import decisions_of
from portfolio.services.selection import PortfolioFilter, selected
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_decisions, find_money
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.projects import find_projects


@dataclass(frozen=True)
class PortfolioView:
    """The chosen projects with their money and milestones, on a date, at a revision.

    `everything` are all projects that the person may see, chosen or not: for the choices of the filter and
    for naming what was left out.
    """

    portfolio: PortfolioRow
    as_of: dt.date
    chosen: PortfolioFilter
    everything: tuple[ProjectRow, ...]
    projects: tuple[ProjectRow, ...]
    money: Mapping[str, MoneyRow]
    decisions: tuple[DecisionRow, ...]
    milestones: tuple[MilestoneState, ...]

    @property
    def is_demo(self) -> bool:
        """Whether everything in it is fictional."""
        return self.portfolio.name == "demo"

    @property
    def names(self) -> dict[str, str]:
        """Acronym by project key."""
        return {project.key: project.acronym for project in self.everything}

    @property
    def left_out(self) -> tuple[ProjectRow, ...]:
        """The projects that the filter leaves out."""
        kept = {project.key for project in self.projects}
        return tuple(project for project in self.everything if project.key not in kept)


def default_as_of(portfolio: PortfolioRow) -> dt.date:
    """Today, or the day at which a demonstration stands still; PORTFOLIO_TODAY goes before both."""
    if portfolio.fixed_as_of and "PORTFOLIO_TODAY" not in os.environ:
        return dt.date.fromisoformat(portfolio.fixed_as_of)
    return today()


def load_view(
    database: Database,
    person: Person,
    *,
    chosen: PortfolioFilter | None = None,
    as_of: dt.date | None = None,
) -> PortfolioView:
    """What `person` may see of the portfolio, narrowed by the filter; all of it at one revision."""
    with reading(database):
        return _view(database, person, chosen or PortfolioFilter(), as_of)


def _view(
    database: Database, person: Person, chosen: PortfolioFilter, as_of: dt.date | None
) -> PortfolioView:
    portfolio = get_portfolio(database)
    date = as_of or default_as_of(portfolio)
    everything = visible(person, find_projects(database))
    projects = selected(everything, chosen, date)
    keys = {project.key for project in projects}
    decisions = find_decisions(database)
    return PortfolioView(
        portfolio=portfolio,
        as_of=date,
        chosen=chosen,
        everything=everything,
        projects=projects,
        money={key: row for key, row in find_money(database).items() if key in keys},
        decisions=decisions if chosen.is_empty else decisions_of(decisions, keys),
        milestones=milestone_states(
            (milestone for milestone in find_milestones(database) if milestone.project_key in keys), date
        ),
    )
