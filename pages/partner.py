"""Partner: everything that is active in one partner, with its part of the money and its context."""

import streamlit as st

from portfolio.partners import partner_name
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.freshness import render_freshness
from portfolio.ui.partner_panels import (
    asked_partner,
    profile_of,
    render_answer,
    render_choice,
    render_context,
    render_done,
    render_due,
    render_implementers,
    render_notes,
    render_pillars,
    render_projects,
    render_prompt,
    render_risks,
)

shown = current_view()
code = asked_partner(shown)
st.title(partner_name(code) if code else "Partner")
if not render_nothing_chosen(shown):
    render_choice(shown, code)
    found = profile_of(shown, code) if code else None
    if found is None:
        render_prompt(shown)
    else:
        render_answer(shown, found)
        render_freshness(shown, [share.project for share in found.shares])
        render_projects(found)
        render_pillars(shown, found)
        left, right = st.columns([3, 2], gap="large")
        with left:
            render_due(shown, found)
            render_done(shown, found)
        with right:
            render_risks(shown, found)
            render_implementers(shown, found)
            render_context(found)
    render_notes(shown, found)
