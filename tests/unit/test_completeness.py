"""What is missing of a project, who owes it and since when; who has reported: both sides of every rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portfolio.dates import HalfYear
from portfolio.model.completeness_rows import EntryDays, IncompleteRow, LastReportRow, RecordCounts
from portfolio.model.rows import ProjectRow
from portfolio.services.completeness.freshness import freshness_of, reported_sentence
from portfolio.services.completeness.missing import MissingItem, OnRecord, missing_items, part_states
from portfolio.vocabulary import codes, terms
from tests.unit.rows import participation, project, role

DAY = dt.date(2026, 11, 23)
PERIOD = HalfYear(2026, 1)
MILLION = 1_000_000
ALL = RecordCounts("p1", contracts=1, milestones=1, indicators=1, risks=1, report_dues=1)
COMPLETE: dict[str, Any] = {
    "summary": "What it does.", "focus": "both", "instrument": "ENI", "modality": "grant",
    "start": "2024-01-01", "end_original": "2027-12-31", "total_budget_cents": 100,
    "eu_contribution_cents": 90, "roles": (role("org"),), "pillars": (("criminal-justice", MILLION),),
    "partners": ("MDA",),
}  # fmt: skip


def on_record(**values: Any) -> OnRecord:
    """Everything on record and reported, but for what a test names."""
    known: dict[str, Any] = {
        "counts": {"p1": ALL}, "incomplete": {}, "days": EntryDays({("project", "p1"): "2026-01-05"}, {}),
        "period": PERIOD, "reported": frozenset({"p1"}),
    }  # fmt: skip
    return OnRecord(**(known | values))


def missing(row: ProjectRow, record: OnRecord | None = None) -> list[MissingItem]:
    return list(missing_items([row], record or on_record(), DAY))


def kinds(row: ProjectRow, record: OnRecord | None = None) -> list[str]:
    return [item.kind for item in missing(row, record)]


def test_every_kind_belongs_to_a_part_an_owner_and_a_form() -> None:
    parts = set(codes("missing_part"))
    for entry in terms("missing_kind"):
        assert entry.get("part") in parts, entry.code
        assert entry.get("owner") in ("unit", "implementer"), entry.code
        assert entry.get("form") and entry.get("whole") in ("yes", "no"), entry.code
        assert entry.description.endswith("."), entry.code


def test_of_a_complete_project_nothing_is_missing() -> None:
    row = project(**COMPLETE)
    assert kinds(row) == []
    assert set(part_states(row, [], PERIOD, DAY).values()) == {"known"}


@pytest.mark.parametrize(
    ("without", "kind"),
    [
        ({"summary": None}, "summary"),
        ({"summary": ""}, "summary"),
        ({"focus": None}, "focus"),
        ({"instrument": None}, "instrument"),
        ({"modality": None}, "modality"),
        ({"roles": ()}, "implementers"),
        ({"roles": (role("org", "beneficiary"),)}, "implementers"),
        ({"total_budget_cents": None}, "total-budget"),
        ({"eu_contribution_cents": None}, "eu-contribution"),
        ({"partners": ()}, "partners"),
        ({"partners": ("MDA", "UKR")}, "shares"),
        ({"pillars": ()}, "pillars"),
    ],
)
def test_what_is_missing_of_the_project_itself_is_owed_by_the_unit(
    without: dict[str, Any], kind: str
) -> None:
    (item,) = missing(project(**(COMPLETE | without)))
    assert (item.kind, item.owner, item.period) == (kind, "unit", None)
    assert (item.since, item.basis, item.days(DAY)) == (dt.date(2026, 1, 5), "entered", 322)


def test_dates_are_missing_where_neither_start_nor_any_end_is_stated() -> None:
    row = project(**(COMPLETE | {"start": None, "end_original": None, "status_stated": "ongoing"}))
    assert kinds(row) == ["start", "end"]
    assert kinds(project(**(COMPLETE | {"end_original": None, "end_current": "2027"}))) == []


def test_declared_shares_and_shares_that_do_not_add_up_are_not_missing_shares() -> None:
    halves = (participation("MDA", MILLION // 2), participation("UKR", MILLION // 2))
    broken = (participation("MDA", MILLION // 2), participation("UKR", 0))
    assert kinds(project(**(COMPLETE | {"partners": halves}))) == []
    assert kinds(project(**(COMPLETE | {"partners": broken}))) == []


def test_an_eu_contribution_is_not_asked_of_what_is_off_budget() -> None:
    assert kinds(project(**(COMPLETE | {"instrument": "EPF", "eu_contribution_cents": None}))) == []


@pytest.mark.parametrize(
    ("count", "kind", "owner"),
    [
        ("contracts", "contracts", "unit"),
        ("milestones", "milestones", "implementer"),
        ("indicators", "indicators", "implementer"),
        ("risks", "risks", "implementer"),
    ],
)
def test_a_kind_of_record_of_which_there_is_none_is_missing(count: str, kind: str, owner: str) -> None:
    (item,) = missing(project(**COMPLETE), on_record(counts={"p1": replace(ALL, **{count: 0})}))
    assert (item.kind, item.owner) == (kind, owner)
    assert item.period == (None if owner == "unit" else HalfYear(2026, 2))


def test_a_project_without_any_record_has_no_row_and_misses_all_four() -> None:
    assert kinds(project(**COMPLETE), on_record(counts={})) == [
        "contracts",
        "milestones",
        "indicators",
        "risks",
    ]


def test_records_that_say_too_little_are_named_and_date_from_the_first_of_them() -> None:
    rows = tuple(IncompleteRow("indicator-unit", "p1", "indicator", key, key.upper()) for key in ("i1", "i2"))
    days = EntryDays({("indicator", "i1"): "2026-05-01", ("indicator", "i2"): "2026-04-01"}, {})
    (item,) = missing(project(**COMPLETE), on_record(incomplete={"p1": rows}, days=days))
    assert (item.kind, item.part, item.since) == ("indicator-unit", "results", dt.date(2026, 4, 1))
    assert [row.name for row in item.records] == ["I1", "I2"]


def test_a_field_that_was_emptied_is_missing_since_that_day() -> None:
    days = EntryDays({("project", "p1"): "2026-01-05"}, {("project", "p1", "focus"): "2026-10-01"})
    (item,) = missing(project(**(COMPLETE | {"focus": None})), on_record(days=days))
    assert (item.since, item.basis) == (dt.date(2026, 10, 1), "erased")


def test_since_is_not_known_where_the_history_does_not_tell() -> None:
    (item,) = missing(project(**(COMPLETE | {"focus": None})), on_record(days=EntryDays({}, {})))
    assert (item.since, item.days(DAY)) == (None, None)


def test_a_report_is_owed_from_the_day_after_its_half_year_and_all_else_with_it() -> None:
    record = on_record(reported=frozenset(), counts={"p1": replace(ALL, risks=0)})
    risks, report = missing(project(**COMPLETE), record)
    assert (report.kind, report.since, report.basis) == ("report", dt.date(2026, 7, 1), "due")
    assert (risks.period, report.period) == (PERIOD, PERIOD)


def due(key: str, due_on: str, period: str | None = None) -> IncompleteRow:
    return IncompleteRow("report-due", "p1", "report_due", key, "progress", due_on, period)


def test_a_report_is_owed_since_the_day_of_the_calendar_where_that_has_one() -> None:
    record = on_record(reported=frozenset(), incomplete={"p1": (due("r", "2026-08-29", "2026-S1"),)})
    (report,) = missing(project(**COMPLETE), record)
    assert (report.kind, report.since, report.basis) == ("report", dt.date(2026, 8, 29), "due")


def test_other_overdue_reports_of_the_calendar_are_owed_since_the_first_of_them() -> None:
    record = on_record(incomplete={"p1": (due("r", "2026-03-01", "2025-S2"), due("s", "2026-02"))})
    (report,) = missing(project(**COMPLETE), record)
    assert (report.kind, report.owner, report.period) == ("report-due", "implementer", None)
    assert (report.since, len(report.records)) == (dt.date(2026, 2, 28), 2)


@pytest.mark.parametrize(("contracts", "report_dues"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_nobody_is_accused_without_a_contract_and_a_calendar(contracts: int, report_dues: int) -> None:
    counts = replace(ALL, contracts=contracts, report_dues=report_dues)
    record = on_record(reported=frozenset(), counts={"p1": counts})
    (report,) = [item for item in missing(project(**COMPLETE), record) if item.kind == "report"]
    if contracts or report_dues:
        assert (report.owner, report.since, report.period) == ("implementer", dt.date(2026, 7, 1), PERIOD)
    else:
        assert (report.owner, report.since, report.days(DAY), report.period) == ("unit", None, None, None)
        assert report.basis == "not-due"


def test_a_running_project_with_a_contract_is_asked_for_its_reporting_calendar() -> None:
    record = on_record(counts={"p1": replace(ALL, report_dues=0)})
    (item,) = missing(project(**COMPLETE), record)
    assert (item.kind, item.owner, item.part, item.since) == ("reporting-calendar", "unit", "reports", None)
    assert kinds(project(**(COMPLETE | {"end_original": "2025-12-31"})), record) == []
    assert part_states(project(**COMPLETE), [item], PERIOD, DAY)["reports"] == "partly"


def test_what_the_portfolio_was_loaded_without_has_no_number_of_days() -> None:
    days = EntryDays({("project", "p1"): "2026-01-05"}, {}, frozenset({("project", "p1")}))
    (item,) = missing(project(**(COMPLETE | {"focus": None})), on_record(days=days))
    assert (item.basis, item.since, item.days(DAY)) == ("loaded", dt.date(2026, 1, 5), None)


def test_a_part_that_is_not_asked_for_is_known_where_it_is_on_record() -> None:
    row = project(**(COMPLETE | {"start": "2027-01-01"}))
    states = part_states(row, [], PERIOD, DAY, replace(ALL, milestones=0))
    assert (states["risks"], states["milestones"], states["reports"]) == ("known", "not-asked", "not-asked")


def test_no_report_is_owed_by_a_project_that_began_after_the_half_year() -> None:
    row = project(**(COMPLETE | {"start": "2026-07-01"}))
    assert kinds(row, on_record(reported=frozenset())) == []
    assert part_states(row, [], PERIOD, DAY)["reports"] == "not-asked"


def test_a_planned_project_is_not_asked_for_what_comes_with_its_contract() -> None:
    row = project(**(COMPLETE | {"start": "2027-01-01"}))
    assert kinds(row, on_record(counts={}, reported=frozenset())) == []
    states = part_states(row, [], PERIOD, DAY)
    asked = {part for part, state in states.items() if state != "not-asked"}
    assert asked == {"description", "time", "money", "partners", "pillars"}


def test_a_closed_project_owes_no_risks_and_the_unit_enters_the_rest() -> None:
    row = project(**(COMPLETE | {"end_original": "2025-12-31"}))
    undated = IncompleteRow("milestone-date", "p1", "milestone", "m", "M")
    found = missing(row, on_record(counts={}, incomplete={"p1": (undated,)}, reported=frozenset()))
    assert [(item.kind, item.owner) for item in found] == [
        ("contracts", "unit"), ("milestones", "unit"), ("indicators", "unit"),
    ]  # fmt: skip


def test_a_closed_project_still_owes_the_report_of_the_half_year_in_which_it_ran() -> None:
    row = project(**(COMPLETE | {"end_original": "2026-03-31"}))
    (item,) = missing(row, on_record(reported=frozenset()))
    assert (item.kind, item.owner, item.period) == ("report", "implementer", PERIOD)


def test_a_part_is_partly_known_until_all_of_it_is_missing() -> None:
    row = project(**(COMPLETE | {"total_budget_cents": None}))
    assert part_states(row, missing(row), PERIOD, DAY)["money"] == "partly"
    both = project(**(COMPLETE | {"total_budget_cents": None, "eu_contribution_cents": None}))
    assert part_states(both, missing(both), PERIOD, DAY)["money"] == "missing"
    alone = project(**(COMPLETE | {"partners": ("MDA", "UKR")}))
    assert part_states(alone, missing(alone), PERIOD, DAY)["partners"] == "partly"
    nobody = project(**(COMPLETE | {"partners": ()}))
    assert part_states(nobody, missing(nobody), PERIOD, DAY)["partners"] == "missing"


# --- freshness --------------------------------------------------------------------------------------------
RUNNING = [project(key, start="2024-01-01", end_original="2027-12-31") for key in ("a", "b", "c")]


def test_reported_of_those_that_ran() -> None:
    ended = project("d", start="2020-01-01", end_original="2025-12-31")
    found = freshness_of([*RUNNING, ended], frozenset({"a", "d"}), {}, PERIOD, DAY)
    assert (found.asked, found.reported) == (("a", "b", "c"), ("a",))
    assert found.sentence == "1 of 3 projects that ran in 2026-S1 have a report or cost on record"
    assert reported_sentence(RUNNING, frozenset("abc"), DAY).startswith("3 of 3 projects that ran in ")


def test_where_no_project_ran_the_sentence_says_so() -> None:
    assert reported_sentence([], frozenset(), DAY) == "No project is known to have run in 2026-S1"


def test_the_age_of_a_report_runs_from_the_end_of_its_half_year() -> None:
    last = {"a": LastReportRow("a", "2025-S2", False), "b": LastReportRow("b", "2026-S2", True)}
    found = freshness_of(RUNNING, frozenset(), last, PERIOD, DAY)
    assert [found.age_days(key, DAY) for key in "abc"] == [327, 0, None]
