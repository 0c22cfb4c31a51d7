"""The policy markers of a portfolio: who was screened for what, and with which score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.model.report_rows import MarkerRow
from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person, may, require
from portfolio.storage.engine import Database
from portfolio.storage.queries.reports import find_markers
from portfolio.vocabulary import codes

GENDER = "gender-equality"
SCORES = (2, 1, 0)


@dataclass(frozen=True)
class MarkerCount:
    """How some projects are marked for one policy; a project without a score was not screened for it."""

    marker: str
    by_score: dict[int, tuple[str, ...]]
    not_screened: tuple[str, ...]

    @property
    def screened(self) -> int:
        """How many projects have a score, 0 included."""
        return sum(len(keys) for keys in self.by_score.values())

    @property
    def targeted(self) -> int:
        """How many have it as a significant or principal objective."""
        return len(self.by_score[1]) + len(self.by_score[2])


def load_markers(database: Database, person: Person) -> tuple[MarkerRow, ...]:
    """The policy markers of every project that `person` may see, by key.

    Raises: NotAllowed if the person may not see the portfolio.
    """
    require(person, "see")
    return tuple(row for row in find_markers(database) if may(person, "see", row.project_key))


def marker_counts(projects: Iterable[ProjectRow], markers: Iterable[MarkerRow]) -> tuple[MarkerCount, ...]:
    """One count for each policy marker of the list, in its order."""
    keys = [project.key for project in projects]
    scores = {(row.marker, row.project_key): row.score for row in markers}
    return tuple(
        MarkerCount(
            marker,
            {score: tuple(key for key in keys if scores.get((marker, key)) == score) for score in SCORES},
            tuple(key for key in keys if (marker, key) not in scores),
        )
        for marker in codes("policy_marker")
    )


def count_of(marker: str, counts: Iterable[MarkerCount]) -> MarkerCount:
    """The count of one marker; KeyError if it is none of the list."""
    return {count.marker: count for count in counts}[marker]
