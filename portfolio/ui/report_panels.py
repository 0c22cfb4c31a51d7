"""Report templates: who has reported for a period and who has not, workbooks to send, reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from portfolio.dates import HalfYear, date_label
from portfolio.progress_reports.workbooks.issuing import issue_all, issue_workbook
from portfolio.services.access import may, require
from portfolio.services.practice import use_settings
from portfolio.services.report_calls import ReportCall, reminder, report_calls
from portfolio.services.views import PortfolioView
from portfolio.ui.cached import open_portfolio
from portfolio.ui.changes import moment_text
from portfolio.ui.designations import render_designations
from portfolio.ui.links import project_link
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.signatures import refusal_sentence, render_signature, signed_name
from portfolio.ui.tables import days_column, download_csv, show_table, text_column
from portfolio.ui.texts import counted, literal

PERIODS_OFFERED = 6
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_REPORTED = "◆ Not reported"
REPORTED = "● Reported"
COSTS_ALONE = "○ Costs on record, no report received"


def periods(as_of: dt.date) -> tuple[HalfYear, ...]:
    """The half-years that can be asked for, the running one first."""
    found = [HalfYear(as_of.year, 1 if as_of.month <= 6 else 2)]
    while len(found) < PERIODS_OFFERED:
        found.append(found[-1].previous)
    return tuple(found)


def period_label(period: HalfYear, as_of: dt.date) -> str:
    """A period in a list: "2026-S1 (January to June 2026)"."""
    months = "January to June" if period.half == 1 else "July to December"
    running = ", has not ended" if period.last >= as_of else ""
    return f"{period} ({months} {period.year}{running})"


def render_period(as_of: dt.date) -> HalfYear:
    """The chooser of the reporting period; by default the last that has ended."""
    by_label = {period_label(period, as_of): period for period in periods(as_of)}
    # A link may have chosen one already; Streamlit wants either that or a default.
    chosen_before = session.remembers(WidgetKey.PERIOD)
    default = 0 if chosen_before else list(by_label.values()).index(HalfYear.last_ended(as_of))
    chosen = st.selectbox(
        "Reporting period", list(by_label), index=default, key=WidgetKey.PERIOD, bind="query-params",
        width=360,
    )  # fmt: skip
    return by_label[chosen]


def calls_of(shown: PortfolioView, period: HalfYear) -> tuple[ReportCall, ...]:
    """Who was to report for the period; asked afresh, a report that changes nothing leaves no revision."""
    return report_calls(open_portfolio(), current_person(), shown, period)


def calls_sentence(calls: Sequence[ReportCall], period: HalfYear, as_of: dt.date) -> str:
    """How many reports came in, and since when the others have not."""
    received = sum(call.received is not None for call in calls)
    costs = sum(call.received is None and call.has_costs for call in calls)
    missing = len(calls) - received - costs
    head = f"{counted(len(calls), 'project')} ran in {period}: {counted(received, 'report')} received"
    head += f", {costs} with costs on record but no report" if costs else ""
    if period.last >= as_of:
        return f"{head}, {missing} not reported; the period has not ended."
    if not missing:
        return f"{head}, none missing."
    days = counted((as_of - period.last).days, "day")
    return f"{head}, {missing} not reported {days} after its end on {date_label(period.last.isoformat())}."


def calls_table(calls: Sequence[ReportCall], as_of: dt.date) -> pd.DataFrame:
    """One row per project: whether it has reported, since when it has not, and what came in."""
    return pd.DataFrame(
        {
            "project": [call.project.acronym for call in calls],
            "title": [call.project.title for call in calls],
            "state": [_state(call) for call in calls],
            "since": [None if call.is_reported else call.due_since.isoformat() for call in calls],
            "days": pd.array(
                [None if call.is_reported else call.days_open(as_of) for call in calls], dtype="Int64"
            ),
            "received": [moment_text(call.received.received_at) if call.received else None for call in calls],
            "by": [call.received.by if call.received else None for call in calls],
            "file": [call.received.file_name if call.received else None for call in calls],
            "officer": [call.project.responsible_officer for call in calls],
        }
    )


def _state(call: ReportCall) -> str:
    if call.received is not None:
        return REPORTED
    return COSTS_ALONE if call.has_costs else NOT_REPORTED


def render_calls(calls: Sequence[ReportCall], shown: PortfolioView, period: HalfYear) -> None:
    """The table of who has reported and who has not."""
    sentence = calls_sentence(calls, period, shown.as_of)
    st.markdown(f"**{literal(sentence)}**")
    table = calls_table(calls, shown.as_of)
    columns = {
        "project": text_column("Project", pinned=True),
        "state": text_column("Report", width=230),
        "since": text_column("Open since", width=100),
        "days": days_column("Open for"),
        "received": text_column("Received", width=150),
        "by": text_column("Imported by"),
        "file": text_column("File"),
        "officer": text_column("Responsible officer"),
    }
    present = {name: column for name, column in columns.items() if table[name].notna().any()}
    show_table(table, present, alt=sentence, unknown="–", height="content")
    download_csv(table, f"reports-{period}")


def render_workbooks(calls: Sequence[ReportCall], shown: PortfolioView, period: HalfYear) -> None:
    """The workbooks to send out: all of them, or those of the projects that have not reported."""
    person = current_person()
    keys = [call.project.key for call in calls if may(person, "issue", call.project.key)]
    missing = [call.project.key for call in calls if not call.is_reported and call.project.key in keys]
    st.header("Workbooks to send out", divider="gray", anchor=False)
    if not keys:
        st.info(refusal_sentence(person, "issue workbooks"))
        return
    st.caption(
        "Each holds what the tracker knows of one project, with room for what is new. It is made when you "
        "click, and recognised when it comes back."
    )
    with st.container(horizontal=True):
        _zip_button(f"All {counted(len(keys), 'project')} (.zip)", "all", keys, period, shown.as_of)
        if missing and len(missing) < len(keys):
            label = f"The {counted(len(missing), 'project')} that did not report (.zip)"
            _zip_button(label, "missing", missing, period, shown.as_of)


def _zip_button(label: str, name: str, keys: Sequence[str], period: HalfYear, as_of: dt.date) -> None:
    st.download_button(
        label, partial(zipped, tuple(keys), period, as_of), file_name=f"progress-reports-{period}.zip",
        mime="application/zip", key=keyed(WidgetKey.ISSUE, f"{name}:{period}"), on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def zipped(keys: tuple[str, ...], period: HalfYear, as_of: dt.date) -> bytes:
    """The workbooks of several projects as one zip, each on record as issued."""
    database, person = open_portfolio(), current_person()
    use_settings(database)
    for key in keys:
        require(person, "issue", key)
    return issue_all(database, keys, period=period, as_of=as_of).content


def workbook_of(key: str, period: HalfYear, as_of: dt.date) -> bytes:
    """The workbook of one project, on record as issued."""
    database = open_portfolio()
    use_settings(database)
    require(current_person(), "issue", key)
    return issue_workbook(database, key, period=period, as_of=as_of).content


def render_one(calls: Sequence[ReportCall], shown: PortfolioView, period: HalfYear) -> None:
    """One project: its workbook, what came in, and the words to remind it with."""
    st.header("One project", divider="gray", anchor=False)
    by_label = {f"{call.project.acronym}: {call.project.title}": call for call in calls}
    chosen = st.selectbox(
        "Project", list(by_label), key=WidgetKey.REPORT_PROJECT, bind="query-params", width=560
    )
    call = by_label[chosen]
    key = call.project.key
    with st.container(horizontal=True, vertical_alignment="center"):
        project_link(call.project)
        if may(current_person(), "issue", key):
            st.download_button(
                f"Workbook for {period} (.xlsx)", partial(workbook_of, key, period, shown.as_of),
                file_name=f"{key}-{period}.xlsx", mime=XLSX, on_click="ignore", icon=":material/download:",
                key=keyed(WidgetKey.ISSUE, f"{key}:{period}"),
            )  # fmt: skip
        else:
            st.caption(refusal_sentence(current_person(), "issue its workbook"))
    st.markdown(literal(call_sentence(call, shown.as_of)))
    if not call.is_reported and period.last < shown.as_of:
        _render_reminder(call, shown.as_of)


def call_sentence(call: ReportCall, as_of: dt.date) -> str:
    """Whether one project has reported: when, by whom and from which file, or since when it has not."""
    if call.received is not None:
        row = call.received
        change = f"change set {row.change_set_id}" if row.change_set_id else "it changed nothing"
        return (
            f"Reported: {row.file_name}, imported on {moment_text(row.received_at)} by {row.by} ({change})."
        )
    if call.has_costs:
        return f"Costs of {call.period} are on record, but no workbook was received through the tracker."
    if call.period.last >= as_of:
        return f"Not reported yet; {call.period} has not ended."
    since = date_label(call.due_since.isoformat())
    return f"Not reported since {since}, {counted(call.days_open(as_of), 'day')}."


def _render_reminder(call: ReportCall, as_of: dt.date) -> None:
    st.markdown("**A reminder to copy**")
    render_signature("reminder", "Signed by")
    text = reminder(call, signed_name() or "Name", as_of)
    st.code(text, language=None, wrap_lines=True)


def render_notes(calls: Sequence[ReportCall], shown: PortfolioView) -> None:
    """The designations that the titles call for."""
    render_designations(
        shown.portfolio, texts=[f"{call.project.acronym} {call.project.title}" for call in calls]
    )


def nobody_sentence(shown: PortfolioView, period: HalfYear) -> str:
    """What to do where no project was to report for the period."""
    return (
        f"None of the {counted(len(shown.projects), 'chosen project')} is known to have run in {period}. "
        "Choose another period, or clear a filter."
    )
