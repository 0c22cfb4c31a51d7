"""The names of records for the screens, from what is cached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.model.changes import FieldChange, RecordId
from portfolio.model.rows import RecordState
from portfolio.services.choices import names_of
from portfolio.services.record_names import named_records, record_states
from portfolio.ui.cached import ask
from portfolio.ui.session import current_person


def record_names(changes: Iterable[FieldChange], kept: Iterable[RecordId] = ()) -> dict[RecordId, str]:
    """What each record of the changes is called, and each of the records that are kept as they are."""
    return named_records(changes, kept, _names, _states)


def _names(entity: str, column: str) -> Mapping[str, str]:
    return ask(names_of, current_person(), entity, column)


def _states(entity: str) -> Mapping[RecordId, RecordState]:
    return ask(record_states, current_person(), entity)
