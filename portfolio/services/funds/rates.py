"""Rates of money and time: exact, or a range where a date is published without its day.

Nothing to divide by, and what contradicts itself, gives "not known" with the reason, never 0 %.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from portfolio.dates import PartialDate
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.services.money import contracted_eu, contracted_total, incurred, paid

NO_CONTRACT = "no contract is on record"
NO_EU_AMOUNT = "a contract does not state its EU contribution"
NO_TOTAL = "a contract does not state its total cost"
ZERO_EU = "the contracted EU contribution is 0"
ZERO_TOTAL = "the contracted total cost is 0"
NO_PAYMENT = "no payment is on record"
NO_COST = "no cost is reported"
ABOVE_CONTRACT = "more is paid than the contracts' EU contribution"


@dataclass(frozen=True)
class Spread:
    """A rate from its lowest to its highest possible value, which are equal where it is exact.

    Units: shares of 1 as fractions. Both are None where it is not known, and `reason` says why.
    """

    low: Fraction | None
    high: Fraction | None
    reason: str = ""

    @classmethod
    def exactly(cls, value: Fraction) -> Spread:
        """A rate without a range."""
        return cls(value, value)

    @classmethod
    def unknown(cls, reason: str) -> Spread:
        """A rate of which nothing can be said, and why."""
        return cls(None, None, reason)

    @property
    def exact(self) -> Fraction | None:
        """The value where there is but one."""
        return self.low if self.low == self.high else None

    @property
    def is_known(self) -> bool:
        """Whether there is a value or a range."""
        return self.low is not None


def contracting_rate(decision: DecisionRow) -> Spread:
    """EU contribution contracted under a decision / what the decision committed."""
    if decision.committed_cents is None:
        return Spread.unknown("the decision does not state what it commits")
    if decision.contracted_eu_cents is None:
        return Spread.unknown(NO_EU_AMOUNT)
    return _divided(decision.contracted_eu_cents, decision.committed_cents, "nothing is committed")


def payment_rate(money: MoneyRow | None) -> Spread:
    """EU paid / EU contribution; not known where more is paid than the contracts hold."""
    reason = eu_reason(money)
    if reason:
        return Spread.unknown(reason)
    part = paid(money)
    if part is None:
        return Spread.unknown(NO_PAYMENT)
    whole = contracted_eu(money) or 0
    return Spread.unknown(ABOVE_CONTRACT) if part > whole > 0 else _divided(part, whole, ZERO_EU)


def absorption(money: MoneyRow | None) -> Spread:
    """Incurred total cost / contracted total cost, all funders on both sides; above 1 where overspent."""
    reason = total_reason(money)
    if reason:
        return Spread.unknown(reason)
    part = incurred(money)
    if part is None:
        return Spread.unknown(NO_COST)
    return _divided(part, contracted_total(money) or 0, ZERO_TOTAL)


def time_elapsed(project: ProjectRow, as_of: dt.date) -> Spread:
    """Days since the start / days from start to present end, between 0 and 1.

    A reduced start or end gives the range over every day that it may be.
    """
    return _between(project.start, project.present_end, as_of)


@lru_cache(maxsize=20_000)
def _between(first: str | None, last: str | None, as_of: dt.date) -> Spread:
    # Asked for again by every rate, colour and sentence of the same project.
    start, end = PartialDate.of(first), PartialDate.of(last)
    if start is None or end is None:
        names = [name for name, date in (("start", start), ("end", end)) if date is None]
        return Spread.unknown(f"{' and '.join(names)} not stated")
    if end.last <= start.first:
        return Spread.unknown("the end does not lie after the start")
    if as_of >= end.last:
        return Spread.exactly(Fraction(1))
    if as_of <= start.first:
        return Spread.exactly(Fraction(0))
    if end.first <= start.last:
        return Spread.unknown(f"start ({start.label}) and end ({end.label}) are not known closely enough")
    return Spread(_elapsed(start.last, end.last, as_of), _elapsed(start.first, end.first, as_of))


def burn_gap(project: ProjectRow, money: MoneyRow | None, as_of: dt.date) -> Spread:
    """Absorption - time elapsed: below 0 where cost lags behind time."""
    spent, time = absorption(money), time_elapsed(project, as_of)
    if spent.exact is None:
        return Spread.unknown(spent.reason)
    if time.low is None or time.high is None:
        return Spread.unknown(time.reason)
    return Spread(spent.exact - time.high, spent.exact - time.low)


def eu_reason(money: MoneyRow | None) -> str:
    """Why the contracted EU contribution is not known, "" where it is."""
    if money is None or money.contracts == 0:
        return NO_CONTRACT
    return NO_EU_AMOUNT if contracted_eu(money) is None else ""


def total_reason(money: MoneyRow | None) -> str:
    """Why the contracted total cost is not known, "" where it is."""
    if money is None or money.contracts == 0:
        return NO_CONTRACT
    return NO_TOTAL if contracted_total(money) is None else ""


def _divided(part: int, whole: int, nothing: str) -> Spread:
    return Spread.exactly(Fraction(part, whole)) if whole > 0 else Spread.unknown(nothing)


def _elapsed(start: dt.date, end: dt.date, as_of: dt.date) -> Fraction:
    share = Fraction((as_of - start).days, (end - start).days)
    return min(max(share, Fraction(0)), Fraction(1))
