"""The health of one project: five ratings, the worst that is known, and what people set beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio.model.report_rows import OverrideRow
from portfolio.model.rows import ProjectRow
from portfolio.model.standing_rows import ProjectStanding
from portfolio.services.health.colours import DIMENSIONS, Dimension, Rating, severest
from portfolio.services.health.evidence_ratings import reporting_rating, results_rating, risk_rating
from portfolio.services.health.money_ratings import money_rating
from portfolio.services.health.time_ratings import time_rating
from portfolio.services.statuses import project_status

State = Literal["green", "amber", "red", "grey", "closed", "planned", "unknown"]
STATE_WORDS: Mapping[str, str] = {
    "green": "Green", "amber": "Amber", "red": "Red", "grey": "Not known", "closed": "Closed",
    "planned": "Planned", "unknown": "Status not known",
}  # fmt: skip
OVERALL = "overall"
_WITHOUT = {
    "closed": "Closed: a closed project has no health.",
    "planned": "Planned: a project that has not begun has no health.",
    "unknown": "Whether it is running is not known from its dates, so it has no health.",
}
_NUMBERS = ("None", "One", "Two", "Three", "Four")


@dataclass(frozen=True)
class Health:
    """How a project stands on a date.

    `state` is the computed colour of a running project, the worst that is known, or why there is none; then
    there are no ratings. `unknown` are how many of the five are grey. `overrides` stand beside and change
    nothing: those in force first, then those that have expired.
    """

    project_key: str
    state: State
    ratings: tuple[Rating, ...] = ()
    worst: Rating | None = None
    unknown: int = 0
    overrides: tuple[OverrideRow, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether the project runs, so that it has a health, be it grey."""
        return bool(self.ratings)

    @property
    def sentence(self) -> str:
        """Why the overall colour is what it is, with how many dimensions are not known, if any is not."""
        if self.state in _WITHOUT:
            return _WITHOUT[self.state]
        if self.worst is None:
            return f"None of the {len(self.ratings)} dimensions is known."
        said = f"{STATE_WORDS[self.worst.colour]} by {self.worst.dimension}: {self.worst.sentence}"
        if not self.unknown:
            return said
        # In words: a digit after the point of the sentence before would read as its decimals.
        verb = "dimension is" if self.unknown == 1 else "dimensions are"
        return f"{said} {_NUMBERS[self.unknown]} other {verb} not known."

    def rating(self, dimension: Dimension) -> Rating | None:
        """One dimension; None where the project has no health."""
        return next((rating for rating in self.ratings if rating.dimension == dimension), None)

    def colour(self, dimension: str) -> State:
        """The computed colour of a dimension or of "overall"."""
        if dimension == OVERALL or not self.ratings:
            return self.state
        return next(rating.colour for rating in self.ratings if rating.dimension == dimension)


def health_of(
    project: ProjectRow, standing: ProjectStanding, as_of: dt.date, overrides: Sequence[OverrideRow] = ()
) -> Health:
    """How `project` stands on `as_of`, by the rules of health and the thresholds in force.

    Source: domain.md, "Health": the worst dimension that is not grey; grey only if all are. A project that
            does not certainly run has none.
    """
    beside = told_overrides(overrides, as_of)
    status = project_status(project, as_of)
    if status != "ongoing":
        return Health(project.key, status, overrides=beside)
    ratings = (
        time_rating(standing, as_of),
        money_rating(project, standing, as_of),
        results_rating(standing, as_of),
        risk_rating(standing, as_of),
        reporting_rating(standing, as_of),
    )
    return rated(project.key, ratings, beside)


def rated(project_key: str, ratings: tuple[Rating, ...], overrides: tuple[OverrideRow, ...] = ()) -> Health:
    """The health that the ratings of a running project make."""
    worst = severest(ratings)
    unknown = sum(rating.colour == "grey" for rating in ratings)
    return Health(project_key, worst.colour if worst else "grey", ratings, worst, unknown, overrides)


def told_overrides(overrides: Iterable[OverrideRow], as_of: dt.date) -> tuple[OverrideRow, ...]:
    """The overrides decided by `as_of`, those in force first, each part by dimension and the latest first."""
    order = (OVERALL, *DIMENSIONS)
    decided = sorted(
        (row for row in overrides if row.decided_on <= as_of.isoformat()),
        key=lambda row: row.decided_on,
        reverse=True,
    )
    return tuple(sorted(decided, key=lambda row: (not in_force(row, as_of), order.index(row.dimension))))


def in_force(override: OverrideRow, as_of: dt.date) -> bool:
    """Whether an override holds on a day: from its decision until the day on which it lapses."""
    return override.decided_on <= as_of.isoformat() < override.expires_on


def health_counts(healths: Iterable[Health]) -> dict[str, int]:
    """How many projects have each colour, and how many are closed; planned and unknown ones count nowhere."""
    counts = dict.fromkeys(("green", "amber", "red", "grey", "closed"), 0)
    for health in healths:
        if health.state in counts:
            counts[health.state] += 1
    return counts
