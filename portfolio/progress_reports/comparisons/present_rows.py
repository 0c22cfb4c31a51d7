"""The rows of a report's tables as the tracker's records give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.dates import HalfYear, PartialDate, date_label
from portfolio.model.changes import Value
from portfolio.model.money_rows import CostForecastRow
from portfolio.model.result_rows import AssessmentRow, NarrativeRow, ReceiptRow, RiskRow, TrainingRow
from portfolio.model.rows import IncurredRow, MilestoneRow, ProjectRow
from portfolio.money import format_eur
from portfolio.progress_reports.fields.columns import ACTION_KEY, SheetSpec
from portfolio.progress_reports.fields.project_sheet import FormItem, form_items
from portfolio.progress_reports.fields.result_sheets import RISKS, TRAININGS
from portfolio.vocabulary import codes

Values = Mapping[str, Value]
# What a row of the form is kept in.
_Kept = ProjectRow | CostForecastRow | AssessmentRow | NarrativeRow


@dataclass(frozen=True)
class PresentRow:
    """One row of a table as it stands now.

    `record_key` is None where no record stands behind it yet. A row that is not `listed` is never issued: it
    is a record that also has a row under another key, found by the key under which it was entered.
    """

    record_key: str | None
    values: Values
    listed: bool = True


def milestone_rows(milestones: Iterable[MilestoneRow]) -> dict[str, PresentRow]:
    """The project's own milestones in the order of their dates; those of its context are not reported on."""
    own = sorted((milestone for milestone in milestones if milestone.about == "project"), key=_when)
    return {
        milestone.key: PresentRow(
            milestone.key,
            {
                "title": milestone.title, "kind": milestone.kind, "contractual": milestone.contractual,
                "baseline": milestone.baseline, "forecast": milestone.forecast, "actual": milestone.actual,
                "status": milestone.status, "note": milestone.note,
            },
        )
        for milestone in own
    }  # fmt: skip


def _when(milestone: MilestoneRow) -> tuple[bool, str, str]:
    date = PartialDate.of(milestone.actual or milestone.forecast or milestone.baseline)
    return (date is None, date.first.isoformat() if date else "", milestone.key)


def money_rows(costs: Iterable[IncurredRow], period: HalfYear) -> dict[str, PresentRow]:
    """The costs by budget heading, each heading a row whether anything was reported under it or not."""
    by_heading: dict[str, list[IncurredRow]] = {heading: [] for heading in codes("budget_heading")}
    for cost in costs:
        by_heading.setdefault(cost.heading, []).append(cost)
    return {heading: _money_row(heading, found, period) for heading, found in by_heading.items()}


def _money_row(heading: str, costs: list[IncurredRow], period: HalfYear) -> PresentRow:
    values: dict[str, Value] = {"heading": heading}
    earlier = [cost for cost in costs if cost.period < str(period)]
    for cost in earlier:
        values[f"incurred_{cost.period}"] = cost.amount_cents
    values["earlier_total"] = sum(cost.amount_cents for cost in earlier) if earlier else None
    own = next((cost for cost in costs if cost.period == str(period)), None)
    values["amount_cents"] = own.amount_cents if own else None
    return PresentRow(own.key if own else None, values)


def receipt_rows(receipts: Iterable[ReceiptRow]) -> dict[str, PresentRow]:
    """What the implementer has reported as received, by date."""
    ordered = sorted(receipts, key=lambda receipt: (receipt.received_on or "9999", receipt.key))
    return {
        receipt.key: PresentRow(
            receipt.key,
            {
                "on_record": _receipt_label(receipt), "received_on": receipt.received_on,
                "amount_cents": receipt.amount_cents, "note": receipt.note,
            },
        )
        for receipt in ordered
    }  # fmt: skip


def _receipt_label(receipt: ReceiptRow) -> str:
    return f"{date_label(receipt.received_on, 'date not stated')}: {format_eur(receipt.amount_cents)}"


def training_rows(trainings: Iterable[TrainingRow]) -> dict[str, PresentRow]:
    """The trainings by their first day."""
    ordered = sorted(trainings, key=lambda training: (training.held_on, training.key))
    return {row.key: PresentRow(row.key, _values(row, TRAININGS)) for row in ordered}


def risk_rows(risks: Iterable[RiskRow]) -> dict[str, PresentRow]:
    """The risks, open ones first, then the highest."""
    ordered = sorted(risks, key=lambda risk: (risk.status != "open", -risk.score, risk.key))
    return {row.key: PresentRow(row.key, _values(row, RISKS)) for row in ordered}


def _values(row: TrainingRow | RiskRow, sheet: SheetSpec) -> Values:
    return {spec.key: getattr(row, spec.key) for spec in sheet.fields if spec.key != ACTION_KEY}


def project_rows(
    project: ProjectRow,
    forecasts: Iterable[CostForecastRow],
    assessments: Iterable[AssessmentRow],
    narratives: Iterable[NarrativeRow],
    period: HalfYear,
) -> dict[str, PresentRow]:
    """The rows of the form: facts of the project, and what was written for the period."""
    kept: dict[tuple[str, str], _Kept] = {
        (item.entity, item.code): project for item in form_items() if item.entity == "project"
    }
    kept |= {("assessment", row.dimension): row for row in assessments if row.period == str(period)}
    kept |= {("narrative", row.section): row for row in narratives if row.period == str(period)}
    for row in forecasts:
        if row.period == str(period):
            kept["cost_forecast", ""] = row
    return {item.key: _form_row(item, kept.get((item.entity, item.code))) for item in form_items()}


def _form_row(item: FormItem, record: _Kept | None) -> PresentRow:
    entered: dict[str, Value] = {"value": None, "comment": None}
    if record is not None:
        entered |= {column: getattr(record, field) for column, field in item.columns.items()}
    key = None if record is None else record.key
    return PresentRow(key, {"item": item.label, "guide": item.guide, **entered})
