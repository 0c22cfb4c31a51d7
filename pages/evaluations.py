"""Evaluations: what others judge, what became of their recommendations, and the policy markers."""

import streamlit as st

from portfolio.ui import evaluation_panels as panels
from portfolio.ui.filters import current_view, render_nothing_chosen

st.title("Evaluations")
shown = current_view()
if not render_nothing_chosen(shown):
    found = panels.screen_of(shown)
    panels.render_answer(found)
    panels.render_recommendations(found)
    panels.render_reviews(found)
    panels.render_scores(found)
    panels.render_markers(found)
    panels.render_notes(found)
