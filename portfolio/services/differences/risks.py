"""Risks that were opened, closed, or are rated otherwise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from portfolio.model.changes import RecordId
from portfolio.model.result_rows import RiskRow
from portfolio.services.differences.standpoints import Frame

RiskTurn = Literal["opened", "up", "down", "rated", "closed"]
RISK_TURNS: tuple[RiskTurn, ...] = ("opened", "up", "down", "rated", "closed")


@dataclass(frozen=True)
class RiskChange:
    """A risk that is open on one of the dates only, or rated otherwise; a rating is likelihood and impact."""

    project_key: str
    key: str
    title: str
    old: tuple[int, int] | None
    new: tuple[int, int] | None

    @property
    def old_score(self) -> int | None:
        """Likelihood x impact, 1 to 25; None where it was not open."""
        return None if self.old is None else self.old[0] * self.old[1]

    @property
    def new_score(self) -> int | None:
        """Likelihood x impact, 1 to 25; None where it is not open."""
        return None if self.new is None else self.new[0] * self.new[1]

    @property
    def difference(self) -> int | None:
        """New score less old; None unless it is open on both dates."""
        if self.old_score is None or self.new_score is None:
            return None
        return self.new_score - self.old_score

    @property
    def turn(self) -> RiskTurn:
        """Opened, closed, up or down; "rated" where likelihood and impact changed and the score did not."""
        if self.old_score is None or self.new_score is None:
            return "closed" if self.new_score is None else "opened"
        if self.new_score == self.old_score:
            return "rated"
        return "up" if self.new_score > self.old_score else "down"

    @property
    def record(self) -> RecordId:
        """The risk."""
        return ("risk", self.key)


def risk_changes(before: Frame, after: Frame, keys: Collection[str]) -> tuple[RiskChange, ...]:
    """The risks of these projects that changed, turn by turn, the furthest moved and highest first."""
    old, new = _open(before, keys), _open(after, keys)
    rows = [
        RiskChange(row.project_key, key, row.title, _rating(old.get(key)), _rating(new.get(key)))
        for key, row in (old | new).items()
    ]
    return tuple(sorted((row for row in rows if row.old != row.new), key=_place))


def _open(frame: Frame, keys: Collection[str]) -> dict[str, RiskRow]:
    return {
        risk.key: risk
        for key, standing in frame.standings.items()
        if key in keys
        for risk in standing.open_risks
    }


def _rating(risk: RiskRow | None) -> tuple[int, int] | None:
    return None if risk is None else (risk.likelihood, risk.impact)


def _place(row: RiskChange) -> tuple[int, int, int, str]:
    return (
        RISK_TURNS.index(row.turn), -abs(row.difference or 0), -(row.new_score or row.old_score or 0), row.key
    )  # fmt: skip
