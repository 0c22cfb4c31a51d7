"""Overview: what needs attention or ends soon, what runs, what it costs, what is not published."""

import streamlit as st

from portfolio.services.briefings import briefing
from portfolio.ui import overview_panels as panels
from portfolio.ui.cached import ask, current_as_of
from portfolio.ui.filters import current_filter, render_nothing_chosen
from portfolio.ui.overviews import COLLECTION, attention_sentence, headline
from portfolio.ui.session import current_person
from portfolio.ui.texts import literal

shown = ask(briefing, current_person(), chosen=current_filter(), as_of=current_as_of())

st.title("Overview")
if not render_nothing_chosen(shown.view):
    st.markdown(f"**{literal(attention_sentence(shown) if shown.urgent else headline(shown.figures))}**")
    if shown.view.portfolio.name == "reference":
        st.caption(COLLECTION)
    panels.render_jobs(shown)
    if shown.urgent:
        panels.render_attention(shown)
    panels.render_tiles(shown)
    left, right = st.columns([3, 2], gap="large")
    with left:
        panels.render_due(shown)
        panels.render_running(shown)
        panels.render_missing(shown)
    with right:
        panels.render_regions(shown)
        panels.render_focus(shown)
    panels.render_timeline(shown)
    panels.render_notes(shown)
