"""The reporting calendar and ends that do not fit: both sides of every rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.deadline_rows import AgreementRow
from portfolio.model.rows import AmendmentRow
from portfolio.services.deadlines.calendars import DeadlineCalendar, upcoming
from portfolio.services.deadlines.contracts import contract_deadlines
from portfolio.services.deadlines.fits import Misfit, misfits
from portfolio.services.deadlines.reports import ReportEntry, periods_until, report_entries
from portfolio.summaries.follow_up_tables import report_cells
from portfolio.ui.deadline_tables import report_table
from tests.unit.deadline_cases import (
    AGREEMENT,
    AS_OF,
    CONTRACT,
    amended,
    case,
    on,
    report,
    typed,
)
from tests.unit.rows import project

ALL = frozenset({"2025-S1", "2025-S2", "2026-S1"})


def entries(as_of: str = "2026-11-23", reported: frozenset[str] = ALL, **changes: Any) -> list[ReportEntry]:
    """The reports of the project."""
    found = case(on(as_of), **changes)
    return list(report_entries([found], found.reports, reported, on(as_of)))


@pytest.mark.parametrize(
    ("due_on", "received_on", "state", "late"),
    [
        ("2026-11-24", None, "due", 0),
        ("2026-11-23", None, "due", 0),
        ("2026-11-22", None, "late", 1),
        ("2026-11", None, "due", 0),  # perhaps on the 30th
        ("2026-10", None, "late", 23),
        ("2026-11-22", "2026-11-22", "received", 0),
        ("2026-11-22", "2026-11-23", "received-late", 0),
        ("2026-11-22", "2026-10", "received", 0),
        ("2026-11-22", "2026-11", "received", 0),  # may come in on the 30th, as a milestone that is done
        ("2026-09-30", "2026-11", "received-late", 0),
        ("2026-09-30", "2026-12", "late", 54),
        ("2026-11-22", "2026-11-24", "late", 1),  # comes in tomorrow
    ],
)
def test_entry_of_the_calendar_stands_as_its_dates_certainly_say(
    due_on: str, received_on: str | None, state: str, late: int
) -> None:
    (found,) = entries(reports=(report(due_on, received_on),))
    assert (found.state, found.late_days, found.basis) == (state, late, "calendar")
    assert (found.entity, found.key) == ("report_due", f"p1/r-{due_on}")


def test_a_report_of_a_month_that_has_begun_is_received_in_that_month() -> None:
    (found,) = entries(reports=(report("2026-09-30", "2026-11"),))
    assert found.outcome == "Received late in November 2026"
    (on_a_day,) = entries(reports=(report("2026-11-22", "2026-11-20"),))
    assert on_a_day.outcome == "Received on 20 November 2026"


def test_grant_without_a_calendar_reports_60_days_after_each_half_year() -> None:
    found = entries(reported=frozenset({"2025-S1"}))
    assert [(row.period, row.state, row.latest.isoformat(), row.late_days) for row in found] == [
        ("2025-S1", "received", "2025-08-29", 0),
        ("2025-S2", "late", "2026-03-01", 267),
        ("2026-S1", "late", "2026-08-29", 86),
        ("2026-S2", "due", "2027-03-01", 0),
    ]
    assert all("Indicative" in row.arithmetic and row.basis == "rule" for row in found)


@pytest.mark.parametrize(
    ("due_on", "first", "last"),
    [("2026", "2026-01-01", "2026-12-31"), ("2026-02", "2026-02-01", "2026-02-28"),
     ("2026-02-03", "2026-02-03", "2026-02-03")],
)  # fmt: skip
def test_report_due_in_a_year_or_month_is_written_as_a_range_and_never_as_one_day(
    due_on: str, first: str, last: str
) -> None:
    (found,) = entries(reports=(report(due_on, None),))
    assert report_cells("Project", found)[2:4] == (first, last)
    table = report_table([found], {})
    assert table[["due", "until"]].values.tolist() == [[first, None if first == last else last]]


@pytest.mark.parametrize(("as_of", "state"), [("2026-08-29", "due"), ("2026-08-30", "late")])
def test_report_by_rule_is_late_from_the_day_after(as_of: str, state: str) -> None:
    assert entries(as_of, frozenset({"2025-S1", "2025-S2"}))[2].state == state


def test_calendar_on_record_goes_before_the_rule_and_a_service_contract_has_none() -> None:
    assert [row.basis for row in entries(reports=(report("2026-03-01"),))] == ["calendar"]
    assert entries(type="service") == []
    assert entries(type="service", contract=None) == []
    assert entries("2028-01-01") == []  # the final report covers what had ended


def test_interim_report_typed_from_the_contract_is_the_only_one() -> None:
    (found,) = entries(type="service", typed=(typed("interim-report", "2026-09-15"),), reported=frozenset())
    assert (found.state, found.period, found.late_days, found.basis) == ("late", "2026-S1", 69, "contract")
    (here,) = entries(type="service", typed=(typed("interim-report", "2026-09-15"),))
    assert here.state == "received" and here.outcome == "Received (figures on record)"


@pytest.mark.parametrize(
    ("start", "end", "as_of", "periods"),
    [
        ("2025-06-30", "2026-12-31", "2026-06-30", "2025-S1 2025-S2 2026-S1"),
        ("2025-07-01", "2026-12-31", "2026-07-01", "2025-S2 2026-S1"),
        ("2025-07-01", "2027-01-01", "2026-07-01", "2025-S2 2026-S1 2026-S2"),
        ("2025", "2026", "2026-06-30", "2025-S2"),  # may end on 1 January 2026
        ("2025", None, "2026-06-30", "2025-S2 2026-S1"),
    ],
)
def test_periods_are_those_between_start_and_end(
    start: str, end: str | None, as_of: str, periods: str
) -> None:
    found = periods_until(PartialDate.of(start), PartialDate.of(end), on(as_of))
    assert " ".join(map(str, found)) == periods
    assert list(periods_until(None, None, AS_OF)) == []


def test_half_years_follow_each_other() -> None:
    assert HalfYear(2026, 1).next == HalfYear(2026, 2) and HalfYear(2026, 2).next == HalfYear(2027, 1)


def unfit(
    *amendments: AmendmentRow, as_of: dt.date = AS_OF, agreements: tuple[AgreementRow, ...] = (AGREEMENT,),
    end: str | None = "2027-12-31", partners: tuple[str, ...] = ("ALB",),
) -> list[Misfit]:  # fmt: skip
    """What does not fit."""
    own = project("p1", partners=partners)
    return list(misfits(own, replace(CONTRACT, end=end), amendments, agreements, as_of))


@pytest.mark.parametrize(
    ("end", "limit", "certainty"),
    [
        ("2029-01-15", "2029-01-15", None),
        ("2029-01-16", "2029-01-15", "certain"),
        ("2029-01", "2029-01-15", "possible"),
        ("2029-02", "2029-01-15", "certain"),
        ("2029", "2029", None),
        ("2029-06", "2029", "possible"),
        ("2030", "2029", "certain"),
        ("2028", "2029", None),
        ("2029-01-16", None, None),
        (None, "2029-01-15", None),
    ],
)
def test_end_has_to_lie_in_the_implementation_period(
    end: str | None, limit: str | None, certainty: str | None
) -> None:
    found = unfit(end=end, agreements=(replace(AGREEMENT, end_of_implementation=limit),))
    assert [row.certainty for row in found] == ([certainty] if certainty else [])


def test_amendment_that_cannot_fit_is_flagged_with_the_reason() -> None:
    (found,) = unfit(amended(1, "2029-03-31", None))
    assert found.field == ("amendment", "p1/c/a1", "new_end")
    assert found.sentence == (
        "Contract C/1: amendment 1 (not signed yet) with the new end 31 March 2029 does not fit: the "
        "implementation period of the financing agreement with the region ends on 15 January 2029, 75 days "
        "earlier. Indicative."
    )


def test_only_the_present_end_and_what_is_not_signed_are_judged() -> None:
    long_ago, now = amended(1, "2029-03-31", "2025-06-01"), amended(2, "2028-12-31", "2026-06-01")
    assert unfit(long_ago, now) == []
    assert [row.amendment_key for row in unfit(long_ago, now, as_of=on("2026-01-01"))] == ["p1/c/a1"]
    assert [row.amendment_key for row in unfit(now, amended(3, "2030-01-01", None))] == ["p1/c/a3"]
    assert unfit(amended(3, None, None)) == []


def test_end_by_an_amendment_dated_before_its_contract_is_not_judged() -> None:
    contradicts = amended(1, "2029-03-31", "2024-11-30")
    assert unfit(contradicts) == unfit(contradicts, end="2030-01-01") == []  # the present end is not known
    assert [row.amendment_key for row in unfit(contradicts, amended(2, "2029-03-31"))] == ["p1/c/a2"]
    assert [row.amendment_key for row in unfit(replace(contradicts, signed_on="2024-12"))] == ["p1/c/a1"]


def test_agreements_with_other_partners_are_left_aside() -> None:
    serbia = replace(AGREEMENT, key="d/s", partner_code="SRB", end_of_implementation="2027-01-01")
    albania = replace(AGREEMENT, key="d/b", partner_code="ALB")
    elsewhere = replace(AGREEMENT, key="d/x", decision_key="other", end_of_implementation="2020-01-01")
    assert unfit(agreements=(serbia, albania, elsewhere)) == []
    assert [row.agreement_key for row in unfit(agreements=(serbia, albania), partners=("SRB",))] == ["d/s"]
    assert [row.agreement_key for row in unfit(agreements=(serbia,), partners=())] == ["d/s"]


def whole(as_of: dt.date = AS_OF, **changes: Any) -> DeadlineCalendar:
    """The calendar of the one contract."""
    found = case(as_of, **changes)
    deadlines = tuple(sorted(contract_deadlines(found), key=lambda row: row.next_day or dt.date.max))
    reports = tuple(report_entries([found], found.reports, ALL, as_of))
    return DeadlineCalendar(as_of, deadlines, reports, ())


@pytest.mark.parametrize(
    ("as_of", "codes"),
    [
        ("2027-01-29", []),  # the window opens in 91 days, on 30 April
        ("2027-01-30", ["rom-last-months"]),
        ("2027-08-31", []),
        ("2027-09-01", ["extension-request"]),
        ("2027-10-02", ["rom-last-months", "extension-request"]),  # it closes in 90 days
    ],
)
def test_what_falls_due_within_90_days(as_of: str, codes: list[str]) -> None:
    calendar = replace(whole(on(as_of)), reports=())
    assert [row.code for row in upcoming(calendar)] == codes
    assert upcoming(calendar, days=0) == ()


def test_calendar_is_narrowed_to_projects() -> None:
    calendar = whole(reports=(report("2026-01-01"),))
    assert calendar.of({"p1"}) == calendar
    nothing = calendar.of({"p2"})
    assert (nothing.deadlines, nothing.reports, nothing.misfits) == ((), (), ())
    assert [row.name for row in calendar.passed] == ["Progress report"]
