"""What the front page says of the chosen projects: what is off track, due, unknown, and seen otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.services.access import Person
from portfolio.services.health.assessments import Difference
from portfolio.services.health.colours import DIMENSIONS
from portfolio.services.health.portfolios import worst_first
from portfolio.services.health.ratings import Health
from portfolio.services.money import total_budget
from portfolio.services.overviews import Overview, overview
from portfolio.services.selection import PortfolioFilter
from portfolio.services.signals import Signal
from portfolio.services.situations import Situation, load_situation
from portfolio.services.standings import milestone_totals
from portfolio.services.statuses import days_to_end, project_status
from portfolio.services.views import PortfolioView, narrowed
from portfolio.storage.engine import Database

_OFF_TRACK = ("red", "amber")
# Signals that say what a dimension of health says too: where that one stands for the project, once is enough.
_SAME_FACT = {
    "milestone-late": "time",
    "contractual-milestone-late": "time",
    "overspent": "money",
    "ends-soon-with-money-left": "money",
    "silent-implementer": "reporting",
}


@dataclass(frozen=True)
class RunningProject:
    """A running project; `days` to its present end, None where the day is not known."""

    project: ProjectRow
    days: int | None


@dataclass(frozen=True)
class Unknown:
    """A dimension of health that is not known, and of how many running projects."""

    dimension: str
    projects: tuple[str, ...]


@dataclass(frozen=True)
class Briefing:
    """The front page of the chosen projects on a date.

    `off_track` are the running projects that are red or amber, the worst first; `signals` what needs
    attention and is not said by their health already; `better` where an implementer sees itself better;
    `partly_cyber` is the total budget of the projects of which cyber is only a part.
    """

    view: PortfolioView
    figures: Overview
    health: dict[str, Health]
    off_track: tuple[tuple[ProjectRow, Health], ...]
    signals: tuple[Signal, ...]
    better: tuple[Difference, ...]
    unknown: tuple[Unknown, ...]
    running: tuple[RunningProject, ...]
    partly_cyber: KnownSum

    @property
    def urgent(self) -> tuple[Signal, ...]:
        """The signals that are red or amber."""
        return tuple(signal for signal in self.signals if signal.severity != "info")

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The state of each running project."""
        return tuple(health.state for health in self.health.values() if health.is_running)


def briefing(database: Database, person: Person, *, chosen: PortfolioFilter, as_of: dt.date) -> Briefing:
    """The front page for what `person` has chosen."""
    return brief(load_situation(database, person, as_of=as_of), chosen)


def brief(situation: Situation, chosen: PortfolioFilter) -> Briefing:
    """The part of a situation that the filter chooses, as the front page tells it."""
    view = narrowed(situation.view, chosen)
    keys = [project.key for project in view.projects]
    health = {key: situation.health[key] for key in keys}
    figures = overview(view, milestone_totals(situation.standings[key] for key in keys))
    return Briefing(
        view=view,
        figures=figures,
        health=health,
        off_track=tuple(row for row in worst_first(view.projects, health) if row[1].state in _OFF_TRACK),
        signals=_not_said_yet(_signals_of(situation.signals, view), health),
        better=tuple(row for row in situation.better if row.project_key in health),
        unknown=unknown_dimensions(health.values()),
        running=running_projects(view),
        partly_cyber=KnownSum.over(
            total_budget(project) for project in view.projects if project.relevance == "partly-cyber"
        ),
    )


def _signals_of(signals: Iterable[Signal], view: PortfolioView) -> tuple[Signal, ...]:
    projects = {project.key for project in view.projects}
    decisions = {decision.key for decision in view.decisions}
    return tuple(
        signal
        for signal in signals
        if (signal.decision_key in decisions if signal.decision_key else signal.project_key in projects)
    )


def _not_said_yet(signals: Iterable[Signal], health: dict[str, Health]) -> tuple[Signal, ...]:
    """The signals without those whose fact the worst dimension of the same project states already."""
    said = {
        (key, row.worst.dimension)
        for key, row in health.items()
        if row.worst is not None and row.state in _OFF_TRACK
    }
    return tuple(
        signal for signal in signals if (signal.project_key, _SAME_FACT.get(signal.code)) not in said
    )


def unknown_dimensions(healths: Iterable[Health]) -> tuple[Unknown, ...]:
    """The dimensions of health that are not known of some running project, in their order."""
    running = [health for health in healths if health.is_running]
    found = (
        Unknown(
            dimension,
            tuple(health.project_key for health in running if health.colour(dimension) == "grey"),
        )
        for dimension in DIMENSIONS
    )
    return tuple(row for row in found if row.projects)


def running_projects(view: PortfolioView) -> tuple[RunningProject, ...]:
    """The running projects, the next to end first and those without a stated end last."""
    running = [project for project in view.projects if project_status(project, view.as_of) == "ongoing"]
    running.sort(key=lambda project: (project.present_end is None, project.present_end or "", project.key))
    return tuple(RunningProject(project, days_to_end(project, view.as_of)) for project in running)
