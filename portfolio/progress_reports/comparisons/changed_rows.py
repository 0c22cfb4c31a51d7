"""A row that a report changes, as rules across fields look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portfolio.dates import PartialDate
from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.comparisons.compare import RowResult
from portfolio.progress_reports.tables.tables import FoundTable
from portfolio.progress_reports.values.placeholders import placeholder


@dataclass(frozen=True)
class ChangedRow:
    """One row with what changes in it."""

    table: FoundTable
    result: RowResult

    @cached_property
    def after(self) -> dict[str, Value]:
        """The values of the row as they will be, by field."""
        entered = {entry.spec.key: entry.value for entry in self.result.entries}
        return {**self.result.present.values, **entered}

    @cached_property
    def touched(self) -> frozenset[str]:
        """The fields that change."""
        return frozenset(entry.spec.key for entry in self.result.entries)

    def is_unread(self, field: str) -> bool:
        """Whether something stands in a cell of a new row that nobody could read."""
        cell = self.table.cell(self.result.row, field) if field in self.table.columns else None
        if cell is None or cell.is_blank or field in self.touched:
            return False
        return placeholder(cell.text) is None

    def number(self, field: str) -> int | None:
        """The number that a field will hold."""
        value = self.after.get(field)
        return value if isinstance(value, int) else None

    def date(self, field: str) -> PartialDate | None:
        """The date that a field will hold."""
        value = self.after.get(field)
        return PartialDate.parse(value) if isinstance(value, str) else None

    def says(self, code: str, field: str, value: str | None = None, **facts: object) -> Iterator[Finding]:
        """The finding at a cell of the row; none where the column of the cell is gone."""
        if field in self.table.columns:
            spec = self.table.spec.spec_for(self.result.key, field)
            yield finding(code, self.table.place(self.result.row, spec), value, **facts)

    def future_dates(self, as_of: dt.date, *fields: str) -> Iterator[Finding]:
        """What is reported as past and lies after `as_of`."""
        for field in fields:
            date = self.date(field) if field in self.touched else None
            if date is not None and date.first > as_of:
                yield from self.says("RULE_IN_FUTURE", field, str(date), today=as_of.isoformat())
