"""The methods screen's panels: the figures with their coverage, and one panel per further subject."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from portfolio.geometry import base_map
from portfolio.indicators import CONTEXT, CONTEXT_SENTENCE
from portfolio.services.figures.registry import builders
from portfolio.services.methods import Method
from portfolio.services.rulebooks import attention_rules, document
from portfolio.services.views import PortfolioView
from portfolio.ui import methods as parts
from portfolio.ui.figure_links import figure_link
from portfolio.ui.indicator_libraries import render_library
from portfolio.ui.session import WidgetKey, keyed
from portfolio.ui.tables import download_csv
from portfolio.ui.texts import counted, literal, mid_sentence
from portfolio.vocabulary import label

SECTIONS = {
    "figures": "Figures",
    "splits": "Money, dates and documents",
    "rules": "Rules and thresholds",
    "library": "Indicator library",
    "designations": "Designations",
    "sources": "Sources and licences",
}


def render_figures(shown: PortfolioView, methods: Sequence[Method]) -> None:
    """Every figure of the tracker, with its coverage over the chosen projects."""
    text = st.text_input(
        "Find a figure", key=keyed(WidgetKey.VIEW, "find"), placeholder="for example: late", width=320
    )
    found = parts.matching(methods, text)
    chosen = len(shown.projects)
    st.caption(
        f"{len(found)} of {counted(len(methods), 'figure')}. Coverage is counted over the "
        f"{counted(chosen, 'chosen project')}."
    )
    if not found:
        st.info("No figure has these words. Try one word, or empty the field to see all figures.")
        return
    openable = builders()
    for group, rows in parts.by_group(found).items():
        st.header(group)
        if group == CONTEXT:
            st.caption(CONTEXT_SENTENCE)
        with st.grid(2, min_column_width=330, gap="medium"):
            for row in rows:
                with st.container(gap=None):
                    st.markdown(parts.method_text(row))
                    if row.indicator.id in openable:
                        name = f"Open {literal(mid_sentence(row.indicator.label))}"
                        figure_link(row.indicator.id, name, small=True)
    download_csv(parts.methods_table(found), "figures")


def render_section(section: str, shown: PortfolioView) -> None:
    """One of the other sections."""
    if section == "splits":
        st.markdown(document("docs/methods.md"))
    elif section == "rules":
        _render_rules()
    elif section == "library":
        render_library()
    elif section == "designations":
        _render_designations(shown)
    else:
        _render_sources(shown)


def _render_rules() -> None:
    st.header("What needs attention")
    st.markdown("Certain facts only: what is not known raises nothing, and closed projects raise nothing.")
    _table(parts.rules_table(attention_rules()), "Rules of what needs attention")
    st.header("Health")
    st.markdown(
        "Five dimensions of each running project, each with one sentence; overall is the worst that is "
        "known. Never green by default: what is not known is grey, and is counted. Planned and closed "
        "projects have no health."
    )
    _table(parts.health_rules_table(), "Rules of health")
    st.markdown(f"Its thresholds; a unit sets its own in Settings. {parts.threshold_sources()}.")
    _table(parts.thresholds_table(), "Thresholds of health")
    st.header("Deadlines")
    st.markdown(
        "Every date is **indicative**: counted from what is on record by these rules, which a unit may set "
        "to its own practice in Settings. Where no rule is sourced for a type of contract, the date typed "
        "from the contract holds; where none was typed, the deadline is not known. A typed date goes before "
        "a rule."
    )
    _table(parts.deadline_rules_table(), "Rules of deadlines")


def _render_designations(shown: PortfolioView) -> None:
    profile = label("profiles", shown.portfolio.institution_profile)
    st.markdown(
        f"This portfolio prints the texts of the profile **{literal(profile)}**. A unit sets the profile and "
        "its own texts in Settings. Our own texts always carry the asterisk; quoted titles of sources are "
        "left as they are and call for the same lines."
    )
    _table(parts.designations_table(), "Designation texts by institution profile")


def _render_sources(shown: PortfolioView) -> None:
    if shown.is_demo:
        st.markdown("Every project, institution and amount of this portfolio is **fictional**.")
    elif shown.portfolio.name == "reference":
        st.markdown(document("data/SOURCES.md"))
    else:
        st.markdown("This portfolio began empty. The history says who entered what, and from which file.")
    st.header("Base map")
    st.markdown(
        f"{literal(base_map().attribution)} The tracker serves it itself; no map asks another address."
    )
    with st.expander("How the base map is built, its licences and its limits"):
        st.markdown(parts.demoted(document("data/geo/README.md")))


def _table(table: pd.DataFrame, alt: str) -> None:
    st.table(table, border="horizontal", hide_index=True, alt=f"{alt}: {len(table)} rows.")
