"""The calendar screen's panels: what falls due, what was missed, what does not fit, and the reports."""

from __future__ import annotations

from functools import partial

import streamlit as st

from portfolio.exchange.calendars import FILE_NAME, MEDIA_TYPE
from portfolio.services.access import Person
from portfolio.services.deadlines.calendars import DeadlineCalendar, load_deadlines, upcoming
from portfolio.services.deadlines.reports import ReportState
from portfolio.services.deadlines.summaries import (
    HORIZONS,
    CalendarCounts,
    calendar_basis,
    calendar_counts,
    calendar_sentence,
)
from portfolio.services.practice import use_settings
from portfolio.services.signals import day_label
from portfolio.services.views import PortfolioView
from portfolio.storage.engine import Database
from portfolio.ui.cached import ask, is_present, shown_database
from portfolio.ui.calendar_files import calendar_bytes, site_address, subscription_address
from portfolio.ui.charts import show_chart
from portfolio.ui.deadline_charts import due_chart
from portfolio.ui.deadline_tables import (
    due_columns,
    due_sentences,
    due_table,
    report_columns,
    report_sentences,
    report_table,
    unknown_columns,
    unknown_table,
)
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile, render_tiles
from portfolio.ui.links import project_link
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.tables import download_csv, read_row, show_table
from portfolio.ui.texts import counted, literal
from portfolio.ui.theme import current_theme

NONE = "–"
READ = "Choose a row to read its arithmetic in full."
INDICATIVE = "Every date is indicative: it is counted from what is on record, and the contract holds."
REPORT_STATES = {"all": "All", "late": "Late", "due": "Due", "received": "Received"}
_STATES_OF: dict[str, tuple[ReportState, ...]] = {
    "late": ("late",), "due": ("due",), "received": ("received", "received-late"),
}  # fmt: skip


def calendar_of(shown: PortfolioView) -> DeadlineCalendar:
    """The calendar of the chosen projects; a click on a filter asks the database nothing again."""
    found = ask(load_deadlines, current_person(), as_of=shown.as_of)
    return found.of({row.key for row in shown.projects}, with_decisions=shown.chosen.is_empty)


def render_standing(calendar: DeadlineCalendar, projects: int) -> None:
    """The screen's answer in a sentence, and the key figures."""
    counts = calendar_counts(calendar)
    st.markdown(f"**{literal(calendar_sentence(counts))}**")
    known = counts.deadlines - counts.deadlines_unknown
    render_tiles(
        [
            Tile("deadlines-due", str(counts.deadlines_due), f"known for {known} of {counts.deadlines}"),
            Tile("deadlines-passed", str(counts.deadlines_passed)),
            unfit_tile(calendar),
            *_report_tiles(counts, projects),
        ],
        columns=6,
    )
    st.caption(INDICATIVE)


def unfit_tile(calendar: DeadlineCalendar) -> Tile:
    """How many ends do not fit; not known where no contract has an agreement to compare its end with."""
    if not calendar.compared:
        return Tile("ends-unfit", "not known", "no contract with an agreement")
    note = f"of {counted(len(calendar.compared), 'contract')} with an agreement"
    return Tile("ends-unfit", str(len(calendar.misfits)), note)


def _report_tiles(counts: CalendarCounts, projects: int) -> list[Tile]:
    """The key figures of reports; where no project is asked for any, they are not known."""
    if not counts.reports:
        names = ("reports-due", "reports-late", "reports-received")
        return [Tile(name, "not known", "no project has a calendar") for name in names]
    known = f"{counts.projects_with_calendar} of {projects} typed, {counts.projects_by_rule} by rule"
    return [
        Tile("reports-due", str(counts.reports_due), known),
        Tile("reports-late", str(counts.reports_late), known),
        Tile("reports-received", str(counts.reports_received), f"of {counts.reports} asked for"),
    ]


def render_due(shown: PortfolioView, calendar: DeadlineCalendar) -> None:
    """What falls due within the chosen number of days, and what was missed, along time and as a table."""
    st.header("What falls due")
    days = st.segmented_control(
        "Within", list(HORIZONS), format_func=lambda value: f"{value} days", default=HORIZONS[0],
        required=True, key=WidgetKey.DUE_WITHIN, bind="query-params",
    )  # fmt: skip
    coming, passed = upcoming(calendar, days=days), calendar.passed
    if not coming and not passed:
        st.info(f"Nothing that is on record falls due within {days} days, and nothing is late.")
        return
    dues = [*reversed(passed), *coming]
    chart = due_chart(dues, f"Deadlines and reports, {days} days", current_theme(), shown.as_of, shown.names)
    table = due_table(dues, shown.names)
    show_chart(chart, table, due_columns(table), "what-falls-due", unknown=NONE)
    if coming:
        table = due_table(coming, shown.names)
        alt = f"{counted(len(coming), 'deadline or report', 'deadlines and reports')} within {days} days."
        read_row(
            table, due_columns(table), due_sentences(coming, shown.names), READ, alt=alt,
            key=WidgetKey.DUE_TABLE, unknown=NONE,
        )  # fmt: skip
    render_passed(shown, calendar)


def render_passed(shown: PortfolioView, calendar: DeadlineCalendar) -> None:
    """What was missed, the newest first."""
    st.header("Late")
    if not calendar.passed:
        st.markdown("Nothing that is on record is late.")
        return
    table = due_table(calendar.passed, shown.names)
    counts = calendar_counts(calendar)
    alt = (
        f"{counted(counts.reports_late, 'report')} and {counted(counts.deadlines_passed, 'deadline')} "
        "that are late, the newest first."
    )
    st.caption(alt)
    read_row(
        table, due_columns(table), due_sentences(calendar.passed, shown.names), READ, alt=alt,
        key=WidgetKey.LATE_TABLE, unknown=NONE,
    )  # fmt: skip


def render_misfits(shown: PortfolioView, calendar: DeadlineCalendar) -> None:
    """The ends that do not fit the implementation period of their financing agreement, with the reason."""
    if not calendar.misfits:
        return
    st.header("Does not fit the financing agreement")
    projects = {project.key: project for project in shown.projects}
    for row in calendar.misfits:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            project_link(projects[row.project_key], width=130)
            st.markdown(literal(row.sentence))


def render_reports(shown: PortfolioView, calendar: DeadlineCalendar) -> None:
    """The reporting calendar: due, received, late."""
    st.header("Reporting calendar")
    if not calendar.reports:
        st.info(
            "No report is asked for. A project's reporting calendar is entered in Edit; for running grants "
            "the tracker counts interim reports by rule."
        )
        return
    state = st.segmented_control(
        "Reports", list(REPORT_STATES), format_func=REPORT_STATES.__getitem__, default="all", required=True,
        key=WidgetKey.REPORT_STATE, bind="query-params",
    )  # fmt: skip
    chosen = [row for row in calendar.reports if state == "all" or row.state in _STATES_OF[state]]
    without = len(shown.projects) - len({row.project_key for row in calendar.reports})
    none = f"{counted(without, 'project')} without any: not known." if without else ""
    if not chosen:
        st.info(f"No report stands like this. {none}")
        return
    chosen = sorted(chosen, key=lambda row: (-row.late_days, row.earliest))
    table = report_table(chosen, shown.names)
    alt = f"{counted(len(chosen), 'report')} of {len(calendar.reports)}. {none}"
    st.caption(f"{calendar_basis(calendar_counts(calendar), len(shown.projects))}.")
    read_row(
        table, report_columns(table), report_sentences(chosen, shown.names), READ, alt=alt,
        key=WidgetKey.REPORT_TABLE, unknown=NONE,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        download_csv(table, "reporting-calendar")
        st.caption(alt)


def render_unknown(shown: PortfolioView, calendar: DeadlineCalendar) -> None:
    """The deadlines that are not known, and why."""
    if not calendar.unknown:
        return
    with st.expander(f"Not known: {counted(len(calendar.unknown), 'deadline')}"):
        table = unknown_table(calendar.unknown, shown.names)
        alt = f"{counted(len(table), 'deadline')} of which the date, or whether it was met, is not known."
        show_table(table, unknown_columns(), alt=alt, unknown=NONE)


def render_subscription(shown: PortfolioView) -> None:
    """The calendar as a file, and the address to subscribe to."""
    st.header("In your own calendar")
    address = subscription_address(shown.chosen, st.context.url)
    date = "" if is_present() else " It stays with the present day; the file below is of the day above."
    st.markdown(f"Subscribe to this address in a calendar program; it follows the filter above.{date}")
    st.code(address, language=None, wrap_lines=True)
    st.download_button(
        "Download calendar (.ics)",
        partial(_made, shown_database(), current_person(), shown, site_address(st.context.url)),
        file_name=FILE_NAME, mime=MEDIA_TYPE, on_click="ignore", icon=":material/calendar_month:",
        key=keyed(WidgetKey.DOWNLOAD, "calendar"),
    )  # fmt: skip


def _made(database: Database, person: Person, shown: PortfolioView, address: str) -> bytes:
    """The file, made at the click, outside a run of the screen."""
    use_settings(database)
    return calendar_bytes(database, person, shown.chosen, address, as_of=shown.as_of)


def render_notes(shown: PortfolioView, calendar: DeadlineCalendar) -> None:
    """Date, revision, and the designations that the names call for."""
    st.caption(f"As at {day_label(shown.as_of)}, revision {shown.portfolio.revision}.")
    render_designations(shown.portfolio, texts=[row.subject for row in calendar.deadlines])
