"""What a page holds: which rows are kept where not all fit, how high they are, and how texts are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.summaries.content import Column, Row, Table
from portfolio.summaries.page_budgets import Demand, first_sentences, granted, row_lines, shortened

HEIGHTS = st.lists(st.floats(0.5, 9.0), max_size=8).map(tuple)


def test_granted_everything_fits_keeps_every_row() -> None:
    assert granted([Demand((1, 1, 1)), Demand((2, 2))], 7) == (3, 2)


def test_granted_one_line_short_leaves_the_last_row_out() -> None:
    assert granted([Demand((1, 1, 1), note=1)], 3) == (3,)
    assert granted([Demand((1, 1, 1), note=1)], 2) == (1,)


def test_granted_rows_are_shared_in_turn_and_not_first_come() -> None:
    assert granted([Demand((1,) * 9, note=0), Demand((1,) * 9, note=0)], 6) == (3, 3)


def test_granted_no_room_keeps_the_least_of_each() -> None:
    assert granted([Demand((5, 5, 5), least=2), Demand((4,)), Demand(())], 0) == (2, 1, 0)


def test_granted_most_is_never_exceeded() -> None:
    assert granted([Demand((1,) * 9, most=4)], 100) == (4,)


@given(st.lists(HEIGHTS, max_size=5), st.floats(0, 60))
def test_granted_whatever_is_kept_above_the_least_fits_the_room(
    heights: list[tuple[float, ...]], room: float
) -> None:
    demands = [Demand(each, note=1.0) for each in heights]
    kept = granted(demands, room)
    least = [min(1, len(each)) for each in heights]
    assert all(low <= rows <= len(each) for low, rows, each in zip(least, kept, heights, strict=True))
    taken = sum(
        sum(each[:rows]) + (rows < len(each)) for rows, each in zip(kept, heights, strict=True)
    )
    assert list(kept) == least or taken <= room + 1e-6


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Short", 16, "Short"),
        ("A workshop for prosecutors", 16, "A workshop for…"),
        ("A workshop for prosecutors", 14, "A workshop…"),
        ("x" * 300, 20, "x" * 19 + "…"),
        ("=cmd|' /C calc'!A0", 10, "=cmd|' /C…"),
        ("two\n lines ", 20, "two lines"),
    ],
)
def test_shortened_text_is_cut_after_a_word_and_marked(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


@given(st.text(max_size=120), st.integers(2, 60))
def test_shortened_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most


@pytest.mark.parametrize(
    ("most", "expected"),
    [(99, "One. Two is longer. Three."), (20, "One. Two is longer."), (12, "One."), (3, "On…")],
)
def test_first_sentences_end_where_a_sentence_ends(most: int, expected: str) -> None:
    assert first_sentences("One. Two is longer. Three.", most) == expected


def test_row_lines_a_longer_text_makes_a_higher_row_and_a_number_never_wraps() -> None:
    columns = (Column("name", "Name"), Column("eur", "EUR", "money"))
    table = Table("t", columns, (Row(("short", 100)), Row(("long " * 60, 123_456_789_00))))
    low, high = row_lines(table)
    assert high > 2 * low
    alone = row_lines(Table("t", columns, (Row(("short", 123_456_789_00)),)))
    assert alone == (low,)
