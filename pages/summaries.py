"""Documents: what one is of and in which format, its pages as they will be, and what was made before."""

import streamlit as st

from portfolio.ui import document_panels as panels
from portfolio.ui.designations import render_designations
from portfolio.ui.document_choices import render_request
from portfolio.ui.document_previews import load_preview, render_preview
from portfolio.ui.filters import current_view
from portfolio.ui.made_panels import render_made

st.title("Documents")
shown = current_view()
if panels.may_export():
    request = render_request(shown)
    buttons = st.container(horizontal=True, vertical_alignment="center")
    preview = load_preview(request)
    with buttons:
        panels.render_download(request, preview)
        panels.render_pack_button(shown, "summaries")
    render_preview(request, preview)
    render_made(shown)
    render_designations(shown.portfolio, texts=[preview.filters, *preview.footnotes])
