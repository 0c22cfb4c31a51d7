"""Rates of money and time: exact, a range, or not known with the reason; both sides of every rule."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.services.funds import rates
from portfolio.services.funds.rates import Spread
from tests.unit.rows import project

DAY = dt.date(2026, 11, 23)


def money(**values: Any) -> MoneyRow:
    """One contract of EUR 900 by the EU and EUR 1,000 in all, of which a test names the rest."""
    known = {
        "contracts": 1, "contracted_eu_cents": 90_000, "contracted_eu_known": 1,
        "contracted_total_cents": 100_000, "contracted_total_known": 1,
    }  # fmt: skip
    return MoneyRow("p1", **(known | values))


def decision(**values: Any) -> DecisionRow:
    known: dict[str, Any] = {
        "number": "D/1", "title": None, "instrument": "IPA III", "decided_on": "2024-01-15",
        "committed_cents": 200_000, "decommitted_cents": 0, "contracted_eu_cents": 50_000,
        "project_keys": ("p1",), "agreement_signed_on": None, "end_of_implementation": None,
        "end_of_execution": None,
    }  # fmt: skip
    return DecisionRow(key="d1", **(known | values))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (decision(), Fraction(1, 4)),
        (decision(decommitted_cents=100_000), Fraction(1, 4)),
        (decision(contracted_eu_cents=0), Fraction(0)),
        (decision(committed_cents=None), "the decision does not state what it commits"),
        (decision(committed_cents=0), "nothing is committed"),
        (decision(contracted_eu_cents=None), rates.NO_EU_AMOUNT),
    ],
)
def test_contracting_rate(row: DecisionRow, expected: Fraction | str) -> None:
    found = rates.contracting_rate(row)
    assert (found.exact if found.is_known else found.reason) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (money(paid_cents=45_000), Fraction(1, 2)),
        (money(paid_cents=0), Fraction(0)),
        (money(paid_cents=90_000), Fraction(1)),
        (money(paid_cents=90_001), rates.ABOVE_CONTRACT),
        (money(paid_cents=None), rates.NO_PAYMENT),
        (money(paid_cents=5, contracted_eu_cents=0), rates.ZERO_EU),
        (money(paid_cents=5, contracts=2), rates.NO_EU_AMOUNT),
        (None, rates.NO_CONTRACT),
        (MoneyRow("p1", paid_cents=5), rates.NO_CONTRACT),
    ],
)
def test_payment_rate(row: MoneyRow | None, expected: Fraction | str) -> None:
    found = rates.payment_rate(row)
    assert (found.exact if found.is_known else found.reason) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (money(incurred_cents=62_500), Fraction(5, 8)),
        (money(incurred_cents=0), Fraction(0)),
        (money(incurred_cents=105_300), Fraction(1053, 1000)),
        (money(incurred_cents=None), rates.NO_COST),
        (money(incurred_cents=5, contracted_total_cents=0), rates.ZERO_TOTAL),
        (money(incurred_cents=5, contracted_total_cents=None, contracted_total_known=0), rates.NO_TOTAL),
        (None, rates.NO_CONTRACT),
    ],
)
def test_absorption(row: MoneyRow | None, expected: Fraction | str) -> None:
    found = rates.absorption(row)
    assert (found.exact if found.is_known else found.reason) == expected


@pytest.mark.parametrize(
    ("start", "end", "low", "high"),
    [
        ("2026-11-13", "2026-12-03", Fraction(1, 2), Fraction(1, 2)),
        ("2026-11-23", "2026-12-03", Fraction(0), Fraction(0)),
        ("2027-01-01", "2028-01-01", Fraction(0), Fraction(0)),
        ("2020-01-01", "2026-11-23", Fraction(1), Fraction(1)),
        ("2020-01-01", "2026-11-24", Fraction(2518, 2519), Fraction(2518, 2519)),
        ("2020", "2025", Fraction(1), Fraction(1)),
        # 2025 to 2028: from 31 December 2025 to 31 December 2028, or from 1 January 2025 to 1 January 2028.
        ("2025", "2028", Fraction(327, 1096), Fraction(691, 1095)),
        ("2026-11", "2026-12-31", Fraction(0), Fraction(22, 60)),
    ],
)
def test_time_elapsed(start: str, end: str, low: Fraction, high: Fraction) -> None:
    found = rates.time_elapsed(project(start=start, end_current=end), DAY)
    assert found == Spread(low, high)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (None, "2027", "start not stated"),
        ("2026", None, "end not stated"),
        (None, None, "start and end not stated"),
        ("2026-12-01", "2026-12-01", "the end does not lie after the start"),
        ("2027-01-01", "2026-01-01", "the end does not lie after the start"),
        ("2026", "2026-12", "start (2026) and end (December 2026) are not known closely enough"),
    ],
)
def test_time_elapsed_is_not_known(start: str | None, end: str | None, reason: str) -> None:
    assert rates.time_elapsed(project(start=start, end_current=end), DAY) == Spread.unknown(reason)


def test_an_amended_end_is_the_present_one() -> None:
    row = project(start="2026-11-13", end_current="2026-11-23", amended_end="2026-12-03")
    assert rates.time_elapsed(row, DAY).exact == Fraction(1, 2)


def test_burn_gap_is_absorption_less_time() -> None:
    row = project(start="2026-11-13", end_current="2026-12-03")
    assert rates.burn_gap(row, money(incurred_cents=30_000), DAY).exact == Fraction(-1, 5)
    assert rates.burn_gap(row, money(incurred_cents=70_000), DAY).exact == Fraction(1, 5)
    assert rates.burn_gap(row, money(), DAY) == Spread.unknown(rates.NO_COST)
    undated = rates.burn_gap(project(start="2026-11-13"), money(incurred_cents=1), DAY)
    assert undated == Spread.unknown("end not stated")


def test_burn_gap_of_a_reduced_date_is_a_range() -> None:
    row = project(start="2025", end_current="2028")
    found = rates.burn_gap(row, money(incurred_cents=50_000), DAY)
    assert found == Spread(Fraction(1, 2) - Fraction(691, 1095), Fraction(1, 2) - Fraction(327, 1096))
    assert found.exact is None and found.is_known
