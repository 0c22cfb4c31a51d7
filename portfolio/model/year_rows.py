"""Read shapes of money in time: what the database groups by year and by half-year.

Amounts are integer EUR cents; a year of None is not stated.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class YearRow:
    """What one project has of one amount in one year; `amount` is the id of its indicator."""

    project_key: str
    amount: str
    year: str | None
    cents: int


@dataclass(frozen=True)
class PeriodCostRow:
    """What one project incurred in one half-year, over all budget headings."""

    project_key: str
    period: str
    cents: int
