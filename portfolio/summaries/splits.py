"""How a project's money is split over places, and on what basis, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portfolio.indicators import ESTIMATED
from portfolio.model.rows import ProjectRow
from portfolio.partners import NOT_SPLIT, OUTSIDE, region_of
from portfolio.services.geography import (
    has_broken_shares,
    is_estimated,
    split_over_partners,
    split_over_regions,
)

SOLE = "sole partner"
DECLARED = "declared shares"
NOT_SPLIT_BASIS = "partners not published: not split"
BROKEN = "declared shares do not add to 100 %: not split"
INSIDE = "all partners in one region"
NO_PLACE = "neither partners nor a region published"
WHOLE_REGION = "partners not published: whole budget in its region"
REGIONS_EQUALLY = "partners not published: equal parts over its regions"


def partner_basis(project: ProjectRow) -> str:
    """On what the split of a project over its partners rests."""
    if not project.participations:
        return NOT_SPLIT_BASIS
    if has_broken_shares(project):
        return BROKEN
    if len(project.participations) == 1:
        return SOLE
    return ESTIMATED if is_estimated(project) else DECLARED


def region_basis(project: ProjectRow) -> str:
    """On what the split over regions rests; nothing is estimated where all partners are in one region."""
    if not project.participations:
        return {0: NO_PLACE, 1: WHOLE_REGION}.get(len(project.regions), REGIONS_EQUALLY)
    if len(project.participations) > 1 and len({region_of(code) for code in project.partner_codes}) == 1:
        return INSIDE
    return partner_basis(project)


@dataclass(frozen=True)
class Split:
    """One way of splitting: the amounts in integer EUR cents by place, and the words for their basis."""

    amounts: Callable[[ProjectRow, int], dict[str, int]]
    basis: Callable[[ProjectRow], str]

    def part(self, project: ProjectRow, code: str, amount_cents: int | None) -> int | None:
        """What of an amount belongs to a place, "outside" included; None where it is not known."""
        if amount_cents is None:
            return None
        amounts = self.amounts(project, amount_cents)
        if NOT_SPLIT in amounts and project.participations:
            return amounts.get(code)
        if code == OUTSIDE:
            return sum(part for place, part in amounts.items() if place == OUTSIDE or _is_outside(place))
        return amounts.get(code, 0)


def _is_outside(place: str) -> bool:
    return len(place) == 3 and region_of(place) == OUTSIDE


OVER_PARTNERS = Split(split_over_partners, partner_basis)
OVER_REGIONS = Split(split_over_regions, region_basis)


def bases(words: Iterable[str]) -> str:
    """Several bases as one text, each once."""
    return "; ".join(dict.fromkeys(words))
