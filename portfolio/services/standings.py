"""Where the projects that a person may see stand on a date, grouped by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from portfolio.model.standing_rows import ProjectStanding
from portfolio.services.access import Person, may
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.projects import find_project_keys
from portfolio.storage.queries.standings.standings import find_standings


def load_standings(database: Database, person: Person, *, as_of: dt.date) -> Mapping[str, ProjectStanding]:
    """The standing of every project that `person` may see, by key, whatever the filter chooses."""
    with reading(database):
        seen = {key for key in find_project_keys(database) if may(person, "see", key)}
        return {key: row for key, row in find_standings(database, as_of).items() if key in seen}
