"""The capacity screen's panels: key figures, the ladder of stages, follow-ups, partner by theme, ledger."""

from __future__ import annotations

import streamlit as st

from portfolio.model.rows import ProjectRow
from portfolio.partners import partners
from portfolio.services.capacity.ledgers import Ledger, capacity_sentence, ledger, load_trainings
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui import capacity as words
from portfolio.ui.cached import ask
from portfolio.ui.capacity_sexes import without_training
from portfolio.ui.charts import horizontal_bars, show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import render_figure_links, render_tiles
from portfolio.ui.origins import record_origins, with_origins
from portfolio.ui.result_panels import render_ways_in
from portfolio.ui.session import current_person
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme

CAPACITY_PAGE = ROOT / "pages" / "capacity.py"


def current_ledger(shown: PortfolioView) -> Ledger:
    """The ledger of the chosen projects."""
    trainings = ask(load_trainings, current_person())
    return ledger(trainings, (project.key for project in shown.projects), shown.as_of)


def render_answer(found: Ledger) -> bool:
    """Whether there is a training; the sentence that answers first and the key figures, or what to do."""
    if not found.trainings and not found.to_come:
        st.info(words.NO_TRAININGS)
        render_ways_in()
        return False
    st.markdown(f"**{literal(capacity_sentence(found))}** {literal(words.to_come_sentence(found))}")
    if not found.trainings:
        return False
    render_tiles(words.tiles(found), columns=4)
    st.caption(f"The share of women is of the attendances whose sex is stated. {words.ATTENDANCES}")
    return True


def render_stages(found: Ledger) -> None:
    """The ladder: how many trainings have reached at least each stage."""
    st.header("How far it has come")
    show_chart(
        horizontal_bars(words.stage_bars(found), "Trainings that reached at least a stage", current_theme()),
        words.stage_table(found),
        words.stage_columns(),
        "capacity-stages",
    )


def render_follow_ups(found: Ledger, shown: PortfolioView) -> None:
    """The follow-ups that are overdue or due next."""
    st.header("Follow-ups due")
    open_ones = [*found.in_state("overdue"), *found.in_state("due")]
    if not open_ones:
        st.markdown("No follow-up is overdue or due in the next 90 days.")
        return
    table = words.follow_up_table(open_ones, shown.names)
    alt = f"Follow-ups overdue or due in 90 days: {len(table)}."
    show_table(table, words.follow_up_columns(), alt=alt, height="content")
    download_csv(table, "follow-ups-due")


def render_places(found: Ledger) -> None:
    """Partner by theme, and each partner's attendances, institutions and stages."""
    st.header("Partner by theme")
    st.caption("Trainings and exercises; in brackets those whose content is applied at work or further.")
    table = words.matrix(found)
    show_table(
        table, words.matrix_columns(table), alt=f"Trainings of {len(table)} partners by theme.",
        unknown="none", height="content",
    )  # fmt: skip
    download_csv(table, "capacity-partner-theme")
    st.header("By partner")
    rows = words.partner_table(found)
    show_table(rows, words.partner_columns(), alt=f"Capacity of {len(rows)} partners.", height="content")
    download_csv(rows, "capacity-by-partner")
    st.caption(literal(without_training(found)))
    render_figure_links(["attendances", "women-share", "institutions-reached"])


def render_ledger(found: Ledger, shown: PortfolioView) -> None:
    """Every training, the latest first, with the origin of its row."""
    st.header("Ledger")
    st.caption(literal(words.place_sentence(found)))
    keys = [row.key for row in found.trainings]
    texts = record_origins("training", keys).texts(("training", key) for key in keys)
    table, columns = with_origins(
        words.ledger_table(found.trainings, shown.names), words.ledger_columns(), texts
    )
    show_table(table, columns, alt=f"Trainings and exercises, the latest first: {len(table)}.")
    download_csv(table, "capacity-ledger")


def render_notes(found: Ledger, shown: PortfolioView) -> None:
    """The designations that partners and texts of the ledger call for."""
    # Every partner of the three regions is named: by a training, or as one without any.
    codes = sorted({row.partner_code for row in found.trainings if row.partner_code} | set(partners()))
    texts = [f"{row.title} {row.place or ''} {row.institutions or ''}" for row in found.trainings]
    render_designations(shown.portfolio, texts=texts, codes=codes)


def render_project_capacity(project: ProjectRow, shown: PortfolioView) -> None:
    """A project's trainings in a few lines, with the way to the ledger."""
    st.header("Trainings and exercises")
    found = ledger(ask(load_trainings, current_person()), [project.key], shown.as_of)
    if not found.trainings:
        st.markdown("No training or exercise is recorded.")
        return
    st.markdown(literal(capacity_sentence(found)))
    table = words.ledger_table(found.trainings, shown.names).drop(columns="project")
    columns = {name: column for name, column in words.ledger_columns().items() if name != "project"}
    show_table(table, columns, alt=f"Trainings of {project.acronym}: {len(table)}.", height="content")
    download_csv(table, f"{project.key}-trainings")
    render_figure_links(["trainings", "attendances", "score-gain"], project_key=project.key)
