"""History: every change set, who wrote it, when and why, what it changed field by field, and its undo."""

import streamlit as st

from portfolio.services.histories import change_sets
from portfolio.ui import history_panels as panels
from portfolio.ui.cached import ask
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.filters import current_view
from portfolio.ui.session import current_person

st.title("History")
rows = ask(change_sets, current_person())
if not rows:
    st.info(
        "Nothing has been written to this portfolio yet. Create a project, or import a progress report; "
        "every write is then listed here with its reason, and stays for ever."
    )
else:
    panels.open_asked(rows)
    shown = current_view()
    chosen = panels.render_filter(shown, rows)
    if not chosen:
        panels.render_none_left()
    else:
        panels.render_change_sets(chosen)
        row = panels.render_choice(chosen)
        panels.render_change_set(row)
        panels.render_changes(shown, row)
    render_figure_links(("revision", "changes"))
