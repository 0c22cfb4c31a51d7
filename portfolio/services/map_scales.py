"""Steps of the map's colour scale: where they begin and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

MOST_STEPS = 5
# From this ratio of largest to smallest value on, steps grow (1, 2, 5, 10, ...); below it they are equal.
WIDE_RATIO = 10.0


@dataclass(frozen=True)
class Scale:
    """Steps of a scale: their lower bounds, ascending and inclusive, and what each is called."""

    lower: tuple[float, ...]
    labels: tuple[str, ...]

    def step_of(self, value: float) -> int:
        """The number of the step that a value falls into, from 0."""
        return max((number for number, bound in enumerate(self.lower) if value >= bound), default=0)


def scale_for(values: Sequence[float], decimals: int = 0) -> Scale:
    """At most five steps, round where they can be; every value a step of its own when there are few.

    Values are rounded to `decimals` first, as they are printed. Zero always has its own step, because nothing
    is not a little.

    >>> scale_for([1, 1, 2, 3]).labels
    ('1', '2', '3')
    >>> scale_for([0, 1, 2, 4, 7, 12, 31]).labels
    ('0', '1–4', '5–9', '10–19', '20–31')
    """
    distinct = sorted({round(value, decimals) for value in values})
    if len(distinct) <= MOST_STEPS:
        return Scale(tuple(distinct), tuple(number_text(value, decimals) for value in distinct))
    zero = [0.0] if distinct[0] == 0 else []
    rest = [value for value in distinct if value > 0]
    room = MOST_STEPS - len(zero)
    growing = rest[-1] / rest[0] >= WIDE_RATIO
    lower = [*zero, *(_growing(rest, room) if growing else _equal(rest, room, decimals))]
    return Scale(tuple(lower), tuple(_labels(lower, distinct[-1], decimals)))


def number_text(value: float, decimals: int) -> str:
    """A number as it stands on the map: 1,234 or 5.6."""
    return f"{value:,.{decimals}f}"


def _growing(values: Sequence[float], room: int) -> list[float]:
    """Bounds on the ladder 1, 2, 5, 10, ...: the highest rungs, and the lowest value below them."""
    first, last = floor(log10(values[0])), ceil(log10(values[-1]))
    rungs = [digit * 10.0**power for power in range(first, last + 1) for digit in (1, 2, 5)]
    reached = [rung for rung in rungs if values[0] < rung <= values[-1]]
    return (
        [values[0], *reached[len(reached) - (room - 1) :]] if len(reached) >= room else [values[0], *reached]
    )


def _equal(values: Sequence[float], room: int, decimals: int) -> list[float]:
    """Bounds at equal distances, in whole units of the last printed decimal."""
    unit = 10.0**-decimals
    width = ceil((values[-1] - values[0] + unit) / room / unit - 1e-9) * unit
    bounds = [round(values[0] + number * width, decimals) for number in range(room)]
    return [bound for bound in bounds if bound <= values[-1]]


def _labels(lower: Sequence[float], highest: float, decimals: int) -> list[str]:
    unit = 10.0**-decimals
    upper = [*(after - unit for _, after in pairwise(lower)), highest]
    names = [
        (number_text(low, decimals), number_text(high if low else low, decimals))
        for low, high in zip(lower, upper, strict=True)
    ]
    return [low if low == high else f"{low}–{high}" for low, high in names]
