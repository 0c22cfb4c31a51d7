"""What a document is to be: of what, in which format, laid out how, compared with which earlier date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from portfolio.partners import partner_name, partners, region_name, regions
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import PortfolioView
from portfolio.summaries.covers import TITLES
from portfolio.summaries.documents import FORMATS, PROFILES, SummaryScope
from portfolio.summaries.made_documents import SUMMARY, Request
from portfolio.ui.as_of_bar import EARLIEST
from portfolio.ui.cached import known_as
from portfolio.ui.session import WidgetKey

FILTER = "filter"
SCOPES = TITLES | {FILTER: "Present filter"}
_LABELS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": "CSV tables"}
_LAYOUTS = {"working": "For working with", "publication": "For publication"}


def render_request(shown: PortfolioView) -> Request:
    """The choices, and the request that they make. Its date is that of every screen."""
    kind = st.segmented_control(
        "Document", list(SCOPES), format_func=SCOPES.__getitem__, default="region", required=True,
        key=WidgetKey.SCOPE, bind="query-params", wrap=True,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        scope = _render_scope(kind, shown)
        name = st.segmented_control(
            "Format", list(_LABELS), format_func=_LABELS.__getitem__, default="pdf", required=True,
            key=WidgetKey.DOCUMENT_FORMAT, bind="query-params",
        )  # fmt: skip
        profile = _render_layout() if name == "xlsx" else PROFILES[0]
        compared = _render_comparison(shown.as_of)
    chosen = shown.chosen if kind == FILTER else PortfolioFilter()
    if kind != FILTER and not shown.chosen.is_empty:
        st.caption(
            "The filter above applies to the pack, not to this document. Choose Present filter for a "
            "document of it."
        )
    return Request(SUMMARY, scope, shown.as_of, chosen, name, profile, known_as(), compared)


def _render_layout() -> str:
    return st.selectbox(
        "Layout", list(_LAYOUTS), format_func=_LAYOUTS.__getitem__, key=WidgetKey.DOCUMENT_PROFILE,
        bind="query-params", width=190,
        help="For publication: one plain table a sheet, without filters, frozen panes, charts or fills",
    )  # fmt: skip


def _render_comparison(as_of: dt.date) -> dt.date | None:
    """The earlier date that the document is compared with; none unless one is chosen."""
    latest = as_of - dt.timedelta(days=1)
    return st.date_input(
        "Compared with", value=None, min_value=EARLIEST, max_value=max(latest, EARLIEST),
        format="YYYY-MM-DD", key=WidgetKey.COMPARED_WITH, width=150,
        help="An earlier date: key figures then and now; every change on a sheet, the main ones in a report",
    )  # fmt: skip


def _render_scope(kind: str, shown: PortfolioView) -> SummaryScope:
    if kind == "region":
        names = {code: region_name(code) for code in regions()}
        return SummaryScope("region", _choice("Region", names, WidgetKey.SCOPE_REGION, shown.chosen.regions))
    if kind == "partner":
        names = {code: partner_name(code) for code in partners()}
        return SummaryScope(
            "partner", _choice("Partner", names, WidgetKey.SCOPE_PARTNER, shown.chosen.partners)
        )
    if kind == "project" and shown.everything:
        names = {project.key: f"{project.acronym}: {project.title}" for project in shown.everything}
        return SummaryScope("project", _choice("Project", names, WidgetKey.SCOPE_PROJECT))
    return SummaryScope("portfolio")


def _choice(label: str, names: dict[str, str], key: WidgetKey, filtered: Sequence[str] = ()) -> str:
    """One of the names; to begin with the one that the filter names, if it does."""
    first = next((code for code in filtered if code in names), None)
    codes = list(names)
    return st.selectbox(
        label, codes, index=codes.index(first) if first else 0, format_func=names.__getitem__, key=key,
        bind="query-params", width=340,
    )  # fmt: skip


def file_words(name: str) -> str:
    """A format as its button names it: "PDF (.pdf)"."""
    return f"{_LABELS[name]} (.{FORMATS[name].extension})"
