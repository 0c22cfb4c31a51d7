"""Gaps: which partner has no running project in which pillar, and where two projects meet."""

import streamlit as st

from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.gap_panels import (
    gaps_of,
    render_answer,
    render_cell,
    render_gaps,
    render_matrix,
    render_moment,
    render_notes,
    render_overlaps,
)

st.title("Gaps")
shown = current_view()
if not render_nothing_chosen(shown):
    found = gaps_of(shown, render_moment(shown))
    render_answer(found)
    left, right = st.columns([5, 4], gap="large")
    with left:
        render_matrix(found)
    with right:
        render_cell(found)
        render_gaps(found)
    render_overlaps(found)
    render_notes(found)
