"""History: every change set, who wrote it, when and why, and what it changed field by field."""

import streamlit as st

from portfolio.services.histories import change_sets
from portfolio.ui.cached import ask
from portfolio.ui.filters import current_view
from portfolio.ui.history_panels import (
    render_change_set,
    render_change_sets,
    render_changes,
    render_choice,
)
from portfolio.ui.session import current_person

st.title("History")
rows = ask(change_sets, current_person())
if not rows:
    st.info(
        "Nothing has been written to this portfolio yet. Load a portfolio or import a progress report on the "
        "command line; every write is then listed here with its reason, and stays for ever."
    )
else:
    render_change_sets(rows)
    row = render_choice(rows)
    render_change_set(row)
    render_changes(current_view(), row)
