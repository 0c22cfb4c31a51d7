"""What one cell leaves open and its column settles: decimal marks, day and month, shares and units."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.progress_reports.fields.columns import FieldSpec, Kind
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.column_readings import (
    TYPED_HERE,
    UNSETTLED,
    ColumnReading,
    column_reading,
)
from portfolio.progress_reports.values.values import read_value

Said = tuple[str | None, Any]


def field(kind: Kind) -> FieldSpec:
    """A field of a kind."""
    return FieldSpec("field", "Field", kind, "input", 10)


def column(*values: Any, number_format: str = "General") -> list[RawCell]:
    """The cells of a column as the reader gives them; a date is given as `d:2026-06-18`."""
    return [
        RawCell(row, 3, "d", value[2:], None, True, "yyyy-mm-dd")
        if isinstance(value, str) and value.startswith("d:")
        else RawCell(row, 3, "s" if isinstance(value, str) else "n", value, None, True, number_format)
        for row, value in enumerate(values, 5)
    ]


def said(kind: Kind, cells: list[RawCell], answer: str | None = None) -> list[Said]:
    """Code and value of every cell, read with what the column settles."""
    spec = field(kind)
    reading = column_reading(spec, cells, answer)
    parsed = [read_value(spec, cell, reading=reading) for cell in cells]
    return [(next((issue.code for issue in item.issues), None), item.value) for item in parsed]


AMOUNTS: list[tuple[tuple[Any, ...], str | None, list[Said]]] = [
    (("1.234", "2.500,5"), None, [("NUM_CLEANED", 123_400), ("NUM_CLEANED", 250_050)]),
    # no amount has three decimals, whatever the decimals of the others look like
    (("1.234", "0.5"), None, [("NUM_AMBIGUOUS", None), ("NUM_CLEANED", 50)]),
    (("1.234", "0.5"), "decimal-point", [("NUM_SCALE", 123), ("NUM_CLEANED", 50)]),
    (
        ("93,040", "311.150,50", "59 990,5"),
        None,
        [("NUM_AMBIGUOUS", None), ("NUM_CLEANED", 31_115_050), ("NUM_CLEANED", 5_999_050)],
    ),
    (("1.234 k€", "0.5"), None, [("NUM_CLEANED", 123_400), ("NUM_CLEANED", 50)]),
    (("1.234", "1.234.567"), None, [("NUM_CLEANED", 123_400), ("NUM_CLEANED", 123_456_700)]),
    (("1,234", "1 234,50"), None, [("NUM_AMBIGUOUS", None), ("NUM_CLEANED", 123_450)]),
    (("1.234", 99, "12"), None, [("NUM_AMBIGUOUS", None), (None, 9_900), ("NUM_CLEANED", 1_200)]),
    (("1.234", "5.678"), None, [("NUM_AMBIGUOUS", None), ("NUM_AMBIGUOUS", None)]),
    (("1.234", "5,678"), "decimal-comma", [("NUM_CLEANED", 123_400), ("NUM_SCALE", 568)]),
    (("1.234",), "decimal-point", [("NUM_SCALE", 123)]),
    (
        ("1.234", "2,5", "3,5", "7.25"),
        None,
        [("NUM_AMBIGUOUS", None), ("NUM_CLEANED", 250), ("NUM_CLEANED", 350), ("NUM_MIXED", None)],
    ),
    (("2,5", "7.25"), "decimal-point", [("NUM_MIXED", None), ("NUM_CLEANED", 725)]),
    (("12", "1,5"), "times-1000", [("NUM_CLEANED", 1_200_000), ("NUM_CLEANED", 150_000)]),
    ((12, 1.5), "times-1000000", [(None, 1_200_000_000), (None, 150_000_000)]),
    (("1.234", "2"), "decimal-comma times-1000", [("NUM_CLEANED", 123_400_000), ("NUM_CLEANED", 200_000)]),
    (("12 k",), "times-1000", [("NUM_UNREADABLE", None)]),
    (("1.234",), "no-such-answer", [("NUM_AMBIGUOUS", None)]),
]


@pytest.mark.parametrize(("values", "answer", "expected"), AMOUNTS, ids=repr)
def test_amounts_of_a_column(values: tuple[Any, ...], answer: str | None, expected: list[Said]) -> None:
    assert said("amount", column(*values), answer) == expected


def test_an_amount_with_three_decimals_is_offered_as_the_others_are_written() -> None:
    cells = column("93,040", "311.150,50")
    assert offers("amount", cells) == [
        ("replace", "93040", "Write 93040"), ("replace", "93,0400", "Write 93,0400"),
    ]  # fmt: skip
    assert said("amount", column("93040", "93,0400", "311.150,50"))[:2] == [
        ("NUM_CLEANED", 9_304_000), ("NUM_CLEANED", 9_304),
    ]  # fmt: skip


def test_a_whole_number_is_read_in_the_only_way_that_is_whole() -> None:
    assert said("count", column("1.500", "2")) == [("NUM_CLEANED", 1_500), ("NUM_CLEANED", 2)]
    assert said("count", column("1.000")) == [("NUM_AMBIGUOUS", None)]


DATES: list[tuple[tuple[str, ...], str | None, list[Said]]] = [
    (("03/04/2026", "18/06/2026"), None, [("DATE_CLEANED", "2026-04-03"), ("DATE_CLEANED", "2026-06-18")]),
    (("03/04/2026", "06/18/2026"), None, [("DATE_CLEANED", "2026-03-04"), ("DATE_CLEANED", "2026-06-18")]),
    (("03/04/2026", "2026-06-18"), None, [("DATE_AMBIGUOUS", None), (None, "2026-06-18")]),
    (("03/04/2026", "05.05.2026"), None, [("DATE_AMBIGUOUS", None), ("DATE_CLEANED", "2026-05-05")]),
    # another hand: dots say nothing about strokes
    (("18.06.2026", "03/04/2026"), None, [("DATE_CLEANED", "2026-06-18"), ("DATE_AMBIGUOUS", None)]),
    (
        ("18.06.2026", "03/04/2026"),
        "day-first",
        [("DATE_CLEANED", "2026-06-18"), ("DATE_CLEANED", "2026-04-03")],
    ),
    (("18.06.2026", "3. 4. 2026"), None, [("DATE_CLEANED", "2026-06-18"), ("DATE_CLEANED", "2026-04-03")]),
    (("03/04/2026",), "day-first", [("DATE_CLEANED", "2026-04-03")]),
    (("03/04/2026",), "month-first", [("DATE_CLEANED", "2026-03-04")]),
    (("03/04/26", "18/06/26"), None, [("DATE_SHORT_YEAR", "2026-04-03"), ("DATE_SHORT_YEAR", "2026-06-18")]),
    (("03/04/26",), None, [("DATE_AMBIGUOUS", None)]),
    (
        ("03/04/2026", "18/06/2026", "19/06/2026", "06/18/2026"),
        None,
        [
            ("DATE_AMBIGUOUS", None), ("DATE_CLEANED", "2026-06-18"), ("DATE_CLEANED", "2026-06-19"),
            ("DATE_MIXED", None),
        ],
    ),
    (("18/06/2026", "d:2026-04-03"), None, [("DATE_CLEANED", "2026-06-18"), ("DATE_SUSPECT", "2026-04-03")]),
    (("18/06/2026", "d:2026-04-30"), None, [("DATE_CLEANED", "2026-06-18"), (None, "2026-04-30")]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "answer", "expected"), DATES, ids=repr)
def test_dates_of_a_column(values: tuple[str, ...], answer: str | None, expected: list[Said]) -> None:
    assert said("date", column(*values), answer) == expected


def test_what_settled_a_date_is_said() -> None:
    cells = column("03/04/2026", "18/06/2026")
    (issue,) = read_value(field("date"), cells[0], reading=column_reading(field("date"), cells)).issues
    assert issue.facts["why"] == ", day-first like the others of the column"
    (issue,) = read_value(field("date"), cells[1], reading=column_reading(field("date"), cells)).issues
    assert issue.facts["why"] == ""


PERCENTS: list[tuple[tuple[Any, ...], str | None, list[Said]]] = [
    ((0.5, 0.25), None, [("PERCENT_SCALE", None), ("PERCENT_SCALE", None)]),
    ((0.5, 1.5), None, [("PERCENT_SCALE", None), ("PERCENT_SCALE", None)]),
    ((0.5, 45), None, [("PERCENT_AS_POINTS", 500_000), ("PERCENT_AS_POINTS", 45_000_000)]),
    ((0.5, 1.5), "percent-one", [(None, 50_000_000), (None, 150_000_000)]),
    ((0.5, 1.5), "percent-hundred", [(None, 500_000), (None, 1_500_000)]),
    (("0,5", 0.25), None, [("PERCENT_SCALE", None), ("PERCENT_SCALE", None)]),
    (("0,5", "45 %"), "percent-one", [("NUM_CLEANED", 50_000_000), ("NUM_CLEANED", 45_000_000)]),
    ((1.5, 0), None, [("PERCENT_AS_POINTS", 1_500_000), (None, 0)]),
]


@pytest.mark.parametrize(("values", "answer", "expected"), PERCENTS, ids=repr)
def test_percentages_of_a_column(values: tuple[Any, ...], answer: str | None, expected: list[Said]) -> None:
    assert said("percent", column(*values), answer) == expected


def test_a_column_in_the_format_of_thousands_is_asked_about() -> None:
    cells = column(1187, 25, number_format='#,##0 "k€"')
    assert said("amount", cells) == [("NUM_UNIT", None)] * 2
    assert said("amount", cells, "times-1000") == [(None, 118_700_000), (None, 2_500_000)]
    assert said("amount", cells, "times-1") == [(None, 118_700), (None, 2_500)]


def test_what_a_column_in_thousands_shows_is_not_multiplied_twice() -> None:
    cells = column(1_186_607, number_format="#,##0,")
    assert said("amount", cells, "times-1000") == [("FORMAT_SCALED", 118_660_700)]


def offers(kind: Kind, cells: list[RawCell], number: int = 0) -> list[tuple[str, str, str]]:
    """What is offered for a cell of a column."""
    spec = field(kind)
    (issue,) = read_value(spec, cells[number], reading=column_reading(spec, cells)).issues
    return [(offer.kind, offer.value, offer.label) for offer in issue.offers]


def test_the_question_about_a_column_shows_what_its_cells_would_be() -> None:
    assert offers("amount", column("1.234", "2.500")) == [
        ("column", "decimal-comma", "Decimal comma: 1.234 is 1,234; 2.500 is 2,500"),
        ("column", "decimal-point", "Decimal point: 1.234 is 1.234; 2.500 is 2.500"),
    ]
    assert offers("date", column("03/04/2026")) == [
        ("column", "day-first", "Day first: 03/04/2026 is 2026-04-03"),
        ("column", "month-first", "Month first: 03/04/2026 is 2026-03-04"),
    ]
    assert offers("percent", column(0.5)) == [
        ("column", "percent-hundred", "100 stands for all: 0.5 %"),
        ("column", "percent-one", "1 stands for all: 50 %"),
    ]


def test_the_odd_one_is_offered_in_the_writing_of_the_others() -> None:
    assert offers("amount", column("2,5", "3,5", "7.25"), 2) == [("replace", "7,25", "Write 7,25")]
    dates = column("18/06/2026", "19/06/2026", "06/18/2026")
    assert offers("date", dates, 2) == [("replace", "2026-06-18", "Write 2026-06-18")]


def test_what_was_typed_on_the_screen_proves_nothing_and_is_asked_by_itself() -> None:
    typed = RawCell(9, 3, "s", "1.234,5", None, True, TYPED_HERE)
    assert said("amount", [*column("1.234"), typed]) == [("NUM_AMBIGUOUS", None), ("NUM_CLEANED", 123_450)]
    doubtful = RawCell(9, 3, "s", "1.234", None, True, TYPED_HERE)
    assert [value for _, value, _ in offers("amount", [doubtful])] == ["1234", "1.2340"]


@pytest.mark.parametrize("kind", ["text", "choice", "flag", "action"])
def test_words_need_no_column(kind: Kind) -> None:
    assert column_reading(field(kind), column("1.234", "03/04/2026"), "decimal-comma") is UNSETTLED


def test_a_column_without_doubt_is_read_as_it_stands() -> None:
    assert column_reading(field("amount"), column(1, 2.5, "12")) == ColumnReading()
