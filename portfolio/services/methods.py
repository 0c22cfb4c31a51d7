"""How much of every figure is known for the chosen projects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.indicators import Indicator, indicators
from portfolio.services.access import Person, require
from portfolio.services.figures.coverages import Coverage, coverage_of
from portfolio.services.figures.openings import figure_subject
from portfolio.services.figures.registry import builders
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database


@dataclass(frozen=True)
class Method:
    """A registered figure and how much of it is known; None where it is simply counted."""

    indicator: Indicator
    coverage: Coverage | None

    @property
    def sentence(self) -> str:
        """The coverage in words, or why there is none."""
        if self.coverage is not None:
            return self.coverage.sentence
        return "counted, always known"


def methods(
    database: Database, person: Person, *, chosen: PortfolioFilter | None = None, as_of: dt.date | None = None
) -> tuple[Method, ...]:
    """Every registered figure with its coverage over the chosen projects, in their printed order."""
    require(person, "see")
    subject, known = figure_subject(database, person, chosen=chosen, as_of=as_of), builders()
    return tuple(
        Method(entry, coverage_of(known[entry.id](subject)))
        for entry in indicators()
    )
