"""Table editors: one record a row, folded into the working copy before anything else happens in a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from portfolio.services.editing import new_key
from portfolio.ui.forms.choices import choices
from portfolio.ui.forms.drafts import ProjectForm, Row
from portfolio.ui.forms.entries import Entry
from portfolio.ui.forms.field_shapes import CHOSEN, FormField, RecordTable
from portfolio.ui.forms.proposals import Known

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

_RIGHT = ("amount", "share", "count", "number")
_MOST_ROWS_IN_SIGHT = 12
# Strings kept by Arrow lose their type where two rows are added of which the first leaves a column empty.
_TEXTS = pd.StringDtype("python")


@dataclass
class EditorMemory:
    """One table editor on the screen: the rows that it began with, and the keys of the rows added since.

    The browser describes edits against `base`; as soon as the editor is drawn anew, `base` is what has been
    entered by then. `signature` is what would make Streamlit forget the edits if it changed.
    """

    widget: str
    signature: str
    base: list[Row]
    added: list[Row] = field(default_factory=list)


def fold_edits(
    table: RecordTable, memory: EditorMemory, edits: Mapping[str, Any], project_key: str
) -> list[Row]:
    """The rows that an editor shows, with the keys that they have had so far."""
    edited, deleted = edits.get("edited_rows", {}), set(edits.get("deleted_rows", ()))
    kept = [
        row | _entries(table, edited.get(position, {}))
        for position, row in enumerate(memory.base)
        if position not in deleted
    ]
    empty: Row = {each.name: False if each.kind == "flag" else each.default for each in table.fields}
    added = [empty | _entries(table, row) for row in edits.get("added_rows", ())]
    memory.added = with_keys(added, memory.added, lambda: new_key(project_key, table.entity))
    return kept + memory.added


def _entries(table: RecordTable, values: Mapping[str, Any]) -> Row:
    known = {name: value for name, value in values.items() if table.field(name) is not None}
    return {name: _entry(value) for name, value in known.items()}


def _entry(value: Any) -> Entry:
    return value if value is None or isinstance(value, bool) else str(value)


def with_keys(rows: Sequence[Row], earlier: Sequence[Row], make: Callable[[], str]) -> list[Row]:
    """New rows with their keys: a row that stays as it was keeps its key, whatever goes before it.

    The browser names new rows by position alone, and other rows may refer to them by key already.
    """
    free = list(earlier)
    keys: list[Entry] = []
    for row in rows:
        same = next((old for old in free if {**old, "key": None} == {**row, "key": None}), None)
        keys.append(None if same is None else same["key"])
        if same is not None:
            free.remove(same)
    for position, key in enumerate(keys):
        if key is None:
            keys[position] = free.pop(0)["key"] if free else make()
    return [{**row, "key": key} for row, key in zip(rows, keys, strict=True)]


def signature_of(table: RecordTable, offered: Mapping[str, Mapping[str, str]]) -> str:
    """What an editor offers to choose from, as one text."""
    return json.dumps({"entity": table.entity, "offered": offered}, sort_keys=True)


def offered_choices(table: RecordTable, form: ProjectForm, known: Known) -> dict[str, dict[str, str]]:
    """The choices of every column that has some."""
    return {each.name: choices(each, form, known) for each in table.fields if each.kind in CHOSEN}


def render_editor(table: RecordTable, memory: EditorMemory, offered: Mapping[str, Mapping[str, str]]) -> None:
    """The table on the screen; what is entered is read from the session at the beginning of the next run."""
    st.data_editor(
        _frame(table, memory.base),
        key=memory.widget,
        num_rows=table.rows,
        column_config={each.name: _column(each, offered.get(each.name, {})) for each in table.fields},
        hide_index=True,
        placeholder="",
        height="content" if len(memory.base) <= _MOST_ROWS_IN_SIGHT else "auto",
        alt=f"{table.heading}: a table to fill in, one {table.noun} a row",
    )


def _frame(table: RecordTable, rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            each.name: pd.Series(
                [_cell(each, row.get(each.name)) for row in rows],
                dtype="boolean" if each.kind == "flag" else _TEXTS,
            )
            for each in table.fields
        }
    )


def _cell(each: FormField, entry: Entry) -> Entry:
    return bool(entry) if each.kind == "flag" else entry or None


def _column(each: FormField, offered: Mapping[str, str]) -> ColumnConfig:
    label = f"{each.label} *" if each.required else each.label
    if each.kind == "flag":
        return st.column_config.CheckboxColumn(label, width=each.width, default=False)
    if each.kind in CHOSEN:
        return st.column_config.SelectboxColumn(
            label, help=each.tip or None, width=each.width, options=list(offered),
            format_func=lambda value: offered[str(value)], default=each.default,
        )  # fmt: skip
    return st.column_config.TextColumn(
        label, help=each.tip or None, width=each.width, alignment="right" if each.kind in _RIGHT else "left"
    )
