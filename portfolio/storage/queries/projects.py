"""Projects with their regions, partners, roles and pillars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select, true

from portfolio.dates import PartialDate
from portfolio.errors import NotFound
from portfolio.model.entities import table_of
from portfolio.model.rows import ContributionRow, ParticipationRow, ProjectRow, RoleRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.reduced_dates import happened_by, was_signed
from portfolio.storage.queries.rows import find_all
from portfolio.storage.queries.standings.money import is_before_contract

_OWN_COLUMNS = tuple(
    field.name
    for field in fields(ProjectRow)
    if field.name not in {"regions", "participations", "roles", "pillars", "amended_end", "end_contradicts"}
)

_PARTICIPATION_COLUMNS = tuple(field.name for field in fields(ParticipationRow) if field.name != "told_on")


def find_projects(
    database: Database, *, archived: bool = False, as_of: dt.date | None = None
) -> tuple[ProjectRow, ...]:
    """Every project by key; those that are archived only where they are asked for, and then they alone.

    With `as_of`, the amended end is that of the amendments that were signed by then. Where the first that
    moves an end was signed later, the end last published is left out with it. A partner counts as suspended
    if it was on that day.
    """
    with reading(database) as connection:
        found = list(_projects(connection, as_of))
    return tuple(row for row in found if (row.archived_on is not None) is archived)


def find_project_keys(database: Database) -> tuple[str, ...]:
    """The keys of the projects that are not archived."""
    table = table_of("project")
    with reading(database) as connection:
        query = select(table.c.key).where(table.c.archived_on.is_(None)).order_by(table.c.key)
        return tuple(connection.execute(query).scalars())


def get_project(database: Database, key: str, *, as_of: dt.date | None = None) -> ProjectRow:
    """One project; `as_of` as in `find_projects`.

    Raises: NotFound if there is none with that key.
    """
    for archived in (False, True):
        for project in find_projects(database, archived=archived, as_of=as_of):
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


def _projects(connection: Connection, as_of: dt.date | None) -> Iterator[ProjectRow]:
    table = table_of("project")
    regions = _children(connection, "project_region", "region")
    pillars = _children(connection, "project_pillar", "pillar", "share_millionths")
    participations = _children(connection, "participation", *_PARTICIPATION_COLUMNS)
    roles = _roles(connection)
    ends, amended_later = _ends(connection, as_of)
    query = select(*[table.c[name] for name in _OWN_COLUMNS]).order_by(table.c.key)
    for row in connection.execute(query).all():
        own: dict[str, Any] = dict(zip(_OWN_COLUMNS, row, strict=True))
        key = own["key"]
        if key in amended_later:
            # What is published is what an amendment of a later day made of the end.
            own["end_current"] = None
        is_first = key in amended_later and own["end_original"] is not None
        amended_end, contradicts = (None, False) if is_first else ends.get(key, (None, False))
        yield ProjectRow(
            **own,
            regions=tuple(region for (region,) in regions.get(key, ())),
            participations=tuple(_participation(values, as_of) for values in participations.get(key, ())),
            roles=tuple(roles.get(key, ())),
            pillars=tuple((pillar, share) for pillar, share in pillars.get(key, ())),
            amended_end=amended_end,
            end_contradicts=contradicts,
        )


def _participation(values: tuple[Any, ...], as_of: dt.date | None) -> ParticipationRow:
    own: dict[str, Any] = dict(zip(_PARTICIPATION_COLUMNS, values, strict=True))
    return ParticipationRow(**own, told_on=as_of)


def _children(connection: Connection, entity: str, *columns: str) -> dict[str, list[tuple[Any, ...]]]:
    """The columns' values of each record that hangs on a project, by project and then by key."""
    table = table_of(entity)
    query = select(table.c.project_key, *[table.c[name] for name in columns]).order_by(table.c.key)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in connection.execute(query).all():
        found.setdefault(row[0], []).append(tuple(row[1:]))
    return found


def _roles(connection: Connection) -> dict[str, list[RoleRow]]:
    role, organisation = table_of("project_organisation"), table_of("organisation")
    query = (
        select(
            role.c.project_key, role.c.organisation_key, organisation.c.name, organisation.c.type,
            role.c.role, role.c.name_as_published, role.c.role_as_published,
        )
        .join(organisation, organisation.c.key == role.c.organisation_key)
        .order_by(role.c.key)
    )  # fmt: skip
    found: dict[str, list[RoleRow]] = {}
    for key, *values in connection.execute(query).all():
        found.setdefault(key, []).append(RoleRow(*values))
    return found


def _ends(
    connection: Connection, as_of: dt.date | None
) -> tuple[dict[str, tuple[str | None, bool]], frozenset[str]]:
    """The latest end of each project's contracts, by `_contract_ends`, where an end was moved at any time.

    None, and True, where one of them is not known: it may be the latest. Besides, the projects of which no
    end had been moved by the date: what their contracts end by is as first signed.
    """
    amended = _contract_ends(connection, as_of)
    moved = amended if as_of is None else _contract_ends(connection, None)
    found: dict[str, dict[str, str | None]] = {}
    for project_key, key, end in _first_ends(connection, as_of):
        if project_key in moved:
            found.setdefault(project_key, {})[key] = end
    for project_key, ends in amended.items():
        found[project_key] = found.get(project_key, {}) | ends
    latest = {key: _latest_end(ends.values()) for key, ends in found.items()}
    return latest, frozenset(moved.keys() - amended.keys())


def _first_ends(connection: Connection, as_of: dt.date | None) -> list[tuple[str, str, str]]:
    """Project, contract and the end as first signed, of the contracts that had been signed by the date."""
    contract = table_of("contract").c
    signed = true() if as_of is None else happened_by(contract.signed_on, as_of)
    query = (
        select(contract.project_key, contract.key, contract.end)
        .where(contract.end.is_not(None), signed)
        .order_by(contract.key)
    )
    return [(row.project_key, row.key, row.end) for row in connection.execute(query)]


def _contract_ends(connection: Connection, as_of: dt.date | None) -> dict[str, dict[str, str | None]]:
    """The end by the last numbered amendment that names one, of each amended contract, by project.

    None where that amendment is dated before its contract: nobody knows what it changed.
    """
    amendment, contract = table_of("amendment"), table_of("contract")
    query = (
        select(contract.c.project_key, contract.c.key, amendment.c.new_end, is_before_contract())
        .join(contract, contract.c.key == amendment.c.contract_key)
        .where(amendment.c.new_end.is_not(None), was_signed(amendment.c.signed_on, as_of))
        .order_by(contract.c.project_key, contract.c.key, amendment.c.number, amendment.c.key)
    )
    found: dict[str, dict[str, str | None]] = {}
    for project_key, key, end, contradicts in connection.execute(query).all():
        found.setdefault(project_key, {})[key] = None if contradicts else end
    return found


def _latest_end(ends: Iterable[str | None]) -> tuple[str | None, bool]:
    """Of reduced dates the one whose last day is the latest; of two with the same, the more precise."""
    listed = list(ends)
    known = [PartialDate.parse(end) for end in listed if end is not None]
    if len(known) < len(listed):
        return None, True
    return str(max(known, key=lambda end: (end.last, end.first))), False
