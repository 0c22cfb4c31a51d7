"""Dates in cells: texts by their column's order of day and month, real dates, and bare numbers."""

from __future__ import annotations

from portfolio.findings import Offer
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.column_readings import TYPED_HERE, ColumnReading
from portfolio.progress_reports.values.entered_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    DateReading,
    date_of_serial,
    exchanged,
    read_date,
)
from portfolio.progress_reports.values.entered_numbers import waiting
from portfolio.progress_reports.values.number_formats import shown_part_of_date
from portfolio.progress_reports.values.parsed import Issue, Parsed, bad, good, replacements

_ORDERS = (("day-first", "Day first"), ("month-first", "Month first"))
_SERIAL_DIGITS = 5


def read_date_cell(cell: RawCell, reading: ColumnReading) -> Parsed:
    """A reduced ISO date."""
    if cell.type == "d":
        return _real_date(cell, reading)
    if cell.type == "n" and isinstance(cell.value, (int, float)):
        return _number(cell.value)
    if cell.type == "t" and cell.text.startswith(("0:00:00", "00:00:00")):
        return out_of_range()  # day 0 of Excel's calendar
    if cell.type != "s":
        return bad("DATE_UNREADABLE", why="")
    text = cell.text.strip()
    if len(text) == _SERIAL_DIGITS and text.isdigit() and date_of_serial(int(text)):
        return _number(int(text))
    return _text(cell, read_date(text), reading)


def _text(cell: RawCell, written: DateReading, reading: ColumnReading) -> Parsed:
    is_typed_here = cell.number_format == TYPED_HERE
    if not is_typed_here and written.order and reading.usual_order and written.order != reading.usual_order:
        return bad(
            "DATE_MIXED",
            None,
            replacements((written.text,) if written.text else ()),
            usual=reading.usual_order,
        )
    settled = written if is_typed_here else reading.date(written)
    if settled.choices is not None:
        return _ask_order(settled.choices, reading, is_typed_here)
    if settled.text is None:
        return _unreadable(settled)
    is_clean = settled.text == cell.text.strip()
    # Which of the two dates it is was told by the column alone, and that is said.
    is_told = written.choices is not None and not reading.answers
    why = f", {reading.date_order} like the others of the column" if is_told else ""
    return _in_range(settled.text, is_clean=is_clean, is_short=settled.is_short, why=why)


def _ask_order(choices: tuple[str, str], reading: ColumnReading, is_typed_here: bool) -> Parsed:
    first, second = choices
    offers = replacements(choices) if is_typed_here else _orders_of_column(choices, reading)
    return bad(
        "DATE_AMBIGUOUS",
        f"Write {first} or {second}.",
        offers,
        first=first,
        second=second,
        why=waiting(reading),
    )


def _orders_of_column(choices: tuple[str, str], reading: ColumnReading) -> tuple[Offer, ...]:
    """The two ways to read the whole column, each with what its first cells would be."""
    offers = []
    for number, (code, words) in enumerate(_ORDERS):
        samples = [(text, read_date(text).choices) for text in reading.samples]
        shown = "; ".join(f"{text.strip()} is {found[number]}" for text, found in samples if found)
        offers.append(Offer("column", code, f"{words}: {shown or choices[number]}"))
    return tuple(offers)


def _unreadable(written: DateReading) -> Parsed:
    why = f" but {written.period}" if written.period else ""
    offers = replacements(written.meant)
    if not written.meant:
        return bad("DATE_UNREADABLE", None, offers, why=why)
    meant = (
        written.meant[0]
        if len(written.meant) == 1
        else ", ".join(written.meant[:-1]) + f" or {written.meant[-1]}"
    )
    return bad(
        "DATE_UNREADABLE", f"Write it as {meant}, or leave it empty if it is not known.", offers, why=why
    )


def _real_date(cell: RawCell, reading: ColumnReading) -> Parsed:
    day = cell.text[:10]
    parsed = _in_range(day, is_clean=True)
    shown = day[: shown_part_of_date(cell.number_format)]
    if parsed.state == "value" and shown != day:
        return parsed.noting(
            Issue(
                "DATE_DAY_HIDDEN",
                f"Write {shown} if no more is known.",
                {"shown": shown, "held": day},
                replacements((shown,)),
            )
        )
    other = exchanged(day) if reading.may_be_exchanged else None
    if other is None or parsed.state != "value":
        return parsed
    return parsed.noting(exchange_issue(day, other))


def exchange_issue(day: str, other: str) -> Issue:
    """The doubt whether Excel has taken day and month for each other when the date was typed."""
    return Issue("DATE_SUSPECT", None, {"read": day, "other": other}, replacements((other,)))


def _number(number: int | float) -> Parsed:
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        return good(str(int(number)))
    meant = date_of_serial(number) or _digits_of_date(number)
    if meant is None:
        return out_of_range()
    return bad("DATE_IS_NUMBER", f"Write {meant} if that is meant.", replacements((meant,)), read=meant)


def _digits_of_date(number: int | float) -> str | None:
    """The day or month that the digits of a number spell: 20260618, or 2026.06 with a point for a dash."""
    digits = f"{number:.15g}"
    year, _, month = digits.partition(".")
    if len(month) == 2 and FIRST_YEAR <= number < LAST_YEAR + 1:
        return read_date(f"{year}-{month}").text
    return next(iter(read_date(digits).meant), None) if len(digits) == 8 and digits.isdigit() else None


def _in_range(text: str, *, is_clean: bool, is_short: bool = False, why: str = "") -> Parsed:
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return out_of_range()
    if is_short:
        return good(text, "DATE_SHORT_YEAR", read=text)
    return good(text) if is_clean else good(text, "DATE_CLEANED", read=text, why=why)


def out_of_range() -> Parsed:
    """A date that no project can have."""
    return bad("DATE_OUT_OF_RANGE", first=FIRST_YEAR, last=LAST_YEAR)
