"""The demonstration's stories of clearings and forecasts, as data/demo/README.md tells them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.funds.amounts import NO_CLEARING, Stated, open_pre_financing
from portfolio.services.funds.portfolios import PortfolioFunds, ProjectFunds, portfolio_funds
from tests.portfolios import copied_portfolio

DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def funds(tmp_path_factory: pytest.TempPathFactory) -> PortfolioFunds:
    database = copied_portfolio("demo", tmp_path_factory.mktemp("funds") / "demo.sqlite3")
    return portfolio_funds(database, LOCAL_PERSON, as_of=DAY)


def of(funds: PortfolioFunds, key: str) -> ProjectFunds:
    return next(row for row in funds.projects if row.project.key == key)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("clear-cedar", Stated(0)),
        ("storm-oak", Stated(0)),
        ("autumn-pine", Stated(0)),
        ("thaw-rowan", Stated(0)),
        ("rain-willow", Stated(15_000_000)),
        # EUR 144,000 more are dated 2026 alone, and it is November 2026.
        ("drizzle-alder", Stated(84_000_000)),
        ("frost-hazel", Stated(None, NO_CLEARING)),
        ("sun-carob", Stated(None, NO_CLEARING)),
    ],
)
def test_open_pre_financing_as_told(funds: PortfolioFunds, key: str, expected: Stated) -> None:
    assert open_pre_financing(of(funds, key).money) == expected


def test_a_clearing_of_the_year_alone_counts_when_the_year_is_over(tmp_path: Path) -> None:
    database = copied_portfolio("demo", tmp_path / "demo.sqlite3")
    later = portfolio_funds(database, LOCAL_PERSON, as_of=dt.date(2026, 12, 31))
    assert open_pre_financing(of(later, "drizzle-alder").money) == Stated(69_600_000)


@pytest.mark.parametrize(
    ("key", "cents", "low", "high", "own"),
    [
        ("dusk-aspen", 138_912_219, 137_594_239, 140_252_044, 195_000_000),
        ("rain-willow", 317_650_000, 312_109_669, 323_100_000, 318_000_000),
        ("storm-oak", 160_128_274, 156_312_928, 163_881_413, 130_000_000),
        ("sirocco-fig", None, 243_134_783, 373_017_680, 310_000_000),
        ("frost-hazel", None, None, None, 200_000_000),
        ("fog-larch", None, None, None, None),
        ("thaw-rowan", None, None, None, None),
    ],
)
def test_forecasts_as_told(
    funds: PortfolioFunds, key: str, cents: int | None, low: int | None, high: int | None, own: int | None
) -> None:
    found = of(funds, key).forecast
    assert (found.cents, found.low_cents, found.high_cents, found.own_cents) == (cents, low, high, own)


def test_forecast_rests_on_what_the_money_row_says_of_the_last_twelve_months(funds: PortfolioFunds) -> None:
    made = [row for row in funds.projects if row.forecast.is_known]
    assert len(made) == 14
    assert {row.money.recent_periods for row in made} == {2}
    assert {row.project.key for row in funds.projects if row.money.recent_periods == 2} == {
        "frost-hazel", *(row.project.key for row in made),
    }  # fmt: skip


def test_later_report_replaces_the_earlier_forecast(funds: PortfolioFunds) -> None:
    assert of(funds, "rain-willow").forecast.own_period == "2026-S1"


def test_receipts_as_told(funds: PortfolioFunds) -> None:
    differences = {row.project.key: row.reconciliation.difference_cents for row in funds.projects}
    assert {key: cents for key, cents in differences.items() if cents} == {
        "sun-carob": -36_000_000, "thunder-elm": -800_000,
    }  # fmt: skip
    assert [key for key, cents in differences.items() if cents is None] == [
        "cloud-yew", "dawn-linden", "snow-spruce",
    ]  # fmt: skip


def test_a_decision_left_to_contract(funds: PortfolioFunds) -> None:
    left = {row.decision.number: row.left_to_contract_cents for row in funds.decisions}
    assert {number: cents for number, cents in left.items() if cents} == {
        "DEMO/2023/004": 180_000_000, "DEMO/2024/001": 60_000_000, "DEMO/2024/003": 40_000_000,
        "DEMO/2025/002": 70_000_000, "DEMO/2025/003": 300_000_000,
    }  # fmt: skip
