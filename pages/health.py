"""Health: what is off track and why, by project and dimension; what people set or say beside it."""

import streamlit as st

from portfolio.ui import health_panels as panels
from portfolio.ui.document_panels import render_pack_button
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.freshness import render_freshness

st.title("Health")
shown = current_view()
if not render_nothing_chosen(shown):
    found = panels.screen_of(shown)
    panels.render_answer(found)
    render_freshness(shown)
    render_pack_button(shown, "health")
    project = panels.render_matrix(found)
    panels.render_one(found, project)
    panels.render_differences(found)
    panels.render_overrides(found)
    panels.render_counts(found)
    panels.render_notes(found)
