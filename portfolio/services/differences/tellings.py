"""The changes that tell most, in one short list over all groups: for a page that has no room for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from portfolio.dates import date_label
from portfolio.money import format_eur
from portfolio.services.differences import wordings as words
from portfolio.services.differences.colours import ColourChange
from portfolio.services.differences.comparisons import Differences
from portfolio.services.differences.happenings import Happened
from portfolio.services.differences.milestones import MilestoneChange
from portfolio.services.health.ratings import OVERALL, STATE_WORDS

MOST = 12
# How many of one kind at most, so that no kind crowds out the others.
_MOST_ALIKE = 3


@dataclass(frozen=True)
class Telling:
    """One change in words; None is not known."""

    project_key: str
    what: str
    old: str | None
    new: str | None


def telling(found: Differences) -> tuple[Telling, ...]:
    """At most twelve changes, the most telling first and of each kind the largest.

    Room that one kind leaves is filled with more of the others, in the same order.
    """
    kinds = [list(rows) for rows in _kinds(found)]
    first = [row for rows in kinds for row in rows[:_MOST_ALIKE]]
    more = [row for rows in kinds for row in rows[_MOST_ALIKE:]]
    kept = set(islice([*first, *more], MOST))
    return tuple(dict.fromkeys(row for rows in kinds for row in rows if row in kept))[:MOST]


def _kinds(found: Differences) -> Iterator[Iterable[Telling]]:
    yield (
        Telling(row.project_key, words.TURN_WORDS[row.turn], *map(words.status_words, (row.old, row.new)))
        for row in found.statuses
    )
    yield (_colour(row) for row in found.colours if row.scope == OVERALL and row.turn == "worse")
    yield (_milestone(row) for row in found.milestones if row.turn == "late")
    yield (_milestone(row) for row in found.milestones if row.turn == "reached")
    yield _amounts(found)
    yield (_happened(row) for row in found.amendments if not row.is_gone)
    yield (_colour(row) for row in found.colours if row.scope != OVERALL and row.turn == "worse")
    yield (
        Telling(
            row.project_key, f"{words.RISK_WORDS[row.turn]}: risk {row.title!r}", _score(row.old_score),
            _score(row.new_score),
        )
        for row in found.risks
        if row.turn in ("opened", "up")
    )  # fmt: skip
    yield (_colour(row) for row in found.colours if row.scope == OVERALL and row.turn == "better")


def _amounts(found: Differences) -> list[Telling]:
    listed = sorted(found.amounts, key=lambda row: -row.size_cents)
    return [
        Telling(
            row.project_key, words.amount_label(row),
            *(None if cents is None else format_eur(cents) for cents in (row.old_cents, row.new_cents)),
        )
        for row in listed
    ]  # fmt: skip


def _colour(row: ColourChange) -> Telling:
    said = f"Health, {words.scope_words(row).lower()}: {words.COLOUR_WORDS[row.turn].lower()}"
    return Telling(row.project_key, said, STATE_WORDS[row.old], STATE_WORDS[row.new])


def _milestone(row: MilestoneChange) -> Telling:
    old, new = (None if side is None else date_label(side) for side in (row.old, row.new))
    if row.turn == "late":
        new = "not reached"
    return Telling(row.project_key, f"{words.milestone_words(row)}: {row.title}", old, new)


def _happened(row: Happened) -> Telling:
    # The new end and amounts stand in the table of amendments.
    return Telling(row.project_key, row.what.partition(", ")[0], "not signed", date_label(row.on))


def _score(score: int | None) -> str:
    return "not open" if score is None else f"score {score}"
