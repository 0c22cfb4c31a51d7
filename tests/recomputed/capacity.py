"""Trainings of the demonstration, how far they reached, and their follow-ups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

import pandas as pd

from tests.recomputed.tables import AS_OF, last_day, months_later, table, vocabulary


def ends_of(rows: pd.DataFrame) -> list[str]:
    return list(rows["ended_on"].where(rows["ended_on"] != "", rows["held_on"]))


def trainings() -> pd.DataFrame:
    """Trainings that had certainly ended."""
    rows = table("training")
    return rows[[bool(text) and last_day(text) <= AS_OF for text in ends_of(rows)]]


def training_count() -> int:
    return len(trainings())


def reached(stage: str) -> int:
    """Trainings that reached at least a stage."""
    position = vocabulary("training_stage").set_index("code")["position"].astype(int)
    return int((trainings()["stage"].map(position) >= position[stage]).sum())


def trainings_learned() -> int:
    return reached("learned")


def trainings_applied() -> int:
    return reached("applied")


def trainings_institutionalised() -> int:
    return reached("institutionalised")


def whole(column: Iterable[str]) -> int:
    return sum(int(text) for text in column if text)


def attendances() -> int:
    rows = trainings()
    return sum(whole(rows[name]) for name in ("women", "men", "not_stated"))


def women_share() -> Fraction:
    rows = trainings()
    rows = rows[(rows["women"] != "") & (rows["men"] != "")]
    women, men = whole(rows["women"]), whole(rows["men"])
    return Fraction(women, women + men)


def institutions_reached() -> int:
    return whole(trainings()["institutions_count"])


def score_gain() -> Fraction:
    rows = trainings()
    rows = rows[(rows["score_before"] != "") & (rows["score_after"] != "")]
    pairs = zip(rows["score_before"], rows["score_after"], strict=True)
    gains = [Fraction(after) - Fraction(before) for before, after in pairs]
    return sum(gains, Fraction(0)) / len(gains)


def used_in_case() -> int:
    return int((trainings()["used_in_case"] != "").sum())


def follow_up_days() -> list[date]:
    """The days on which follow-ups that nobody made were or are due."""
    rows = trainings()
    return [months_later(last_day(text), 6) for text in ends_of(rows[rows["follow_up_on"] == ""])]


def follow_ups_overdue() -> int:
    return sum(day < AS_OF for day in follow_up_days())


def follow_ups_due() -> int:
    return sum(AS_OF <= day <= AS_OF + timedelta(days=90) for day in follow_up_days())
