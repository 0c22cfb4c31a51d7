"""What the incurred cost will come to at the present end: linear, and by the implementer's own word.

Linear: what was incurred, and as much a day as in the last two half-years that had ended, to the present end.
The range runs from the slower of the two at the first day of a reduced end to the faster one at its last day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portfolio.dates import HalfYear, PartialDate, date_label
from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import format_eur
from portfolio.services.funds.rates import NO_COST
from portfolio.services.money import contracted_total, incurred

Costs = Mapping[str, int]


@dataclass(frozen=True)
class Forecast:
    """Total eligible cost at the present end, with its range and how it was made, or why it was not.

    Units: integer EUR cents. `cents` is None where there is no forecast, and where only a range can be given
    because the day of the end is not known; `own_*` is what the implementer expects, None if not reported.
    """

    cents: int | None
    low_cents: int | None
    high_cents: int | None
    sentence: str
    own_cents: int | None = None
    own_period: str | None = None
    own_sentence: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a linear forecast, or its range."""
        return self.low_cents is not None


@dataclass(frozen=True)
class Pace:
    """The cost of the last two half-years that had ended, in integer EUR cents."""

    first: HalfYear
    last: HalfYear
    first_cents: int
    last_cents: int

    @property
    def days(self) -> int:
        """The days of both together."""
        return _days(self.first) + _days(self.last)

    @property
    def mean(self) -> Fraction:
        """Cents a day over both."""
        return Fraction(self.first_cents + self.last_cents, self.days)

    @property
    def halves(self) -> tuple[Fraction, Fraction]:
        """Cents a day of the slower and of the faster one."""
        one = Fraction(self.first_cents, _days(self.first))
        other = Fraction(self.last_cents, _days(self.last))
        return min(one, other), max(one, other)


def forecast(project: ProjectRow, money: MoneyRow | None, costs: Costs, as_of: dt.date) -> Forecast:
    """The forecast of one project; `costs` are its incurred costs by half-year, in integer EUR cents."""
    own_cents = money.forecast_cents if money else None
    own_period = money.forecast_period if money else None
    reason = _reason(project, money, costs, as_of)
    if reason:
        made = Forecast(None, None, None, f"Not known: {reason}.")
    else:
        made = _linear(project, incurred(money) or 0, _pace(costs, as_of))
    return Forecast(
        made.cents, made.low_cents, made.high_cents, made.sentence, own_cents, own_period,
        _own_sentence(made, own_cents, own_period, contracted_total(money)),
    )  # fmt: skip


def left_at_end(made: Forecast, money: MoneyRow | None) -> int | None:
    """Contracted total cost - linear forecast, None if either is not known; below 0 where it overspends."""
    total = contracted_total(money)
    return None if total is None or made.cents is None else total - made.cents


def _pace(costs: Costs, as_of: dt.date) -> Pace:
    last = HalfYear.last_ended(as_of)
    first = last.previous
    return Pace(first, last, costs[str(first)], costs[str(last)])


def _reason(project: ProjectRow, money: MoneyRow | None, costs: Costs, as_of: dt.date) -> str:
    """Why no linear forecast can be made, "" where it can."""
    end = PartialDate.of(project.present_end)
    if end is None:
        return "the end is not stated"
    if as_of > end.last:
        return f"it ended {_when(end)}, and nothing is left to forecast"
    if incurred(money) is None:
        return NO_COST
    return _missing(costs, as_of) or _too_young(project, costs, as_of)


def _missing(costs: Costs, as_of: dt.date) -> str:
    last = HalfYear.last_ended(as_of)
    missing = [str(period) for period in (last.previous, last) if str(period) not in costs]
    names = " and ".join(missing)
    return f"no cost is reported for {names}, and a forecast rests on twelve months" if missing else ""


def _too_young(project: ProjectRow, costs: Costs, as_of: dt.date) -> str:
    """Why the last two half-years are not twelve months of work; a cost before them shows that they are."""
    first, start = HalfYear.last_ended(as_of).previous, PartialDate.of(project.start)
    if start is None or start.last <= first.first or min(costs) < str(first):
        return ""
    last = date_label(HalfYear.last_ended(as_of).last.isoformat())
    return f"it had not run for twelve months by {last} (start {start.label})"


def _linear(project: ProjectRow, spent: int, pace: Pace) -> Forecast:
    end = PartialDate.parse(project.present_end or "")
    soonest, latest = (max((day - pace.last.last).days, 0) for day in (end.first, end.last))
    slow, fast = pace.halves
    low, high = round(spent + slow * soonest), round(spent + fast * latest)
    cents = round(spent + pace.mean * latest) if end.is_day else None
    return Forecast(cents, low, high, _sentence(spent, pace, end, soonest, latest, (cents, low, high)))


def _sentence(
    spent: int, pace: Pace, end: PartialDate, soonest: int, latest: int, made: tuple[int | None, int, int]
) -> str:
    days = str(latest) if soonest == latest else f"{soonest} to {latest}"
    cents, low, high = made
    result = f" = {_whole(cents)}" if cents is not None else ""
    why = "" if cents is not None else f", because only {end.label} is known of the end"
    return (
        f"{format_eur(spent)} + {format_eur(pace.first_cents + pace.last_cents)} "
        f"({pace.first} and {pace.last}) / {pace.days} days x {days} days to the end {_when(end)}"
        f"{result}; {_whole(low)} to {_whole(high)} at the pace of the slower and the "
        f"faster half-year{why}."
    )


def _when(end: PartialDate) -> str:
    return f"{'on' if end.is_day else 'in'} {end.label}"


def _own_sentence(made: Forecast, own: int | None, period: str | None, total: int | None) -> str:
    if own is None:
        return "The implementer's own forecast is not reported."
    said = f"The implementer expects {format_eur(own)} (report {period})"
    if total:
        said += f", {_against(own, total)}"
    if made.low_cents is None or made.high_cents is None:
        return f"{said}."
    if made.low_cents <= own <= made.high_cents:
        return f"{said}; that lies inside the range."
    gap = made.low_cents - own if own < made.low_cents else own - made.high_cents
    return f"{said}; that is {_whole(gap)} {'below' if own < made.low_cents else 'above'} the range."


def _against(own: int, total: int) -> str:
    if own == total:
        return "the contracted total cost"
    word = "below" if own < total else "above"
    return f"{format_eur(abs(total - own))} {word} the contracted total cost"


def _whole(cents: int) -> str:
    """An estimate in whole euro: its cents would say more than anybody knows."""
    return format_eur(round(cents, -2))


def _days(period: HalfYear) -> int:
    return (period.last - period.first).days + 1
