"""Half-years as people name them, and what only looks like one."""

from __future__ import annotations

import pytest

from portfolio.progress_reports.layouts.named_periods import named_period, period_mentions


@pytest.mark.parametrize(
    "text",
    [
        "2026-S1", "S1/2026", "H1 2026", "2026 H1", "S1 (2026)", "1er semestre 2026",
        "Premier semestre de 2026", "first half of 2026", "1st half-year 2026", "Semester 1, 2026",
        "January to June 2026", "Jan–Jun 2026", "du 1er janvier au 30 juin 2026", "01/01/2026 - 30/06/2026",
        "2026-01-01 to 2026-06-30", "01/2026 à 06/2026", "01.01.–30.06.2026", "1 January – 30 June 2026",
        "Period: January 2026 - June 2026",
    ],
)  # fmt: skip
def test_a_half_year_is_known_in_many_writings(text: str) -> None:
    assert str(named_period(text)) == "2026-S1"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Q1 2026", ["quarter"]),
        ("2e trimestre 2026", ["quarter"]),
        ("2026", ["year"]),
        ("30 June 2026", ["month"]),
        ("January 2024 – December 2026", ["range"]),
        ("February to June 2026", ["range"]),
        ("1 January – 29 June 2026", ["range"]),
        ("2026 S1 / 2025 S2", ["year", "half"]),
        ("ENI/2019/405-854", []),
        ("may be late", ["month"]),
    ],
)
def test_what_is_no_half_year_is_never_taken_for_one(text: str, spans: list[str]) -> None:
    mentions = period_mentions(text)
    assert [mention.span for mention in mentions] == spans
    assert [mention.period for mention in mentions] == [None] * len(spans)


def test_two_half_years_in_one_text_are_both_found() -> None:
    found = period_mentions("Dépenses S2 2025 et S1 2026")
    assert [str(mention.period) for mention in found] == ["2025-S2", "2026-S1"]
    assert named_period("S2 2025, S1 2026") is None
