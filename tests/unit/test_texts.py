"""Texts from the data on screen: shown as written, linked only to the web."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.model.rows import IncurredRow
from portfolio.services.costs import cost_by_period
from portfolio.ui.texts import counted, is_web, listed, literal, web_link
from portfolio.ui.timelines import Span


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Kosovo* and Palestine*", "Kosovo\\* and Palestine\\*"),
        ("EUR 22.3 million, a+b", "EUR 22.3 million, a+b"),
        ("1. not a list", "1\\. not a list"),
        ("- not a list", "\\- not a list"),
        ("$5 and $6", "\\$5 and \\$6"),
        (":red[x] at 10:30", "\\:red\\[x\\] at 10\\:30"),
        ("<b>\n two", "\\<b\\> two"),
    ],
)
def test_text_is_shown_as_written(text: str, escaped: str) -> None:
    assert literal(text) == escaped


def test_source_is_linked_under_its_title_or_its_site() -> None:
    assert (
        web_link("https://a.example/x(1)?q=b c", "A [b]") == "[A \\[b\\]](https://a.example/x%281%29?q=b%20c)"
    )
    assert web_link("https://www.a.example/x", None) == "[a.example](https://www.a.example/x)"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "a.example", "https:"]
)
def test_only_pages_on_the_web_are_links(url: str) -> None:
    assert not is_web(url)
    assert "](" not in web_link(url, "Title")


def test_counts_and_lists_read_as_sentences() -> None:
    assert (counted(1, "project"), counted(1204, "project")) == ("1 project", "1,204 projects")
    assert (listed(["A"]), listed(["A", "B", "C"])) == ("A", "A, B and C")
    assert listed([*"ABCDEFGH"]) == "A, B, C, D, E, F and 2 more"


def test_cost_is_summed_by_half_year_in_order_of_time() -> None:
    rows = [
        IncurredRow("k1", "p", "2025-S2", "travel", 5),
        IncurredRow("k2", "p", "2025-S1", "travel", 7),
        IncurredRow("k3", "p", "2025-S2", "other", 1),
    ]
    found = [(cost.period, cost.amount_cents) for cost in cost_by_period(rows)]
    assert found == [("2025-S1", 7), ("2025-S2", 6)]
    assert cost_by_period([]) == ()


def test_bar_of_a_year_is_certain_nowhere_and_of_days_everywhere() -> None:
    first, last = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    assert Span("A", first, last, "").certain == (first, last)
    assert Span("A", first, last, "", sure_start=last, sure_end=first).certain is None
