"""Links from one screen to another that keep what is chosen in the filter bar."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from portfolio.model.rows import ProjectRow
from portfolio.settings import ROOT
from portfolio.ui.session import WidgetKey

PROJECT_PAGE = ROOT / "pages" / "project.py"


def project_link(project: ProjectRow, width: int | Literal["content"] = "content") -> None:
    """The project's acronym as a link to everything about it."""
    st.page_link(
        PROJECT_PAGE,
        label=project.acronym,
        help=project.title,
        query_params={str(WidgetKey.PROJECT): project.key},
        width=width,
    )
