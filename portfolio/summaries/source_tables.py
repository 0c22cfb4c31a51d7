"""What every value rests on: its evidence with what other sources say, and the sources of each project."""

from __future__ import annotations

from portfolio.model.rows import EvidenceRow, ProjectRow
from portfolio.money import format_eur
from portfolio.partners import partner_name
from portfolio.summaries.content import Cell, Column, Link, Missing, Row, Section, Table, known
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

_EVIDENCE_COLUMNS = (
    Column("project", "Project", widest=20),
    Column("field", "Field", widest=16),
    Column("value", "Value in use", "quote", widest=30),
    Column("basis", "Basis", widest=16),
    Column("stated", "As the source states it", "quote", widest=34),
    Column("note", "Note", "quote", widest=44),
    Column("source", "Source", "link", widest=10),
)
_FIELDS = {
    "total_budget_cents": "Total budget",
    "eu_contribution_cents": "EU contribution",
    "contributions": "Other contributions",
    "start": "Start",
    "end_original": "Original end",
    "end_current": "Present end",
    "instrument": "Instrument",
    "partners": "Partners",
    "title": "Title",
    "focus": "Focus",
    "modality": "Modality",
}
_ELSEWHERE = (
    "S1, S2 and so on are the numbers of the sheet Sources. Milestones and published figures name their "
    "source on their own sheet."
)
OTHER_VALUE = "other value: sources disagree"


def source_of(subject: Subject, project_key: str, record_key: str) -> Link | None:
    """The source of a milestone or a published figure, None where none is on record."""
    evidence = subject.evidence_of.get(record_key, [])
    found = (row.url for row in evidence if row.url and row.is_of_present_value)
    return subject.link(project_key, next(found, None))


def evidence_section(subject: Subject) -> Section:
    """The value in use of every field of the projects, its basis, and what other sources say."""
    rows = tuple(
        Row(_evidence(subject, project, row))
        for project in subject.projects
        for row in sorted(subject.evidence_of.get(project.key, []), key=_order)
    )
    table = Table("evidence", _EVIDENCE_COLUMNS, rows, if_empty="No evidence is on record.")
    count = sum(row.basis == "disputed" for row in subject.evidence)
    values = "1 value is" if count == 1 else f"{count} values are"
    intro = f"{values} not in use because sources disagree: marked “{OTHER_VALUE}”." if count else ""
    return Section("evidence", "Evidence", (table,), (intro,) if intro else (), (_ELSEWHERE,))


def _order(row: EvidenceRow) -> tuple[int, bool]:
    fields = list(_FIELDS)
    return (fields.index(row.field) if row.field in fields else len(fields), row.basis == "disputed")


def _evidence(subject: Subject, project: ProjectRow, row: EvidenceRow) -> tuple[Cell, ...]:
    return (
        project.acronym,
        _FIELDS.get(row.field, row.field),
        Missing.NOT_APPLICABLE if row.basis == "disputed" else known(_value(project, row.field)),
        _basis(row),
        known(row.value_as_stated),
        row.note or "none",
        known(subject.link(project.key, row.url)),
    )


def _basis(row: EvidenceRow) -> str:
    if row.basis == "disputed":
        return OTHER_VALUE
    basis = label("basis", row.basis).lower().replace("eu is", "EU is")
    return f"{basis}; of an earlier value" if row.is_superseded else basis


def _value(project: ProjectRow, field: str) -> str | None:
    """The value in use as a text."""
    if field == "partners":
        return ", ".join(map(partner_name, project.partner_codes)) or None
    if field == "contributions":
        return "see the sheet Money"
    value = getattr(project, field, None)
    if field.endswith("_cents"):
        return None if value is None else format_eur(value)
    return label(field, value) if field in ("focus", "instrument", "modality") and value else value


_SOURCE_COLUMNS = (
    Column("name", "Source", "link", widest=8),
    Column("project", "Project", widest=20),
    Column("title", "Title as published", "quote", widest=50),
    Column("supports", "Supports", "quote", widest=40),
    Column("address", "Address", "quote", widest=60),
)


def sources_section(subject: Subject) -> Section:
    """The public pages on which the records rest."""
    rows = tuple(
        Row(
            (
                Link(row.url, f"S{number}"),
                subject.view.names[row.project_key],
                known(row.title),
                known(row.supports),
                row.url,
            )
        )
        for number, row in enumerate(subject.listed_sources, 1)
    )
    table = Table("sources", _SOURCE_COLUMNS, rows, if_empty="No source is on record.")
    return Section("sources", "Sources", (table,))
