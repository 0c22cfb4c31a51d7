"""Changes in the words that people read: kinds, records, fields and values, the same wherever they stand."""

from __future__ import annotations

from portfolio.model.changes import Value
from portfolio.model.fields import MILLION
from portfolio.money import format_eur
from portfolio.numbers import format_number
from portfolio.partners import partner_name, region_name
from portfolio.vocabulary import label

CHANGE_KINDS = {"added": "Added", "changed": "Changed", "erased": "Erased", "removed": "Removed"}
NO_VALUE = "–"
_ENTITIES = {
    "project_organisation": "Role of an organisation",
    "participation": "Partner of a project",
    "project_reference": "Reference of a project",
    "project_component": "Component of a project",
    "project_region": "Region of a project",
    "project_pillar": "Pillar of a project",
    "indicator_value": "Value of an indicator",
    "assessment": "Implementer's assessment",
    "cost_forecast": "Forecast of cost",
    "contract_deadline": "Deadline from the contract",
    "report_due": "Report in the calendar",
    "risk_review": "Review of a risk",
    "evaluation_score": "Score of an evaluation",
    "project_marker": "Policy marker",
    "health_override": "Override of a colour",
}
_FIELDS = {
    "not_stated": "sex not stated",
    "institutions_count": "number of institutions",
    "used_in_case": "use in a real case",
    "partner_code": "partner",
    "end_current": "current end",
    "end_original": "original end",
    "new_eu_contribution_cents": "new EU contribution",
    "status_stated": "stated status",
    "follow_up_on": "follow-up on",
    "source_url": "address of the source",
    "url": "address",
    "report_url": "address of the report",
    "expires_on": "lapses on",
}
_VOCABULARIES = {
    ("milestone", "status"): "milestone_status",
    ("milestone", "kind"): "milestone_kind",
    ("milestone", "about"): "milestone_about",
    ("project", "focus"): "focus",
    ("project", "relevance"): "relevance",
    ("project", "status_stated"): "project_status",
    ("project_organisation", "role"): "organisation_role",
    ("project_pillar", "pillar"): "pillar",
    ("contract", "type"): "contract_type",
    ("payment", "kind"): "payment_kind",
    ("amendment", "kind"): "amendment_kind",
    ("incurred_cost", "heading"): "budget_heading",
    ("published_figure", "nature"): "figure_nature",
    ("evidence", "basis"): "basis",
    ("indicator", "level"): "indicator_level",
    ("indicator", "direction"): "direction",
    ("indicator", "aggregation"): "aggregation",
    ("indicator_value", "sex"): "sex",
    ("indicator_value", "status"): "value_status",
    ("training", "kind"): "training_kind",
    ("training", "theme"): "pillar",
    ("training", "stage"): "training_stage",
    ("risk", "category"): "risk_category",
    ("risk", "status"): "risk_status",
    ("assessment", "dimension"): "health_dimension",
    ("assessment", "colour"): "rating",
    ("narrative", "section"): "narrative_section",
    ("contract_deadline", "rule"): "deadline_rule",
    ("report_due", "kind"): "report_kind",
    ("evaluation", "kind"): "evaluation_kind",
    ("evaluation_score", "criterion"): "evaluation_criterion",
    ("evaluation_score", "score"): "evaluation_score",
    ("recommendation", "response"): "recommendation_response",
    ("project_marker", "marker"): "policy_marker",
    ("project_marker", "score"): "marker_score",
    ("health_override", "dimension"): "health_scope",
    ("health_override", "colour"): "rating",
    ("context_indicator", "indicator"): "context_indicator",
}


def entity_label(entity: str) -> str:
    """A kind of record as people read it."""
    return _ENTITIES.get(entity, entity.replace("_", " ").capitalize())


def field_label(field: str) -> str:
    """A field as people read it."""
    if field in _FIELDS:
        return _FIELDS[field]
    name = field.removesuffix("_cents").removesuffix("_millionths").removesuffix("_key").replace("_", " ")
    return name.replace("eu ", "EU ") if name.startswith("eu ") else name


def value_text(entity: str, field: str, value: Value) -> str:
    """A stored value as people read it, a dash where there was none; dates as precise as they are stored."""
    if value is None:
        return NO_VALUE
    if isinstance(value, bool):
        return "yes" if value else "no"
    vocabulary = _VOCABULARIES.get((entity, field))
    if isinstance(value, int):
        return f"{value}: {label(vocabulary, str(value))}" if vocabulary else _number_text(field, value)
    if field == "partner_code":
        return partner_name(value)
    if field == "region":
        return region_name(value)
    return label(vocabulary, value) if vocabulary else value


def _number_text(field: str, value: int) -> str:
    if field.endswith("_cents"):
        return format_eur(value)
    if field == "share_millionths":
        return f"{100 * value / MILLION:g} %"
    return format_number(value) if field.endswith("_millionths") else str(value)
