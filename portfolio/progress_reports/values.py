"""What a field's value looks like in a cell, and what a cell's content says for a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Literal

from portfolio.model.changes import Value
from portfolio.money import format_eur
from portfolio.progress_reports.amounts import read_amount
from portfolio.progress_reports.cells import RawCell
from portfolio.progress_reports.choices import read_choice
from portfolio.progress_reports.columns import ERASING_WORDS, FieldSpec
from portfolio.progress_reports.entered_dates import FIRST_YEAR, LAST_YEAR, date_of_serial, read_date
from portfolio.vocabulary import label, labels

LARGEST_CENTS = 100_000_000_000_000
_PLACEHOLDERS = frozenset(
    (
        "-", "--", "–", "—", "?", ".", "n/a", "na", "n.a.", "n.a", "nk", "nd", "n.d.", "tbd", "tbc", "s.o.",
        "unknown", "not known", "pending",
    )
)  # fmt: skip
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_OTHER_CURRENCY = re.compile(r"\[\$([^\-\]€]+)|\"(\$|£|USD|GBP|CHF)\"|^\s*([$£])")
# What a stored value is divided by to stand in a cell: a percentage of 12.5 points is 0.125 there.
_SHOWN_OVER = {"number": 1_000_000, "percent": 100_000_000, "count": 1}
_NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Issue:
    """A finding that has no place yet: its code, a closer remedy, and the facts of its sentence."""

    code: str
    action: str | None = None
    facts: Mapping[str, object] = field(default_factory=lambda: _NO_FACTS)


@dataclass(frozen=True)
class Parsed:
    """What a cell says for a field: nothing, a value, that it is to be erased, or something unreadable."""

    state: Literal["blank", "value", "clear", "bad"]
    value: Value = None
    issues: tuple[Issue, ...] = ()


BLANK = Parsed("blank")


def _bad(code: str, action: str | None = None, **facts: object) -> Parsed:
    return Parsed("bad", None, (Issue(code, action, facts),))


def _good(value: Value, code: str | None = None, **facts: object) -> Parsed:
    return Parsed("value", value, () if code is None else (Issue(code, None, facts),))


def cell_content(spec: FieldSpec, value: Value) -> str | float | None:
    """What the workbook shows for a stored value: a label, an amount in euro, a text; None for unknown."""
    if value is None:
        return None
    if spec.kind == "amount" and isinstance(value, int):
        return value / 100
    if spec.kind == "choice":
        return label(spec.vocabulary, str(value))
    if spec.kind == "flag":
        return "yes" if value else "no"
    if spec.kind in _SHOWN_OVER and isinstance(value, int):
        whole, part = divmod(value, _SHOWN_OVER[spec.kind])
        return value / _SHOWN_OVER[spec.kind] if part else whole
    return str(value)


def display(spec: FieldSpec, value: Value) -> str:
    """A stored value as a sentence quotes it."""
    if value is None:
        return "empty"
    if spec.kind == "amount" and isinstance(value, int):
        return format_eur(value)
    return str(cell_content(spec, value))


def comparable(spec: FieldSpec, value: Value) -> Value:
    """`value` in the form in which two values of a field are compared."""
    return tidy_text(value)[0] or None if spec.kind == "text" and isinstance(value, str) else value


def tidy_text(text: str) -> tuple[str, bool]:
    """A text without escapes, control characters and outer spaces, and whether any were dropped."""
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    lines = decoded.replace("\r\n", "\n").replace("\r", "\n")
    kept = _CONTROL.sub("", "".join(sign for sign in lines if not 0xD800 <= ord(sign) <= 0xDFFF))
    return kept.strip(), kept != lines


def read_value(spec: FieldSpec, cell: RawCell | None) -> Parsed:
    """What `cell` says for a field."""
    if cell is None or cell.is_blank:
        return BLANK
    if cell.type == "e":
        return _bad("CELL_EXCEL_ERROR")
    if cell.formula is not None and not cell.is_calculated:
        return _bad("FORMULA_NOT_CALCULATED")
    if cell.type == "s" and cell.text.strip().casefold() in ERASING_WORDS:
        return Parsed("clear")
    if spec.kind != "text" and cell.text.strip().casefold() in _PLACEHOLDERS:
        return Parsed("blank", None, (Issue("CELL_PLACEHOLDER"),))
    parsed = _READERS[spec.kind](spec, cell)
    if cell.formula is not None and "[" in cell.formula:
        parsed = Parsed(parsed.state, parsed.value, (*parsed.issues, Issue("FORMULA_EXTERNAL")))
    return parsed


def _read_text(spec: FieldSpec, cell: RawCell) -> Parsed:
    text, dropped = tidy_text(cell.text)
    if not text:
        return BLANK
    if len(text) > spec.max_length:
        return _bad("CELL_TOO_LONG", length=f"{len(text):,}", limit=f"{spec.max_length:,}")
    return _good(text, "CELL_CONTROL_CHARS" if dropped else None)


def _read_date(spec: FieldSpec, cell: RawCell) -> Parsed:
    if cell.type == "d":
        return _in_range(cell.text[:10], is_clean=True)
    if cell.type == "n" and isinstance(cell.value, (int, float)):
        return _read_number_as_date(cell.value)
    if cell.type != "s":
        return _bad("DATE_UNREADABLE")
    reading = read_date(cell.text)
    if reading.choices is not None:
        first, second = reading.choices
        return _bad("DATE_AMBIGUOUS", f"Write {first} or {second}.", first=first, second=second)
    if reading.text is None:
        nearest = reading.nearest
        return _bad(
            "DATE_UNREADABLE", nearest and f"Write it as {nearest}, or leave it empty if it is not known."
        )
    return _in_range(reading.text, is_clean=reading.text == cell.text.strip())


def _read_number_as_date(number: int | float) -> Parsed:
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        return _good(str(int(number)))
    meant = date_of_serial(number)
    if meant is None:
        return _bad("DATE_UNREADABLE")
    return _bad("DATE_IS_NUMBER", f"Write {meant} if that is meant.", read=meant)


def _in_range(text: str, *, is_clean: bool) -> Parsed:
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return _bad("DATE_OUT_OF_RANGE", first=FIRST_YEAR, last=LAST_YEAR)
    return _good(text) if is_clean else _good(text, "DATE_CLEANED", read=text)


def _read_choice(spec: FieldSpec, cell: RawCell) -> Parsed:
    reading = read_choice(spec.vocabulary, cell.text)
    names = labels(spec.vocabulary)
    if reading.code is None:
        meant = f"Did you mean {' or '.join(reading.near)}? " if reading.near else ""
        return _bad("LIST_UNKNOWN", f"{meant}Choose one of: {', '.join(names.values())}.")
    written = names[reading.code]
    return _good(reading.code) if cell.text == written else _good(reading.code, "LIST_CLEANED", read=written)


def _read_amount(spec: FieldSpec, cell: RawCell) -> Parsed:
    if cell.type == "n":
        currency = _OTHER_CURRENCY.search(cell.number_format)
        if currency is not None:
            return _bad("CURRENCY_MISMATCH", found=next(part for part in currency.groups() if part))
        return (
            _amount(_decimal_of(cell), is_number=True)
            if "%" not in cell.number_format
            else _bad("NUM_UNREADABLE", _PERCENT_ACTION)
        )
    if cell.type != "s":
        return _bad("NUM_UNREADABLE")
    reading = read_amount(cell.text)
    if reading.problem == "other-currency":
        return _bad("CURRENCY_MISMATCH", found=reading.currency)
    if reading.choices is not None:
        first, second = reading.choices
        return _bad("NUM_AMBIGUOUS", first=f"{first:,}", second=f"{second:,}")
    return _bad("NUM_UNREADABLE") if reading.amount is None else _amount(reading.amount, is_number=False)


def _decimal_of(cell: RawCell) -> Decimal:
    # Excel itself shows 15 digits; what follows is the noise of binary fractions.
    return Decimal(f"{cell.value:.15g}") if isinstance(cell.value, float) else Decimal(str(cell.value))


def _amount(amount: Decimal, *, is_number: bool) -> Parsed:
    if not amount.is_finite() or abs(amount) * 100 > LARGEST_CENTS:
        return _bad("NUM_OUT_OF_RANGE", why="larger than any budget")
    if amount < 0:
        return _bad("NUM_OUT_OF_RANGE", why="below 0")
    cents = int((amount * 100).to_integral_value(ROUND_HALF_UP))
    if amount * 100 != cents:
        return _good(cents, "NUM_SCALE", read=format_eur(cents))
    return _good(cents) if is_number else _good(cents, "NUM_CLEANED", read=format_eur(cents))


def _read_flag(spec: FieldSpec, cell: RawCell) -> Parsed:
    known = {"yes": True, "true": True, "oui": True, "no": False, "false": False, "non": False}
    answer = known.get(cell.text.strip().casefold())
    return _bad("LIST_UNKNOWN", "Choose one of: yes, no.") if answer is None else _good(answer)


_PERCENT_ACTION = (
    "The cell is formatted as a percentage. Give it the format Number and type the amount in EUR."
)
_READERS: dict[str, Callable[[FieldSpec, RawCell], Parsed]] = {
    "text": _read_text,
    "date": _read_date,
    "choice": _read_choice,
    "amount": _read_amount,
    "flag": _read_flag,
}
