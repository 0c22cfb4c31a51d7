"""The timeline of a document: projects with their ends and slips, milestones late and due.

Nothing here draws: `timeline_pages` puts it on a page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import PartialDate, date_label
from portfolio.model.rows import ProjectRow
from portfolio.partners import footnotes, footnotes_for_text
from portfolio.services.milestones import DUE_DAYS, MilestoneState
from portfolio.services.statuses import Status, project_status
from portfolio.services.timelines import STEERING, Course, extended_by
from portfolio.services.views import ScheduledView
from portfolio.summaries.covers import banner_of, day_label, nature_of
from portfolio.summaries.scopes import Subject

MarkerKind = Literal[
    "late", "due", "later", "report-late", "report-due", "report-received", "committee", "committee-planned"
]
# As many rows as stay legible on one sheet of A4.
MOST_ROWS = 50
MOST_NAMES = 20


@dataclass(frozen=True)
class Marker:
    """An open milestone at the date by which it is expected, a report or a steering committee."""

    on: dt.date
    kind: MarkerKind


@dataclass(frozen=True)
class TimelineRow:
    """One project along time.

    The bar runs from `first` to `last` and is certain from `sure_first` to `sure_last` alone; all are None
    where neither start nor end is stated. `extended` says how far the end has moved from `original_end`;
    `steps` are the amendments that moved it, each from one end to the next.
    """

    name: str
    runs: bool
    first: dt.date | None
    last: dt.date | None
    sure_first: dt.date | None
    sure_last: dt.date | None
    original_end: dt.date | None
    start_label: str
    end_label: str
    extended: str
    markers: tuple[Marker, ...] = ()
    steps: tuple[tuple[dt.date, dt.date], ...] = ()


@dataclass(frozen=True)
class Timeline:
    """Everything that stands on the page; `late` and `due` are lines, the most urgent first."""

    title: str
    filters: str
    stamp: str
    banner: str
    finding: str
    as_of: dt.date
    revision: int
    rows: tuple[TimelineRow, ...]
    late: tuple[str, ...]
    due: tuple[str, ...]
    notes: tuple[str, ...]
    footnotes: tuple[str, ...]


def timeline(subject: Subject, courses: Mapping[str, Course] | None = None) -> Timeline:
    """The timeline of the projects of a document; with `courses`, amendments, reports and committees too."""
    view = subject.view
    shown, left_out = _that_fit(view)
    rows = tuple(_row(project, view, (courses or {}).get(project.key)) for project in shown)
    late, due = _late(view), _due(view)
    revision = view.portfolio.revision
    return Timeline(
        title="Timeline of the portfolio" if view.chosen.is_empty else "Timeline of the selected projects",
        filters=_filters(view),
        stamp=f"Data as at {day_label(view.as_of)} · revision {revision}",
        banner=banner_of(view),
        finding=_finding(view, len(late), len(due)),
        as_of=view.as_of,
        revision=revision,
        rows=rows,
        late=late,
        due=due,
        notes=tuple(_notes(view, rows, left_out)),
        footnotes=_designations(view, [_filters(view), *(row.name for row in rows), *late, *due]),
    )


def _filters(view: ScheduledView) -> str:
    names = {role.organisation_key: role.name for row in view.everything for role in row.roles}
    words = view.chosen.sentence(names)
    return f"{words[:1].upper()}{words[1:]}"


def _that_fit(view: ScheduledView) -> tuple[list[ProjectRow], list[ProjectRow]]:
    """The projects that fit on the page, the first to start on top, and those that do not."""
    by_urgency = sorted(view.projects, key=lambda project: _priority(project, view.as_of))
    kept = {project.key for project in by_urgency[:MOST_ROWS]}
    ordered = sorted(view.projects, key=lambda row: (row.start or row.present_end or "9999", row.key))
    return [row for row in ordered if row.key in kept], [row for row in ordered if row.key not in kept]


def _priority(project: ProjectRow, as_of: dt.date) -> tuple[bool, int, str]:
    """First what is not closed, the next to end before the others; then what closed last."""
    end = PartialDate.of(project.present_end)
    is_closed = project_status(project, as_of) == "closed"
    day = end.last.toordinal() if end else 0
    return (is_closed, -day if is_closed else day, project.key)


def _row(project: ProjectRow, view: ScheduledView, course: Course | None) -> TimelineRow:
    start, end = PartialDate.of(project.start), PartialDate.of(project.present_end)
    original = PartialDate.of(project.end_original)
    status = project_status(project, view.as_of)
    first, last, sure_first, sure_last = _bar(start, end, status, view.as_of)
    return TimelineRow(
        name=project.acronym,
        runs=status == "ongoing",
        first=first,
        last=last,
        sure_first=sure_first,
        sure_last=sure_last,
        original_end=original.last if original and original != end else None,
        start_label=date_label(project.start),
        end_label=date_label(project.present_end),
        extended=extended_by(original, end),
        markers=(*_markers(project.key, view, is_apart=course is not None), *_course_markers(course)),
        steps=_steps(course),
    )


def _steps(course: Course | None) -> tuple[tuple[dt.date, dt.date], ...]:
    """What lies between one end and the next, for each extension."""
    if course is None:
        return ()
    return tuple(
        (row.before.last, row.after.last) for row in course.extensions if row.before.last < row.after.last
    )


def _course_markers(course: Course | None) -> Iterable[Marker]:
    """Reports and steering committees of a project."""
    if course is None:
        return
    for report in course.reports:
        kind: MarkerKind = "report-received"
        if report.is_open:
            kind = "report-late" if report.state == "late" else "report-due"
        yield Marker(report.latest, kind)
    for state in course.committees:
        done = PartialDate.of(state.milestone.actual or state.milestone.baseline)
        date = done if state.is_done else state.due
        if date is not None and not state.is_late:
            yield Marker(date.last, "committee" if state.is_done else "committee-planned")


_Bar = tuple[dt.date | None, dt.date | None, dt.date | None, dt.date | None]


def _bar(start: PartialDate | None, end: PartialDate | None, status: Status, as_of: dt.date) -> _Bar:
    if start and end:
        return start.first, end.last, start.last, end.first
    if start:
        # Of a project that runs without a stated end, only that it has come this far is known.
        last = max(as_of, start.last) if status == "ongoing" else start.last
        return start.first, last, None, None
    return (end.first, end.last, None, None) if end else (None, None, None, None)


def _markers(project_key: str, view: ScheduledView, *, is_apart: bool) -> Iterable[Marker]:
    """The open milestones; without the steering committees where these have a mark of their own."""
    for state in view.milestones:
        if is_apart and state.milestone.kind == STEERING and not state.is_late:
            continue
        if state.milestone.project_key == project_key and state.is_counted and state.is_open and state.due:
            due = state.is_due_within(view.as_of, DUE_DAYS)
            yield Marker(state.due.last, "late" if state.is_late else "due" if due else "later")


def _late(view: ScheduledView) -> tuple[str, ...]:
    late = [state for state in view.milestones if state.is_late]
    late.sort(key=lambda state: (-(state.late_days or 0), state.milestone.key))
    return tuple(
        _line(state, view, _days_late(state), [f"planned {date_label(state.milestone.baseline)}"])
        for state in late
    )


def _due(view: ScheduledView) -> tuple[str, ...]:
    """As on the screens, a late milestone that is expected soon is due as well."""
    due = [state for state in view.milestones if state.is_due_within(view.as_of, DUE_DAYS)]
    due.sort(key=lambda state: (str(state.due), state.milestone.key))
    return tuple(
        _line(state, view, state.due.label if state.due else "", [_days_late(state)] if state.is_late else [])
        for state in due
    )


def _line(state: MilestoneState, view: ScheduledView, first: str, facts: list[str]) -> str:
    """What decides comes first: on the page a long title may be cut."""
    milestone = state.milestone
    more = [*(["contractual"] if milestone.contractual else []), *facts]
    text = f"{first}: {view.names[milestone.project_key]}, {milestone.title}"
    return f"{text} ({', '.join(more)})" if more else text


def _days_late(state: MilestoneState) -> str:
    return f"{state.late_days:,} {'day' if state.late_days == 1 else 'days'} late"


def _finding(view: ScheduledView, late: int, due: int) -> str:
    """The picture in a sentence, with its numbers."""
    total = len(view.projects)
    if not total:
        return "No project meets this filter."
    running = [row for row in view.projects if project_status(row, view.as_of) == "ongoing"]
    ending = sorted(row.present_end for row in running if row.present_end)
    first = next((row.acronym for row in running if ending and row.present_end == ending[0]), None)
    named = f"{total:,} {'project' if total == 1 else 'projects'}, {len(running):,} running"
    next_end = f"; {first} is the next to end ({date_label(ending[0])})" if first else ""
    return f"{named}{next_end}. Milestones: {late or 'none'} late, {due or 'none'} due in {DUE_DAYS} days."


def _notes(view: ScheduledView, rows: Sequence[TimelineRow], left_out: Sequence[ProjectRow]) -> Iterable[str]:
    unknown = [row.name for row in rows if "not stated" in (row.start_label, row.end_label)]
    if unknown:
        yield f"Start or end not stated: {', '.join(unknown)}."
    if left_out:
        names = ", ".join(row.acronym for row in left_out[:MOST_NAMES])
        more = f" and {len(left_out) - MOST_NAMES} more" if len(left_out) > MOST_NAMES else ""
        yield f"Not drawn for want of room, but in the workbook: {names}{more}."
    yield nature_of(view)


def _designations(view: ScheduledView, texts: Sequence[str]) -> tuple[str, ...]:
    profile = view.portfolio.institution_profile
    chosen = view.chosen.partners
    found = (*footnotes(chosen, profile), *footnotes_for_text(texts, profile))
    return tuple(dict.fromkeys(found))
