"""A document before it is made: its pages or sheets as they will be, what is in it and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from portfolio.dates import date_label
from portfolio.summaries.made_documents import Request
from portfolio.summaries.previews import SummaryPreview, preview_document
from portfolio.ui.cached import ask_aloud
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.tables import show_table, text_column
from portfolio.ui.texts import counted, listed, literal

# Formats that are read page by page; the others hold tables.
PAGED = ("pdf", "docx")
_NAMES_SHOWN = 60
# What is in the document stands beside its first pages, so that both are seen at once.
_PAGES_SHOWN, _PAGE_WIDTH = 2, 300
_WORD = "Word breaks its pages itself; the words and figures are those of the pages below."


def load_preview(request: Request) -> SummaryPreview:
    """The document as it would be; a long one says how far it has come."""
    place = st.empty()

    def tell(share: float, step: str) -> None:
        place.progress(share, step)

    preview = ask_aloud(
        preview_document, tell, current_person(), request, with_pages=request.format in PAGED
    )
    place.empty()
    return preview


def render_preview(request: Request, preview: SummaryPreview) -> None:
    """What it will contain: its pages or sheets, its projects, and what is not known."""
    stamp = f"data as at {date_label(preview.as_of.isoformat())}, revision {preview.revision}"
    known = f", {preview.knowledge}" if preview.knowledge else ""
    st.markdown(f"**{literal(preview.title)}**, {stamp}{literal(known)}. {literal(preview.filters)}.")
    is_paged = request.format in PAGED
    holds, words = st.columns([5, 2] if is_paged else [2, 3], gap="large")
    with holds:
        if is_paged:
            _render_pages(request, preview)
        else:
            _render_sheets(preview)
    with words:
        _render_words(preview)


def _render_pages(request: Request, preview: SummaryPreview) -> None:
    pages = preview.pages
    if request.format == "docx":
        st.caption(_WORD)
    is_long = len(pages) > _PAGES_SHOWN
    place = st.container()
    with_all = is_long and st.toggle(f"Show all {len(pages)} pages", key=WidgetKey.ALL_PAGES)
    shown = pages if with_all else pages[:_PAGES_SHOWN]
    with place, st.grid(_PAGES_SHOWN, min_column_width=_PAGE_WIDTH, gap="small"):
        for number, page in enumerate(shown, 1):
            with st.container(border=True):
                name = f"Page {number} of {len(pages)}"
                st.image(page, caption=name, alt=f"{name} of {preview.title}, as it will be", width="stretch")


def _render_sheets(preview: SummaryPreview) -> None:
    table = pd.DataFrame(
        {
            "sheet": [sheet.title for sheet in preview.sheets],
            "holds": [counted(sheet.number, sheet.noun) if sheet.number else _none(sheet.noun)
                      for sheet in preview.sheets],
        }
    )  # fmt: skip
    columns = {"sheet": text_column("Sheet"), "holds": text_column("Holds")}
    alt = f"The {counted(len(table), 'sheet')} of the document and what each holds."
    show_table(table, columns, alt=alt, height="content")


def _none(noun: str) -> str:
    return "cover page" if noun == "page" else f"no {noun}s"


def _render_words(preview: SummaryPreview) -> None:
    _names(f"In it: {counted(len(preview.inside), 'project')}", preview.inside)
    _names(f"Left out: {counted(len(preview.left_out), 'project')}", preview.left_out)
    _render_missing(preview)


def _names(heading: str, names: Sequence[str]) -> None:
    st.markdown(f"**{heading}**")
    st.markdown(literal(listed(list(names), _NAMES_SHOWN)) + "." if names else "None.")


def _render_missing(preview: SummaryPreview) -> None:
    st.markdown("**Not known**")
    total = len(preview.inside)
    lines = []
    for row in preview.missing:
        names = listed([preview.names[key] for key in row.projects], 8)
        lines.append(f"{row.label}: {len(row.projects)} of {total} ({names})")
    if not lines:
        st.markdown(
            "Nothing of what the tracker asks for is missing." if total else "There is no project in it."
        )
    for line in lines:
        st.markdown(literal(line))
