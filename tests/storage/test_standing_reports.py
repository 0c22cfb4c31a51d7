"""Where projects stand on a date: reports, results and risks, grouped as their rows say one by one."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

import pytest

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.money_rows import MoneyRow
from portfolio.model.result_rows import IndicatorRow, IndicatorValueRow, RiskRow
from portfolio.model.standing_rows import IndicatorStanding, ReportStanding
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.standings import load_standings
from portfolio.storage.engine import Database
from portfolio.storage.queries.results import (
    find_indicator_values,
    find_indicators,
    find_risks,
)
from portfolio.storage.queries.standings.standings import find_standings
from tests.storage.conftest import LoadedDatabase
from tests.storage.standings import DATES, DAY, DAYS, PROJECT, add, add_projects, known_sum, last


def test_reports_are_overdue_where_they_are_certainly_late_and_have_not_come(empty: Database) -> None:
    combinations = list(itertools.product(DATES[1:], DATES))
    rows = [
        {
            "key": f"r{number:03}",
            "project_key": f"p{number // 4}",
            "kind": "interim",
            "due_on": due,
            "received_on": on,
        }
        for number, (due, on) in enumerate(combinations)
    ]
    keys = {str(row["project_key"]) for row in rows}
    add_projects(empty, [*keys, "none"])
    add(empty, "report_due", rows)
    found = find_standings(empty, DAY)
    assert found["none"].reports == ReportStanding("none")
    for key in keys:
        own = [row for row in rows if row["project_key"] == key]
        owed = [row for row in own if row["received_on"] is None or _first(row["received_on"]) > DAY]
        owed.sort(key=lambda row: (last(str(row["due_on"])), row["due_on"], row["key"]))
        overdue = [row for row in owed if last(str(row["due_on"])) < DAY]
        to_come = [row["due_on"] for row in owed if row not in overdue]
        longest = overdue[0] if overdue else {}
        reduced = [row for row in owed if len(str(row["due_on"])) < 10 and _first(row["due_on"]) < DAY]
        reduced.sort(key=lambda row: (_first(row["due_on"]), row["due_on"], row["key"]))
        possible = reduced[0] if reduced else {}
        assert found[key].reports == ReportStanding(
            key, len(own), len(own) - len(owed), len(overdue), longest.get("key"), longest.get("due_on"),
            to_come[0] if to_come else None, possible.get("key"), possible.get("due_on"),
        )  # fmt: skip


def _first(text: str | None) -> dt.date:
    return PartialDate.parse(str(text)).first


def expected_indicator(
    indicator: IndicatorRow, values: Iterable[IndicatorValueRow], day: dt.date
) -> IndicatorStanding:
    totals = sorted(
        (
            row for row in values
            if row.indicator_key == indicator.key and row.partner_code is None and row.sex is None
            and row.status in ("submitted", "approved") and HalfYear.parse(row.period).last < day
        ),
        key=lambda row: row.period,
    )  # fmt: skip
    if not totals:
        return IndicatorStanding(indicator)
    latest = totals[-1]
    amount = latest.value_millionths
    if indicator.aggregation == "sum" and indicator.unit != "%":
        amount = known_sum(row.value_millionths for row in totals)
    return IndicatorStanding(indicator, latest.key, latest.period, amount, latest.text, latest.status)


@pytest.mark.parametrize("portfolio", ["demo", "reference"])
def test_indicators_stand_as_their_values_say(loaded: LoadedDatabase, portfolio: str) -> None:
    database = loaded(portfolio)
    indicators, values = find_indicators(database), find_indicator_values(database)
    for day in DAYS:
        for key, found in find_standings(database, day).items():
            own = [row for row in indicators if row.project_key == key]
            assert found.indicators == tuple(expected_indicator(row, values, day) for row in own)


def test_risks_stand_as_they_were_rated_by_then(empty: Database) -> None:
    add_projects(empty, [PROJECT])
    common = {"project_key": PROJECT, "title": "R", "likelihood": 5, "impact": 5}
    reviewed = {
        "now": "2026-11-01",
        "before": "2026-09-30",
        "reduced": "2026",
        "never": None,
        "shut": "2026-11-01",
    }
    add(empty, "risk", [
        common | {"key": key, "reviewed_on": on, "status": "closed" if key == "shut" else "open"}
        for key, on in reviewed.items()
    ])  # fmt: skip
    add(empty, "risk_review", [
        {"key": on, "risk_key": "now", "reviewed_on": on, "likelihood": number, "impact": 2}
        for number, on in enumerate(("2026-03-01", "2026-08-31", "2026-10-02"), start=1)
    ])  # fmt: skip
    at_present, earlier, first = (
        find_standings(empty, day)[PROJECT] for day in (DAY, dt.date(2026, 10, 1), dt.date(2026, 1, 1))
    )
    assert (at_present.risks, [row.key for row in at_present.open_risks]) == (
        5,
        sorted(set(reviewed) - {"shut"}),
    )
    assert {row.score for row in at_present.open_risks} == {25}
    ratings = {row.key: (row.likelihood, row.impact, row.reviewed_on) for row in earlier.open_risks}
    assert ratings == {
        "now": (2, 2, "2026-08-31"), "before": (5, 5, "2026-09-30"), "reduced": (5, 5, "2026"),
        "never": (5, 5, None),
    }  # fmt: skip
    assert {row.key: row.reviewed_on for row in first.open_risks if row.reviewed_on} == {"reduced": "2026"}


def test_every_project_has_a_standing_and_a_person_sees_those_that_are_not_archived(empty: Database) -> None:
    add_projects(empty, ["a", "b"])
    add(empty, "project", [{"key": "c", "acronym": "C", "title": "C", "archived_on": "2026-01-01"}])
    assert list(find_standings(empty, DAY)) == ["a", "b", "c"]
    seen = load_standings(empty, LOCAL_PERSON, as_of=DAY)
    assert list(seen) == ["a", "b"]
    assert seen["a"].money == MoneyRow("a")


def test_open_risks_of_the_demonstration(loaded: LoadedDatabase) -> None:
    database = loaded("demo")
    open_risks: list[RiskRow] = [row for row in find_risks(database) if row.status == "open"]
    found = find_standings(database, DAY)
    assert {row for standing in found.values() for row in standing.open_risks} == set(open_risks)
