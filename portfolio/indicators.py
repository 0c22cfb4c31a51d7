"""Every figure that the tracker shows, registered once: its meaning, its formula and where it stands.

The texts are in data/vocabulary/indicators.csv. Screens and documents take them from here, so that one word
never means two things.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from portfolio.settings import DATA_DIR
from portfolio.vocabulary import Term, terms

CONTEXT_SENTENCE = "A change in an index is context, not evidence that a project caused it."
NOT_ADDITIVE = (
    "Counts of projects are not additive over partners: one project may be active in several. "
    "They are never added up."
)
ESTIMATED = "estimated: equal split"
CONTEXT = "Context"
GROUPS = (
    "Money", "Projects", "Places", "Milestones", "Deadlines", "Results", "Capacity", "Risks", "Reporting",
    "Evaluations", "Health", "Completeness", "Gaps", "Evidence", CONTEXT,
)  # fmt: skip


@dataclass(frozen=True)
class Indicator:
    """One figure. `shown` are the screens on which it stands."""

    id: str
    group: str
    label: str
    unit: str
    definition: str
    formula: str
    source: str
    shown: tuple[str, ...]


@lru_cache
def indicators() -> tuple[Indicator, ...]:
    """Every figure, group by group in their printed order."""
    found = (*_written(), *(_context(term) for term in terms("context_indicator")))
    return tuple(sorted(found, key=lambda entry: GROUPS.index(entry.group)))


def indicator(indicator_id: str) -> Indicator:
    """One figure; KeyError if it is not registered."""
    return {entry.id: entry for entry in indicators()}[indicator_id]


def _written() -> tuple[Indicator, ...]:
    with (DATA_DIR / "vocabulary" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return tuple(
        Indicator(
            row["id"], row["group"], row["label"], row["unit"], row["definition"], row["formula"],
            row["source"], tuple(name for name in row["shown"].split("; ") if name),
        )
        for row in rows
    )  # fmt: skip


def context_indicator_id(code: str) -> str:
    """The id of the figure of a context indicator."""
    return f"context-{code.replace('_', '-')}"


def _context(term: Term) -> Indicator:
    """A partner's standing in a treaty or an index, from the list of those that are kept."""
    edition = term.get("edition")
    return Indicator(
        context_indicator_id(term.code), CONTEXT, term.label, term.get("unit"),
        term.description or "As the source prints it.",
        "as published, never blended into a score" + (f"; edition {edition}" if edition else ""),
        "The page named beside each value, with its date where it is known", ("Map",),
    )  # fmt: skip
