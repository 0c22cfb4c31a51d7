"""Closing a project, archiving it and bringing it back: entered into the form, then previewed as any edit."""

from __future__ import annotations

import streamlit as st

from portfolio.dates import PartialDate
from portfolio.ui.cached import present_as_of
from portfolio.ui.forms.drafts import ProjectForm
from portfolio.ui.forms.entries import read_entry
from portfolio.ui.forms.field_inputs import render_found
from portfolio.ui.forms.fields import PROJECT_FIELDS
from portfolio.ui.forms.workbenches import Workbench
from portfolio.ui.session import session
from portfolio.ui.texts import counted

_ENDED_ON = "ended_on"
_CANCEL_TOO = "cancel_too"
_OPEN = ("planned", "in-progress")


def open_milestones(form: ProjectForm) -> int:
    """How many milestones are neither reached nor cancelled."""
    return sum(row.get("status") in _OPEN for row in form.rows["milestone"])


def enter_closing(form: ProjectForm, ended_on: str, *, cancel_open: bool) -> None:
    """Nothing; the form says that the project is closed and, where asked, its open milestones cancelled."""
    form.project.update(
        end_current=ended_on, status_stated="closed", status_stated_on=present_as_of().isoformat()
    )
    if cancel_open:
        cancel_open_milestones(form)


def cancel_open_milestones(form: ProjectForm) -> None:
    """Nothing; every milestone that is neither reached nor cancelled is cancelled in the form."""
    for row in form.rows["milestone"]:
        if row.get("status") in _OPEN:
            row["status"] = "cancelled"


def render_closing(bench: Workbench) -> None:
    """What ends a project without losing anything of it."""
    if bench.form.is_new:
        st.caption("A project can be closed or archived once it has been created.")
        return
    _render_close(bench)
    _render_archive(bench)


def _render_close(bench: Workbench) -> None:
    st.header("Close the project")
    st.caption(
        "Enters the day of the end and the status; the project stays on every screen as closed. Where a "
        "signed amendment names another end, that one stands: correct it under Funding."
    )
    widget, cancel = bench.widget(_ENDED_ON), bench.widget(_CANCEL_TOO)
    if not session.remembers(widget):
        session.remember(widget, _likely_end(str(bench.form.project.get("end_current") or "")))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Ended on", key=widget, help="Such as 2026-06-30.", width=220)
        number = open_milestones(bench.form)
        if number:
            st.checkbox(f"Cancel {counted(number, 'open milestone')} as well", key=cancel)
        st.button("Enter the closing", key=bench.widget("close"), on_click=_close, args=(bench,))
    reading = read_entry(PROJECT_FIELDS["end_current"], session.text(widget))
    if reading.is_bad and reading.finding is not None:
        render_found([reading.finding])


def _likely_end(present_end: str) -> str:
    """The end on record if it has passed by the present day, else that day."""
    day = present_as_of()
    end = read_entry(PROJECT_FIELDS["end_current"], present_end).value
    return present_end if end is not None and PartialDate.parse(str(end)).last < day else day.isoformat()


def _close(bench: Workbench) -> None:
    bench.collect()
    ended_on = session.text(bench.widget(_ENDED_ON)) or ""
    enter_closing(bench.form, ended_on, cancel_open=session.value(bench.widget(_CANCEL_TOO), False))
    _preview(bench)


def _render_archive(bench: Workbench) -> None:
    if bench.form.project.get("archived_on"):
        st.header("Bring the project back")
        st.caption("The project is archived: it stands on no screen and in no sum until it is brought back.")
        st.button("Bring back", key=bench.widget("back"), on_click=_archive, args=(bench, ""))
        return
    st.header("Archive the project")
    st.caption(
        "An archived project leaves every screen and sum. Nothing of it is lost: it is listed at the end of "
        "Projects, and can be brought back from there."
    )
    day = present_as_of().isoformat()
    st.button("Archive", key=bench.widget("archive"), on_click=_archive, args=(bench, day))


def _archive(bench: Workbench, on: str) -> None:
    bench.collect()
    bench.form.project["archived_on"] = on
    _preview(bench)


def _preview(bench: Workbench) -> None:
    bench.redraw()
    bench.preview_again()
