"""What can be chosen in a field: code lists, partners, and the records that the form itself holds."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.partners import partner_name, partners, regions
from portfolio.services.change_words import entity_label, field_label
from portfolio.ui.forms.drafts import ProjectForm, Row, is_empty_row
from portfolio.ui.forms.field_shapes import FormField
from portfolio.ui.forms.fields import SUPPORTED, TABLES
from portfolio.ui.forms.proposals import Known
from portfolio.vocabulary import labels

UNNAMED = "without a name"
_LONGEST_NAME = 60
# What may be chosen because the form itself holds it.
_OWN_RECORDS = ("contract", "indicator", "risk", "evaluation")
# The field that names a record among others of its kind.
_NAMES = {
    "project": ("acronym",),
    "organisation": ("name",),
    "financing_decision": ("number",),
    "contract": ("number",),
    "milestone": ("title",),
    "source": ("title", "url"),
    "published_figure": ("text",),
    "project_component": ("text",),
    "contribution": ("funder",),
    "project_reference": ("value",),
    "incurred_cost": ("period",),
    "indicator": ("statement",),
    "training": ("title",),
    "risk": ("title",),
    "evaluation": ("title",),
    "clearing": ("cleared_on",),
    "receipt": ("received_on",),
}
# Records without a name: what sets one apart from its like.
_PARTS = {
    "indicator_value": ("indicator_key", "partner_code", "sex", "period"),
    "risk_review": ("risk_key", "reviewed_on"),
    "cost_forecast": ("period",),
    "contract_deadline": ("contract_key", "rule"),
    "report_due": ("kind", "period"),
    "narrative": ("section", "period"),
    "assessment": ("dimension", "period"),
    "health_override": ("dimension", "decided_on"),
    "evaluation_score": ("evaluation_key", "criterion"),
    "recommendation": ("evaluation_key", "number"),
    "project_marker": ("marker",),
}


def choices(field: FormField, form: ProjectForm, known: Known) -> dict[str, str]:
    """Label by value, in the order of the list; a value on record that the list lacks is kept as it is."""
    if field.kind == "choice":
        return labels(field.vocabulary)
    if field.kind == "grade":
        return {code: f"{code}: {label}" for code, label in labels(field.vocabulary).items()}
    if field.kind == "library":
        return _elsewhere(form, "indicator", field.name) | labels("indicator_library")
    if field.kind == "region":
        return dict(regions())
    if field.kind == "partner":
        return _partners(form)
    if field.kind == "organisation":
        return _with_new("organisation", form, known.organisations)
    if field.kind == "decision":
        return _with_new("financing_decision", form, known.decisions)
    if field.kind == "target":
        return _targets(form)
    return names_in(form, field.kind)


def names_in(form: ProjectForm, entity: str) -> dict[str, str]:
    """Name by key of the form's own records of a kind."""
    rows = (row for row in form.rows[entity] if not _is_nothing(form, entity, row))
    return {str(row["key"]): row_name(entity, row) for row in rows}


def row_name(entity: str, row: Row) -> str:
    """What a row is called in a list or a sentence."""
    if entity == "participation":
        return partner_name(str(row.get("partner_code") or UNNAMED))
    names = (str(row.get(column) or "").strip() for column in _NAMES.get(entity, ()))
    name = " ".join(next((name for name in names if name), UNNAMED).split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def record_title(form: ProjectForm, entity: str, key: str) -> str:
    """A record as the head of what is said of it: "Milestone: Launch conference"."""
    row = next((row for row in form.rows.get(entity, ()) if row["key"] == key), None)
    name = None if row is None else _full_name(form, entity, row)
    return entity_label(entity) if name in (None, "", UNNAMED) else f"{entity_label(entity)}: {name}"


def _full_name(form: ProjectForm, entity: str, row: Row) -> str:
    """The name of a row; of one without a name, what sets it apart, in the words of its choices."""
    if entity not in _PARTS:
        return row_name(entity, row)
    parts = (_part_text(form, entity, name, row) for name in _PARTS[entity])
    return ", ".join(part for part in parts if part)


def _part_text(form: ProjectForm, entity: str, name: str, row: Row) -> str:
    field, entry = TABLES[entity].field(name), str(row.get(name) or "").strip()
    if field is None or not entry:
        return ""
    if field.kind == "choice":
        return labels(field.vocabulary).get(entry, entry)
    if field.kind == "partner":
        return partner_name(entry)
    if field.kind in _OWN_RECORDS:
        return names_in(form, field.kind).get(entry, "")
    return f"no. {entry}" if field.kind == "count" else entry


def _is_nothing(form: ProjectForm, entity: str, row: Row) -> bool:
    return (entity, str(row["key"])) not in form.opened and is_empty_row(TABLES[entity], row)


def _elsewhere(form: ProjectForm, entity: str, name: str) -> dict[str, str]:
    """What stands in a field of the form and may be in no list."""
    return {str(row[name]): str(row[name]) for row in form.rows[entity] if row.get(name)}


def _partners(form: ProjectForm) -> dict[str, str]:
    elsewhere = {str(row["partner_code"]) for row in form.rows["participation"] if row.get("partner_code")}
    return {code: partner_name(code) for code in (*partners(), *sorted(elsewhere - set(partners())))}


def _with_new(entity: str, form: ProjectForm, known: Mapping[str, str]) -> dict[str, str]:
    return dict(known) | names_in(form, entity)


def _targets(form: ProjectForm) -> dict[str, str]:
    """Every field that may rest on a source, and those that already do."""
    found: dict[str, str] = {}
    for entity, fields in SUPPORTED.items():
        for row in form.rows[entity]:
            if not _is_nothing(form, entity, row):
                for name in fields:
                    found[f"{entity}|{row['key']}|{name}"] = _target_label(entity, row, name)
    for row in form.rows["evidence"]:
        target = str(row.get("target") or "")
        if target:
            found.setdefault(target, target.replace("|", ", "))
    return found


def _target_label(entity: str, row: Row, name: str) -> str:
    field = TABLES[entity].field(name)
    label = field.label if field else field_label(name).capitalize()
    return label if entity == "project" else f"{entity_label(entity)} {row_name(entity, row)}: {label}"
