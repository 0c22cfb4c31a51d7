"""Calendar: deadlines and reports that fall due or were missed, and the file that calendar programs read."""

import streamlit as st

from portfolio.ui import calendar_panels as panels
from portfolio.ui.filters import current_view, render_nothing_chosen

st.title("Calendar")
shown = current_view()
if not render_nothing_chosen(shown):
    calendar = panels.calendar_of(shown)
    panels.render_standing(calendar, len(shown.projects))
    panels.render_due(shown, calendar)
    panels.render_misfits(shown, calendar)
    panels.render_reports(shown, calendar)
    panels.render_unknown(shown, calendar)
    panels.render_subscription(shown)
    panels.render_notes(shown, calendar)
