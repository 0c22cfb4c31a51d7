"""Timeline: the portfolio along time with extensions, reports and committees; prints on one page."""

import streamlit as st

from portfolio.ui import timeline_panels as panels
from portfolio.ui.calendar_panels import calendar_of
from portfolio.ui.filters import current_view, render_nothing_chosen

st.title("Timeline")
shown = current_view()
if not render_nothing_chosen(shown):
    courses = panels.courses_of(shown)
    panels.render_standing(courses, calendar_of(shown))
    panels.render_print(shown)
    panels.render_gantt(shown, courses)
    panels.render_notes(shown, courses)
