"""The part of the portfolio that a person has chosen, as every screen and document starts from it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property

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
    """The chosen projects with their money, on a date, at a revision.

    `everything` are all projects that the person may see, chosen or not: for the choices of the filter and
    for naming what was left out. `known` is "" for what is recorded now, else what was known and when.
    """

    portfolio: PortfolioRow
    as_of: dt.date
    chosen: PortfolioFilter
    everything: tuple[ProjectRow, ...]
    projects: tuple[ProjectRow, ...]
    money: Mapping[str, MoneyRow]
    decisions: tuple[DecisionRow, ...]
    known: str = ""

    @property
    def is_demo(self) -> bool:
        """Whether everything in it is fictional."""
        return self.portfolio.name == "demo"

    # Kept once asked for: tables ask for it in each of their rows.
    @cached_property
    def names(self) -> dict[str, str]:
        """Acronym by project key."""
        return {project.key: project.acronym for project in self.everything}

    @property
    def left_out(self) -> tuple[ProjectRow, ...]:
        """The projects that the filter leaves out."""
        kept = {project.key for project in self.projects}
        return tuple(project for project in self.everything if project.key not in kept)


@dataclass(frozen=True)
class ScheduledView(PortfolioView):
    """The chosen projects with each of their milestones too, for what lists milestones one by one."""

    milestones: tuple[MilestoneState, ...] = ()


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
    money: Mapping[str, MoneyRow] | None = None,
) -> PortfolioView:
    """What `person` may see of the portfolio, narrowed by the filter; all of it at one revision.

    `money` is for a caller who has asked for it already.
    """
    with reading(database):
        portfolio = get_portfolio(database)
        date = as_of or default_as_of(portfolio)
        everything = visible(person, find_projects(database, as_of=date))
        whole = PortfolioView(
            portfolio=portfolio,
            as_of=date,
            chosen=PortfolioFilter(),
            everything=everything,
            projects=everything,
            money=_of_projects(find_money(database, date) if money is None else money, everything),
            decisions=find_decisions(database, date),
            known=database.known,
        )
    return whole if chosen is None else narrowed(whole, chosen)


def _of_projects(money: Mapping[str, MoneyRow], projects: Iterable[ProjectRow]) -> dict[str, MoneyRow]:
    return {project.key: money[project.key] for project in projects if project.key in money}


def narrowed(whole: PortfolioView, chosen: PortfolioFilter) -> PortfolioView:
    """The part of a view of everything that the filter chooses."""
    if chosen.is_empty:
        return whole
    projects = selected(whole.everything, chosen, whole.as_of)
    return replace(
        whole,
        chosen=chosen,
        projects=projects,
        money=_of_projects(whole.money, projects),
        decisions=decisions_of(whole.decisions, {project.key for project in projects}),
    )


def load_scheduled_view(
    database: Database,
    person: Person,
    *,
    chosen: PortfolioFilter | None = None,
    as_of: dt.date | None = None,
) -> ScheduledView:
    """The same with the milestones of the chosen projects."""
    with reading(database):
        view = load_view(database, person, chosen=chosen, as_of=as_of)
        keys = {project.key for project in view.projects}
        own = (row for row in find_milestones(database) if row.project_key in keys)
        known = {field.name: getattr(view, field.name) for field in fields(view)}
        return ScheduledView(**known, milestones=milestone_states(own, view.as_of))
