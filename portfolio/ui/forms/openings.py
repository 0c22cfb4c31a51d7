"""Opening a form: which project, whether the person may, a draft to continue, and what was applied last."""

from __future__ import annotations

import streamlit as st

from portfolio.errors import NotAllowed
from portfolio.services.access import require
from portfolio.services.choices import names_of, records_to_edit
from portfolio.services.drafts import DraftRow, drop_draft, own_draft
from portfolio.settings import ROOT
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.changes import moment_text
from portfolio.ui.forms.drafts import NEW, count_entered, form_from_json
from portfolio.ui.forms.fields import PARTS
from portfolio.ui.forms.workbenches import (
    Workbench,
    applied_last,
    finish,
    known,
    present_bench,
    start,
    start_afresh,
    subject_of,
)
from portfolio.ui.links import PROJECT_PAGE
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.texts import counted, literal

HISTORY_PAGE = ROOT / "pages" / "history.py"
PROJECTS_PAGE = ROOT / "pages" / "projects.py"


def form_title() -> str:
    """What the screen is about: the project that the address names, or a new one."""
    asked = st.query_params.get(WidgetKey.PROJECT)
    if asked is None:
        return "New project"
    return f"Edit {literal(ask(names_of, current_person(), 'project', 'acronym').get(asked, 'project'))}"


def open_workbench() -> Workbench | None:
    """The form to work on; None where there is none, and then it has been said why."""
    asked = st.query_params.get(WidgetKey.PROJECT)
    if asked is not None and asked not in known().project_keys:
        st.warning(f"There is no project '{literal(asked[:60])}' here. Open one from the list of projects.")
        st.page_link(PROJECTS_PAGE, label="Projects")
        return None
    key = asked or NEW
    if not _may_edit(key):
        return None
    bench = present_bench(key)
    if bench is not None and bench.applied is not None:
        finish(bench)  # the run that applied it was ended by a second click before it could say so
        st.rerun()
    if bench is None or not session.remembers(WidgetKey.EDIT_PART):
        _open_asked_part()
    if bench is None:
        draft = own_draft(open_portfolio(), current_person(), subject_of(key))
        if draft is not None:
            _render_draft_question(draft)
            return None
        bench = start_afresh(key)
    _render_done(bench)
    return bench


def _open_asked_part() -> None:
    """Nothing; the part that the address names is open, or the first: not the one of the last project."""
    asked = st.query_params.get(WidgetKey.EDIT_PART)
    part = next((part for part, label in PARTS.items() if asked in (part, label)), "project")
    session.remember(WidgetKey.EDIT_PART, part)


def _may_edit(key: str) -> bool:
    try:
        require(current_person(), "edit", key)
    except NotAllowed as refusal:
        st.info(literal(refusal.sentence.replace(f"project {NEW}", "a new project")))
        if key != NEW:
            _project_link(key)
        return False
    return True


def _project_link(key: str) -> None:
    name = known_name(key)
    st.page_link(PROJECT_PAGE, label=f"Project {literal(name)}", query_params={str(WidgetKey.PROJECT): key})


def known_name(key: str) -> str:
    """The acronym of a project, archived or not."""
    return ask(names_of, current_person(), "project", "acronym").get(key, key)


def _render_draft_question(draft: DraftRow) -> None:
    number = count_entered(form_from_json(draft.content))
    st.info(
        f"You have an unsaved draft from {moment_text(draft.saved_at)}: {counted(number, 'field')} entered "
        "or changed, and not applied. Continue with it, or discard it and begin with what is on record.",
        title="Unsaved draft",
    )
    with st.container(horizontal=True):
        st.button(
            "Continue", type="primary", key=keyed(WidgetKey.EDIT_ACTION, "continue"),
            on_click=_continue, args=(draft,),
        )  # fmt: skip
        st.button(
            "Discard the draft", key=keyed(WidgetKey.EDIT_ACTION, "discard"),
            on_click=_discard, args=(draft,),
        )  # fmt: skip


def _continue(draft: DraftRow) -> None:
    key = str(draft.content["project_key"])
    present = {} if key == NEW else records_to_edit(open_portfolio(), current_person(), key)
    bench = start(form_from_json(draft.content, present))
    bench.saved_at = draft.saved_at


def _discard(draft: DraftRow) -> None:
    drop_draft(open_portfolio(), current_person(), draft.subject)


def _render_done(bench: Workbench) -> None:
    """What was applied last, until something else is entered."""
    key = bench.form.project_key
    number = applied_last(key)
    if number is not None:
        st.success(f"Change set {number} was applied. The history shows it field by field, and undoes it.")
        if count_entered(bench.form):
            session.forget(WidgetKey.EDIT_DONE)
    with st.container(horizontal=True):
        if not bench.form.is_new:
            _project_link(key)
        if number is not None:
            st.page_link(HISTORY_PAGE, label="History")
