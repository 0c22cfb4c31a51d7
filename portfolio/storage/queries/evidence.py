"""Sources, the evidence of fields, and the context of partners."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from portfolio.model.entities import table_of
from portfolio.model.history import CHANGES
from portfolio.model.rows import ContextRow, EvidenceRow, SourceRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all


def find_sources(database: Database, project_key: str | None = None) -> tuple[SourceRow, ...]:
    """The sources of one project, or of all."""
    table = table_of("source")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, SourceRow, *where)


def find_evidence(database: Database, entity: str | None = None) -> tuple[EvidenceRow, ...]:
    """What fields rest on, of one entity or of all: preferred values before what other sources say."""
    evidence, source = table_of("evidence"), table_of("source")
    names = ("entity", "record_key", "field", "basis", "value_as_stated", "note")
    query = (
        select(evidence.c.key, *[evidence.c[name] for name in names], source.c.url, source.c.title)
        .join(source, source.c.key == evidence.c.source_key, isouter=True)
        .order_by(evidence.c.entity, evidence.c.record_key, evidence.c.field, evidence.c.key)
    )
    if entity is not None:
        query = query.where(evidence.c.entity == entity)
    with reading(database) as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
        said = _said_in(connection)
        later = _later_changes(connection, min(said.values(), default=0))
    return tuple(
        EvidenceRow(**row, is_superseded=_is_superseded(later, row, number))
        for row, number in ((row, said.get(row.pop("key"), 0)) for row in rows)
    )


Later = dict[tuple[str, str, str], list[tuple[int, str, str]]]


def _said_in(connection: Connection) -> dict[str, int]:
    """The change set in which each piece of evidence was written last."""
    query = (
        select(CHANGES.c.key, func.max(CHANGES.c.change_set_id))
        .where(CHANGES.c.entity == "evidence")
        .group_by(CHANGES.c.key)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _later_changes(connection: Connection, change_set_id: int) -> Later:
    """Number, old and new value of every change after a change set, by field; oldest first."""
    names = ("entity", "key", "field", "change_set_id", "old", "new")
    query = (
        select(*[CHANGES.c[name] for name in names])
        .where(CHANGES.c.change_set_id > change_set_id, CHANGES.c.entity != "evidence")
        .order_by(CHANGES.c.id)
    )
    found: Later = {}
    for entity, key, field, number, old, new in connection.execute(query):
        found.setdefault((entity, key, field), []).append((number, old, new))
    return found


def _is_superseded(later: Later, row: dict[str, Any], said_in: int) -> bool:
    """Whether the value has changed since the source was named; one that was set back has not."""
    changes = later.get((row["entity"], row["record_key"], row["field"]), [])
    since = [(old, new) for number, old, new in changes if number > said_in]
    return bool(since) and since[0][0] != since[-1][1]


def find_context(database: Database, partner_code: str | None = None) -> tuple[ContextRow, ...]:
    """The context indicators of one partner, or of all."""
    table = table_of("context_indicator")
    where = () if partner_code is None else (table.c.partner_code == partner_code,)
    with reading(database) as connection:
        return find_all(connection, table, ContextRow, *where)
