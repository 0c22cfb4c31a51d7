"""Where projects stand on a date: what the database groups is what their rows say one by one."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.rows import AmendmentRow, ContractRow, MilestoneRow
from portfolio.model.standing_rows import MilestoneStanding
from portfolio.services.milestones import MilestoneState, milestone_counts, milestone_states
from portfolio.storage.engine import Database
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import (
    find_amendments,
    find_contracts,
    find_incurred,
    find_money,
    find_payments,
)
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.queries.results import (
    find_receipts,
)
from portfolio.storage.queries.standings.standings import find_standings
from tests.storage.conftest import LoadedDatabase
from tests.storage.standings import DATES, DAY, DAYS, PROJECT, add, add_projects, happened, known_sum, last


def worst(states: Iterable[MilestoneState]) -> MilestoneRow | None:
    late = sorted(states, key=lambda state: (-(state.late_days or 0), state.milestone.key))
    return late[0].milestone if late else None


def possible(states: Iterable[MilestoneState], day: dt.date) -> MilestoneRow | None:
    """The open milestone with a reduced date that may be latest, where any may be due."""
    found = []
    for row in (state.milestone for state in states if state.is_counted and state.is_open):
        reached = max(day, last(row.forecast)) if row.forecast else day
        most = (reached - PartialDate.parse(row.baseline).first).days if row.baseline else -1
        if most >= 0 and min(len(row.baseline or ""), len(row.forecast or row.baseline or "")) < 10:
            found.append((-most, row.key, row))
    return min(found)[2] if found else None


def expected_milestones(key: str, rows: Iterable[MilestoneRow], day: dt.date) -> MilestoneStanding:
    listed = list(rows)
    recorded = {row.key: row for row in listed}
    # The database names a record; a state shows one that was reached later as it stood.
    states = milestone_states(listed, day)
    states = tuple(replace(state, milestone=recorded[state.milestone.key]) for state in states)
    late = [state for state in states if state.is_late]
    counts = vars(milestone_counts(states, day))
    dated = [state for state in states if state.is_counted and state.is_open and state.milestone.baseline]
    return MilestoneStanding(
        project_key=key,
        **counts,
        dated_open=len(dated),
        worst=worst(late),
        worst_contractual=worst(state for state in late if state.milestone.contractual),
        possible=possible(states, day),
        possible_contractual=possible((state for state in states if state.milestone.contractual), day),
    )


@pytest.mark.parametrize("portfolio", ["demo", "reference"])
def test_milestones_stand_as_their_rows_say(loaded: LoadedDatabase, portfolio: str) -> None:
    database = loaded(portfolio)
    rows = find_milestones(database)
    for day in DAYS:
        for key, found in find_standings(database, day).items():
            own = [row for row in rows if row.project_key == key]
            assert found.milestones == expected_milestones(key, own, day), (key, day)


def test_milestones_of_every_precision_stand_as_their_rows_say(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", DAY.isoformat())
    kinds = [("planned", None), ("in-progress", None), ("cancelled", None), ("done", None)]
    kinds += [("done", date) for date in DATES[1:]]
    rows = [
        MilestoneRow(
            f"m{number:05}", f"p{number // 3}", "M", None, "context" if number % 11 == 0 else "project",
            baseline, forecast, actual, number % 2 == 0, status, None,
        )
        for number, (baseline, forecast, (status, actual)) in enumerate(
            itertools.product(DATES, DATES, kinds)
        )
    ]  # fmt: skip
    add_projects(empty, dict.fromkeys(row.project_key for row in rows))
    add(empty, "milestone", [vars(row) for row in rows])
    found = find_standings(empty, DAY)
    assert len({standing.milestones.worst for standing in found.values()}) > 50
    for key, standing in found.items():
        own = [row for row in rows if row.project_key == key]
        assert standing.milestones == expected_milestones(key, own, DAY)
    counted = [standing.milestones for standing in found.values()]
    assert any(row.total > row.done + row.open for row in counted)  # reached on a day to come
    for key, standing in find_standings(empty, DAYS[1]).items():
        own = [row for row in rows if row.project_key == key]
        assert standing.milestones == expected_milestones(key, own, DAYS[1])


def present(row: ContractRow, amendments: Iterable[AmendmentRow], day: dt.date) -> ContractRow:
    """A contract as amended by `day`."""
    for amendment in sorted(amendments, key=lambda amendment: amendment.number):
        if amendment.contract_key != row.key or not amendment.signed_on or last(amendment.signed_on) > day:
            continue
        eu, total = amendment.new_eu_contribution_cents, amendment.new_total_cents
        if eu is None and total is None:
            continue
        eu = row.eu_contribution_cents if eu is None else eu
        total = row.total_cents if total is None else total
        other = None if eu is None or total is None else total - eu
        row = replace(row, eu_contribution_cents=eu, total_cents=total, other_contributions_cents=other)
    return row


def expected_money(database: Database, key: str, day: dt.date) -> dict[str, Any]:
    amendments = find_amendments(database)
    signed = [row for row in find_contracts(database, key) if happened(row.signed_on, day)]
    contracts = [present(row, amendments, day) for row in signed]
    own = {row.key for row in find_contracts(database, key)}
    paid = [row for row in find_payments(database, key) if happened(row.paid_on, day)]
    cost = [row for row in find_incurred(database, key) if HalfYear.parse(row.period).last < day]
    ended = HalfYear.last_ended(day)
    recent = [row for row in cost if row.period in (str(ended), str(ended.previous))]
    signs = {"recovery": -1}
    return {
        "contracts": len(contracts),
        "contracted_eu_cents": known_sum(row.eu_contribution_cents for row in contracts),
        "contracted_other_cents": known_sum(row.other_contributions_cents for row in contracts),
        "contracted_total_cents": known_sum(row.total_cents for row in contracts),
        "contracted_total_known": sum(row.total_cents is not None for row in contracts),
        "paid_cents": known_sum(signs.get(row.kind, 1) * row.amount_cents for row in paid),
        "pre_financing_cents": known_sum(row.amount_cents for row in paid if row.kind == "pre-financing"),
        "recovered_cents": known_sum(row.amount_cents for row in paid if row.kind == "recovery"),
        "final_cents": known_sum(row.amount_cents for row in paid if row.kind == "final"),
        "last_paid_on": max((row.paid_on for row in paid if row.paid_on), default=None),
        "incurred_cents": known_sum(row.amount_cents for row in cost),
        "last_incurred_period": max((row.period for row in cost), default=None),
        "recent_incurred_cents": known_sum(row.amount_cents for row in recent),
        "recent_periods": len({row.period for row in recent}),
        "received_cents": known_sum(
            row.amount_cents for row in find_receipts(database, key) if happened(row.received_on, day)
        ),
        "amendments": sum(
            row.contract_key in own and row.signed_on is not None and last(row.signed_on) <= day
            for row in amendments
        ),
    }  # fmt: skip


@pytest.mark.parametrize("portfolio", ["demo", "reference"])
def test_money_stands_as_its_rows_say(loaded: LoadedDatabase, portfolio: str) -> None:
    database = loaded(portfolio)
    for day in DAYS:
        for key, found in find_standings(database, day).items():
            expected = expected_money(database, key, day)
            assert {name: getattr(found.money, name) for name in expected} == expected, (key, day)


def test_money_counts_what_certainly_happened_by_then(empty: Database) -> None:
    """Both sides of each date: 30 June has seen no half-year end, 1 July the first one."""
    contract = {
        "key": "c",
        "project_key": PROJECT,
        "number": "C",
        "eu_contribution_cents": 80,
        "total_cents": 100,
    }
    add_projects(empty, [PROJECT])
    add(empty, "contract", [contract | {"other_contributions_cents": 20}])
    common = {"contract_key": "c", "kind": "pre-financing"}
    dated = zip((1, 2, 4, 8), ("2026-06-30", "2026-07-01", "2026-06", None), strict=True)
    add(empty, "payment", [common | {"key": str(n), "amount_cents": n, "paid_on": on} for n, on in dated])
    add(empty, "amendment", [
        {"key": "a", "contract_key": "c", "number": 1, "kind": "top-up", "signed_on": "2026-07",
         "new_total_cents": 150, "new_end": "2028"},
        {"key": "b", "contract_key": "c", "number": 2, "kind": "top-up", "signed_on": None,
         "new_total_cents": 999, "new_end": None},
    ])  # fmt: skip
    add(empty, "clearing", [{"key": "x", "contract_key": "c", "cleared_on": "2026-07-01", "amount_cents": 5}])
    add(empty, "cost_forecast", [
        {"key": str(cents), "project_key": PROJECT, "period": period, "amount_cents": cents}
        for period, cents in (("2025-S2", 110), ("2026-S1", 120))
    ])  # fmt: skip
    before, after = (find_money(empty, dt.date(2026, *day))[PROJECT] for day in ((6, 29), (8, 1)))
    assert (before.paid_cents, after.paid_cents) == (8, 15)
    assert (before.contracted_total_cents, after.contracted_total_cents) == (100, 150)
    assert (before.contracted_other_cents, after.contracted_other_cents) == (20, 70)
    assert (before.amendments, after.amendments) == (0, 1)
    assert (before.cleared_cents, after.cleared_cents) == (None, 5)
    assert (before.forecast_cents, before.forecast_period) == (110, "2025-S2")
    assert (after.forecast_cents, after.forecast_period) == (120, "2026-S1")
    assert find_money(empty)[PROJECT].amendments == 2
    ends = [
        find_projects(empty, as_of=day)[0].present_end for day in (dt.date(2026, 7, 30), dt.date(2026, 7, 31))
    ]
    assert ends == [None, "2028"]
