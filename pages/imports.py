"""Import a report: what it says, what is wrong in it, what it would change; applied by name, and undone."""

import streamlit as st

from portfolio.services.access import may
from portfolio.ui import import_panels as panels
from portfolio.ui.cached import view
from portfolio.ui.filters import render_nothing_chosen
from portfolio.ui.import_drafts import unfinished_imports
from portfolio.ui.import_previews import render_counts
from portfolio.ui.import_results import render_last_imports, render_outcome
from portfolio.ui.import_works import current_work, watch_work
from portfolio.ui.session import current_person
from portfolio.ui.signatures import refusal_sentence

st.title("Import a report")
person = current_person()
if not may(person, "import"):
    st.info(refusal_sentence(person, "import reports"))
elif not render_nothing_chosen(view()):
    work = current_work()
    panels.render_unfinished(work, unfinished_imports(work.subject))
    panels.render_uploader(work)
    if work.outcome is not None:
        render_outcome(work.outcome, work)
    elif watch_work(work) is not None:
        panels.render_progress(work.job)
    elif work.checked is not None:
        panels.render_check(work, work.checked)
        render_counts(work.checked)
        panels.render_files(work.checked, work)
        panels.render_apply(work.checked, work)
    elif work.files:
        panels.render_unchecked(work)
    render_last_imports()
