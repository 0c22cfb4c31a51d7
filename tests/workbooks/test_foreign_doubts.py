"""What stands near a table and speaks against it: another currency, sums since the start, a scale."""

from __future__ import annotations

import pytest

from tests.workbooks.own_workbooks import Rows, told

HEADINGS: Rows = [["1. Human resources", 120000], ["2. Travel", 12000], ["3. Equipment", 45000]]


def costs(title: str, header: str = "Costs incurred", below: str = "") -> tuple[str, str]:
    """Field and reason of the amounts of a table under a title."""
    rows: Rows = [["StormOak, 2026-S1"], [title], ["Budget heading", header], *HEADINGS, [], [below or None]]
    column = told({"Costs": rows}).tables[0].columns[1]
    return column.field, column.why


def test_a_table_without_a_word_against_it_is_read() -> None:
    assert costs("Costs by heading, first half of 2026") == ("amount_cents", "")


@pytest.mark.parametrize(
    "title", ["All amounts in US dollars", "Montants en dollars américains", "Amounts in USD", "en UAH"]
)
def test_amounts_in_another_currency_are_left_open(title: str) -> None:
    assert costs(title) == ("", "A text near the table names another currency than EUR.")
    assert costs("Costs", below=title)[0] == ""


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Exchange rate: 1 EUR = 1.08 USD", "Costs incurred"),
        ("Amounts in USD and EUR", "Costs incurred"),
        ("Amounts in USD", "Costs incurred (EUR)"),
    ],
)
def test_a_rate_or_a_column_in_euro_is_no_other_currency(title: str, header: str) -> None:
    assert costs(title, header)[0] == "amount_cents"


@pytest.mark.parametrize(
    "title", ["Cumulative expenditure since the start", "Dépenses cumulées à ce jour", "Costs to date"]
)
def test_sums_since_the_start_are_no_costs_of_a_half_year(title: str) -> None:
    assert costs(title) == ("", "The title speaks of sums since the start, and not of one half-year.")


def test_a_title_over_sums_and_costs_of_the_period_speaks_of_the_sums() -> None:
    rows: Rows = [
        ["StormOak: expenditure of the period, and cumulative"],
        ["Budget heading", "Costs incurred 2026-S1", "Cumulative"],
        ["1. Human resources", 120000, 400000],
        ["2. Travel", 12000, 40000],
    ]
    assert [column.field for column in told({"Costs": rows}).tables[0].columns[:2]] == [
        "heading",
        "amount_cents",
    ]


def ratings(header: str, note: str = "") -> list[str]:
    """What the two columns of ratings are taken for."""
    rows: Rows = [
        ["StormOak, 2026-S1"],
        ["Risk", header, "Impact", "Status"],
        ["The law is late", 2, 3, "Open"],
        ["Staff leave", 1, 2, "Open"],
        [],
        [note or None],
    ]
    return [column.field for column in told({"Risks": rows}).tables[0].columns[1:3]]


def test_ratings_from_1_to_5_are_read() -> None:
    assert ratings("Likelihood") == ["likelihood", "impact"]
    usual = "Likelihood and impact: 1 (very low) to 5 (very high)"
    assert ratings("Likelihood", usual) == ["likelihood", "impact"]


def test_ratings_on_another_scale_are_left_open() -> None:
    assert ratings("Likelihood (1-3)") == ["", "impact"]
    assert ratings("Likelihood", "Scale of likelihood and impact: 1 to 3") == ["", ""]
    assert ratings("Likelihood", "1 = very high, 5 = very low") == ["", ""]
