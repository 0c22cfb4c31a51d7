"""What stands beside every aggregate of reported figures: how many of the projects have reported."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from portfolio.dates import HalfYear
from portfolio.model.rows import ProjectRow
from portfolio.services.completeness.freshness import reported_for, reported_sentence
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui.cached import ask
from portfolio.ui.session import current_person

COMPLETENESS_PAGE = ROOT / "pages" / "completeness.py"


def freshness_sentence(shown: PortfolioView, projects: Iterable[ProjectRow] | None = None) -> str:
    """How many of the chosen projects, or of `projects`, that ran in the last half-year reported for it."""
    period = HalfYear.last_ended(shown.as_of)
    reported = ask(reported_for, current_person(), str(period), as_of=shown.as_of)
    return reported_sentence(shown.projects if projects is None else projects, reported, shown.as_of)


def render_freshness(shown: PortfolioView, projects: Iterable[ProjectRow] | None = None) -> None:
    """The sentence as a link to the screen that names who has not reported."""
    st.page_link(
        COMPLETENESS_PAGE,
        label=f":small[{freshness_sentence(shown, projects)}]",
        help="Figures of cost, results, trainings and risks are as fresh as the reports that came in.",
        width="content",
    )
