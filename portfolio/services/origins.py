"""Where a value comes from: the change sets that gave a record its values, and the files behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.model.changes import FieldChange, RecordId
from portfolio.services.access import Person, require
from portfolio.services.histories import Origin
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_changes, get_received_file
from portfolio.storage.queries.records import find_project_records
from portfolio.storage.queries.standing_imports import find_typed_cells

FieldId = tuple[str, str, str]
Origins = Mapping[FieldId, Origin]
# What is said of a value, and not a value itself: it stands beside the figure as its source.
_SAID_OF_OTHERS = ("evidence", "source")


def origins_of(database: Database, person: Person, records: Iterable[RecordId]) -> dict[FieldId, Origin]:
    """Where the present value of every field of these records comes from, by (entity, key, field).

    A field that was never set is left out. As many queries for a thousand records as for one.
    """
    require(person, "see")
    return {
        (*origin.change.record, origin.change.field): origin
        for origin in _with_origins(database, find_changes(database, records=records))
    }


def _with_origins(database: Database, found: Iterable[tuple[int, FieldChange]]) -> Iterator[Origin]:
    """The changes with their change sets, and with what was typed over on the screen."""
    change_sets = {row.id: row for row in find_change_sets(database)}
    typed = find_typed_cells(database)
    for number, change in found:
        cell = (number, change.file, change.sheet, change.cell)
        yield Origin(change_sets[number], change, typed.get(cell))


def origins_of_project(database: Database, person: Person, project_key: str) -> dict[FieldId, Origin]:
    """Like `origins_of`, for a project and everything that belongs to it, its sources aside."""
    require(person, "see", project_key)
    records = [
        record for record in find_project_records(database, project_key) if record[0] not in _SAID_OF_OTHERS
    ]
    return origins_of(database, person, records)


def latest_by_record(origins: Origins) -> dict[RecordId, Origin]:
    """The last change of any field of each record; of one change set, the first that names a cell."""
    latest: dict[RecordId, Origin] = {}
    for (entity, key, _), origin in origins.items():
        present = latest.get((entity, key))
        if present is None or _rank(origin) > _rank(present):
            latest[entity, key] = origin
    return latest


def _rank(origin: Origin) -> tuple[int, bool]:
    return (origin.change_set.id, origin.change.cell is not None)


def record_history(database: Database, person: Person, record: RecordId) -> tuple[Origin, ...]:
    """Every change of a record's fields, the newest first."""
    require(person, "see")
    return tuple(_with_origins(database, reversed(find_changes(database, records=[record]))))


def original_file(database: Database, person: Person, sha256: str) -> bytes:
    """The bytes of a file that a change set was read from, as they were received.

    Raises: NotAllowed if the person may not take documents away; NotFound if there is no such file.
    """
    require(person, "export")
    return get_received_file(database, sha256)[1]
