"""Settings: what a unit sets for itself, each value with its default, its source, and who set it when."""

import streamlit as st

from portfolio.services.practice import settings_of
from portfolio.ui.cached import ask, view
from portfolio.ui.designations import render_designations
from portfolio.ui.practices import GROUPS, in_group
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.setting_panels import render_choice, render_group, render_setting

st.title("Settings")
group = st.segmented_control(
    "Group",
    list(GROUPS),
    default="Institution",
    required=True,
    key=WidgetKey.SETTING_GROUP,
    bind="query-params",
    label_visibility="collapsed",
    wrap=True,
)
st.caption(GROUPS[group])
settings = in_group(ask(settings_of, current_person()), group)
render_group(settings, group)
render_setting(render_choice(settings))
if group == "Institution":
    render_designations(view().portfolio, codes=("XKX", "PSE"))
