"""The money screen: what stands where, with its sums, its rates and what is not known."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.figures import charts, links
from tests.app.screens import opened, problems, texts, tiles, words


def table(app: AppTest, *columns: str) -> Any:
    """The first table that has these columns."""
    return next(found.value for found in app.dataframe if set(columns) <= set(found.value))


def row(found: Any, column: str, value: str) -> dict[str, Any]:
    return dict(found[found[column] == value].iloc[0])


def test_demonstration_says_where_the_money_stands(demo: None) -> None:
    app = opened("money")
    assert problems(app) == []
    assert (
        "**EUR 49.0 million of EU money is contracted and EUR 32.8 million is paid; "
        "implementers report EUR 36.5 million incurred, all funders together. "
        "EUR 6.5 million is left to contract, EUR 15.3 million left to pay. "
        "Over the projects of which both amounts are known, 68.3 % of the contracted EU contribution is paid "
        "(17 of 19 projects) and 62.6 % of the contracted total cost is incurred (18 of 20 projects).**"
    ) in texts(app)
    assert tiles(app)["Open pre-financing (EUR)"] == ("5.4 million", "known for 15 of 19 projects")
    assert tiles(app)["Left to contract (EUR)"] == ("6.5 million", "known for 11 of 11 decisions")
    ladder = table(app, "step", "coverage")
    assert row(ladder, "step", "Paid")["amount_eur"] == 32_846_500
    assert row(ladder, "step", "Left to pay")["amount_eur"] == 15_263_500
    assert (
        "EUR 134,500 of what is left to pay belongs to 2 closed projects with a final payment (AutumnPine "
        "and ThawRowan): nothing more will be paid of it, and it stays until it is decommitted. Left to pay "
        "is not known for CloudYew (no payment is on record) and DawnLinden (no contract is on record)."
    ) in words(app)
    assert "SnowSpruce (contracted EUR 6,000,000, paid EUR 3,900,000, incurred EUR 3,840,000)" in words(app)
    assert len(charts(app)) == 3
    assert "As at 23 November 2026, revision 1." in texts(app)


def test_rates_forecasts_and_receipts_stand_by_project(demo: None) -> None:
    app = opened("money")
    rates = table(app, "burn_gap", "payment_rate")
    willow = row(rates, "project", "RainWillow")
    assert (willow["payment_rate"], willow["absorption"]) == (90, 78)
    assert round(willow["burn_gap"], 1) == -8.5
    fig = row(rates, "project", "SiroccoFig")
    assert fig["note"] == (
        "Time elapsed: 29.8 % to 63.1 %, because a date is reduced; "
        "Burn gap: -27.1 points to +6.2 points, because a date is reduced"
    )
    assert row(rates, "project", "CloudYew")["note"].startswith("Payment rate, Left to pay: no payment is on")
    forecasts = table(app, "forecast_eur", "own_eur")
    assert row(forecasts, "project", "RainWillow")["forecast_eur"] == 3_176_500
    assert "not run for twelve months by 30 June 2026" in row(forecasts, "project", "FrostHazel")["how"]
    receipts = table(app, "difference_eur")
    assert list(receipts["difference_eur"])[:3] == [-360_000, -8_000, 0]
    decisions = table(app, "contracting_rate")
    assert row(decisions, "number", "DEMO/2023/004")["left_to_contract_eur"] == 1_800_000
    # Whoever adds up a column sees which rows no EU sum holds.
    spruce = row(rates, "project", "SnowSpruce (off-budget)")
    assert (spruce["payment_rate"], spruce["contracted_eur"]) == (65, 6_000_000)
    on_budget = rates[~rates["project"].str.endswith("(off-budget)")]
    assert round(on_budget["contracted_eur"].sum() * 100) == 4_901_000_000
    assert sum(decisions["number"].str.endswith("(off-budget)")) == 1
    assert words(app).count("Off-budget, in no EU sum: ") == 3
    opening = set(links(app).values())
    assert {"figure=payment-rate", "figure=forecast", "figure=received-difference"} <= opening


@pytest.mark.parametrize(
    ("by", "amount", "sentence"),
    [
        (
            "Partner",
            "Paid",
            "Paid by partner: 23 parts add up to EUR 32,846,500, known for 17 of 19 projects.",
        ),
        (
            "Year",
            "Committed",
            "Committed by year: 4 parts add up to EUR 55,410,000, known for 11 of 11 decisions.",
        ),
        ("Pillar, classified by us", "Committed", "Committed is not divided by pillar, classified by us: a"),
        ("Year", "Left to pay", "Left to pay has no date, so it is not divided by year."),
    ],
)
def test_every_amount_is_divided_as_the_address_says(demo: None, by: str, amount: str, sentence: str) -> None:
    app = opened("money", money_by=by, amount=amount)
    assert problems(app) == []
    assert any(text.startswith(sentence) for text in texts(app))
    division = table(app, "member", "projects", "paid")
    assert list(division["member"])[-1] == "Sum"
    for name in ("contracted", "paid", "incurred"):
        amounts = division[name]
        assert round(amounts[:-1].sum() * 100) == round(amounts.iloc[-1] * 100)
    split = "difference of two columns within one row may be off by a cent"
    assert (split in words(app)) == (by != "Year")
    # Once in the filter bar, and once more beside the table that names Kosovo*.
    assert words(app).count("Kosovo*: This designation") == (2 if by == "Partner" else 1)


def test_a_year_without_a_record_is_not_zero(demo: None) -> None:
    app = opened("money", money_by="Year", amount="Incurred")
    division = table(app, "member", "projects", "paid")
    assert pd.isna(row(division, "member", "2022")["incurred"])
    assert pd.isna(row(division, "member", "2026")["committed"])
    years = table(app, "year", "sum")
    assert not (years.drop(columns="year") == 0).any().any()
    shown = [found for found in app.dataframe if {"member", "projects"} <= set(found.value)]
    assert {found.proto.placeholder for found in shown} == {"nothing on record"}


def test_off_budget_rows_of_a_division_are_labelled(demo: None) -> None:
    division = table(opened("money", money_by="Project"), "member", "projects", "paid")
    spruce = row(division, "member", "SnowSpruce")
    assert (spruce["contracted"], spruce["remarks"]) == (0, "SnowSpruce: off-budget, in no EU sum")


def test_filter_narrows_every_sum(demo: None) -> None:
    app = opened("money", focus="Cybercrime")
    assert problems(app) == []
    division = table(app, "member", "projects", "paid")
    assert division["paid"].iloc[-1] == row(table(app, "step"), "step", "Paid")["amount_eur"] == 7_972_000
    assert row(table(app, "contracting_rate"), "number", "DEMO/2022/001")["committed_eur"] == 2_900_000


def test_published_portfolio_says_that_nothing_is_known(reference: None) -> None:
    app = opened("money")
    assert problems(app) == []
    assert (
        "**No commitment, contract, payment or cost is on record for any of 26 projects: where the money "
        "stands is not known. Total budget as published: EUR 64.1 million, known for 20 of 26 projects.**"
    ) in texts(app)
    assert tiles(app)["Paid (EUR)"] == ("not known", "known for 0 of 26 projects")
    assert "No forecast can be made for any of 5 running projects." in texts(app)
    division = table(app, "member", "total-budget")
    assert round(division["total-budget"].iloc[-1] * 100) == 6_413_337_100
    assert division["paid"].isna().all()
    assert any(
        text.startswith("Not known for any project of this choice: contracted;") for text in texts(app)
    )


def test_empty_portfolio_says_what_to_do_first(empty: None) -> None:
    app = opened("money")
    assert problems(app) == [] and charts(app) == []
    assert "python -m portfolio" in words(app)


def test_project_screen_shows_its_balances_rates_and_forecast(demo: None) -> None:
    app = opened("project", id="drizzle-alder")
    assert problems(app) == []
    said = texts(app)
    assert "**EUR 1,710,000**  \nEUR 4,200,000 - EUR 2,490,000." in said
    # The second contract's clearing is dated 2026 alone: it is not certain that it has happened.
    counted = "**EUR 840,000**  \nPre-financing EUR 1,320,000 - cost accepted EUR 480,000. "
    possible = "EUR 144,000 accepted on a reduced date that may lie after this day: not counted yet."
    assert f"{counted}EUR 696,000 to EUR 840,000; {possible}" in said
    assert any(text.startswith("**59.3 %**") for text in said)
    assert any("EUR 4,943,075 (EUR 4,837,824 to EUR 5,050,071)" in text for text in said)
