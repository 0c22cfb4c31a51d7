"""Balances and receipts: the amount, or why it is not known; what contradicts itself is never a number."""

from __future__ import annotations

import pytest

from portfolio.model.money_rows import MoneyRow
from portfolio.services.funds import amounts, rates
from portfolio.services.funds.amounts import AMOUNTS, Stated, amount_kind, amount_sum
from portfolio.services.funds.reconciliations import reconciliation
from tests.unit.rows import project
from tests.unit.test_fund_rates import money


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (money(paid_cents=36_000), Stated(54_000)),
        (money(paid_cents=90_000), Stated(0)),
        (money(paid_cents=90_001), Stated(None, rates.ABOVE_CONTRACT)),
        (money(), Stated(None, rates.NO_PAYMENT)),
        (money(paid_cents=1, contracts=2), Stated(None, rates.NO_EU_AMOUNT)),
        (None, Stated(None, rates.NO_CONTRACT)),
    ],
)
def test_left_to_pay(row: MoneyRow | None, expected: Stated) -> None:
    assert amounts.left_to_pay(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (money(pre_financing_cents=40_000, cleared_cents=25_000), Stated(15_000)),
        (money(pre_financing_cents=40_000, cleared_cents=40_000), Stated(0)),
        (money(pre_financing_cents=40_000, cleared_cents=40_001), Stated(None, amounts.ABOVE_PRE_FINANCING)),
        (money(pre_financing_cents=40_000), Stated(None, amounts.NO_CLEARING)),
        (money(cleared_cents=1), Stated(None, amounts.NO_PRE_FINANCING)),
        (None, Stated(None, amounts.NO_PRE_FINANCING)),
    ],
)
def test_open_pre_financing(row: MoneyRow | None, expected: Stated) -> None:
    assert amounts.open_pre_financing(row) == expected


def test_recoveries_are_none_only_where_payments_are_on_record() -> None:
    assert amounts.recovered(money(paid_cents=5)) == Stated(0)
    assert amounts.recovered(money(paid_cents=5, recovered_cents=3)) == Stated(3)
    assert amounts.recovered(money()) == Stated(None, rates.NO_PAYMENT)


def test_other_contributions_need_every_contract() -> None:
    one = money(contracted_other_cents=10_000, contracted_other_known=1)
    assert amounts.contracted_other(one) == Stated(10_000)
    two = money(contracts=2, contracted_other_cents=10_000, contracted_other_known=1)
    assert amounts.contracted_other(two) == Stated(None, amounts.NO_OTHER_AMOUNT)
    assert amounts.contracted_other(None) == Stated(None, rates.NO_CONTRACT)


def test_off_budget_money_is_in_no_sum_of_eu_money_and_in_those_of_all_funders() -> None:
    rows = [project("p1", instrument="ENI"), project("p2", instrument="EPF"), project("p3")]
    found = {row.key: money(paid_cents=100, incurred_cents=7) for row in rows}
    of_eu = {kind.id: amount_sum(kind, rows, found).of for kind in AMOUNTS if kind.of_eu}
    assert set(of_eu.values()) == {2}
    assert amount_sum(amount_kind("paid"), rows, found).cents == 200
    assert amount_sum(amount_kind("incurred"), rows, found).cents == 21


@pytest.mark.parametrize(
    ("row", "difference", "agreement", "sentence"),
    [
        (money(paid_cents=100, received_cents=100), 0, "agrees", "Received what was transferred: EUR 1."),
        (
            money(paid_cents=90, recovered_cents=10, received_cents=100), 0, "agrees",
            "Received what was transferred: EUR 1. EUR 0.10 of it was recovered afterwards.",
        ),
        (
            money(paid_cents=200, received_cents=100), -100, "less",
            "Received EUR 1, EUR 1 less than the EUR 2 transferred.",
        ),
        (
            money(paid_cents=100, received_cents=101), 1, "more",
            "Received EUR 1.01, EUR 0.01 more than the EUR 1 transferred.",
        ),
        (
            money(paid_cents=100), None, "unknown",
            "Not known: EUR 1 was transferred and no receipt is reported.",
        ),
        (money(received_cents=100), None, "unknown", "Received EUR 1, but no payment is on record."),
        (None, None, "unknown", "Not known: no payment is on record and no receipt is reported."),
    ],
)  # fmt: skip
def test_receipts_are_held_against_transfers(
    row: MoneyRow | None, difference: int | None, agreement: str, sentence: str
) -> None:
    found = reconciliation(row)
    assert (found.difference_cents, found.agreement, found.sentence) == (difference, agreement, sentence)


def test_a_receipt_never_changes_what_is_paid() -> None:
    paid = amount_kind("paid").stated
    assert paid(project(), money(paid_cents=7, received_cents=9)) == paid(project(), money(paid_cents=7))
