"""The ways to the forms from other screens: edit a project, enter a new one, bring an archived one back."""

from __future__ import annotations

import streamlit as st

from portfolio.model.rows import ProjectRow
from portfolio.services.access import may
from portfolio.services.choices import archived_projects
from portfolio.settings import ROOT
from portfolio.ui.cached import ask_present
from portfolio.ui.forms.drafts import NEW
from portfolio.ui.forms.fields import PARTS
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.texts import counted, literal

EDIT_PAGE = ROOT / "pages" / "edit.py"


def form_address(part: str, key: str | None = None) -> dict[str, str]:
    """A part of the form of a project; the part is named, or the one that was open last would open again."""
    part_only = {str(WidgetKey.EDIT_PART): PARTS[part]}
    return part_only if key is None else {str(WidgetKey.PROJECT): key} | part_only


def render_edit_link(project: ProjectRow | None) -> None:
    """The way to the form of a project, for whoever may edit it."""
    if project is not None and may(current_person(), "edit", project.key):
        st.page_link(
            EDIT_PAGE,
            label="Edit",
            icon=":material/edit:",
            query_params=form_address("project", project.key),
        )


def render_new_link() -> None:
    """The way to an empty form, for whoever may create a project."""
    if may(current_person(), "edit", NEW):
        st.page_link(
            EDIT_PAGE, label="New project", icon=":material/add:", query_params=form_address("project")
        )


def render_archived() -> None:
    """The archived projects with the way to bring each back; nothing where none is archived."""
    archived = ask_present(archived_projects, current_person())
    if not archived:
        return
    st.header("Archived projects", divider="gray")
    st.caption(f"{counted(len(archived), 'project')} on no screen and in no sum. Open one to bring it back.")
    for project in archived:
        st.page_link(
            EDIT_PAGE, label=f"Bring back {literal(project.acronym)}: {literal(project.title)}",
            query_params=form_address("closing", project.key),
        )  # fmt: skip
