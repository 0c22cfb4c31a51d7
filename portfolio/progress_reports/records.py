"""What the tracker holds of one project's report: the rows of its tables, present or as they were issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.changes import Value
from portfolio.model.rows import IncurredRow, MilestoneRow, ProjectRow
from portfolio.progress_reports.columns import MOST_EARLIER_PERIODS, SheetSpec, sheets_of
from portfolio.storage.engine import Database
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_contracts, find_incurred
from portfolio.vocabulary import codes

Values = Mapping[str, Value]


@dataclass(frozen=True)
class PresentRow:
    """One row of a table as it stands now; `record_key` is None where no record stands behind it yet."""

    record_key: str | None
    values: Values


@dataclass(frozen=True)
class PresentState:
    """What the database holds for one project and period.

    `rows` are by sheet key and row key; `incurred_before_cents` is the sum of all other periods.
    """

    project: ProjectRow
    period: HalfYear
    rows: Mapping[str, Mapping[str, PresentRow]]
    contracted_cents: int | None
    incurred_other_cents: int


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
        return sheets_of(self.period, self.earlier)

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
    milestones = find_milestones(database, project.key)
    totals = [contract.total_cents for contract in find_contracts(database, project.key)]
    known = [total for total in totals if total is not None]
    return PresentState(
        project=project,
        period=period,
        rows={"milestones": _milestones(milestones), "money": _money(costs, period)},
        contracted_cents=sum(known) if totals and len(known) == len(totals) else None,
        incurred_other_cents=sum(cost.amount_cents for cost in costs if cost.period != str(period)),
    )


def earlier_periods(database: Database, project_key: str, period: HalfYear) -> tuple[str, ...]:
    """The latest periods before `period` for which costs were reported, oldest first."""
    reported = {cost.period for cost in find_incurred(database, project_key) if cost.period < str(period)}
    return tuple(sorted(reported)[-MOST_EARLIER_PERIODS:])


def _milestones(milestones: Iterable[MilestoneRow]) -> dict[str, PresentRow]:
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


def _money(costs: Iterable[IncurredRow], period: HalfYear) -> dict[str, PresentRow]:
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
