"""The records of one project as they stand, every field of each, for editing them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from portfolio.model.changes import RecordId
from portfolio.model.entities import INPUTS, columns_of, table_of
from portfolio.model.rows import RecordState
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import in_chunks

# Entities that hang on another record than the project itself: (entity, column, parent entity).
_INDIRECT = (
    ("amendment", "contract_key", "contract"),
    ("payment", "contract_key", "contract"),
    ("clearing", "contract_key", "contract"),
    ("contract_deadline", "contract_key", "contract"),
    ("indicator_value", "indicator_key", "indicator"),
    ("risk_review", "risk_key", "risk"),
    ("evaluation_score", "evaluation_key", "evaluation"),
    ("recommendation", "evaluation_key", "evaluation"),
    ("evidence", "record_key", None),
)
Records = dict[RecordId, RecordState]


def find_project_records(database: Database, project_key: str) -> Records:
    """The project and everything that belongs to it: by table, then by key.

    Decisions, their agreements and the organisations are included where the project's contracts or roles name
    them, although other projects may share them.
    """
    with reading(database) as connection:
        found = _select(connection, "project", "key", [project_key])
        for entity in INPUTS:
            if "project_key" in columns_of(entity):
                found |= _select(connection, entity, "project_key", [project_key])
        for entity, column, parent in _INDIRECT:
            found |= _select(
                connection, entity, column, [key for name, key in found if parent in (None, name)]
            )
        return found | _shared(connection, found)


def _shared(connection: Connection, found: Records) -> Records:
    decisions = {
        str(state["decision_key"]) for (name, _), state in found.items() if state.get("decision_key")
    }
    organisations = {
        str(state["organisation_key"]) for (name, _), state in found.items() if name == "project_organisation"
    }
    return (
        _select(connection, "financing_decision", "key", decisions)
        | _select(connection, "financing_agreement", "decision_key", decisions)
        | _select(connection, "organisation", "key", organisations)
    )


def _select(connection: Connection, entity: str, column: str, values: Iterable[str]) -> Records:
    table = table_of(entity)
    found: Records = {}
    for chunk in in_chunks(values):
        query = select(table).where(table.c[column].in_(chunk)).order_by(table.c.key)
        found |= {(entity, row["key"]): dict(row) for row in connection.execute(query).mappings()}
    return found


def find_names(database: Database, entity: str, column: str) -> dict[str, str]:
    """One column of every record of an entity by key, for choosing among them."""
    table = table_of(entity)
    with reading(database) as connection:
        query = select(table.c.key, table.c[column]).order_by(table.c[column])
        return {row[0]: row[1] for row in connection.execute(query)}
