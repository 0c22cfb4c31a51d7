"""The figures of projects that can be opened: how many, how they stand, what is published of them."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.dates import date_label
from portfolio.model.rows import ProjectRow
from portfolio.services.amendments import BEFORE_CONTRACT, amended_end_fields, amended_end_words
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count
from portfolio.services.figures.ledgers import load_ledger
from portfolio.services.figures.over_projects import field_line, listed
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.overviews import missing_fields
from portfolio.services.statuses import days_to_end, ends_within, project_status
from portfolio.services.thresholds import threshold
from portfolio.vocabulary import label

UNDECIDED = "the published dates do not tell"


def one_project(row: ProjectRow, *fields: FieldRef, remark: str = "") -> Line:
    """A project that counts as 1."""
    own = (("project", row.key, "title"), ("project", row.key, "acronym"))
    return Line(row.acronym, 1, (*own, *fields), row.key, remark)


def _projects(subject: FigureSubject) -> Breakdown:
    lines = tuple(
        one_project(row, remark=label("project_status", project_status(row, subject.as_of)))
        for row in subject.projects
    )
    return count("projects", subject.label, lines, "project")


def end_fields(subject: FigureSubject, project: ProjectRow) -> tuple[FieldRef, ...]:
    """The fields in which a project's present end stands: of the amendment that moved it, if one did."""
    if project.amended_end is None:
        name = "end_original" if project.end_current is None else "end_current"
        return (("project", project.key, name),)
    ledger = subject.once(load_ledger)
    contracts = ledger.contracts.get(project.key, [])
    signed = [row for contract in contracts for row in ledger.amendments.get(contract.key, [])]
    return amended_end_fields(project, contracts, signed)


def _status(subject: FigureSubject) -> Breakdown:
    return listed(subject, "status", "code", lambda row: _status_line(subject, row))


def _status_line(subject: FigureSubject, row: ProjectRow) -> Line:
    status = project_status(row, subject.as_of)
    known = None if status == "unknown" else label("project_status", status)
    dates = f"{date_label(row.start)} to {date_label(row.present_end)}"
    remark = f"{dates}; {UNDECIDED}" if known is None else dates
    ends = end_fields(subject, row)
    return field_line(row, known, "start", "status_stated", remark=remark, others=ends)


def _present_end(subject: FigureSubject) -> Breakdown:
    def line(row: ProjectRow) -> Line:
        fields = end_fields(subject, row)
        remark = amended_end_words(fields) if row.amended_end else ""
        remark = BEFORE_CONTRACT if row.end_contradicts else remark
        return field_line(row, row.present_end, remark=remark, others=fields)

    return listed(subject, "present-end", "date", line)


def _original_end(subject: FigureSubject) -> Breakdown:
    return listed(
        subject, "original-end", "date", lambda row: field_line(row, row.end_original, "end_original")
    )


def _ends_soon(subject: FigureSubject) -> Breakdown:
    days, as_of = threshold("ends-soon"), subject.as_of
    ongoing = [row for row in subject.projects if project_status(row, as_of) == "ongoing"]
    ongoing.sort(key=lambda row: (row.present_end is None, row.present_end or "", row.key))

    def line(row: ProjectRow) -> Line:
        left = days_to_end(row, as_of)
        ends = f"ends {date_label(row.present_end)}"
        known = f"{ends}, within {days} days" if ends_within(row, as_of, days) else ends
        missing = "the end is not stated" if row.present_end is None else f"{known}; the day is not published"
        remark = missing if left is None else known
        return field_line(row, left, remark=remark, others=end_fields(subject, row))

    return listed(subject, "ends-soon", "days", line, projects=ongoing, noun="ongoing project")


def _focus(subject: FigureSubject) -> Breakdown:
    return listed(subject, "focus", "code", lambda row: field_line(row, _term("focus", row.focus), "focus"))


def _instrument(subject: FigureSubject) -> Breakdown:
    def line(row: ProjectRow) -> Line:
        printed = f'published as "{row.instrument_as_published}"' if row.instrument_as_published else ""
        known = _term("instrument", row.instrument)
        return field_line(row, known, "instrument", "instrument_as_published", remark=printed)

    return listed(subject, "instrument", "code", line)


def _term(vocabulary: str, code: str | None) -> str | None:
    return None if code is None else label(vocabulary, code)


def _pillars(subject: FigureSubject) -> Breakdown:
    def line(row: ProjectRow) -> Line:
        names = [_pillar(code, share) for code, share in row.pillars]
        fields = tuple(
            ("project_pillar", f"{row.key}/{code}", name)
            for code, _ in row.pillars
            for name in ("pillar", "share_millionths", "rationale")
        )
        return field_line(
            row, ", ".join(names) or None, remark="" if names else "not classified", others=fields
        )

    return listed(subject, "pillars", "code", line)


def _pillar(code: str, share_millionths: int | None) -> str:
    name = label("pillar", code)
    return name if share_millionths is None else f"{name} ({share_millionths / 10_000:g} %)"


def _partly_cyber(subject: FigureSubject) -> Breakdown:
    lines = tuple(
        one_project(row, ("project", row.key, "relevance"))
        for row in subject.projects
        if row.relevance == "partly-cyber"
    )
    known = sum(row.relevance is not None for row in subject.projects)
    return Breakdown(
        "partly-cyber", subject.label, len(lines), "count", "", lines, known=known, of=len(subject.projects)
    )


def _not_published(subject: FigureSubject) -> Breakdown:
    rows = {row.key: row for row in subject.projects}
    lines = tuple(
        Line(
            found.label, len(found.projects),
            tuple(("project", key, "title") for key in found.projects), None,
            ", ".join(rows[key].acronym for key in found.projects),
        )
        for found in missing_fields(subject.projects)
    )  # fmt: skip
    return Breakdown(
        "not-published", subject.label, None, "count", "", lines, is_sum=False, known=len(lines),
        of=len(lines), noun="field",
    )  # fmt: skip


PROJECTS: Mapping[str, Builder] = {
    "projects": _projects,
    "status": _status,
    "present-end": _present_end,
    "original-end": _original_end,
    "ends-soon": _ends_soon,
    "focus": _focus,
    "instrument": _instrument,
    "pillars": _pillars,
    "partly-cyber": _partly_cyber,
    "not-published": _not_published,
}
