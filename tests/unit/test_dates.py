"""Reduced dates stand for their whole interval; the one clock can be set."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.dates import HalfYear, PartialDate, date_label, now_utc, today
from portfolio.errors import UsageProblem


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024"),
        ("2024-06", "2024-06-01", "2024-06-30", "June 2024"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2023-12", "2023-12-01", "2023-12-31", "December 2023"),
        ("9999", "9999-01-01", "9999-12-31", "9999"),
        ("2024-06-18", "2024-06-18", "2024-06-18", "18 June 2024"),
    ],
)
def test_parse_reduced_date_gives_its_interval_and_label(
    text: str, first: str, last: str, label: str
) -> None:
    date = PartialDate.parse(text)
    assert (date.first.isoformat(), date.last.isoformat(), date.label, str(date)) == (
        first,
        last,
        label,
        text,
    )


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-02-30", "2024-6", "18/06/2024", "2024-06-18T00:00", "２０２４"]
)
def test_parse_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_parse_a_day_written_as_text_gives_it_back(day: dt.date) -> None:
    date = PartialDate.parse(day.isoformat())
    assert (date.first, date.last, date.is_day) == (day, day, True)


def test_order_is_by_first_day_then_precision() -> None:
    texts = ["2024-01-01", "2024-06", "2024", "2023-12-31", "2024-01"]
    assert [str(date) for date in sorted(map(PartialDate.parse, texts))] == [
        "2023-12-31", "2024", "2024-01", "2024-01-01", "2024-06",
    ]  # fmt: skip


def test_date_label_of_nothing_says_so() -> None:
    assert date_label(None) == "not stated"


def test_today_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-01-31")
    assert today() == dt.date(2026, 1, 31)
    assert now_utc().date() == dt.date(2026, 1, 31)
    monkeypatch.delenv("PORTFOLIO_TODAY")
    assert abs((today() - now_utc().date()).days) <= 1


@pytest.mark.parametrize(
    ("on", "period"), [("2026-11-23", "2026-S1"), ("2026-07-01", "2026-S1"), ("2026-06-30", "2025-S2")]
)
def test_last_ended_half_year(on: str, period: str) -> None:
    assert str(HalfYear.last_ended(dt.date.fromisoformat(on))) == period


def test_half_year_has_its_days() -> None:
    assert (HalfYear.parse("2026-S1").first, HalfYear.parse("2026-S2").last) == (
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
    )
    with pytest.raises(ValueError):
        HalfYear.parse("2026-S3")


def test_today_that_is_set_to_no_day_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", "tomorrow")
    with pytest.raises(UsageProblem, match="PORTFOLIO_TODAY is 'tomorrow'"):
        today()
