"""The rules that deadlines are counted by: data/vocabulary/deadline_rule.csv, or the unit's own practice."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, cast

from portfolio.dates import PartialDate
from portfolio.numbers import counted
from portfolio.overrides import overridden
from portfolio.vocabulary import codes, default_terms

VOCABULARY = "deadline_rule"
# What stands in place of a number where no rule is sourced: the date typed from the contract holds.
FROM_CONTRACT = "from the contract"
OWN_SOURCE = "this unit's own practice, see Settings"
Unit = Literal["days", "months", "years", "year-end"]
Side = Literal["after", "before"]
# What happens when the date goes by: something was missed, is no longer possible, or is simply over.
Nature = Literal["obligation", "opportunity", "window"]
SourceStatus = Literal["confirmed", "to-be-confirmed", "practice", "own"]
STATUS_WORDS: dict[SourceStatus, str] = {
    "confirmed": "confirmed",
    "to-be-confirmed": "to be confirmed",
    "practice": "practice",
    "own": "set by this unit",
}
ANCHORS = {
    "decision": "decision taken",
    "agreement": "financing agreement signed",
    "signature": "contract signed",
    "period": "end of the period",
    "start": "start",
    "end": "end",
}


@dataclass(frozen=True)
class DeadlineRule:
    """One rule: so many days, months or years after or before a date; "year-end" is 31 December."""

    code: str
    contract_types: tuple[str, ...]
    counted_from: str
    amount: int
    unit: Unit
    side: Side
    source: str
    source_status: SourceStatus
    near_days: int
    nature: Nature

    def shifted(self, day: dt.date) -> dt.date:
        """The deadline that is counted from `day`; the last or first day there is where it lies beyond."""
        try:
            return self._shifted(day, self.amount if self.side == "after" else -self.amount)
        except (OverflowError, ValueError):
            return dt.date.max if self.side == "after" else dt.date.min

    def _shifted(self, day: dt.date, amount: int) -> dt.date:
        if self.unit == "days":
            return day + dt.timedelta(days=amount)
        if self.unit == "year-end":
            return dt.date(day.year + amount, 12, 31)
        return months_after(day, amount * (12 if self.unit == "years" else 1))

    def bounds(self, counted_from: PartialDate) -> tuple[dt.date, dt.date]:
        """The first and the last day on which the deadline may lie; one day unless the date is reduced."""
        return self.shifted(counted_from.first), self.shifted(counted_from.last)

    @property
    def step(self) -> str:
        """What is added or taken away, in words: "+ 3 years", "- 1 month"."""
        if self.unit == "year-end":
            return f"31 December of the year + {self.amount}"
        return f"{'+' if self.side == 'after' else '-'} {counted(self.amount, self.unit[:-1])}"

    @property
    def unit_words(self) -> str:
        """The unit with what it is counted from, for a setting: "days after the end of the period"."""
        anchor = {"period": "the end of the period", "start": "the start", "end": "the end"}.get(
            self.counted_from, f"the {self.counted_from}"
        )
        return f"{'years, to 31 December,' if self.unit == 'year-end' else self.unit} {self.side} {anchor}"


Rulebook = Mapping[tuple[str, str | None], DeadlineRule | None]


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later; the month's last day where it has no such day.

    >>> months_after(dt.date(2024, 2, 29), 36), months_after(dt.date(2027, 3, 31), -1)
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def rule_codes() -> tuple[str, ...]:
    """The codes of the rules in their printed order."""
    return codes(VOCABULARY)


@lru_cache
def default_rule(code: str) -> DeadlineRule:
    """A rule as the file has it; KeyError if there is none of this code."""
    term = {entry.code: entry for entry in default_terms(VOCABULARY)}[code]
    return DeadlineRule(
        code=code,
        contract_types=tuple(term.get("contract_types").split("|")),
        counted_from=term.get("counted_from"),
        amount=int(term.get("amount")),
        unit=cast(Unit, term.get("unit")),
        side=cast(Side, term.get("side")),
        source=term.get("source"),
        source_status=cast(SourceStatus, term.get("source_status")),
        near_days=int(term.get("near_days")),
        nature=cast(Nature, term.get("nature")),
    )


def is_of_decisions(code: str) -> bool:
    """Whether a rule belongs to financing decisions, and not to a type of contract."""
    return default_rule(code).contract_types == ("decision",)


@lru_cache
def setting_key(code: str, contract_type: str) -> str:
    """The key under which a unit may set the number of a rule: "deadline/interim-report/grant"."""
    return f"deadline/{code}/{contract_type}"


@lru_cache
def default_value(code: str, contract_type: str) -> str:
    """The number of a rule for a type of contract, or the words that say that the contract's date holds."""
    rule = default_rule(code)
    return str(rule.amount) if contract_type in rule.contract_types else FROM_CONTRACT


def decision_rule(code: str) -> DeadlineRule | None:
    """A rule of financing decisions as it holds; None where the unit has switched it off."""
    return _in_force(code, "decision")


def contract_rule(code: str, contract_type: str | None) -> DeadlineRule | None:
    """A rule as it holds for a type of contract; None where the date in the contract does.

    Where the type is not stated, a rule holds only if it is the same for all types.
    """
    if contract_type is not None:
        return _in_force(code, contract_type)
    found = {_in_force(code, each) for each in codes("contract_type")}
    return found.pop() if len(found) == 1 else None


def rulebook() -> Rulebook:
    """Every rule as it holds for every type of contract, and for contracts of no stated type."""
    types = (*codes("contract_type"), None)
    return {(code, kind): contract_rule(code, kind) for code in rule_codes() for kind in types}


def _in_force(code: str, contract_type: str) -> DeadlineRule | None:
    default = default_value(code, contract_type)
    return _made(code, overridden(setting_key(code, contract_type), default), default)


@lru_cache(maxsize=256)
def _made(code: str, value: str, default: str) -> DeadlineRule | None:
    if value == FROM_CONTRACT:
        return None
    rule = default_rule(code)
    if value == default:
        return rule
    return replace(rule, amount=int(value), source=OWN_SOURCE, source_status="own")
