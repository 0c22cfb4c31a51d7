"""The router: runs before every screen, whatever address it is opened by."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from portfolio.ui.as_of_bar import render_nothing, render_standing, settle_date
from portfolio.ui.cached import view
from portfolio.ui.errors import page_errors
from portfolio.ui.figure_links import render_screen_figures
from portfolio.ui.filters import render_filter_bar

PAGES = Path(__file__).resolve().parents[2] / "pages"
# A file of our own: the browser would ask the icon font's home for a Material icon in its tab.
FAVICON = Path(__file__).with_name("favicon.svg")
PRODUCT = "Portfolio tracker"
ABOUT = (
    "Portfolio tracker for EU-funded cyber capacity-building projects. "
    "Free software under the European Union Public Licence 1.2."
)
Visibility = Literal["visible", "hidden"]
DEMO_BANNER = "Demonstration portfolio: fictional"


def screen(name: str, title: str, purpose: str, visibility: Visibility = "visible") -> StreamlitPage:
    """One screen, registered by the absolute path of its file; the overview stands at the root address."""
    default = name == "overview"
    return st.Page(PAGES / f"{name}.py", title=title, help=purpose, default=default, visibility=visibility)


def screens() -> dict[str, list[StreamlitPage]]:
    """The screens by group; the first group has no heading."""
    return {
        "": [
            screen("overview", "Overview", "What runs, what ends soon, what it costs, what is unknown."),
            screen("projects", "Projects", "Every project in one table: search, sort, select."),
            screen("map", "Map", "The partners, coloured by a measure of your choice."),
            screen("partner", "Partner", "Everything active in one partner, with its part of the money."),
            screen("milestones", "Milestones", "What is planned, what is due and what was reached."),
            screen("project", "Project", "Everything about one project.", "hidden"),
            screen("edit", "Edit", "One project in a form, or a new one.", "hidden"),
            screen("figure", "Figure", "One figure: its formula, its lines, what they rest on.", "hidden"),
        ],
        "Follow-up": [
            screen("timeline", "Timeline", "The portfolio along time; prints on one page of A4."),
            screen("calendar", "Calendar", "What falls due or was missed, with its arithmetic; reports."),
            screen("health", "Health", "What is off track and why, by project and dimension."),
            screen("changes", "What changed", "Two dates side by side: what moved, came or went."),
            screen("risks", "Risks", "What may go wrong, which way it moves, what nobody has looked at."),
        ],
        "Figures": [
            screen("results", "Results", "Indicators against what is expected by now, totals, approvals."),
            screen("capacity", "Capacity", "Trainings by partner, theme and stage; follow-ups due."),
            screen("money", "Money", "From decision to cost: what is left, how fast it goes, where it goes."),
            screen("evaluations", "Evaluations", "What others judge, what came of it, policy markers."),
            screen("gaps", "Gaps", "Partner by pillar: who runs where, where nobody does, where two meet."),
            screen("completeness", "Completeness", "What is missing, who owes it, where it is mended."),
        ],
        "Work": [
            screen("imports", "Import a report", "Progress reports in: checked, previewed, applied."),
            screen("reports", "Report templates", "Workbooks to send out, and who has reported."),
            screen("summaries", "Documents", "Regional summary, partner brief, project sheet; four formats."),
            screen("find", "Find", "One search over projects, organisations, partners, milestones, notes."),
        ],
        "Records": [
            screen("history", "History", "Every change of the data, with its reason."),
            screen("methods", "Methods", "How every figure is defined, computed and sourced."),
            screen("settings", "Settings", "What a unit sets for itself, with source and history."),
        ],
    }


def render_banner() -> None:
    """The line that marks a fictional portfolio, on every screen."""
    if view().is_demo:
        st.warning(DEMO_BANNER, icon=":material/science:")


def run() -> None:
    """The frame of every screen, and inside it the screen that the address names."""
    st.set_page_config(PRODUCT, page_icon=FAVICON, layout="wide", menu_items={"About": ABOUT})
    st.logo(FAVICON, size="small")
    # The person and the role are settled here, before any screen runs (services/access.py).
    chosen = st.navigation(screens(), position="top")
    with page_errors():
        page = chosen.url_path or "overview"
        nothing = settle_date(page)
        render_banner()
        render_filter_bar(page)
        if nothing:
            st.title(chosen.title)
            render_nothing(nothing)
            return
        render_standing()
        chosen.run()
        if view().projects:
            render_screen_figures(page)


run()
