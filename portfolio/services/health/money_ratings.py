"""The colour of money: whether a project's incurred cost keeps pace with its time."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from portfolio.dates import PartialDate, date_label
from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.model.standing_rows import ProjectStanding
from portfolio.money import format_eur, format_share
from portfolio.services.figures.breakdowns import FieldRef
from portfolio.services.funds.rates import NO_COST, burn_gap, time_elapsed
from portfolio.services.health.colours import Colour, Rating, decimal_text
from portfolio.services.money import contracted_total
from portfolio.services.signals import day_label
from portfolio.services.thresholds import threshold


def money_rating(project: ProjectRow, standing: ProjectStanding, as_of: dt.date) -> Rating:
    """The colour of a project's money, by its burn gap; grey where that may lie on both sides of a threshold.

    Source: domain.md, "Health" and "Money words": burn gap = absorption - time elapsed.
    """
    money, gap = standing.money, burn_gap(project, standing.money, as_of)
    record, fields = ("project", project.key), _fields(project)
    if gap.low is None or gap.high is None:
        return Rating("money", "grey", _not_known(money, gap.reason), record, fields)
    low, high = 100 * gap.low, 100 * gap.high
    colour = gap_colour(low, high)
    return Rating("money", colour, _sentence(project, money, (low, high), colour, as_of), record, fields)


def gap_colour(low: Fraction, high: Fraction) -> Colour:
    """The colour of a burn gap between `low` and `high` percentage points: grey if that is not one colour."""
    first, last = _point_colour(low), _point_colour(high)
    is_one_side = high < 0 or low > 0
    return first if first == last and (first == "green" or is_one_side) else "grey"


def _point_colour(points: Fraction) -> Colour:
    if points < threshold("money-red-low") or points > threshold("money-red-high"):
        return "red"
    is_amber = points < threshold("money-amber-low") or points > threshold("money-amber-high")
    return "amber" if is_amber else "green"


def _not_known(money: MoneyRow, reason: str) -> str:
    # Without a cost there is nothing to judge, whatever else is missing.
    if money.incurred_cents is None:
        return f"Not known: {NO_COST}."
    return f"Not known: {format_eur(money.incurred_cents)} is incurred; {reason}."


def _sentence(
    project: ProjectRow, money: MoneyRow, gap: tuple[Fraction, Fraction], colour: Colour, as_of: dt.date
) -> str:
    incurred, total = money.incurred_cents, contracted_total(money)
    cost = f"incurred cost up to {money.last_incurred_period} is {format_share(incurred, total)} of the "
    text = (
        f"{cost}contracted total cost ({format_eur(incurred)} of {format_eur(total)}) when "
        f"{_passed(project, as_of)} of the time from {date_label(project.start)} to "
        f"{date_label(project.present_end)} has passed on {day_label(as_of)}: "
        f"burn gap {_points(*gap)} points; {_limits(gap, colour)}."
    )
    return f"Not known: {_reduced(project)}; {text}" if colour == "grey" else text[0].upper() + text[1:]


def _passed(project: ProjectRow, as_of: dt.date) -> str:
    elapsed = time_elapsed(project, as_of)
    bounds = [decimal_text(100 * bound) for bound in (elapsed.low, elapsed.high) if bound is not None]
    return f"{bounds[0]} %" if elapsed.exact is not None else f"between {' and '.join(bounds)} %"


def _points(low: Fraction, high: Fraction) -> str:
    limits = [threshold(f"money-{level}-{side}") for level in ("amber", "red") for side in ("low", "high")]
    texts = [decimal_text(bound, limits, "+") for bound in (low, high)]
    return texts[0] if low == high else f"between {texts[0]} and {texts[1]}"


def _limits(gap: tuple[Fraction, Fraction], colour: Colour) -> str:
    low, high = gap
    if colour in ("amber", "red"):
        side = "low" if high < 0 else "high"
        return f"{colour} {'below' if side == 'low' else 'above'} {threshold(f'money-{colour}-{side}'):+d}"
    level = "red" if colour == "grey" and _point_colour(low) != "green" != _point_colour(high) else "amber"
    below, above = (threshold(f"money-{level}-{side}") for side in ("low", "high"))
    return f"{level} below {below:+d} or above {above:+d}"


def _reduced(project: ProjectRow) -> str:
    """Which dates are known to the month or the year only."""
    dates = {"start": PartialDate.of(project.start), "present end": PartialDate.of(project.present_end)}
    found = [
        f"the {name} is known to the {'month' if date.month else 'year'}"
        for name, date in dates.items()
        if date is not None and not date.is_day
    ]
    return " and ".join(found)


def _fields(project: ProjectRow) -> tuple[FieldRef, ...]:
    # An end by an amendment stands in the amendment; the project's own end is what it replaced.
    end = "end_current" if project.end_current is not None else "end_original"
    return (("project", project.key, "start"), ("project", project.key, end))
