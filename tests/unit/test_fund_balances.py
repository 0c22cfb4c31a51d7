"""What left to pay holds of closed projects, and of which projects it is not known."""

from __future__ import annotations

import pytest

from portfolio.model.money_rows import MoneyRow
from portfolio.services.funds.balances import ClosedBalances, closed_balances, unknown_balances
from portfolio.services.funds.portfolios import ProjectFunds, project_funds
from portfolio.services.funds.rates import NO_CONTRACT, NO_PAYMENT
from tests.unit.rows import project
from tests.unit.test_fund_rates import DAY, money


def funds(key: str, row: MoneyRow | None, end: str = "2025-06-30", instrument: str = "ENI") -> ProjectFunds:
    found = project(key, start="2022-01-01", end_current=end, instrument=instrument)
    return project_funds(found, row, {}, DAY)


@pytest.mark.parametrize(
    ("row", "finally_paid", "unsettled"),
    [
        (funds("a", money(paid_cents=89_000, final_cents=10_000)), 1_000, 0),
        (funds("a", money(paid_cents=89_000, final_cents=0)), 1_000, 0),
        (funds("a", money(paid_cents=89_000)), 0, 1_000),
        (funds("a", money(paid_cents=90_000, final_cents=10_000)), 0, 0),
        (funds("a", money(paid_cents=89_000, final_cents=10_000), end="2026-11-23"), 0, 0),
        (funds("a", money(paid_cents=89_000, final_cents=10_000), end="2026-11-22"), 1_000, 0),
        # Nobody knows whether it has ended.
        (funds("a", money(paid_cents=89_000, final_cents=10_000), end="2026"), 0, 0),
        (funds("a", money(paid_cents=89_000, final_cents=10_000), instrument="EPF"), 0, 0),
        (funds("a", money()), 0, 0),
    ],
)
def test_left_to_pay_of_closed_projects(row: ProjectFunds, finally_paid: int, unsettled: int) -> None:
    assert closed_balances([row], finally_paid=True).cents == finally_paid
    assert closed_balances([row], finally_paid=False).cents == unsettled


def test_closed_projects_are_named_and_added_up() -> None:
    rows = [funds(key, money(paid_cents=89_000, final_cents=1)) for key in ("a", "b")]
    assert closed_balances(rows, finally_paid=True) == ClosedBalances(("A", "B"), 2_000)


def test_projects_of_which_left_to_pay_is_not_known_are_named_by_the_reason() -> None:
    rows = [
        funds("a", money()), funds("b", None), funds("c", money(paid_cents=1)), funds("d", money()),
        funds("e", None, instrument="EPF"),
    ]  # fmt: skip
    assert unknown_balances(rows) == {NO_PAYMENT: ["A", "D"], NO_CONTRACT: ["B"]}
