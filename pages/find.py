"""Find: one search over projects, organisations, partners, milestones and notes."""

import streamlit as st

from portfolio.services.searches import find
from portfolio.ui.cached import ask, view
from portfolio.ui.filters import current_filter, implementer_names
from portfolio.ui.saved_view_panels import render_saved_views
from portfolio.ui.search_panels import render_hits, render_prompt
from portfolio.ui.session import WidgetKey, current_person

st.title("Find")
words = st.text_input(
    "Words",
    key=WidgetKey.FIND,
    bind="query-params",
    type="search",
    placeholder="Any words, for example council of europe training",
    max_chars=200,
    width=560,
)
if not current_filter().is_empty:
    st.caption("The whole portfolio is searched; the filter above does not apply here.")
if words and words.strip():
    render_hits(view(), ask(find, current_person(), words), words)
else:
    render_prompt(view())
    render_saved_views(implementer_names(view().everything))
