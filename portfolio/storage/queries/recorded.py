"""When the portfolio was written, by the clock of the writing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from portfolio.model.history import CHANGE_SETS, RECEIVED_REPORTS
from portfolio.storage.engine import Database, reading


@dataclass(frozen=True)
class RecordedSpan:
    """The moments (ISO 8601, UTC) of the first change set, None without one, and of the last writing of all.

    A report that changed nothing is written too: `last` may be its moment.
    """

    first: str | None
    last: str


def find_recorded(database: Database) -> RecordedSpan:
    """From when to when the portfolio was written."""
    with reading(database) as connection:
        first, last = connection.execute(select(func.min(CHANGE_SETS.c.at), func.max(CHANGE_SETS.c.at))).one()
        received = connection.execute(select(func.max(RECEIVED_REPORTS.c.received_at))).scalar_one()
    return RecordedSpan(first, max(last or "", received or ""))


def revision_by(database: Database, at: str) -> int | None:
    """The last revision that was written by the moment `at` (ISO 8601, UTC), None if none was.

    One that came before it is part of it whatever its clock said: the order of writing goes before the clock.
    """
    query = select(func.max(CHANGE_SETS.c.revision)).where(CHANGE_SETS.c.at <= at)
    with reading(database) as connection:
        found: int | None = connection.execute(query).scalar_one()
    return found
