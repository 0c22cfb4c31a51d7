"""Whatever stands in a cell gives a value or a finding, and what is written is read back unchanged."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, catalogue, finding
from portfolio.progress_reports.comparisons.compare import outcome
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.fields.money_sheets import MILESTONES, money_sheet
from portfolio.progress_reports.files.cells import (
    RawCell,
    cell_ref,
    column_letter,
    column_number,
    position_of,
)
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.preflight import preflight
from portfolio.progress_reports.values.amounts import read_amount
from portfolio.progress_reports.values.entered_dates import read_date
from portfolio.progress_reports.values.stated_numbers import LARGEST_CENTS
from portfolio.progress_reports.values.values import (
    Parsed,
    cell_content,
    comparable,
    display,
    read_value,
    tidy_text,
)
from portfolio.vocabulary import codes

FIELDS = (*MILESTONES.fields, *money_sheet(HalfYear(2026, 1), ("2025-S2",)).fields)
KINDS = {field.kind: field for field in FIELDS}
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["CLEAR", "-", "1.234", "31/02/2026", "=1+1", "_x000B_", "\ud800"]
)
NUMBERS = st.integers() | st.floats(allow_nan=True, allow_infinity=True)
FORMATS = st.sampled_from(["General", "@", "0.0%", '#,##0 "$"', "[$€-407] #,##0", "yyyy-mm-dd"])

TYPED = st.one_of(
    st.tuples(st.just("s"), TEXTS),
    st.tuples(st.just("n"), NUMBERS),
    st.tuples(st.just("b"), st.booleans()),
    st.tuples(st.just("d"), st.datetimes().map(lambda moment: moment.isoformat(" ")) | st.dates().map(str)),
    st.tuples(st.just("t"), st.times().map(str) | st.timedeltas().map(str)),
    st.tuples(st.just("e"), st.sampled_from(["#REF!", "#N/A", "#DIV/0!"])),
    st.just(("blank", None)),
)


@st.composite
def cells(draw: st.DrawFn) -> RawCell:
    kind, value = draw(TYPED)
    formula = draw(st.none() | st.sampled_from(["A1+A2", "[1]Sheet!A1", ""]))
    return RawCell(7, 3, kind, value, formula, draw(st.booleans()), draw(FORMATS))


@given(st.sampled_from(FIELDS), cells())
def test_any_cell_gives_a_value_or_findings(spec: FieldSpec, cell: RawCell) -> None:
    parsed = read_value(spec, cell)
    assert (parsed.state == "bad") == any(
        catalogue()[issue.code].severity == "error" for issue in parsed.issues
    )
    for issue in parsed.issues:
        found = finding(
            issue.code, Place("Sheet", cell.ref, spec.key, spec.label), cell.text, issue.action, **issue.facts
        )
        assert found.message.startswith("Sheet Sheet, cell C7")
    if parsed.state == "value":
        assert parsed.value is not None
        assert is_storable(spec, parsed.value)
    else:
        assert parsed.value is None


def is_storable(spec: FieldSpec, value: Value) -> bool:
    if spec.kind == "amount":
        return type(value) is int and 0 <= value <= LARGEST_CENTS
    if spec.kind == "flag":
        return type(value) is bool
    if spec.kind == "choice":
        return value in codes(spec.vocabulary)
    if spec.kind == "date":
        return str(PartialDate.parse(str(value))) == value
    return isinstance(value, str) and 0 < len(value) <= spec.max_length


@st.composite
def stored(draw: st.DrawFn) -> tuple[FieldSpec, Value]:
    spec = draw(st.sampled_from(FIELDS))
    days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
    values: dict[str, st.SearchStrategy[Any]] = {
        "amount": st.integers(0, LARGEST_CENTS),
        "flag": st.booleans(),
        "choice": st.sampled_from(codes(spec.vocabulary) if spec.vocabulary else ("x",)),
        "date": st.tuples(days, st.sampled_from((4, 7, 10))).map(lambda pair: pair[0].isoformat()[: pair[1]]),
        "text": st.text(min_size=1, max_size=spec.max_length if spec.max_length < 2000 else 2000),
    }
    return spec, draw(values[spec.kind])


@given(stored())
def test_what_the_workbook_shows_is_read_back_as_it_was(pair: tuple[FieldSpec, Value]) -> None:
    spec, value = pair
    written = cell_content(spec, value)
    if isinstance(written, str):
        written = tidy_text(written)[0]
    if (not written and not isinstance(written, float)) or str(written).casefold() in ("clear", "effacer"):
        return
    cell = RawCell(1, 1, "n" if isinstance(written, float) else "s", written)
    assert read_value(spec, cell) == Parsed("value", comparable(spec, value))
    assert display(spec, value)


@given(st.text(max_size=30))
@example("1.234.56")
@example("( 5 )-")
def test_any_text_is_an_amount_or_a_problem(text: str) -> None:
    reading = read_amount(text)
    assert (reading.amount is None) == (reading.problem is not None)


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(
        [(",", "."), (".", ","), (" ", ","), ("\u202f", ","), ("'", "."), ("’", "."), ("", "."), ("", ",")]
    ),
    st.sampled_from(["{}", "EUR {}", "{} €", "-{}", "{}-", "({})", "−{}"]),
)
def test_an_amount_in_any_european_writing_is_never_misread(
    amount: Decimal, marks: tuple[str, str], frame: str
) -> None:
    grouping, mark = marks
    text = frame.format(f"{amount:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", grouping))
    reading = read_amount(text)
    sign = -1 if frame in ("-{}", "{}-", "({})", "−{}") else 1
    assert reading.amount == sign * amount


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(["/", ".", "-"]))
def test_a_date_is_read_right_or_asked_but_never_swapped(date: dt.date, mark: str) -> None:
    reading = read_date(f"{date.day:02}{mark}{date.month:02}{mark}{date.year}")
    assert reading.text == date.isoformat() or (
        reading.choices is not None and date.isoformat() in reading.choices
    )
    assert (reading.choices is None) == (date.day > 12 or date.day == date.month)
    assert read_date(date.isoformat()).text == date.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    reading = read_date(text)
    assert reading.text is None or str(PartialDate.parse(reading.text)) == reading.text


@given(st.none() | st.text(max_size=3), st.none() | st.text(max_size=3))
def test_comparing_a_value_with_itself_changes_nothing(value: str | None, now: str | None) -> None:
    parsed = Parsed("blank") if value is None else Parsed("value", value)
    assert outcome(value, parsed, now) == "keep"


@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
def test_any_bytes_are_refused_with_one_sentence(content: bytes) -> None:
    (found,) = preflight(content, default_limits())
    assert found.severity == "blocker"
    assert found.message.endswith(".")


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_addresses_there_and_back(column: int, row: int) -> None:
    assert column_number(column_letter(column)) == column
    assert position_of(cell_ref(row, column)) == (row, column)


def test_every_kind_of_field_is_covered() -> None:
    assert set(KINDS) == {"text", "date", "choice", "amount", "flag"}
    with pytest.raises(ValueError, match="not a cell address"):
        position_of("14F")
