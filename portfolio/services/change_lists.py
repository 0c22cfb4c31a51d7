"""The changes of one change set as they are read: chosen by project and kind of record, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass

from portfolio.model.changes import FieldChange
from portfolio.model.entities import INPUTS
from portfolio.model.rows import ChangeSetRow
from portfolio.services.histories import parts_of

PAGE_SIZE = 100


@dataclass(frozen=True)
class ChangePage:
    """One page of a list of changes; `number` counts from 1, `first` and `last` are positions in the list."""

    changes: tuple[FieldChange, ...]
    number: int
    pages: int
    first: int
    last: int
    total: int


def chosen_changes(
    changes: Iterable[FieldChange], *, project_keys: Collection[str] | None = None, entity: str | None = None
) -> tuple[FieldChange, ...]:
    """The changes of some projects (None: of all, and of records without a project) and of one entity."""
    return tuple(
        change
        for change in changes
        if (entity is None or change.entity == entity)
        and (project_keys is None or project_of(change, project_keys) is not None)
    )


def entities_of(changes: Iterable[FieldChange]) -> tuple[str, ...]:
    """The kinds of record that the changes touch, in the order of the model."""
    found = {change.entity for change in changes}
    return tuple(entity for entity in INPUTS if entity in found)


def project_of(change: FieldChange, project_keys: Collection[str]) -> str | None:
    """The key of the project that a change belongs to, None where it belongs to none of these."""
    wanted = project_keys if isinstance(project_keys, Set) else frozenset(project_keys)
    return next((part for part in parts_of(change) if part in wanted), None)


def page_of(changes: Sequence[FieldChange], number: int, size: int = PAGE_SIZE) -> ChangePage:
    """Page `number` of the changes; the last page where there are fewer."""
    pages = max(1, -(-len(changes) // size))
    number = min(max(number, 1), pages)
    start = (number - 1) * size
    shown = tuple(changes[start : start + size])
    return ChangePage(shown, number, pages, start + 1 if shown else 0, start + len(shown), len(changes))


@dataclass(frozen=True)
class HistoryFilter:
    """Which change sets are asked for: by whom, of which kind, from and until which day (ISO, inclusive)."""

    by: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None


def chosen_change_sets(rows: Iterable[ChangeSetRow], chosen: HistoryFilter) -> tuple[ChangeSetRow, ...]:
    """The change sets that meet every part of the filter, in their order; days are those of UTC."""
    return tuple(
        row
        for row in rows
        if chosen.by in (None, row.by)
        and chosen.kind in (None, row.kind)
        and (chosen.since or "") <= row.at[:10] <= (chosen.until or "9999-12-31")
    )


def is_undoable(change_set: ChangeSetRow) -> bool:
    """Whether a change set can still be undone."""
    return change_set.kind != "load" and change_set.undone_by is None


def undo_sentence(change_set: ChangeSetRow) -> str:
    """Whether a change set can be undone, and how it then goes."""
    if change_set.kind == "load":
        return "This change set loaded the portfolio. It cannot be undone; begin a new database instead."
    if change_set.undone_by is not None:
        return f"Undone by change set {change_set.undone_by}."
    return "It can be undone: what was edited since is kept, and the undo is a new change set."
