"""Other contributions of an amended contract: what is left, unless the amounts contradict each other."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.figures.openings import open_figure
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.money_years import find_money_years
from tests.storage.standings import PROJECT, add, add_projects

DAY = dt.date(2026, 11, 23)
# EU contribution, other contributions and total as signed.
AGREED, DISAGREEING, WITHOUT_TOTAL = (600, 200, 800), (600, 300, 800), (600, 200, None)


@pytest.mark.parametrize(
    ("signed", "amendments", "other"),
    [
        (AGREED, [(985, None)], None),  # the rest would be below zero
        (AGREED, [(985, 800)], None),
        (AGREED, [(985, 1185)], 200),
        (AGREED, [(None, 900)], 300),
        (AGREED, [(800, None)], 0),
        (AGREED, [(985, None), (None, 1000)], 15),
        (AGREED, [(None, None)], 200),
        (DISAGREEING, [(700, None)], None),
        (DISAGREEING, [(700, 900)], 200),
        (DISAGREEING, [(700, None), (None, 900)], 200),
        (WITHOUT_TOTAL, [(700, None)], None),
        (WITHOUT_TOTAL, [(None, 900)], 300),
    ],
)
def test_other_contributions_as_amended(
    empty: Database,
    signed: tuple[int, int, int | None],
    amendments: list[tuple[int | None, int | None]],
    other: int | None,
) -> None:
    add_projects(empty, [PROJECT])
    names = ("eu_contribution_cents", "other_contributions_cents", "total_cents")
    contract = {"key": "c", "project_key": PROJECT, "number": "C", "signed_on": "2024-01-01"}
    add(empty, "contract", [contract | dict(zip(names, signed, strict=True))])
    add(empty, "amendment", [
        {"key": f"a{number}", "contract_key": "c", "number": number, "kind": "other", "signed_on": "2025",
         "new_eu_contribution_cents": eu, "new_total_cents": total}
        for number, (eu, total) in enumerate(amendments, 1)
    ])  # fmt: skip
    assert find_money(empty, DAY)[PROJECT].contracted_other_cents == other
    years = [row.cents for row in find_money_years(empty, DAY) if row.amount == "contracted-other"]
    assert years == ([] if other is None else [other])
    opened = open_figure(empty, LOCAL_PERSON, "contracted-other", as_of=DAY)
    assert opened.breakdown.value == other
