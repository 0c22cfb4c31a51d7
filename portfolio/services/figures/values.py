"""Values of figures in words, and the formula of a sum with its numbers in it."""

from __future__ import annotations

from fractions import Fraction

from portfolio.dates import PartialDate
from portfolio.money import format_eur, format_share
from portfolio.numbers import counted, format_number, of_one
from portfolio.services.figures.breakdowns import Breakdown, Line, Unit, Value

NOT_KNOWN = "not known"
# A sum of more than these is said by their number: the table below it prints them all.
_WRITTEN_OUT = 5


def value_words(value: Value, unit: Unit, unknown: str = NOT_KNOWN) -> str:
    """A value as people read it, with its unit.

    >>> value_words(63_000_000, "eur"), value_words(Fraction(21, 40), "share"), value_words(41, "days")
    ('EUR 630,000', '52.5 %', '41 days')
    >>> value_words(Fraction(-3, 40), "points"), value_words(None, "eur"), value_words("2024-06", "date")
    ('-7.5 points', 'not known', 'June 2024')
    """
    if value is None:
        return unknown
    if isinstance(value, str):
        return PartialDate.parse(value).label if unit == "date" else value
    if unit in ("share", "points"):
        ratio = Fraction(value)
        percent = format_share(ratio.numerator, ratio.denominator)
        return percent if unit == "share" else _points(percent)
    return _whole(int(value), unit)


def headline(breakdown: Breakdown) -> str:
    """The value of a figure with its registered unit: "934 attendances", "EUR 49,010,000"."""
    words, value = value_words(breakdown.value, breakdown.unit), breakdown.value
    if value is None or breakdown.unit not in ("count", "millionths"):
        return words
    if breakdown.said:
        return breakdown.said
    unit = breakdown.figure.unit
    return f"{words} {of_one(unit) if words == '1' else unit}"


def _points(percent: str) -> str:
    number = percent.removesuffix(" %")
    return f"{number if number.startswith('-') or float(number) == 0 else '+' + number} points"


def _whole(value: int, unit: Unit) -> str:
    if unit == "eur":
        return format_eur(value)
    if unit == "days":
        return counted(value, "day")
    return format_number(value) if unit == "millionths" else f"{value:,}"


def arithmetic_of(breakdown: Breakdown) -> str:
    """The formula with its numbers: the builder's words, else the lines of a sum; "" where there is none."""
    if breakdown.arithmetic or not breakdown.is_sum:
        return breakdown.arithmetic
    known = [line for line in breakdown.lines if line.value is not None]
    if not known or breakdown.unit == "count":
        return ""
    whole = value_words(breakdown.value, breakdown.unit)
    if len(known) > _WRITTEN_OUT:
        return f"{len(known)} known lines, added up = {whole}"
    return f"{_summands(known, breakdown.unit)} = {whole}" if len(known) > 1 else whole


def _summands(lines: list[Line], unit: Unit) -> str:
    words = value_words(lines[0].value, unit)
    for line in lines[1:]:
        text = value_words(line.value, unit)
        words += f" - {text[1:]}" if text.startswith("-") else f" + {text}"
    return words
