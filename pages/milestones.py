"""Milestones: what is late, what falls due, what was reached; context entries apart."""

import streamlit as st

from portfolio.services.milestones import milestone_counts
from portfolio.services.schedules import (
    STANDINGS,
    kinds_present,
    of_kinds,
    schedule,
    standing,
    standing_sentence,
)
from portfolio.ui.document_panels import render_pack_button
from portfolio.ui.filters import current_scheduled_view, render_nothing_chosen
from portfolio.ui.schedule_panels import (
    render_chart,
    render_context,
    render_counts,
    render_late,
    render_list,
    render_notes,
)
from portfolio.ui.session import WidgetKey
from portfolio.vocabulary import label

st.title("Milestones")
shown = current_scheduled_view()
if not render_nothing_chosen(shown):
    found = schedule(shown.milestones)
    counts = milestone_counts(shown.milestones, shown.as_of)
    render_counts(counts)
    st.markdown(standing_sentence(found, counts))
    render_pack_button(shown, "milestones")
    render_late(shown, found)
    stand, kind = st.columns([3, 2])
    code = stand.segmented_control(
        "Show",
        list(STANDINGS),
        format_func=STANDINGS.__getitem__,
        default="all",
        required=True,
        wrap=True,
        key=WidgetKey.MILESTONE_STATE,
        bind="query-params",
    )
    kinds = kind.multiselect(
        "Kind",
        list(kinds_present(found.counted)),
        format_func=lambda value: label("milestone_kind", value),
        key=WidgetKey.MILESTONE_KIND,
        bind="query-params",
        placeholder="All kinds",
    )
    listed = of_kinds(standing(found.counted, code, shown.as_of), kinds)
    render_chart(shown, listed)
    render_list(shown, listed)
    render_context(shown, found)
    render_notes(shown)
