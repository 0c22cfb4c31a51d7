"""Sources, the evidence of fields, and the context of partners."""

from __future__ import annotations

from sqlalchemy import select

from portfolio.model.entities import table_of
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
        select(*[evidence.c[name] for name in names], source.c.url, source.c.title)
        .join(source, source.c.key == evidence.c.source_key, isouter=True)
        .order_by(evidence.c.entity, evidence.c.record_key, evidence.c.field, evidence.c.key)
    )
    if entity is not None:
        query = query.where(evidence.c.entity == entity)
    with reading(database) as connection:
        return tuple(EvidenceRow(**row) for row in connection.execute(query).mappings())


def find_context(database: Database, partner_code: str | None = None) -> tuple[ContextRow, ...]:
    """The context indicators of one partner, or of all."""
    table = table_of("context_indicator")
    where = () if partner_code is None else (table.c.partner_code == partner_code,)
    with reading(database) as connection:
        return find_all(connection, table, ContextRow, *where)
