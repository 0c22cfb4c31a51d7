"""What would change, or has changed, record by record: name of the record, field, old, new and cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from portfolio.findings import SEVERITIES, Finding, Severity
from portfolio.model.changes import FieldChange, Value
from portfolio.services.change_words import CHANGE_KINDS, NO_VALUE, field_label, value_text
from portfolio.services.views import PortfolioView
from portfolio.ui.cached import view
from portfolio.ui.designations import render_designations
from portfolio.ui.findings import severity_label
from portfolio.ui.record_names import record_names
from portfolio.ui.tables import download_csv, show_table, text_column
from portfolio.ui.texts import counted

_CONTENT_UP_TO = 15
_HEIGHT = 560


def change_rows(changes: Sequence[FieldChange], shown: PortfolioView) -> pd.DataFrame:
    """One row per changed field: record, field, before, after, kind, sheet, cell."""
    names = record_names(changes)
    acronyms = {project.key: project.acronym for project in shown.everything}
    return pd.DataFrame(
        {
            "record": [names[change.record] for change in changes],
            "field": [_field(change) for change in changes],
            "before": [_shown(change, change.old, acronyms) for change in changes],
            "after": [_shown(change, change.new, acronyms) for change in changes],
            "kind": [CHANGE_KINDS[change.kind] for change in changes],
            "cell": [_cell(change) for change in changes],
        }
    )


def _shown(change: FieldChange, value: Value, acronyms: Mapping[str, str]) -> str:
    if change.field == "project_key" and isinstance(value, str):
        return acronyms.get(value, value)
    return value_text(change.entity, change.field, value)


def _field(change: FieldChange) -> str:
    name = field_label(change.field)
    return f"{name[:1].upper()}{name[1:]}"


def since_lines(before: Sequence[FieldChange], now: Sequence[FieldChange]) -> tuple[str, ...]:
    """How a new preview differs from the one before, a sentence for each field."""
    old, new = ({(change.record, change.field): change for change in each} for each in (before, now))
    gone = [change for at, change in old.items() if at not in new]
    fresh = [change for at, change in new.items() if at not in old or old[at] != change]
    names = record_names([*gone, *fresh])
    return (
        *(f"{names[change.record]}, {_field(change)}: no longer in the preview." for change in gone),
        *(f"{names[change.record]}, {_field(change)}: now {_step(change)}." for change in fresh),
    )


def _step(change: FieldChange) -> str:
    old, new = (value_text(change.entity, change.field, value) for value in (change.old, change.new))
    return f"from {old} to {new}"


def _marks(changes: Iterable[FieldChange], findings: Iterable[Finding]) -> list[str]:
    """For each change the severity of the worst finding about its cell, if it is above info."""
    worst: dict[tuple[str | None, str | None], Severity] = {}
    for item in findings:
        if item.severity != "info" and item.cell:
            at = (item.sheet, item.cell)
            worst[at] = min(worst.get(at, item.severity), item.severity, key=SEVERITIES.index)
    found = (worst.get((change.sheet, change.cell)) for change in changes)
    return ["" if severity is None else severity_label(severity) for severity in found]


def _cell(change: FieldChange) -> str | None:
    return None if change.cell is None else f"{change.sheet} {change.cell}"


def changes_text(changes: Sequence[FieldChange]) -> str:
    """How much changes: "5 fields of 3 records"."""
    if not changes:
        return "no changes"
    records = len({change.record for change in changes})
    return f"{counted(len(changes), 'field')} of {counted(records, 'record')}"


def render_field_changes(changes: Sequence[FieldChange], name: str, findings: Iterable[Finding] = ()) -> None:
    """The table of the changes with its download, and the designations that it calls for.

    `findings` are those of the same cells: the worst of each stands beside its change.
    """
    shown = view()
    table = change_rows(changes, shown)
    table["finding"] = _marks(changes, findings)
    columns = {
        "cell": text_column("Cell", width=115),
        "record": text_column("Record", width=290),
        "field": text_column("Field", width=100),
        "before": text_column("Before", width=160),
        "after": text_column("After", width=230),
        "kind": text_column("Kind", width=80),
        "finding": text_column("Finding", width=100),
    }
    columns = {key: config for key, config in columns.items() if table[key].fillna("").ne("").any()}
    show_table(
        table, columns, alt=f"{changes_text(changes)}, before and after.", unknown=NO_VALUE,
        height="content" if len(table) <= _CONTENT_UP_TO else _HEIGHT,
    )  # fmt: skip
    download_csv(table, name)
    render_designations(shown.portfolio, texts=[*table["record"], *table["before"], *table["after"]])


def render_change_count(changes: Sequence[FieldChange], lead: str) -> None:
    """A line before the table: "What changes: 5 fields of 3 records"."""
    st.markdown(f"**{lead}**: {changes_text(changes)}")
