"""What a form may choose from or open, as far as the person may see it."""

from __future__ import annotations

from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person, may, require, visible
from portfolio.storage.engine import Database
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.queries.records import Records, find_names, find_project_records


def names_of(database: Database, person: Person, entity: str, column: str) -> dict[str, str]:
    """One column of every record of an entity by key, archived projects included, for choosing among them.

    Raises: NotAllowed if the person may not see.
    """
    require(person, "see")
    found = find_names(database, entity, column)
    if entity != "project":
        return found
    return {key: name for key, name in found.items() if may(person, "see", key)}


def archived_projects(database: Database, person: Person) -> tuple[ProjectRow, ...]:
    """The projects that stand on no screen and in no sum, as far as the person may see them."""
    return visible(person, find_projects(database, archived=True))


def records_to_edit(database: Database, person: Person, project_key: str) -> Records:
    """The project and everything that belongs to it, as it stands, for a form.

    Raises: NotAllowed if the person may not edit the project.
    """
    require(person, "edit", project_key)
    return find_project_records(database, project_key)
