"""Colours of health and the one sentence that stands behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from portfolio.model.changes import RecordId
from portfolio.services.figures.breakdowns import FieldRef

Colour = Literal["green", "amber", "red", "grey"]
Dimension = Literal["time", "money", "results", "risk", "reporting"]
COLOURS: tuple[Colour, ...] = ("green", "amber", "red", "grey")
DIMENSIONS: tuple[Dimension, ...] = ("time", "money", "results", "risk", "reporting")
# What is certain goes before what is not known, and that before what would only be hoped.
_BY_CERTAINTY: tuple[Colour, ...] = ("red", "amber", "grey", "green")
_MOST_DECIMALS = 6


@dataclass(frozen=True)
class Rating:
    """One dimension of a project on a date.

    `sentence` names the record, the date, the number and the threshold, for every colour; `fields` are those
    of records on which it rests, so that their origin can be found.
    """

    dimension: Dimension
    colour: Colour
    sentence: str
    record: RecordId | None = None
    fields: tuple[FieldRef, ...] = ()


def severest(ratings: Iterable[Rating]) -> Rating | None:
    """The first of the worst ratings that are not grey; None if all are."""
    known = [rating for rating in ratings if rating.colour != "grey"]
    return max(known, key=lambda rating: COLOURS.index(rating.colour), default=None)


def by_certainty(colour: Colour) -> int:
    """The rank of a colour among several records of one dimension, the one that counts first."""
    return _BY_CERTAINTY.index(colour)


def certain_colour(certainly: Colour, possibly: Colour) -> Colour:
    """The colour of a number of which only the least is certain.

    What is certain counts; but green is never said where the number may also lie beyond the threshold.
    """
    return "grey" if certainly == "green" and possibly != "green" else certainly


def decimal_text(value: Fraction, limits: Iterable[int] = (), sign: str = "-") -> str:
    """A number with one decimal, and with more where it would read like a threshold that it is beyond.

    >>> decimal_text(Fraction(-1504, 100), (-15,)), decimal_text(Fraction(-15), (-15,))
    ('-15.04', '-15.0')
    """
    known, number, text = tuple(limits), float(value), ""
    is_limit = value.denominator == 1 and value.numerator in known
    for decimals in range(1, _MOST_DECIMALS + 1):
        text = f"{number:{sign}.{decimals}f}"
        if is_limit or float(text) not in known:
            break
    return text.lstrip("+-") if float(text) == 0 else text
