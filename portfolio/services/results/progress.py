"""How far an indicator has come, measured against what is expected by now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.result_rows import IndicatorRow
from portfolio.model.results import PERCENT_UNIT
from portfolio.model.standing_rows import IndicatorStanding
from portfolio.numbers import MILLION, format_number
from portfolio.services.thresholds import threshold

# Why an indicator has no progress, in the order in which it is looked for.
Gap = Literal["words", "no-target", "no-unit", "no-way", "contradiction", "early", "no-value"]
_TENTH = MILLION // 10


@dataclass(frozen=True)
class Progress:
    """What is expected of an indicator on a date, and which share of it has been reached.

    Units:  `expected` in millionths of the indicator's unit; `share` of 1, not rounded, below 0 where things
            went the other way and above 1 where more was reached.
    Shape:  None where it is not known, and then `reason` says why; `reason` is always one sentence.
            `gap` is why there is no share, for counting; None where there is one.
    """

    expected: Fraction | None
    share: Fraction | None
    reason: str
    gap: Gap | None = None


def indicator_progress(standing: IndicatorStanding, as_of: dt.date) -> Progress:
    """What is expected of an indicator by `as_of`, linear between two year-ends, and the share reached.

    Up and down: (reached - baseline) / (expected - baseline). Keep: the smaller of reached / target and
    target / reached. An additive indicator has reached its baseline and all that its half-years added.
    Source: domain.md, "Health" (expected by now: from the baseline's year-end to the target's year-end).
    """
    row = standing.indicator
    problem = _problem(row)
    if problem:
        gap, said = problem
        return Progress(None, None, said, gap)
    expected = _expected(row, as_of)
    if expected is None:
        return Progress(None, None, f"Nothing is expected before the end of {row.baseline_year}.", "early")
    reached = reached_millionths(standing)
    if reached is None:
        said = f"No value against the target: {_expectation(row, expected, as_of)}."
        return Progress(expected, None, said, "no-value")
    share = _share(row, reached, expected)
    return Progress(expected, share, _sentence(standing, reached, expected, share, as_of))


def reached_share(standing: IndicatorStanding, as_of: dt.date) -> Fraction | None:
    """The share of what is expected that has been reached, as `indicator_progress` says it, without words."""
    row, reached = standing.indicator, reached_millionths(standing)
    if reached is None or _problem(row):
        return None
    expected = _expected(row, as_of)
    return None if expected is None else _share(row, reached, expected)


def reached_millionths(standing: IndicatorStanding) -> int | None:
    """Where an indicator stands; of an additive one the baseline and all that its half-years added."""
    row, value = standing.indicator, standing.value_millionths
    if value is None or not is_additive(row) or row.direction == "keep":
        return value
    return value + (row.baseline_millionths or 0)


def _problem(row: IndicatorRow) -> tuple[Gap, str] | None:
    """Why nothing can be expected of an indicator, None if something can."""
    target, baseline = row.target_millionths, row.baseline_millionths
    if target is None:
        if row.target_text or row.baseline_text:
            return "words", "Told in words, not in numbers: nothing to measure."
        return "no-target", "It has no target."
    if not row.unit:
        return "no-unit", "It has no unit: its numbers cannot be read."
    if row.direction == "keep":
        return None
    if baseline is None:
        return "no-way", "It has no baseline, so no way to its target can be measured."
    if baseline == target:
        said = f"Its target equals its baseline of {_number(baseline, row)}: there is no way to go."
        return "contradiction", said
    if (target > baseline) != (row.direction == "up"):
        said = f"It is to go {row.direction}, and its target lies on the other side of its baseline."
        return "contradiction", said
    if row.baseline_year is None or row.target_year is None:
        missing = "baseline" if row.baseline_year is None else "target"
        return "no-way", f"The year of its {missing} is not stated."
    if row.target_year < row.baseline_year:
        said = f"Its target is for {row.target_year}, before its baseline of {row.baseline_year}."
        return "contradiction", said
    return None


def _expected(row: IndicatorRow, as_of: dt.date) -> Fraction | None:
    """Millionths expected by `as_of`; None before anything is expected."""
    way = _way(row.baseline_year, row.target_year, as_of, row.direction == "keep")
    if way is None:
        return None
    (passed, days), target = way, row.target_millionths or 0
    baseline = target if passed == days else row.baseline_millionths or 0
    return Fraction(baseline * days + (target - baseline) * passed, days)


@lru_cache(maxsize=4_096)
def _way(
    baseline_year: int | None, target_year: int | None, as_of: dt.date, is_kept: bool
) -> tuple[int, int] | None:
    """Days passed of the days from the baseline's year-end to the target's; None before the first of them."""
    start = None if baseline_year is None else dt.date(baseline_year, 12, 31)
    if start is not None and as_of < start:
        return None
    if is_kept or start is None or target_year is None or as_of >= dt.date(target_year, 12, 31):
        return (1, 1)
    if as_of == start:
        return None
    return ((as_of - start).days, (dt.date(target_year, 12, 31) - start).days)


def _share(row: IndicatorRow, reached: int, expected: Fraction) -> Fraction:
    if row.direction == "keep":
        return _kept(row, reached)
    baseline = row.baseline_millionths or 0
    return Fraction((reached - baseline) * expected.denominator, _way_to(expected, baseline))


def _way_to(expected: Fraction, baseline: int) -> int:
    return expected.numerator - baseline * expected.denominator


def _kept(row: IndicatorRow, reached: int) -> Fraction:
    target = row.target_millionths or 0
    if reached == target:
        return Fraction(1)
    # Of two numbers one of which is 0, or on the other side of it, nothing has been kept.
    if reached * target <= 0:
        return Fraction(0)
    return min(Fraction(reached, target), Fraction(target, reached))


def _sentence(
    standing: IndicatorStanding, reached: int, expected: Fraction, share: Fraction, as_of: dt.date
) -> str:
    row = standing.indicator
    until = f" up to {standing.period}" if is_additive(row) else f" in {standing.period}"
    had = f"{_number(reached, row)}{until if standing.period else ''}"
    return f"{had}; {_expectation(row, expected, as_of)}: {share_text(share)}."


def _expectation(row: IndicatorRow, expected: Fraction, as_of: dt.date) -> str:
    day = PartialDate(as_of.year, as_of.month, as_of.day).label
    if row.direction == "keep":
        return f"{_number(expected, row)} is to be kept"
    return f"{_number(expected, row)} expected by {day}"


def _number(millionths: int | Fraction, row: IndicatorRow) -> str:
    """A number with its unit; what was computed is rounded to one decimal."""
    exact = millionths if isinstance(millionths, int) else round(millionths / _TENTH) * _TENTH
    return format_number(exact, row.unit)


def share_text(share: Fraction | None, unknown: str = "not known") -> str:
    """A share of what is expected, as a percentage with one decimal."""
    return unknown if share is None else f"{float(100 * share):.1f} %"


def progress_colour(progress: Progress) -> Literal["green", "amber", "red", "grey"]:
    """The colour of a share by the thresholds of results: exactly on a threshold is not below it."""
    if progress.share is None:
        return "grey"
    if progress.share < Fraction(threshold("results-red"), 100):
        return "red"
    return "amber" if progress.share < Fraction(threshold("results-amber"), 100) else "green"


def is_additive(row: IndicatorRow) -> bool:
    """Whether the values of an indicator's half-years may be added up; those of a percentage never are."""
    return row.aggregation == "sum" and row.unit != PERCENT_UNIT
