"""Change sets and their changes as rows to read: money, dates, codes and names written as everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.model.changes import FieldChange
from portfolio.model.rows import ChangeSetRow
from portfolio.services.change_lists import project_of
from portfolio.services.change_words import CHANGE_KINDS, NO_VALUE, entity_label, field_label, value_text
from portfolio.ui.tables import count_column, text_column
from portfolio.ui.texts import counted

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

KINDS = {"load": "Load", "import": "Import", "edit": "Edit", "undo": "Undo"}


def moment_text(at: str) -> str:
    """A moment as people read it: "2026-11-23 08:57 UTC"."""
    return f"{at[:10]} {at[11:16]} UTC"


def change_set_label(row: ChangeSetRow) -> str:
    """A change set in a list of choices."""
    return f"{row.id}: {KINDS[row.kind].lower()} of {row.at[:10]}, {counted(row.changes, 'change')}"


def change_sets_table(rows: Iterable[ChangeSetRow]) -> pd.DataFrame:
    """One row per change set, the newest first: number, when, by, kind, reason, file, changes, undone by."""
    listed = list(rows)
    return pd.DataFrame(
        {
            "number": [row.id for row in listed],
            "when": [moment_text(row.at) for row in listed],
            "by": [row.by for row in listed],
            "kind": [KINDS[row.kind] for row in listed],
            "changes": [row.changes for row in listed],
            "reason": [row.reason for row in listed],
            "file": [", ".join(row.files) or None for row in listed],
            "undone_by": [_undone(row) for row in listed],
        }
    )


def _undone(row: ChangeSetRow) -> str | None:
    if row.undoes is not None:
        return f"undoes {row.undoes}"
    return None if row.undone_by is None else f"undone by {row.undone_by}"


def change_set_columns(table: pd.DataFrame) -> dict[str, ColumnConfig | str | None]:
    """The columns of `change_sets_table`; file and undo only where there is one."""
    columns: dict[str, ColumnConfig | str | None] = {
        "number": count_column("Number"),
        "when": text_column("When"),
        "by": text_column("By"),
        "kind": text_column("Kind"),
        "changes": count_column("Changes"),
        "reason": text_column("Reason"),
        "file": text_column("File"),
        "undone_by": text_column("Undo"),
    }
    return {name: config for name, config in columns.items() if table[name].notna().any()}


def changes_table(changes: Iterable[FieldChange], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per changed field: project, record, key, field, before, after, kind, sheet, cell, file."""
    listed, keys = list(changes), frozenset(names)
    return pd.DataFrame(
        {
            "project": [names.get(project_of(change, keys) or "") for change in listed],
            "entity": [entity_label(change.entity) for change in listed],
            "field": [field_label(change.field) for change in listed],
            "before": [value_text(change.entity, change.field, change.old) for change in listed],
            "after": [value_text(change.entity, change.field, change.new) for change in listed],
            "kind": [CHANGE_KINDS[change.kind] for change in listed],
            "sheet": [change.sheet for change in listed],
            "cell": [change.cell for change in listed],
            "file": [change.file for change in listed],
            "key": [change.key for change in listed],
        }
    )


def change_columns(table: pd.DataFrame) -> dict[str, ColumnConfig | str | None]:
    """The columns of `changes_table`; those that no change has a value for are left out."""
    columns: dict[str, ColumnConfig | str | None] = {
        "project": text_column("Project", width=130),
        "entity": text_column("Record", width=150),
        "field": text_column("Field", width=130),
        "before": text_column("Before", width=200),
        "after": text_column("After", width=260),
        "kind": text_column("Kind"),
        "sheet": text_column("Sheet"),
        "cell": text_column("Cell"),
        "file": text_column("File"),
        "key": text_column("Key of the record"),
    }
    empty = {name for name in columns if not (table[name].notna() & table[name].ne(NO_VALUE)).any()}
    return {name: config for name, config in columns.items() if name not in empty}
