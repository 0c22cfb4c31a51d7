"""What the tracker holds of one project's report: the rows of its tables, present or as they were issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from portfolio.dates import HalfYear
from portfolio.model.changes import Value
from portfolio.model.rows import ProjectRow
from portfolio.partners import partners
from portfolio.progress_reports.comparisons.indicator_rows import (
    indicator_names,
    indicator_rows,
    partner_names,
)
from portfolio.progress_reports.comparisons.present_rows import (
    PresentRow,
    Values,
    milestone_rows,
    money_rows,
    project_rows,
    receipt_rows,
    risk_rows,
    training_rows,
)
from portfolio.progress_reports.fields.columns import (
    MOST_EARLIER_PERIODS,
    OWN_INDICATORS,
    OWN_PARTNERS,
    FieldSpec,
    SheetSpec,
)
from portfolio.progress_reports.fields.sheets import sheets_of
from portfolio.progress_reports.values.values import cell_content
from portfolio.storage.engine import Database
from portfolio.storage.queries.ledgers import find_cost_forecasts
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_contracts, find_incurred
from portfolio.storage.queries.results import (
    find_assessments,
    find_indicator_values,
    find_indicators,
    find_narratives,
    find_receipts,
    find_risks,
    find_trainings,
)

__all__ = ["IssuedState", "PresentRow", "PresentState", "Values", "earlier_periods", "present_state"]
_NO_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class PresentState:
    """What the database holds for one project and period.

    `rows` are by sheet key and row key; `incurred_other_cents` is the sum of all other periods; `own_labels`
    are the lists of the project's own indicators and partners, by the name of the list.
    """

    project: ProjectRow
    period: HalfYear
    rows: Mapping[str, Mapping[str, PresentRow]]
    contracted_cents: int | None
    incurred_other_cents: int
    own_labels: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NO_LABELS)


@dataclass(frozen=True)
class IssuedState:
    """What a workbook held when it was issued.

    `rows` are values by sheet key and row key, `new_rows` the keys of the empty rows, `labels` what the
    workbook calls the codes of each list: a unit may rename them before the report comes back.
    """

    project_key: str
    period: HalfYear
    earlier: tuple[str, ...]
    rows: Mapping[str, Mapping[str, Values]]
    new_rows: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def sheets(self) -> tuple[SheetSpec, ...]:
        """The tables that the workbook has."""
        return sheets_of(self.period, self.earlier, self.rows)

    def shown(self, spec: FieldSpec, value: Value) -> str | float | None:
        """What a cell of the workbook shows for a value, with the labels that were issued."""
        if value is not None and spec.kind == "choice":
            return self.labels[spec.vocabulary].get(str(value), str(value))
        return cell_content(spec, value)

    def as_json(self) -> dict[str, Any]:
        """The snapshot that the database keeps."""
        return {
            "earlier": list(self.earlier),
            "rows": {
                sheet: {key: dict(values) for key, values in rows.items()}
                for sheet, rows in self.rows.items()
            },
            "new_rows": {sheet: list(keys) for sheet, keys in self.new_rows.items()},
            "labels": {vocabulary: dict(names) for vocabulary, names in self.labels.items()},
        }

    @classmethod
    def from_json(cls, project_key: str, period: str, snapshot: Mapping[str, Any]) -> IssuedState:
        """The state that a kept snapshot describes."""
        new_rows = {sheet: tuple(keys) for sheet, keys in snapshot["new_rows"].items()}
        return cls(
            project_key=project_key,
            period=HalfYear.parse(period),
            earlier=tuple(snapshot["earlier"]),
            rows=snapshot["rows"],
            new_rows=new_rows,
            labels=snapshot["labels"],
        )


def present_state(database: Database, project: ProjectRow, period: HalfYear) -> PresentState:
    """What the database holds now for a project's report of `period`."""
    costs = find_incurred(database, project.key)
    indicators = find_indicators(database, project.key)
    values = find_indicator_values(database, project.key)
    totals = [contract.total_cents for contract in find_contracts(database, project.key)]
    known = [total for total in totals if total is not None]
    views, sections = find_assessments(database, project.key), find_narratives(database, project.key)
    trainings = find_trainings(database, project.key)
    recorded = [*(row.partner_code for row in values), *(row.partner_code for row in trainings)]
    # Where no partner is on record, any may be named.
    offered = project.partner_codes or tuple(partners())
    return PresentState(
        project=project,
        period=period,
        rows={
            "project": project_rows(
                project, find_cost_forecasts(database, project.key), views, sections, period
            ),
            "milestones": milestone_rows(find_milestones(database, project.key)),
            "money": money_rows(costs, period),
            "received": receipt_rows(find_receipts(database, project.key)),
            "indicators": indicator_rows(indicators, values, period),
            "trainings": training_rows(trainings),
            "risks": risk_rows(find_risks(database, project.key)),
        },
        contracted_cents=sum(known) if totals and len(known) == len(totals) else None,
        incurred_other_cents=sum(cost.amount_cents for cost in costs if cost.period != str(period)),
        own_labels={
            OWN_INDICATORS: indicator_names(indicators),
            OWN_PARTNERS: partner_names((*offered, *recorded)),
        },
    )


def earlier_periods(database: Database, project_key: str, period: HalfYear) -> tuple[str, ...]:
    """The latest periods before `period` for which costs were reported, oldest first."""
    reported = {cost.period for cost in find_incurred(database, project_key) if cost.period < str(period)}
    return tuple(sorted(reported)[-MOST_EARLIER_PERIODS:])
