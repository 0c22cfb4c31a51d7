"""What the database says is missing, since when, and what it says of one partner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from portfolio.model.changes import ChangeSetDraft, FieldChange, Value, added_record
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.amendments import is_before_contract
from portfolio.services.completeness.contradictions import contradictions
from portfolio.services.completeness.missing import missing_items, on_record
from portfolio.services.gaps.overlaps import overlaps
from portfolio.services.geography import by_partner
from portfolio.services.partner_profiles import (
    PartnerProfile,
    partner_money,
    partner_profile,
    partner_records,
    partner_shares,
)
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.completeness import (
    find_entry_days,
    find_incomplete,
    find_last_reports,
    find_overdue_reports,
    find_record_counts,
    find_reported,
)
from portfolio.storage.queries.money import find_amendments, find_contracts, find_money
from portfolio.storage.queries.practice import ReceivedReportRow, record_received
from portfolio.storage.queries.projects import get_project
from portfolio.storage.queries.results import find_trainings
from portfolio.storage.unit_of_work import apply_change_set
from tests.portfolios import copied_portfolio

AS_OF = dt.date(2026, 11, 23)
State = dict[str, Value]
MILESTONE: State = {"about": "project", "contractual": False}
INDICATOR: State = {"level": "output", "direction": "up", "aggregation": "none"}
RISK: State = {"title": "New", "likelihood": 1, "impact": 1, "status": "open"}
WHOLE_CONTRACT: State = {"signed_on": "2024", "eu_contribution_cents": 5, "total_cents": 5}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration portfolio, loaded once for all tests that only read."""
    database = copied_portfolio("demo", tmp_path_factory.mktemp("demo") / "demo.sqlite3")
    yield database
    database.engine.dispose()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Database]:
    """A demonstration portfolio of one's own, to write to."""
    database = copied_portfolio("demo", tmp_path / "demo.sqlite3")
    yield database
    database.engine.dispose()


def write(database: Database, *changes: FieldChange) -> None:
    apply_change_set(database, ChangeSetDraft("edit", "Tester", "A test", changes))


def profile(database: Database, code: str) -> PartnerProfile:
    records = partner_records(database, LOCAL_PERSON, code, as_of=AS_OF)
    return partner_profile(load_view(database, LOCAL_PERSON, as_of=AS_OF), code, records)


# --- completeness -----------------------------------------------------------------------------------------
def test_the_project_that_nobody_has_described_misses_most(demo: Database) -> None:
    view = load_view(demo, LOCAL_PERSON, as_of=AS_OF)
    found = missing_items(view.projects, on_record(demo, LOCAL_PERSON, as_of=AS_OF), AS_OF)
    of_it = [item.kind for item in found if item.project_key == "cloud-yew"]
    assert of_it == [
        "summary", "focus", "instrument", "modality", "implementers", "start", "end", "total-budget",
        "eu-contribution", "partners", "pillars", "milestones", "indicators", "risks",
    ]  # fmt: skip
    reports = [(item.project_key, item.owner) for item in found if item.kind == "report"]
    assert reports == [("fog-larch", "implementer")]


def test_counts_leave_out_cancelled_milestones_and_context(demo: Database) -> None:
    counts = find_record_counts(demo)
    assert (counts["aurora-beech"].contracts, counts["clear-cedar"].indicators > 2) == (2, True)
    assert "cloud-yew" in counts and counts["cloud-yew"].risks == 0


def test_records_that_say_too_little_are_picked_out_and_mended_ones_are_not(own: Database) -> None:
    before = set(find_incomplete(own))
    project: State = {"project_key": "clear-cedar"}
    write(
        own,
        *added_record("milestone", "m", {**project, **MILESTONE, "title": "Undated", "status": "planned"}),
        *added_record("indicator", "i", {**project, **INDICATOR, "statement": "Bare", "baseline_year": 2024,
                                         "baseline_millionths": 0}),
        *added_record("risk", "r", {**project, **RISK}),
        *added_record("contract", "c", {**project, "number": "X", "eu_contribution_cents": 5}),
        *added_record("contract", "d", {**project, **WHOLE_CONTRACT, "number": "Y"}),
    )  # fmt: skip
    found = {(row.kind, row.key, row.name) for row in set(find_incomplete(own)) - before}
    assert found == {
        ("milestone-date", "m", "Undated"), ("indicator-target", "i", "Bare"),
        ("indicator-unit", "i", "Bare"), ("indicator-value", "i", "Bare"),
        ("risk-review", "r", "New"), ("contract-amounts", "c", "X"), ("contract-signature", "c", "X"),
    }  # fmt: skip
    write(
        own,
        FieldChange("indicator", "i", "target_millionths", None, 5, "changed"),
        FieldChange("risk", "r", "reviewed_on", None, "2026-11-01", "changed"),
        FieldChange("milestone", "m", "forecast", None, "2027", "changed"),
        *added_record("amendment", "a", {"contract_key": "c", "number": 1, "kind": "budget",
                                         "new_total_cents": 9}),
    )  # fmt: skip
    left = {(row.kind, row.key) for row in set(find_incomplete(own)) - before}
    assert left == {("indicator-unit", "i"), ("indicator-value", "i"), ("contract-signature", "c")}


def test_an_emptied_field_is_dated_from_the_change_that_emptied_it(own: Database) -> None:
    write(own, FieldChange("project", "clear-cedar", "focus", "cybersecurity", None, "erased"))
    days = find_entry_days(own)
    assert ("project", "clear-cedar") in days.entered
    assert list(days.erased) == [("project", "clear-cedar", "focus")]


def test_reported_and_last_reports_know_costs_and_received_reports(own: Database) -> None:
    assert "fog-larch" not in find_reported(own, "2026-S1")
    assert find_last_reports(own)["fog-larch"].period == "2025-S1"
    assert "cloud-yew" not in find_last_reports(own)
    report = ReceivedReportRow("fog-larch", "2026-S1", "2026-09-01T10:00:00+00:00", "x", "r.xlsx", "0", None)
    record_received(own, report)
    assert "fog-larch" in find_reported(own, "2026-S1")
    last = find_last_reports(own)["fog-larch"]
    assert (last.period, last.is_received) == ("2026-S1", True)


def test_reports_of_the_calendar_are_overdue_from_the_day_after(demo: Database) -> None:
    found = [(row.project_key, row.due_on) for row in find_overdue_reports(demo, AS_OF)]
    assert found == [("fog-larch", "2026-03-01"), ("fog-larch", "2026-08-29"), ("gale-juniper", "2026-11-06")]
    on_the_day = find_overdue_reports(demo, dt.date(2026, 11, 6))
    assert [row.project_key for row in on_the_day] == ["fog-larch", "fog-larch"]


def test_bad_input_of_all_six_kinds_is_listed_with_record_and_remedy(own: Database) -> None:
    assert contradictions(own, LOCAL_PERSON, as_of=AS_OF) == ()
    rows = find_entry_days(own).entered
    contract = next(key for entity, key in rows if entity == "contract" and key.startswith("clear-cedar"))
    milestone: State = {"project_key": "clear-cedar", "title": "Later", **MILESTONE}
    indicator: State = {"project_key": "clear-cedar", **INDICATOR}
    write(
        own,
        *added_record("amendment", "a", {"contract_key": contract, "number": 9, "kind": "other",
                                         "signed_on": "2001-01-01"}),
        *added_record("payment", "p", {"contract_key": contract, "kind": "interim",
                                       "amount_cents": 10**12, "paid_on": "2026-01-01"}),
        *added_record("milestone", "m", {**milestone, "status": "done", "actual": "2027-01-01"}),
        *added_record("indicator", "i", {**indicator, "statement": "Same", "unit": "people",
                                         "baseline_millionths": 1, "target_millionths": 1}),
        *added_record("indicator", "j", {**indicator, "statement": "No unit", "target_millionths": 1}),
        FieldChange("participation", "clear-cedar/EGY", "share_millionths", 300_000, 290_000, "changed"),
    )  # fmt: skip
    found = contradictions(own, LOCAL_PERSON, as_of=AS_OF)
    assert {row.project_key for row in found} == {"clear-cedar"}
    assert {row.finding.code for row in found} >= {
        "RULE_AMENDMENT_BEFORE_START", "RULE_SHARES", "RULE_PAID_ABOVE_CONTRACT", "RULE_IN_FUTURE",
        "RULE_TARGET_IS_BASELINE", "RULE_NO_UNIT",
    }  # fmt: skip
    assert all(row.finding.action and row.finding.record for row in found)
    egypt = profile(own, "EGY")
    (share,) = [row for row in egypt.shares if row.project.key == "clear-cedar"]
    assert (share.basis, share.row.total_budget_cents, share.paid_cents) == ("broken", None, None)


@pytest.mark.parametrize(
    ("signed_on", "known"), [("2023-12-10", False), ("2023-11", False), ("2023-12-11", True), ("2023", True)]
)
def test_what_depends_on_an_amendment_before_its_contract_is_not_known(
    own: Database, signed_on: str, known: bool
) -> None:
    (contract,) = find_contracts(own, "clear-cedar")
    assert contract.signed_on == "2023-12-11"
    changed: State = {"new_end": "2029", "new_eu_contribution_cents": 5, "new_total_cents": 7}
    write(
        own,
        *added_record("amendment", "a", {"contract_key": contract.key, "number": 9, "kind": "other",
                                         "signed_on": signed_on, **changed}),
    )  # fmt: skip
    money = find_money(own, AS_OF)["clear-cedar"]
    project = get_project(own, "clear-cedar")
    found = (money.contracted_eu_cents, money.contracted_other_cents, money.contracted_total_cents)
    assert found == ((5, 2, 7) if known else (None, None, None))
    assert (project.present_end, project.end_contradicts) == ("2029" if known else None, not known)
    (amendment,) = [row for row in find_amendments(own) if row.key == "a"]
    assert is_before_contract(amendment, contract) is not known


def test_as_many_questions_for_twenty_projects_as_for_one(demo: Database) -> None:
    asked: list[str] = []

    def listen(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(demo.engine, "before_cursor_execute", listen)
    try:
        contradictions(demo, LOCAL_PERSON, as_of=AS_OF)
        assert len([text for text in asked if text.startswith("SELECT")]) < 45
        asked.clear()
        on_record(demo, LOCAL_PERSON, as_of=AS_OF)
        assert len([text for text in asked if text.startswith("SELECT")]) < 20
    finally:
        event.remove(demo.engine, "before_cursor_execute", listen)


def test_demo_has_one_overlap_in_morocco(demo: Database) -> None:
    (found,) = overlaps(find_trainings(demo), AS_OF).of_kind("institution")
    assert (found.quarter, found.partner_codes, set(found.projects)) == (
        "2025-Q4", ("MAR",), {"aurora-beech", "storm-oak"},
    )  # fmt: skip


# --- one partner ------------------------------------------------------------------------------------------
def test_a_partner_s_parts_are_those_of_the_map_and_add_up(demo: Database) -> None:
    view = load_view(demo, LOCAL_PERSON, as_of=AS_OF)
    for place in by_partner(view.projects, AS_OF)[:-2]:
        money = partner_money(partner_shares(view.projects, place.code, view.money, AS_OF))
        assert money["budget-split"].total.cents == place.total_budget_cents, place.code
        assert money["eu-split"].total.cents == place.eu_contribution_cents, place.code


def test_paid_and_incurred_of_all_partners_are_the_portfolio_s(demo: Database) -> None:
    view = load_view(demo, LOCAL_PERSON, as_of=AS_OF)
    codes = {code for project in view.projects for code in project.partner_codes}
    located = {project.key for project in view.projects if project.participations}
    on_budget = {project.key for project in view.projects if project.instrument != "EPF"}
    parts = [partner_money(partner_shares(view.projects, code, view.money, AS_OF)) for code in codes]
    assert len(parts) == 23
    paid = [row.paid_cents or 0 for key, row in view.money.items() if key in located & on_budget]
    assert sum(part["paid-split"].total.cents or 0 for part in parts) == sum(paid) > 0
    incurred = [row.incurred_cents or 0 for key, row in view.money.items() if key in located]
    assert sum(part["incurred-split"].total.cents or 0 for part in parts) == sum(incurred) > 0


def test_each_part_says_how_it_was_made(demo: Database) -> None:
    armenia = {share.project.key: share for share in profile(demo, "ARM").shares}
    assert armenia["rain-willow"].basis == "equal"
    assert armenia["rain-willow"].row.total_budget_cents == 110_000_000
    assert (armenia["thunder-elm"].basis, armenia["thunder-elm"].share_millionths) == ("declared", 300_000)
    assert profile(demo, "ARM").money["budget-split"].estimated_cents == 110_000_000
    (jordan,) = [share for share in profile(demo, "JOR").shares if share.project.key == "sun-carob"]
    assert (jordan.basis, jordan.row.estimated) == ("single", False)


def test_off_budget_money_is_in_no_eu_amount_of_a_partner(demo: Database) -> None:
    (spruce,) = [share for share in profile(demo, "MDA").shares if share.project.key == "snow-spruce"]
    assert spruce.is_off_budget
    assert (spruce.row.eu_contribution_cents, spruce.paid_cents) == (None, None)
    assert spruce.incurred_cents is not None


def test_a_partner_s_trainings_values_and_risks_are_its_own(demo: Database) -> None:
    found = profile(demo, "BLR")
    assert [share.row.is_suspended for share in found.shares] == [True]
    assert {row.partner_code for row in profile(demo, "MAR").trainings} == {"MAR"}
    assert {row.indicator.project_key for row in found.values} == {"thunder-elm"}
    assert {row.period for row in found.values} == {"2025-S2"}
    assert {row.project_key for row in found.risks} == {"thunder-elm"}
    assert [row.score for row in found.risks] == sorted((row.score for row in found.risks), reverse=True)
    assert [row.key for row in found.regional] == ["dew-poplar"]
    assert [row.value for row in found.context if row.indicator.startswith("budapest")] == [None, None]


def test_milestones_of_a_partner_are_late_or_due_in_half_a_year(demo: Database) -> None:
    found = profile(demo, "BIH")
    assert all(state.late_days for state in found.late) and found.late
    assert all(state.is_due_within(AS_OF, 180) for state in found.due)
    assert {state.milestone.project_key for state in (*found.late, *found.due)} <= {
        share.project.key for share in found.shares
    }
