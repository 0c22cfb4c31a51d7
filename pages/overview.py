"""Overview: what is off track, due, changed and not known; then the portfolio in figures."""

import streamlit as st

from portfolio.services.briefings import brief
from portfolio.services.situations import load_situation
from portfolio.ui import overview_answers
from portfolio.ui import overview_panels as panels
from portfolio.ui.cached import ask, current_as_of
from portfolio.ui.filters import current_filter, render_nothing_chosen
from portfolio.ui.overviews import COLLECTION, answer
from portfolio.ui.session import current_person
from portfolio.ui.texts import literal

situation = ask(load_situation, current_person(), as_of=current_as_of())
shown = brief(situation, current_filter())

st.title("Overview")
if not render_nothing_chosen(shown.view):
    st.markdown(f"**{literal(answer(shown))}**")
    if shown.view.portfolio.name == "reference":
        st.caption(COLLECTION)
    panels.render_jobs(shown)
    overview_answers.render_answers(shown)
    panels.render_figures(shown)
    left, right = st.columns([3, 2], gap="large")
    with left:
        panels.render_running(shown)
        panels.render_missing(shown)
    with right:
        panels.render_regions(shown)
        panels.render_focus(shown)
    panels.render_timeline(shown)
    panels.render_notes(shown)
