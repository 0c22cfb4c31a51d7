"""Signals: what needs attention, in one sentence that names record, date, number and threshold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import PartialDate

Severity = Literal["red", "amber", "info"]
SEVERITIES: tuple[Severity, ...] = ("red", "amber", "info")

TITLES = {
    "overspent": "Overspent",
    "contractual-milestone-late": "Contractual milestone slipping",
    "ends-soon-with-money-left": "Ends soon with money left",
    "contracting-deadline": "Contracting deadline close",
    "pre-financed-idle": "Pre-financed but idle",
    "silent-implementer": "Silent implementer",
    "suspended-partner": "Suspended partner",
    "extended-twice": "Extended repeatedly",
    "milestone-late": "Milestone late",
    "not-described": "Not described",
    "ends-soon": "Ends soon",
}


@dataclass(frozen=True)
class Signal:
    """Something that needs attention, about a project or about a financing decision.

    `due` is the date that matters (an end, a deadline, the planned date of what is late), if there is one; a
    decision's signal names the project too where only one has a contract under it.
    """

    code: str
    project_key: str | None
    decision_key: str | None
    title: str
    sentence: str
    severity: Severity
    due: dt.date | None


def project_signal(
    code: str, project_key: str, severity: Severity, sentence: str, due: dt.date | None = None
) -> Signal:
    """A signal about a project."""
    return Signal(code, project_key, None, TITLES[code], sentence, severity, due)


def by_urgency(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """The signals, the severest first, then by date, those without a date last."""
    return tuple(
        sorted(
            signals,
            key=lambda signal: (
                SEVERITIES.index(signal.severity), signal.due or dt.date.max, signal.code,
                signal.project_key or "", signal.decision_key or "", signal.sentence,
            ),
        )
    )  # fmt: skip


def day_label(day: dt.date) -> str:
    """A day as people read it."""
    return PartialDate(day.year, day.month, day.day).label


def count_label(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "41 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
