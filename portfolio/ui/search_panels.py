"""The find screen's panels: what was found, kind by kind, and what to do where nothing was."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from portfolio.services.searches import MOST_HITS, Hit, Kind
from portfolio.services.views import PortfolioView
from portfolio.ui.designations import render_designations
from portfolio.ui.filters import implementer_names
from portfolio.ui.searches import KINDS, by_kind, described, destination, highlighted
from portfolio.ui.session import WidgetKey
from portfolio.ui.texts import counted, literal

_SHOWN = 6
ALL = "all"
_PLURALS: dict[Kind, tuple[str, str]] = {
    "project": ("project", "projects"),
    "organisation": ("organisation", "organisations"),
    "partner": ("partner", "partners"),
    "milestone": ("milestone", "milestones"),
    "note": ("note", "notes"),
}


def render_prompt(shown: PortfolioView) -> None:
    """What can be found, while nothing has been asked for."""
    st.markdown(
        "Names of projects, organisations, partners and milestones, and what summaries and notes say. Every "
        "hit holds all the words; case and accents do not matter, and a part of a word is enough."
    )
    if not shown.everything:
        st.info("This portfolio has no projects yet, so only partners can be found.")


def render_hits(shown: PortfolioView, hits: Sequence[Hit], words: str) -> None:
    """The hits by kind with their counts; or what to try instead."""
    if not hits:
        st.info(
            f"Nothing holds all of: {literal(words)}. Try fewer words, or a part of a word.",
            title="Nothing found",
        )
        return
    groups = by_kind(hits)
    st.markdown(_sentence(groups))
    if len(hits) >= MOST_HITS:
        st.caption(f"Only the first {MOST_HITS} hits are listed. Add a word to narrow them.")
    kinds: list[Kind | str] = [ALL, *groups]
    chosen = st.segmented_control(
        "Kind of hit", kinds, default=ALL, required=True, key=WidgetKey.FIND_KIND, wrap=True,
        format_func=lambda kind: "All" if kind == ALL else f"{KINDS[kind]} ({len(groups[kind])})",
        label_visibility="collapsed",
    )  # fmt: skip
    for kind, found in groups.items():
        if chosen == kind:
            _render_group(shown, kind, found, words, len(found))
        elif chosen not in groups:
            _render_group(shown, kind, found, words, _SHOWN)
    texts = [f"{hit.name} {hit.context}" for hit in hits]
    render_designations(shown.portfolio, texts=texts)


def _sentence(groups: dict[Kind, list[Hit]]) -> str:
    """How many hits of each kind there are."""
    return ", ".join(counted(len(found), *_PLURALS[kind]) for kind, found in groups.items()) + "."


def _render_group(shown: PortfolioView, kind: Kind, hits: Sequence[Hit], words: str, most: int) -> None:
    st.header(f"{KINDS[kind]} ({len(hits)})")
    implementers = implementer_names(shown.everything)
    for hit in hits[:most]:
        to = destination(hit, shown.names, implementers)
        link, text = st.columns([2, 7], gap="small")
        link.page_link(to.page, label=literal(to.label), query_params=to.query, help="")
        text.markdown(highlighted(described(hit), words))
    if len(hits) > most:
        st.caption(f"{len(hits) - most} more: choose {KINDS[kind]} above.")
