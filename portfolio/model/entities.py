"""The kinds of record that change sets write, each with its table and its input shape."""

from collections.abc import Mapping
from functools import lru_cache

from pydantic import ValidationError
from sqlalchemy import Table, UniqueConstraint

from portfolio.errors import InvalidRecord
from portfolio.model import (
    evaluations,
    evidence,
    funding,
    history,
    milestones,
    practice,
    projects,
    reports,
    results,
)
from portfolio.model.changes import Value
from portfolio.model.fields import METADATA, Record

# Tables that change sets do not write; named here so that the metadata is whole wherever entities are known.
RECORDS_OF_WRITES = (history.STATE, history.CHANGE_SETS, history.CHANGE_SET_FILES, history.CHANGES)
INPUTS: dict[str, type[Record]] = {
    "financing_decision": funding.FinancingDecisionInput,
    "financing_agreement": funding.FinancingAgreementInput,
    "project": projects.ProjectInput,
    "project_region": projects.ProjectRegionInput,
    "project_pillar": projects.ProjectPillarInput,
    "project_component": projects.ProjectComponentInput,
    "project_reference": projects.ProjectReferenceInput,
    "organisation": projects.OrganisationInput,
    "project_organisation": projects.ProjectOrganisationInput,
    "participation": projects.ParticipationInput,
    "contract": funding.ContractInput,
    "contribution": funding.ContributionInput,
    "amendment": funding.AmendmentInput,
    "payment": funding.PaymentInput,
    "clearing": funding.ClearingInput,
    "contract_deadline": funding.ContractDeadlineInput,
    "incurred_cost": funding.IncurredCostInput,
    "cost_forecast": funding.CostForecastInput,
    "milestone": milestones.MilestoneInput,
    "published_figure": milestones.PublishedFigureInput,
    "indicator": results.IndicatorInput,
    "indicator_value": results.IndicatorValueInput,
    "training": results.TrainingInput,
    "risk": reports.RiskInput,
    "risk_review": reports.RiskReviewInput,
    "receipt": reports.ReceiptInput,
    "assessment": reports.AssessmentInput,
    "narrative": reports.NarrativeInput,
    "report_due": reports.ReportDueInput,
    "evaluation": evaluations.EvaluationInput,
    "evaluation_score": evaluations.EvaluationScoreInput,
    "recommendation": evaluations.RecommendationInput,
    "project_marker": evaluations.ProjectMarkerInput,
    "health_override": reports.HealthOverrideInput,
    "source": evidence.SourceInput,
    "evidence": evidence.EvidenceInput,
    "context_indicator": evidence.ContextIndicatorInput,
    "setting": practice.SettingInput,
    "saved_view": practice.SavedViewInput,
}
# Parents before children: the order in which records are added; they are removed in the reverse order.
INSERT_ORDER = tuple(table.name for table in METADATA.sorted_tables if table.name in INPUTS)


def table_of(entity: str) -> Table:
    """The table of an entity; KeyError if there is no such entity."""
    if entity not in INPUTS:
        raise KeyError(entity)
    return METADATA.tables[entity]


def columns_of(entity: str) -> tuple[str, ...]:
    """The columns of an entity's table, its key first."""
    return tuple(column.name for column in table_of(entity).columns)


def unique_columns(entity: str) -> tuple[tuple[str, ...], ...]:
    """The columns that no two records of an entity share, beside its key."""
    found = (rule for rule in table_of(entity).constraints if isinstance(rule, UniqueConstraint))
    return tuple(sorted(tuple(column.name for column in rule.columns) for rule in found))


@lru_cache
def parent_columns(entity: str) -> tuple[tuple[str, str], ...]:
    """The columns of an entity that hold the key of another record, each with the entity of that record."""
    return tuple(
        (column.name, link.column.table.name)
        for column in table_of(entity).columns
        for link in column.foreign_keys
        if link.column.table.name in INPUTS
    )


def field_problems(entity: str, values: Mapping[str, Value]) -> list[tuple[str, object, str]]:
    """Field, value and reason of everything that the input shape of an entity refuses in `values`."""
    try:
        INPUTS[entity].model_validate(dict(values))
    except ValidationError as problem:
        return _told(problem)
    return []


def _told(problem: ValidationError) -> list[tuple[str, object, str]]:
    return [
        (
            ".".join(str(part) for part in error["loc"]) or "record",
            None if error["type"] == "missing" else error.get("input"),
            f"{str(error['msg']).removeprefix('Value error, ').rstrip('.')}.",
        )
        for error in problem.errors()
    ]


def validated(entity: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """`values` completed by the defaults of the entity and checked against its input shape.

    Raises: InvalidRecord with one sentence that names the record, the field, the value and the rule.
    """
    try:
        return INPUTS[entity].model_validate(dict(values)).model_dump()
    except ValidationError as problem:
        field, value, reason = _told(problem)[0]
        raise InvalidRecord(
            f"{entity} {values.get('key')}, {field}: {value!r} cannot be kept. {reason}"
        ) from None
