"""The timeline screen's panels: the answer, key figures, the portfolio along time, the page to print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from portfolio.dates import PartialDate
from portfolio.services.access import Person, may
from portfolio.services.deadlines.calendars import DeadlineCalendar
from portfolio.services.practice import use_settings
from portfolio.services.signals import day_label
from portfolio.services.timelines import Course, courses_sentence, load_courses
from portfolio.services.views import PortfolioView
from portfolio.storage.engine import Database
from portfolio.summaries.packs import PDF, make_timeline
from portfolio.ui.cached import ask, shown_database
from portfolio.ui.calendar_panels import unfit_tile
from portfolio.ui.charts import show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile, render_tiles
from portfolio.ui.gantt_charts import gantt_chart
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.signatures import signing_person
from portfolio.ui.tables import count_column, date_column, days_column, text_column
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

ORDERS = {"start": "By start", "end": "By present end", "slip": "By slip"}
_EXPLAINED = (
    "The thin line is the baseline, the full bar what has passed, the pale one the forecast up to the "
    "present end; what an extension added is hatched. A narrow bar spans a date of which only the month or "
    "the year is known; marks are reports and steering committees."
)


def courses_of(shown: PortfolioView) -> list[Course]:
    """The course of each chosen project; a click on a filter asks the database nothing again."""
    found = ask(load_courses, current_person(), as_of=shown.as_of)
    return [found[project.key] for project in shown.projects if project.key in found]


def render_standing(courses: Sequence[Course], calendar: DeadlineCalendar) -> None:
    """The screen's answer in a sentence, and the key figures."""
    st.markdown(f"**{literal(courses_sentence(courses))}**")
    known = [course.slip_days for course in courses if course.slip_days is not None]
    late = sum(course.late_reports for course in courses)
    asked = sum(bool(course.reports) for course in courses)
    render_tiles(
        [
            Tile("projects", str(len(courses))),
            Tile("end-slip", _slip_words(courses), f"known to the day for {len(known)} of {len(courses)}"),
            unfit_tile(calendar),
            Tile(
                "reports-late",
                str(late) if asked else "not known",
                f"known for {asked} of {len(courses)}" if asked else "no project has a calendar",
            ),
        ]
    )


def _slip_words(courses: Sequence[Course]) -> str:
    """The largest slip; an extension that is known to the month or year alone is not none."""
    known = [course.slip_days for course in courses if course.slip_days is not None]
    if known and max(known) > 0:
        return f"up to {max(known):,} days"
    if any(course.extensions for course in courses):
        return "not to the day"
    return "none" if known else "not known"


def render_gantt(shown: PortfolioView, courses: Sequence[Course]) -> None:
    """The projects along time in the chosen order, with the table behind."""
    order = st.segmented_control(
        "Order", list(ORDERS), format_func=ORDERS.__getitem__, default="start", required=True,
        key=WidgetKey.TIMELINE_ORDER, bind="query-params",
    )  # fmt: skip
    listed = in_order(courses, order)
    chart = gantt_chart(listed, "Timeline", current_theme(), shown.as_of)
    table = courses_table(listed)
    show_chart(chart, table, courses_columns(), "timeline", unknown="not known")
    st.caption(_EXPLAINED)


def in_order(courses: Sequence[Course], order: str) -> list[Course]:
    """The courses by start, by present end, or the most slipped first; what is not stated last."""
    if order == "slip":
        return sorted(courses, key=lambda row: (row.slip_days is None, -(row.slip_days or 0)))
    dates = {row.project.key: row.present_end if order == "end" else row.start for row in courses}
    return sorted(courses, key=lambda row: _date_key(dates[row.project.key]))


def _date_key(date: PartialDate | None) -> tuple[bool, str]:
    return (date is None, str(date))


def courses_table(courses: Sequence[Course]) -> pd.DataFrame:
    """One row per project: status, start, original and present end, slip, extensions, reports, committee."""
    return pd.DataFrame(
        {
            "project": [row.project.acronym for row in courses],
            "status": [label("project_status", row.status) for row in courses],
            "start": [_text(row.start) for row in courses],
            "original": [_text(row.original_end) for row in courses],
            "present": [_text(row.present_end) for row in courses],
            "slip": pd.array([row.slip_days for row in courses], dtype="Int64"),
            "extended": [row.extended for row in courses],
            "extensions": ["; ".join(step.words for step in row.extensions) or "none" for row in courses],
            "reports_late": [row.late_reports for row in courses],
            "reports": [len(row.reports) for row in courses],
            "committee": [_text(row.next_committee) or "none planned" for row in courses],
        }
    )


def _text(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)


def courses_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `courses_table`."""
    return {
        "project": text_column("Project", width=150, pinned=True),
        "status": text_column("Status"),
        "start": date_column("Start"),
        "original": date_column("Original end"),
        "present": date_column("Present end"),
        "slip": days_column("Slip"),
        "extended": text_column("Extended by"),
        "extensions": text_column("Extensions", width=300),
        "reports_late": count_column("Reports late"),
        "reports": count_column("Reports"),
        "committee": text_column("Next steering committee"),
    }


def render_print(shown: PortfolioView) -> None:
    """The button for the page of A4; nothing is made before it is asked for."""
    if not may(current_person(), "export"):
        return
    name = "portfolio" if shown.chosen.is_empty else "selection"
    stem = f"timeline-{name}-{shown.as_of.isoformat()}-r{shown.portfolio.revision}"
    st.download_button(
        "Print: one page of A4 (.pdf)", partial(_made, shown_database(), signing_person(), shown),
        file_name=f"{'demo-' if shown.is_demo else ''}{stem}.pdf", mime=PDF, on_click="ignore",
        icon=":material/print:", key=keyed(WidgetKey.DOWNLOAD, "timeline-page"),
        help="The present filter on one landscape page, with the milestones that are late and due",
    )  # fmt: skip


def _made(database: Database, person: Person, shown: PortfolioView) -> bytes:
    """The page, made at the click, outside a run of the screen."""
    use_settings(database)
    return make_timeline(database, person, chosen=shown.chosen, as_of=shown.as_of).content


def render_notes(shown: PortfolioView, courses: Sequence[Course]) -> None:
    """Date, revision, and the designations that names call for."""
    st.caption(f"As at {day_label(shown.as_of)}, revision {shown.portfolio.revision}.")
    render_designations(shown.portfolio, texts=[row.project.acronym for row in courses])
