"""The single fields of a form, with what was read from them, or what stands against them, right below."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from portfolio.dates import date_label
from portfolio.findings import Finding
from portfolio.money import format_eur
from portfolio.ui.forms.choices import choices
from portfolio.ui.forms.drafts import Row, is_untouched
from portfolio.ui.forms.entries import read_entry
from portfolio.ui.forms.field_shapes import CHOSEN, FormField, RecordTable
from portfolio.ui.forms.fields import PROJECT, PROJECT_FIELDS
from portfolio.ui.forms.workbenches import Workbench, known
from portfolio.ui.tables import NOT_STATED
from portfolio.ui.texts import literal

_TEXT_AREA_HEIGHT = 110


def render_project_field(bench: Workbench, name: str) -> None:
    """One field of the project itself."""
    field = PROJECT_FIELDS[name]
    with st.container(gap="xxsmall"):
        _render_input(bench, PROJECT, bench.form.project, field)
        render_notes(bench, bench.form.project, field)


def _render_input(bench: Workbench, table: RecordTable, row: Row, field: FormField) -> None:
    key = bench.field_widget(table, row, field.name)
    label, tip = f"{field.label} *" if field.required else field.label, field.tip or None
    if field.kind in CHOSEN:
        offered = choices(field, bench.form, known())
        st.selectbox(
            label, list(offered), index=None, format_func=offered.__getitem__, key=key, help=tip,
            placeholder=NOT_STATED,
        )  # fmt: skip
    elif field.kind == "long":
        st.text_area(label, key=key, help=tip, height=_TEXT_AREA_HEIGHT)
    else:
        st.text_input(label, key=key, help=tip)


def render_notes(bench: Workbench, row: Row, field: FormField) -> None:
    """What is wrong with an entry, or how it was read where that is not what it looks like."""
    record = (PROJECT.entity, bench.form.project_key)
    state = bench.form.opened.get(record)
    if state is not None and is_untouched(PROJECT, row, state, field.name):
        return
    reading = read_entry(field, row.get(field.name))
    found = [finding for finding in bench.findings_of(record) if finding.field == field.name]
    if reading.is_bad and reading.finding is not None:
        found = [reading.finding]
    render_found(found)
    if not found and reading.value is not None and str(row.get(field.name)) != str(reading.value):
        _render_reading(field, reading.value)


def _render_reading(field: FormField, value: object) -> None:
    if field.kind == "amount" and isinstance(value, int):
        st.caption(f"Read as {format_eur(value)}.")
    elif field.kind == "date":
        st.caption(f"Read as {date_label(str(value))}.")


def render_found(findings: Iterable[Finding], where: str = "") -> None:
    """Findings as small print beside what they are about, in words and in colour."""
    for finding in findings:
        colour = "red" if finding.severity in ("blocker", "error") else "orange"
        sentence = literal(f"{where}{finding.message} {finding.action}")
        st.markdown(f":{colour}[:small[{sentence}]]")
