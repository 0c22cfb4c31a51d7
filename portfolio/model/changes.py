"""Changes as data: the same object is the preview, what is applied, the audit trail and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Value = str | int | bool | None
ChangeKind = Literal["added", "changed", "erased", "removed"]
ChangeSetKind = Literal["load", "import", "edit", "undo"]
RecordId = tuple[str, str]


@dataclass(frozen=True)
class FieldChange:
    """One field of one record, before and after.

    `added` fields belong to a record that is new with the change set, `removed` ones to a record that leaves
    with it; `changed` and `erased` (to unknown) touch a record that stays. Dates are reduced ISO texts,
    amounts integer cents, references to other records their keys.
    """

    entity: str
    key: str
    field: str
    old: Value
    new: Value
    kind: ChangeKind
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def record(self) -> RecordId:
        """Which record the field belongs to."""
        return (self.entity, self.key)

    def as_json(self) -> dict[str, Value]:
        """The change with the keys of the command-line contract."""
        return {
            "sheet": self.sheet, "cell": self.cell, "entity": self.entity, "key": self.key,
            "field": self.field, "old": self.old, "new": self.new, "kind": self.kind,
        }  # fmt: skip


@dataclass(frozen=True)
class SourceFile:
    """A file that a change set was read from, with its original bytes.

    `corrections` is JSON: what was decided about it before it was applied, None if nothing was.
    """

    name: str
    sha256: str
    content: bytes = field(repr=False, default=b"")
    corrections: str | None = None


@dataclass(frozen=True)
class ChangeSetDraft:
    """A change set that has not been applied yet; `token` stands for the preview that showed it."""

    kind: ChangeSetKind
    by: str
    reason: str
    changes: tuple[FieldChange, ...]
    files: tuple[SourceFile, ...] = ()
    undoes: int | None = None
    token: str | None = None


def added_record(entity: str, key: str, values: Mapping[str, Value]) -> Iterator[FieldChange]:
    """The changes that create a record; fields that are unknown are left out."""
    for name, value in values.items():
        if value is not None:
            yield FieldChange(entity, key, name, None, value, "added")


def removed_record(entity: str, key: str, values: Mapping[str, Value]) -> Iterator[FieldChange]:
    """The changes that take a record out, keeping every value that it had."""
    for name, value in values.items():
        if value is not None:
            yield FieldChange(entity, key, name, value, None, "removed")


def changed_fields(
    entity: str, key: str, before: Mapping[str, Value], after: Mapping[str, Value]
) -> Iterator[FieldChange]:
    """The changes between two states of one record; fields missing from `after` are left alone."""
    for name, value in after.items():
        old = before.get(name)
        if value != old or type(value) is not type(old):
            yield FieldChange(entity, key, name, old, value, "erased" if value is None else "changed")


def by_record(changes: Iterable[FieldChange]) -> list[tuple[RecordId, list[FieldChange]]]:
    """The changes grouped by record, records in the order of their first change."""
    grouped: dict[RecordId, list[FieldChange]] = {}
    for change in changes:
        grouped.setdefault(change.record, []).append(change)
    return list(grouped.items())
