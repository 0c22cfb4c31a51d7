"""The front page's answers: what is off track, due, changed and not known, and what is seen otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from portfolio.dates import HalfYear
from portfolio.model.rows import ProjectRow
from portfolio.services.briefings import Briefing
from portfolio.services.completeness.freshness import reported_for, reported_sentence
from portfolio.services.deadlines.calendars import DeadlineCalendar, Due, upcoming
from portfolio.services.dues import DueLine, due_lines, first_milestones, late_lines, late_milestones
from portfolio.services.health.ratings import Health, in_force
from portfolio.services.milestones import DUE_DAYS
from portfolio.services.signals import Signal
from portfolio.settings import ROOT
from portfolio.ui import overviews as words
from portfolio.ui.cached import ask, shown_database
from portfolio.ui.calendar_panels import calendar_of
from portfolio.ui.figure_links import Tile, render_tiles
from portfolio.ui.health import colour_tile, coloured
from portfolio.ui.links import project_link
from portfolio.ui.overview_changes import render_changes
from portfolio.ui.session import current_person
from portfolio.ui.signals import marked
from portfolio.ui.texts import counted, literal

HEALTH_PAGE = ROOT / "pages" / "health.py"
CALENDAR_PAGE = ROOT / "pages" / "calendar.py"
MILESTONES_PAGE = ROOT / "pages" / "milestones.py"
COMPLETENESS_PAGE = ROOT / "pages" / "completeness.py"
OFF_TRACK_SHOWN = 14
SIGNALS_SHOWN = 6
LATE_SHOWN = 5
DUE_SHOWN = 8
BETTER_SHOWN = 5


def render_answers(shown: Briefing) -> None:
    """The page's four answers side by side, each with the way to all of it."""
    calendar = calendar_of(shown.view)
    dues = upcoming(calendar)
    _render_key_figures(shown, dues, calendar)
    left, right = st.columns([3, 2], gap="large")
    with left:
        render_off_track(shown)
        render_signals(shown)
        render_changes(shown, calendar.passed)
    with right:
        render_due(shown, calendar, dues)
        render_unknown(shown, calendar)
        render_better(shown)


def _render_key_figures(shown: Briefing, dues: Sequence[Due], calendar: DeadlineCalendar) -> None:
    states, counts = shown.states, shown.figures.milestones
    late = f"{counts.late:,} late in all" if counts.late else "none late"
    tiles = [colour_tile("red", states), colour_tile("amber", states)]
    if counts.open:  # nothing open can be due: 0 would praise a portfolio that publishes no plan
        name = f"Milestones due in {DUE_DAYS} days"
        tiles.append(Tile("milestones-due", f"{counts.due_90_days:,}", late, name))
    tiles.append(_deadlines_tile(calendar, dues))
    if states or counts.open or dues:
        render_tiles(tiles)


def _deadlines_tile(calendar: DeadlineCalendar, dues: Sequence[Due]) -> Tile:
    """Deadlines that fall due, and beside them reports; not known where nothing says what is due."""
    reports, passed = sum(row.code == "report" for row in dues), len(calendar.passed)
    missed = f"{passed:,} late" if passed else "none late"
    beside = f"{counted(reports, 'report')} due, {missed}" if calendar.reports else "reports due not known"
    has_dates = len(calendar.unknown) < len(calendar.deadlines)
    value = f"{len(dues) - reports:,}" if has_dates else "not known"
    return Tile("deadlines-due", value, beside, f"Deadlines due in {DUE_DAYS} days")


def render_off_track(shown: Briefing) -> None:
    """The running projects that are red or amber, the worst first, each with the one sentence why."""
    st.header("Off track and needing attention")
    if not shown.off_track:
        st.markdown(words.nothing_off_track(shown))
    for project, health in shown.off_track[:OFF_TRACK_SHOWN]:
        _render_project(project, health, shown)
    if shown.states:
        more = len(shown.off_track) - OFF_TRACK_SHOWN
        st.page_link(HEALTH_PAGE, label=f"{f'{more} more. ' if more > 0 else ''}All on the health screen")


def _render_project(project: ProjectRow, health: Health, shown: Briefing) -> None:
    override = next((row for row in health.overrides if in_force(row, shown.view.as_of)), None)
    beside = f" {words.override_sentence(override)}" if override else ""
    _render_marked(coloured(health.state), project, literal(f"{health.sentence}{beside}"))


def _render_marked(mark: str, project: ProjectRow | None, text: str) -> None:
    """A mark and a project in one line, and under it why."""
    with st.container(gap=None):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.markdown(mark, width="content")
            if project is not None:
                project_link(project)
        st.markdown(text)


def render_signals(shown: Briefing) -> None:
    """What is urgent or to be watched beside health: signals that no colour states, the severest first."""
    if not shown.urgent:
        return
    st.header("Signals")
    for signal in shown.urgent[:SIGNALS_SHOWN]:
        _render_signal(signal, shown)
    if len(shown.urgent) > SIGNALS_SHOWN:
        st.caption(f"{len(shown.urgent) - SIGNALS_SHOWN} more; narrow the filter to see them.")


def _render_signal(signal: Signal, shown: Briefing) -> None:
    projects = {project.key: project for project in shown.view.projects}
    text = f"**{literal(signal.title)}.** {literal(signal.sentence)}"
    _render_marked(marked(signal.severity), projects.get(signal.project_key or ""), text)


def render_due(shown: Briefing, calendar: DeadlineCalendar, dues: Sequence[Due]) -> None:
    """What is late, then what falls due next: milestones, reports and deadlines."""
    keys = None if shown.view.chosen.is_empty else frozenset(row.key for row in shown.view.projects)
    person, as_of, counts = current_person(), shown.view.as_of, shown.figures.milestones
    late = ask(late_milestones, person, as_of=as_of, project_keys=keys)
    passed = counts.late + len(calendar.passed)
    if passed:
        st.header("Late")
        _render_lines(late_lines(late.first, calendar.passed, as_of)[:LATE_SHOWN], passed, shown)
    st.header(f"Due in {DUE_DAYS} days")
    first = ask(first_milestones, person, as_of=as_of, project_keys=keys, with_late=False)
    lines = due_lines(first, dues, as_of)
    if not lines:
        st.markdown(f"Nothing {'else ' if passed else ''}on record falls due.")
    if late.due_too:
        late_ones = "late milestone that is forecast", "late milestones that are forecast"
        st.caption(f"Without {counted(late.due_too, *late_ones)} for these days.")
    _render_lines(lines[:DUE_SHOWN], counts.due_90_days - late.due_too + len(dues), shown)


def _render_lines(lines: Sequence[DueLine], whole: int, shown: Briefing) -> None:
    """The first lines of `whole`, and how many more there are and where."""
    projects = {project.key: project for project in shown.view.everything}
    for line in lines:
        _render_due_line(line, projects.get(line.project_key or ""))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if whole > len(lines):
            st.markdown(f"{whole - len(lines):,} more:", width="content")
        st.page_link(CALENDAR_PAGE, label="All deadlines and reports", width="content")
        st.page_link(MILESTONES_PAGE, label="All milestones", width="content")


def _render_due_line(line: DueLine, project: ProjectRow | None) -> None:
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(f"**{literal(line.when)}**", width="content", help=literal(line.arithmetic) or None)
        if project is not None:
            project_link(project)
        st.markdown(literal(line.what), width="content")


def render_unknown(shown: Briefing, calendar: DeadlineCalendar) -> None:
    """What is not known: who has not reported, which dimensions, which dates, which money."""
    st.header("Not known")
    as_of = shown.view.as_of
    period = str(HalfYear.last_ended(as_of))
    reported = reported_for(shown_database(), current_person(), period, as_of=as_of)
    lines = [f"{reported_sentence(shown.view.projects, reported, as_of)}."]
    lines += words.unknown_lines(shown, len(calendar.unknown), len(calendar.deadlines))
    st.markdown("\n".join(f"- {literal(line)}" for line in lines))
    st.page_link(COMPLETENESS_PAGE, label="What is missing, and who owes it")


def render_better(shown: Briefing) -> None:
    """Where implementers see themselves better than the computed colour."""
    if not shown.better:
        return
    st.header("Seen better by implementers")
    projects = {project.key: project for project in shown.view.projects}
    for row in shown.better[:BETTER_SHOWN]:
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            project_link(projects[row.project_key])
            st.markdown(literal(words.better_line(row)), width="content")
    if len(shown.better) > BETTER_SHOWN:
        st.page_link(HEALTH_PAGE, label=f"All {len(shown.better)} on the health screen")
