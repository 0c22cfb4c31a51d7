"""What left to pay is made of: what belongs to closed projects, and of which projects it is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.services.funds.amounts import left_to_pay
from portfolio.services.funds.portfolios import ProjectFunds


@dataclass(frozen=True)
class ClosedBalances:
    """What is left to pay of closed projects; `cents` is above 0 where there are any.

    Units: integer EUR cents. Where a final payment is on record it will not be paid any more.
    """

    projects: tuple[str, ...]
    cents: int


def closed_balances(rows: Iterable[ProjectFunds], *, finally_paid: bool) -> ClosedBalances:
    """What is left to pay of the closed projects with a final payment on record, or without one."""
    found = [
        (row.project.acronym, left_to_pay(row.money).cents or 0)
        for row in rows
        if not row.off_budget and row.status == "closed" and is_finally_paid(row) == finally_paid
    ]
    return ClosedBalances(tuple(name for name, left in found if left), sum(left for _, left in found))


def is_finally_paid(row: ProjectFunds) -> bool:
    """Whether a final payment is on record."""
    return row.money.final_cents is not None


def unknown_balances(rows: Iterable[ProjectFunds]) -> dict[str, list[str]]:
    """The projects of which left to pay is not known, by the reason; off-budget ones left out."""
    found: dict[str, list[str]] = {}
    for row in rows:
        reason = left_to_pay(row.money).reason
        if reason and not row.off_budget:
            found.setdefault(reason, []).append(row.project.acronym)
    return found
