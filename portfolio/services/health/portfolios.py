"""The health of every project of a portfolio, from rows that the database has grouped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from portfolio.model.report_rows import OverrideRow
from portfolio.model.rows import ProjectRow
from portfolio.model.standing_rows import ProjectStanding
from portfolio.services.access import Person, visible
from portfolio.services.health.ratings import Health, State, health_of
from portfolio.services.standings import load_standings
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.queries.reports import find_overrides

# The order of a list: what is off track first, and what has no health last.
STATES: tuple[State, ...] = ("red", "amber", "green", "grey", "unknown", "planned", "closed")


def load_health(database: Database, person: Person, *, as_of: dt.date) -> Mapping[str, Health]:
    """The health of every project that `person` may see, by key, whatever the filter chooses."""
    with reading(database):
        projects = visible(person, find_projects(database, as_of=as_of))
        standings = load_standings(database, person, as_of=as_of)
        return healths(projects, standings, find_overrides(database), as_of)


def healths(
    projects: Iterable[ProjectRow],
    standings: Mapping[str, ProjectStanding],
    overrides: Iterable[OverrideRow],
    as_of: dt.date,
) -> dict[str, Health]:
    """The health of each of these projects on `as_of`, by key."""
    beside: dict[str, list[OverrideRow]] = {}
    for row in overrides:
        beside.setdefault(row.project_key, []).append(row)
    return {
        project.key: health_of(project, standings[project.key], as_of, beside.get(project.key, ()))
        for project in projects
    }


def worst_first(
    projects: Iterable[ProjectRow], health: Mapping[str, Health]
) -> tuple[tuple[ProjectRow, Health], ...]:
    """These projects with their health: the worst first, then those with more red, by acronym at last."""
    found = [(project, health[project.key]) for project in projects]
    return tuple(sorted(found, key=lambda entry: (*_urgency(entry[1]), entry[0].acronym.casefold())))


def _urgency(health: Health) -> tuple[int, int, int]:
    colours = [rating.colour for rating in health.ratings]
    return (STATES.index(health.state), -colours.count("red"), -colours.count("amber"))
