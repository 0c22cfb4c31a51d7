"""Report templates: workbooks to send out, who has reported and who has not, and words to remind with."""

import streamlit as st

from portfolio.ui import report_panels as panels
from portfolio.ui.filters import current_view, render_nothing_chosen

st.title("Report templates")
shown = current_view()
if not render_nothing_chosen(shown):
    period = panels.render_period(shown.as_of)
    calls = panels.calls_of(shown, period)
    if calls:
        panels.render_calls(calls, shown, period)
        panels.render_workbooks(calls, shown, period)
        panels.render_one(calls, shown, period)
        panels.render_notes(calls, shown)
    else:
        st.info(panels.nobody_sentence(shown, period))
