"""What changed since the last visit, the last month or the last steering committee, on the front page."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from portfolio.dates import date_label
from portfolio.errors import StorageUnavailable
from portfolio.services.briefings import Briefing
from portfolio.services.changes_since import (
    MOMENTS,
    ChangesSince,
    Moment,
    MomentCode,
    changes_since,
    happening_words,
    last_meetings,
    last_month,
    of_meeting,
    of_visit,
)
from portfolio.services.deadlines.calendars import Due
from portfolio.services.visits import VisitRow, begin_visit
from portfolio.settings import ROOT
from portfolio.ui.as_of_bar import date_parameters
from portfolio.ui.cached import ask, is_present, open_portfolio
from portfolio.ui.links import history_link, project_link
from portfolio.ui.session import WidgetKey, current_person, session
from portfolio.ui.texts import counted, listed, literal

CHANGES_PAGE = ROOT / "pages" / "changes.py"
HISTORY_PAGE = ROOT / "pages" / "history.py"
HAPPENINGS_SHOWN = 8
WRITTEN_SHOWN = 4
_NONE: dict[MomentCode, str] = {
    "visit": "This is your first visit on record.",
    "month": "",
    "meeting": "No steering committee of this choice is on record as held.",
}


def render_changes(shown: Briefing, passed: Iterable[Due]) -> None:
    """What happened and what was written down since a moment of one's choice."""
    st.header("Changed")
    visit = last_visit(shown)
    code = st.segmented_control(
        "Since", list(MOMENTS), format_func=MOMENTS.__getitem__, default="month", required=True, wrap=True,
        key=WidgetKey.CHANGED_SINCE, bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    moment = _moment(code, visit, shown)
    if moment is None:
        st.markdown(_NONE[code])
        return
    keys = [project.key for project in shown.view.projects]
    found = ask(changes_since, current_person(), moment, as_of=shown.view.as_of)
    found = found.of(keys, with_others=shown.view.chosen.is_empty).with_missed(passed)
    st.markdown(literal(_sentence(found)))
    _render_happenings(found, shown)
    _render_written(found, shown)
    st.page_link(
        CHANGES_PAGE, label="Two dates side by side in What changed", width="content",
        query_params={str(WidgetKey.OPEN): moment.day.isoformat()} | date_parameters(),
    )  # fmt: skip


def last_visit(shown: Briefing) -> VisitRow | None:
    """The visit before this one; looked up once in a tab, and this one recorded.

    Whoever looks at another date does not visit the portfolio as it is now, and is asked again when they do.
    """
    if not is_present():
        return session.kept(WidgetKey.LAST_VISIT, VisitRow)
    if not session.remembers(WidgetKey.LAST_VISIT):
        try:
            visit = begin_visit(open_portfolio(), current_person(), as_of=shown.view.as_of)
        except StorageUnavailable:
            visit = None  # somebody is writing; the page does not wait for a note about itself
        session.remember(WidgetKey.LAST_VISIT, visit)
    return session.kept(WidgetKey.LAST_VISIT, VisitRow)


def _moment(code: MomentCode, visit: VisitRow | None, shown: Briefing) -> Moment | None:
    if code == "visit":
        return of_visit(visit)
    if code == "month":
        return last_month(shown.view.as_of)
    meetings = ask(last_meetings, current_person(), as_of=shown.view.as_of)
    return of_meeting(meetings, {row.key for row in shown.view.projects}, shown.view.names)


def _sentence(found: ChangesSince) -> str:
    """How much changed, in one sentence."""
    loads = f" The portfolio was loaded on {date_label(found.loads[0].at[:10])}." if found.loads else ""
    since = found.moment.words[0].upper() + found.moment.words[1:]
    if found.is_empty:
        return f"{since}: nothing happened by the dates on record, and nothing was written down.{loads}"
    parts = list(found.counts)
    written = len(found.written) + found.not_looked_into
    parts += [counted(written, "change set") + " written down"] if written else []
    return f"{since}: {', '.join(parts)}.{loads}"


def _render_happenings(found: ChangesSince, shown: Briefing) -> None:
    projects = {project.key: project for project in shown.view.projects}
    for row in found.happenings[:HAPPENINGS_SHOWN]:
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.markdown(f"**{date_label(row.on)}**", width="content")
            project_link(projects[row.project_key])
            st.markdown(literal(happening_words(row)), width="content")
    if len(found.happenings) > HAPPENINGS_SHOWN:
        st.caption(f"{len(found.happenings) - HAPPENINGS_SHOWN} more; narrow the filter to see them.")


def _render_written(found: ChangesSince, shown: Briefing) -> None:
    for change in found.written[:WRITTEN_SHOWN]:
        names = [shown.view.names[key] for key in change.project_keys if key in shown.view.names]
        of = f" of {listed(names)}" if names else ""
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            history_link(change.row, f"Change set {change.row.id}")
            text = (
                f"{date_label(change.row.at[:10])}, {change.row.by}: {change.row.reason}. {change.words}{of}"
            )
            st.markdown(literal(text), width="content")
    if len(found.written) > WRITTEN_SHOWN or found.not_looked_into:
        st.page_link(HISTORY_PAGE, label="All of them in History", width="content")
