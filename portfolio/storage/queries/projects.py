"""Projects with their regions, partners, roles and pillars."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from portfolio.errors import NotFound
from portfolio.model.entities import table_of
from portfolio.model.rows import ContributionRow, ParticipationRow, ProjectRow, RoleRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all, grouped

_OWN_COLUMNS = tuple(
    field.name
    for field in fields(ProjectRow)
    if field.name not in {"regions", "participations", "roles", "pillars", "amended_end"}
)


def find_projects(database: Database, *, archived: bool = False) -> tuple[ProjectRow, ...]:
    """Every project by key; those that are archived only where they are asked for, and then they alone."""
    with reading(database) as connection:
        return tuple(row for row in _projects(connection) if (row.archived_on is not None) is archived)


def get_project(database: Database, key: str) -> ProjectRow:
    """One project.

    Raises: NotFound if there is none with that key.
    """
    for archived in (False, True):
        for project in find_projects(database, archived=archived):
            if project.key == key:
                return project
    raise NotFound(f"There is no project '{key}'. The list of projects shows every identifier.")


def find_components(database: Database, project_key: str) -> tuple[str, ...]:
    """The texts of a project's components, in their order."""
    table = table_of("project_component")
    query = select(table.c.text).where(table.c.project_key == project_key).order_by(table.c.position)
    with reading(database) as connection:
        return tuple(connection.execute(query).scalars())


def find_references(database: Database, project_key: str) -> tuple[tuple[str, str], ...]:
    """Kind and value of a project's other identifiers."""
    table = table_of("project_reference")
    query = (
        select(table.c.kind, table.c.value).where(table.c.project_key == project_key).order_by(table.c.key)
    )
    with reading(database) as connection:
        return tuple((row.kind, row.value) for row in connection.execute(query))


def find_references_by_project(database: Database) -> dict[str, tuple[str, ...]]:
    """The values of every project's other identifiers, by project."""
    table = table_of("project_reference")
    found: dict[str, tuple[str, ...]] = {}
    with reading(database) as connection:
        for row in connection.execute(select(table.c.project_key, table.c.value).order_by(table.c.key)):
            found[row.project_key] = (*found.get(row.project_key, ()), row.value)
    return found


def find_contributions(database: Database) -> tuple[ContributionRow, ...]:
    """What other funders add to projects."""
    with reading(database) as connection:
        return find_all(connection, table_of("contribution"), ContributionRow)


def _projects(connection: Connection) -> tuple[ProjectRow, ...]:
    table = table_of("project")
    rows = connection.execute(
        select(*[table.c[name] for name in _OWN_COLUMNS]).order_by(table.c.key)
    ).mappings()
    regions = _regions(connection)
    participations = _participations(connection)
    roles = _roles(connection)
    pillars = _pillars(connection)
    amended = _amended_ends(connection)
    return tuple(
        ProjectRow(
            **row,
            regions=regions.get(row["key"], ()),
            participations=participations.get(row["key"], ()),
            roles=roles.get(row["key"], ()),
            pillars=pillars.get(row["key"], ()),
            amended_end=amended.get(row["key"]),
        )
        for row in rows
    )


def _children(connection: Connection, entity: str, *columns: str) -> dict[str, list[dict[str, Any]]]:
    table = table_of(entity)
    query = select(table.c.project_key, *[table.c[name] for name in columns]).order_by(table.c.key)
    return grouped(connection.execute(query).mappings(), "project_key")


def _regions(connection: Connection) -> dict[str, tuple[str, ...]]:
    found = _children(connection, "project_region", "region")
    return {key: tuple(row["region"] for row in rows) for key, rows in found.items()}


def _participations(connection: Connection) -> dict[str, tuple[ParticipationRow, ...]]:
    names = [field.name for field in fields(ParticipationRow)]
    found = _children(connection, "participation", *names)
    return {key: tuple(ParticipationRow(**row) for row in rows) for key, rows in found.items()}


def _roles(connection: Connection) -> dict[str, tuple[RoleRow, ...]]:
    role, organisation = table_of("project_organisation"), table_of("organisation")
    query = (
        select(
            role.c.project_key, role.c.organisation_key, organisation.c.name, organisation.c.type,
            role.c.role, role.c.name_as_published, role.c.role_as_published,
        )
        .join(organisation, organisation.c.key == role.c.organisation_key)
        .order_by(role.c.key)
    )  # fmt: skip
    found = grouped(connection.execute(query).mappings(), "project_key")
    return {key: tuple(RoleRow(**row) for row in rows) for key, rows in found.items()}


def _pillars(connection: Connection) -> dict[str, tuple[tuple[str, int | None], ...]]:
    found = _children(connection, "project_pillar", "pillar", "share_millionths")
    return {
        key: tuple((row["pillar"], row["share_millionths"]) for row in rows) for key, rows in found.items()
    }


def _amended_ends(connection: Connection) -> dict[str, str]:
    """The end by the last numbered amendment that names one, of each project's contracts."""
    amendment, contract = table_of("amendment"), table_of("contract")
    query = (
        select(contract.c.project_key, amendment.c.new_end)
        .join(contract, contract.c.key == amendment.c.contract_key)
        .where(amendment.c.new_end.is_not(None), amendment.c.signed_on.is_not(None))
        .order_by(contract.c.project_key, amendment.c.number)
    )
    return {row.project_key: row.new_end for row in connection.execute(query)}
