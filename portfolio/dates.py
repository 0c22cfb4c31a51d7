"""The one clock, and dates that keep the precision in which they were published.

A reduced date ("2024", "2024-06") stands for its whole interval; it is never turned into a day.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, total_ordering

from portfolio.errors import UsageProblem

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


# The day by which what is asked is judged, where that is not the present one.
_STANDING: ContextVar[dt.date | None] = ContextVar("standing", default=None)


@contextmanager
def standing_on(day: dt.date | None) -> Iterator[None]:
    """Inside the block `today` is this day; None leaves it as it is."""
    token = _STANDING.set(day or _STANDING.get())
    try:
        yield
    finally:
        _STANDING.reset(token)


def today() -> dt.date:
    """The day that is stood on, else the one set by PORTFOLIO_TODAY (ISO 8601), else the current date.

    Whatever asks for a moment that has passed stands on its day (`standing_on`), so that the same question
    has the same answer later. PORTFOLIO_TODAY is for tests and demonstrations.

    Raises: UsageProblem if that is not a date.
    """
    return _STANDING.get() or _present_day()


def _present_day() -> dt.date:
    fixed = os.environ.get("PORTFOLIO_TODAY")
    if not fixed:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(fixed)
    except ValueError:
        said = f"PORTFOLIO_TODAY is '{fixed}', which is not a day. Write it as 2026-06-30."
        raise UsageProblem(said) from None


def now_utc() -> dt.datetime:
    """The current moment in UTC, to the second; on the day that PORTFOLIO_TODAY names, if it is set."""
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if "PORTFOLIO_TODAY" not in os.environ:
        return moment
    return dt.datetime.combine(_present_day(), moment.time(), dt.UTC)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day, as published.

    Ordering is by first day, then by precision (the year before its January before 1 January), for sorting
    only; whether one date lies before another is asked through `first` and `last`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    @lru_cache(maxsize=20_000)
    def parse(cls, text: str) -> PartialDate:
        """The date that ISO 8601 `text` holds ("2024", "2024-06" or "2024-06-18").

        Raises: ValueError if the text has another shape or names no real date.
        """
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise ValueError(f"'{text}' is not a date. Write it as 2024, 2024-06 or 2024-06-18.")
        year, month, day = (int(part or 0) for part in match.groups())
        dt.date(year, month or 1, day or 1)
        return cls(year, month or None, day or None)

    @classmethod
    def of(cls, text: str | None) -> PartialDate | None:
        """The date that `text` holds, or None for None."""
        return None if text is None else cls.parse(text)

    @property
    def first(self) -> dt.date:
        """The first day of the interval."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day of the interval."""
        if self.day is not None:
            return self.first
        if self.month is None or self.month == 12:
            return dt.date(self.year, 12, 31)
        return dt.date(self.year, self.month + 1, 1) - dt.timedelta(days=1)

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    @property
    def label(self) -> str:
        """The date as people read it: "2024", "June 2024", "18 June 2024"."""
        if self.month is None:
            return str(self.year)
        month = f"{MONTHS[self.month - 1]} {self.year}"
        return month if self.day is None else f"{self.day} {month}"

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: PartialDate) -> bool:
        return self._sort_key < other._sort_key

    @property
    def _sort_key(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)


def days_between(first: PartialDate | None, last: PartialDate | None) -> int | None:
    """Days from one date to another, below 0 where it lies earlier; None unless both are known to the day.

    >>> days_between(PartialDate.parse("2026-06-30"), PartialDate.parse("2026-07-02"))
    2
    >>> days_between(PartialDate.parse("2026-06"), PartialDate.parse("2026-07-02")) is None
    True
    """
    if first is None or last is None or not (first.is_day and last.is_day):
        return None
    return (last.first - first.first).days


def date_label(text: str | None, unknown: str = "not stated") -> str:
    """ISO 8601 `text` as people read it; the word for unknown where it is None."""
    return unknown if text is None else PartialDate.parse(text).label


def check_date_text(text: str) -> str:
    """`text` itself if it is a reduced ISO 8601 date; ValueError otherwise."""
    return str(PartialDate.parse(text))


@dataclass(frozen=True)
class HalfYear:
    """A reporting period: "2026-S1" is January to June 2026."""

    year: int
    half: int

    @classmethod
    def parse(cls, text: str) -> HalfYear:
        """The half-year that `text` names; ValueError if it has another shape than 2026-S1."""
        match = re.fullmatch(r"(\d{4})-S([12])", text, re.ASCII)
        if match is None:
            raise ValueError(f"'{text}' is not a reporting period. Write it as 2026-S1 or 2026-S2.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def last_ended(cls, on: dt.date) -> HalfYear:
        """The last half-year that had ended by `on`."""
        return cls(on.year, 1) if on.month > 6 else cls(on.year - 1, 2)

    @classmethod
    def running_on(cls, on: dt.date) -> HalfYear:
        """The half-year in which `on` lies."""
        return cls(on.year, 1 if on.month <= 6 else 2)

    @property
    def previous(self) -> HalfYear:
        """The half-year before it."""
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    @property
    def next(self) -> HalfYear:
        """The half-year after it."""
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return dt.date(self.year, 6, 30) if self.half == 1 else dt.date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year}-S{self.half}"
