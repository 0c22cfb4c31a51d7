"""Dates as people write them, kept as exact as they were written and never guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from portfolio.progress_reports.values.date_words import MONTH_OF, period_in, without_fillers

DateOrder = Literal["day-first", "month-first"]
FIRST_YEAR, LAST_YEAR = 1990, 2100
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_415  # 1990-01-01 and 2100-12-31
_SEPARATOR = r"\s*[-/.\s]\s*"
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}}))?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_THREE_PARTS = re.compile(rf"(\d{{1,2}})({_SEPARATOR})(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
_EIGHT_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_TIME = re.compile(r"[t ]\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:z|[+-]\d{2}:?\d{2})?$")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|e|\.)?")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class DateReading:
    """What a text says: a reduced ISO date, or the two that it can mean, or (neither) no date.

    `choices` are the date with the day first and with the month first; `order` is the one that the text
    proves. `meant` is what may have been meant where nothing can be read. `is_short` is a year of two
    digits, `mark` the sign between day, month and year, `period` names what was written instead of a date:
    "a quarter".
    """

    text: str | None = None
    choices: tuple[str, str] | None = None
    order: DateOrder | None = None
    meant: tuple[str, ...] = ()
    is_short: bool = False
    mark: str = ""
    period: str = ""

    def settled(self, order: DateOrder | None) -> DateReading:
        """The same where the order of day and month in the column is known."""
        if self.choices is None or order is None:
            return self
        return DateReading(self.choices[order == "month-first"], is_short=self.is_short, mark=self.mark)


_NO_DATE = DateReading()


def read_date(text: str) -> DateReading:
    """The date that `text` says.

    >>> read_date("18 June 2024").text, read_date("18/06/2024").text, read_date("05/06/2024").choices
    ('2024-06-18', '2024-06-18', ('2024-06-05', '2024-05-06'))
    """
    if match := _ISO.fullmatch(text):
        return _reading(int(match[1]), *(int(part) for part in match.groups()[1:] if part))
    cleaned = _TIME.sub("", _plain(text))
    if match := _YEAR_FIRST.fullmatch(cleaned):
        month, day = (int(part) if part else None for part in match.groups()[1:])
        return _year_first(int(match[1]), month, day)
    if match := _MONTH_YEAR.fullmatch(cleaned):
        return _reading(int(match[2]), int(match[1]))
    if match := _THREE_PARTS.fullmatch(cleaned):
        mark = match[2].strip()
        return replace(_year_last(int(match[1]), int(match[3]), match[4], mark == "-"), mark=mark)
    if match := _EIGHT_DIGITS.fullmatch(cleaned):
        date = _reading(*map(int, match.groups())).text
        return DateReading(meant=(date,) if date else ())
    words = without_fillers(cleaned)
    reading = _in_words(words)
    return reading if reading.text or reading.meant else _vague(words)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().strip())
    kept = (letter for letter in letters if not unicodedata.combining(letter) and letter not in _INVISIBLE)
    return " ".join("".join(kept).translate({0x2013: "-", 0x2011: "-", 0x2010: "-"}).split())


def _year_first(year: int, month: int | None, day: int | None) -> DateReading:
    reading = _reading(year, month, day)
    if reading.text is None and not reading.meant and day is not None:
        # 2024/18/06: a year, and then day and month.
        exchanged = _reading(year, day, month).text
        return DateReading(meant=(exchanged,) if exchanged else (str(year),))
    return reading if reading.text or reading.meant or not month else DateReading(meant=(str(year),))


def _year_last(first: int, second: int, year: str, is_dashed: bool) -> DateReading:
    is_short = len(year) == 2
    full = _full_year(int(year)) if is_short else int(year)
    day_first, month_first = _reading(full, second, first), _reading(full, first, second)
    if is_short and is_dashed:
        # 26-03-04 is written with the year in front as well.
        every = (day_first.text, month_first.text, _reading(_full_year(first), second, int(year)).text)
        return DateReading(meant=tuple(dict.fromkeys(date for date in every if date)))
    if day_first.text and month_first.text and day_first.text != month_first.text:
        return DateReading(choices=(day_first.text, month_first.text), is_short=is_short)
    if day_first.text == month_first.text:
        return replace(day_first, is_short=is_short)
    # Where neither order gives a day that exists, the European one says which month was meant.
    if day_first.text or not month_first.text:
        return replace(day_first, order="day-first" if day_first.text else None, is_short=is_short)
    return replace(month_first, order="month-first", is_short=is_short)


def _full_year(year: int) -> int:
    return year + (1900 if year >= FIRST_YEAR - 1900 else 2000)


def _in_words(text: str) -> DateReading:
    """A month in letters with a year, and perhaps a day before or after it."""
    parts = re.split(r"[\s,./-]+", text.strip(" ,.-/"))
    months = [MONTH_OF[part] for part in parts if part in MONTH_OF]
    numbers = [match[1] for part in parts if (match := _ORDINAL.fullmatch(part))]
    years = [part for part in parts if re.fullmatch(r"\d{4}", part)]
    if len(months) != 1 or len(months) + len(numbers) + len(years) != len(parts):
        return _NO_DATE
    if len(years) == 1 and len(numbers) <= 1:
        return _reading(int(years[0]), months[0], int(numbers[0]) if numbers else None)
    if not years and len(numbers) == 2:
        return replace(_reading(_full_year(int(numbers[1])), months[0], int(numbers[0])), is_short=True)
    if not years and len(numbers) == 1:
        # Jun-24 is a month of 2024 or a day of June.
        return DateReading(meant=(f"{_full_year(int(numbers[0]))}-{months[0]:02}",))
    return _NO_DATE


def _vague(text: str) -> DateReading:
    """No date; the quarter or half-year that is named, or the one year and month that the words hold."""
    period = period_in(text)
    if period is not None:
        year, first, last, what = period
        return DateReading(meant=(f"{year}-{last:02}", f"{year}-{first:02}", year), period=what)
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return _NO_DATE
    year = years.pop()
    months = {MONTH_OF[word] for word in re.findall(r"[a-z]+", text) if word in MONTH_OF}
    return DateReading(meant=(f"{year}-{months.pop():02}" if len(months) == 1 else year,))


def _reading(year: int, month: int | None = None, day: int | None = None) -> DateReading:
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return _NO_DATE
    if month is None:
        return DateReading(f"{year:04}")
    if day is None:
        return DateReading(f"{year:04}-{month:02}")
    last = calendar.monthrange(year, month)[1]
    if 1 <= day <= last:
        return DateReading(f"{year:04}-{month:02}-{day:02}")
    return DateReading(meant=(f"{year:04}-{month:02}-{last:02}",) if last < day <= 31 else ())


def date_of_serial(serial: float) -> str | None:
    """The day that a number means to Excel (1900 system), None where it is no plausible one."""
    if not _FIRST_SERIAL <= serial < _LAST_SERIAL + 1:
        return None
    return (dt.date(1899, 12, 30) + dt.timedelta(days=int(serial))).isoformat()


def exchanged(date: str) -> str | None:
    """The day that `date` would be with day and month exchanged, None where that is none or the same.

    >>> exchanged("2026-04-03"), exchanged("2026-04-13"), exchanged("2026-04")
    ('2026-03-04', None, None)
    """
    if len(date) != 10 or date[5:7] == date[8:10] or date[8:10] > "12":
        return None
    return f"{date[:4]}-{date[8:10]}-{date[5:7]}"
