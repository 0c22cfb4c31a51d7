"""The changes that filled rows make to the records behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portfolio.findings import Finding
from portfolio.model.changes import FieldChange, Value, added_record, changed_fields, removed_record
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.comparisons.compare import RowResult
from portfolio.progress_reports.comparisons.indicator_rows import (
    IDENTIFYING_FIELDS,
    REPORTED_FIELDS,
    record_key,
)
from portfolio.progress_reports.comparisons.records import PresentState, Values
from portfolio.progress_reports.fields.columns import ACTION_KEY, SheetSpec
from portfolio.progress_reports.fields.project_sheet import form_item
from portfolio.progress_reports.tables.tables import FoundTable

SUBMITTED = "submitted"


@dataclass(frozen=True)
class _Target:
    """The record that a row is kept in.

    `new_key` is the key it gets if it is new, `fixed` what no cell of the row says, `before` what its cells
    stand for now, by field. Where nothing of `needed` is known there is no record: none is made, and one
    that loses the last of them leaves.
    """

    entity: str
    new_key: str
    fixed: Values
    before: Values
    needed: tuple[str, ...] = ()

    def is_kept(self, values: Values) -> bool:
        """Whether a record with such values is one."""
        return not self.needed or any(values.get(name) is not None for name in self.needed)


def changes_of_rows(
    table: FoundTable, rows: Iterable[RowResult], state: PresentState, file: str
) -> Iterator[FieldChange]:
    """The changes of one table, each with the file, the sheet and the cell that it comes from."""
    target_of = _TARGETS.get(table.spec.key, _own_record)
    for result in rows:
        if result.entries or result.removes:
            changes = _changes(table.spec, result, target_of(table.spec, result, state))
            yield from _placed(changes, table, result, file)


def leaving_rows(table: FoundTable, rows: Iterable[RowResult], state: PresentState) -> Iterator[Finding]:
    """A warning for each record that leaves because nothing of what it can hold is left after CLEAR."""
    target_of = _TARGETS.get(table.spec.key, _own_record)
    for result in rows:
        if result.entries and not result.removes and result.present.record_key is not None:
            target = target_of(table.spec, result, state)
            # A record of one value alone is that value: everybody who erases it means the record.
            is_kept = target.is_kept({**target.before, **_entered(table.spec, result)})
            if len(target.needed) > 1 and not is_kept:
                entry = result.entries[0]
                yield finding("CLEAR_REMOVES_ROW", entry.place)


def _changes(spec: SheetSpec, result: RowResult, target: _Target) -> Iterator[FieldChange]:
    """The record of a row added, changed or removed; of a new one every field is listed, as it will be."""
    record, entered = result.present.record_key, _entered(spec, result)
    is_kept = not result.removes and target.is_kept({**target.before, **entered})
    if record is None and is_kept:
        defaults = {field.key: field.default for field in spec.fields if field.default is not None}
        unsaid = {name: value for name, value in {**target.fixed, **defaults}.items() if name not in entered}
        yield from added_record(target.entity, target.new_key, {**entered, **unsaid})
    elif record is not None and is_kept:
        yield from changed_fields(target.entity, record, target.before, entered)
    elif record is not None:
        yield from removed_record(target.entity, record, {**target.fixed, **target.before})


def _entered(spec: SheetSpec, result: RowResult) -> dict[str, Value]:
    """The new values of a row by field."""
    entered = {spec.stored_as(entry.spec)[1]: entry.value for entry in result.entries}
    # What an implementer reports again is for the officer to approve again.
    return entered | {"status": SUBMITTED} if spec.entity == "indicator_value" else entered


def _placed(
    changes: Iterable[FieldChange], table: FoundTable, result: RowResult, file: str
) -> Iterator[FieldChange]:
    """The changes with their cells; what follows from the row as a whole stands at its first entry."""
    cells = {table.spec.stored_as(entry.spec)[1]: entry.place for entry in result.entries}
    if result.removes:
        cells, whole = {}, table.place(result.row, table.spec.field(ACTION_KEY))
    else:
        whole = result.entries[0].place
    for change in changes:
        place = cells.get(change.field, whole)
        yield FieldChange(
            change.entity, change.key, change.field, change.old, change.new, change.kind,
            file, place.sheet, place.cell,
        )  # fmt: skip


def _before(spec: SheetSpec, result: RowResult) -> dict[str, Value]:
    """What the cells of a row stand for now, by field; what is shown and never entered is left out."""
    return {
        spec.stored_as(field)[1]: result.present.values.get(field.key)
        for field in spec.fields
        if field.access != "locked" and field.key != ACTION_KEY
    }


def _own_record(spec: SheetSpec, result: RowResult, state: PresentState) -> _Target:
    return _Target(spec.entity, result.key, {"project_key": state.project.key}, _before(spec, result))


def _milestone(spec: SheetSpec, result: RowResult, state: PresentState) -> _Target:
    fixed: Values = {"project_key": state.project.key, "about": "project", "contractual": False}
    return _Target(spec.entity, result.key, fixed, _before(spec, result))


def _incurred_cost(spec: SheetSpec, result: RowResult, state: PresentState) -> _Target:
    project, period = state.project.key, str(state.period)
    fixed = {"project_key": project, "period": period, "heading": result.key}
    before = _before(spec, result)
    return _Target(spec.entity, f"{project}/{period}/{result.key}", fixed, before, ("amount_cents",))


def _indicator_value(spec: SheetSpec, result: RowResult, state: PresentState) -> _Target:
    present = result.present.values
    before = _before(spec, result) | {"status": present.get("status")}
    named = {name: before[name] for name in IDENTIFYING_FIELDS}
    new_key = result.key if result.is_new else record_key(result.key, str(state.period))
    return _Target(spec.entity, new_key, {**named, "period": str(state.period)}, before, REPORTED_FIELDS)


def _form_row(spec: SheetSpec, result: RowResult, state: PresentState) -> _Target:
    item, present = form_item(result.key), result.present.values
    project, period = state.project.key, str(state.period)
    if item.entity == "project":
        return _Target("project", project, {}, {item.code: present.get("value")})
    fixed = {"project_key": project, "period": period, **item.told_by}
    before = {field: present.get(column) for column, field in item.columns.items()}
    new_key = "/".join((project, period, *item.told_by.values()))
    return _Target(item.entity, new_key, fixed, before, (item.value.stored,))


_TARGETS: dict[str, Callable[[SheetSpec, RowResult, PresentState], _Target]] = {
    "project": _form_row,
    "milestones": _milestone,
    "money": _incurred_cost,
    "indicators": _indicator_value,
}
