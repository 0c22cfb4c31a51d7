"""What the tests of standings share: days, dates of every precision, and rows written straight in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from portfolio.dates import PartialDate
from portfolio.model.entities import table_of
from portfolio.storage.engine import Database, writing

DAY = dt.date(2026, 11, 23)
DAYS = [DAY, dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2025, 12, 31), dt.date(2024, 2, 29)]
# Around DAY, with every precision: what certainly lies before it, at it, after it, and what may.
DATES = (
    None,
    "2025",
    "2026",
    "2026-10",
    "2026-11",
    "2026-11-22",
    "2026-11-23",
    "2026-11-24",
    "2026-12",
    "2027",
)
PROJECT = "p1"


def last(text: str) -> dt.date:
    return PartialDate.parse(text).last


def happened(text: str | None, day: dt.date) -> bool:
    return text is None or last(text) <= day


def add(database: Database, entity: str, rows: list[dict[str, Any]]) -> None:
    with writing(database) as connection:
        connection.execute(table_of(entity).insert(), rows)


def add_projects(database: Database, keys: Iterable[str]) -> None:
    add(database, "project", [{"key": key, "acronym": key, "title": key} for key in keys])


def known_sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
