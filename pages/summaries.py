"""Regional summary: what it is of, what it will contain, the workbook, and what was made before."""

import streamlit as st

from portfolio.summaries.previews import preview_summary
from portfolio.ui import document_panels as panels
from portfolio.ui.cached import ask
from portfolio.ui.designations import render_designations
from portfolio.ui.filters import current_view
from portfolio.ui.session import current_person

st.title("Regional summary")
shown = current_view()
if panels.may_export():
    request = panels.render_request(shown)
    preview = ask(
        preview_summary, current_person(), request.scope, as_of=request.as_of, chosen=request.chosen
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        panels.render_download(request, preview)
        panels.render_pack_button(shown, "summaries")
    panels.render_preview(preview)
    panels.render_made(shown)
    render_designations(shown.portfolio, texts=[preview.filters, *preview.footnotes])
