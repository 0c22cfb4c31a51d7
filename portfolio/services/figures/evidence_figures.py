"""The figures of evidence and history that can be opened: sources, published figures, bases, change sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.dates import date_label
from portfolio.model.rows import ChangeSetRow, EvidenceRow
from portfolio.services.change_words import field_label
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, total
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.histories import change_sets
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_evidence, find_sources
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.queries.milestones import find_published_figures
from portfolio.vocabulary import label


def _published_figures(subject: FigureSubject) -> Breakdown:
    rows = [row for row in subject.rows(find_published_figures) if row.project_key in subject.keys]
    lines = tuple(
        Line(
            f"{subject.view.names[row.project_key]}: {row.text}",
            " ".join(part for part in (row.number, row.unit) if part) or "in words",
            tuple(("published_figure", row.key, name) for name in ("number", "text")), row.project_key,
            label("figure_nature", row.nature).lower(),
        )
        for row in rows
    )  # fmt: skip
    with_figures = {row.project_key for row in rows}
    return Breakdown(
        "published-figures", subject.label, None, "text", "", lines, is_sum=False, known=len(with_figures),
        of=len(subject.projects), line_noun="published figure",
    )  # fmt: skip


def _sources(subject: FigureSubject) -> Breakdown:
    rows = [row for row in subject.rows(find_sources) if row.project_key in subject.keys]
    lines = tuple(
        Line(
            f"{subject.view.names[row.project_key]}: {row.title or row.url}", 1,
            (("source", row.key, "url"),), row.project_key, row.supports or "", row.url,
        )
        for row in rows
    )  # fmt: skip
    with_sources = {row.project_key for row in rows}
    return Breakdown(
        "sources", subject.label, len(lines), "count", "", lines, known=len(with_sources),
        of=len(subject.projects), line_noun="source",
    )  # fmt: skip


def _basis(subject: FigureSubject) -> Breakdown:
    own = [
        row for row in subject.rows(find_evidence)
        if row.entity == "project" and row.record_key in subject.keys
    ]  # fmt: skip
    lines = tuple(_basis_line(subject, row) for row in own)
    known = sum(row.url is not None for row in own)
    return Breakdown(
        "basis", subject.label, None, "code", "", lines, is_sum=False, known=known, of=len(own), noun="value"
    )


def evidence_keys(database: Database) -> dict[FieldRef, list[str]]:
    """The keys of what is on record about each field."""
    found: dict[FieldRef, list[str]] = {}
    for (_, key), row in find_states(database, "evidence").items():
        found.setdefault((str(row["entity"]), str(row["record_key"]), str(row["field"])), []).append(key)
    return found


def _basis_line(subject: FigureSubject, row: EvidenceRow) -> Line:
    name = f"{subject.view.names[row.record_key]}: {field_label(row.field)}"
    words = [f'printed as "{row.value_as_stated}"' if row.value_as_stated else "", row.note or ""]
    remark = "; ".join(word for word in words if word)
    of_value = (row.entity, row.record_key, row.field)
    said = subject.rows(evidence_keys).get(of_value, [])
    fields = (of_value, *(("evidence", key, "basis") for key in said))
    return Line(name, label("basis", row.basis), fields, row.record_key, remark, row.url)


def _sets(subject: FigureSubject) -> tuple[ChangeSetRow, ...]:
    if subject.project_key is None:
        return subject.rows(find_change_sets)
    return change_sets(subject.database, subject.person, project_key=subject.project_key)


def _revision(subject: FigureSubject) -> Breakdown:
    lines = tuple(_set_line(row, 1) for row in _sets(subject))
    return Breakdown(
        "revision", subject.label, len(lines), "count", "", lines, known=len(lines), of=len(lines),
        noun="change set",
    )  # fmt: skip


def _changes(subject: FigureSubject) -> Breakdown:
    lines: Iterable[Line] = (_set_line(row, row.changes) for row in _sets(subject))
    return total("changes", subject.label, "count", tuple(lines), noun="change set")


def _set_line(row: ChangeSetRow, value: int) -> Line:
    day = date_label(row.at[:10])
    return Line(
        f"Change set {row.id}, {day}", value, (), None, f"by {row.by}: {row.reason}", change_set=row.id
    )


EVIDENCE: Mapping[str, Builder] = {
    "published-figures": _published_figures,
    "sources": _sources,
    "basis": _basis,
    "revision": _revision,
    "changes": _changes,
}
