"""Capacity: how far what was taught has come, by partner, theme and stage; follow-ups due; the ledger."""

import streamlit as st

from portfolio.ui.capacity_panels import (
    current_ledger,
    render_answer,
    render_follow_ups,
    render_ledger,
    render_notes,
    render_places,
    render_stages,
)
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.freshness import render_freshness

st.title("Capacity")
shown = current_view()
if not render_nothing_chosen(shown):
    found = current_ledger(shown)
    if render_answer(found):
        render_freshness(shown)
        render_stages(found)
        render_follow_ups(found, shown)
        render_places(found)
        render_ledger(found, shown)
        render_notes(found, shown)
