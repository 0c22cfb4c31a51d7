"""Columns of any content give values or findings; what people write is read right or asked, never misread."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.dates import MONTHS, HalfYear, PartialDate
from portfolio.progress_reports.catalogue import Place, catalogue, finding
from portfolio.progress_reports.fields.columns import FieldSpec, Kind
from portfolio.progress_reports.fields.sheets import sheets_of
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.column_readings import TYPED_HERE, column_reading
from portfolio.progress_reports.values.stated_numbers import LARGEST_CENTS, LARGEST_MILLIONTHS
from portfolio.progress_reports.values.values import (
    Parsed,
    cell_content,
    comparable,
    read_value,
)
from portfolio.vocabulary import labels

NAMES = {"p/indicator-1": "Alerts answered within an hour", "p/indicator-2": "Staff", "GEO": "Georgia"}
TABLES = ("project", "milestones", "money", "received", "indicators", "trainings", "risks")
ROWS: dict[str, Any] = {key: {} for key in TABLES} | {"indicators": {"p/indicator-1": {"unit": "%"}}}
SHEETS = sheets_of(HalfYear(2026, 1), ("2025-S2",), ROWS)
OWN = (FieldSpec("ratio", "Ratio", "percent", "input", 10), FieldSpec("sum", "Sum", "number", "input", 10))
FIELDS = (*(field for sheet in SHEETS for field in sheet.all_fields), *OWN)
ANSWERS = (
    "decimal-comma", "decimal-point", "day-first", "month-first", "percent-hundred", "percent-one", "times-1",
    "times-1000", "times-1000000", "nonsense",
)  # fmt: skip
WRITTEN = (
    "CLEAR", "-", "n/a", "1.234", "1,5", "12 k€", "31/02/2026", "03/04/26", "Q1 2026", "=1+1", "_x000B_",
    "12,5 %", "#REF!", "yes", "Done ", "Delyed", "REMOVE", "46500", "20260618", "(500)", "٣٤", "½", "１２",
    "\ud800",
)  # fmt: skip
FORMATS = (
    "General", "@", "0.0%", '#,##0 "$"', "[$€-407] #,##0", "yyyy-mm-dd", "#,##0,", '#,##0 "k€"', "0.00E+00",
    ";;;", TYPED_HERE,
)  # fmt: skip
VALUES: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("s"), st.text(max_size=20) | st.sampled_from(WRITTEN)),
    st.tuples(
        st.just("n"), st.integers() | st.floats() | st.sampled_from((0, 0.5, 1, 60, 2026, 46_500, -1, 1e300))
    ),
    st.tuples(st.just("b"), st.booleans()),
    st.tuples(st.just("d"), st.dates().map(str) | st.datetimes().map(str)),
    st.tuples(st.just("t"), st.sampled_from(("00:00:00", "10:30:00", "-1 day, 0:00:00"))),
    st.tuples(st.just("e"), st.sampled_from(("#REF!", "#N/A"))),
    st.just(("blank", None)),
)


@st.composite
def cells(draw: st.DrawFn) -> RawCell:
    kind, value = draw(VALUES)
    formula = draw(st.none() | st.sampled_from(("A1+A2", "[1]Sheet!A1")))
    return RawCell(7, 3, kind, value, formula, draw(st.booleans()), draw(st.sampled_from(FORMATS)))  # type: ignore[arg-type]


def names_of(spec: FieldSpec) -> dict[str, str] | None:
    """The labels of a list of the project; those of a vocabulary are known."""
    return NAMES if spec.kind == "choice" and spec.vocabulary.startswith("own_") else None


@given(st.sampled_from(FIELDS), st.lists(cells(), max_size=6), st.none() | st.sampled_from(ANSWERS))
def test_any_column_gives_values_or_findings(
    spec: FieldSpec, column: list[RawCell], answer: str | None
) -> None:
    reading = column_reading(spec, column, answer)
    for cell in column:
        parsed = read_value(spec, cell, names_of(spec), reading)
        errors = [issue for issue in parsed.issues if catalogue()[issue.code].severity == "error"]
        assert (parsed.state == "bad") == bool(errors)
        for issue in parsed.issues:
            place = Place("Sheet", cell.ref, spec.key, spec.label)
            assert finding(issue.code, place, cell.text, issue.action, **issue.facts).message.endswith(".")
            assert all(offer.value and offer.label for offer in issue.offers)
        assert is_storable(spec, parsed)


def is_storable(spec: FieldSpec, parsed: Parsed) -> bool:
    """Whether a value has the form in which its kind is kept."""
    value = parsed.value
    if parsed.state != "value":
        return value is None
    if spec.kind in ("amount", "number", "percent", "count"):
        largest = LARGEST_CENTS if spec.kind == "amount" else LARGEST_MILLIONTHS
        least = -largest if spec.minimum is None else spec.minimum
        return type(value) is int and least <= value <= min(spec.maximum or largest, largest)
    if spec.kind == "flag":
        return type(value) is bool
    if spec.kind == "choice":
        return value in (names_of(spec) or labels(spec.vocabulary))
    if spec.kind == "date":
        return str(PartialDate.parse(str(value))) == value
    return isinstance(value, str) and 0 < len(value) <= spec.max_length


KEPT: dict[Kind, st.SearchStrategy[Any]] = {
    "amount": st.integers(0, LARGEST_CENTS),
    "number": st.integers(0, LARGEST_MILLIONTHS),
    "percent": st.integers(0, 1_000_000_000),
    "count": st.integers(0, 1_000_000),
    "flag": st.booleans(),
    "date": st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)).map(str),
}


@given(st.sampled_from(sorted(KEPT)).flatmap(lambda kind: st.tuples(st.just(kind), KEPT[kind])))
@example(("percent", 12_500_000))
@example(("number", 333_333))
def test_what_a_cell_shows_of_a_value_is_read_back_as_it_was(kept: tuple[Kind, Any]) -> None:
    kind, value = kept
    spec = FieldSpec("field", "Field", kind, "input", 10)
    shown = cell_content(spec, value)
    number_format = "0.0##%" if kind == "percent" else "@" if isinstance(shown, str) else "General"
    cell = RawCell(7, 3, "s" if isinstance(shown, str) else "n", shown, None, True, number_format)
    parsed = read_value(spec, cell)
    assert (parsed.state, parsed.value) == ("value", comparable(spec, value))
    assert {issue.code for issue in parsed.issues} <= {"FORMAT_ROUNDED"}


LOCALES = {
    "en": (",", ".", "{}"), "de": (".", ",", "{} €"), "fr": ("\u202f", ",", "{}\u00a0€"),
    "ch": ("’", ".", "EUR {}"), "sv": ("\u00a0", ",", "{}"), "pl": (" ", ",", "EUR {}"),
    "bare": ("", ",", "{}"),
}  # fmt: skip


def formatted(amount: Decimal, locale: str, decimals: int) -> str:
    """An amount as people of a locale write it."""
    grouping, mark, frame = LOCALES[locale]
    text = f"{amount:,.{decimals}f}".replace(",", "\0").replace(".", mark).replace("\0", grouping)
    return frame.format(text)


@given(
    st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=6),
    st.sampled_from(sorted(LOCALES)),
    st.sampled_from((0, 1, 2)),
)
def test_a_column_of_any_locale_is_read_right_or_asked(
    amounts: list[Decimal], locale: str, decimals: int
) -> None:
    spec = FieldSpec("field", "Field", "amount", "input", 10)
    written = [round(amount, decimals) for amount in amounts]
    column = [RawCell(7, 3, "s", formatted(amount, locale, decimals)) for amount in written]
    reading = column_reading(spec, column)
    for amount, cell in zip(written, column, strict=True):
        parsed = read_value(spec, cell, reading=reading)
        if parsed.state == "bad":
            assert [issue.code for issue in parsed.issues] == ["NUM_AMBIGUOUS"]
            assert decimals == 0
            mark = "decimal-point" if LOCALES[locale][1] == "." else "decimal-comma"
            parsed = read_value(spec, cell, reading=column_reading(spec, column, mark))
        assert parsed.value == int(amount * 100)


FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WRITINGS = {
    "day": ("{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d:02}-{m:02}-{y}"), "month": ("{m:02}/{d:02}/{y}",),
    "none": (
        "{y}/{m}/{d}", "{d} {en} {y}", "{en} {d}, {y}", "{d} {fr} {y}", "{d}. {fr} {y}", "{y}-{m:02}-{d:02}",
    ),
}  # fmt: skip
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


def written(day: dt.date, text: str) -> str:
    """A day in a way of writing."""
    month = day.month - 1
    return text.format(y=day.year, m=day.month, d=day.day, en=MONTHS[month], fr=FRENCH[month])


@given(
    st.lists(DAYS, min_size=1, max_size=6),
    st.sampled_from([(order, text) for order, texts in WRITINGS.items() for text in texts]),
)
def test_a_column_of_dates_is_read_right_or_asked(days: list[dt.date], writing: tuple[str, str]) -> None:
    order, text = writing
    spec = FieldSpec("field", "Field", "date", "input", 10)
    column = [RawCell(7, 3, "s", written(day, text)) for day in days]
    reading = column_reading(spec, column)
    for day, cell in zip(days, column, strict=True):
        parsed = read_value(spec, cell, reading=reading)
        if parsed.state == "bad":
            assert [issue.code for issue in parsed.issues] == ["DATE_AMBIGUOUS"]
            assert all(other.day <= 12 for other in days)
            parsed = read_value(spec, cell, reading=column_reading(spec, column, f"{order}-first"))
        assert parsed.value == day.isoformat()
