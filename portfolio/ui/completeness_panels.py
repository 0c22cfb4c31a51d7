"""The completeness screen's panels: the answer, what contradicts itself, project by part, the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from portfolio.dates import date_label
from portfolio.model.rows import ProjectRow
from portfolio.services.completeness.contradictions import Contradiction, contradictions
from portfolio.services.completeness.freshness import Freshness, freshness_of, last_reports, reported_for
from portfolio.services.completeness.missing import MissingItem, OnRecord, missing_items, on_record
from portfolio.services.views import PortfolioView
from portfolio.ui import completeness as words
from portfolio.ui.cached import ask, is_present, shown_database
from portfolio.ui.charts import show_chart, stacked_bars
from portfolio.ui.contradiction_tables import contradictions_columns, contradictions_table
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile, render_tiles
from portfolio.ui.session import WidgetKey, current_person
from portfolio.ui.tables import download_csv, select_row, show_table
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme
from portfolio.vocabulary import labels

_ROWS_AT_ONCE = 40
_NOTHING = "Nothing of this kind is missing. Choose All and every kind to see the rest."


@dataclass(frozen=True)
class Completeness:
    """Everything that the screen shows of the chosen projects."""

    shown: PortfolioView
    on_record: OnRecord
    items: tuple[MissingItem, ...]
    contradictions: tuple[Contradiction, ...]
    fresh: Freshness

    @property
    def projects(self) -> dict[str, ProjectRow]:
        """The chosen projects by key."""
        return {project.key: project for project in self.shown.projects}


def completeness_of(shown: PortfolioView) -> Completeness:
    """What is missing of the chosen projects; who has reported is asked afresh, a report that changes nothing
    leaves no revision.
    """
    person, as_of = current_person(), shown.as_of
    cached = ask(on_record, person, as_of=as_of)
    reported = reported_for(shown_database(), person, str(cached.period), as_of=as_of)
    record = replace(cached, reported=reported)
    keys = {project.key for project in shown.projects}
    found = ask(contradictions, person, as_of=as_of)
    return Completeness(
        shown=shown,
        on_record=record,
        items=missing_items(shown.projects, record, as_of),
        contradictions=tuple(row for row in found if row.project_key in keys),
        fresh=freshness_of(
            shown.projects,
            reported,
            last_reports(shown_database(), person, as_of=as_of),
            record.period,
            as_of,
        ),
    )


def render_answer(found: Completeness) -> None:
    """What is missing in a sentence, and the key figures."""
    items = found.items
    today = "today" if is_present() else f"on {date_label(found.shown.as_of.isoformat())}"
    st.markdown(
        f"**{literal(words.headline(items, found.contradictions, len(found.shown.projects)))}** "
        f"{literal(found.fresh.sentence)}, which counts those that ran then, not those that run {today}."
    )
    fresh = found.fresh
    render_tiles(
        [
            Tile("missing", f"{len(items):,}", f"of {len({item.project_key for item in items})} projects"),
            Tile("contradictions", f"{len(found.contradictions):,}", "errors and what is to be checked"),
            Tile("reported-last", f"{len(fresh.reported)} of {len(fresh.asked)}", f"for {fresh.period}"),
        ],
        columns=3,
    )  # fmt: skip


def render_contradictions(found: Completeness) -> None:
    """What contradicts itself, each with the record and the remedy; a ticked row leads to the form."""
    st.header("What contradicts itself")
    if not found.contradictions:
        st.caption(
            "Every record was checked against the rules of the form and the import; none contradicts itself."
        )
        return
    st.caption("Figures that depend on one of these are not known until it is mended. Tick a row to mend it.")
    table = contradictions_table(found.contradictions, found.projects)
    row = select_row(
        table, contradictions_columns(), key=WidgetKey.CONTRADICTION_TABLE, height="auto",
        alt=words.contradiction_sentence(found.contradictions),
    )  # fmt: skip
    if row is not None:
        _go(words.contradiction_mending(found.contradictions[row]))
    download_csv(table, "contradictions")


def render_parts(found: Completeness) -> None:
    """How many projects are known in each part, and project by part."""
    st.header("Project by part")
    table = words.matrix_table(
        found.shown.projects, found.items, found.on_record, found.fresh, found.shown.as_of
    )
    columns = words.matrix_columns()
    alt = f"Completeness of {len(table)} projects, part by part"
    chart = stacked_bars(
        words.part_segments(table), "Projects by part", current_theme(), words.part_colours(current_theme())
    )
    chart = replace(chart, alt=words.parts_sentence(table))
    show_chart(chart, words.parts_table(table), words.parts_columns(), "completeness-parts")
    height: Literal["auto", "content"] = "content" if len(table) <= _ROWS_AT_ONCE else "auto"
    show_table(table, columns, alt=alt, unknown="never", height=height)
    st.caption(
        "● everything that is asked for is known, ◐ a part of it, ○ none of it, – not asked: of planned and "
        "closed projects less is asked, and what is on record all the same is known. Pillars are classified "
        "by us."
    )
    download_csv(table, "completeness")


def render_list(found: Completeness) -> None:
    """Everything that is missing with its owner and its age, by owner and kind as the address says."""
    st.header("What is missing")
    owner, kinds = _render_choices(found.items)
    chosen = words.chosen_items(found.items, owner, kinds)
    if not chosen:
        st.info(_NOTHING if found.items else "Nothing is missing.")
        return
    table = words.items_table(chosen, found.projects, found.shown.as_of)
    row = select_row(
        table, words.items_columns(), key=WidgetKey.MISSING_TABLE, unknown="not known",
        alt=f"{len(chosen)} missing things, the longest missing first",
    )  # fmt: skip
    if row is not None:
        item = chosen[row]
        _go(words.mending_of(item, found.projects[item.project_key], found.shown.as_of))
    with st.container(horizontal=True, vertical_alignment="center"):
        download_csv(table, "missing")
        st.caption(
            "Tick a row to go where it is mended: a part of the form, or the workbook of the report. "
            "Since: the day on which the record was entered without it; what the portfolio was loaded "
            "without has no day."
        )


def _render_choices(items: Sequence[MissingItem]) -> tuple[str, list[str]]:
    left, right = st.columns([2, 3])
    owner = left.segmented_control(
        "Owed by", list(words.OWNERS), format_func=words.OWNERS.__getitem__, default=words.ALL, required=True,
        key=WidgetKey.OWED_BY, bind="query-params",
    )  # fmt: skip
    present = {item.kind for item in items}
    kinds = right.multiselect(
        "Kind", [code for code in labels("missing_kind") if code in present],
        format_func=lambda code: labels("missing_kind")[code], key=WidgetKey.MISSING_KIND,
        bind="query-params", placeholder="All kinds",
    )  # fmt: skip
    return owner or words.ALL, kinds


def _go(place: words.Mending) -> None:
    st.switch_page(place.page, query_params=place.query)


def render_notes(found: Completeness) -> None:
    """What is not looked at, and the designations that the titles call for."""
    shown = found.shown
    st.caption(
        literal(
            f"As of {date_label(shown.as_of.isoformat())}, revision {shown.portfolio.revision}. A part that "
            "is known is stated, not proved: what a value rests on stands beside it on the project's screen."
        )
    )
    render_designations(shown.portfolio, texts=[f"{row.acronym} {row.title}" for row in shown.projects])
