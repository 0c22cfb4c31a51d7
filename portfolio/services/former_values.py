"""What fields held before a change set, without what change sets wrote that have been undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from portfolio.model.changes import FieldChange, RecordId, Value
from portfolio.model.rows import ChangeSetRow
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_changes

# A value, and the number of the undone change set that it is from where no value before that one is known.
Former = tuple[Value, int | None]
_History = list[tuple[int, FieldChange]]


class FormerValues:
    """Answers what a field held before the change set `number`, looked up once for all `records`."""

    def __init__(self, database: Database, number: int, records: Iterable[RecordId]) -> None:
        self._undone = _undone(find_change_sets(database))
        self._history: Mapping[tuple[RecordId, str], _History] = {}
        # An undo that leaves a field alone is of a change set before this one; where none was, all is plain.
        if any(other < number for other in self._undone):
            self._history = _by_field(find_changes(database, records=records), number)

    def before(self, change: FieldChange) -> Former:
        """The value that stood before `change`; what an undone change set wrote stands for no value."""
        value: Value = change.old
        for number, earlier in reversed(self._history.get((change.record, change.field), [])):
            if number not in self._undone or earlier.new != value:
                break
            if earlier.kind in ("added", "removed"):
                return value, number
            value = earlier.old
        return value, None


def _undone(change_sets: Iterable[ChangeSetRow]) -> frozenset[int]:
    """The change sets whose undo stands, which may have been undone itself."""
    undone: set[int] = set()
    # An undo is later than what it undoes, and the newest stand first.
    for row in sorted(change_sets, key=lambda row: -row.id):
        if row.undone_by is not None and row.undone_by not in undone:
            undone.add(row.id)
    return frozenset(undone)


def _by_field(
    changes: Iterable[tuple[int, FieldChange]], before: int
) -> dict[tuple[RecordId, str], _History]:
    found: dict[tuple[RecordId, str], _History] = defaultdict(list)
    for number, change in changes:
        if number < before:
            found[change.record, change.field].append((number, change))
    return found
