"""What was known on a day: the portfolio as it was recorded by then, with the settings that held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Literal

from portfolio.dates import date_label, standing_on, today
from portfolio.errors import DataProblem
from portfolio.overrides import overrides
from portfolio.services.practice import settings_held
from portfolio.storage.engine import Database, reading
from portfolio.storage.former_states import END_OF_DAY, former_database, known_words
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.recorded import RecordedSpan, find_recorded, revision_by

# By what a day is told: what is recorded now, or what was known on it.
Known = Literal["now", "then"]
NOW: Final = "now"
THEN: Final = "then"


@dataclass(frozen=True)
class Knowledge:
    """A portfolio to be asked: as it is recorded now, or as it was by the moment `at` (ISO 8601, UTC).

    `words` say which, to be printed; they are said of the present too. `at` is None for the present database.
    It is judged by `day` (UTC), None for the day that is today.
    """

    database: Database
    revision: int
    at: str | None
    words: str
    day: dt.date | None = None

    @property
    def is_present(self) -> bool:
        """Whether it is the portfolio as it is recorded now."""
        return self.at is None


def day_of(moment: str) -> dt.date:
    """The day (UTC) of a moment in ISO 8601."""
    return dt.date.fromisoformat(moment[:10])


def known_now(database: Database) -> Knowledge:
    """The portfolio as it is recorded now."""
    revision = get_portfolio(database).revision
    return Knowledge(database, revision, None, f"as known now (revision {revision})")


def known_on(database: Database, day: dt.date) -> Knowledge:
    """The portfolio as it was recorded by the end of `day` (UTC).

    The present one, if nothing was written since: its words say so. Asked of a former state, what was known
    on that day of it.

    Raises: DataProblem if nothing was recorded by then.
    """
    at = f"{day.isoformat()}{END_OF_DAY}"
    with reading(database):
        recorded = find_recorded(database)
        revision = revision_by(database, at)
    said = date_label(day.isoformat())
    if recorded.first is None or revision is None:
        raise DataProblem(_nothing_by(said, recorded))
    if recorded.last > at and not (database.at and at >= database.at):
        return known_at(database, revision, at)
    if database.at:
        return _known_of_former(database, revision, at)
    words = f"as known on {said} (revision {revision}), which is what is known now"
    return Knowledge(database, revision, None, words, day if day < today() else None)


def _known_of_former(database: Database, revision: int, at: str) -> Knowledge:
    """A former state in which nothing was written after `at`, as known then; it is not copied again."""
    if at >= database.at:
        words = database.known or known_words(revision, database.at)
        return Knowledge(database, revision, database.at, words, day_of(database.at))
    words = known_words(revision, at)
    return Knowledge(replace(database, known=words, at=at), revision, at, words, day_of(at))


def _nothing_by(said: str, recorded: RecordedSpan) -> str:
    if recorded.first is None:
        return f"Nothing was recorded by {said}: the portfolio has no record yet."
    return f"Nothing was recorded by {said}: the first record is of {date_label(recorded.first[:10])}."


def known_at(database: Database, revision: int, at: str) -> Knowledge:
    """The portfolio as it stood at `revision`, with the reports received by the moment `at` (ISO 8601, UTC).

    Raises: NotFound if the portfolio has not reached that revision.
    """
    former = former_database(database, revision, at)
    return Knowledge(former, revision, at, former.known, day_of(at))


@contextmanager
def under(knowledge: Knowledge) -> Iterator[Database]:
    """The database to ask; inside the block its settings hold, and `today` is its day."""
    with overrides(settings_held(knowledge.database)), standing_on(knowledge.day):
        yield knowledge.database
