"""Risks: what may go wrong, how likely and how bad, which way it moves, and what nobody has looked at."""

import streamlit as st

from portfolio.ui import risk_panels as panels
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.freshness import render_freshness

st.title("Risks")
shown = current_view()
if not render_nothing_chosen(shown):
    found = panels.screen_of(shown)
    panels.render_answer(found)
    render_freshness(shown)
    panels.render_heat_map(found)
    panels.render_register(found, panels.chosen_rows(found))
    panels.render_trends(found)
    panels.render_without(found)
    panels.render_notes(found)
