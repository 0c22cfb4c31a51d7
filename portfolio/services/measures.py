"""The measures that the map colours partners by, and how they add up to the portfolio."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from portfolio.indicators import ESTIMATED, Indicator, indicator
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.partners import NOT_SPLIT, OUTSIDE
from portfolio.services.geography import PlaceFigures
from portfolio.services.money import eu_contribution, is_off_budget, total_budget


@dataclass(frozen=True)
class Measure:
    """One figure of every place.

    Units: `value` in integer EUR cents where `is_money`, else a count; None where every project of the place
           leaves it unknown. `unknown` is how many of its projects do.
    """

    id: str
    is_money: bool
    value: Callable[[PlaceFigures], int | None]
    unknown: Callable[[PlaceFigures], int]

    @property
    def indicator(self) -> Indicator:
        """Its registered words."""
        return indicator(self.id)


@dataclass(frozen=True)
class PlaceSums:
    """How one amount is spread: partners + outside + not split = portfolio, to the cent.

    Units: integer EUR cents; a part is None where nothing of it is known.
    """

    partners_cents: int | None
    outside_cents: int | None
    not_split_cents: int | None
    portfolio: KnownSum

    @property
    def agree(self) -> bool:
        """Whether the known parts add up to what is known of the portfolio."""
        parts = (self.partners_cents, self.outside_cents, self.not_split_cents)
        return sum(part or 0 for part in parts) == (self.portfolio.cents or 0)


def _amount(place: PlaceFigures, cents: int | None) -> int | None:
    # A place without any project is known to hold nothing; one whose projects state no amount is unknown.
    return cents if place.projects else 0


MEASURES: tuple[Measure, ...] = (
    Measure("projects-active", False, lambda place: len(place.projects), lambda place: 0),
    Measure("projects-running", False, lambda place: len(place.running), lambda place: 0),
    Measure(
        "budget-split", True,
        lambda place: _amount(place, place.total_budget_cents), lambda place: place.unknown_budget,
    ),
    Measure(
        "eu-split", True,
        lambda place: _amount(place, place.eu_contribution_cents), lambda place: place.unknown_eu,
    ),
)  # fmt: skip


def measure(measure_id: str) -> Measure:
    """One measure by the id of its indicator; KeyError if there is none."""
    return {entry.id: entry for entry in MEASURES}[measure_id]


def place_sums(projects: Iterable[ProjectRow], places: Iterable[PlaceFigures], chosen: Measure) -> PlaceSums:
    """How a money measure of `places` adds up to that of `projects`."""
    values = {place.code: chosen.value(place) for place in places}
    outside, not_split = values.pop(OUTSIDE), values.pop(NOT_SPLIT)
    return PlaceSums(KnownSum.over(values.values()).cents, outside, not_split, _portfolio(projects, chosen))


def _portfolio(projects: Iterable[ProjectRow], chosen: Measure) -> KnownSum:
    if chosen.id == "budget-split":
        return KnownSum.over(map(total_budget, projects))
    return KnownSum.over(eu_contribution(project) for project in projects if not is_off_budget(project))


def remarks(place: PlaceFigures, chosen: Measure, names: Mapping[str, str]) -> tuple[str, ...]:
    """What has to be said beside a value: who is suspended, and that a split is estimated."""
    found: list[str] = []
    if place.suspended:
        found.append("suspended in " + ", ".join(names.get(key, key) for key in place.suspended))
    if chosen.is_money and place.estimated and chosen.value(place) is not None:
        found.append(ESTIMATED)
    return tuple(found)


def missing_sentence(place: PlaceFigures, chosen: Measure) -> str:
    """Of how many of a place's projects the measure is not stated, "" where it is of all."""
    missing = chosen.unknown(place)
    if not missing:
        return ""
    return "not stated for 1 project" if missing == 1 else f"not stated for {missing} projects"
