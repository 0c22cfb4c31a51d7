"""Dates as people write them, kept as exact as they were written and never guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from portfolio.dates import MONTHS

FIRST_YEAR, LAST_YEAR = 1990, 2100
_FRENCH = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH_OF = {
    name: number
    for names in (tuple(month.casefold() for month in MONTHS), _FRENCH)
    for number, name in enumerate(names, 1)
}
_SEPARATOR = r"\s*[-/.\s]\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}}))?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_THREE_PARTS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er)?\.?\s+)?([a-z]+)\.?,?\s+(\d{4})")


@dataclass(frozen=True)
class DateReading:
    """What a text says: a reduced ISO date, or the two that it can mean, or (neither) no date.

    `nearest` is what may have been meant where the day does not exist or the year has two digits.
    """

    text: str | None = None
    choices: tuple[str, str] | None = None
    nearest: str | None = None


def read_date(text: str) -> DateReading:
    """The date that `text` says.

    >>> read_date("18 June 2024").text, read_date("18/06/2024").text, read_date("05/06/2024").choices
    ('2024-06-18', '2024-06-18', ('2024-06-05', '2024-05-06'))
    """
    cleaned = _plain(text)
    if match := _YEAR_FIRST.fullmatch(cleaned):
        return _reading(int(match[1]), *(int(part) if part else None for part in (match[2], match[3])))
    if match := _MONTH_YEAR.fullmatch(cleaned):
        return _reading(int(match[2]), int(match[1]))
    if match := _THREE_PARTS.fullmatch(cleaned):
        return _year_last(int(match[1]), int(match[2]), match[3])
    match = _WORDS.fullmatch(cleaned)
    if match is not None and match[2] in _MONTH_OF:
        return _reading(int(match[3]), _MONTH_OF[match[2]], int(match[1]) if match[1] else None)
    return DateReading()


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().strip())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _year_last(first: int, second: int, year: str) -> DateReading:
    full = int(year) if len(year) == 4 else 2000 + int(year)
    day_first, month_first = _reading(full, second, first), _reading(full, first, second)
    if day_first.text and month_first.text and day_first.text != month_first.text:
        return DateReading(choices=(day_first.text, month_first.text))
    if len(year) == 2:
        return DateReading(nearest=day_first.text or month_first.text)
    # Neither order gives a day that exists: the European one says which month was meant.
    return day_first if day_first.text or not month_first.text else month_first


def _reading(year: int, month: int | None = None, day: int | None = None) -> DateReading:
    try:
        dt.date(year, month or 1, 1)
    except ValueError:
        return DateReading()
    if month is None or month == 0:
        return DateReading(f"{year:04}" if month is None else None)
    if day is None:
        return DateReading(f"{year:04}-{month:02}")
    last = calendar.monthrange(year, month)[1]
    if 1 <= day <= last:
        return DateReading(f"{year:04}-{month:02}-{day:02}")
    return DateReading(nearest=f"{year:04}-{month:02}-{last:02}" if day > last else None)


def date_of_serial(serial: float) -> str | None:
    """The day that a number means to Excel (1900 system), None where it is no plausible one."""
    if not 32_874 <= serial < 73_416:  # 1990 to 2100
        return None
    return (dt.date(1899, 12, 30) + dt.timedelta(days=int(serial))).isoformat()
