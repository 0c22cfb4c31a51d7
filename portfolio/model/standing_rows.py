"""Read shapes of where each project stands on a date: one frozen row per project, grouped by the database.

Everything that a health rule, a rate or the front page needs without looking at a single transaction. Dates
are reduced ISO texts, amounts integer EUR cents, numbers of indicators integer millionths, unknown is None.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.model.money_rows import MoneyRow
from portfolio.model.result_rows import IndicatorRow, RiskRow
from portfolio.model.rows import MilestoneRow


@dataclass(frozen=True)
class MilestoneStanding:
    """A project's milestones on a date; `worst` are the open ones that are certainly latest.

    `possible` are those with a reduced date that may be latest, if it is taken at its worst.
    `dated_open` counts the open, counted milestones with a baseline: without one, time is not known.
    """

    project_key: str
    total: int = 0
    done: int = 0
    open: int = 0
    dated_open: int = 0
    late: int = 0
    due_30_days: int = 0
    due_90_days: int = 0
    due_180_days: int = 0
    cancelled: int = 0
    without_date: int = 0
    context: int = 0
    worst: MilestoneRow | None = None
    worst_contractual: MilestoneRow | None = None
    possible: MilestoneRow | None = None
    possible_contractual: MilestoneRow | None = None


@dataclass(frozen=True)
class IndicatorStanding:
    """An indicator with the latest value of all partners and everybody, of a half-year that has ended.

    A returned or draft value does not count. `value_millionths` is None where nothing counts. Of an additive
    indicator (aggregation "sum", unit not "%") it is the sum of what its half-years added, without the
    baseline, and `period` is the last of them.
    """

    indicator: IndicatorRow
    value_key: str | None = None
    period: str | None = None
    value_millionths: int | None = None
    text: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class ReportStanding:
    """A project's reporting calendar on a date: entries, and the one that has been due longest.

    `possible_due_on` is the reduced date of the open entry that may have been due longest.
    """

    project_key: str
    entries: int = 0
    received: int = 0
    overdue: int = 0
    longest_due_key: str | None = None
    longest_due_on: str | None = None
    next_due_on: str | None = None
    possible_due_key: str | None = None
    possible_due_on: str | None = None


@dataclass(frozen=True)
class ProjectStanding:
    """Everything that is grouped of one project on a date."""

    project_key: str
    money: MoneyRow
    milestones: MilestoneStanding
    reports: ReportStanding
    indicators: tuple[IndicatorStanding, ...] = ()
    open_risks: tuple[RiskRow, ...] = ()
    risks: int = 0
