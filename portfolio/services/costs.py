"""Incurred cost of one project, summed by half-year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.model.rows import IncurredRow


@dataclass(frozen=True)
class PeriodCost:
    """Incurred cost of one half-year over all budget headings.

    Units: integer EUR cents.
    """

    period: str
    amount_cents: int


def cost_by_period(rows: Iterable[IncurredRow]) -> tuple[PeriodCost, ...]:
    """Cost by half-year in order of time; a half-year that nobody reported is not in it."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.period] = sums.get(row.period, 0) + row.amount_cents
    return tuple(PeriodCost(period, sums[period]) for period in sorted(sums))
