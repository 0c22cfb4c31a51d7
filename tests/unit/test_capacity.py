"""The capacity ledger: stages, attendances with their coverage, gains, both sides of a follow-up's day."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from fractions import Fraction
from typing import Any

import pytest

from portfolio.dates import PartialDate
from portfolio.model.result_rows import TrainingRow
from portfolio.numbers import MILLION
from portfolio.services.capacity.ledgers import (
    Known,
    Ledger,
    capacity_sentence,
    follow_up,
    ledger,
    months_later,
)

DAY = dt.date(2026, 11, 23)


def training(key: str = "t1", **values: Any) -> TrainingRow:
    """A training of project p1 of which only what a test names is known."""
    known: dict[str, Any] = dict.fromkeys(field.name for field in fields(TrainingRow))
    known |= {"key": key, "project_key": "p1", "title": key, "kind": "training", "stage": "delivered"}
    return TrainingRow(**(known | {"held_on": "2026-03-02"} | values))


def of(*trainings: TrainingRow) -> Ledger:
    return ledger(trainings, ["p1"], DAY)


def test_ledger_holds_what_had_certainly_taken_place_in_its_projects() -> None:
    found = of(
        training("past"),
        training("today", held_on="2026-11-20", ended_on="2026-11-23"),
        training("running", held_on="2026-11-20", ended_on="2026-11-24"),
        training("month", held_on="2026-11"),
        training("other", project_key="p2"),
    )
    assert [row.key for row in found.trainings] == ["today", "past"]
    assert [row.key for row in found.to_come] == ["running", "month"]


def test_stages_count_what_has_reached_at_least_each() -> None:
    stages = ("delivered", "learned", "learned", "applied", "institutionalised")
    found = of(*(training(f"t{n}", stage=stage) for n, stage in enumerate(stages)))
    assert found.stages == {"delivered": 5, "learned": 4, "applied": 2, "institutionalised": 1}


def test_attendances_say_of_how_many_trainings_they_are_known() -> None:
    found = of(
        training("a", women=3, men=6, institutions_count=2),
        training("b", women=5, not_stated=4),
        training("c"),
    )
    assert found.attendances == Known(18, 2, 3)
    assert found.sum_of(lambda row: row.men) == Known(6, 1, 3)
    assert found.institutions == Known(2, 1, 3)
    assert found.share_of_women == Fraction(1, 3)
    assert of(training()).attendances == Known(None, 0, 1)
    assert of(training(women=5)).share_of_women is None
    assert of(training(women=0, men=0)).share_of_women is None


def test_mean_gain_is_of_the_trainings_with_both_scores_alone() -> None:
    scores = {"score_before_millionths": 40 * MILLION, "score_after_millionths": 65 * MILLION}
    lower = {"score_before_millionths": 50 * MILLION, "score_after_millionths": 40 * MILLION}
    half = {"score_before_millionths": None, "score_after_millionths": 90 * MILLION}
    found = of(training("a", **scores), training("b", **lower), training("c", **half))
    assert (found.mean_gain, len(found.scored)) == (Fraction(15 * MILLION, 2), 2)
    assert of(training(**half)).mean_gain is None


@pytest.mark.parametrize(
    ("ended_on", "due"),
    [
        ("2026-05-23", "2026-11-23"),
        ("2026-08-31", "2027-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2026-12-15", "2027-06-15"),
        ("2026-06", "2026-12"),
        ("2026-07", "2027-01"),
        ("2026", "2027-06"),
    ],
)
def test_follow_up_is_due_six_months_after_the_end(ended_on: str, due: str) -> None:
    assert months_later(PartialDate.parse(ended_on), 6) == PartialDate.parse(due)


@pytest.mark.parametrize(
    ("values", "state", "days"),
    [
        ({"ended_on": "2026-05-22"}, "overdue", 1),
        ({"ended_on": "2026-05-23"}, "due", 0),
        ({"ended_on": "2026-08-21"}, "due", 90),
        ({"ended_on": "2026-08-22"}, "later", 91),
        ({"ended_on": "2026-04"}, "overdue", 23),
        ({"ended_on": "2026-05"}, "due", 7),
        ({"ended_on": "2025"}, "overdue", 146),
        ({"ended_on": "2026-05-22", "follow_up_on": "2026-11-23"}, "done", None),
        ({"ended_on": "2026-05-22", "follow_up_on": "2026-11-24"}, "overdue", 1),
        ({"held_on": "2026-05-22"}, "overdue", 1),
    ],
)
def test_follow_up_stands_by_its_last_possible_day(
    values: dict[str, str], state: str, days: int | None
) -> None:
    found = follow_up(training(**values), DAY)
    assert (found.state, found.days) == (state, days)


def test_follow_ups_stand_the_longest_overdue_first() -> None:
    found = of(
        training("later", ended_on="2026-09-01"),
        training("due", ended_on="2026-06-01"),
        training("little", ended_on="2026-05-01"),
        training("long", ended_on="2026-01-01"),
        training("done", ended_on="2025-01-01", follow_up_on="2025-07-01"),
    )
    assert [each.training.key for each in found.follow_ups] == ["long", "little", "due", "later", "done"]
    assert [each.training.key for each in found.in_state("overdue")] == ["long", "little"]


def test_sentence_tells_how_far_it_has_come_or_that_there_is_nothing() -> None:
    assert capacity_sentence(of()) == "No training or exercise of this choice had taken place by this date."
    found = of(training("a", ended_on="2026-01-01"), training("b", stage="applied"))
    assert capacity_sentence(found) == (
        "Of 2 trainings and exercises, 1 reached the stage learned, 1 applied and 0 institutionalised; the "
        "follow-up of 2 is overdue."
    )
