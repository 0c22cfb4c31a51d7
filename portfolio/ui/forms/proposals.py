"""From entries to edits: every row read, what cannot be read said, what was not touched left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portfolio.findings import Finding
from portfolio.model.changes import RecordId, Value
from portfolio.model.rows import RecordState
from portfolio.services.access import Person
from portfolio.services.editing import EditPreview, RecordEdit, preview_edits
from portfolio.services.selection import folded
from portfolio.storage.engine import Database
from portfolio.ui.forms.drafts import (
    NEW,
    TARGET,
    ProjectForm,
    Row,
    entries,
    is_untouched,
    removed_records,
    target_parts,
)
from portfolio.ui.forms.entries import is_blank, read_entry
from portfolio.ui.forms.field_shapes import FormField, RecordTable
from portfolio.ui.forms.project_keys import key_problem

_REFERENCES = (
    "project_key", "contract_key", "decision_key", "organisation_key", "source_key", "record_key",
    "indicator_key", "risk_key", "evaluation_key",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the database knows beside the project, for choosing from it and for not entering it twice."""

    project_keys: frozenset[str]
    organisations: Mapping[str, str]
    decisions: Mapping[str, str]


@dataclass(frozen=True)
class Proposal:
    """What the entries of a form ask for, and what stands against it before any rule is asked."""

    project_key: str
    edits: tuple[RecordEdit, ...]
    findings: tuple[Finding, ...]


def propose(form: ProjectForm, known: Known) -> Proposal:
    """The edits that a form's entries stand for."""
    findings: list[Finding] = []
    key = form.project_key
    if form.is_new and (problem := key_problem(form.chosen_key, known.project_keys)):
        findings.append(problem)  # the other checks go on under the key that stands for a new project
    elif form.is_new:
        key = form.chosen_key
    leaving = _leaving(form)
    edits = [RecordEdit(*record, None) for record in sorted(leaving)]
    for table, row, state in entries(form):
        record = (table.entity, _renamed(str(row["key"]), key))
        if record not in leaving:
            values = _values(form, table, row, state, findings)
            if values:
                edits.append(RecordEdit(*record, {name: _moved(name, value, key) for name, value in values}))
    findings += [*_known_already(form, known), *_named_by_nothing(form)]
    return Proposal(key, tuple(edits), tuple(_found_in(finding, key) for finding in findings))


def _found_in(finding: Finding, project_key: str) -> Finding:
    record = finding.record
    return (
        finding if record is None else replace(finding, record=(record[0], _renamed(record[1], project_key)))
    )


def _leaving(form: ProjectForm) -> set[RecordId]:
    """The records that were taken out, and the evidence about them, which says nothing without them."""
    removed = set(removed_records(form))
    about = {
        record
        for record, state in form.opened.items()
        if record[0] == "evidence" and (state["entity"], state["record_key"]) in removed
    }
    return removed | about


def _renamed(key: str, project_key: str) -> str:
    return project_key + key.removeprefix(NEW) if key == NEW or key.startswith(f"{NEW}/") else key


def _moved(name: str, value: Value, project_key: str) -> Value:
    return _renamed(value, project_key) if name in _REFERENCES and isinstance(value, str) else value


def _values(
    form: ProjectForm, table: RecordTable, row: Row, state: RecordState | None, findings: list[Finding]
) -> list[tuple[str, Value]]:
    """Column and value of everything that was entered in one row."""
    record = (table.entity, str(row["key"]))
    values: list[tuple[str, Value]] = []
    for field in table.fields:
        if state is not None and is_untouched(table, row, state, field.name):
            continue
        reading = read_entry(field, row.get(field.name))
        if reading.finding is not None and reading.finding.severity != "info":
            findings.append(replace(reading.finding, record=record))
        if reading.value is None and field.required and not reading.is_bad:
            findings.append(_missing(table, field, record))
        elif not reading.is_bad and (state is not None or reading.value is not None):
            values += _columns(field, reading.value)
    if state is None and table.parent is not None:
        values.insert(0, (table.parent, form.project_key))
    return values


def _columns(field: FormField, value: Value) -> list[tuple[str, Value]]:
    return list(target_parts(str(value)).items()) if field.kind == "target" else [(field.name, value)]


def _missing(table: RecordTable, field: FormField, record: RecordId) -> Finding:
    article = "an" if table.noun[0] in "aeiou" else "a"
    return Finding(
        "FIELD_REQUIRED", "error", f"'{field.label}' is empty, and {article} {table.noun} needs it.",
        "Enter it." if table.rows == "fixed" else "Enter it, or empty the whole row.",
        field=field.name, record=record,
    )  # fmt: skip


def _known_already(form: ProjectForm, known: Known) -> Iterator[Finding]:
    """New organisations and decisions that the tracker has under the same name."""
    for entity, column, names, where in (
        ("organisation", "name", known.organisations, "the roles"),
        ("financing_decision", "number", known.decisions, "the contract"),
    ):
        taken = {folded(name): name for name in names.values()}
        for row in form.rows[entity]:
            name = str(row.get(column) or "").strip()
            if (entity, str(row["key"])) not in form.opened and folded(name) in taken and name:
                yield Finding(
                    "ALREADY_KNOWN", "error", f"'{taken[folded(name)]}' is on record already.",
                    f"Empty this row, and choose it in {where}.",
                    field=column, value=name, record=(entity, str(row["key"])),
                )  # fmt: skip


def _named_by_nothing(form: ProjectForm) -> Iterator[Finding]:
    """New organisations and decisions that no row of this project names, so that it will not show them."""
    for entity, column, users, sentence, action in (
        ("organisation", "organisation_key", ("project_organisation",),
         "No role names this organisation, so it will not show with the project.", "Choose it in a role."),
        ("financing_decision", "decision_key", ("contract",),
         "No contract names this decision, so it will not show with the project.",
         "Choose it in a contract."),
    ):  # fmt: skip
        named = {row.get(column) for user in users for row in form.rows[user]}
        for row in form.rows[entity]:
            record = (entity, str(row["key"]))
            blank = all(is_blank(value) for name, value in row.items() if name != "key")
            if record not in form.opened and not blank and row["key"] not in named:
                yield Finding("NAMED_BY_NOTHING", "warning", sentence, action, record=record)


def preview_form(database: Database, person: Person, form: ProjectForm, known: Known) -> EditPreview:
    """What applying the form would change, with everything that stands against it; nothing is written.

    Raises: NotAllowed if the person may not edit the project.
    """
    proposal = propose(form, known)
    preview = preview_edits(database, person, proposal.project_key, proposal.edits, opened=form.opened)
    said = {(finding.record, name) for finding in proposal.findings for name in _names(finding)}
    others = tuple(finding for finding in preview.findings if (finding.record, finding.field) not in said)
    return replace(preview, findings=(*proposal.findings, *others))


def _names(finding: Finding) -> tuple[str | None, ...]:
    return TARGET if finding.field == "target" else (finding.field,)
