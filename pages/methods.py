"""Methods: definition, formula, unit, source and coverage of every figure, and the rules behind them."""

import streamlit as st

from portfolio.services.methods import methods
from portfolio.ui.cached import ask, current_as_of
from portfolio.ui.designations import render_designations
from portfolio.ui.filters import current_filter, current_view
from portfolio.ui.method_panels import SECTIONS, render_figures, render_section
from portfolio.ui.session import WidgetKey, current_person

st.title("Methods")
shown = current_view()
section = st.segmented_control(
    "Section",
    list(SECTIONS),
    format_func=SECTIONS.__getitem__,
    default="figures",
    required=True,
    key=WidgetKey.VIEW,
    bind="query-params",
    label_visibility="collapsed",
    wrap=True,
)
if section == "figures":
    render_figures(shown, ask(methods, current_person(), chosen=current_filter(), as_of=current_as_of()))
else:
    render_section(section, shown)
render_designations(shown.portfolio, codes=("XKX", "PSE"))
