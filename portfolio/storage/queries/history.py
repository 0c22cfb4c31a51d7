"""Change sets, their changes, received files and issued workbooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, insert, or_, select, union

from portfolio.errors import NotFound
from portfolio.model.changes import FieldChange, RecordId
from portfolio.model.entities import INPUTS, table_of
from portfolio.model.history import (
    CHANGE_SET_FILES,
    CHANGE_SETS,
    CHANGES,
    ISSUED_WORKBOOKS,
    RECEIVED_FILES,
    RECEIVED_REPORTS,
    IssuedWorkbook,
)
from portfolio.model.rows import ChangeSetRow, RecordState
from portfolio.storage.engine import Database, reading, writing
from portfolio.storage.queries.rows import in_chunks


def find_change_sets(database: Database) -> tuple[ChangeSetRow, ...]:
    """Every change set, the newest first."""
    with reading(database) as connection:
        return _change_sets(connection)


def get_change_set(database: Database, number: int) -> ChangeSetRow:
    """One change set; NotFound if there is none with that number."""
    for change_set in find_change_sets(database):
        if change_set.id == number:
            return change_set
    raise NotFound(f"There is no change set {number}. The history lists every one.")


def _change_sets(connection: Connection) -> tuple[ChangeSetRow, ...]:
    counting = select(CHANGES.c.change_set_id, func.count()).group_by(CHANGES.c.change_set_id)
    counts = {row[0]: row[1] for row in connection.execute(counting)}
    files: dict[int, list[tuple[str, str]]] = {}
    names = CHANGE_SET_FILES.c
    query = select(names.change_set_id, names.name, names.sha256).order_by(names.name)
    for row in connection.execute(query):
        files.setdefault(row.change_set_id, []).append((row.name, row.sha256))
    columns = [column for column in CHANGE_SETS.c if column.name != "token"]
    rows = connection.execute(select(*columns).order_by(CHANGE_SETS.c.id.desc())).mappings().all()
    undone = {row["undoes"]: row["id"] for row in rows if row["undoes"] is not None}
    return tuple(
        ChangeSetRow(
            **row,
            files=tuple(name for name, _ in files.get(row["id"], ())),
            undone_by=undone.get(row["id"]),
            changes=counts.get(row["id"], 0),
            sha256s=tuple(sha256 for _, sha256 in files.get(row["id"], ())),
        )
        for row in rows
    )


def find_changes(
    database: Database,
    change_set_id: int | None = None,
    records: Iterable[RecordId] | None = None,
    about: str | None = None,
) -> tuple[tuple[int, FieldChange], ...]:
    """Number of the change set and change, oldest first; of one change set, or of some records, or all.

    `about` leaves out what cannot belong to the record of that key: neither the change's own key holds it nor
    one of its values is it. What is left may still name it by chance.
    """
    query = select(CHANGES).order_by(CHANGES.c.change_set_id, CHANGES.c.position)
    if change_set_id is not None:
        query = query.where(CHANGES.c.change_set_id == change_set_id)
    if about is not None:
        named = json.dumps(about, ensure_ascii=False)
        holds_it = CHANGES.c.key.contains(about, autoescape=True)
        query = query.where(or_(holds_it, CHANGES.c.old == named, CHANGES.c.new == named))
    if records is not None:
        return _changes_of_records(database, query, set(records))
    with reading(database) as connection:
        rows = connection.execute(query).mappings()
        return tuple((row["change_set_id"], _change(row)) for row in rows)


def _changes_of_records(
    database: Database, query: Select[Any], wanted: set[RecordId]
) -> tuple[tuple[int, FieldChange], ...]:
    found: list[tuple[int, int, FieldChange]] = []
    with reading(database) as connection:
        for keys in in_chunks(key for _, key in wanted):
            for row in connection.execute(query.where(CHANGES.c.key.in_(keys))).mappings():
                if (row["entity"], row["key"]) in wanted:
                    found.append((row["change_set_id"], row["position"], _change(row)))
    found.sort(key=lambda item: item[:2])
    return tuple((number, change) for number, _, change in found)


def _change(row: RowMapping) -> FieldChange:
    return FieldChange(
        row["entity"], row["key"], row["field"], json.loads(row["old"]), json.loads(row["new"]),
        row["kind"], row["file_name"], row["sheet"], row["cell"],
    )  # fmt: skip


def find_states(database: Database, entity: str | None = None) -> dict[RecordId, RecordState]:
    """Every record of one entity, or of all, with all its fields by column name."""
    entities = [entity] if entity else list(INPUTS)
    with reading(database) as connection:
        return {
            (name, row["key"]): dict(row)
            for name in entities
            for row in connection.execute(select(table_of(name)).order_by(table_of(name).c.key)).mappings()
        }


def find_referrers(database: Database, record: RecordId) -> tuple[RecordId, ...]:
    """The records that refer to `record` by a foreign key or as evidence of it."""
    return find_all_referrers(database, [record]).get(record, ())


def find_all_referrers(
    database: Database, records: Iterable[RecordId]
) -> dict[RecordId, tuple[RecordId, ...]]:
    """The records that refer to each of `records`; those to which none refers are left out.

    As many queries for a thousand records of one kind as for one.
    """
    keys: dict[str, list[str]] = {}
    for entity, key in records:
        keys.setdefault(entity, []).append(key)
    found: dict[RecordId, list[RecordId]] = {}
    with reading(database) as connection:
        for entity, wanted in keys.items():
            for child, query, column in _referring(entity):
                for chunk in in_chunks(wanted):
                    for key, parent in connection.execute(query.where(column.in_(chunk))):
                        found.setdefault((entity, parent), []).append((child, key))
    return {record: tuple(referrers) for record, referrers in found.items()}


def _referring(entity: str) -> Iterator[tuple[str, Select[Any], ColumnElement[str]]]:
    """Each kind of record that may refer to `entity`: the question for key and reference, and the latter."""
    for child in INPUTS:
        table = table_of(child)
        for column in table.columns:
            if any(link.column.table.name == entity for link in column.foreign_keys):
                yield child, select(table.c.key, column), column
        if child == "evidence":
            about = table.c.record_key
            yield child, select(table.c.key, about).where(table.c.entity == entity), about


def find_import_of(database: Database, sha256: str) -> ChangeSetRow | None:
    """The change set that imported these bytes and still stands, if any."""
    query = select(CHANGE_SET_FILES.c.change_set_id).where(CHANGE_SET_FILES.c.sha256 == sha256)
    with reading(database) as connection:
        numbers = set(connection.execute(query).scalars())
        standing = [row for row in _change_sets(connection) if row.id in numbers and row.undone_by is None]
    return standing[0] if standing else None


def get_received_file(database: Database, sha256: str) -> tuple[str, bytes]:
    """Name and original bytes of a file that was imported; NotFound if it never was."""
    table = RECEIVED_FILES
    # Files of imports that wait for their owner are kept in the same table, and are nobody else's.
    imported = union(select(CHANGE_SET_FILES.c.sha256), select(RECEIVED_REPORTS.c.sha256))
    query = select(table.c.name, table.c.content)
    with reading(database) as connection:
        row = connection.execute(
            query.where(table.c.sha256 == sha256, table.c.sha256.in_(imported))
        ).one_or_none()
    if row is None:
        raise NotFound("No file with these contents has been imported.")
    return (row.name, row.content)


def record_issued(database: Database, issued: IssuedWorkbook) -> None:
    """Nothing; the snapshot of an issued workbook is kept. The portfolio and its revision do not change."""
    with writing(database) as connection:
        connection.execute(insert(ISSUED_WORKBOOKS), issued.model_dump())


def find_issued(database: Database, template_id: str) -> IssuedWorkbook | None:
    """What a workbook held when it was issued, if this database issued it."""
    with reading(database) as connection:
        row = (
            connection.execute(select(ISSUED_WORKBOOKS).where(ISSUED_WORKBOOKS.c.template_id == template_id))
            .mappings()
            .one_or_none()
        )
    return None if row is None else IssuedWorkbook(**row)
