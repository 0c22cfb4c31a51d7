"""The portfolio as it was recorded at an earlier moment: a database of its own, to be read only.

It is a copy in which every later change set is undone, last first. So it costs one copy and what was written
since, however long the history before it is; and because it is a whole database with settings and history,
every query and every service reads it as it reads the present one.
"""

from __future__ import annotations

import json
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, delete, insert, select, union, update

from portfolio.dates import date_label
from portfolio.errors import NotFound
from portfolio.model.changes import RecordId
from portfolio.model.entities import INPUTS, columns_of, table_of
from portfolio.model.history import (
    CHANGE_SET_FILES,
    CHANGE_SETS,
    CHANGES,
    DRAFTS,
    ISSUED_WORKBOOKS,
    MADE_DOCUMENTS,
    RECEIVED_FILES,
    RECEIVED_REPORTS,
    STATE,
    VISITS,
)
from portfolio.storage.backups import backup, copy_rows, make_whole
from portfolio.storage.engine import Database, make_reading_engine, reading, unavailability
from portfolio.storage.migrate import make_tables
from portfolio.storage.process_folders import process_folder
from portfolio.storage.queries.rows import in_chunks

MOST_KEPT = 8
END_OF_DAY = "T23:59:59+00:00"
_Key = tuple[str, str, int, str]
_KEPT: OrderedDict[_Key, Database] = OrderedDict()
# Held for what takes no time; who waits for a copy waits for that one alone.
_LOCK = Lock()


class _Building:
    """Whoever makes one former state; the next who asks for the same one waits."""

    def __init__(self) -> None:
        self.lock = Lock()


_BUILDING: weakref.WeakValueDictionary[_Key, _Building] = weakref.WeakValueDictionary()
_NUMBERS = count(1)


class _File:
    """What every `Database` over the file of a former state has in common: the file goes with the last."""


@dataclass
class _Former:
    """What a record held before the later change sets, as far as they tell.

    `is_whole` says whether they tell all of it: where they removed the record, or where it came with them and
    was not there (`values` is None). Otherwise the rest is as it stands now.
    """

    is_whole: bool = False
    values: dict[str, Any] | None = field(default_factory=dict)

    def put_back(self, name: str, old: Any) -> None:
        """Nothing; the field held `old` before."""
        if self.values is None:
            # Later it was added again, so that going back in time it is here once more.
            self.values = {}
        self.values[name] = old


def former_database(database: Database, revision: int, at: str) -> Database:
    """The portfolio as it stood at `revision`, with the reports received by the moment `at` (ISO 8601, UTC).

    It can only be read. It is kept for the next who asks, the last few of this process; the file of one that
    is no longer kept goes when nobody holds its `Database` any more, all of them at the end of the process.

    Raises: NotFound if the portfolio has not reached that revision; UsageProblem without room for the copy.
    """
    key = (database.url, database.database_id, revision, at)
    with _LOCK:
        building = _BUILDING.setdefault(key, _Building())
    with building.lock:
        with _LOCK:
            found = _KEPT.get(key)
        if found is None or not Path(found.url.removeprefix("sqlite:///")).is_file():
            found = _opened(database, revision, at)
        _keep(key, found)
    return found


def _keep(key: _Key, former: Database) -> None:
    with _LOCK:
        _KEPT[key] = former
        _KEPT.move_to_end(key)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)


def known_words(revision: int, at: str) -> str:
    """How a former portfolio is spoken of: "as known on 30 June 2026 (revision 12)"."""
    hour = "" if at.endswith(END_OF_DAY) else f" at {at[11:16]} UTC"
    return f"as known on {date_label(at[:10])}{hour} (revision {revision})"


def _opened(database: Database, revision: int, at: str) -> Database:
    file = process_folder() / f"{next(_NUMBERS)}-revision-{revision}.sqlite3"
    try:
        _refuse_future(database, revision)
        _copy(database, file)
        _take_back(file, revision, at)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    held, engine = _File(), make_reading_engine(file)
    weakref.finalize(held, _discard, engine, file)
    name = f"{database.database_id}@{revision}"
    return Database(f"sqlite:///{file}", name, engine, known_words(revision, at), at, held)


def _copy(database: Database, file: Path) -> None:
    """Nothing; `file` is a copy of the whole database."""
    if database.engine.dialect.name == "sqlite":
        backup(database, file)
        return
    # As the migrations leave them, and four times as fast.
    make_tables(file)
    copy_rows(database, file)
    make_whole(file)


def _discard(engine: Engine, file: Path) -> None:
    engine.dispose()
    file.unlink(missing_ok=True)


def _refuse_future(database: Database, revision: int) -> None:
    with reading(database) as connection:
        present = connection.execute(select(STATE.c.revision)).scalar_one()
    if not 0 <= revision <= present:
        raise NotFound(f"There is no revision {revision}: the portfolio stands at revision {present}.")


def _take_back(file: Path, revision: int, at: str) -> None:
    """Nothing; the copy in `file` becomes what was recorded at `revision`.

    Foreign keys stay off, as is SQLite's default: records leave and return in any order. No journal is kept,
    because a copy that was not finished is thrown away.
    """
    engine = create_engine(f"sqlite:///{file}")
    try:
        with unavailability(engine), engine.connect() as connection:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            _put_back_records(connection, _before(connection, revision))
            _forget(connection, revision, at)
            connection.commit()
    finally:
        engine.dispose()


def _later(revision: int) -> Select[Any]:
    return select(CHANGE_SETS.c.id).where(CHANGE_SETS.c.revision > revision)


def _before(connection: Connection, revision: int) -> dict[RecordId, _Former]:
    """What each record that was written after `revision` held at it, as far as the later changes tell."""
    former: dict[RecordId, _Former] = {}
    columns = (CHANGES.c.entity, CHANGES.c.key, CHANGES.c.field, CHANGES.c.old, CHANGES.c.kind)
    query = select(*columns).where(CHANGES.c.change_set_id.in_(_later(revision)))
    backwards = query.order_by(CHANGES.c.change_set_id.desc(), CHANGES.c.position.desc())
    for entity, key, name, old, kind in connection.execute(backwards):
        record = former.setdefault((entity, key), _Former())
        record.is_whole |= kind in ("added", "removed")
        if kind == "added":
            record.values = None
        else:
            record.put_back(name, json.loads(old))
    return former


def _put_back_records(connection: Connection, former: dict[RecordId, _Former]) -> None:
    """Nothing; all of one kind leave before any returns, so that none meets another's later values."""
    for entity in INPUTS:
        records = {key: record for (kind, key), record in former.items() if kind == entity}
        rows = list(_rows(connection, entity, records))
        table = table_of(entity)
        for keys in in_chunks(records):
            connection.execute(delete(table).where(table.c.key.in_(keys)))
        if rows:
            connection.execute(insert(table), rows)


def _rows(connection: Connection, entity: str, records: dict[str, _Former]) -> Iterator[dict[str, Any]]:
    """The rows that these records had; what was not there has none."""
    names = set(columns_of(entity))
    present = _present(connection, entity, (key for key, record in records.items() if not record.is_whole))
    for key, record in records.items():
        if record.values is not None:
            values = {name: value for name, value in record.values.items() if name in names}
            yield (_unknown(entity) if record.is_whole else present[key]) | values | {"key": key}


def _present(connection: Connection, entity: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    table = table_of(entity)
    return {
        row["key"]: dict(row)
        for chunk in in_chunks(keys)
        for row in connection.execute(select(table).where(table.c.key.in_(chunk))).mappings()
    }


@lru_cache
def _unknown(entity: str) -> dict[str, Any]:
    """A record of which nothing is known: a removal keeps what was known alone.

    What cannot be unknown and is not kept has come to the model after the removal: it has its default.
    """
    fields = INPUTS[entity].model_fields
    return {
        column.name: None if column.nullable else fields[column.name].get_default()
        for column in table_of(entity).columns
        if column.name != "key"
    }


def _forget(connection: Connection, revision: int, at: str) -> None:
    """Nothing; what was written, received, issued, made, seen or begun later is gone."""
    later = _later(revision)
    for table in (CHANGE_SET_FILES, CHANGES):
        connection.execute(delete(table).where(table.c.change_set_id.in_(later)))
    received = RECEIVED_REPORTS.c
    came_later = received.change_set_id.in_(later) | (received.received_at > at)
    connection.execute(delete(RECEIVED_REPORTS).where(came_later))
    connection.execute(delete(CHANGE_SETS).where(CHANGE_SETS.c.revision > revision))
    for column in (ISSUED_WORKBOOKS.c.issued_at, MADE_DOCUMENTS.c.made_at, VISITS.c.seen_at):
        connection.execute(delete(column.table).where(column > at))
    connection.execute(delete(DRAFTS))
    imported = union(select(CHANGE_SET_FILES.c.sha256), select(received.sha256))
    connection.execute(delete(RECEIVED_FILES).where(RECEIVED_FILES.c.sha256.not_in(imported)))
    connection.execute(update(STATE).values(revision=revision))
