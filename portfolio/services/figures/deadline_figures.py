"""The figures of deadlines and of the reporting calendar that can be opened: a line for each that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from portfolio.services.deadlines.calendars import DeadlineCalendar, load_deadlines, upcoming
from portfolio.services.deadlines.entries import Deadline
from portfolio.services.deadlines.fits import Misfit
from portfolio.services.deadlines.reports import ReportEntry
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line
from portfolio.services.figures.project_figures import end_fields
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.milestones import DUE_DAYS
from portfolio.services.timelines import Course, load_courses


def load_calendar(subject: FigureSubject) -> DeadlineCalendar:
    """The deadlines and reports of the projects that the figures are about."""
    is_whole = subject.project_key is None and subject.partner is None and subject.view.chosen.is_empty
    found = load_deadlines(subject.database, subject.person, as_of=subject.as_of)
    return found.of(subject.keys, with_decisions=is_whole)


def _of_project(subject: FigureSubject, project_key: str | None, text: str) -> str:
    name = subject.view.names.get(project_key or "")
    return f"{name}: {text}" if name and subject.project_key is None else text


def _deadline_line(subject: FigureSubject, row: Deadline) -> Line:
    label = _of_project(subject, row.project_key, f"{row.subject}: {row.name}, {row.when}")
    # A date that is not known rests on nothing: the field that it would be counted from is empty.
    fields: tuple[FieldRef, ...] = ((row.entity, row.key, row.field),) if row.earliest else ()
    return Line(label, 1, fields, row.project_key, row.arithmetic)


def _report_line(subject: FigureSubject, row: ReportEntry) -> Line:
    label = _of_project(subject, row.project_key, f"{row.name}, due {row.when}, {row.outcome.lower()}")
    fields: list[FieldRef] = [(row.entity, row.key, row.field)]
    if row.entity == "report_due":
        fields += [(row.entity, row.key, name) for name in ("kind", "received_on")]
    return Line(label, 1, tuple(fields), row.project_key, row.arithmetic)


def _misfit_line(subject: FigureSubject, row: Misfit) -> Line:
    fields = (row.field, ("financing_agreement", row.agreement_key, "end_of_implementation"))
    text = f"new end {row.new_end}" if row.amendment_key else f"end {row.new_end}"
    return Line(_of_project(subject, row.project_key, text), 1, fields, row.project_key, row.sentence)


@dataclass(frozen=True)
class _Deadlines:
    """Deadlines of which those that are wanted count as 1 each."""

    figure_id: str
    wanted: Callable[[DeadlineCalendar], Iterable[Deadline]]

    def __call__(self, subject: FigureSubject) -> Breakdown:
        calendar = subject.once(load_calendar)
        lines = tuple(_deadline_line(subject, row) for row in self.wanted(calendar))
        whole = len(calendar.deadlines)
        return Breakdown(
            self.figure_id, subject.label, len(lines), "count", "", lines,
            known=whole - len(calendar.unknown), of=whole, noun="deadline",
        )  # fmt: skip


@dataclass(frozen=True)
class _Reports:
    """Reports of which those that are wanted count as 1 each; known where a project has any."""

    figure_id: str
    wanted: Callable[[DeadlineCalendar], Iterable[ReportEntry]]

    def __call__(self, subject: FigureSubject) -> Breakdown:
        calendar = subject.once(load_calendar)
        lines = tuple(_report_line(subject, row) for row in self.wanted(calendar))
        known = len({row.project_key for row in calendar.reports})
        return Breakdown(
            self.figure_id, subject.label, len(lines), "count", "", lines, known=known,
            of=len(subject.projects), noun="project", line_noun="report",
        )  # fmt: skip


def _misfits(subject: FigureSubject) -> Breakdown:
    lines = tuple(_misfit_line(subject, row) for row in subject.once(load_calendar).misfits)
    return Breakdown(
        "ends-unfit", subject.label, len(lines), "count", "", lines, known=len(lines), of=len(lines),
        noun="end",
    )  # fmt: skip


def _end_slip(subject: FigureSubject) -> Breakdown:
    courses = load_courses(subject.database, subject.person, as_of=subject.as_of)
    lines = tuple(
        Line(
            project.acronym, courses[project.key].slip_days,
            (("project", project.key, "end_original"), *end_fields(subject, project)),
            project.key, _ends(courses[project.key]),
        )
        for project in subject.projects
    )  # fmt: skip
    known = sum(line.value is not None for line in lines)
    return Breakdown(
        "end-slip", subject.label, None, "days", "", lines, is_sum=False, known=known, of=len(lines)
    )


def _ends(course: Course) -> str:
    original, present = (
        date.label if date else "not stated" for date in (course.original_end, course.present_end)
    )
    known = "" if course.slip_days is not None else "; not known to the day"
    return f"original end {original}, present end {present}{known}"


def due_deadlines(calendar: DeadlineCalendar) -> list[Deadline]:
    """The deadlines that may fall due within 90 days, in their order."""
    uids = {row.uid for row in upcoming(calendar, days=DUE_DAYS)}
    return [row for row in calendar.deadlines if row.uid in uids]


def due_reports(calendar: DeadlineCalendar) -> list[ReportEntry]:
    """The reports that fall due within 90 days, in their order."""
    uids = {row.uid for row in upcoming(calendar, days=DUE_DAYS)}
    return [row for row in calendar.reports if row.uid in uids]


def _passed(calendar: DeadlineCalendar) -> list[Deadline]:
    return [row for row in calendar.deadlines if row.state == "passed"]


def _unknown(calendar: DeadlineCalendar) -> tuple[Deadline, ...]:
    return calendar.unknown


def _late(calendar: DeadlineCalendar) -> list[ReportEntry]:
    return [row for row in calendar.reports if row.state == "late"]


def _received(calendar: DeadlineCalendar) -> list[ReportEntry]:
    return [row for row in calendar.reports if row.is_received]


DEADLINES: Mapping[str, Builder] = {
    "deadlines-due": _Deadlines("deadlines-due", due_deadlines),
    "deadlines-passed": _Deadlines("deadlines-passed", _passed),
    "deadlines-unknown": _Deadlines("deadlines-unknown", _unknown),
    "ends-unfit": _misfits,
    "end-slip": _end_slip,
    "reports-due": _Reports("reports-due", due_reports),
    "reports-late": _Reports("reports-late", _late),
    "reports-received": _Reports("reports-received", _received),
}
