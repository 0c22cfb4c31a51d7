"""Every kind of field with every way of writing: the codes, the value, and what is offered instead."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.progress_reports.fields.columns import Kind
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.values import read_value, suspect
from tests.workbooks.typed_cells import cell, judge, spec

Case = tuple[Any, str | None, Any]


AMOUNTS: list[Case] = [
    ("12 500,50", "NUM_CLEANED", 1_250_050),
    ("12\u00a0500,50", "NUM_CLEANED", 1_250_050),
    ("12\u202f500.50", "NUM_CLEANED", 1_250_050),
    ("12’500.50", "NUM_CLEANED", 1_250_050),
    ("１２５００", "NUM_CLEANED", 1_250_000),
    ("12\u200b500", "NUM_CLEANED", 1_250_000),
    ("12 k€", "NUM_CLEANED", 1_200_000),
    ("1,5 M€", "NUM_CLEANED", 150_000_000),
    ("k€ 12", "NUM_CLEANED", 1_200_000),
    ("12 kEUR", "NUM_CLEANED", 1_200_000),
    ("12.5 thousand", "NUM_CLEANED", 1_250_000),
    ("12 mille euros", "NUM_CLEANED", 1_200_000),
    ("2 millions d'euros", "NUM_CLEANED", 200_000_000),
    ("1.2 mio", "NUM_CLEANED", 120_000_000),
    ("12 TEUR", "NUM_CLEANED", 1_200_000),
    ("1.2m", "NUM_CLEANED", 120_000_000),
    ("12 T", "NUM_UNREADABLE", None),
    ("12 MM", "NUM_UNREADABLE", None),
    ("500.-", "NUM_CLEANED", 50_000),
    ("(500)", "NUM_OUT_OF_RANGE", None),
    ("500-", "NUM_OUT_OF_RANGE", None),
    ("–500", "NUM_OUT_OF_RANGE", None),
    ("\u2212500", "NUM_OUT_OF_RANGE", None),
    ("1.234.56", "NUM_UNREADABLE", None),
    ("12 34", "NUM_UNREADABLE", None),
    ("1,23,456", "NUM_UNREADABLE", None),
    ("1_000", "NUM_UNREADABLE", None),
    ("inf", "NUM_UNREADABLE", None),
    ("1e5", "NUM_UNREADABLE", None),
    ("=1+1", "NUM_UNREADABLE", None),
    ("500 MAD", "CURRENCY_MISMATCH", None),
    ("CHF 500", "CURRENCY_MISMATCH", None),
    ("1.234 k€", "NUM_AMBIGUOUS", None),
    (274.65999999999997, None, 27_466),
    (0.1 + 0.2, None, 30),
    (1234567890123456, "NUM_OUT_OF_RANGE", None),
    (float("nan"), "NUM_UNREADABLE", None),
]


@pytest.mark.parametrize(("value", "code", "read"), AMOUNTS, ids=repr)
def test_amount(value: Any, code: str | None, read: Any) -> None:
    assert judge(spec("amount"), value) == (code, read)


FORMATS: list[tuple[Any, str, str | None, Any]] = [
    (1186607, "#,##0,", "FORMAT_SCALED", 118_660_700),
    (1186607, '#,##0.0,, "M€"', "FORMAT_SCALED", 118_660_700),
    (0, "#,##0,", None, 0),
    (1186.6, "#,##0", "FORMAT_ROUNDED", 118_660),
    (219.14, "#,##0,", "FORMAT_SCALED", 21_914),
    (1186.607, "#,##0.00", "FORMAT_ROUNDED", 118_661),
    (1186.607, "General", "NUM_SCALE", 118_661),
    (1187, '#,##0 "k€"', "NUM_UNIT", None),
    (1187, '#,##0 "€"', None, 118_700),
    (1187, '_-* #,##0.00\\ "€"_-', None, 118_700),
    (1187, "[$€-407] #,##0", None, 118_700),
    (1187, '[$-409]#,##0;"text"', None, 118_700),
    (1187, '"$"#,##0', "CURRENCY_MISMATCH", None),
    (1187, "[$CHF-807] 0.00", "CURRENCY_MISMATCH", None),
    (0.5, "0%", "NUM_UNREADABLE", None),
]


@pytest.mark.parametrize(("value", "number_format", "code", "read"), FORMATS, ids=repr)
def test_amount_in_a_format(value: Any, number_format: str, code: str | None, read: Any) -> None:
    assert judge(spec("amount"), value, number_format) == (code, read)


@pytest.mark.parametrize(
    ("held", "shown"), [(12.345, "12.35"), (0.005, "0.01"), (2.675, "2.68"), (-0.005, "-0.01")]
)
def test_what_a_cell_shows_is_rounded_as_spreadsheets_round(held: float, shown: str) -> None:
    (issue,) = read_value(spec("amount", minimum=None), cell(held, "0.00")).issues
    assert (issue.code, issue.facts["shown"]) == ("FORMAT_ROUNDED", shown)


def test_a_number_that_shows_as_no_thousand_at_all_may_have_been_typed_in_thousands() -> None:
    (issue,) = read_value(spec("amount"), cell(219.14, "#,##0,")).issues
    assert [offer.value for offer in issue.offers] == ["219140"]
    assert issue.action == "Nothing to do if 219.14 is meant. If it was typed in thousands, write 219140."


@pytest.mark.parametrize("kind", ["amount", "number", "percent", "count"])
@pytest.mark.parametrize("word", ["nil", "NONE", "zéro", "Néant"])
def test_a_word_for_none_is_never_taken_for_an_empty_cell(kind: Kind, word: str) -> None:
    (issue,) = read_value(spec(kind), cell(word)).issues
    assert (issue.code, [offer.value for offer in issue.offers]) == ("NUM_WORD_FOR_NONE", ["0", "CLEAR"])
    (issue,) = read_value(spec(kind, required=True, minimum=1), cell(word)).issues
    assert issue.offers == ()


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("mmm yyyy", "2027-05"), ("mm/yy", "2027-05"), ("yyyy", "2027"), ("d/m/yyyy", ""), ('yyyy"d"', "2027")],
)
def test_a_date_whose_format_hides_the_day_is_doubted(number_format: str, shown: str) -> None:
    parsed = read_value(spec("date"), RawCell(5, 3, "d", "2027-05-03", None, True, number_format))
    assert parsed.value == "2027-05-03"
    offered = [(issue.code, [offer.value for offer in issue.offers]) for issue in parsed.issues]
    assert offered == ([("DATE_DAY_HIDDEN", [shown])] if shown else [])


@pytest.mark.parametrize(
    ("kind", "maximum", "example"),
    [("count", 5, "such as 3,"), ("count", None, "such as 12,"), ("number", 100_000_000, "such as 62.5,")],
)
def test_the_example_of_a_number_lies_within_the_limits_of_its_field(
    kind: Kind, maximum: int | None, example: str
) -> None:
    (issue,) = read_value(spec(kind, maximum=maximum), cell("high")).issues
    assert example in str(issue.action)


def test_a_row_that_cannot_be_removed_is_told_how_it_ends() -> None:
    (issue,) = read_value(spec("choice", "risk_status"), cell("REMOVE")).issues
    assert str(issue.action).startswith("Nothing is removed here; Closed ends it.")


PERCENTS: list[tuple[Any, str, str | None, Any]] = [
    (0.125, "0.0%", None, 12_500_000),
    (0.125, "0%", "FORMAT_ROUNDED", 12_500_000),
    (1, "0%", None, 100_000_000),
    (15, "General", "PERCENT_AS_POINTS", 15_000_000),
    (0.5, "General", "PERCENT_SCALE", None),
    (1, "General", "PERCENT_SCALE", None),
    (0, "General", None, 0),
    ("12,5 %", "@", "NUM_CLEANED", 12_500_000),
    ("12.5 per cent", "@", "NUM_CLEANED", 12_500_000),
    ("80 pour cent", "@", "NUM_CLEANED", 80_000_000),
    ("1,234 %", "@", "NUM_AMBIGUOUS", None),
    ("a half", "@", "NUM_UNREADABLE", None),
]


@pytest.mark.parametrize(("value", "number_format", "code", "read"), PERCENTS, ids=repr)
def test_percentage(value: Any, number_format: str, code: str | None, read: Any) -> None:
    assert judge(spec("percent"), value, number_format) == (code, read)


NUMBERS: list[tuple[Kind, Any, str | None, Any]] = [
    ("number", 12.5, None, 12_500_000),
    ("number", "12,5", "NUM_CLEANED", 12_500_000),
    ("number", "12 persons", "NUM_UNREADABLE", None),
    ("number", "EUR 12", "NUM_UNREADABLE", None),
    ("number", "12 m", "NUM_UNREADABLE", None),
    ("number", "12k", "NUM_CLEANED", 12_000_000_000),
    ("number", 1 / 3, "NUM_SCALE", 333_333),
    ("number", 1e15, "NUM_OUT_OF_RANGE", None),
    ("number", -1, "NUM_OUT_OF_RANGE", None),
    ("count", 12, None, 12),
    ("count", 12.0, None, 12),
    ("count", "1 200", "NUM_CLEANED", 1_200),
    ("count", 12.5, "NUM_OUT_OF_RANGE", None),
    ("count", "12 (7 women)", "NUM_UNREADABLE", None),
    ("count", True, "NUM_UNREADABLE", None),
    ("flag", "ja", None, True),
    ("flag", "✓", None, True),
    ("flag", "x", None, True),
    ("flag", 1, None, True),
    ("flag", "Non", None, False),
    ("flag", 0, None, False),
    ("flag", False, None, False),
    ("flag", "✗", "LIST_UNKNOWN", None),
    ("flag", "perhaps", "LIST_UNKNOWN", None),
    ("flag", 2, "LIST_UNKNOWN", None),
    ("action", "remove", None, "REMOVE"),
    ("action", "Supprimer", None, "REMOVE"),
    ("action", "delete it", "LIST_UNKNOWN", None),
]


@pytest.mark.parametrize(("kind", "value", "code", "read"), NUMBERS, ids=repr)
def test_other_kinds(kind: Kind, value: Any, code: str | None, read: Any) -> None:
    assert judge(spec(kind), value) == (code, read)


def test_a_count_within_its_limits() -> None:
    field = spec("count", minimum=1, maximum=5)
    assert judge(field, 3) == (None, 3)
    assert [judge(field, value)[0] for value in (0, 6)] == ["NUM_OUT_OF_RANGE"] * 2
    (issue,) = read_value(field, cell(6)).issues
    assert (issue.facts["why"], issue.action) == (
        "above 5",
        "Write a whole number of at least 1 and at most 5.",
    )


OFFERS: list[tuple[Kind, Any, list[str]]] = [
    ("date", "31/02/2026", ["2026-02-28"]),
    ("date", "end of March 2026", ["2026-03"]),
    ("date", "mid-2026", ["2026"]),
    ("date", "Q1 2026", ["2026-03", "2026-01", "2026"]),
    ("date", "2e semestre 2026", ["2026-12", "2026-07", "2026"]),
    ("date", "Jun-24", ["2024-06"]),
    ("date", "26-03-04", ["2004-03-26", "2026-03-04"]),
    ("date", 46_500, ["2027-04-23"]),
    ("date", "46500", ["2027-04-23"]),
    ("date", 20_260_618, ["2026-06-18"]),
    ("date", 2026.06, ["2026-06"]),
    ("number", "about 12 people", ["12"]),
    ("number", "10-15", []),
    ("count", 12.5, ["12", "13"]),
    ("flag", "perhaps", ["yes", "no"]),
    ("action", "delete", ["REMOVE"]),
    ("amount", "5 %", []),
]


@pytest.mark.parametrize(("kind", "value", "offered"), OFFERS, ids=repr)
def test_what_is_offered_can_be_taken_as_it_is(kind: Kind, value: Any, offered: list[str]) -> None:
    field = spec(kind)
    (issue,) = read_value(field, cell(value)).issues
    found = [offer.value for offer in issue.offers if offer.kind == "replace"]
    assert found == offered
    assert all(read_value(field, cell(text, "typed on the screen")).state == "value" for text in found)


def test_a_day_that_was_issued_with_day_and_month_exchanged_is_doubted() -> None:
    parsed = read_value(spec("date"), cell("2026-04-03"))
    (issue,) = suspect(parsed, "2026-03-04").issues
    assert (issue.code, issue.facts["other"]) == ("DATE_SUSPECT", "2026-03-04")
    assert suspect(parsed, "2026-04-03") == suspect(parsed, "2026-03-05") == parsed
