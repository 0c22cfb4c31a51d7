"""Taking documents away: who may, the document that is chosen, and the pack for a steering committee."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from portfolio.services.access import Person, may
from portfolio.services.views import PortfolioView
from portfolio.summaries.documents import FORMATS, SummaryScope
from portfolio.summaries.made_documents import PACK, SUMMARY, Request, make_and_record
from portfolio.summaries.packs import MEDIA_TYPE as ZIP
from portfolio.summaries.previews import SummaryPreview
from portfolio.ui.cached import known_as, present_portfolio
from portfolio.ui.document_choices import file_words
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.signatures import refusal_sentence, signing_person


def may_export() -> bool:
    """Whether the person may take documents away; where not, it has been said."""
    if may(current_person(), "export"):
        return True
    st.info(refusal_sentence(current_person(), "take documents away"))
    return False


def render_download(request: Request, preview: SummaryPreview) -> None:
    """The button that makes the document; nothing is made before it is asked for."""
    kind = FORMATS[request.format]
    st.download_button(
        f"Download {file_words(request.format)}", partial(_made, request, signing_person()),
        file_name=f"{preview.stem}.{kind.extension}", mime=kind.media_type, on_click="ignore",
        type="primary", icon=":material/download:", key=keyed(WidgetKey.DOWNLOAD, SUMMARY),
    )  # fmt: skip


def render_pack_button(
    shown: PortfolioView, where: str, look: Literal["secondary", "tertiary"] = "secondary"
) -> None:
    """One click for the steering-committee pack of what is chosen; nothing where nothing is."""
    if not shown.projects or not may(current_person(), "export"):
        return
    request = Request(PACK, SummaryScope("portfolio"), shown.as_of, shown.chosen, known=known_as())
    name = "portfolio" if shown.chosen.is_empty else "selection"
    stem = f"steering-committee-{name}-{shown.as_of.isoformat()}-r{shown.portfolio.revision}"
    stem += "-as-known" if request.known == "then" else ""
    st.download_button(
        "Steering-committee pack (.zip)", partial(_made, request, signing_person()),
        file_name=f"{'demo-' if shown.is_demo else ''}{stem}.zip", mime=ZIP, on_click="ignore",
        icon=":material/folder_zip:", type=look, key=keyed(WidgetKey.PACK, where),
        help="The workbook of the present filter, and its timeline on one page: PDF, PNG and SVG",
    )  # fmt: skip


def _made(request: Request, person: Person) -> bytes:
    """The document, made and listed; called by the download, outside a run of the screen."""
    return make_and_record(present_portfolio(), person, request).content
