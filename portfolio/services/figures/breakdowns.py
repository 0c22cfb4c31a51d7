"""A figure taken apart: the lines that add up to it, or the figures that its formula is made of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from portfolio.indicators import Indicator, indicator

# What a value is counted in: integer EUR cents, whole things, a share (a Fraction of 1), percentage points (a
# Fraction of 1 too: a twentieth is 5 points), days, integer millionths of an indicator's unit; or what never
# adds up: a date (a reduced ISO text), a code (in words) or a text.
Unit = Literal["eur", "count", "share", "points", "days", "millionths", "date", "code", "text"]
Value = int | Fraction | str | None
FieldRef = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """One row of a figure: what it adds, and the fields (entity, key, field) in which that stands.

    A value of None is not known; it adds nothing, and `remark` says why. What a line rests on is looked up
    by its fields: a source, a person and a reason, or the cell of an import. A line that is itself a page or
    a change set names it: `url`, `change_set`.
    """

    label: str
    value: Value
    fields: tuple[FieldRef, ...]
    project_key: str | None = None
    remark: str = ""
    url: str | None = None
    change_set: int | None = None


@dataclass(frozen=True)
class Breakdown:
    """One registered figure of one subject, with everything that it is made of.

    Either `lines` (of a sum or a count they add up to `value`) or `parts` (the figures that the formula
    names, in its order), or both. `arithmetic` is the formula with the numbers in it: "EUR 630,000 /
    EUR 1,200,000 = 52.5 %". `known` of `of` records have a value; `noun` says of what: "project". A line is
    one of them too unless `line_noun` says otherwise. `said` is the value in words where the number with its
    registered unit would not say enough: over which span of time it was counted.
    """

    figure_id: str
    subject: str
    value: Value
    unit: Unit
    arithmetic: str
    lines: tuple[Line, ...] = ()
    parts: tuple[Breakdown, ...] = ()
    is_sum: bool = True
    known: int = 0
    of: int = 0
    noun: str = "project"
    line_noun: str = ""
    said: str = ""

    @property
    def figure(self) -> Indicator:
        """Its registered words: definition, formula, unit and source."""
        return indicator(self.figure_id)

    @property
    def unknown(self) -> tuple[Line, ...]:
        """The lines of which nothing is known."""
        return tuple(line for line in self.lines if line.value is None)

    @property
    def adds_up(self) -> bool:
        """Whether the known lines of a sum or count give its value; True of what is no sum."""
        if not self.is_sum or not self.lines:
            return True
        known = [line.value for line in self.lines if isinstance(line.value, int | Fraction)]
        return (sum(known) if known else None) == self.value or (not known and self.value == 0)


def total(
    figure_id: str,
    subject: str,
    unit: Unit,
    lines: tuple[Line, ...],
    arithmetic: str = "",
    noun: str = "project",
) -> Breakdown:
    """A figure that is the sum of its lines; None where no line is known."""
    known = [line.value for line in lines if isinstance(line.value, int | Fraction)]
    value = sum(known) if known else None
    return Breakdown(
        figure_id, subject, value, unit, arithmetic, lines, known=len(known), of=len(lines), noun=noun
    )


def count(
    figure_id: str, subject: str, lines: tuple[Line, ...], noun: str, arithmetic: str = ""
) -> Breakdown:
    """A figure that is the number of its lines, each of which counts as 1."""
    return Breakdown(
        figure_id, subject, len(lines), "count", arithmetic, lines, known=len(lines), of=len(lines), noun=noun
    )
