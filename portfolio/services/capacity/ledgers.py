"""Trainings and exercises that had taken place by a date: attendances, stages, gains in scores, follow-ups.

Participants are attendances: somebody who came twice counts twice, because no trainee is named anywhere.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.result_rows import TrainingRow
from portfolio.model.results import STAGES
from portfolio.numbers import counted
from portfolio.services.access import Person, may, require
from portfolio.services.milestones import DUE_DAYS
from portfolio.storage.engine import Database
from portfolio.storage.queries.results import find_trainings

FOLLOW_UP_MONTHS = 6
SEVERAL = "several"
FollowUpState = Literal["done", "overdue", "due", "later"]


@dataclass(frozen=True)
class Known:
    """A sum of counts that says of how many trainings it is known; None where it is known of none."""

    value: int | None
    known: int
    of: int


@dataclass(frozen=True)
class FollowUp:
    """When the follow-up of a training is due, and how it stands.

    `due` keeps the precision of the training's end; `days` is how long it is certainly overdue, or how long
    until its last day.
    """

    training: TrainingRow
    due: PartialDate | None
    state: FollowUpState
    days: int | None = None


@dataclass(frozen=True)
class Ledger:
    """The trainings that had certainly taken place by `as_of`, the latest first; `to_come` are the others."""

    as_of: dt.date
    trainings: tuple[TrainingRow, ...]
    to_come: tuple[TrainingRow, ...] = ()

    @property
    def attendances(self) -> Known:
        """Everybody who took part, as far as stated."""
        return self.sum_of(lambda row: row.participants)

    @property
    def institutions(self) -> Known:
        """Institutions, added up over the trainings: one that came twice counts twice."""
        return self.sum_of(lambda row: row.institutions_count)

    @property
    def both_sexes(self) -> tuple[TrainingRow, ...]:
        """The trainings that state women and men."""
        return tuple(row for row in self.trainings if row.women is not None and row.men is not None)

    @property
    def share_of_women(self) -> Fraction | None:
        """Women among women and men, over the trainings that state both."""
        women = sum(row.women or 0 for row in self.both_sexes)
        both = women + sum(row.men or 0 for row in self.both_sexes)
        return Fraction(women, both) if both else None

    @property
    def stages(self) -> dict[str, int]:
        """How many trainings have reached at least each stage."""
        return {stage: len(self.reached(stage)) for stage in STAGES}

    def reached(self, stage: str) -> tuple[TrainingRow, ...]:
        """The trainings that have reached at least a stage."""
        least = STAGES.index(stage)
        return tuple(row for row in self.trainings if STAGES.index(row.stage) >= least)

    @property
    def scored(self) -> tuple[TrainingRow, ...]:
        """The trainings with a score before and one after."""
        return tuple(row for row in self.trainings if score_gain(row) is not None)

    @property
    def mean_gain(self) -> Fraction | None:
        """The mean gain in millionths of a point, over the trainings with both scores, each counting once."""
        gains = [gain for gain in map(score_gain, self.trainings) if gain is not None]
        return Fraction(sum(gains), len(gains)) if gains else None

    @property
    def used(self) -> tuple[TrainingRow, ...]:
        """The trainings of which a real case is told in which something learned was used."""
        return tuple(row for row in self.trainings if row.used_in_case)

    @property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """How the follow-up of each training stands: the longest overdue first, then the next due."""
        found = [follow_up(row, self.as_of) for row in self.trainings]
        return tuple(sorted(found, key=_urgency))

    def in_state(self, state: FollowUpState) -> tuple[FollowUp, ...]:
        """The follow-ups that stand like this."""
        return tuple(each for each in self.follow_ups if each.state == state)

    def sum_of(self, count: Callable[[TrainingRow], int | None]) -> Known:
        """A count added up over the trainings that state it."""
        known = [value for value in map(count, self.trainings) if value is not None]
        return Known(sum(known) if known else None, len(known), len(self.trainings))

    def of(self, keep: Callable[[TrainingRow], bool]) -> Ledger:
        """The part of the ledger that a rule keeps."""
        return Ledger(self.as_of, tuple(filter(keep, self.trainings)), tuple(filter(keep, self.to_come)))


def load_trainings(database: Database, person: Person) -> tuple[TrainingRow, ...]:
    """The trainings of every project that `person` may see: by day, then by key.

    Raises: NotAllowed if the person may not see the portfolio.
    """
    require(person, "see")
    return tuple(row for row in find_trainings(database) if may(person, "see", row.project_key))


def ledger(trainings: Iterable[TrainingRow], projects: Iterable[str], as_of: dt.date) -> Ledger:
    """The ledger of these projects: what had certainly been held by `as_of`, the latest first."""
    keys = set(projects)
    own = sorted(
        (row for row in trainings if row.project_key in keys), key=lambda row: row.held_on, reverse=True
    )
    held = tuple(row for row in own if end_of(row).last <= as_of)
    return Ledger(as_of, held, tuple(row for row in own if end_of(row).last > as_of))


def end_of(row: TrainingRow) -> PartialDate:
    """The end of a training: its last day, else the day on which it was held."""
    return PartialDate.parse(row.ended_on or row.held_on)


def score_gain(row: TrainingRow) -> int | None:
    """Points gained, in millionths; None unless both scores are known."""
    if row.score_before_millionths is None or row.score_after_millionths is None:
        return None
    return row.score_after_millionths - row.score_before_millionths


def follow_up(row: TrainingRow, as_of: dt.date) -> FollowUp:
    """How the follow-up of one training stands: due six months after its end, overdue after its last day."""
    due = months_later(end_of(row), FOLLOW_UP_MONTHS)
    done = PartialDate.of(row.follow_up_on)
    if done is not None and done.last <= as_of:
        return FollowUp(row, due, "done")
    if due.last < as_of:
        return FollowUp(row, due, "overdue", (as_of - due.last).days)
    days = (due.last - as_of).days
    return FollowUp(row, due, "due" if days <= DUE_DAYS else "later", days)


def months_later(date: PartialDate, months: int) -> PartialDate:
    """The date so many months later, as precise as it was; of a month that is too short, its last day.

    Of a year alone only the year can be told in which the months have certainly passed.
    """
    if date.month is None:
        last = months_later(PartialDate(date.year, 12), months)
        return PartialDate(last.year, last.month)
    place = date.year * 12 + date.month - 1 + months
    year, month = place // 12, place % 12 + 1
    if date.day is None:
        return PartialDate(year, month)
    return PartialDate(year, month, min(date.day, monthrange(year, month)[1]))


def _urgency(each: FollowUp) -> tuple[int, int, str]:
    order = ("overdue", "due", "later", "done").index(each.state)
    days = each.days or 0
    return (order, -days if each.state == "overdue" else days, each.training.key)


def place_code(row: TrainingRow) -> str:
    """The partner of a training; "several" where it names none, because several or all took part."""
    return row.partner_code or SEVERAL


def capacity_sentence(found: Ledger) -> str:
    """What the screen answers first: how far what was taught has come."""
    if not found.trainings:
        return "No training or exercise of this choice had taken place by this date."
    stages = found.stages
    return (
        f"Of {counted(len(found.trainings), 'training or exercise', 'trainings and exercises')}, "
        f"{stages['learned']} reached the stage learned, {stages['applied']} applied and "
        f"{stages['institutionalised']} institutionalised; the follow-up of {len(found.in_state('overdue'))} "
        "is overdue."
    )
