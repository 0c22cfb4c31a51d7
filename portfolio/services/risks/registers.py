"""The risk register of a portfolio on a date: open risks with colour, trend and the age of their review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio.model.result_rows import RiskReviewRow, RiskRow
from portfolio.services.access import Person
from portfolio.services.health.colours import Colour
from portfolio.services.health.evidence_ratings import days_since_review, risk_colour
from portfolio.services.risks.ratings import FormerRating, former_ratings, rated_by, replaced_ratings
from portfolio.services.standings import load_standings
from portfolio.services.thresholds import threshold
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.history import find_change_sets, find_changes
from portfolio.storage.queries.results import find_risk_reviews

Trend = Literal["rising", "falling", "steady", "first rating"]
TRENDS: tuple[Trend, ...] = ("rising", "falling", "steady", "first rating")


@dataclass(frozen=True)
class RegisteredRisk:
    """An open risk on a date, as it was rated by then.

    `days` are the least and the most since its last review, None where that is not known; `former` its
    ratings before, the earliest first.
    """

    risk: RiskRow
    colour: Colour
    days: tuple[int, int] | None
    former: tuple[FormerRating, ...]

    @property
    def trend(self) -> Trend:
        """Whether its score is above or below the one before."""
        if not self.former:
            return "first rating"
        before = self.former[-1].score
        if self.risk.score == before:
            return "steady"
        return "rising" if self.risk.score > before else "falling"

    @property
    def is_high(self) -> bool:
        """Whether its score alone turns health red."""
        return self.risk.score >= threshold("risk-red")

    @property
    def is_stale(self) -> bool:
        """Whether it was certainly last reviewed too long ago."""
        return self.days is not None and self.days[0] >= threshold("risk-red-unreviewed")


def load_register(database: Database, person: Person, *, as_of: dt.date) -> tuple[RegisteredRisk, ...]:
    """The open risks of every project that `person` may see, the highest score first."""
    with reading(database):
        standings = load_standings(database, person, as_of=as_of)
        rows = [risk for standing in standings.values() for risk in standing.open_risks]
        records = [("risk", risk.key) for risk in rows]
        replaced = replaced_ratings(find_changes(database, records=records), _undone(database))
        reviews = find_risk_reviews(database)
    dated: dict[str, list[RiskReviewRow]] = {}
    for review in reviews:
        dated.setdefault(review.risk_key, []).append(review)
    former = {
        risk.key: rated_by(former_ratings(risk, dated.get(risk.key, ()), replaced.get(risk.key, ())), as_of)
        for risk in rows
    }
    return register(rows, former, as_of)


def _undone(database: Database) -> frozenset[int]:
    rows = find_change_sets(database)
    return frozenset(row.id for row in rows if row.undone_by is not None or row.kind == "undo")


def register(
    rows: Iterable[RiskRow], former: Mapping[str, tuple[FormerRating, ...]], as_of: dt.date
) -> tuple[RegisteredRisk, ...]:
    """Open risks with what is made of each: the highest score first, then the longest unreviewed."""
    found = [
        RegisteredRisk(row, risk_colour(row, as_of), days_since_review(row, as_of), former.get(row.key, ()))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (-row.risk.score, row.risk.reviewed_on or "", row.risk.key)))


def heat_counts(rows: Iterable[RegisteredRisk]) -> dict[tuple[int, int], int]:
    """How many risks have each likelihood and impact, for all 25 of them."""
    counts = {(likelihood, impact): 0 for likelihood in range(1, 6) for impact in range(1, 6)}
    for row in rows:
        counts[row.risk.likelihood, row.risk.impact] += 1
    return counts


def level_of(score: int) -> Colour:
    """The colour that a score alone has."""
    if score >= threshold("risk-red"):
        return "red"
    return "amber" if score >= threshold("risk-amber") else "green"
