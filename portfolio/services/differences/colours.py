"""Colours of health that turned: by dimension and overall, with the sentence of either date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio.model.changes import RecordId
from portfolio.services.differences.standpoints import Frame
from portfolio.services.health.colours import COLOURS, DIMENSIONS
from portfolio.services.health.ratings import OVERALL, Health, State

ColourTurn = Literal["worse", "better", "now-known", "unknown", "other"]
COLOUR_TURNS: tuple[ColourTurn, ...] = ("worse", "better", "now-known", "unknown", "other")
_SCOPES = (OVERALL, *DIMENSIONS)


@dataclass(frozen=True)
class ColourChange:
    """A dimension, or "overall", in another colour, with why it was and why it is.

    `old` and `new` of "overall" may also say that the project was not running: then it has no colour.
    """

    project_key: str
    scope: str
    old: State
    new: State
    old_sentence: str
    new_sentence: str

    @property
    def turn(self) -> ColourTurn:
        """Worse or better between two known colours; else what became known, or is no longer."""
        if "grey" in (self.old, self.new):
            # Of a project that begins or closes, grey is not what became known.
            if self.old in _KNOWN:
                return "unknown"
            return "now-known" if self.new in _KNOWN else "other"
        if self.old not in _KNOWN or self.new not in _KNOWN:
            return "other"
        return "worse" if _KNOWN.index(self.new) > _KNOWN.index(self.old) else "better"

    @property
    def record(self) -> RecordId:
        """The project."""
        return ("project", self.project_key)


_KNOWN: list[str] = [colour for colour in COLOURS if colour != "grey"]


def colour_changes(before: Frame, after: Frame, keys: Iterable[str]) -> tuple[ColourChange, ...]:
    """The colours of these projects that differ: worse ones first, in each turn overall before dimensions."""
    found = [
        row
        for key in keys
        if key in before.health and key in after.health
        for row in _changes(before.health[key], after.health[key])
    ]
    return tuple(sorted(found, key=_place))


def _changes(old: Health, new: Health) -> Iterator[ColourChange]:
    # A project without health on one of the dates has no dimensions to compare: it began, or closed.
    both = old.is_running and new.is_running
    either = old.is_running or new.is_running
    for scope in _SCOPES if both else _SCOPES[:1] if either else ():
        was, now = old.colour(scope), new.colour(scope)
        if was != now:
            yield ColourChange(
                new.project_key, scope, was, now, _sentence(old, scope), _sentence(new, scope)
            )  # fmt: skip


def _sentence(health: Health, scope: str) -> str:
    if scope == OVERALL:
        return health.sentence
    return next(rating.sentence for rating in health.ratings if rating.dimension == scope)


def _place(row: ColourChange) -> tuple[int, bool, int, str, int]:
    is_known = {row.old, row.new} <= set(_KNOWN)
    steps = abs(_KNOWN.index(row.new) - _KNOWN.index(row.old)) if is_known else 0
    return (
        COLOUR_TURNS.index(row.turn), row.scope != OVERALL, -steps, row.project_key,
        _SCOPES.index(row.scope),
    )  # fmt: skip
