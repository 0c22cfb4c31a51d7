"""Who set the values of one project last: looked up once, when the first conflict asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from portfolio.dates import date_label
from portfolio.model.changes import RecordId
from portfolio.progress_reports.comparisons.conflicts import Writer
from portfolio.progress_reports.comparisons.records import PresentState
from portfolio.storage.engine import Database
from portfolio.storage.queries.last_writers import FieldId, LastWrite, find_last_writes
from portfolio.storage.queries.standing_imports import find_standing_imports


class LastWriters:
    """Answers who set a field of the records of one project and period last."""

    def __init__(self, database: Database, present: PresentState) -> None:
        self._database, self._present = database, present

    def __call__(self, entity: str, key: str, field_name: str) -> Writer | None:
        """Who set the field, None where the history does not tell."""
        last = self._writes.get((entity, key, field_name))
        if last is None:
            return None
        is_same_report = last.change_set in self._imports
        return Writer(last.by, date_label(last.at[:10]), last.change_set, last.file, is_same_report)

    @cached_property
    def _writes(self) -> dict[FieldId, LastWrite]:
        return find_last_writes(self._database, self._records())

    @cached_property
    def _imports(self) -> frozenset[int]:
        return find_standing_imports(self._database, self._present.project.key, str(self._present.period))

    def _records(self) -> Iterator[RecordId]:
        """The records behind the rows; what entity each is does not matter, since keys are looked up."""
        for rows in self._present.rows.values():
            for key, row in rows.items():
                yield "", row.record_key or key
