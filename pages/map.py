"""Map: who works where, by a measure of the reader's choice, with the table of the same numbers."""

import streamlit as st

from portfolio.partners import partner_name
from portfolio.services.geography import by_partner
from portfolio.services.measures import MEASURES, measure
from portfolio.ui.designations import render_designations
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.place_panels import (
    partner_codes,
    render_map,
    render_partner,
    render_sums,
    render_table,
    zoom_labels,
)
from portfolio.ui.session import WidgetKey

st.title("Map")
shown = current_view()
if not render_nothing_chosen(shown):
    places = by_partner(shown.projects, shown.as_of)
    colour_by, zoom_to, partner = st.columns(3)
    measure_id = colour_by.selectbox(
        "Colour by",
        [entry.id for entry in MEASURES],
        format_func=lambda entry: measure(entry).indicator.label,
        key=WidgetKey.MEASURE,
        bind="query-params",
    )
    zoom = zoom_to.selectbox(
        "Zoom to",
        list(zoom_labels()),
        format_func=zoom_labels().__getitem__,
        key=WidgetKey.ZOOM,
        bind="query-params",
    )
    selected = partner.selectbox(
        "Partner",
        partner_codes(places),
        index=None,
        format_func=partner_name,
        key=WidgetKey.PLACE,
        bind="query-params",
        placeholder="Choose here or on the map",
    )
    chosen = measure(measure_id)
    left, right = st.columns([5, 4], gap="medium")
    with left:
        render_map(shown, places, chosen, zoom, selected)
        render_partner(shown, selected)
    with right:
        render_table(shown, places, chosen)
        render_sums(shown, places, chosen)
    render_designations(shown.portfolio, codes=partner_codes(places))
