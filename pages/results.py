"""Results: how far the indicators have come, one project's tree, totals with what was left out, approvals."""

import streamlit as st

from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.freshness import render_freshness
from portfolio.ui.links import asked_project
from portfolio.ui.result_decisions import render_decisions
from portfolio.ui.result_panels import (
    render_answer,
    render_notes,
    render_shares,
    render_totals,
    render_tree,
    results_screen,
)

st.title("Results")
shown = current_view()
if not render_nothing_chosen(shown):
    screen = results_screen(shown)
    if render_answer(screen):
        render_freshness(shown)
        render_shares(screen)
        render_tree(screen, asked_project(shown))
        render_totals(screen)
        render_decisions(screen)
        render_notes(screen)
