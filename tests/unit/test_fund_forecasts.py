"""Forecasts of incurred cost: linear with a range, the implementer's own, and why there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.model.money_rows import MoneyRow
from portfolio.services.funds.forecasts import Costs, Forecast, forecast, left_at_end
from portfolio.services.funds.rates import NO_COST
from tests.unit.rows import project
from tests.unit.test_fund_rates import DAY, money

# EUR 184 in the 184 days of 2025-S2 and EUR 362 in the 181 days of 2026-S1: one and two euro a day.
COSTS = {"2025-S1": 100_00, "2025-S2": 184_00, "2026-S1": 362_00}
SPENT = sum(COSTS.values())


def made(
    start: str | None = "2024-01-01", end: str | None = "2026-12-31", costs: Costs = COSTS,
    own: int | None = None, on: dt.date = DAY,
) -> Forecast:  # fmt: skip
    row = money(
        incurred_cents=sum(costs.values()) if costs else None, forecast_cents=own,
        forecast_period=None if own is None else "2026-S1",
    )  # fmt: skip
    return forecast(project(start=start, end_current=end), row, costs, on)


def test_linear_forecast_goes_on_as_in_the_last_twelve_months() -> None:
    found = made()
    # 184 days are left from 30 June to 31 December 2026, at EUR 546 / 365 a day.
    assert found.cents == SPENT + round(546_00 * 184 / 365)
    assert (found.low_cents, found.high_cents) == (SPENT + 184_00, SPENT + 368_00)
    assert found.sentence == (
        "EUR 646 + EUR 546 (2025-S2 and 2026-S1) / 365 days x 184 days to the end on 31 December 2026 = "
        "EUR 921; EUR 830 to EUR 1,014 at the pace of the slower and the faster half-year."
    )


def test_reduced_end_gives_a_range_and_no_single_value() -> None:
    found = made(end="2027")
    assert found.cents is None
    assert (found.low_cents, found.high_cents) == (SPENT + 185_00, SPENT + 2 * 549_00)
    assert found.sentence.endswith("because only 2027 is known of the end.")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (made(end=None), "the end is not stated"),
        (made(end="2026-11-22"), "it ended on 22 November 2026, and nothing is left to forecast"),
        (made(end="2026-10"), "it ended in October 2026, and nothing is left to forecast"),
        (made(costs={}), NO_COST),
        (
            made(costs={"2025-S1": 5, "2025-S2": 5}),
            "no cost is reported for 2026-S1, and a forecast rests on twelve months",
        ),
        (
            made(costs={"2025-S1": 5}),
            "no cost is reported for 2025-S2 and 2026-S1, and a forecast rests on twelve months",
        ),
        (
            made(start="2025-07-02", costs={"2025-S2": 5, "2026-S1": 5}),
            "it had not run for twelve months by 30 June 2026 (start 2 July 2025)",
        ),
    ],
)
def test_no_forecast_says_why(found: Forecast, reason: str) -> None:
    assert not found.is_known and found.cents is None
    assert found.sentence == f"Not known: {reason}."


@pytest.mark.parametrize(
    "found",
    [
        made(end="2026-11-23"),
        made(end="2026-11"),
        made(start="2025-07-01", costs={"2025-S2": 5, "2026-S1": 5}),
        made(start=None, costs={"2025-S2": 5, "2026-S1": 5}),
        # The year of the start alone would not do; a cost before the twelve months does.
        made(start="2025"),
        made(costs={"2025-S1": 5, "2025-S2": 0, "2026-S1": 0}),
    ],
)
def test_other_side_of_each_reason(found: Forecast) -> None:
    assert found.is_known


def test_half_year_of_nothing_is_a_pace_of_nothing() -> None:
    found = made(costs={"2025-S1": 5, "2025-S2": 0, "2026-S1": 0})
    assert (found.cents, found.low_cents, found.high_cents) == (5, 5, 5)


def test_own_forecast_stands_beside_and_is_held_against_the_range() -> None:
    assert made().own_sentence == "The implementer's own forecast is not reported."
    inside = made(own=1_000_00)
    assert (inside.own_cents, inside.own_period) == (1_000_00, "2026-S1")
    assert inside.own_sentence == (
        "The implementer expects EUR 1,000 (report 2026-S1), the contracted total cost; "
        "that lies inside the range."
    )
    assert made(own=829_00).own_sentence.endswith(
        "EUR 171 below the contracted total cost; that is EUR 1 below the range."
    )
    assert made(own=1_020_00).own_sentence.endswith(
        "EUR 20 above the contracted total cost; that is EUR 6 above the range."
    )
    assert made(costs={}, own=1_000_00).own_sentence.endswith("the contracted total cost.")


def test_what_is_left_at_the_end_needs_both() -> None:
    assert left_at_end(made(), money()) == 100_000 - (made().cents or 0)
    assert left_at_end(made(), MoneyRow("p1")) is None
    assert left_at_end(made(end="2027"), money()) is None
