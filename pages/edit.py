"""Edit: one project with everything that belongs to it, entered, previewed and applied as one change set."""

import streamlit as st

from portfolio.ui.designations import render_designations
from portfolio.ui.filters import current_view
from portfolio.ui.forms.fields import PARTS
from portfolio.ui.forms.openings import form_title, open_workbench
from portfolio.ui.forms.parts import render_part
from portfolio.ui.forms.previews import render_preview
from portfolio.ui.session import WidgetKey

st.title(form_title())
bench = open_workbench()
if bench is not None:
    part = st.segmented_control(
        "Part of the form",
        list(PARTS),
        format_func=PARTS.__getitem__,
        required=True,
        key=WidgetKey.EDIT_PART,
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    render_part(bench, part or next(iter(PARTS)))
    render_preview(bench)
    render_designations(current_view().portfolio, codes=("XKX", "PSE"))
