"""The evaluations screen's panels: evaluations, scores over time, recommendations, policy markers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from portfolio.dates import date_label
from portfolio.model.report_rows import MarkerRow
from portfolio.services.evaluations.markers import GENDER, MarkerCount, count_of, load_markers, marker_counts
from portfolio.services.evaluations.reviews import (
    Recommendation,
    Review,
    all_recommendations,
    load_reviews,
    score_paths,
)
from portfolio.services.views import PortfolioView
from portfolio.ui import evaluations as words
from portfolio.ui.cached import ask
from portfolio.ui.charts import show_chart, stacked_bars
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile
from portfolio.ui.figure_links import render_tiles as render_linked_tiles
from portfolio.ui.session import current_person
from portfolio.ui.tables import download_csv, show_table, text_column
from portfolio.ui.texts import counted, literal
from portfolio.ui.theme import current_theme


@dataclass(frozen=True)
class EvaluationScreen:
    """The evaluations and markers of the chosen projects."""

    shown: PortfolioView
    reviews: tuple[Review, ...]
    advice: tuple[Recommendation, ...]
    markers: tuple[MarkerRow, ...]
    counts: tuple[MarkerCount, ...]


def screen_of(shown: PortfolioView) -> EvaluationScreen:
    """What others judge of the chosen projects."""
    keys = {project.key for project in shown.projects}
    found = tuple(
        row
        for row in ask(load_reviews, current_person(), as_of=shown.as_of)
        if row.evaluation.project_key in keys
    )
    markers = tuple(row for row in ask(load_markers, current_person()) if row.project_key in keys)
    counts = marker_counts(shown.projects, markers)
    return EvaluationScreen(shown, found, all_recommendations(found), markers, counts)


def render_answer(found: EvaluationScreen) -> None:
    """How many evaluations there are, what became of the recommendations, and the gender marker."""
    st.markdown(f"**{literal(words.headline(found.reviews, found.advice))}**")
    carried = sum(review.is_carried_out for review in found.reviews)
    undated = len(found.reviews) - carried
    gender = count_of(GENDER, found.counts)
    progress = [row.progress for row in found.advice]
    of = f"of {len(found.advice)}" if found.advice else ""
    tiles = [
        Tile("evaluations", str(carried), f"{undated} more without a date" if undated else ""),
        Tile("recommendations", str(len(found.advice))),
        Tile("recommendations-done", str(progress.count("done")), of),
        Tile("recommendations-overdue", str(progress.count("overdue")), of),
        Tile(
            "markers", str(gender.targeted) if gender.screened else "not known",
            f"of {gender.screened} screened" if gender.screened else "nobody screened",
            label="Gender as an objective",
        ),
    ]  # fmt: skip
    render_linked_tiles(tiles, columns=5, min_column_width=140)


def render_reviews(found: EvaluationScreen) -> None:
    """The evaluations, the latest first, with their scores."""
    st.header("Evaluations and ROM reviews")
    if not found.reviews:
        st.markdown("No evaluation is recorded for these projects.")
        return
    table = words.reviews_table(found.reviews, found.shown.names)
    alt = f"{counted(len(table), 'evaluation')}, the latest first, with their scores from 4 (best) to 1"
    show_table(table, words.reviews_columns(), alt=alt, height="content" if len(table) <= 30 else 560)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Scores from 4 (best) to 1; never averaged.", width="stretch")
        download_csv(table, "evaluations")


def render_scores(found: EvaluationScreen) -> None:
    """How the criteria were scored, and how scores moved where a project was evaluated twice."""
    segments = words.score_segments(found.reviews)
    if not segments:
        return
    st.header("Scores by criterion")
    chart = stacked_bars(segments, "Evaluations by score", current_theme())
    show_chart(chart, words.score_table(found.reviews), words.score_columns(), "evaluation-scores")
    paths = score_paths(found.reviews)
    if not paths:
        return
    st.markdown("**Scores over time, where a project was evaluated more than once**")
    table = words.paths_table(paths, found.shown.names)
    columns = {
        "project": text_column("Project", width=130, pinned=True),
        "criterion": text_column("Criterion", width=130),
        "change": text_column("Change", width=70),
        "scores": text_column("Scores", width=420),
    }
    up, down = sum(path.change > 0 for path in paths), sum(path.change < 0 for path in paths)
    alt = f"{up} of {len(paths)} rose, {down} fell."
    show_table(table, columns, alt=alt, height="content")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(alt, width="stretch")
        download_csv(table, "scores-over-time")


def render_recommendations(found: EvaluationScreen) -> None:
    """What was recommended, answered and done; overdue ones first."""
    st.header("Recommendations")
    if not found.advice:
        st.markdown("No recommendation is recorded for these projects.")
        return
    chart = stacked_bars(words.advice_segments(found.advice), "Recommendations by answer", current_theme())
    overdue = words.PROGRESS_WORDS["overdue"]
    chart.figure.update_traces(marker_color=current_theme().status["red"], selector={"name": overdue})
    table = words.advice_counts(found.advice)
    show_chart(chart, table, words.advice_count_columns(), "recommendations-by-answer")
    table = words.advice_table(found.advice, found.shown.names)
    alt = f"{counted(len(table), 'recommendation')}, overdue ones first"
    height: int | Literal["content"] = "content" if len(table) <= 40 else 620
    show_table(table, words.advice_columns(), alt=alt, unknown="not stated", height=height)
    download_csv(table, "recommendations")


def render_markers(found: EvaluationScreen) -> None:
    """The policy markers: how many projects have each score, and each project's own."""
    st.header("Policy markers")
    table = words.markers_table(found.counts)
    if table.empty:
        projects = counted(len(found.shown.projects), "project")
        st.markdown(f"None of {projects} was screened for a policy marker, as far as is recorded.")
        return
    st.markdown(literal(words.markers_sentence(count_of(GENDER, found.counts))))
    show_table(table, words.markers_columns(), alt="Projects by policy marker and score", height="content")
    own = words.project_markers_table(found.shown.projects, found.markers, found.counts)
    with st.expander("Project by project"):
        alt = "Scores of each project: 2 principal, 1 significant, 0 not targeted"
        show_table(own, words.project_markers_columns(found.counts), alt=alt, unknown="not screened")
        download_csv(own, "policy-markers")
    unused = sum(not count.screened for count in found.counts)
    st.caption(
        "OECD DAC policy markers: 2 principal, 1 significant, 0 screened and not targeted. "
        "Not screened is not 0." + (f" For {unused} more markers nobody was screened." if unused else "")
    )


def render_notes(found: EvaluationScreen) -> None:
    """Date and revision, and the designations that the texts call for."""
    texts = [row.row.text for row in found.advice] + [row.evaluation.title for row in found.reviews]
    render_designations(found.shown.portfolio, texts=texts, codes=found.shown.chosen.partners)
    day = date_label(found.shown.as_of.isoformat())
    st.caption(f"As at {day}, revision {found.shown.portfolio.revision}.")
