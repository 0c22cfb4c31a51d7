"""One project's health on the screen: dimensions with their sentences, what stands beside, the history."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from portfolio.model.result_rows import AssessmentRow
from portfolio.model.rows import ProjectRow
from portfolio.services.health.assessments import load_assessments
from portfolio.services.health.histories import SAID, SAID_KNOWN, load_history
from portfolio.services.health.portfolios import load_health
from portfolio.services.health.ratings import Health, in_force
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui import health as words
from portfolio.ui import health_tables as tables
from portfolio.ui.cached import ask
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme

HEALTH_PAGE = ROOT / "pages" / "health.py"
_AT_ONCE = 200


def render_project_health(project: ProjectRow, shown: PortfolioView) -> None:
    """The health of one project for its own screen, with the way to overrides and history."""
    found = ask(load_health, current_person(), as_of=shown.as_of).get(project.key)
    if found is None:
        return
    st.header("Health")
    own = ask(load_assessments, current_person(), as_of=shown.as_of).get(project.key, {})
    render_ratings(found, own, shown)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.page_link(
            HEALTH_PAGE, label="History of the colours, and setting one beside", width="content",
            query_params={str(WidgetKey.PROJECT): project.key},
        )  # fmt: skip
        render_figure_links(["health"], project.key)


def render_ratings(health: Health, own: Mapping[str, AssessmentRow], shown: PortfolioView) -> None:
    """Overall and the five dimensions, each with its one sentence, and what people say beside."""
    st.markdown(f"{words.coloured(health.state)} {literal(_overall(health))}")
    for rating in health.ratings:
        name, why = st.columns([2, 7], gap="xxsmall")
        dimension = words.scope_name(rating.dimension)
        name.markdown(f"{dimension}  \n{words.coloured(rating.colour)}")
        lines = [literal(rating.sentence)]
        if rating.dimension in own:
            lines.append(f":gray[{literal(words.own_sentence(own[rating.dimension]))}]")
        why.markdown("  \n".join(lines))
    for row in health.overrides:
        holds = in_force(row, shown.as_of)
        lead = "**Set beside the computed colour.**" if holds else "Set earlier, no longer in force."
        st.markdown(f"{lead} {literal(words.override_sentence(row, holds))}")


def _overall(health: Health) -> str:
    if not health.ratings:
        return health.sentence
    unknown = f"{health.unknown} of {len(health.ratings)} dimensions not known"
    if health.worst is None:
        return f"Overall: {unknown}."
    return f"Overall: the worst that is known, by {health.worst.dimension}; {unknown}."


def render_history(project: ProjectRow, shown: PortfolioView) -> None:
    """The colours after each half-year of the project's life."""
    # Each half-year is computed from all records anew: with many projects only where it is asked for.
    is_small = len(shown.everything) <= _AT_ONCE
    if not st.toggle("History of the colours", value=is_small, key=WidgetKey.HEALTH_HISTORY):
        return
    rows = ask(load_history, current_person(), project.key, as_of=shown.as_of)
    if not rows:
        st.caption("No half-year has ended in which the project certainly ran.")
        return
    table = tables.history_table(rows)
    states = ", ".join(f"{row.period} {words.mark(row.health.state)}" for row in rows)
    alt = f"Overall after each half-year: {states}."
    shown_table = words.in_colour(table, words.SCOPES)
    show_table(shown_table, tables.history_columns(current_theme()), alt=alt, height="content")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        known = any(row.is_known_then for row in rows)
        st.caption(SAID_KNOWN if known else SAID, width="stretch")
        download_csv(table, f"{project.key}-health-history")
