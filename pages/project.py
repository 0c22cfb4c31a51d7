"""Project: everything about one project, each figure with its source beside it."""

import streamlit as st

from portfolio.services.briefings import briefing
from portfolio.services.selection import PortfolioFilter
from portfolio.ui import project_panels as panels
from portfolio.ui.cached import ask, current_as_of, profile
from portfolio.ui.capacity_panels import render_project_capacity
from portfolio.ui.deadline_panels import render_project_deadlines
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.forms.entrances import render_edit_link
from portfolio.ui.health_details import render_project_health
from portfolio.ui.links import asked_project, render_chooser
from portfolio.ui.monitoring_panels import render_project_evaluations, render_project_risks
from portfolio.ui.result_panels import render_project_results
from portfolio.ui.session import current_person
from portfolio.ui.texts import literal

shown = current_view()
project = asked_project(shown)
st.title(project.acronym if project else "Project")
render_chooser(shown, project)
render_edit_link(project)
if project is None:
    render_nothing_chosen(shown)
else:
    found = profile(project.key, shown.as_of)
    everything = ask(briefing, current_person(), chosen=PortfolioFilter(), as_of=current_as_of())
    st.markdown(literal(project.title))
    panels.render_tiles(found, shown)
    panels.render_signals([signal for signal in everything.signals if signal.project_key == project.key])
    render_project_health(project, shown)
    left, right = st.columns([2, 3], gap="large")
    with left:
        panels.render_description(found)
    with right:
        panels.render_facts(found)
    panels.render_money(found, shown)
    panels.render_partners(found)
    panels.render_milestones(found, shown)
    render_project_deadlines(project, shown)
    render_project_results(project, shown)
    render_project_capacity(project, shown)
    render_project_risks(project, shown)
    render_project_evaluations(project, shown)
    panels.render_figures(found)
    panels.render_sources(found)
    panels.render_project_designations(found, shown)
