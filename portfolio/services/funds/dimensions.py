"""By what money can be divided: each amount of a project goes to members, whole or in parts that add up.

What cannot be divided stands in a bucket of its own, never in a member by guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from portfolio.model.fields import MILLION
from portfolio.model.rows import ProjectRow
from portfolio.model.year_rows import YearRow
from portfolio.money import split_largest_remainder
from portfolio.partners import NOT_SPLIT, OUTSIDE, partner_name, partners, region_name, region_of, regions
from portfolio.services.geography import split_over_partners, split_over_regions
from portfolio.services.selection import UNKNOWN
from portfolio.vocabulary import codes, label

SEVERAL_THEMES = "several-themes"
SEVERAL_THEMES_LABEL = "Several themes, not split"
NOT_STATED_LABEL = "Not stated"
YEAR_NOT_STATED = "year-not-stated"
YEAR_NOT_STATED_LABEL = "Year not stated"
BUCKETS = (OUTSIDE, NOT_SPLIT, SEVERAL_THEMES, UNKNOWN, YEAR_NOT_STATED)
# The amounts that have a year: of signature, of payment, or of the half-year of a cost.
OF_YEARS = ("contracted", "contracted-other", "contracted-total", "paid", "recovered", "incurred")
Parts = Mapping[str, int]


@dataclass(frozen=True)
class Dimension:
    """One way to divide money.

    `split` gives the parts of one amount (by the id of its indicator) of a project in integer EUR cents, by
    member; they add up to it. `members` are those that a project stands in whether or not its amount is
    known; `ordered` puts members in their printed order, and leaves out none.
    """

    id: str
    label: str
    split: Callable[[ProjectRow, str, int], Parts]
    members: Callable[[ProjectRow], tuple[str, ...]]
    name: Callable[[str], str]
    ordered: Callable[[Iterable[str]], list[str]]
    amounts: tuple[str, ...] = ()

    def has(self, amount_id: str) -> bool:
        """Whether this amount can be divided so."""
        return not self.amounts or amount_id in self.amounts


# fmt: off
def dimensions(projects: Iterable[ProjectRow], years: Iterable[YearRow]) -> tuple[Dimension, ...]:
    """Every way to divide the money of these projects, in their order on the screen."""
    regional, places = _listed(_region_codes()), _listed(_partner_codes())
    pillars = _listed([*codes("pillar"), SEVERAL_THEMES, UNKNOWN])
    return (
        Dimension("region", "Region", _over_regions, _regions_of, region_name, regional),
        Dimension("partner", "Partner", _over_partners, _partners_of, _partner_name, places),
        _coded("focus", "Focus", lambda project: project.focus),
        _coded("instrument", "Instrument", lambda project: project.instrument),
        Dimension("pillar", "Pillar, classified by us", _over_pillars, pillar_members, _pillar_name, pillars),
        year_dimension(years),
        _project_dimension({project.key: project.acronym for project in projects}),
    )
# fmt: on


def _project_dimension(names: Mapping[str, str]) -> Dimension:
    def name(key: str) -> str:
        return names.get(key, key)

    return Dimension(
        "project", "Project", lambda project, _, cents: {project.key: cents},
        lambda project: (project.key,), name, lambda keys: sorted(keys, key=lambda key: name(key).casefold()),
    )  # fmt: skip


def _coded(field: str, title: str, code: Callable[[ProjectRow], str | None]) -> Dimension:
    """A dimension in which every project stands whole, under one code."""
    return Dimension(
        field, title, lambda project, _, cents: {code(project) or UNKNOWN: cents},
        lambda project: (code(project) or UNKNOWN,),
        lambda name: NOT_STATED_LABEL if name == UNKNOWN else label(field, name),
        _listed([*codes(field), UNKNOWN]),
    )  # fmt: skip


def _listed(order: Iterable[str]) -> Callable[[Iterable[str]], list[str]]:
    """Members in a printed order; those that it does not know come before the buckets, by code."""
    places = {code: place for place, code in enumerate(order)}

    def ordered(members: Iterable[str]) -> list[str]:
        return sorted(members, key=lambda code: (code in BUCKETS, places.get(code, len(places)), code))

    return ordered


def _region_codes() -> list[str]:
    return [*regions(), OUTSIDE, NOT_SPLIT]


def _over_regions(project: ProjectRow, _: str, cents: int) -> Parts:
    return split_over_regions(project, cents)


def _regions_of(project: ProjectRow) -> tuple[str, ...]:
    found = {region_of(code) for code in project.partner_codes} or set(project.regions) or {NOT_SPLIT}
    return tuple(sorted(found))


def _partner_codes() -> list[str]:
    return [*partners(), OUTSIDE, NOT_SPLIT]


def _over_partners(project: ProjectRow, _: str, cents: int) -> Parts:
    sums: dict[str, int] = {}
    for code, part in split_over_partners(project, cents).items():
        sums[_bucket(code)] = sums.get(_bucket(code), 0) + part
    return sums


def _partners_of(project: ProjectRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_bucket, project.partner_codes))) or (NOT_SPLIT,)


def _bucket(code: str) -> str:
    return OUTSIDE if code != NOT_SPLIT and region_of(code) == OUTSIDE else code


def _partner_name(code: str) -> str:
    return region_name(code) if code in BUCKETS else partner_name(code)


def _over_pillars(project: ProjectRow, _: str, cents: int) -> Parts:
    members, shares = pillar_members(project), _pillar_shares(project)
    if len(members) == 1 or shares is None:
        return {members[0]: cents}
    return dict(zip(members, split_largest_remainder(cents, shares), strict=True))


def pillar_members(project: ProjectRow) -> tuple[str, ...]:
    """The pillars that a project's money stands in; several of them only where their shares are declared."""
    if not project.pillars:
        return (UNKNOWN,)
    is_split = len(project.pillars) == 1 or _pillar_shares(project) is not None
    return tuple(code for code, _ in project.pillars) if is_split else (SEVERAL_THEMES,)


def _pillar_shares(project: ProjectRow) -> tuple[int, ...] | None:
    """The pillars' shares in millionths if each is declared and they add to the whole, else None."""
    shares = tuple(share for _, share in project.pillars if share is not None)
    is_whole = len(shares) == len(project.pillars) and sum(shares) == MILLION
    return shares if is_whole else None


def _pillar_name(code: str) -> str:
    return {SEVERAL_THEMES: SEVERAL_THEMES_LABEL, UNKNOWN: NOT_STATED_LABEL}.get(code) or label(
        "pillar", code
    )


def year_dimension(rows: Iterable[YearRow]) -> Dimension:
    """The years in which amounts were signed, paid and incurred, as the database groups them."""
    parts: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        found = parts.setdefault((row.project_key, row.amount), {})
        year = row.year or YEAR_NOT_STATED
        found[year] = found.get(year, 0) + row.cents
    return Dimension(
        "year", "Year", lambda project, amount, cents: parts.get((project.key, amount), {}), lambda _: (),
        lambda year: YEAR_NOT_STATED_LABEL if year == YEAR_NOT_STATED else year,
        lambda years: sorted(years, key=lambda year: (year == YEAR_NOT_STATED, year)), OF_YEARS,
    )  # fmt: skip
