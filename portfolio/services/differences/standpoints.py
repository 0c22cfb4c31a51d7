"""The portfolio from one standpoint: a day, and whether by what is recorded now or was known on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portfolio.dates import standing_on, today
from portfolio.model.report_rows import ReportDueRow
from portfolio.model.result_rows import TrainingRow
from portfolio.model.rows import AmendmentRow, ContractRow, MilestoneRow, ProjectRow
from portfolio.model.standing_rows import ProjectStanding
from portfolio.pauses import collection_paused
from portfolio.services.access import Person
from portfolio.services.health.portfolios import healths
from portfolio.services.health.ratings import Health
from portfolio.services.known_dates import Known, known_on, under
from portfolio.services.milestones import MilestoneState, milestone_state
from portfolio.services.standings import load_standings
from portfolio.services.views import PortfolioView, load_view
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_amendments, find_contracts
from portfolio.storage.queries.reports import find_overrides, find_reports_due
from portfolio.storage.queries.results import find_trainings


@dataclass(frozen=True)
class Standpoint:
    """A day; "now" is what had happened by then, by what is recorded now, "then" what was known then."""

    as_of: dt.date
    known: Known = "now"


@dataclass(frozen=True)
class Frame:
    """Everything that a person may see from one standpoint, whatever the filter chooses.

    `known` is "" for what is recorded in the database that was asked, else what was known and when. It is
    judged by `judged_on`: today, or the day on which it was known.
    """

    standpoint: Standpoint
    view: PortfolioView
    standings: Mapping[str, ProjectStanding]
    health: Mapping[str, Health]
    milestones: tuple[MilestoneRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    amendments: tuple[AmendmentRow, ...] = ()
    trainings: tuple[TrainingRow, ...] = ()
    reports: tuple[ReportDueRow, ...] = ()
    known: str = ""
    judged_on: dt.date | None = None

    @property
    def as_of(self) -> dt.date:
        """The day."""
        return self.standpoint.as_of

    @cached_property
    def milestone_states(self) -> dict[str, MilestoneState]:
        """The projects' own milestones as they stand on the day, by key; context entries count nowhere."""
        own = (row for row in self.milestones if row.about == "project")
        with standing_on(self.judged_on):
            return {row.key: milestone_state(row, self.as_of) for row in own}

    @cached_property
    def projects(self) -> dict[str, ProjectRow]:
        """Every project by key."""
        return {project.key: project for project in self.view.everything}


def load_frame(database: Database, person: Person, standpoint: Standpoint) -> Frame:
    """The portfolio from `standpoint`, all of it at one revision.

    What was known then is judged by the settings that held then. Raises: DataProblem if nothing was recorded
    by then.
    """
    with collection_paused():
        if standpoint.known == "now":
            with reading(database):
                return _frame(database, person, standpoint)
        knowledge = known_on(database, standpoint.as_of)
        with under(knowledge) as former, reading(former):
            return _frame(former, person, standpoint, knowledge.words)


def _frame(database: Database, person: Person, standpoint: Standpoint, known: str = "") -> Frame:
    as_of = standpoint.as_of
    standings = load_standings(database, person, as_of=as_of)
    money = {key: row.money for key, row in standings.items()}
    view = load_view(database, person, as_of=as_of, money=money)
    return Frame(
        standpoint=standpoint,
        view=view,
        standings=standings,
        health=healths(view.everything, standings, find_overrides(database), as_of),
        milestones=find_milestones(database),
        contracts=find_contracts(database),
        amendments=find_amendments(database),
        trainings=find_trainings(database),
        reports=find_reports_due(database),
        known=known or database.known,
        judged_on=today(),
    )
