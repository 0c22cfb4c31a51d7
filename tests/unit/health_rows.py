"""Rows of one running project of which everything is known and green, for tests that change one thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from portfolio.model.money_rows import MoneyRow
from portfolio.model.report_rows import OverrideRow
from portfolio.model.result_rows import IndicatorRow, RiskRow
from portfolio.model.rows import MilestoneRow, ProjectRow
from portfolio.model.standing_rows import (
    IndicatorStanding,
    MilestoneStanding,
    ProjectStanding,
    ReportStanding,
)
from portfolio.services.health.ratings import Health, health_of
from tests.unit.rows import milestone, project

# 365 of 730 days have passed: half of the time.
AS_OF = dt.date(2026, 1, 1)
PROJECT = project(start="2025-01-01", end_original="2027-01-01")
MONEY = MoneyRow(
    "p1", contracts=1, contracted_total_cents=1_000_000_00, contracted_total_known=1,
    incurred_cents=500_000_00, last_incurred_period="2025-S2",
)  # fmt: skip
RISK = RiskRow("p1/risk-01", "p1", "Flood", None, 3, 3, None, None, "open", "2025-12-01", None)
REPORTS = ReportStanding("p1", entries=3, received=2, next_due_on="2026-03-01")


def indicator(value: int | None, **values: Any) -> IndicatorStanding:
    """An outcome that keeps a target of 100: `value` millionths of people in 2025-S2."""
    known: dict[str, Any] = {
        "level": "outcome", "statement": "Staff", "unit": "people", "direction": "keep",
        "aggregation": "latest", "library_code": None, "baseline_millionths": None, "baseline_year": None,
        "target_millionths": 100_000_000, "target_year": 2027, "baseline_text": None, "target_text": None,
        "verification": None, "position": 1,
    }  # fmt: skip
    row = IndicatorRow(key=values.pop("key", "p1/indicator-01"), project_key="p1", **(known | values))
    period = None if value is None else "2025-S2"
    return IndicatorStanding(row, None if value is None else f"{row.key}/value-01", period, value)


def late(days: int, **values: Any) -> MilestoneRow:
    """An open milestone that is this many days late on the date."""
    return milestone(baseline=(AS_OF - dt.timedelta(days=days)).isoformat(), **values)


def marks(worst: MilestoneRow | None = None, contractual: MilestoneRow | None = None) -> MilestoneStanding:
    """Two open milestones with dates, of which these are late."""
    return MilestoneStanding(
        "p1", total=3, done=1, open=2, dated_open=2, worst=worst, worst_contractual=contractual
    )


STANDING = ProjectStanding(
    "p1", MONEY, marks(), REPORTS, indicators=(indicator(95_000_000),), open_risks=(RISK,), risks=1
)


def health(
    row: ProjectRow = PROJECT, overrides: tuple[OverrideRow, ...] = (), as_of: dt.date = AS_OF, **changed: Any
) -> Health:
    """The health of the project with a part of its standing changed."""
    return health_of(row, replace(STANDING, **changed), as_of, overrides)


def rating(dimension: Any, row: ProjectRow = PROJECT, **changed: Any) -> tuple[str, str]:
    """Colour and sentence of one dimension."""
    found = health(row, **changed).rating(dimension)
    assert found is not None
    return found.colour, found.sentence
