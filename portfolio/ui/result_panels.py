"""The results screen's panels: key figures, every indicator against now, one project's tree, totals."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from portfolio.model.rows import ProjectRow
from portfolio.model.value_rows import WaitingRow
from portfolio.services.results.approvals import waiting_values
from portfolio.services.results.overviews import (
    ProjectResults,
    ResultsOverview,
    overview_sentence,
    project_results,
    results_overview,
)
from portfolio.services.results.reported import load_partner_sums, load_value_counts, values_of_project
from portfolio.services.results.totals import ResultTotal, ResultTotals, result_totals
from portfolio.services.standings import load_standings
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui import result_totals as sums
from portfolio.ui import results as words
from portfolio.ui.cached import ask
from portfolio.ui.charts import show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import render_figure_links, render_tiles
from portfolio.ui.links import render_chooser
from portfolio.ui.origins import record_origins, with_origins
from portfolio.ui.result_charts import shares_chart, way_chart
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme

RESULTS_PAGE = ROOT / "pages" / "results.py"
REPORTS_PAGE = ROOT / "pages" / "reports.py"
IMPORTS_PAGE = ROOT / "pages" / "imports.py"
_PARTNERS_OF = 3


@dataclass(frozen=True)
class ResultsScreen:
    """What the screen shows: the chosen projects' indicators, their totals, and the values that wait."""

    shown: PortfolioView
    overview: ResultsOverview
    totals: ResultTotals
    waiting: tuple[WaitingRow, ...]

    @property
    def submitted(self) -> int:
        """How many values wait for a decision."""
        return sum(row.values for row in self.waiting if row.status == "submitted")


def results_screen(shown: PortfolioView) -> ResultsScreen:
    """The results of the chosen projects, asked once for a revision."""
    person, as_of = current_person(), shown.as_of
    overview = results_overview(shown.projects, ask(load_standings, person, as_of=as_of), as_of)
    totals = result_totals(
        (each.standing for each in overview.indicators),
        ask(load_value_counts, person, as_of=as_of),
        ask(load_partner_sums, person, as_of=as_of),
    )
    keys = {project.key for project in shown.projects}
    waiting = tuple(row for row in ask(waiting_values, person, as_of=shown.as_of) if row.project_key in keys)
    return ResultsScreen(shown, overview, totals, waiting)


def render_answer(screen: ResultsScreen) -> bool:
    """Whether there is an indicator; the sentence that answers first and the key figures, or what to do."""
    found = screen.overview
    if not found.indicators:
        st.info(words.NO_RESULTS)
        render_ways_in()
        return False
    st.markdown(f"**{literal(overview_sentence(found))}** {literal(words.reported_sentence(found))}")
    render_tiles(words.tiles(found, screen.totals, screen.submitted), columns=6, min_column_width=150)
    return True


def render_ways_in() -> None:
    """The screens by which what is missing comes in."""
    with st.container(horizontal=True, gap="small"):
        st.page_link(REPORTS_PAGE, label="Send out report templates", icon=":material/outgoing_mail:")
        st.page_link(IMPORTS_PAGE, label="Import a progress report", icon=":material/upload_file:")


def render_shares(screen: ResultsScreen) -> None:
    """Every outcome and output of the chosen projects against what is expected by now."""
    found = screen.overview
    st.header("Against what is expected by now")
    st.caption(
        "Each mark is an outcome or output; the upright line is what is expected by now, on a straight line "
        "from the end of the baseline's year to the end of the target's. Impacts are shown and not judged."
    )
    table = words.progress_table(found.judged, screen.shown.names)
    show_chart(
        shares_chart(found.projects, current_theme()),
        table,
        words.progress_columns(),
        "results-against-expected",
    )
    render_figure_links(["results-progress", "results-on-track", "results-behind"])


def render_tree(screen: ResultsScreen, project: ProjectRow | None) -> None:
    """The result tree of the project that the address names: impact, outcomes, outputs and their values."""
    st.header("Result tree of a project")
    render_chooser(screen.shown, project)
    if project is None:
        st.caption("Choose a project to see its impact, outcomes and outputs with every value.")
        return
    standings = ask(load_standings, current_person(), as_of=screen.shown.as_of)
    found = project_results(project, standings.get(project.key), screen.shown.as_of)
    st.markdown(literal(words.project_sentence(found)))
    if not found.indicators:
        return
    table = words.progress_table(found.indicators, screen.shown.names)
    show_chart(way_chart(found, current_theme()), table, words.progress_columns(), f"{project.key}-way")
    for level in words.levels_of(found):
        st.markdown(f"**{words.level_heading(found, level)}**")
        rows = words.tree_table(found, level)
        show_table(rows, words.tree_columns(), alt=words.level_heading(found, level), height="content")
    _render_values(found)
    render_figure_links(["results-indicators", "results-progress"], project_key=project.key)


def _render_values(found: ProjectResults) -> None:
    values = ask(values_of_project, current_person(), found.project.key)
    if not values:
        return
    st.markdown("**Values by half-year**")
    rows = words.values_table(values, {each.row.key: each.row for each in found.indicators})
    texts = record_origins("indicator_value", rows["key"]).texts(
        ("indicator_value", key) for key in rows["key"]
    )
    table, columns = with_origins(rows.drop(columns="key"), words.values_columns(), texts)
    show_table(table, columns, alt=f"Values of {found.project.acronym}: {len(table)}.", unknown="")
    download_csv(table, f"{found.project.key}-values")


def render_totals(screen: ResultsScreen) -> None:
    """The totals of additive indicators, their parts, and what is in none of them with the reason."""
    st.header("Totals of additive indicators")
    found = screen.totals
    st.markdown(literal(sums.totals_sentence(found)))
    if found.totals:
        st.caption(sums.OVERLAP)
        table = sums.totals_table(found.totals)
        columns = sums.totals_columns()
        if table["code"].isna().all():
            columns["code"] = None
        show_table(table, columns, alt=sums.totals_sentence(found), unknown="none")
        download_csv(table, "result-totals")
        shared = [total for total in found.totals if len(total.lines) > 1]
        for total in shared[:_PARTNERS_OF]:
            _render_partners(total)
    if found.left_out:
        st.markdown("**Left out, and why**")
        st.caption(literal(sums.left_out_sentence(found.left_out)))
        rows = sums.left_out_table(found.left_out, screen.shown.names)
        show_table(rows, sums.left_out_columns(), alt=f"Indicators left out of the totals: {len(rows)}.")
        download_csv(rows, "results-left-out")
    render_figure_links(["results-totals", "results-left-out"])


def _render_partners(total: ResultTotal) -> None:
    table, name = sums.partner_table(total), f"{total.name} by partner"
    if table.empty:
        st.caption(literal(f"{name}: no half-year states partners apart."))
        return
    with st.expander(literal(name)):
        show_table(table, sums.partner_columns(total), alt=name, height="content")


def render_notes(screen: ResultsScreen) -> None:
    """The designations that the partners and the texts of the screen call for."""
    codes = {code for total in screen.totals.totals for code in total.by_partner}
    codes |= {code for project in screen.shown.projects for code in project.partner_codes}
    texts = [each.row.statement for each in screen.overview.indicators]
    render_designations(screen.shown.portfolio, texts=texts, codes=sorted(codes))


def render_project_results(project: ProjectRow, shown: PortfolioView) -> None:
    """A project's results in a few lines, with the way to all of them."""
    st.header("Results")
    standings = ask(load_standings, current_person(), as_of=shown.as_of)
    found = project_results(project, standings.get(project.key), shown.as_of)
    st.markdown(literal(words.project_sentence(found)))
    if found.indicators:
        table = words.progress_table(found.indicators, shown.names)
        show_chart(
            way_chart(found, current_theme()), table, words.progress_columns(), f"{project.key}-progress"
        )
        address = {str(WidgetKey.PROJECT): project.key}
        st.page_link(RESULTS_PAGE, label="Result tree and values", query_params=address, width="content")
    render_figure_links(["results-indicators", "results-progress"], project_key=project.key)
