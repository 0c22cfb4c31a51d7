"""The parts of the form: which fields and tables stand together on the screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from portfolio.model.changes import RecordId
from portfolio.partners import regions
from portfolio.ui.forms import fields
from portfolio.ui.forms.closings import render_closing
from portfolio.ui.forms.drafts import Row, is_empty_row, is_untouched
from portfolio.ui.forms.entries import read_entry
from portfolio.ui.forms.field_inputs import render_found, render_project_field
from portfolio.ui.forms.field_shapes import RecordTable
from portfolio.ui.forms.project_keys import key_problem
from portfolio.ui.forms.row_editors import render_editor
from portfolio.ui.forms.workbenches import KEY, REGION, REGIONS, Workbench, known
from portfolio.ui.session import session
from portfolio.ui.tables import NOT_STATED

_CLASSES = ("focus", "relevance", "modality", "instrument", "instrument_as_published", "service")
_PEOPLE = ("delegation", "responsible_officer", "institution_profile")
_TIME = ("start", "end_original", "end_current", "status_stated", "status_stated_on")
_MONEY = ("total_budget_cents", "eu_contribution_cents", "confidence")
_NARROW = 165


def render_part(bench: Workbench, part: str) -> None:
    """One part of the form; the others keep what was entered, and are not drawn."""
    st.caption(
        "Fields marked * are needed; an empty field says that nothing is known. "
        "Nothing is written before Apply."
    )
    renderer = _RENDERERS.get(part)
    if renderer is None:
        _render_tables(bench, *fields.TABLES_OF[part])
    else:
        renderer(bench)


def _render_project(bench: Workbench) -> None:
    with st.grid(4, min_column_width=_NARROW):
        render_project_field(bench, "acronym")
        _render_key(bench)
    render_project_field(bench, "title")
    for names in (_CLASSES, _PEOPLE, _TIME, _MONEY):
        with st.grid(6, min_column_width=_NARROW):
            for name in names:
                render_project_field(bench, name)
    with st.grid(2, min_column_width=300):
        render_project_field(bench, "summary")
        render_project_field(bench, "data_note")


def _render_key(bench: Workbench) -> None:
    """The key: made from the acronym and free to be changed until the project is created."""
    tip = "In addresses, workbooks and the history; it stays with the project. Such as cybereast-plus."
    if not bench.form.is_new:
        st.text_input("Key", bench.form.project_key, disabled=True, help=tip)
        return
    widget = bench.widget(KEY)
    if not session.remembers(widget):
        session.remember(widget, bench.form.chosen_key)
    with st.container(gap="xxsmall"):
        st.text_input("Key *", key=widget, help=tip)
        problem = key_problem(bench.form.chosen_key, known().project_keys)
        if problem is not None and bench.form.chosen_key:
            render_found([problem])


def _render_partners(bench: Workbench) -> None:
    _render_regions(bench)
    _render_tables(bench, *(entity for entity in fields.TABLES_OF["partners"] if entity != REGION))


def _render_regions(bench: Workbench) -> None:
    widget = bench.widget(REGIONS)
    if not session.remembers(widget):
        session.remember(widget, [row["region"] for row in bench.form.rows[REGION]])
    st.multiselect(
        "Regions", list(regions()), format_func=regions().__getitem__, key=widget, placeholder=NOT_STATED,
        help="Every region that the project works in, also where its partners are not published.",
    )  # fmt: skip
    for row in bench.form.rows[REGION]:
        render_found(bench.findings_of((REGION, str(row["key"]))))


def _render_tables(bench: Workbench, *entities: str) -> None:
    for table in (fields.TABLES[entity] for entity in entities):
        with st.container(gap="xsmall"):
            st.header(table.heading)
            if table.guidance:
                st.caption(table.guidance)
            memory, offered = bench.editor(table, known())
            render_editor(table, memory, offered)
            for number, row in enumerate(bench.form.rows[table.entity], start=1):
                _render_row_notes(bench, table, number, row)


def _render_row_notes(bench: Workbench, table: RecordTable, number: int, row: Row) -> None:
    record: RecordId = (table.entity, str(row["key"]))
    state = bench.form.opened.get(record)
    if state is None and is_empty_row(table, row):
        return
    for field in table.fields:
        if state is None or not is_untouched(table, row, state, field.name):
            reading = read_entry(field, row.get(field.name))
            if reading.finding is not None and reading.finding.severity != "info":
                render_found([reading.finding], f"Row {number}, {field.label}: ")
    said = [finding for finding in bench.findings_of(record) if not _is_reading(finding.code)]
    render_found(said, f"Row {number}: ")


def _is_reading(code: str) -> bool:
    return not code.startswith(("RULE_", "FIELD_", "ALREADY_", "NAMED_"))


# Parts that are more than their tables.
_RENDERERS: dict[str, Callable[[Workbench], None]] = {
    "project": _render_project,
    "partners": _render_partners,
    "closing": render_closing,
}
