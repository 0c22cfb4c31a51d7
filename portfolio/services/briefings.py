"""What the front page needs in one answer: the overview, what needs attention, what falls due, what runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.services.access import Person
from portfolio.services.attention import attention
from portfolio.services.milestones import MilestoneState
from portfolio.services.money import total_budget
from portfolio.services.overviews import Overview, overview
from portfolio.services.selection import PortfolioFilter
from portfolio.services.signals import Signal
from portfolio.services.statuses import days_to_end, project_status
from portfolio.services.views import PortfolioView, load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_amendments, find_contracts

DUE_DAYS = 90


@dataclass(frozen=True)
class RunningProject:
    """A running project; `days` to its present end, None where the day is not known."""

    project: ProjectRow
    days: int | None


@dataclass(frozen=True)
class Briefing:
    """The front page of the chosen projects on a date.

    `due` are the open milestones expected within 90 days, the next first; `late` those that are late;
    `partly_cyber` is the total budget of the projects of which cyber is only a part.
    """

    view: PortfolioView
    figures: Overview
    signals: tuple[Signal, ...]
    running: tuple[RunningProject, ...]
    due: tuple[MilestoneState, ...]
    partly_cyber: KnownSum

    @property
    def urgent(self) -> tuple[Signal, ...]:
        """The signals that are red or amber."""
        return tuple(signal for signal in self.signals if signal.severity != "info")


def briefing(
    database: Database, person: Person, *, chosen: PortfolioFilter, as_of: dt.date | None = None
) -> Briefing:
    """The front page for what `person` has chosen."""
    view = load_view(database, person, chosen=chosen, as_of=as_of)
    figures = overview(view)
    return Briefing(
        view=view,
        figures=figures,
        signals=attention(
            view.projects,
            view.money,
            [state.milestone for state in view.milestones],
            view.decisions,
            find_contracts(database),
            find_amendments(database),
            view.as_of,
        ),
        running=running_projects(view),
        due=due_milestones(view),
        partly_cyber=KnownSum.over(
            total_budget(project) for project in view.projects if project.key in figures.partly_cyber
        ),
    )


def running_projects(view: PortfolioView) -> tuple[RunningProject, ...]:
    """The running projects, the next to end first and those without a stated end last."""
    running = [project for project in view.projects if project_status(project, view.as_of) == "ongoing"]
    running.sort(key=lambda project: (project.present_end is None, project.present_end or "", project.key))
    return tuple(RunningProject(project, days_to_end(project, view.as_of)) for project in running)


def due_milestones(view: PortfolioView, days: int = DUE_DAYS) -> tuple[MilestoneState, ...]:
    """The open milestones that are expected within `days`, the next first."""
    due = [state for state in view.milestones if state.is_due_within(view.as_of, days)]
    return tuple(sorted(due, key=lambda state: (str(state.due), state.milestone.key)))
