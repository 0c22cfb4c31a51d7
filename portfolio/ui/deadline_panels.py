"""One project's deadlines and reports, on its own screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from portfolio.model.rows import ProjectRow
from portfolio.services.deadlines.calendars import load_deadlines
from portfolio.services.deadlines.entries import Deadline
from portfolio.services.deadlines.reports import ReportEntry
from portfolio.services.views import PortfolioView
from portfolio.ui.cached import ask
from portfolio.ui.deadline_tables import counting, report_columns, report_table
from portfolio.ui.designations import render_designations
from portfolio.ui.session import current_person
from portfolio.ui.tables import show_table, text_column
from portfolio.ui.texts import counted, literal

NONE = "–"


def render_project_deadlines(project: ProjectRow, shown: PortfolioView) -> None:
    """Every deadline of a project with its arithmetic and source, what does not fit, and its reports."""
    found = ask(load_deadlines, current_person(), as_of=shown.as_of).of({project.key})
    if not found.deadlines and not found.reports:
        return
    st.header("Deadlines and reports")
    st.caption("Every date is indicative: it is counted from what is on record, and the contract holds.")
    for row in found.misfits:
        st.markdown(literal(row.sentence))
    if found.deadlines:
        table = deadlines_table(found.deadlines, shown.as_of)
        alt = f"{counted(len(table), 'deadline')}, {len(found.unknown) or 'none'} of them not known."
        show_table(table, _COLUMNS, alt=alt, unknown=NONE)
    if found.reports:
        _render_reports(found.reports, shown)
    render_designations(shown.portfolio, texts=[row.subject for row in found.deadlines])


def _render_reports(reports: Sequence[ReportEntry], shown: PortfolioView) -> None:
    listed = sorted(reports, key=lambda row: (-row.late_days, not row.is_open, row.earliest))
    table = report_table(listed, shown.names)
    columns = {name: column for name, column in report_columns(table).items() if name != "project"}
    late = sum(row.state == "late" for row in reports)
    show_table(table, columns, alt=f"{counted(len(reports), 'report')}, {late or 'none'} late.", unknown=NONE)


def deadlines_table(deadlines: Sequence[Deadline], as_of: dt.date) -> pd.DataFrame:
    """One row per deadline: what, when, how it stands, of what, arithmetic, source."""
    return pd.DataFrame(
        {
            "deadline": [row.name for row in deadlines],
            "when": [row.when for row in deadlines],
            "outcome": [row.outcome(as_of) for row in deadlines],
            "subject": [row.subject for row in deadlines],
            "arithmetic": [counting(row.arithmetic) for row in deadlines],
            "source": [row.source for row in deadlines],
        }
    )


_COLUMNS = {
    "deadline": text_column("Deadline", width=230),
    "when": text_column("When", width=240),
    "outcome": text_column("Standing", width=170),
    "subject": text_column("Of", width=190),
    "arithmetic": text_column("Arithmetic, indicative", width=430),
    "source": text_column("Source of the rule", width=260),
}
