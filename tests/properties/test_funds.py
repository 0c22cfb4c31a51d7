"""Whatever the projects and the filter: money divided by anything adds up to the portfolio, to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.model.fields import MILLION
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.model.year_rows import YearRow
from portfolio.money import KnownSum, split_largest_remainder
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.funds.amounts import AMOUNTS
from portfolio.services.funds.dimensions import OF_YEARS, dimensions
from portfolio.services.funds.groups import COMMITTED, Division, divided
from portfolio.services.funds.portfolios import portfolio_funds
from portfolio.services.selection import UNKNOWN, PortfolioFilter, selected
from portfolio.storage.engine import Database
from tests.portfolios import copied_portfolio
from tests.properties.test_geography import DAY, FILTERS, projects

CENTS = st.integers(min_value=0, max_value=10**10)
YEARS = st.sampled_from([None, "2019", "2024", "2026"])
PILLARS = ("criminal-justice", "crisis-management", "cyber-diplomacy")


@st.composite
def pillars(draw: st.DrawFn) -> tuple[tuple[str, int | None], ...]:
    """No pillar, or some: with shares that add to the whole, with none, or with some that do not."""
    codes = draw(st.lists(st.sampled_from(PILLARS), unique=True, max_size=3))
    weights = draw(st.lists(st.integers(1, 9), min_size=len(codes), max_size=len(codes)))
    shares: list[int | None] = [*split_largest_remainder(MILLION, weights)] if codes else []
    kind = draw(st.sampled_from(["whole", "none", "broken"]))
    if kind != "whole":
        shares = [None if kind == "none" else 300_000 for _ in codes]
    return tuple(zip(codes, shares, strict=True))


@st.composite
def years(draw: st.DrawFn, key: str, amount: str) -> list[YearRow]:
    """One amount of a project in some years, each once."""
    found = draw(st.dictionaries(YEARS, CENTS, max_size=3))
    return [YearRow(key, amount, year, cents) for year, cents in found.items()]


@st.composite
def funded(draw: st.DrawFn, key: str) -> tuple[MoneyRow, list[YearRow]]:
    """The money of one project, and the same money by year; one of two contracts may not state it."""
    rows = [row for amount in OF_YEARS if amount != "recovered" for row in draw(years(key, amount))]
    # The database tells what was recovered in every year in which anything was paid.
    rows += [YearRow(key, "recovered", row.year, draw(CENTS)) for row in rows if row.amount == "paid"]
    sums: dict[str, int | None] = {
        amount: KnownSum.over(row.cents for row in rows if row.amount == amount).cents for amount in OF_YEARS
    }
    contracts = draw(st.integers(0, 2))
    known = draw(st.integers(0, contracts))
    return MoneyRow(
        key, contracts,
        contracted_eu_cents=sums["contracted"],
        contracted_eu_known=known if sums["contracted"] is not None else 0,
        contracted_other_cents=sums["contracted-other"],
        contracted_other_known=contracts if sums["contracted-other"] is not None else 0,
        contracted_total_cents=sums["contracted-total"],
        contracted_total_known=contracts if sums["contracted-total"] is not None else 0,
        paid_cents=sums["paid"],
        recovered_cents=sums["recovered"] if sums["paid"] is not None else None,
        pre_financing_cents=draw(st.one_of(st.none(), CENTS)),
        cleared_cents=draw(st.one_of(st.none(), CENTS)),
        incurred_cents=sums["incurred"],
        received_cents=draw(st.one_of(st.none(), CENTS)),
    ), rows  # fmt: skip


@st.composite
def decisions(draw: st.DrawFn) -> tuple[DecisionRow, ...]:
    count = draw(st.integers(0, 3))
    return tuple(
        DecisionRow(
            f"d{number}", f"D/{number}", None, draw(st.sampled_from([None, "ENI", "EPF"])), draw(YEARS),
            draw(st.one_of(st.none(), CENTS)), None, None, (), None, None, None,
        )
        for number in range(count)
    )  # fmt: skip


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[tuple[ProjectRow, ...], dict[str, MoneyRow], list[YearRow]]:
    """Small portfolios with money on some of their projects."""
    found = draw(projects())
    money: dict[str, MoneyRow] = {}
    rows: list[YearRow] = []
    listed = []
    for row in found:
        values = {field: getattr(row, field) for field in row.__dataclass_fields__} | {
            "pillars": draw(pillars())
        }
        listed.append(ProjectRow(**values))
        if draw(st.booleans()):
            money[row.key], own = draw(funded(row.key))
            rows += own
    return tuple(listed), money, rows


def faults(division: Division) -> list[str]:
    """Where the parts of a division are not the portfolio, or say that they know what it does not."""
    found = []
    for name, total in division.totals.items():
        if not division.divides(name):
            continue
        if not division.agrees(name):
            found.append(f"{name} by {division.dimension.id}: {division.added(name)} is not {total.cents}")
        if any(group.sums[name].known > group.sums[name].of for group in division.groups):
            found.append(f"{name} by {division.dimension.id}: more is known than there is")
    return found


# Portfolios of many parts take long to draw, and no test is to fail because a machine is busy.
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(portfolios(), decisions(), FILTERS)
def test_every_amount_by_every_dimension_is_the_portfolio_under_every_filter(
    made: tuple[tuple[ProjectRow, ...], dict[str, MoneyRow], list[YearRow]],
    decided: tuple[DecisionRow, ...],
    chosen: PortfolioFilter,
) -> None:
    everything, money, rows = made
    shown = selected(everything, chosen, DAY)
    keys = {row.key for row in shown}
    own = {key: row for key, row in money.items() if key in keys}
    found = [divided(dimension, shown, own, decided) for dimension in dimensions(shown, rows)]
    assert [fault for division in found for fault in faults(division)] == []
    # Nothing is known of a part that the portfolio does not know.
    for division in found:
        for name, total in division.totals.items():
            if total.cents is not None and name in COMPLETE[division.dimension.id]:
                assert division.groups, (name, division.dimension.id)


OF_PROJECTS = {kind.id for kind in AMOUNTS}
COMPLETE: Mapping[str, set[str]] = {
    "region": OF_PROJECTS, "partner": OF_PROJECTS, "focus": OF_PROJECTS, "pillar": OF_PROJECTS,
    "project": OF_PROJECTS, "instrument": {*OF_PROJECTS, COMMITTED}, "year": {*OF_YEARS, COMMITTED},
}  # fmt: skip
CHOICES = (
    PortfolioFilter(),
    PortfolioFilter(regions=("western-balkans",)),
    PortfolioFilter(focus=("cybercrime",), statuses=("ongoing",)),
    PortfolioFilter(instruments=(UNKNOWN, "NDICI-GE")),
    PortfolioFilter(partners=("MDA", "UKR", UNKNOWN)),
    PortfolioFilter(text="nothing is called so"),
)
DAYS = (dt.date(2023, 6, 30), dt.date(2025, 1, 1), DAY)


@pytest.fixture(scope="module", params=["demo", "reference"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Database:
    return copied_portfolio(request.param, tmp_path_factory.mktemp("funds") / f"{request.param}.sqlite3")


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("chosen", CHOICES)
def test_loaded_portfolios_agree_to_the_cent_on_every_day(
    database: Database, chosen: PortfolioFilter, as_of: dt.date
) -> None:
    funds = portfolio_funds(database, LOCAL_PERSON, chosen=chosen, as_of=as_of)
    divisions = [funds.divided_by(dimension.id) for dimension in funds.dimensions]
    assert [fault for division in divisions for fault in faults(division)] == []
    assert {division.dimension.id for division in divisions} == set(COMPLETE)
    for amount in OF_YEARS:
        by_year = funds.by_year(amount)
        assert sum(sum(parts.values()) for parts in by_year.values()) == (funds.sums[amount].cents or 0)
