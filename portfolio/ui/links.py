"""Links from one screen to another that keep what is chosen in the filter bar."""

from __future__ import annotations

from typing import Literal, NoReturn

import streamlit as st

from portfolio.model.rows import ChangeSetRow, ProjectRow
from portfolio.partners import partner_name
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui.session import WidgetKey, session
from portfolio.ui.texts import literal

PROJECT_PAGE = ROOT / "pages" / "project.py"
HISTORY_PAGE = ROOT / "pages" / "history.py"
PARTNER_PAGE = ROOT / "pages" / "partner.py"


def project_link(project: ProjectRow, width: int | Literal["content"] = "content") -> None:
    """The project's acronym as a link to everything about it."""
    st.page_link(
        PROJECT_PAGE,
        label=literal(project.acronym),
        help=literal(project.title),
        query_params={str(WidgetKey.PROJECT): project.key},
        width=width,
    )


def history_link(row: ChangeSetRow, label: str | None = None) -> None:
    """A change set as a link to what it changed."""
    st.page_link(
        HISTORY_PAGE,
        label=label or f"Change set {row.id} in History",
        query_params={str(WidgetKey.OPEN): str(row.id)},
        width="content",
    )


def partner_link(code: str, label: str | None = None) -> None:
    """A partner as a link to everything that is active in it."""
    st.page_link(
        PARTNER_PAGE,
        label=literal(label or partner_name(code)),
        query_params={str(WidgetKey.PARTNER_SHOWN): code},
        width="content",
    )


def open_project(key: str) -> NoReturn:
    """Nothing; the project's screen takes the place of this one."""
    st.switch_page(PROJECT_PAGE, query_params={str(WidgetKey.PROJECT): key})


def asked_project(shown: PortfolioView) -> ProjectRow | None:
    """The project that the address names; None if it names none, or one that does not exist."""
    asked = st.query_params.get(WidgetKey.PROJECT)
    return next((project for project in shown.everything if project.key == asked), None)


def render_chooser(shown: PortfolioView, current: ProjectRow | None) -> None:
    """The list to choose a project from; what the address names in vain is said."""
    asked = st.query_params.get(WidgetKey.PROJECT)
    if asked is not None and current is None:
        st.warning(f"There is no project '{literal(asked[:60])}' here. Choose one from the list.")
    projects = {project.key: project for project in shown.projects}
    if current is not None:
        projects.setdefault(current.key, current)
    if not projects:
        return
    session.remember(WidgetKey.PROJECT_CHOICE, current.key if current else None)
    st.selectbox(
        "Project", list(projects), index=None, key=WidgetKey.PROJECT_CHOICE, on_change=_follow_choice,
        format_func=lambda key: f"{projects[key].acronym}: {projects[key].title}",
        placeholder="Choose a project", label_visibility="collapsed", width=560,
    )  # fmt: skip


def _follow_choice() -> None:
    key = session.text(WidgetKey.PROJECT_CHOICE)
    if key is not None:
        st.query_params[WidgetKey.PROJECT] = key
