"""The one write path: a change set, applied in one transaction, kept for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from portfolio.dates import now_utc
from portfolio.errors import AlreadyApplied, ClashingRecord, InvalidRecord, StaleChange
from portfolio.model.changes import ChangeSetDraft, FieldChange, RecordId, Value, by_record
from portfolio.model.entities import INSERT_ORDER, table_of, validated
from portfolio.model.history import CHANGE_SET_FILES, CHANGE_SETS, CHANGES, RECEIVED_FILES, STATE
from portfolio.storage.engine import Database, writing

Grouped = list[tuple[RecordId, list[FieldChange]]]
_KEYS_AT_ONCE = 500
_ROWS_AT_ONCE = 5_000
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


def apply_change_set(database: Database, draft: ChangeSetDraft) -> int:
    """The number of the change set that `draft` became.

    Everything is written in one transaction, or nothing is; the portfolio's revision goes up by one.

    Raises: AlreadyApplied if a change set with its token was applied before; StaleChange if a field no longer
            holds the `old` value of its change; InvalidRecord if a record would break a rule of the model,
            ClashingRecord if that shows only beside the records that are there.
    """
    with writing(database) as connection:
        return apply_on(connection, draft)


def apply_on(connection: Connection, draft: ChangeSetDraft) -> int:
    """Like `apply_change_set`, inside a write transaction that is already open."""
    revision = _next_revision(connection)
    _refuse_second(connection, draft.token)
    grouped = by_record(draft.changes)
    before = _present_states(connection, (record for record, _ in grouped))
    _refuse_stale(grouped, before)
    try:
        _write_records(connection, grouped, before)
    except IntegrityError as problem:
        raise ClashingRecord(
            "Nothing was applied: one of the records is there already, or belongs to one that is not there. "
            "Preview again."
        ) from problem
    return _keep(connection, draft, revision)


def _next_revision(connection: Connection) -> int:
    # FOR UPDATE makes writers on PostgreSQL queue; SQLite began with BEGIN IMMEDIATE and ignores it.
    present: int = connection.execute(select(STATE.c.revision).with_for_update()).scalar_one()
    connection.execute(update(STATE).values(revision=present + 1))
    return present + 1


def _refuse_second(connection: Connection, token: str | None) -> None:
    """Nothing, unless the preview was applied before. Writers come one after another, so none slips in."""
    if token is None:
        return
    first = connection.execute(select(CHANGE_SETS).where(CHANGE_SETS.c.token == token)).mappings().first()
    if first is not None:
        raise AlreadyApplied(
            f"This preview was applied before, by {first['by']} as change set {first['id']}; nothing is "
            "applied a second time. Check the file again to see how it stands now."
        )


def _present_states(connection: Connection, records: Iterable[RecordId]) -> dict[RecordId, dict[str, Value]]:
    keys: dict[str, list[str]] = {}
    for entity, key in records:
        keys.setdefault(entity, []).append(key)
    states: dict[RecordId, dict[str, Value]] = {}
    for entity, wanted in keys.items():
        table = table_of(entity)
        for chunk in _in_chunks(wanted):
            for row in connection.execute(select(table).where(table.c.key.in_(chunk))).mappings():
                states[entity, row["key"]] = dict(row)
    return states


def _in_chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[start : start + _KEYS_AT_ONCE]


def _refuse_stale(grouped: Grouped, before: Mapping[RecordId, Mapping[str, Value]]) -> None:
    stale: list[tuple[str, str, str]] = []
    for record, changes in grouped:
        state = before.get(record)
        is_new = changes[0].kind == "added"
        if is_new != (state is None):
            stale.append((*record, changes[0].field))
            continue
        if state is not None:
            stale += [(*record, field) for field in _changed_since(changes, state)]
    if stale:
        entity, key, field = stale[0]
        more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
        raise StaleChange(
            f"Nothing was applied: {field} of {entity} {key}{more} has changed "
            "since the preview. Preview again.",
            tuple(stale),
        )


def _changed_since(changes: list[FieldChange], state: Mapping[str, Value]) -> Iterator[str]:
    """The fields that do not hold what the changes of their record expect."""
    expected = {change.field: change.old for change in changes}
    if all(change.kind == "removed" for change in changes):
        # What was unknown when the removal was planned and is known now would be lost with its record.
        expected = {field: None for field in state if field != "key"} | expected
    yield from (field for field, old in expected.items() if state[field] != old)


def _write_records(
    connection: Connection, grouped: Grouped, before: Mapping[RecordId, Mapping[str, Value]]
) -> None:
    added: dict[str, list[dict[str, Value]]] = {}
    removed: dict[str, list[str]] = {}
    changed: dict[tuple[str, tuple[str, ...]], list[dict[str, Value]]] = {}
    for (entity, key), changes in grouped:
        kinds = {change.kind for change in changes}
        new_values = {change.field: change.new for change in changes}
        if kinds == {"added"}:
            added.setdefault(entity, []).append(validated(entity, {**new_values, "key": key}))
        elif kinds == {"removed"}:
            removed.setdefault(entity, []).append(key)
        elif kinds <= {"changed", "erased"}:
            values = validated(entity, {**before[entity, key], **new_values})
            names = tuple(sorted(new_values))
            row = {"at_key": key} | {name: values[name] for name in names}
            changed.setdefault((entity, names), []).append(row)
        else:
            raise InvalidRecord(
                f"{entity} {key} cannot be both added, changed and removed in one change set."
            )
    for (entity, _), rows in changed.items():
        table = table_of(entity)
        connection.execute(update(table).where(table.c.key == bindparam("at_key")), rows)
    for entity in INSERT_ORDER:
        if entity in added:
            connection.execute(insert(table_of(entity)), added[entity])
    _remove(connection, removed)


def _remove(connection: Connection, removed: Mapping[str, list[str]]) -> None:
    """Nothing; children leave before the records that they belong to."""
    for entity in reversed(INSERT_ORDER):
        table = table_of(entity)
        for chunk in _in_chunks(removed.get(entity, [])):
            connection.execute(delete(table).where(table.c.key.in_(chunk)))


def _keep(connection: Connection, draft: ChangeSetDraft, revision: int) -> int:
    at = now_utc().isoformat()
    values = {
        "revision": revision, "at": at, "by": draft.by, "kind": draft.kind,
        "reason": draft.reason, "undoes": draft.undoes, "token": draft.token,
    }  # fmt: skip
    number: int = connection.execute(insert(CHANGE_SETS).returning(CHANGE_SETS.c.id), values).scalar_one()
    for file in draft.files:
        same_bytes = select(RECEIVED_FILES.c.sha256).where(RECEIVED_FILES.c.sha256 == file.sha256)
        if connection.execute(same_bytes).first() is None:
            stored = {"sha256": file.sha256, "name": file.name, "received_at": at, "content": file.content}
            connection.execute(insert(RECEIVED_FILES), stored)
        link = {"change_set_id": number, "sha256": file.sha256, "name": file.name}
        connection.execute(insert(CHANGE_SET_FILES), link | {"corrections": file.corrections})
    for start in range(0, len(draft.changes), _ROWS_AT_ONCE):
        changes = enumerate(draft.changes[start : start + _ROWS_AT_ONCE], start)
        rows = [_change_values(number, position, change) for position, change in changes]
        _insert_all(connection, CHANGES, rows)
    return number


def _insert_all(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    """Nothing; the rows are written as they are: texts, numbers and nothing that the library would convert.

    Handed to the driver in one piece, they take half the time that the library needs for as many rows.
    """
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    places = getattr(statement, "positiontup", None)
    values = rows if places is None else [tuple(row[name] for name in places) for row in rows]
    connection.exec_driver_sql(str(statement), values)


def _change_values(number: int, position: int, change: FieldChange) -> dict[str, object]:
    return {
        "change_set_id": number, "position": position, "entity": change.entity, "key": change.key,
        "field": change.field, "old": _AS_JSON(change.old), "new": _AS_JSON(change.new), "kind": change.kind,
        "file_name": change.file, "sheet": change.sheet, "cell": change.cell,
    }  # fmt: skip
