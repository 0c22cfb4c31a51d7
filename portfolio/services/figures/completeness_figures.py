"""The figures of completeness and freshness that can be opened: every line is one thing, record or report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portfolio.dates import HalfYear
from portfolio.model.completeness_rows import LastReportRow
from portfolio.model.rows import ProjectRow, RecordState
from portfolio.services.completeness.contradictions import Contradiction, contradictions
from portfolio.services.completeness.freshness import freshness_of
from portfolio.services.completeness.missing import MissingItem, missing_items, on_record
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count, total
from portfolio.services.figures.ledgers import load_ledger
from portfolio.services.figures.over_projects import listed
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.storage.queries.completeness import find_last_reports, find_reported

# The field in which a record of each kind is named: that one is always stated.
_NAMES = {"contract": "number", "report_due": "due_on", "indicator": "statement", "project": "acronym"}


def _missing(subject: FigureSubject) -> Breakdown:
    found = on_record(subject.database, subject.person, as_of=subject.as_of)
    items = missing_items(subject.projects, found, subject.as_of)
    names = subject.view.names
    lines = tuple(_item_line(item, names.get(item.project_key, item.project_key)) for item in items)
    return count("missing", subject.label, lines, "missing thing")


def _item_line(item: MissingItem, project: str) -> Line:
    fields: tuple[FieldRef, ...] = tuple(
        (row.entity, row.key, _NAMES.get(row.entity, "title")) for row in item.records
    ) or (("project", item.project_key, "acronym"),)
    owed = f"the {item.owner}" + (f", with the report for {item.period}" if item.period else "")
    names = ", ".join(f"{row.name} {row.period or ''}".strip() for row in item.records)
    return Line(
        f"{project}: {item.term.label}", 1, fields, item.project_key,
        f"owed by {owed}{'; ' + names if names else ''}",
    )  # fmt: skip


def _contradictions(subject: FigureSubject) -> Breakdown:
    found = contradictions(subject.database, subject.person, as_of=subject.as_of)
    names = subject.view.names
    lines = tuple(
        Line(
            f"{names.get(row.project_key, row.project_key)}: {row.finding.message}", 1, _fields(row),
            row.project_key, row.finding.action,
        )
        for row in found
        if row.project_key in subject.keys
    )  # fmt: skip
    return count("contradictions", subject.label, lines, "contradiction")


def _fields(found: Contradiction) -> tuple[FieldRef, ...]:
    """The field that contradicts, and where it is empty the first one of its record that is stated."""
    entity, key = found.finding.record or ("project", found.project_key)
    field = found.finding.field
    if field is not None and found.state.get(field) is not None:
        return ((entity, key, field),)
    return tuple((entity, key, name) for name in _stated(found.state)[:1])


def _stated(state: RecordState) -> list[str]:
    return [name for name, value in state.items() if name != "key" and value is not None]


def _reported(subject: FigureSubject) -> Breakdown:
    period = HalfYear.last_ended(subject.as_of)
    reported = find_reported(subject.database, str(period), subject.as_of)
    fresh = freshness_of(subject.projects, reported, {}, period, subject.as_of)
    projects = {row.key: row for row in subject.projects}
    lines = tuple(
        _report_line(subject, projects[key], str(period), key in fresh.reported) for key in fresh.asked
    )
    found = total("reported-last", subject.label, "count", lines, fresh.sentence)
    return found if lines else replace(found, value=0)


def _report_line(subject: FigureSubject, project: ProjectRow, period: str, reported: bool) -> Line:
    fields = _cost_fields(subject, project.key, period) or (("project", project.key, "acronym"),)
    said = "reported" if reported else "not reported"
    return Line(project.acronym, int(reported), fields, project.key, f"{said} for {period}")


def _cost_fields(subject: FigureSubject, project_key: str, period: str) -> tuple[FieldRef, ...]:
    rows = subject.once(load_ledger).costs.get(project_key, [])
    return tuple(("incurred_cost", row.key, "amount_cents") for row in rows if row.period == period)


def _last_reports(subject: FigureSubject) -> Breakdown:
    last = find_last_reports(subject.database, subject.as_of)

    def of_project(project: ProjectRow) -> Line:
        return _last_line(subject, project, last.get(project.key))

    return listed(subject, "last-report", "text", of_project)


def _last_line(subject: FigureSubject, project: ProjectRow, last: LastReportRow | None) -> Line:
    own: tuple[FieldRef, ...] = (("project", project.key, "acronym"),)
    if last is None:
        return Line(project.acronym, None, own, project.key, "nothing was ever reported")
    fields = _cost_fields(subject, project.key, last.period) or own
    days = max(0, (subject.as_of - HalfYear.parse(last.period).last).days)
    return Line(project.acronym, last.period, fields, project.key, f"ended {days} days ago")


COMPLETENESS: Mapping[str, Builder] = {
    "missing": _missing,
    "contradictions": _contradictions,
    "reported-last": _reported,
    "last-report": _last_reports,
}
