"""Sums that say what they know, splits that lose no cent, one way of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.money import (
    KnownSum,
    cents_from_eur,
    format_eur,
    format_eur_short,
    format_known,
    format_share,
    split_largest_remainder,
)


@given(
    st.integers(min_value=0, max_value=10**13),
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=30).filter(any),
)
def test_split_adds_up_and_each_part_is_within_a_cent(amount: int, weights: list[int]) -> None:
    parts = split_largest_remainder(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    assert all(
        abs(part * total - amount * weight) < total for part, weight in zip(parts, weights, strict=True)
    )


def test_split_of_equal_remainders_gives_the_cent_to_the_earlier_part() -> None:
    assert split_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert split_largest_remainder(5, [1, 1]) == [3, 2]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [2, -1]])
def test_split_without_a_weight_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        split_largest_remainder(100, weights)


def test_a_sum_of_nothing_known_is_unknown_and_not_zero() -> None:
    assert KnownSum.over([None, None]) == KnownSum(None, 0, 2)
    assert KnownSum.over([]) == KnownSum(None, 0, 0)
    assert KnownSum.over([0, None]) == KnownSum(0, 1, 2)


def test_a_thousand_times_ten_cents_is_a_hundred_euro() -> None:
    assert KnownSum.over([cents_from_eur("0.10")] * 1000).cents == 100_00


@pytest.mark.parametrize(
    ("cents", "full", "short"),
    [
        (None, "not stated", "not stated"),
        (0, "EUR 0", "EUR 0"),
        (500_500_000, "EUR 5,005,000", "EUR 5.0 million"),
        (89_400_000, "EUR 894,000", "EUR 894,000"),
        (6_413_337_100, "EUR 64,133,371", "EUR 64.1 million"),
        (12_345, "EUR 123.45", "EUR 123"),
        (-12_300, "-EUR 123", "-EUR 123"),
        (445_000_000, "EUR 4,450,000", "EUR 4.5 million"),
        (444_999_999, "EUR 4,449,999.99", "EUR 4.4 million"),
        (125_000_000, "EUR 1,250,000", "EUR 1.3 million"),
        (-125_000_000, "-EUR 1,250,000", "-EUR 1.3 million"),
        (12_250, "EUR 122.50", "EUR 123"),
        (99_999_950, "EUR 999,999.50", "EUR 1.0 million"),
    ],
)
def test_amounts_are_written_one_way(cents: int | None, full: str, short: str) -> None:
    assert (format_eur(cents), format_eur_short(cents)) == (full, short)


def test_a_total_says_how_many_projects_it_knows() -> None:
    assert format_known(KnownSum(6_413_337_100, 20, 26)) == "EUR 64.1 million, known for 20 of 26 projects"
    assert format_known(KnownSum(90_00, 1, 1)) == "EUR 90, known for 1 of 1 project"
    assert format_known(KnownSum(None, 0, 1), "decision") == "not stated for any of 1 decision"
    assert format_known(KnownSum(None, 0, 0), "decision") == "no decisions"
    assert format_known(KnownSum(None, 0, 26)) == "not stated for any of 26 projects"
    assert format_known(KnownSum(None, 0, 0)) == "no projects"


def test_nothing_to_divide_by_is_not_known() -> None:
    assert format_share(1, 0) == format_share(None, 5) == format_share(1, None) == "not known"
    assert format_share(1, 8) == "12.5 %"


@pytest.mark.parametrize("text", ["1.234", "x", "1e-3", "nan"])
def test_an_amount_that_is_no_whole_number_of_cents_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        cents_from_eur(text)
