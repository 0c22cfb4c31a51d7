"""The implementers' own assessments beside the computed colours, and where the two differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.dates import HalfYear
from portfolio.model.result_rows import AssessmentRow
from portfolio.services.access import Person
from portfolio.services.health.colours import COLOURS, DIMENSIONS, Rating
from portfolio.services.health.portfolios import load_health
from portfolio.services.health.ratings import Health
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.results import find_assessments


@dataclass(frozen=True)
class Difference:
    """A dimension that the implementer sees in another colour than the one computed, which is not grey."""

    project_key: str
    own: AssessmentRow
    computed: Rating

    @property
    def is_better(self) -> bool:
        """Whether the implementer's own colour is better than the computed one."""
        return self.steps > 0

    @property
    def steps(self) -> int:
        """By how many colours the implementer's own is better; below 0 where it is worse."""
        order: list[str] = list(COLOURS)
        return order.index(self.computed.colour) - order.index(self.own.colour)


def latest_assessments(
    assessments: Iterable[AssessmentRow], as_of: dt.date
) -> dict[str, dict[str, AssessmentRow]]:
    """By project, and in it by dimension, the implementer's own colours of the last half-year that has any.

    Only half-years that had ended by `as_of` count.
    """
    ended = str(HalfYear.last_ended(as_of))
    found: dict[str, dict[str, AssessmentRow]] = {}
    for row in sorted((row for row in assessments if row.period <= ended), key=lambda row: row.period):
        mine = found.setdefault(row.project_key, {})
        if mine and next(iter(mine.values())).period < row.period:
            mine.clear()
        mine[row.dimension] = row
    return found


def differences(
    healths: Mapping[str, Health], latest: Mapping[str, Mapping[str, AssessmentRow]]
) -> tuple[Difference, ...]:
    """Where the two differ, those that the implementer sees better first, the furthest apart before others.

    A dimension that is not known, or of a project without health, is compared with nothing.
    """
    found = [
        Difference(key, own, rating)
        for key, health in healths.items()
        for rating in health.ratings
        if (own := latest.get(key, {}).get(rating.dimension)) is not None
        and rating.colour not in ("grey", own.colour)
    ]
    return tuple(
        sorted(
            found,
            key=lambda row: (
                not row.is_better, -abs(row.steps), row.project_key, DIMENSIONS.index(row.computed.dimension),
            ),
        )
    )  # fmt: skip


def compared(healths: Iterable[Health], latest: Mapping[str, Mapping[str, AssessmentRow]]) -> tuple[int, int]:
    """How many own colours stand beside a computed one, and beside one that is not known."""
    beside = [
        rating.colour != "grey"
        for health in healths
        for rating in health.ratings
        if rating.dimension in latest.get(health.project_key, {})
    ]
    return sum(beside), len(beside) - sum(beside)


def load_assessments(
    database: Database, person: Person, *, as_of: dt.date
) -> Mapping[str, Mapping[str, AssessmentRow]]:
    """The latest own colours of every project that `person` may see, by project and dimension."""
    with reading(database):
        seen = load_health(database, person, as_of=as_of)
        return {
            key: rows
            for key, rows in latest_assessments(find_assessments(database), as_of).items()
            if key in seen
        }


def load_differences(database: Database, person: Person, *, as_of: dt.date) -> tuple[Difference, ...]:
    """Where computed and own colours differ, of every project that `person` may see, better ones first."""
    with reading(database):
        health = load_health(database, person, as_of=as_of)
        return differences(health, latest_assessments(find_assessments(database), as_of))
