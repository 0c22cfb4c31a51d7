"""Deadlines: both sides of every rule, with the arithmetic that is printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from portfolio.services.deadlines.contracts import contract_deadlines
from tests.unit.deadline_cases import AGREEMENT, amended, case, of, of_decision, on, report, review, typed
from tests.unit.rows import project


@pytest.mark.parametrize(
    ("signed_on", "as_of", "state"),
    [
        ("2024-12-31", "2026-11-23", "met"),
        ("2025-01-01", "2026-11-23", "met-late"),
        ("2025", "2026-11-23", "met-late"),
        ("2024", "2026-11-23", "met"),
        (None, "2024-07-03", "open"),  # 181 days before 31 December 2024
        (None, "2024-07-04", "near"),
        (None, "2024-12-31", "near"),
        (None, "2025-01-01", "passed"),
        ("2024-12-31", "2024-12-30", "near"),  # not signed yet on that day
    ],
)
def test_agreement_is_concluded_by_the_end_of_the_year_after(
    signed_on: str | None, as_of: str, state: str
) -> None:
    agreement = replace(AGREEMENT, signed_on=signed_on)
    (found,) = of_decision("financing-agreement", on(as_of), (agreement,))
    assert (found.state, found.earliest, found.latest) == (state, on("2024-12-31"), on("2024-12-31"))
    assert found.arithmetic == (
        "Indicative: 1 June 2023 (decision taken), by 31 December of 2023 + 1 = 31 December 2024."
    )


def test_year_of_a_decision_is_enough_for_its_agreement() -> None:
    (found,) = of_decision("financing-agreement", decided_on="2023")
    assert found.latest == on("2024-12-31") and found.state == "met"
    (unknown,) = of_decision("financing-agreement", decided_on=None)
    assert (unknown.state, unknown.latest) == ("not-known", None)
    assert "not stated" in unknown.arithmetic


def test_decision_without_an_agreement_may_need_none_once_it_has_contracts() -> None:
    (found,) = of_decision("financing-agreement", agreements=())
    assert found.state == "not-known" and "may need none" in found.arithmetic
    (bare,) = of_decision("financing-agreement", agreements=(), project_keys=())
    assert bare.state == "passed"


def test_off_budget_decision_has_no_deadline_of_the_financial_regulation() -> None:
    assert of_decision("financing-agreement", instrument="EPF") == []
    assert of_decision("contracting", instrument="EPF") == []
    assert [row.code for row in contract_deadlines(case(project=project("p1", instrument="EPF")))] == [
        "final-report", "extension-request", "rom-first-year", "rom-last-months",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "contracted", "state"),
    [
        ("2026-07-18", 8_000_000_00, "open"),  # 181 days
        ("2026-07-19", 8_000_000_00, "near"),
        ("2027-01-15", 8_000_000_00, "near"),
        ("2027-01-16", 8_000_000_00, "passed"),
        ("2027-01-16", 9_999_999_99, "passed"),
        ("2027-01-16", 10_000_000_00, "met"),
        ("2027-01-16", None, "not-known"),
    ],
)
def test_contracts_are_signed_within_three_years(as_of: str, contracted: int | None, state: str) -> None:
    (found,) = of_decision("contracting", on(as_of), contracted_eu_cents=contracted)
    assert (found.state, found.latest) == (state, on("2027-01-15"))
    assert "15 January 2024 (financing agreement signed) + 3 years = 15 January 2027" in found.arithmetic


def test_first_agreement_starts_the_clock_and_a_reduced_date_gives_a_range() -> None:
    later = replace(AGREEMENT, key="d/b", signed_on="2024-03-04")
    (found,) = of_decision("contracting", agreements=(later, AGREEMENT))
    assert (found.key, found.latest) == ("d/a", on("2027-01-15"))
    (reduced,) = of_decision("contracting", agreements=(replace(AGREEMENT, signed_on="2024"),))
    assert (reduced.earliest, reduced.latest) == (on("2027-01-01"), on("2027-12-31"))
    assert "a range, because only the year is known" in reduced.arithmetic
    (none,) = of_decision("contracting", agreements=(replace(AGREEMENT, signed_on=None),))
    assert none.state == "not-known"


@pytest.mark.parametrize(
    ("first_on", "as_of", "state"),
    [
        ("2026-12-01", "2027-06-01", "met"),
        ("2026-12-02", "2027-06-01", "met-late"),
        ("2026-12", "2027-06-01", "met"),  # perhaps on the first
        ("2027", "2027-12-31", "met-late"),
        (None, "2026-06-03", "open"),  # 181 days
        (None, "2026-06-04", "near"),
        (None, "2026-12-01", "near"),
        (None, "2026-12-02", "passed"),
    ],
)
def test_contract_is_paid_within_two_years(first_on: str | None, as_of: str, state: str) -> None:
    paid = None if first_on is None else replace(case().payments, first_on=first_on)  # type: ignore[type-var]
    found = of("dormancy", on(as_of), payments=paid)
    assert (found.state, found.latest) == (state, on("2026-12-01"))
    assert "1 December 2024 (contract signed) + 2 years = 1 December 2026" in found.arithmetic


def test_payment_whose_date_nobody_stated_leaves_dormancy_open() -> None:
    paid = replace(case().payments, first_on=None, undated=1)  # type: ignore[type-var]
    assert of("dormancy", on("2027-06-01"), payments=paid).state == "not-known"
    assert of("dormancy", signed_on=None).state == "not-known"


@pytest.mark.parametrize(
    ("changes", "as_of", "state"),
    [
        ({}, "2027-12-31", "open"),  # 91 days before 31 March 2028
        ({}, "2028-01-01", "near"),
        ({}, "2028-03-31", "near"),
        ({}, "2028-04-01", "near"),  # late only where the coordinator sits in the same country
        ({}, "2028-06-30", "near"),
        ({}, "2028-07-01", "passed"),
        ({"reports": (report("2028-03-31", "2028-03-30", kind="final"),)}, "2028-07-01", "met"),
        ({"reports": (report("2028-03-31", "2028-07-01", kind="final"),)}, "2028-07-02", "met-late"),
        ({"reports": (report("2028-03-31", "2028-07-02", kind="final"),)}, "2028-07-01", "passed"),
        ({"reports": (report("2028-03-31", "2028-03-30"),)}, "2028-07-01", "passed"),
    ],
)
def test_final_report_is_due_in_three_to_six_months(changes: dict[str, Any], as_of: str, state: str) -> None:
    found = of("final-report", on(as_of), **changes)
    assert (found.state, found.earliest, found.latest) == (state, on("2028-03-31"), on("2028-06-30"))
    assert "31 December 2027 (end) + 3 months = 31 March 2028" in found.arithmetic
    assert "which is not recorded" in found.arithmetic


def test_final_payment_shows_that_the_final_report_came() -> None:
    paid = replace(case().payments, final_on="2028-05-02")  # type: ignore[type-var]
    found = of("final-report", on("2028-12-01"), payments=paid)
    assert found.state == "met" and "final payment was made on 2 May 2028" in found.arithmetic


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2027-08-31", "open"),  # 91 days
        ("2027-09-01", "near"),
        ("2027-11-30", "near"),
        ("2027-12-01", "over"),
        ("2027-12-31", "over"),
    ],
)
def test_extension_is_asked_for_a_month_before_the_end(as_of: str, state: str) -> None:
    found = of("extension-request", on(as_of))
    assert (found.state, found.latest) == (state, on("2027-11-30"))


def test_ended_contract_can_neither_be_extended_nor_reviewed() -> None:
    ended = [row.code for row in contract_deadlines(case(on("2028-01-01")))]
    assert ended == ["dormancy", "final-report"]
    running = [row.code for row in contract_deadlines(case(on("2027-12-31")))]
    assert running == ["dormancy", "final-report", "extension-request", "rom-first-year", "rom-last-months"]


@pytest.mark.parametrize(
    ("as_of", "evaluations", "state"),
    [
        ("2024-10-02", (), "open"),  # 91 days before the start
        ("2024-10-03", (), "near"),
        ("2026-01-01", (), "near"),
        ("2026-01-02", (), "over"),
        ("2026-01-02", (review("2025-01-01"),), "met"),
        ("2026-01-02", (review("2026-01-01"),), "met"),
        ("2026-01-10", (review("2026-01-02"),), "over"),
        ("2026-01-02", (review("2025-06-01", "mid-term"),), "over"),
        ("2025-05-01", (review("2025-06-01"),), "near"),  # has not been carried out yet
        ("2026-01-02", (review(None),), "over"),
    ],
)
def test_rom_sample_is_of_the_first_year(as_of: str, evaluations: tuple[Any, ...], state: str) -> None:
    found = of("rom-first-year", on(as_of), evaluations=evaluations)
    assert (found.state, found.opens, found.latest) == (state, on("2025-01-01"), on("2026-01-01"))


@pytest.mark.parametrize(
    ("as_of", "evaluations", "state"),
    [
        ("2027-01-29", (), "open"),  # 91 days
        ("2027-01-30", (), "near"),
        ("2027-12-31", (), "near"),
        ("2027-12-31", (review("2027-05-01"),), "met"),
        ("2027-12-31", (review("2027-04-30"),), "met"),
        ("2027-12-31", (review("2027-04-29"),), "near"),
        ("2027-12-31", (review("2027"),), "near"),  # not certain to lie in the window
    ],
)
def test_rom_review_is_possible_in_the_last_eight_months(
    as_of: str, evaluations: tuple[Any, ...], state: str
) -> None:
    found = of("rom-last-months", on(as_of), evaluations=evaluations)
    assert (found.state, found.opens, found.latest) == (state, on("2027-04-30"), on("2027-12-31"))
    assert "31 December 2027 (end) - 8 months = 30 April 2027" in found.arithmetic


def test_end_is_that_of_the_last_amendment_signed_by_then() -> None:
    rows = (amended(1, "2028-03-31"), amended(2, "2028-09-30", "2027-02-01"), amended(3, "2029-01-31", None))
    assert of("extension-request", amendments=rows).latest == on("2028-02-29")
    assert of("extension-request", on("2027-02-01"), amendments=rows).latest == on("2028-08-30")
    assert of("extension-request", on("2026-01-14"), amendments=rows).latest == on("2027-11-30")
    found = of("extension-request", amendments=rows)
    assert (found.entity, found.key, found.field) == ("amendment", "p1/c/a1", "new_end")


@pytest.mark.parametrize(
    ("start", "end", "extension"),
    [
        ("2025", "2027", ("2026-12-01", "2027-11-30")),
        ("2025-03", "2027-06", ("2027-05-01", "2027-05-30")),
        (None, None, (None, None)),
    ],
)
def test_reduced_dates_give_ranges_and_unknown_ones_nothing(
    start: str | None, end: str | None, extension: tuple[str | None, str | None]
) -> None:
    bare = project("p1", start=start, end_original=end)
    found = of("extension-request", on("2026-06-01"), project=bare, start=start, end=end)
    assert (found.earliest, found.latest) == tuple(day and on(day) for day in extension)
    assert ("between" in found.when) is (end is not None)
    assert end is not None or (found.state == "not-known" and "not stated" in found.arithmetic)


def test_project_without_a_contract_has_the_deadlines_of_its_own_dates() -> None:
    found = list(contract_deadlines(case(contract=None)))
    assert [row.code for row in found] == ["extension-request", "rom-first-year", "rom-last-months"]
    assert {row.subject for row in found} == {"Project, no contract on record"}
    assert {(row.entity, row.key) for row in found} == {("project", "p1")}


@pytest.mark.parametrize("kind", ["contribution-agreement", "twinning", "service"])
def test_where_no_rule_is_sourced_the_date_in_the_contract_holds(kind: str) -> None:
    unknown = of("final-report", type=kind)
    assert (unknown.state, unknown.latest) == ("not-known", None)
    assert "No rule is sourced for the contract type" in unknown.arithmetic
    found = of("final-report", type=kind, typed=(typed("final-report", "2028-02-29"),))
    assert (found.latest, found.state, found.source) == (on("2028-02-29"), "open", "from the contract")
    assert found.arithmetic == "Indicative: 29 February 2028, from the contract; nothing is computed."


def test_date_in_the_contract_goes_before_the_rule() -> None:
    found = of("final-report", typed=(typed("final-report", "2028-02"),))
    assert (found.earliest, found.latest) == (on("2028-02-01"), on("2028-02-29"))
    assert (found.basis, found.entity) == ("contract", "contract_deadline")


def test_contract_of_unknown_type_has_only_the_rules_that_all_types_share() -> None:
    assert of("dormancy", type=None).state == "met"
    unknown = of("final-report", type=None)
    assert unknown.state == "not-known" and "type is not stated" in unknown.arithmetic
