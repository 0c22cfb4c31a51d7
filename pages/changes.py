"""What changed: the chosen projects on two dates, old and new side by side, the largest first."""

import streamlit as st

from portfolio.ui import difference_panels as panels
from portfolio.ui.filters import current_view, render_nothing_chosen

st.title("What changed")
shown = current_view()
if not render_nothing_chosen(shown):
    found = panels.find_differences(shown, *panels.render_dates(shown.as_of))
    if found is not None:
        panels.render_answer(found)
        panels.render_sums(found)
        panels.render_groups(found, shown)
