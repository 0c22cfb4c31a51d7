"""The history: what every change set changed, where a value comes from, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.errors import DataProblem
from portfolio.model.changes import (
    ChangeSetDraft,
    FieldChange,
    RecordId,
    added_record,
    by_record,
    removed_record,
)
from portfolio.model.entities import INSERT_ORDER
from portfolio.model.rows import ChangeSetRow, RecordState
from portfolio.services.access import Person, require
from portfolio.services.change_words import entity_label, field_label
from portfolio.services.former_values import FormerValues
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import (
    find_all_referrers,
    find_change_sets,
    find_changes,
    find_states,
    get_change_set,
)
from portfolio.storage.queries.standing_imports import find_typed_cells
from portfolio.storage.unit_of_work import apply_change_set


@dataclass(frozen=True)
class Kept:
    """A field or record that an undo leaves as it is, and why."""

    entity: str
    key: str
    field: str | None
    reason: str


@dataclass(frozen=True)
class UndoPlan:
    """What undoing a change set would do, exactly as it is applied, and what it keeps, with the reason."""

    change_set: ChangeSetRow
    changes: tuple[FieldChange, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class UndoResult:
    """An undo that was applied: the plan, and the number of the new change set."""

    plan: UndoPlan
    change_set: int


@dataclass(frozen=True)
class Origin:
    """The change set that gave a field its present value.

    `typed_over` is what stood in the cell of the file ("" for nothing) where another text was typed for it on
    the screen; None where the value is the file's own.
    """

    change_set: ChangeSetRow
    change: FieldChange
    typed_over: str | None = None


def change_sets(
    database: Database, person: Person, *, project_key: str | None = None
) -> tuple[ChangeSetRow, ...]:
    """The change sets, newest first; of one project, those that touch it or one of its records."""
    require(person, "see", project_key)
    rows = find_change_sets(database)
    if project_key is None:
        return rows
    found = find_changes(database, about=project_key)
    touched = {number for number, change in found if belongs_to(change, project_key)}
    return tuple(row for row in rows if row.id in touched)


def belongs_to(change: FieldChange, project_key: str) -> bool:
    """Whether a change is of the project or of a record that belongs to it."""
    return project_key in parts_of(change)


def parts_of(change: FieldChange) -> tuple[str, ...]:
    """The keys that say where a change belongs: the parts of its record's key, and what it refers to.

    The key of a project's record has the project's key as one of its parts, that of its evidence too.
    """
    values = [value for value in (change.old, change.new) if isinstance(value, str)]
    return (*change.key.split("/"), *values)


def changes_of(database: Database, person: Person, number: int) -> tuple[FieldChange, ...]:
    """What one change set changed, field by field; NotFound if there is none with that number."""
    require(person, "see")
    get_change_set(database, number)
    return tuple(change for _, change in find_changes(database, number))


def origin_of(database: Database, person: Person, record: RecordId, field: str) -> Origin | None:
    """Where the present value of a field comes from, None if the field was never set."""
    require(person, "see")
    found = [item for item in find_changes(database, records=[record]) if item[1].field == field]
    if not found:
        return None
    number, change = found[-1]
    typed = find_typed_cells(database).get((number, change.file, change.sheet, change.cell))
    return Origin(get_change_set(database, number), change, typed)


def plan_undo(database: Database, person: Person, number: int) -> UndoPlan:
    """What undoing change set `number` would do now; nothing is written.

    Raises: NotFound if there is none with that number; DataProblem if it cannot be undone.
    """
    require(person, "undo")
    change_set = get_change_set(database, number)
    if change_set.kind == "load":
        raise DataProblem(
            f"Change set {number} loaded the portfolio and cannot be undone. Begin a new database instead."
        )
    _refuse_second(change_set)
    grouped = by_record(change for _, change in find_changes(database, number))
    # Children before parents, so that a record whose children leave with it may leave too.
    grouped.sort(key=lambda item: -INSERT_ORDER.index(item[0][0]))
    states = _states_of(database, {entity for (entity, _), _ in grouped})
    added = [record for record, group in grouped if group[0].kind == "added"]
    referrers = find_all_referrers(database, added)
    changes: list[FieldChange] = []
    kept: list[Kept] = []
    leaving: set[RecordId] = set()
    former = FormerValues(database, number, [record for record, _ in grouped])
    for record, group in grouped:
        staying = [child for child in referrers.get(record, ()) if child not in leaving]
        before = len(changes)
        _undo_record(record, group, states.get(record), staying, former, changes, kept)
        if len(changes) > before and changes[-1].kind == "removed":
            leaving.add(record)
    return UndoPlan(change_set, tuple(changes), tuple(kept))


def _refuse_second(change_set: ChangeSetRow) -> None:
    if change_set.undone_by is not None:
        raise DataProblem(
            f"Change set {change_set.id} has been undone already, by change set {change_set.undone_by}."
        )


def _states_of(database: Database, entities: Iterable[str]) -> dict[RecordId, RecordState]:
    return {record: state for entity in entities for record, state in find_states(database, entity).items()}


def _undo_record(
    record: RecordId,
    group: list[FieldChange],
    state: RecordState | None,
    staying: list[RecordId],
    former: FormerValues,
    changes: list[FieldChange],
    kept: list[Kept],
) -> None:
    kind = group[0].kind
    if kind == "removed":
        if state is None:
            changes += added_record(*record, {change.field: change.old for change in group})
        else:
            kept.append(Kept(*record, None, "kept: the record was entered again since"))
    elif state is None:
        kept.append(Kept(*record, None, "left out: the record has been removed since"))
    elif kind == "added":
        reason = _reason_to_keep(group, state, staying)
        if reason is None:
            changes += removed_record(
                *record, {name: value for name, value in state.items() if name != "key"}
            )
        else:
            kept.append(Kept(*record, None, reason))
    else:
        _undo_fields(group, state, former, changes, kept)


def _reason_to_keep(group: list[FieldChange], state: RecordState, staying: list[RecordId]) -> str | None:
    """Why a record that was added stays: it was edited since, or one of `staying` refers to it."""
    edited = [change.field for change in group if state[change.field] != change.new]
    if edited:
        were = "was" if len(edited) == 1 else "were"
        return f"kept: {' and '.join(map(field_label, edited))} {were} edited since"
    if staying:
        entity, key = staying[0]
        return f"kept: {entity_label(entity)} {key} refers to it"
    return None


def _undo_fields(
    group: list[FieldChange],
    state: RecordState,
    former: FormerValues,
    changes: list[FieldChange],
    kept: list[Kept],
) -> None:
    entered: set[int] = set()
    for change in group:
        if state[change.field] != change.new:
            kept.append(Kept(change.entity, change.key, change.field, "kept: it was edited since"))
            continue
        old, undone = former.before(change)
        if undone is not None:
            entered.add(undone)
        if old != change.new:
            kind = "erased" if old is None else "changed"
            changes.append(FieldChange(change.entity, change.key, change.field, change.new, old, kind))  # type: ignore[arg-type]
    for number in sorted(entered):
        reason = f"kept: the record stays, although change set {number}, which entered it, was undone"
        kept.append(Kept(*group[0].record, None, reason))


def apply_undo(database: Database, person: Person, plan: UndoPlan, *, why: str = "") -> UndoResult:
    """The undo that `plan` showed, applied exactly so as a new change set in the person's name.

    `why` is added to the reason that stands in the history.

    Raises: NotAllowed; DataProblem if there is nothing to set back; StaleChange if one of its fields has
            changed since it was planned, or if it has been undone since.
    """
    require(person, "undo")
    number = plan.change_set.id
    _refuse_second(get_change_set(database, number))
    if not plan.changes:
        raise DataProblem(
            f"Nothing of change set {number} is left to undo: everything was edited or removed since."
        )
    reason = undo_reason(plan.change_set, why)
    draft = ChangeSetDraft("undo", person.name, reason, plan.changes, undoes=number)
    return UndoResult(plan, apply_change_set(database, draft))


def undo_reason(change_set: ChangeSetRow, why: str = "") -> str:
    """The reason under which an undo stands in the history, with the person's own words if there are any."""
    named = f"Undo of change set {change_set.id}: {change_set.reason}"
    return f"{named}. Why: {why.strip()}" if why.strip() else named


def undo_change_set(database: Database, person: Person, number: int) -> UndoResult:
    """The undo of change set `number` as it would be planned now, applied in the person's name.

    Raises: NotFound, DataProblem (see `plan_undo`); DataProblem if nothing is left to undo; StaleChange if
            somebody changed one of its fields at the same moment.
    """
    return apply_undo(database, person, plan_undo(database, person, number))
