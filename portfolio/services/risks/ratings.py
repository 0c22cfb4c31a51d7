"""How a risk was rated before: by its dated reviews, and by what the record held earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.dates import PartialDate
from portfolio.model.changes import FieldChange, Value
from portfolio.model.result_rows import RiskReviewRow, RiskRow

_FIELDS = ("likelihood", "impact", "reviewed_on")


@dataclass(frozen=True)
class FormerRating:
    """A rating that held before the present one; `reviewed_on` is a reduced ISO text."""

    reviewed_on: str
    likelihood: int
    impact: int

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


def former_ratings(
    risk: RiskRow, reviews: Iterable[RiskReviewRow], replaced: Iterable[FormerRating] = ()
) -> tuple[FormerRating, ...]:
    """The ratings of a risk before its present one, the earliest first.

    Of two on one day the dated review counts, not what the record held.
    """
    found = {row.reviewed_on: row for row in replaced}
    found |= {row.reviewed_on: FormerRating(row.reviewed_on, row.likelihood, row.impact) for row in reviews}
    # Without a review of its own the present rating is taken for the last.
    last = risk.reviewed_on or "9999"
    return tuple(found[day] for day in sorted(found) if day < last)


def rated_by(ratings: Iterable[FormerRating], as_of: dt.date) -> tuple[FormerRating, ...]:
    """The ratings that were certainly given by `as_of`."""
    return tuple(row for row in ratings if PartialDate.parse(row.reviewed_on).last <= as_of)


def replaced_ratings(
    changes: Iterable[tuple[int, FieldChange]], undone: frozenset[int]
) -> dict[str, tuple[FormerRating, ...]]:
    """By risk, the ratings that later change sets replaced, from the changes in the order of the history.

    A change set that was undone, or that undid another, says nothing of how a risk was rated.
    """
    states: dict[str, dict[str, Value]] = {}
    sets: dict[str, int] = {}
    found: dict[str, list[FormerRating]] = {}
    for number, change in changes:
        if number in undone or change.field not in _FIELDS:
            continue
        state = states.setdefault(change.key, {})
        if sets.get(change.key) != number:
            _keep(found, change.key, state)
            sets[change.key] = number
        state[change.field] = change.new
    return {key: tuple(rows) for key, rows in found.items()}


def _keep(found: dict[str, list[FormerRating]], key: str, state: Mapping[str, Value]) -> None:
    likelihood, impact, day = (state.get(name) for name in _FIELDS)
    if isinstance(likelihood, int) and isinstance(impact, int) and isinstance(day, str):
        found.setdefault(key, []).append(FormerRating(day, likelihood, impact))
