"""A figure of one project, and the same figure over the chosen projects with one line for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from portfolio.model.rows import ProjectRow
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, Unit, Value, total
from portfolio.services.figures.subjects import FigureSubject

NOT_STATED = "no source states it"


def over_projects(
    subject: FigureSubject,
    figure_id: str,
    unit: Unit,
    of_project: Callable[[ProjectRow], Breakdown],
    *,
    projects: Iterable[ProjectRow] | None = None,
) -> Breakdown:
    """The sum over the projects of which it is known; of one project, what that is made of.

    `projects` are those that belong into the sum, where not all of them do.
    """
    if subject.project_key is not None and subject.projects:
        return of_project(subject.projects[0])
    chosen = subject.projects if projects is None else projects
    lines = tuple(project_line(row, of_project(row)) for row in chosen)
    return total(figure_id, subject.label, unit, lines)


def project_line(project: ProjectRow, found: Breakdown) -> Line:
    """One project's figure as a line: everything that it rests on, and why it is not known."""
    fields = tuple(dict.fromkeys(name for line in found.lines for name in line.fields))
    remark = reason_of(found) if found.value is None else ""
    return Line(project.acronym, found.value, fields, project.key, remark)


def reason_of(found: Breakdown) -> str:
    """Why a figure is not known: what its first unknown line says, else its own words."""
    return next((line.remark for line in found.unknown if line.remark), found.arithmetic)


def listed(
    subject: FigureSubject,
    figure_id: str,
    unit: Unit,
    of_project: Callable[[ProjectRow], Line],
    *,
    projects: Iterable[ProjectRow] | None = None,
    noun: str = "project",
) -> Breakdown:
    """A figure that every project has for itself, such as a date: one line each, and no sum.

    Of one project its value is the project's own.
    """
    lines = tuple(of_project(row) for row in (subject.projects if projects is None else projects))
    known = sum(line.value is not None for line in lines)
    value = lines[0].value if subject.project_key is not None and lines else None
    said = lines[0].remark if len(lines) == 1 and value is None else ""
    return Breakdown(
        figure_id, subject.label, value, unit, said, lines, is_sum=False, known=known, of=len(lines),
        noun=noun,
    )  # fmt: skip


def field_line(
    project: ProjectRow, value: Value, *names: str, remark: str = "", others: tuple[FieldRef, ...] = ()
) -> Line:
    """A line about a project that rests on fields of its own, and on `others`."""
    own = tuple(("project", project.key, name) for name in names)
    said = remark or (NOT_STATED if value is None else "")
    return Line(project.acronym, value, (*own, *others), project.key, said)


def all_or_nothing(found: Breakdown) -> Breakdown:
    """A sum that is not known at all where one of its lines is not."""
    if found.lines and found.known == len(found.lines):
        return found
    return replace(found, value=None, is_sum=False)
