"""The gaps screen's panels: the matrix, the cell that is open, the gaps pillar by pillar, the overlaps."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from portfolio.dates import date_label
from portfolio.partners import partners
from portfolio.services.capacity.ledgers import load_trainings
from portfolio.services.gaps.coverage import NOW, Cell, Coverage, coverage, moments
from portfolio.services.gaps.overlaps import Overlaps, overlaps
from portfolio.services.views import PortfolioView
from portfolio.ui import gaps as words
from portfolio.ui.cached import ask
from portfolio.ui.charts import CONFIG
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.links import partner_link, project_link
from portfolio.ui.matrices import clicked_cell, heat_matrix
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme

_KEY = (
    "A number counts the projects that certainly run there; +1S: one more that has suspended the partner; "
    "?: none is known, but a regional project without published partners, or one without a pillar or dates, "
    "may; 0: none."
)


@dataclass(frozen=True)
class Gaps:
    """What the screen shows of the chosen projects in one stretch of time."""

    shown: PortfolioView
    coverage: Coverage
    overlaps: Overlaps


def render_moment(shown: PortfolioView) -> str:
    """The chooser of the stretch of time; what is chosen."""
    chosen = st.selectbox(
        "Time", list(moments(shown.projects)), key=WidgetKey.GAP_TIME, bind="query-params", width=320,
        format_func=lambda moment: words.moment_label(moment, shown.as_of),
    )  # fmt: skip
    return chosen or NOW


def gaps_of(shown: PortfolioView, moment: str) -> Gaps:
    """Who runs where on what, and where trainings of two projects meet."""
    keys = frozenset(project.key for project in shown.projects)
    visible = {project.key for project in shown.everything}
    trainings = [row for row in ask(load_trainings, current_person()) if row.project_key in visible]
    return Gaps(
        shown,
        coverage(shown.projects, moment, shown.as_of),
        overlaps(trainings, shown.as_of, keys),
    )


def render_answer(found: Gaps) -> None:
    """The gaps and overlaps in a sentence."""
    st.markdown(f"**{literal(words.headline(found.coverage, found.overlaps, found.shown.as_of))}**")
    render_figure_links(["pillars-covered", "overlaps"])


def choose_cell() -> None:
    """Nothing; the cell that was clicked becomes the chosen one. A callback of the matrix."""
    found = clicked_cell(WidgetKey.GAP_MATRIX)
    if found is not None:
        place, pillar = found
        session.remember(WidgetKey.GAP_PLACE, place)
        session.remember(WidgetKey.GAP_PILLAR, pillar)


def render_matrix(found: Gaps) -> None:
    """Partner by pillar; a click opens a cell. The table behind it holds every cell with its projects."""
    names = found.shown.names
    answer = words.headline(found.coverage, found.overlaps, found.shown.as_of).partition(". ")[0]
    chart = heat_matrix(
        words.place_names(), words.pillar_names(), words.matrix_cells(found.coverage, names),
        f"Projects by partner and pillar: {answer}.", current_theme(),
    )  # fmt: skip
    st.plotly_chart(
        chart.figure, theme=None, config=CONFIG, alt=chart.alt, key=WidgetKey.GAP_MATRIX,
        on_select=choose_cell, selection_mode="points",
    )  # fmt: skip
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        st.caption(_KEY, width="stretch")
        with st.popover(
            "Table", icon=":material/table_rows:", type="tertiary", key=keyed(WidgetKey.TABLE, "gaps")
        ):
            table = words.matrix_table(found.coverage, names)
            show_table(table, words.matrix_columns(), alt=f"The cells of the matrix: {chart.alt}")
            download_csv(table, "gaps")


def render_cell(found: Gaps) -> None:
    """The chosen partner and pillar with their projects, each a link."""
    place, pillar = st.columns(2)
    names = words.place_names()
    code = place.selectbox(
        "Partner", list(names), index=None, format_func=names.__getitem__, key=WidgetKey.GAP_PLACE,
        bind="query-params", placeholder="Choose here or in the matrix",
    )  # fmt: skip
    columns = words.pillar_names()
    chosen = pillar.selectbox(
        "Pillar", list(columns), index=None, format_func=columns.__getitem__, key=WidgetKey.GAP_PILLAR,
        bind="query-params", placeholder="All pillars",
    )  # fmt: skip
    if code is None:
        st.caption("Choose a partner to see its projects, pillar by pillar.")
        return
    if code in partners():
        partner_link(code, f"Everything active in {names[code]}")
    for column in [chosen] if chosen else list(columns):
        _render_projects(found, found.coverage.cell(code, column), columns[column])


def _render_projects(found: Gaps, cell: Cell, name: str) -> None:
    by_key = {project.key: project for project in found.shown.everything}
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(literal(name), width=230)
        for key in cell.projects:
            project_link(by_key[key])
            if key in cell.suspended:
                st.caption("suspended", width="content")
        for key in cell.possible:
            project_link(by_key[key])
            st.caption("not known", width="content")
        if not cell.projects and not cell.possible:
            st.caption("no running project", width="content")


def render_gaps(found: Gaps) -> None:
    """The partners without a running project, pillar by pillar."""
    st.header("Partners without a running project")
    for line in words.gap_lines(found.coverage):
        st.markdown(line)
    st.caption(literal(" ".join(words.unknown_sentences(found.coverage, found.shown.names))))
    download_csv(words.gaps_table(found.coverage), "gaps-by-pillar")


def render_overlaps(found: Gaps) -> None:
    """Where trainings of two projects meet, strongest first; what was compared."""
    st.header("Trainings of two projects in one quarter")
    st.caption(literal(words.overlaps_sentence(found.overlaps)))
    if found.overlaps.found:
        table = words.overlaps_table(found.overlaps.found, found.shown.names)
        alt = f"{len(table)} overlaps and hints of overlaps"
        show_table(table, words.overlaps_columns(), alt=alt, height="content")
        download_csv(table, "overlaps")


def render_notes(found: Gaps) -> None:
    """Date and revision, and the designations of the partners named."""
    shown = found.shown
    st.caption(f"As of {date_label(shown.as_of.isoformat())}, revision {shown.portfolio.revision}.")
    render_designations(shown.portfolio, codes=partners())
