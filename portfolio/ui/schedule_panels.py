"""The milestones screen's panels: counts, what is late, the chart, the list, and what is not counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from portfolio.services.milestones import HORIZONS_DAYS, MilestoneCounts, MilestoneState
from portfolio.services.schedules import Schedule, late_sentence, milestone_sources
from portfolio.services.views import ScheduledView
from portfolio.ui.cached import ask
from portfolio.ui.charts import CONFIG
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile, render_figure_links, render_tiles
from portfolio.ui.links import project_link
from portfolio.ui.milestone_charts import milestone_chart
from portfolio.ui.origins import record_origins, with_origins
from portfolio.ui.schedules import milestone_columns, milestone_marks, milestones_table, project_bands
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

NOT_KNOWN = "not known"
# What stands in the list and beside it, as figures that open.
FIGURES = ("late-days", "slip-days", "milestones-undated", "milestones-context")
_LATE_SHOWN = 8
# More rows than anybody reads; a browser takes a minute to draw ten thousand. The file holds them all.
MOST_LISTED = 500
MOST_CHARTED = 60
_STRIPS = "A strip in place of a mark spans a date of which only the month or the year is known."


def render_counts(counts: MilestoneCounts) -> None:
    """The counts in one row, wrapping where there is no room."""
    due = {days: getattr(counts, f"due_{days}_days") for days in HORIZONS_DAYS}
    found = [
        Tile("milestones", str(counts.total)),
        Tile("milestones-done", str(counts.done)),
        Tile("milestones-late", str(counts.late)),
        *(Tile("milestones-due", str(count), label=f"Due in {days} days") for days, count in due.items()),
    ]
    render_tiles(found, columns=6, min_column_width=100)


def render_late(shown: ScheduledView, found: Schedule) -> None:
    """What is late, the latest first, each with its planned date and its days."""
    projects = {project.key: project for project in shown.projects}
    for state in found.late[:_LATE_SHOWN]:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            project_link(projects[state.milestone.project_key], width=130)
            st.markdown(literal(late_sentence(state, shown.as_of)))
    if len(found.late) > _LATE_SHOWN:
        st.caption(f"The {_LATE_SHOWN} latest of {len(found.late)}; choose Late below for all of them.")


def render_chart(shown: ScheduledView, listed: Sequence[MilestoneState]) -> None:
    """The chosen milestones along time, one row per project: of many, those whose turn comes first."""
    order = list(dict.fromkeys(state.milestone.project_key for state in listed))
    charted = set(order[:MOST_CHARTED])
    marks = milestone_marks(
        (state for state in listed if state.milestone.project_key in charted), shown.names
    )
    if not marks:
        return
    if len(order) > len(charted):
        st.caption(f"The first {len(charted)} of {len(order):,} projects; narrow the filter to see others.")
    bands = project_bands(project for project in shown.projects if project.key in charted)
    chart = milestone_chart(marks, "Milestones by project", current_theme(), shown.as_of, bands=bands)
    name = keyed(WidgetKey.CHART, "milestones")
    st.plotly_chart(chart.figure, theme=None, config=CONFIG, alt=chart.alt, key=name)
    st.caption(f"{chart.alt} {_STRIPS}" if any(mark.until for mark in marks) else chart.alt)


def render_list(shown: ScheduledView, listed: Sequence[MilestoneState]) -> None:
    """The chosen milestones as a table, dates as they were published; or what to do if there is none."""
    if not listed:
        st.info("No milestone stands like this. Choose All to see every milestone, or another kind.")
        return
    _render_table(shown, listed, "milestones", "Milestones, the most urgent first")
    render_figure_links(FIGURES)


def render_notes(shown: ScheduledView) -> None:
    """The designations that the titles of the milestones call for."""
    render_designations(shown.portfolio, texts=[state.milestone.title for state in shown.milestones])


def render_context(shown: ScheduledView, found: Schedule) -> None:
    """What explains a project's course or was given up, apart from the milestones and not counted."""
    if found.cancelled:
        st.header("Cancelled, not counted")
        _render_table(shown, found.cancelled, "cancelled-milestones", "Cancelled milestones")
    if found.context:
        st.header("Context, not counted")
        st.caption("Laws, accessions and parent programmes that explain the course of the projects.")
        _render_table(shown, found.context, "milestone-context", "Context entries")


def _render_table(shown: ScheduledView, listed: Sequence[MilestoneState], name: str, alt: str) -> None:
    first = listed[:MOST_LISTED]
    if len(listed) > len(first):
        st.caption(f"The first {len(first)} of {len(listed):,}; the file below holds them all.")
    table, columns = _table(shown, first)
    show_table(table, columns, alt=f"{alt}: {len(table)}.", unknown=NOT_KNOWN)
    download_csv(lambda: _table(shown, listed)[0], name)


def _table(
    shown: ScheduledView, listed: Sequence[MilestoneState]
) -> tuple[pd.DataFrame, dict[str, ColumnConfig | str | None]]:
    """The milestones with their sources, and with what gave each row its present values."""
    bare = milestones_table(listed, shown.names, ask(milestone_sources, current_person()))
    keys = [state.milestone.key for state in listed]
    texts = record_origins("milestone", keys).texts(("milestone", key) for key in keys)
    return with_origins(bare, milestone_columns(bare), texts)
