"""What may go wrong in one project, what others judge of it, and its policy markers, for its own screen."""

from __future__ import annotations

import streamlit as st

from portfolio.model.report_rows import MarkerRow
from portfolio.model.rows import ProjectRow
from portfolio.numbers import counted
from portfolio.services.evaluations.markers import load_markers, marker_counts
from portfolio.services.evaluations.reviews import all_recommendations, load_reviews
from portfolio.services.risks.registers import load_register
from portfolio.services.views import PortfolioView
from portfolio.ui import evaluations as evaluation_words
from portfolio.ui import risks as risk_words
from portfolio.ui.cached import ask
from portfolio.ui.health import in_colour
from portfolio.ui.origins import project_origins, with_origins
from portfolio.ui.session import current_person
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme
from portfolio.vocabulary import label

_MARKS = {2: "principal objective", 1: "significant objective", 0: "not targeted"}


def render_project_risks(project: ProjectRow, shown: PortfolioView) -> None:
    """The open risks of a project, the highest score first, each with its origin."""
    st.header("Risks")
    found = ask(load_register, current_person(), as_of=shown.as_of)
    rows = [row for row in found if row.risk.project_key == project.key]
    if not rows:
        st.markdown("No open risk is recorded.")
        return
    table = risk_words.register_table(rows, shown.names).drop(columns="project")
    texts = project_origins(project.key).texts(("risk", row.risk.key) for row in rows)
    columns = {name: it for name, it in risk_words.register_columns(current_theme()).items() if name in table}
    told, told_columns = with_origins(table, columns, texts)
    alt = f"{counted(len(rows), 'open risk')}, the highest score first"
    show_table(in_colour(told, ("colour",)), told_columns, alt=alt, height="content")
    download_csv(told, f"{project.key}-risks")


def render_project_evaluations(project: ProjectRow, shown: PortfolioView) -> None:
    """The evaluations of a project, what came of their recommendations, and its policy markers."""
    st.header("Evaluations and policy markers")
    found = ask(load_reviews, current_person(), as_of=shown.as_of)
    rows = [row for row in found if row.evaluation.project_key == project.key]
    if rows:
        table = evaluation_words.reviews_table(rows, shown.names).drop(columns="project")
        columns = {name: it for name, it in evaluation_words.reviews_columns().items() if name in table}
        alt = f"{counted(len(rows), 'evaluation')}, the latest first, with scores from 4 (best) to 1"
        show_table(table, columns, alt=alt, height="content")
    else:
        st.markdown("No evaluation is recorded.")
    advice = all_recommendations(rows)
    if advice:
        listed = evaluation_words.advice_table(advice, shown.names).drop(columns="project")
        columns = {name: it for name, it in evaluation_words.advice_columns().items() if name in listed}
        alt = f"{counted(len(advice), 'recommendation')}, overdue ones first"
        show_table(listed, columns, alt=alt, unknown="none", height="content")
    _render_markers(project)


def _render_markers(project: ProjectRow) -> None:
    markers = [row for row in ask(load_markers, current_person()) if row.project_key == project.key]
    if not markers:
        st.caption("Not screened for any policy marker, as far as is recorded.")
        return
    screened = [count.marker for count in marker_counts([project], markers) if count.screened]
    by_code = {row.marker: row for row in markers}
    st.markdown("\n".join(f"- {literal(_marker_words(by_code[code]))}" for code in screened))


def _marker_words(row: MarkerRow) -> str:
    reason = f": {row.rationale}" if row.rationale else ""
    return f"{label('policy_marker', row.marker)} {row.score}, {_MARKS[row.score]}{reason}"
