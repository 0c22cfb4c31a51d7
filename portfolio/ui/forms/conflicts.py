"""A field that two people changed: both values, who and when, and the choice between them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from portfolio.model.rows import RecordState
from portfolio.services.choices import records_to_edit
from portfolio.services.editing import Conflict
from portfolio.ui.cached import open_portfolio
from portfolio.ui.forms.change_rows import conflict_text
from portfolio.ui.forms.drafts import TARGET, ProjectForm, row_of
from portfolio.ui.forms.fields import TABLES
from portfolio.ui.forms.workbenches import Workbench
from portfolio.ui.session import current_person
from portfolio.ui.texts import counted


def settle(form: ProjectForm, conflict: Conflict, present: RecordState | None, *, mine: bool) -> None:
    """Nothing; the form goes on from what is on record now, with my value or with theirs.

    `present` is the record as it stands now, None if somebody took it out.
    """
    entity, key = record = conflict.change.record
    row = next((row for row in form.rows[entity] if row["key"] == key), None)
    if present is None:
        form.opened.pop(record, None)
        if not mine and row is not None:
            form.rows[entity].remove(row)
        return
    name = conflict.change.field
    form.opened[record] = {**form.opened.get(record, present), name: present[name]}
    if mine:
        return
    theirs = row_of(TABLES[entity], key, form.opened[record])
    if row is None:
        form.rows[entity].append(theirs)
    else:
        shown = "target" if entity == "evidence" and name in TARGET else name
        row[shown] = theirs[shown]


def _settle(bench: Workbench, conflict: Conflict, *, mine: bool) -> None:
    bench.collect()
    key = bench.form.chosen_key if bench.form.is_new else bench.form.project_key
    present = records_to_edit(open_portfolio(), current_person(), key).get(conflict.change.record)
    settle(bench.form, conflict, present, mine=mine)
    bench.redraw()
    bench.preview_again()


def render_conflicts(bench: Workbench, conflicts: Sequence[Conflict]) -> None:
    """Every conflict with its choice."""
    if not conflicts:
        return
    st.error(
        "Somebody changed the same fields after this form was opened. Choose the value of each.",
        title=f"{counted(len(conflicts), 'conflict')} to decide",
    )
    for number, conflict in enumerate(conflicts):
        with st.container(border=True, gap="xsmall"):
            st.markdown(conflict_text(bench.form, conflict))
            with st.container(horizontal=True):
                for mine, label in ((True, "Use my value"), (False, "Keep theirs")):
                    st.button(
                        label, key=bench.widget(f"settle-{number}-{mine}"), on_click=_settle,
                        args=(bench, conflict), kwargs={"mine": mine},
                    )  # fmt: skip
