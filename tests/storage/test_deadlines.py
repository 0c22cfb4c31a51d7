"""Deadlines out of the database: what counts by a date, the demonstration's stories, and rights."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.dates import PartialDate
from portfolio.errors import NotAllowed
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.deadlines.calendars import DeadlineCalendar, load_deadlines, upcoming
from portfolio.services.timelines import load_courses
from portfolio.storage.engine import Database
from portfolio.storage.queries.deadlines import find_payment_dates, find_reported_periods
from portfolio.storage.queries.money import find_contracts
from tests.storage.conftest import LoadedDatabase

AS_OF = dt.date(2026, 11, 23)


@pytest.fixture
def demo(loaded: LoadedDatabase) -> Database:
    return loaded("demo")


def calendar(database: Database, as_of: dt.date = AS_OF) -> DeadlineCalendar:
    return load_deadlines(database, LOCAL_PERSON, as_of=as_of)


def test_payments_count_from_the_day_they_were_made_and_recoveries_never(demo: Database) -> None:
    key = "autumn-pine/contract-01"
    before = find_payment_dates(demo, dt.date(2023, 1, 23))
    assert key not in before or before[key].first_on is None
    first = find_payment_dates(demo, dt.date(2023, 1, 24))[key]
    assert (first.first_on, first.final_on, first.undated) == ("2023-01-24", None, 0)
    last = find_payment_dates(demo, AS_OF)[key]
    assert (last.first_on, last.final_on) == ("2023-01-24", "2025-11-18")
    assert "cloud-yew/contract-01" not in find_payment_dates(demo, AS_OF)


def test_periods_are_reported_by_their_costs(demo: Database) -> None:
    found = find_reported_periods(demo, AS_OF)
    assert found["fog-larch"] == {"2024-S1", "2024-S2", "2025-S1"}
    assert "cloud-yew" not in found


def test_on_an_earlier_day_no_later_cost_or_contract_counts(demo: Database) -> None:
    assert find_reported_periods(demo, dt.date(2025, 1, 1))["fog-larch"] == {"2024-S1", "2024-S2"}
    assert find_reported_periods(demo, dt.date(2024, 12, 31))["fog-larch"] == {"2024-S1"}
    day = dt.date(2024, 1, 1)
    found = {row.about for row in calendar(demo, day).deadlines}
    contracts = find_contracts(demo)
    later = {row.key for row in contracts if row.signed_on and PartialDate.parse(row.signed_on).last > day}
    assert len(later) > 10 and not later & found
    assert {row.key for row in contracts if row.key not in later} & found


def test_demo_tells_what_falls_due_next(demo: Database) -> None:
    lines = [(row.day.isoformat(), row.code, row.project_key) for row in upcoming(calendar(demo))]
    assert lines[1:] == [
        ("2026-12-02", "extension-request", "dusk-aspen"),
        ("2026-12-15", "report", "hail-maple"),
        ("2026-12-31", "extension-request", "dew-poplar"),
        ("2026-12-31", "rom-last-months", "fog-larch"),
        ("2027-01-15", "contracting", "drizzle-alder"),
        ("2027-01-31", "report", "clear-cedar"),
        ("2027-01-31", "report", "snow-spruce"),
        ("2027-01-31", "report", "sun-carob"),
        ("2027-02-01", "final-report", "dusk-aspen"),
        ("2027-02-01", "rom-first-year", "dawn-linden"),
        ("2027-02-15", "report", "rain-willow"),
        ("2027-02-15", "report", "sirocco-fig"),
    ]
    assert (lines[0][1:], lines[0][0]) == (("rom-last-months", "dew-poplar"), "2026-05-31")


def test_demo_misfit_is_the_extension_that_is_not_signed(demo: Database) -> None:
    (found,) = calendar(demo).misfits
    assert found.field == ("amendment", "dew-poplar/contract-01/amendment-01", "new_end")
    assert "31 January 2028 does not fit" in found.sentence and "57 days earlier" in found.sentence


def test_demo_stood_otherwise_on_another_day(demo: Database) -> None:
    later = calendar(demo, dt.date(2027, 1, 16))
    passed = {(row.code, row.project_key) for row in later.passed if row.code != "report"}
    assert passed == {("contracting", "drizzle-alder")}
    early = calendar(demo, dt.date(2025, 10, 1))
    ends = {row.project_key: row.counted_from for row in early.deadlines if row.code == "extension-request"}
    assert ends["rain-willow"] == "2025-12-31", "the second extension was signed in November"
    assert ends["gale-juniper"] == "2026-06-30"


def test_every_identifier_is_its_own_and_names_a_record(demo: Database) -> None:
    found = calendar(demo)
    uids = [row.uid for row in (*found.deadlines, *found.reports)]
    assert len(set(uids)) == len(uids) == 125 + 83


def test_courses_count_what_was_signed_by_the_date(demo: Database) -> None:
    now = load_courses(demo, LOCAL_PERSON, as_of=AS_OF)
    assert [step.words for step in now["rain-willow"].extensions] == [
        "15 January 2025 to 31 December 2025 (amendment 1, signed 28 November 2024)",
        "31 December 2025 to 30 June 2027 (amendment 2, signed 14 November 2025)",
    ]
    assert {key for key, row in now.items() if row.slip_days} == {
        "rain-willow", "hail-maple", "gale-juniper", "autumn-pine",
    }  # fmt: skip
    then = load_courses(demo, LOCAL_PERSON, as_of=dt.date(2025, 11, 13))
    assert len(then["rain-willow"].extensions) == 1


def test_deadlines_are_refused_to_whoever_may_not_see(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.services.access.actions_of", lambda role: frozenset())
    with pytest.raises(NotAllowed):
        calendar(demo)
