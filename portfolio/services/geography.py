"""Who works where: counts and money by partner and by region, adding up to the portfolio to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portfolio.model.rows import ProjectRow
from portfolio.money import split_largest_remainder
from portfolio.partners import (
    NOT_SPLIT,
    NOT_SPLIT_LABEL,
    OUTSIDE,
    OUTSIDE_LABEL,
    partners,
    region_name,
    region_of,
    regions,
)
from portfolio.services.money import Amount, eu_contribution, is_eu_part_alone, is_off_budget, total_budget
from portfolio.services.statuses import project_status


@dataclass(frozen=True)
class PlaceFigures:
    """What is known of one partner, one region or one of the two buckets.

    Units: integer EUR cents. `projects` counts those active there and is not additive over places; amounts
    are. `estimated` says that a part of the money is an equal split, `unknown_budget` and `unknown_eu` how
    many of the projects have no known amount, `eu_alone` which have a known EU contribution and no known
    total, so that the first sum may exceed the second; `suspended` which have suspended the partner.
    """

    code: str
    name: str
    region: str
    projects: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    total_budget_cents: int | None = None
    eu_contribution_cents: int | None = None
    unknown_budget: int = 0
    unknown_eu: int = 0
    estimated: bool = False
    eu_alone: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()


@dataclass
class _Place:
    projects: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    eu_alone: list[str] = field(default_factory=list)
    budget: list[int | None] = field(default_factory=list)
    eu: list[int | None] = field(default_factory=list)
    estimated: bool = False


def has_broken_shares(project: ProjectRow) -> bool:
    """Whether shares are declared that do not make a whole: then nobody knows how the money is split."""
    declared = any(row.share_millionths is not None for row in project.participations)
    return declared and project.declared_shares is None


def is_estimated(project: ProjectRow) -> bool:
    """Whether the project's money is split equally, because its partners' shares are not declared."""
    is_split = len(project.participations) > 1 and not has_broken_shares(project)
    return is_split and project.declared_shares is None


def split_over_partners(project: ProjectRow, amount_cents: int) -> dict[str, int]:
    """The amount by partner code, or under "regional-not-split" where the partners are not published.

    It stays there, too, where the declared shares do not add to the whole.

    Units:  integer EUR cents, adding up to `amount_cents` exactly.
    Source: domain.md, "Many partners, one budget": by declared shares, else equally.
    """
    codes = project.partner_codes
    if not codes or has_broken_shares(project):
        return {NOT_SPLIT: amount_cents}
    weights = project.declared_shares or (1,) * len(codes)
    return dict(zip(codes, split_largest_remainder(amount_cents, weights), strict=True))


def split_over_regions(project: ProjectRow, amount_cents: int) -> dict[str, int]:
    """The amount by region id, "outside", or "regional-not-split" where not even a region is known.

    A project without published partners stays in its own region, equally where it has several.
    """
    if not project.partner_codes:
        if not project.regions:
            return {NOT_SPLIT: amount_cents}
        parts = split_largest_remainder(amount_cents, (1,) * len(project.regions))
        return dict(zip(project.regions, parts, strict=True))
    found = {region_of(code) for code in project.partner_codes}
    if len(found) == 1:
        return dict.fromkeys(found, amount_cents)
    sums: dict[str, int] = {}
    for code, part in split_over_partners(project, amount_cents).items():
        region = code if code == NOT_SPLIT else region_of(code)
        sums[region] = sums.get(region, 0) + part
    return sums


def by_partner(projects: Iterable[ProjectRow], as_of: dt.date) -> tuple[PlaceFigures, ...]:
    """The 22 partners of the three regions, then "outside" and "regional-not-split".

    Sum over the rows = the portfolio, for either amount, to the cent.
    """
    places: dict[str, _Place] = {}
    for project in projects:
        broken = {NOT_SPLIT} if has_broken_shares(project) else set()
        parts = {_bucket(code) for code in project.partner_codes} | broken or {NOT_SPLIT}
        _count(places, project, parts, as_of)
        for name, amount in _amounts(project):
            shared = None if amount is None else split_over_partners(project, amount)
            _add(places, name, parts, _bucketed(shared), None if broken else 0)
        _mark(places, project)
    known = [partner for partner in partners().values() if partner.region != OUTSIDE]
    rows = [
        _figures(partner.code, partner.name, partner.region, places.get(partner.code)) for partner in known
    ]
    rows.append(_figures(OUTSIDE, OUTSIDE_LABEL, OUTSIDE, places.get(OUTSIDE)))
    rows.append(_figures(NOT_SPLIT, NOT_SPLIT_LABEL, NOT_SPLIT, places.get(NOT_SPLIT)))
    return tuple(rows)


def by_region(projects: Iterable[ProjectRow], as_of: dt.date) -> tuple[PlaceFigures, ...]:
    """The three regions, then "outside" and "regional-not-split"; sums equal the portfolio to the cent."""
    places: dict[str, _Place] = {}
    for project in projects:
        found = {region_of(code) for code in project.partner_codes}
        broken = {NOT_SPLIT} if has_broken_shares(project) and len(found) > 1 else set()
        parts = set(project.regions) | found | broken or {NOT_SPLIT}
        _count(places, project, parts, as_of)
        for name, amount in _amounts(project):
            shared = None if amount is None else split_over_regions(project, amount)
            _add(places, name, parts, shared, None if broken else 0)
        for region in parts:
            places[region].estimated |= is_estimated(project)
    codes = [*regions(), OUTSIDE, NOT_SPLIT]
    return tuple(_figures(code, region_name(code), code, places.get(code)) for code in codes)


def _bucket(code: str) -> str:
    return OUTSIDE if region_of(code) == OUTSIDE else code


def _bucketed(parts: Mapping[str, int] | None) -> dict[str, int] | None:
    if parts is None:
        return None
    sums: dict[str, int] = {}
    for code, part in parts.items():
        bucket = code if code == NOT_SPLIT else _bucket(code)
        sums[bucket] = sums.get(bucket, 0) + part
    return sums


def _amounts(project: ProjectRow) -> list[tuple[str, int | None]]:
    # Off-budget money is the EU Member States' own: it is in the total budget, never in an EU contribution.
    measures: list[tuple[str, Amount]] = [("budget", total_budget)]
    if not is_off_budget(project):
        measures.append(("eu", eu_contribution))
    return [(name, amount(project)) for name, amount in measures]


def _count(places: dict[str, _Place], project: ProjectRow, parts: Iterable[str], as_of: dt.date) -> None:
    running = project_status(project, as_of) == "ongoing"
    for code in parts:
        place = places.setdefault(code, _Place())
        place.projects.append(project.key)
        if running:
            place.running.append(project.key)
        if is_eu_part_alone(project):
            place.eu_alone.append(project.key)


def _add(
    places: dict[str, _Place], name: str, parts: Iterable[str], amounts: Mapping[str, int] | None,
    rest: int | None,
) -> None:  # fmt: skip
    """Nothing; a place that has no part of the amount has `rest`: nothing, or a part that is not known."""
    for code in parts:
        amount = None if amounts is None else amounts.get(code, rest)
        getattr(places.setdefault(code, _Place()), name).append(amount)


def _mark(places: dict[str, _Place], project: ProjectRow) -> None:
    for participation in project.participations:
        place = places[_bucket(participation.partner_code)]
        place.estimated |= is_estimated(project)
        if participation.is_suspended:
            place.suspended.append(project.key)


def _figures(code: str, name: str, region: str, place: _Place | None) -> PlaceFigures:
    if place is None:
        return PlaceFigures(code, name, region)
    budget = [amount for amount in place.budget if amount is not None]
    eu = [amount for amount in place.eu if amount is not None]
    return PlaceFigures(
        code, name, region,
        projects=tuple(place.projects),
        running=tuple(place.running),
        total_budget_cents=sum(budget) if budget else None,
        eu_contribution_cents=sum(eu) if eu else None,
        unknown_budget=len(place.budget) - len(budget),
        unknown_eu=len(place.eu) - len(eu),
        estimated=place.estimated,
        eu_alone=tuple(place.eu_alone),
        suspended=tuple(place.suspended),
    )  # fmt: skip
