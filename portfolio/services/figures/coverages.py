"""Of how many records a figure is known, in words."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.numbers import counted
from portfolio.services.figures.breakdowns import Breakdown


@dataclass(frozen=True)
class Coverage:
    """Of how many records a figure is known; `noun` says of what: "project"."""

    known: int
    of: int
    noun: str

    @property
    def sentence(self) -> str:
        """The coverage in words."""
        if self.of == 0:
            return f"no {self.noun}s on record"
        if self.known == 0:
            return f"not known for any of {counted(self.of, self.noun)}"
        return f"known for {self.known:,} of {counted(self.of, self.noun)}"


def coverage_of(breakdown: Breakdown) -> Coverage | None:
    """How much of a figure is known; None of what is simply counted, so that nothing can be unknown."""
    is_counted = breakdown.unit == "count" and breakdown.known == breakdown.of == len(breakdown.lines)
    return None if is_counted else Coverage(breakdown.known, breakdown.of, breakdown.noun)
