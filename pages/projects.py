"""Projects: every chosen project in one table; a selected row opens its project."""

import streamlit as st

from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.forms.entrances import render_archived, render_new_link
from portfolio.ui.links import open_project
from portfolio.ui.origins import project_row_origins, with_origins
from portfolio.ui.project_tables import FIGURES, projects_columns, projects_finding, projects_table
from portfolio.ui.session import WidgetKey
from portfolio.ui.tables import download_csv, select_row
from portfolio.ui.texts import literal

st.title("Projects")
shown = current_view()
if not render_nothing_chosen(shown):
    finding = projects_finding(shown)
    st.markdown(literal(finding))
    table, columns = with_origins(
        projects_table(shown.projects, shown.as_of), projects_columns(), project_row_origins(shown.projects)
    )
    row = select_row(
        table, columns, alt=f"Projects: {finding}", key=WidgetKey.PROJECT_TABLE, height="content"
    )
    if row is not None:
        open_project(shown.projects[row].key)
    with st.container(horizontal=True, vertical_alignment="center"):
        render_new_link()
        download_csv(table, "projects")
        st.caption(
            "Tick a row to open its project. Sort by a column's heading; search with the magnifier above the "
            "table. Partly cyber: its budget is not all cyber."
        )
    render_figure_links(FIGURES)
    named = [*table["title"], *table["partner_names"].dropna()]  # the download names the partners
    render_designations(shown.portfolio, texts=named, codes=shown.chosen.partners)
render_archived()
