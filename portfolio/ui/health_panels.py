"""The health screen's panels: the matrix, one project, overrides, and where implementers see it otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from portfolio.dates import date_label
from portfolio.model.result_rows import AssessmentRow
from portfolio.model.rows import ProjectRow
from portfolio.services.health.assessments import (
    Difference,
    compared,
    load_assessments,
    load_differences,
)
from portfolio.services.health.portfolios import load_health, worst_first
from portfolio.services.health.ratings import Health, in_force
from portfolio.services.views import PortfolioView
from portfolio.ui import health as words
from portfolio.ui import health_tables as tables
from portfolio.ui.cached import ask
from portfolio.ui.charts import show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile, render_figure_links
from portfolio.ui.figure_links import render_tiles as render_linked_tiles
from portfolio.ui.health_details import render_history, render_ratings
from portfolio.ui.links import asked_project, project_link, render_chooser
from portfolio.ui.override_panels import render_override
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.tables import download_csv, read_row, select_row, show_table
from portfolio.ui.texts import counted, literal
from portfolio.ui.theme import current_theme

_WHOLE, _HEIGHT = 30, 620
_COLOURS = ("red", "amber", "green", "grey")


@dataclass(frozen=True)
class HealthScreen:
    """What the screen shows of the chosen projects, the worst first."""

    shown: PortfolioView
    rows: tuple[tuple[ProjectRow, Health], ...]
    own: Mapping[str, Mapping[str, AssessmentRow]]
    differences: tuple[Difference, ...]

    @property
    def health(self) -> list[Health]:
        """The chosen projects' health."""
        return [health for _, health in self.rows]

    @property
    def by_key(self) -> dict[str, Health]:
        """The same by project."""
        return {health.project_key: health for health in self.health}


def screen_of(shown: PortfolioView) -> HealthScreen:
    """The health of the chosen projects with everything that stands beside it."""
    person, as_of = current_person(), shown.as_of
    keys = {project.key for project in shown.projects}
    return HealthScreen(
        shown,
        worst_first(shown.projects, ask(load_health, person, as_of=as_of)),
        ask(load_assessments, person, as_of=as_of),
        tuple(row for row in ask(load_differences, person, as_of=as_of) if row.project_key in keys),
    )


def render_answer(found: HealthScreen) -> None:
    """What is off track, how many there are of each colour, and what is not known."""
    st.markdown(f"**{literal(words.headline(found.health, found.shown.names))}**")
    states = [row.state for row in words.running(found.health)]
    tiles = [words.colour_tile(colour, states) for colour in _COLOURS]
    tiles.append(_differences_tile(found))
    render_linked_tiles(tiles, columns=5, min_column_width=130)
    st.caption(literal(words.unknown_sentence(found.health)))


def _differences_tile(found: HealthScreen) -> Tile:
    """How many dimensions, of those with both colours, the implementers see otherwise."""
    same, _ = compared(found.health, found.own)
    if not same:
        return Tile("health-differences", "not known", "no own colour to compare")
    better = sum(row.is_better for row in found.differences)
    note = f"of {counted(same, 'dimension')}, {better} better"
    return Tile("health-differences", str(len(found.differences)), note)


def render_matrix(found: HealthScreen) -> ProjectRow | None:
    """Projects by dimension; the project whose row was selected, else the one that the address names."""
    _read_colour()
    colour = st.segmented_control(
        "Show", list(words.SHOWN), format_func=words.SHOWN.__getitem__, default="all", required=True,
        wrap=True, key=WidgetKey.HEALTH_COLOUR, bind="query-params",
    )  # fmt: skip
    rows = [row for row in found.rows if _is_shown(row[1], colour or "all")]
    if not rows:
        st.markdown("No project of this choice has this colour.")
        return asked_project(found.shown)
    table = words.health_table(rows, found.own)
    finding = words.headline(found.health, found.shown.names)
    alt = f"Health of {counted(len(rows), 'project')}, the worst first. {finding}"
    marked, columns = words.in_colour(table, words.SCOPES), words.health_columns(current_theme())
    height: int | Literal["content"] = "content" if len(rows) <= _WHOLE else _HEIGHT
    selected = select_row(marked, columns, alt=alt, key=WidgetKey.HEALTH_TABLE, unknown="none", height=height)
    if selected is not None:
        st.markdown(literal(f"{rows[selected][0].acronym}: {rows[selected][1].sentence}"))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(
            "◆ R off track, ▲ A needs attention, ● G on track, ○ – not known, ■ C closed. "
            "Choose a row to read why, and below the sentence of each dimension.", width="stretch",
        )  # fmt: skip
        download_csv(table, "health")
    return rows[selected][0] if selected is not None else asked_project(found.shown)


def _read_colour() -> None:
    """Nothing; a code in the address ("red") is understood as well as the label that Streamlit writes."""
    asked = st.query_params.get(WidgetKey.HEALTH_COLOUR)
    if asked in words.SHOWN:
        st.query_params[WidgetKey.HEALTH_COLOUR] = words.SHOWN[asked]
        st.rerun()


def _is_shown(health: Health, colour: str) -> bool:
    return colour == "all" or health.state == colour or (colour == "none" and not health.is_running)


def render_counts(found: HealthScreen) -> None:
    """How many running projects have each colour, by dimension."""
    if not words.running(found.health):
        return
    st.header("Colours by dimension")
    chart = words.counts_chart(found.health, current_theme())
    show_chart(chart, words.counts_table(found.health), words.counts_columns(), "health-by-dimension")


def render_one(found: HealthScreen, project: ProjectRow | None) -> None:
    """One project: its sentences, what was set beside, its history."""
    st.header("One project")
    render_chooser(found.shown, project)
    if project is None:
        st.caption("Choose a project here, or select a row above.")
        return
    health = ask(load_health, current_person(), as_of=found.shown.as_of)[project.key]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        project_link(project)
        st.markdown(literal(project.title), width="content")
    render_ratings(health, found.own.get(project.key, {}), found.shown)
    render_figure_links(["health"], project.key)
    render_override(project, health, found.shown)
    render_history(project, found.shown)


def render_overrides(found: HealthScreen) -> None:
    """Every colour that somebody set beside a computed one, those in force first."""
    rows = [(row, in_force(row, found.shown.as_of)) for health in found.health for row in health.overrides]
    rows.sort(key=lambda entry: (not entry[1], entry[0].expires_on))
    st.header("Set beside the computed colour")
    if not rows:
        st.markdown("Nobody has set a colour beside a computed one.")
        return
    holding = sum(holds for _, holds in rows)
    st.caption(f"{holding} in force, {len(rows) - holding} lapsed. A colour set by hand changes no count.")
    table = tables.overrides_table(rows, found.by_key, found.shown.names)
    shown, columns = words.in_colour(table, ("set", "computed")), tables.overrides_columns(current_theme())
    show_table(shown, columns, alt=f"{len(rows)} colours set by hand", height="content")
    download_csv(table, "health-overrides")


def render_differences(found: HealthScreen) -> None:
    """Where the implementers see themselves otherwise, better ones first."""
    st.header("Where the implementer sees it otherwise")
    same, unknown = compared(found.health, found.own)
    if not same and not unknown:
        st.markdown("No implementer has reported its own colours for these projects.")
        return
    beside = f"; {unknown} more stand beside a dimension that is not known" if unknown else ""
    st.caption(
        f"{len(found.differences)} of {counted(same, 'own colour')} differ from the computed one{beside}. "
        "Each is of the last half-year that the implementer reported."
    )
    if found.differences:
        table = tables.differences_table(found.differences, found.shown.names)
        alt = f"{len(table)} differences between own and computed colours, better ones first"
        shown = words.in_colour(table, ("own", "computed"))
        columns = tables.differences_columns(current_theme())
        whole = [_difference_sentence(row, found.shown.names) for row in found.differences]
        hint = "Choose a row to read why."
        read_row(
            shown, columns, whole, hint, alt=alt, key=WidgetKey.HEALTH_DIFFERENCES, unknown="no comment",
            height="content",
        )  # fmt: skip
        download_csv(table, "health-differences")


def _difference_sentence(row: Difference, names: Mapping[str, str]) -> str:
    """The implementer's comment and the computed sentence in full."""
    comment = (row.own.comment or "no comment").rstrip(".")
    scope = words.scope_name(row.computed.dimension)
    return f"{names[row.project_key]}, {scope}. Implementer: {comment}. Computed: {row.computed.sentence}"


def render_notes(found: HealthScreen) -> None:
    """Date and revision, and the designations that the texts call for."""
    texts = [health.sentence for health in found.health]
    texts += [rating.sentence for health in found.health for rating in health.ratings]
    texts += [f"{project.acronym} {project.title}" for project, _ in found.rows]
    render_designations(found.shown.portfolio, texts=texts, codes=found.shown.chosen.partners)
    day = date_label(found.shown.as_of.isoformat())
    st.caption(f"As at {day}, revision {found.shown.portfolio.revision}.")
