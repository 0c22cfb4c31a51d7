"""What rules across fields are made of: the records of one kind, their dates and numbers, and a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from portfolio.dates import PartialDate
from portfolio.findings import Finding, Severity
from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState

Records = Mapping[RecordId, RecordState]
Rule = Callable[[Records, dt.date], Iterator[Finding]]


def records_of(records: Records, entity: str) -> Iterator[tuple[str, RecordState]]:
    """Key and state of every record of one kind."""
    return ((key, state) for (name, key), state in records.items() if name == entity)


def date_in(state: RecordState, field: str) -> PartialDate | None:
    """The date that a field holds, if it holds one."""
    text = state.get(field)
    return PartialDate.parse(text) if isinstance(text, str) else None


def whole_in(state: RecordState, field: str) -> int | None:
    """The whole number that a field holds, if it holds one: cents, millionths or a count."""
    value = state.get(field)
    return value if isinstance(value, int) else None


def latest_named(states: Iterable[RecordState], field: str) -> int | None:
    """The whole number that the amendment with the highest number names in a field, if one does."""
    named = [state for state in states if state.get(field) is not None]
    return whole_in(max(named, key=lambda state: whole_in(state, "number") or 0), field) if named else None


def record_name(state: RecordState, key: str) -> str:
    """A record as a sentence names it."""
    return f"'{state.get('title') or state.get('statement') or state.get('kind') or key}'"


def rule_finding(
    code: str, severity: Severity, record: RecordId, field: str, value: object, message: str, action: str
) -> Finding:
    """What a rule found in one field of a record."""
    text = None if value is None else str(value)
    return Finding(code, severity, message, action, field=field, value=text, record=record)
