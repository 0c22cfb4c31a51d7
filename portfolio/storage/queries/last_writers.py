"""Which change set gave each field of some records its present value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from portfolio.model.changes import RecordId
from portfolio.model.history import CHANGE_SETS, CHANGES
from portfolio.storage.engine import Database, reading

_KEYS_AT_ONCE = 500
FieldId = tuple[str, str, str]


@dataclass(frozen=True)
class LastWrite:
    """The last change of a field: its change set, and the file that it came from."""

    change_set: int
    at: str
    by: str
    file: str | None


def find_last_writes(database: Database, records: Iterable[RecordId]) -> dict[FieldId, LastWrite]:
    """The last change of every field of these records, by entity, key and field."""
    keys = sorted({key for _, key in records})
    found: dict[FieldId, LastWrite] = {}
    with reading(database) as connection:
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            chunk = keys[start : start + _KEYS_AT_ONCE]
            # Both engines agree on aggregates alone, so the rest is looked up by the last one of a group.
            last = (
                select(func.max(CHANGES.c.id).label("id"))
                .where(CHANGES.c.key.in_(chunk))
                .group_by(CHANGES.c.entity, CHANGES.c.key, CHANGES.c.field)
                .subquery()
            )
            query = (
                select(CHANGES, CHANGE_SETS.c.at, CHANGE_SETS.c.by)
                .join(last, CHANGES.c.id == last.c.id)
                .join(CHANGE_SETS, CHANGES.c.change_set_id == CHANGE_SETS.c.id)
            )
            for row in connection.execute(query).mappings():
                field = (row["entity"], row["key"], row["field"])
                found[field] = LastWrite(row["change_set_id"], row["at"], row["by"], row["file_name"])
    return found
