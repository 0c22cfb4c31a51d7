"""The front page's panels."""

from __future__ import annotations

import streamlit as st

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.model.rows import ProjectRow
from portfolio.services.briefings import DUE_DAYS, Briefing
from portfolio.services.signals import Severity, Signal
from portfolio.settings import ROOT
from portfolio.ui import overview_tables as tables
from portfolio.ui import overviews as words
from portfolio.ui.charts import horizontal_bars, show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.document_panels import render_pack_button
from portfolio.ui.links import project_link
from portfolio.ui.origins import project_row_origins, with_origins
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme, status_label
from portfolio.ui.timelines import timeline

MILESTONES_PAGE = ROOT / "pages" / "milestones.py"
SUMMARIES_PAGE = ROOT / "pages" / "summaries.py"
PROJECTS_PAGE = ROOT / "pages" / "projects.py"
IMPORTS_PAGE = ROOT / "pages" / "imports.py"
REPORTS_PAGE = ROOT / "pages" / "reports.py"
SIGNALS_SHOWN = 12
DUE_SHOWN = 8
RUNNING_SHOWN = 10
_COLOURS: dict[Severity, str] = {"red": "red", "amber": "orange", "info": "gray"}


def render_jobs(shown: Briefing) -> None:
    """The main jobs of the people who use the tracker, each within two clicks."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Main jobs", width="content")
        st.page_link(MILESTONES_PAGE, label="See what falls due", icon=":material/event:")
        st.page_link(IMPORTS_PAGE, label="Import a progress report", icon=":material/upload_file:")
        st.page_link(REPORTS_PAGE, label="Send out report templates", icon=":material/outgoing_mail:")
        st.page_link(SUMMARIES_PAGE, label="Make a regional summary", icon=":material/summarize:")
        render_pack_button(shown.view, "overview", "tertiary")


def render_tiles(shown: Briefing) -> None:
    """The key figures, and what cannot be said of the money."""
    found = words.tiles(shown.figures)
    with st.grid(4, min_column_width=158, gap="small"):
        for tile in found:
            st.metric(tile.label, tile.value, tile.note, delta_color="off", delta_arrow="off", help=tile.tip)
    notes = [
        words.whole_budget_sentence(shown.view.chosen),
        words.partly_cyber_sentence(shown),
        words.unknown_sentence(shown.figures),
    ]
    if any(notes):
        st.caption(literal(" ".join(note for note in notes if note)))


def render_attention(shown: Briefing) -> None:
    """What needs attention, the severest first, each with its project."""
    st.header("Needs attention")
    st.caption(literal(words.headline(shown.figures)))
    for signal in shown.urgent[:SIGNALS_SHOWN]:
        _render_signal(signal, shown)
    if len(shown.urgent) > SIGNALS_SHOWN:
        st.caption(f"{len(shown.urgent) - SIGNALS_SHOWN} more; narrow the filter to see them.")


def _render_signal(signal: Signal, shown: Briefing) -> None:
    mark = status_label("red" if signal.severity == "red" else "amber")
    projects = {project.key: project for project in shown.view.projects}
    what, why = st.columns([3, 7], gap="small")
    with what.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f":{_COLOURS[signal.severity]}[**{mark}**]", width=145)
        if signal.project_key in projects:
            project_link(projects[signal.project_key])
    why.markdown(f"**{literal(signal.title)}.** {literal(signal.sentence)}")


def render_due(shown: Briefing) -> None:
    """The milestones that fall due next."""
    counts = shown.figures.milestones
    if not counts.open:
        return
    st.header(f"Due in {DUE_DAYS} days")
    st.markdown(
        f"{counts.due_30_days} in 30 days, {counts.due_90_days} in 90, {counts.due_180_days} in 180; "
        f"{counts.late} late."
    )
    projects = {project.key: project for project in shown.view.projects}
    for state in shown.due[:DUE_SHOWN]:
        _render_line(projects[state.milestone.project_key], words.due_line(state))
    if len(shown.due) > DUE_SHOWN:
        st.page_link(MILESTONES_PAGE, label=f"All {len(shown.due)} on the milestones screen")


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
    texts += [state.milestone.title for state in shown.due]
    render_designations(shown.view.portfolio, texts=texts, codes=shown.view.chosen.partners)
    st.caption(f"As of {date_label(shown.view.as_of.isoformat())}, revision {shown.view.portfolio.revision}.")
