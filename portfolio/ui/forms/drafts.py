"""The working copy of a project: what was on record when it was opened, and what has been entered since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.model.changes import RecordId, Value
from portfolio.model.rows import RecordState
from portfolio.ui.forms.entries import Entry, entry_of, is_blank
from portfolio.ui.forms.field_shapes import RecordTable
from portfolio.ui.forms.fields import PROJECT, TABLES

NEW = "@new"
TARGET = ("entity", "record_key", "field")
_MARK = "|"
Row = dict[str, Entry]
Records = dict[RecordId, RecordState]


@dataclass
class ProjectForm:
    """What one person has entered about one project and not applied yet.

    `opened` are the records as they stood; `rows` the entries by kind of record, each row with its "key". A
    project that does not exist yet has the key `NEW`, and `chosen_key` is the one that it is to get.
    """

    project_key: str
    opened: Records
    rows: dict[str, list[Row]]
    chosen_key: str = ""
    reason: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the project is created by this form."""
        return self.project_key == NEW

    @property
    def project(self) -> Row:
        """The entries about the project itself."""
        return self.rows[PROJECT.entity][0]

    def as_json(self) -> dict[str, Any]:
        """Everything of it, for the draft."""
        opened = [[entity, key, state] for (entity, key), state in self.opened.items()]
        return {
            "project_key": self.project_key, "opened": opened, "rows": self.rows,
            "chosen_key": self.chosen_key, "reason": self.reason,
        }  # fmt: skip


def open_form(project_key: str, records: Records) -> ProjectForm:
    """The form of a project with everything that belongs to it."""
    by_hand = _by_hand(records)
    return ProjectForm(project_key, by_hand, rows_of(project_key, by_hand))


def _by_hand(records: Records) -> Records:
    """The records that the form asks for."""
    return {record: state for record, state in records.items() if record[0] in TABLES}


def form_from_json(content: Mapping[str, Any], present: Records | None = None) -> ProjectForm:
    """The form that a draft holds.

    A draft of an earlier version lacks the kinds of record that the form did not ask for then: those are as
    `present` has them.
    """
    opened = {(entity, key): state for entity, key, state in content["opened"]}
    lacking = {record: state for record, state in (present or {}).items() if record[0] not in content["rows"]}
    rows = rows_of(content["project_key"], _by_hand(lacking)) | content["rows"]
    kept = {entity: rows[entity] for entity in TABLES}
    return ProjectForm(
        content["project_key"], opened | _by_hand(lacking), kept, content["chosen_key"], content["reason"]
    )


def rows_of(project_key: str, records: Records) -> dict[str, list[Row]]:
    """The rows of every table as the records fill them."""
    rows: dict[str, list[Row]] = {entity: [] for entity in TABLES}
    for (entity, key), state in records.items():
        rows[entity].append(row_of(TABLES[entity], key, state))
    if not rows[PROJECT.entity]:
        rows[PROJECT.entity] = [row_of(PROJECT, project_key, {})]
    return rows


def row_of(table: RecordTable, key: str, state: Mapping[str, Value]) -> Row:
    """One record as a row of its table."""
    shown: Mapping[str, Value] = state
    if table.entity == "evidence":
        shown = {**state, "target": target_of(state)}
    return {"key": key} | {field.name: entry_of(field, shown.get(field.name)) for field in table.fields}


def target_of(state: Mapping[str, Value]) -> str:
    """The field that evidence is about, as one text."""
    return _MARK.join(str(state.get(name) or "") for name in TARGET)


def target_parts(target: str) -> dict[str, Value]:
    """The three columns of evidence that a target stands for."""
    return dict(zip(TARGET, target.split(_MARK), strict=False))


def is_empty_row(table: RecordTable, row: Row) -> bool:
    """Whether nothing was entered into a new row, what it holds by default aside."""
    return all(_says_nothing(row.get(field.name), field.default) for field in table.fields)


def _says_nothing(entry: Entry, default: str | None) -> bool:
    return is_blank(entry) or entry == default


def entries(form: ProjectForm) -> Iterator[tuple[RecordTable, Row, RecordState | None]]:
    """Every row that says something, with the record as it stood; None for a new one."""
    for entity, table in TABLES.items():
        for row in form.rows[entity]:
            state = form.opened.get((entity, str(row["key"])))
            if state is not None or entity == PROJECT.entity or not is_empty_row(table, row):
                yield table, row, state


def is_untouched(table: RecordTable, row: Row, state: RecordState, field_name: str) -> bool:
    """Whether a field still shows what was on record when the form was opened."""
    before, now = row_of(table, str(row["key"]), state)[field_name], row.get(field_name)
    return before == now or (is_blank(before) and is_blank(now))


def count_entered(form: ProjectForm) -> int:
    """How many fields have been entered or changed, rows that were taken out counting one each."""
    number = len(removed_records(form))
    for table, row, state in entries(form):
        if state is None:
            number += sum(not _says_nothing(row.get(field.name), field.default) for field in table.fields)
        else:
            number += sum(not is_untouched(table, row, state, field.name) for field in table.fields)
    return number


def removed_records(form: ProjectForm) -> tuple[RecordId, ...]:
    """The records that were taken out of their tables; what rests on them is not among them."""
    kept = {(entity, str(row["key"])) for entity, rows in form.rows.items() for row in rows}
    return tuple(
        record for record in form.opened if record not in kept and TABLES[record[0]].rows == "dynamic"
    )


def fingerprint(form: ProjectForm) -> str:
    """A text that is the same as long as nothing is entered; the reason aside."""
    return json.dumps(form.as_json() | {"reason": ""}, sort_keys=True, default=str)
