"""Two people at once, rules across fields, and what one workbook says twice."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.model.changes import Value
from portfolio.progress_reports.compare import outcome
from portfolio.progress_reports.values import Parsed
from portfolio.storage.engine import Database
from tests.workbooks.report_files import (
    check,
    fill,
    found,
    import_all,
    in_other_bytes,
    issue,
    new_key,
    ref,
    set_field,
)

pytestmark = pytest.mark.usefixtures("read_here")
OPEN, RUNNING = "rain-willow/milestone-08", "rain-willow/milestone-07"
FORECAST = ("Milestones", RUNNING, "forecast")  # issued as 2027-03-12


@pytest.mark.parametrize(
    ("issued", "parsed", "now", "expected"),
    [
        ("a", Parsed("value", "a"), "a", "keep"),
        ("a", Parsed("value", "a"), "b", "keep"),
        ("a", Parsed("value", "b"), "a", "change"),
        ("a", Parsed("value", "b"), "b", "keep"),
        ("a", Parsed("value", "b"), "c", "conflict"),
        (None, Parsed("value", "b"), None, "change"),
        (None, Parsed("value", "b"), "c", "conflict"),
        ("a", Parsed("blank"), "c", "keep"),
        ("a", Parsed("bad"), "c", "keep"),
        ("a", Parsed("clear"), "a", "change"),
        ("a", Parsed("clear"), None, "keep"),
        ("a", Parsed("clear"), "c", "conflict"),
        (None, Parsed("clear"), None, "keep"),
        (None, Parsed("clear"), "c", "conflict"),
        (0, Parsed("value", False), 0, "change"),
    ],
)
def test_outcome_of_issued_file_and_now(issued: Value, parsed: Parsed, now: Value, expected: str) -> None:
    assert outcome(issued, parsed, now) == expected


def test_a_conflict_names_all_three_values_and_who_set_the_present_one(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    set_field(demo, "milestone", RUNNING, "forecast", "2027-03-12", "2027-04")
    result = import_all(demo, ("report.xlsx", fill(content, {FORECAST: "2027-05"})))
    file = result.files[0]
    assert (found(file), file.changes) == ([("CONFLICT_FIELD", ref(content, *FORECAST))], ())
    item = file.findings[0]
    assert (item.severity, item.field, item.value) == ("error", "forecast", "2027-05")
    for words in (
        "Issued with '2027-03-12'",
        "Officer Two",
        "change set 2",
        "to '2027-04'",
        "says '2027-05'",
    ):
        assert words in item.message
    assert file.units[0].refused_because is not None
    assert (result.change_set, result.exit_code) == (None, 1)


def test_a_cell_that_was_not_touched_never_conflicts(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    set_field(demo, "milestone", RUNNING, "forecast", "2027-03-12", "2027-04")
    result = check(demo, fill(content, {("Milestones", RUNNING, "note"): "On the way"}))
    assert (found(result), [item.field for item in result.changes]) == ([], ["note"])


def test_the_same_new_value_on_both_sides_is_no_change(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    set_field(demo, "milestone", RUNNING, "forecast", "2027-03-12", "2027-05")
    result = check(demo, fill(content, {FORECAST: "2027-05"}))
    assert (result.findings, result.changes) == ((), ())


def test_a_cost_changed_on_both_sides_conflicts(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    where = ("Money", "travel", "amount_cents")
    set_field(demo, "incurred_cost", "rain-willow/2026-S1/travel", "amount_cents", 2668000, 2700000)
    result = check(demo, fill(content, {where: 26999}))
    assert found(result) == [("CONFLICT_FIELD", ref(content, *where))]
    for words in ("EUR 26,680", "EUR 27,000", "26999"):
        assert words in result.findings[0].message


def test_different_fields_of_one_record_both_go_in(demo: Database) -> None:
    one, other = issue(demo, "rain-willow"), issue(demo, "rain-willow")
    first = import_all(demo, ("one.xlsx", fill(one, {FORECAST: "2027-05"})))
    second = import_all(demo, ("other.xlsx", fill(other, {("Milestones", RUNNING, "note"): "Delayed"})))
    assert (first.change_set, second.change_set) == (2, 3)


def test_a_new_row_imported_again_with_a_correction_conflicts_instead_of_doubling(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    key = new_key(content)
    entry = {("Milestones", key, "title"): "Visit", ("Milestones", key, "status"): "Planned"}
    import_all(demo, ("one.xlsx", fill(content, entry)))
    again = check(
        demo, in_other_bytes(fill(content, {**entry, ("Milestones", key, "title"): "Exchange visit"}))
    )
    assert found(again) == [("CONFLICT_FIELD", ref(content, "Milestones", key, "title"))]


RULES: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"status": "Done"}, [("RULE_DONE_WITHOUT_DATE", "status")]),
    ({"actual": "2026-10"}, [("RULE_DATE_WITHOUT_DONE", "actual")]),
    ({"actual": "2026-10", "status": "Done"}, []),
    ({"actual": "2026-11", "status": "Done"}, []),  # the month has begun
    ({"actual": "2026-12", "status": "Done"}, [("RULE_IN_FUTURE", "actual")]),
    ({"actual": "2027", "status": "Planned"}, [("RULE_IN_FUTURE", "actual")]),
    ({"note": "Only a note"}, []),
]


@pytest.mark.parametrize(("entered", "codes"), RULES)
def test_rules_across_the_fields_of_a_milestone(
    entered: dict[str, Any], codes: list[tuple[str, str]], demo: Database
) -> None:
    content = issue(demo, "rain-willow")
    edited = fill(content, {("Milestones", OPEN, field): value for field, value in entered.items()})
    result = check(demo, edited)
    assert found(result) == [(code, ref(content, "Milestones", OPEN, field)) for code, field in codes]
    assert {change.field for change in result.changes} == {
        field for field, value in entered.items() if (field, value) != ("status", "Planned")
    }


def test_warnings_are_accepted_by_an_import(demo: Database) -> None:
    edited = fill(issue(demo, "rain-willow"), {("Milestones", OPEN, "actual"): "2026-10"})
    result = import_all(demo, ("report.xlsx", edited))
    assert [item.severity for item in result.files[0].findings] == ["warning"]
    assert (result.files[0].units[0].applied, result.exit_code) == (True, 0)


def test_costs_above_the_contract_are_a_warning(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    where = ("Money", "travel", "amount_cents")
    result = check(demo, fill(content, {where: 9_000_000}))
    assert found(result) == [("RULE_COST_OVER_CONTRACT", ref(content, *where))]
    assert "more than the contracted total of EUR 3,300,000" in result.findings[0].message
    assert result.is_acceptable


def test_costs_without_a_contracted_total_have_nothing_to_be_above(reference: Database) -> None:
    edited = fill(issue(reference, "cybersouth-plus"), {("Money", "travel", "amount_cents"): 9_000_000})
    assert check(reference, edited).findings == ()
