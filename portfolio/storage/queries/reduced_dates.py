"""What reduced dates ("2024", "2024-06", "2024-06-18") certainly say, asked of the database as texts.

A text of n characters lies before another day if it is smaller than that day's first n characters: then its
whole interval lies before it. So no date has to be made of a text, except where days are counted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal, not_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Text = ColumnElement[Any]
Condition = ColumnElement[bool]
_ONE_DAY = dt.timedelta(days=1)


def ends_before(date: Text, day: dt.date) -> Condition:
    """Whether the last day of `date` lies before `day`."""
    return date < func.substr(literal(day.isoformat()), 1, func.length(date))


def ends_by(date: Text, day: dt.date) -> Condition:
    """Whether the last day of `date` is `day` or lies before it."""
    return ends_before(date, day + _ONE_DAY)


def begins_after(date: Text, day: dt.date) -> Condition:
    """Whether the first day of `date` lies after `day`."""
    return date > func.substr(literal(day.isoformat()), 1, func.length(date))


def happened_by(date: Text, day: dt.date) -> Condition:
    """Whether something on record happened by `day`: certainly, or on a day that nobody stated."""
    return or_(date.is_(None), ends_by(date, day))


def may_have_happened(date: Text, day: dt.date) -> Condition:
    """Whether the interval of a reduced date begins by `day` and ends after it: nobody can tell yet."""
    return and_(date.is_not(None), not_(ends_by(date, day)), not_(begins_after(date, day)))


def was_signed(date: Text, day: dt.date | None) -> Condition:
    """Whether a signature is on record, and certainly given by `day` where one is named."""
    return date.is_not(None) if day is None else ends_by(date, day)


def first_day(date: Text) -> Text:
    """The first day of a reduced date, as a text."""
    length = func.length(date)
    return case((length == 4, date + "-01-01"), (length == 7, date + "-01"), else_=date)


def begins_after_end(date: Text, other: Text) -> Condition:
    """Whether the first day of `date` lies after the last day of `other`."""
    return func.substr(first_day(date), 1, func.length(other)) > other


def may_end_after(date: Text, other: Text) -> Condition:
    """Whether the last day of `date` is the first day of `other` or lies after it."""
    return date >= func.substr(first_day(other), 1, func.length(date))


def last_day_number(date: Text) -> ColumnElement[int]:
    """The last day of a reduced date, counted in days."""
    year, month = func.substr(date, 1, 4), func.substr(date, 6, 2)
    next_january = cast(cast(year, Integer) + 1, String) + "-01-01"
    # 100 and a month, without the 1, is a month of two digits on both engines.
    next_month = year + "-" + func.substr(cast(cast(month, Integer) + 101, String), 2, 2) + "-01"
    length = func.length(date)
    return case(
        (length == 10, day_number(date)),
        (and_(length == 7, month != "12"), day_number(next_month) - 1),
        else_=day_number(next_january) - 1,
    )


class day_number(FunctionElement[int]):  # noqa: N801
    """A full date as a number of days; only the difference of two means anything."""

    inherit_cache = True
    type = Integer()


@compiles(day_number, "sqlite")
def _sqlite_day(element: day_number, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **options)}) + 0.5 AS INTEGER)"


@compiles(day_number, "postgresql")
def _postgresql_day(element: day_number, compiler: SQLCompiler, **options: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **options)} AS date) - DATE '2000-01-01')"
