"""Edits by hand: the same checks, preview and change set as an import, with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.dates import today
from portfolio.errors import DataProblem
from portfolio.findings import Finding
from portfolio.model.changes import (
    ChangeSetDraft,
    FieldChange,
    RecordId,
    Value,
    added_record,
    changed_fields,
    removed_record,
)
from portfolio.model.entities import field_problems
from portfolio.model.rows import ChangeSetRow, RecordState
from portfolio.services.access import Person, require
from portfolio.services.histories import origin_of
from portfolio.services.rules import check_records
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_referrers
from portfolio.storage.queries.records import Records, find_project_records
from portfolio.storage.unit_of_work import apply_change_set


@dataclass(frozen=True)
class RecordEdit:
    """What a form says of one record: its values as entered, or None to take the record out."""

    entity: str
    key: str
    values: Mapping[str, Value] | None

    @property
    def record(self) -> RecordId:
        """Which record it is about."""
        return (self.entity, self.key)


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed after the form was opened; all three values, and who it was."""

    change: FieldChange
    theirs: Value
    change_set: ChangeSetRow | None


@dataclass(frozen=True)
class EditPreview:
    """Exactly what would be applied, with what stands against it.

    `findings` are those that the edit brings about; what was wrong before it is not repeated.
    """

    project_key: str
    changes: tuple[FieldChange, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended first."""
        return tuple(finding for finding in self.findings if finding.severity in ("blocker", "error"))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What may be accepted, knowingly."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def new_key(project_key: str, entity: str) -> str:
    """A key for a new record of a project: readable, and never given twice."""
    return f"{project_key}/{entity.replace('_', '-')}-{secrets.token_hex(4)}"


def preview_edits(
    database: Database, person: Person, project_key: str, edits: Iterable[RecordEdit], *, opened: Records
) -> EditPreview:
    """What `edits` would change in one project; nothing is written.

    `opened` are the records as the person saw them. A field that they did not touch is never in the way; one
    that they changed and somebody else has changed meanwhile is a conflict.

    Raises: NotAllowed if the person may not edit the project.
    """
    require(person, "edit", project_key)
    listed = list(edits)
    present = find_project_records(database, project_key)
    changes = [change for edit in listed for change in _changes(edit, opened.get(edit.record))]
    after = _after(present, listed)
    problems = [finding for edit in listed for finding in _field_findings(edit, present.get(edit.record))]
    if not problems:
        before = set(check_records(present, today()))
        problems = [finding for finding in check_records(after, today()) if finding not in before]
    relied = [finding for edit in listed for finding in _relied_upon(database, edit, after)]
    conflicts = [conflict for change in changes for conflict in _conflict(database, person, change, present)]
    return EditPreview(project_key, tuple(changes), (*problems, *relied), tuple(conflicts))


def _changes(edit: RecordEdit, opened: RecordState | None) -> Iterable[FieldChange]:
    if edit.values is None:
        return () if opened is None else removed_record(*edit.record, _fields(opened))
    if opened is None:
        return added_record(*edit.record, edit.values)
    return changed_fields(*edit.record, opened, edit.values)


def _fields(state: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in state.items() if name != "key"}


def _after(present: Records, edits: Iterable[RecordEdit]) -> Records:
    after = dict(present)
    for edit in edits:
        if edit.values is None:
            after.pop(edit.record, None)
        else:
            after[edit.record] = {"key": edit.key, **after.get(edit.record, {}), **edit.values}
    return after


def _field_findings(edit: RecordEdit, present: RecordState | None) -> Iterable[Finding]:
    if edit.values is None:
        return
    for field, value, reason in field_problems(
        edit.entity, {**(present or {}), **edit.values, "key": edit.key}
    ):
        yield Finding(
            "FIELD_INVALID",
            "error", reason, "Correct the value, or leave the field empty if it is not known.",
            field=field, value=None if value is None else str(value), record=edit.record,
        )  # fmt: skip


def _relied_upon(database: Database, edit: RecordEdit, after: Records) -> Iterable[Finding]:
    """Taking out a record that others rely on is refused: it can be closed, cancelled or archived instead."""
    if edit.values is not None:
        return
    staying = [record for record in find_referrers(database, edit.record) if record in after]
    if staying:
        entity, key = staying[0]
        yield Finding(
            "RULE_RELIED_UPON", "error", f"{entity} {key} relies on it.",
            "Take that out first, or close, cancel or archive the record instead.", record=edit.record,
        )  # fmt: skip


def _conflict(
    database: Database, person: Person, change: FieldChange, present: Records
) -> Iterable[Conflict]:
    state = present.get(change.record)
    theirs = None if state is None else state.get(change.field)
    if state is None and change.kind == "added":
        return
    if theirs != change.old and theirs != change.new:
        origin = origin_of(database, person, change.record, change.field)
        yield Conflict(change, theirs, origin.change_set if origin else None)


def apply_edits(
    database: Database, person: Person, preview: EditPreview, *, reason: str, accept_warnings: bool = False
) -> int:
    """The number of the change set that `preview` became, exactly as it was shown.

    Raises: DataProblem if there is nothing to apply, no reason, or something stands against it; StaleChange
            if a field has changed since the preview, and then nothing was written.
    """
    require(person, "edit", preview.project_key)
    if not preview.changes:
        raise DataProblem("Nothing has changed, so there is nothing to apply.")
    if preview.errors or preview.conflicts:
        raise DataProblem("Mend the errors and decide the conflicts first; nothing was applied.")
    if preview.warnings and not accept_warnings:
        raise DataProblem("Accept the warnings first, or mend what they name; nothing was applied.")
    if not reason.strip():
        raise DataProblem("Say in a few words why, so that others understand the change later.")
    return apply_change_set(database, ChangeSetDraft("edit", person.name, reason.strip(), preview.changes))
