"""One deadline: when it falls, how that was counted, whether it was met, and what is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import PartialDate, date_label
from portfolio.services.deadlines.rules import ANCHORS, VOCABULARY, DeadlineRule, Nature, default_rule
from portfolio.services.signals import day_label
from portfolio.vocabulary import label

# How a deadline stands. "over" is what can no longer be done, or is simply past: nothing was missed.
State = Literal["passed", "near", "open", "met", "met-late", "over", "not-known"]
STATE_WORDS: dict[State, str] = {
    "passed": "Late",
    "near": "Near",
    "open": "Open",
    "met": "Met",
    "met-late": "Met late",
    "over": "Over",
    "not-known": "Not known",
}
Basis = Literal["rule", "contract"]
INDICATIVE = "indicative"


@dataclass(frozen=True)
class Deadline:
    """A date by which something is due, of one record.

    It lies between `earliest` and `latest`, which are one day unless it is counted from a reduced date; both
    are None where it is not known. A window is open from `opens`. `counted_from` is the reduced date that
    it is counted from, in the field `field` of the record `key`; `about` is another record that it is of.
    """

    code: str
    entity: str
    key: str
    field: str
    subject: str
    project_key: str | None
    state: State
    basis: Basis = "rule"
    rule: DeadlineRule | None = None
    counted_from: str | None = None
    opens: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    met_on: str | None = None
    note: str = ""
    period: str | None = None
    project_keys: tuple[str, ...] = ()
    about: str = ""

    @property
    def uid(self) -> str:
        """What tells this deadline from every other, whatever its date becomes."""
        return ".".join(filter(None, (self.code, self.about or self.key, self.period)))

    @property
    def name(self) -> str:
        """What is due."""
        name = label(VOCABULARY, self.code)
        return f"{name} {self.period}" if self.period else name

    @property
    def nature(self) -> Nature:
        """What happens when the date goes by."""
        return default_rule(self.code).nature

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done, or was missed."""
        return self.state in ("passed", "near", "open")

    @property
    def next_day(self) -> dt.date | None:
        """The day to look at: the opening of a window, else the first day on which it may fall."""
        return self.opens or self.earliest

    @property
    def when(self) -> str:
        """The date in words; a range where that is all that is known."""
        if self.earliest is None or self.latest is None:
            return "not known"
        if self.opens is not None:
            return f"{day_label(self.opens)} to {day_label(self.latest)}"
        return span_label(self.earliest, self.latest)

    @property
    def arithmetic(self) -> str:
        """How the date was counted, with the numbers, in one sentence that says that it is indicative."""
        if self.earliest is None:
            return f"{self.note or 'The date is not known.'}"
        if self.basis == "contract":
            text = f"Indicative: {self.when}, from the contract; nothing is computed."
        else:
            text = f"Indicative: {self._counted}."
        return f"{text} {self.note}".strip()

    @property
    def _counted(self) -> str:
        rule, start = self.rule, PartialDate.of(self.counted_from)
        if rule is None or start is None or self.earliest is None or self.latest is None:
            return self.when
        base = f"{start.label} ({ANCHORS[rule.counted_from]})"
        if rule.unit == "year-end":
            return f"{base}, by 31 December of {start.year} + {rule.amount} = {self.when}"
        if self.opens is not None and rule.side == "before":
            opening = span_label(*rule.bounds(start))
            return f"{base} {rule.step} = {opening}, when the window opens; it closes with the end"
        known = "year" if start.month is None else "month"
        because = "" if start.is_day else f"; a range, because only the {known} is known"
        return f"{base} {rule.step} = {span_label(*rule.bounds(start))}{because}"

    @property
    def source(self) -> str:
        """What the rule rests on."""
        if self.basis == "contract" or self.rule is None:
            return "from the contract"
        return self.rule.source

    def outcome(self, as_of: dt.date) -> str:
        """How it stands, in words: with the day on which it was met, or on which an open window closes."""
        if self.is_open and self.opens is not None and self.latest is not None and self.opens <= as_of:
            return f"Open until {day_label(self.latest)}"
        words = STATE_WORDS[self.state]
        return f"{words} ({date_label(self.met_on)})" if self.met_on else words


def span_label(first: dt.date, last: dt.date) -> str:
    """One day, or two with what lies between them, as people read them."""
    return day_label(first) if first == last else f"between {day_label(first)} and {day_label(last)}"


def state_of(
    bounds: tuple[dt.date, dt.date] | None,
    met_on: PartialDate | None,
    as_of: dt.date,
    near_days: int,
    nature: Nature,
    opens: dt.date | None = None,
) -> State:
    """How a deadline stands on a date: passed only when its last possible day has gone by.

    What was done on a reduced date was late only if all of that date lies after the deadline.
    """
    if bounds is None:
        return "not-known"
    earliest, latest = bounds
    if met_on is not None:
        return "met-late" if met_on.first > latest else "met"
    if as_of > latest:
        return "passed" if nature == "obligation" else "over"
    return "near" if ((opens or earliest) - as_of).days <= near_days else "open"
