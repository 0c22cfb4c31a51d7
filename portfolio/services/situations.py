"""Where everything stands on a date, in one answer that no filter changes: asked once, then narrowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.model.rows import MilestoneRow
from portfolio.model.standing_rows import MilestoneStanding, ProjectStanding
from portfolio.pauses import collection_paused
from portfolio.services.access import Person, may
from portfolio.services.attention import attention
from portfolio.services.health.assessments import Difference, differences, latest_assessments
from portfolio.services.health.portfolios import healths
from portfolio.services.health.ratings import Health
from portfolio.services.signals import Signal
from portfolio.services.views import PortfolioView, load_view
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.money import find_amendments, find_contracts
from portfolio.storage.queries.reports import find_overrides
from portfolio.storage.queries.results import find_assessments
from portfolio.storage.queries.standings.standings import find_standings


@dataclass(frozen=True)
class Situation:
    """Everything that a person may see, on a date: standings, health, signals, the implementers' own view.

    `better` are the dimensions that an implementer sees in a better colour than the computed one. Of the
    milestones that are late only each project's latest raise a signal here.
    """

    view: PortfolioView
    standings: Mapping[str, ProjectStanding]
    health: Mapping[str, Health]
    signals: tuple[Signal, ...]
    better: tuple[Difference, ...]


def load_situation(database: Database, person: Person, *, as_of: dt.date) -> Situation:
    """Where everything stands that `person` may see, whatever the filter chooses; all at one revision."""
    with collection_paused():
        return _situation(database, person, as_of)


def _situation(database: Database, person: Person, as_of: dt.date) -> Situation:
    with reading(database):
        standings = find_standings(database, as_of)
        seen = {key: row for key, row in standings.items() if may(person, "see", key)}
        money = {key: row.money for key, row in seen.items()}
        view = load_view(database, person, as_of=as_of, money=money)
        overrides, assessments = find_overrides(database), find_assessments(database)
        contracts, amendments = find_contracts(database, as_of=as_of), find_amendments(database)
    health = healths(view.everything, seen, overrides, as_of)
    milestones = {key: row.milestones for key, row in seen.items()}
    signals = attention(
        view.everything,
        money,
        [row for standing in milestones.values() for row in _latest(standing)],
        view.decisions,
        contracts,
        amendments,
        as_of,
        {key for key, standing in milestones.items() if standing.total + standing.context},
    )
    differing = differences(health, latest_assessments(assessments, as_of))
    return Situation(view, seen, health, signals, tuple(row for row in differing if row.is_better))


def _latest(standing: MilestoneStanding) -> tuple[MilestoneRow, ...]:
    rows = (standing.worst, standing.worst_contractual)
    return tuple(dict.fromkeys(row for row in rows if row is not None))
