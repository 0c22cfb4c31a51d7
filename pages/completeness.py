"""Completeness: what is missing, who owes it, since when, where it is mended; what contradicts itself."""

import streamlit as st

from portfolio.ui.completeness_panels import (
    completeness_of,
    render_answer,
    render_contradictions,
    render_list,
    render_notes,
    render_parts,
)
from portfolio.ui.filters import current_view, render_nothing_chosen

st.title("Completeness")
shown = current_view()
if not render_nothing_chosen(shown):
    found = completeness_of(shown)
    render_answer(found)
    render_contradictions(found)
    render_parts(found)
    render_list(found)
    render_notes(found)
