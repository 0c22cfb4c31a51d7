"""The table of projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.indicators import indicator
from portfolio.model.rows import ProjectRow
from portfolio.money import format_known
from portfolio.partners import region_name
from portfolio.services.money import money_figures
from portfolio.services.overviews import missing_fields
from portfolio.services.statuses import project_status
from portfolio.services.views import PortfolioView
from portfolio.ui.evidence import partner_labels
from portfolio.ui.overviews import whole_budget_sentence
from portfolio.ui.tables import count_column, date_column, euros, money_column, text_column
from portfolio.ui.texts import counted, mid_sentence
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

# What stands in the table and above it, as figures that open.
FIGURES = (
    "projects", "total-budget", "eu-contribution", "status", "present-end", "focus", "instrument",
    "partly-cyber", "not-published",
)  # fmt: skip


def projects_table(projects: Iterable[ProjectRow], as_of: dt.date) -> pd.DataFrame:
    """One row per project, in their order.

    Columns: acronym, title, regions, implementers, focus, instrument, status, not_stated (text); partners
             (count, empty where not stated); start, end (reduced ISO dates); total_budget_eur,
             eu_contribution_eur (euro, empty where not stated); partly_cyber ("yes" or "no"); partner_names
             and id, which the screen leaves to the download.
    """
    rows = list(projects)
    return pd.DataFrame(
        {
            "acronym": [row.acronym for row in rows],
            "title": [row.title for row in rows],
            "status": [label("project_status", project_status(row, as_of)) for row in rows],
            "start": [row.start for row in rows],
            "end": [row.present_end for row in rows],
            "total_budget_eur": euros(pd.Series([row.total_budget_cents for row in rows], dtype="Int64")),
            "eu_contribution_eur": euros(
                pd.Series([row.eu_contribution_cents for row in rows], dtype="Int64")
            ),
            "partly_cyber": ["yes" if row.relevance == "partly-cyber" else "no" for row in rows],
            "partners": pd.Series([len(row.partner_codes) or None for row in rows], dtype="Int64"),
            "regions": [", ".join(map(region_name, row.regions)) or None for row in rows],
            "focus": [_term("focus", row.focus) for row in rows],
            "instrument": [_term("instrument", row.instrument) for row in rows],
            "implementers": [_implementers(row) for row in rows],
            "not_stated": [_not_stated(row) for row in rows],
            "partner_names": ["; ".join(partner_labels(row)) or None for row in rows],
            "id": [row.key for row in rows],
        }
    )  # fmt: skip


def _term(vocabulary: str, code: str | None) -> str | None:
    return None if code is None else label(vocabulary, code)


def _implementers(project: ProjectRow) -> str | None:
    names = [role.name for role in project.roles if role.role != "beneficiary"]
    return "; ".join(names) or None


def _not_stated(project: ProjectRow) -> str:
    return ", ".join(mid_sentence(field.label) for field in missing_fields([project])) or "nothing"


def projects_columns() -> Mapping[str, ColumnConfig | str | None]:
    """The columns of `projects_table` that the screen shows."""
    return {
        "acronym": text_column("Acronym", width=140, pinned=True),
        "title": text_column("Title", width=230),
        "status": text_column("Status", indicator("status").definition),
        "start": date_column("Start"),
        "end": date_column("Present end", indicator("present-end").definition),
        "total_budget_eur": money_column("Total budget", indicator("total-budget").definition),
        "eu_contribution_eur": money_column("EU contribution", indicator("eu-contribution").definition),
        "partly_cyber": text_column("Partly cyber", indicator("partly-cyber").definition),
        "partners": count_column("Partners", "How many countries and territories take part"),
        "regions": text_column("Regions"),
        "focus": text_column("Focus"),
        "instrument": text_column("Instrument"),
        "implementers": text_column("Implementers"),
        "not_stated": text_column("Not stated", indicator("not-published").definition),
    }


def projects_finding(shown: PortfolioView) -> str:
    """What the table holds, in a sentence with its sums."""
    figures = money_figures(shown.projects, shown.money, shown.decisions)
    sums = (
        f"{counted(len(shown.projects), 'project')}. Total budget: {format_known(figures.total_budget)}. "
        f"EU contribution: {format_known(figures.eu_contribution)}."
    )
    whole = whole_budget_sentence(shown.chosen)
    return f"{sums} {whole}" if whole else sums
