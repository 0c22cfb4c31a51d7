"""What the database itself says of its integrity."""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from portfolio.model.entities import INPUTS, table_of
from portfolio.storage.engine import Database, reading


def find_storage_faults(database: Database) -> tuple[str, ...]:
    """What is wrong with the file and with references between records; empty if nothing is."""
    with reading(database) as connection:
        own = _sqlite_faults(connection) if connection.dialect.name == "sqlite" else ()
        return (*own, *_dangling(connection))


def _sqlite_faults(connection: Connection) -> tuple[str, ...]:
    found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    return tuple(str(line) for line in found if line != "ok")


def _dangling(connection: Connection) -> tuple[str, ...]:
    """References that point nowhere: by foreign key, asked of both engines alike, and as evidence."""
    faults: list[str] = []
    for entity in INPUTS:
        table = table_of(entity)
        for link in table.foreign_keys:
            parent = link.column
            column = link.parent
            missing = ~select(parent).where(parent == column).exists()
            query = select(table.c.key, column).where(column.is_not(None), missing)
            faults += [
                f"{entity} {key} refers to {value}, which does not exist"
                for key, value in connection.execute(query)
            ]
    evidence = table_of("evidence")
    for entity in INPUTS:
        about = table_of(entity)
        missing = ~select(about.c.key).where(about.c.key == evidence.c.record_key).exists()
        query = select(evidence.c.key, evidence.c.record_key).where(evidence.c.entity == entity, missing)
        faults += [
            f"evidence {key} is about {value}, which does not exist"
            for key, value in connection.execute(query)
        ]
    return tuple(faults)
