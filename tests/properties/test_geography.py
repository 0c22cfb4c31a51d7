"""Whatever the projects and the filter: partners, regions and portfolio agree to the cent."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portfolio.model.fields import MILLION
from portfolio.model.rows import ParticipationRow, ProjectRow
from portfolio.money import split_largest_remainder
from portfolio.partners import NOT_SPLIT, OUTSIDE, partners, regions
from portfolio.services.geography import (
    PlaceFigures,
    by_partner,
    by_region,
    split_over_partners,
    split_over_regions,
)
from portfolio.services.measures import measure, place_sums
from portfolio.services.places import partner_projects
from portfolio.services.selection import UNKNOWN, PortfolioFilter, selected
from portfolio.services.verifications import sum_faults
from tests.unit.rows import participation, project

DAY = dt.date(2026, 11, 23)
# Partners of the three regions, partners outside them, and one that is in no table.
CODES = [*partners(), "ZAF"]
AMOUNTS = st.one_of(st.none(), st.integers(min_value=0, max_value=10**11))
DATES = st.sampled_from([None, "2010", "2024-06", "2026-11-23", "2027", "2030-12-31"])
MONEY = (measure("budget-split"), measure("eu-split"))


@st.composite
def participations(draw: st.DrawFn) -> tuple[ParticipationRow, ...]:
    """No partner, or some, with declared shares or without, some of them suspended."""
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=9))
    if not codes:
        return ()
    weights = draw(st.lists(st.integers(0, 1000), min_size=len(codes), max_size=len(codes)))
    is_declared = draw(st.booleans()) and sum(weights) > 0
    shares: list[int | None] = [None] * len(codes)
    if is_declared:
        shares = [*split_largest_remainder(MILLION, weights)]
    if draw(st.booleans()):
        # Some are declared and some not, or they do not add to the whole.
        shares = [draw(st.sampled_from([share, None, 400_000])) for share in shares]
    since = draw(st.sampled_from([None, "2022-03"]))
    suspended = {} if since is None else {"suspended_since": since}
    return tuple(participation(code, share, **suspended) for code, share in zip(codes, shares, strict=True))


@st.composite
def projects(draw: st.DrawFn) -> tuple[ProjectRow, ...]:
    """Up to eight projects, in no region, one or two, on budget or off it."""
    count = draw(st.integers(0, 8))
    return tuple(
        project(
            f"p{number}",
            regions=tuple(draw(st.lists(st.sampled_from(list(regions())), unique=True, max_size=2))),
            partners=draw(participations()),
            instrument=draw(st.sampled_from([None, "ENI", "EPF"])),
            focus=draw(st.sampled_from([None, "cybercrime", "both"])),
            start=draw(DATES),
            end_current=draw(DATES),
            total_budget_cents=draw(AMOUNTS),
            eu_contribution_cents=draw(AMOUNTS),
        )
        for number in range(count)
    )


FILTERS = st.builds(
    PortfolioFilter,
    regions=st.lists(st.sampled_from(list(regions())), unique=True, max_size=2).map(tuple),
    partners=st.lists(st.sampled_from([*CODES, UNKNOWN]), unique=True, max_size=3).map(tuple),
    focus=st.lists(st.sampled_from(["cybercrime", UNKNOWN]), unique=True, max_size=2).map(tuple),
)


@given(projects(), FILTERS)
def test_partners_and_buckets_make_the_portfolio_for_every_measure_and_filter(
    everything: tuple[ProjectRow, ...], chosen: PortfolioFilter
) -> None:
    shown = selected(everything, chosen, DAY)
    places = by_partner(shown, DAY)
    assert sum_faults(shown, DAY) == ()
    for kind in MONEY:
        sums = place_sums(shown, places, kind)
        parts = (sums.partners_cents, sums.outside_cents, sums.not_split_cents)
        assert sum(part or 0 for part in parts) == (sums.portfolio.cents or 0)
        assert sums.agree


@given(projects())
def test_table_of_partners_lists_the_22_and_the_two_buckets_once(rows: tuple[ProjectRow, ...]) -> None:
    inside = [partner.code for partner in partners().values() if partner.region != OUTSIDE]
    assert [place.code for place in by_partner(rows, DAY)] == [*inside, OUTSIDE, NOT_SPLIT]
    assert [place.code for place in by_region(rows, DAY)] == [*regions(), OUTSIDE, NOT_SPLIT]


@given(projects())
def test_regions_and_partners_hold_the_same_money_outside(rows: tuple[ProjectRow, ...]) -> None:
    def outside(places: tuple[PlaceFigures, ...]) -> int:
        return next(place.total_budget_cents or 0 for place in places if place.code == OUTSIDE)

    assert outside(by_partner(rows, DAY)) == outside(by_region(rows, DAY))


@given(projects(), st.integers(min_value=0, max_value=10**11))
def test_split_loses_no_cent(rows: tuple[ProjectRow, ...], amount: int) -> None:
    for row in rows:
        assert sum(split_over_partners(row, amount).values()) == amount
        assert sum(split_over_regions(row, amount).values()) == amount


@given(projects())
def test_a_partners_projects_add_up_to_its_row(rows: tuple[ProjectRow, ...]) -> None:
    for place in by_partner(rows, DAY):
        if place.code in (OUTSIDE, NOT_SPLIT):
            continue
        own = partner_projects(rows, place.code, DAY)
        assert sorted(row.project.key for row in own) == sorted(place.projects)
        assert sum(row.total_budget_cents or 0 for row in own) == (place.total_budget_cents or 0)
        assert sum(row.eu_contribution_cents or 0 for row in own) == (place.eu_contribution_cents or 0)
        assert sum(row.is_suspended for row in own) == len(place.suspended)


@given(projects())
def test_counts_of_projects_are_not_additive_but_never_lose_one(rows: tuple[ProjectRow, ...]) -> None:
    listed = {key for place in by_partner(rows, DAY) for key in place.projects}
    assert listed == {row.key for row in rows}
