"""The changes that filled rows make to the records behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portfolio.model.changes import FieldChange, Value, added_record, removed_record
from portfolio.progress_reports.compare import Entry, RowResult
from portfolio.progress_reports.records import PresentState, Values


def changes_of_rows(
    sheet_key: str, rows: Iterable[RowResult], state: PresentState, file: str
) -> Iterator[FieldChange]:
    """The changes of one table, each with the file, the sheet and the cell that it comes from."""
    for result in rows:
        if result.entries:
            yield from _CHANGES_OF[sheet_key](result, state, file)


def _milestone(result: RowResult, state: PresentState, file: str) -> Iterator[FieldChange]:
    if result.present.record_key is not None:
        for entry in result.entries:
            yield _field_change("milestone", result.present.record_key, entry, result.present.values, file)
        return
    # Every field that the new record will hold is listed, the ones with a fixed value too.
    values: dict[str, Value] = {entry.spec.key: entry.value for entry in result.entries}
    values |= {"project_key": state.project.key, "about": "project", "contractual": False}
    places = {entry.spec.key: entry for entry in result.entries}
    for change in added_record("milestone", result.key, values):
        yield _placed(change, places.get(change.field, result.entries[0]), file)


def _incurred_cost(result: RowResult, state: PresentState, file: str) -> Iterator[FieldChange]:
    entry, record = result.entries[0], result.present.record_key
    values: dict[str, Value] = {
        "project_key": state.project.key, "period": str(state.period), "heading": result.key,
    }  # fmt: skip
    changes: Iterable[FieldChange]
    if record is None:
        key = f"{state.project.key}/{state.period}/{result.key}"
        changes = added_record("incurred_cost", key, values | {"amount_cents": entry.value})
    elif entry.value is None:
        # A cost that is not known is no record: erasing the amount removes it.
        amount = result.present.values["amount_cents"]
        changes = removed_record("incurred_cost", record, values | {"amount_cents": amount})
    else:
        changes = (_field_change("incurred_cost", record, entry, result.present.values, file),)
    return (_placed(change, entry, file) for change in changes)


def _field_change(entity: str, key: str, entry: Entry, before: Values, file: str) -> FieldChange:
    old = before[entry.spec.key]
    kind = FieldChange(
        entity, key, entry.spec.key, old, entry.value, "erased" if entry.value is None else "changed"
    )
    return _placed(kind, entry, file)


def _placed(change: FieldChange, entry: Entry, file: str) -> FieldChange:
    return replace(change, file=file, sheet=entry.place.sheet, cell=entry.place.cell)


_CHANGES_OF: dict[str, Callable[[RowResult, PresentState, str], Iterator[FieldChange]]] = {
    "milestones": _milestone,
    "money": _incurred_cost,
}
