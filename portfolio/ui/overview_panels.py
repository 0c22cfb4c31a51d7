"""The front page's panels."""

from __future__ import annotations

import streamlit as st

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.model.rows import ProjectRow
from portfolio.services.briefings import Briefing
from portfolio.settings import ROOT
from portfolio.ui import overview_tables as tables
from portfolio.ui import overviews as words
from portfolio.ui.charts import horizontal_bars, show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.document_panels import render_pack_button
from portfolio.ui.figure_links import render_tiles
from portfolio.ui.links import project_link
from portfolio.ui.origins import project_row_origins, with_origins
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme
from portfolio.ui.timelines import timeline

MILESTONES_PAGE = ROOT / "pages" / "milestones.py"
SUMMARIES_PAGE = ROOT / "pages" / "summaries.py"
PROJECTS_PAGE = ROOT / "pages" / "projects.py"
IMPORTS_PAGE = ROOT / "pages" / "imports.py"
REPORTS_PAGE = ROOT / "pages" / "reports.py"
RUNNING_SHOWN = 10


def render_jobs(shown: Briefing) -> None:
    """The main jobs of the people who use the tracker, each within two clicks."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Main jobs", width="content")
        st.page_link(MILESTONES_PAGE, label="See what falls due", icon=":material/event:")
        st.page_link(IMPORTS_PAGE, label="Import a progress report", icon=":material/upload_file:")
        st.page_link(REPORTS_PAGE, label="Send out report templates", icon=":material/outgoing_mail:")
        st.page_link(SUMMARIES_PAGE, label="Make a document", icon=":material/summarize:")
        render_pack_button(shown.view, "overview", "tertiary")


def render_figures(shown: Briefing) -> None:
    """The key figures, and what cannot be said of the money."""
    st.header("In figures")
    render_tiles(words.tiles(shown.figures))
    notes = [words.whole_budget_sentence(shown.view.chosen), words.partly_cyber_sentence(shown)]
    if any(notes):
        st.caption(literal(" ".join(note for note in notes if note)))


def render_running(shown: Briefing) -> None:
    """The running projects, the next to end first."""
    st.header("Running")
    if not shown.running:
        st.markdown("No project of this choice is known to be running.")
    for row in shown.running[:RUNNING_SHOWN]:
        _render_line(row.project, words.running_line(row))
    if len(shown.running) > RUNNING_SHOWN:
        st.page_link(PROJECTS_PAGE, label=f"All {len(shown.running)} on the projects screen")


def _render_line(project: ProjectRow, text: str) -> None:
    name, what = st.columns([1, 3], gap="small")
    with name:
        project_link(project)
    what.markdown(literal(text))


def render_regions(shown: Briefing) -> None:
    """Total budget by region."""
    st.header("Total budget by region")
    places = shown.figures.regions
    chart = horizontal_bars(bars := tables.region_bars(places), "Total budget by region", current_theme())
    table = tables.region_table(places, shown.view.names)
    show_chart(chart, table, tables.region_columns(), "budget-by-region")
    if any(place.estimated for place in places) and bars:
        st.caption(
            f"Budgets of projects without declared shares are split over their partners ({ESTIMATED})."
        )


def render_focus(shown: Briefing) -> None:
    """Projects by focus."""
    st.header("Focus")
    groups = shown.figures.focus
    chart = horizontal_bars(tables.group_bars(groups, "focus"), "Projects by focus", current_theme())
    table = tables.group_table(groups, "focus", shown.view.names)
    show_chart(chart, table, tables.group_columns("Focus"), "projects-by-focus")


def render_missing(shown: Briefing) -> None:
    """What no source states, and of which projects."""
    rows = shown.figures.missing
    if not rows:
        return
    st.header("Not published")
    chart = horizontal_bars(
        tables.missing_bars(rows, shown.figures.projects), "Projects by what is not stated", current_theme()
    )
    table = tables.missing_table(rows, shown.view.names)
    show_chart(chart, table, tables.missing_columns(), "not-published")


def render_timeline(shown: Briefing) -> None:
    """Every project along time, as precisely as its dates are published."""
    st.header("Timeline")
    projects, as_of = shown.view.projects, shown.view.as_of
    spans = words.project_spans(projects, as_of)
    chart = timeline(spans, words.timeline_finding(shown), current_theme(), as_of)
    texts = project_row_origins(tables.by_start(projects))
    table = with_origins(tables.timeline_table(projects, as_of), tables.timeline_columns(), texts)
    show_chart(chart, *table, "timeline")
    st.caption(words.PALE)


def render_notes(shown: Briefing) -> None:
    """The designations that the screen calls for, and its date and revision."""
    texts = [f"{project.acronym} {project.title}" for project in shown.view.projects]
    texts += [signal.sentence for signal in shown.urgent]
    texts += [health.sentence for _, health in shown.off_track]
    render_designations(shown.view.portfolio, texts=texts, codes=shown.view.chosen.partners)
    st.caption(f"As of {date_label(shown.view.as_of.isoformat())}, revision {shown.view.portfolio.revision}.")
