"""Where the projects that a person may see stand on a date, grouped by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields

from portfolio.model.standing_rows import ProjectStanding
from portfolio.services.access import Person, may
from portfolio.services.milestones import MilestoneCounts
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.projects import find_project_keys
from portfolio.storage.queries.standings.standings import find_standings


def load_standings(database: Database, person: Person, *, as_of: dt.date) -> Mapping[str, ProjectStanding]:
    """The standing of every project that `person` may see, by key, whatever the filter chooses."""
    with reading(database):
        seen = {key for key in find_project_keys(database) if may(person, "see", key)}
        return {key: row for key, row in find_standings(database, as_of).items() if key in seen}


def milestone_totals(standings: Iterable[ProjectStanding]) -> MilestoneCounts:
    """How many milestones of several projects are done, late and due."""
    listed = [standing.milestones for standing in standings]
    return MilestoneCounts(
        **{field.name: sum(getattr(row, field.name) for row in listed) for field in fields(MilestoneCounts)}
    )
