"""Rules across the fields of the form, receipts, indicators, trainings and risks: each with its codes."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.progress_reports.comparisons.records import present_state
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_incurred
from portfolio.storage.queries.projects import get_project
from tests.workbooks.report_files import PERIOD, check, fill, found, issue, new_keys, ref
from tests.workbooks.report_records import (
    COUNT,
    PERCENT,
    PROJECT,
    RECEIPT,
    RISK,
    TRAINING,
    WORDS,
    add_records,
)

pytestmark = pytest.mark.usefixtures("read_here")
WOMEN = f"{COUNT}/all/women"
SCORE = "score_after_millionths"
VALUE, OF, OUT_OF = "value_millionths", "numerator_millionths", "denominator_millionths"
# sheet, row ("new 1" is the first empty one), entries, and the codes with the field they stand at
CASES: list[tuple[str, dict[str, dict[str, Any]], list[tuple[str, str]]]] = [
    ("Project", {"start": {"value": "2030"}}, []),
    ("Project", {"assessment/money": {"comment": "As planned"}}, [("RULE_COMMENT_WITHOUT_COLOUR", "value")]),
    ("Project", {"assessment/money": {"comment": "As planned", "value": "Green"}}, []),
    ("Project", {"assessment/time": {"value": "CLEAR"}}, []),
    (
        "Project",
        {"cost-forecast": {"value": "CLEAR", "comment": "None yet"}},
        [("RULE_COMMENT_WITHOUT_AMOUNT", "value")],
    ),
    ("Project", {"cost-forecast": {"value": "CLEAR"}}, []),
    ("Project", {"cost-forecast": {"comment": "As planned"}}, []),
    ("Received", {RECEIPT: {"received_on": "2026-12"}}, [("RULE_IN_FUTURE", "received_on")]),
    ("Received", {RECEIPT: {"received_on": "2026-11"}}, []),
    ("Indicators", {PERCENT: {VALUE: "50%"}}, [("RULE_PERCENTAGE_PARTS", VALUE)]),
    ("Indicators", {PERCENT: {OF: 40}}, [("RULE_PERCENTAGE_PARTS", VALUE)]),
    ("Indicators", {PERCENT: {VALUE: "50%", OF: 40, OUT_OF: 0}}, [("RULE_PERCENTAGE_PARTS", VALUE)]),
    ("Indicators", {PERCENT: {VALUE: "50%", OF: 40, OUT_OF: 90}}, [("RULE_PERCENTAGE", VALUE)]),
    ("Indicators", {PERCENT: {VALUE: "50%", OF: 40, OUT_OF: 80}}, []),
    ("Indicators", {PERCENT: {VALUE: "33.3%", OF: 1, OUT_OF: 3}}, []),
    ("Indicators", {PERCENT: {VALUE: 1, OF: 3, OUT_OF: 3}}, []),
    # pasted as a value into a cell that shows fractions as percentages
    (
        "Indicators",
        {PERCENT: {VALUE: 12.5}},
        [("RULE_ABOVE_HUNDRED", VALUE), ("RULE_PERCENTAGE_PARTS", VALUE)],
    ),
    ("Indicators", {COUNT: {VALUE: 320}}, [("RULE_APPROVED_CHANGED", VALUE)]),
    ("Indicators", {WOMEN: {VALUE: 310}}, []),
    ("Indicators", {WOMEN: {VALUE: 311}}, [("RULE_PARTS_ABOVE_TOTAL", VALUE)]),
    ("Indicators", {WORDS: {"text": "Adopted"}}, []),
    ("Indicators", {"new 1": {"indicator": COUNT}}, [("RULE_VALUE_MISSING", VALUE)]),
    ("Indicators", {"new 1": {"indicator": COUNT, VALUE: 1}}, [("RULE_ENTERED_TWICE", "indicator")]),
    ("Indicators", {"new 1": {"indicator": COUNT, "sex": "Men", VALUE: 9}}, []),
    (
        "Indicators",
        {number: {"indicator": COUNT, "sex": "Men", VALUE: 9} for number in ("new 1", "new 2")},
        [("RULE_ENTERED_TWICE", "indicator")],
    ),
    ("Trainings", {TRAINING: {"ended_on": "2026-03-09"}}, [("RULE_END_BEFORE_START", "ended_on")]),
    ("Trainings", {TRAINING: {"ended_on": "2026-03-10"}}, []),
    ("Trainings", {TRAINING: {"follow_up_on": "2025"}}, [("RULE_END_BEFORE_START", "follow_up_on")]),
    ("Trainings", {TRAINING: {"follow_up_on": "2027-01"}}, [("RULE_IN_FUTURE", "follow_up_on")]),
    ("Trainings", {TRAINING: {"women": 0, "men": 0}}, [("RULE_SCORES_WITHOUT_PEOPLE", "women")]),
    ("Trainings", {TRAINING: {"women": 0}}, []),
    ("Trainings", {TRAINING: {"stage": "Applied"}}, [("RULE_STAGE_UNSUPPORTED", "stage")]),
    ("Trainings", {TRAINING: {"stage": "Applied", "used_in_case": "A request abroad"}}, []),
    ("Trainings", {TRAINING: {"stage": "Institutionalised"}}, []),
    (
        "Trainings",
        {"new 1": {"title": "Drill", "kind": "Exercise", "held_on": "2026-04", "stage": "Learned"}},
        [("RULE_STAGE_UNSUPPORTED", "stage")],
    ),
    # a share of 1 where the test is scored out of 100, and the same just above 1
    ("Trainings", {TRAINING: {SCORE: 0.81}}, [("RULE_SCORE_SCALE", SCORE)]),
    ("Trainings", {TRAINING: {SCORE: 1}}, [("RULE_SCORE_SCALE", SCORE)]),
    ("Trainings", {TRAINING: {SCORE: 1.4}}, [("RULE_FAR_BELOW", SCORE)]),
    ("Trainings", {TRAINING: {SCORE: 1.5}}, []),
    ("Trainings", {TRAINING: {SCORE: 0}}, []),
    ("Received", {RECEIPT: {"amount_cents": 410}}, [("RULE_FAR_BELOW", "amount_cents")]),
    ("Indicators", {WOMEN: {VALUE: -1}}, [("RULE_BELOW_ZERO", VALUE)]),
    (
        "Indicators",
        {"new 1": {"indicator": COUNT, "sex": "Men", VALUE: 120_001}},
        [("RULE_FAR_ABOVE", VALUE), ("RULE_PARTS_ABOVE_TOTAL", VALUE)],
    ),
    ("Indicators", {WOMEN: {OF: 4, OUT_OF: 5}}, [("RULE_PARTS_OF_NO_PERCENTAGE", OF)]),
    ("Risks", {RISK: {"reviewed_on": "2026-11-24"}}, [("RULE_IN_FUTURE", "reviewed_on")]),
    ("Risks", {RISK: {"reviewed_on": "2026-11-23"}}, []),
]


@pytest.fixture
def known(demo: Database) -> Database:
    """The fictional portfolio with results on record for a project that has none there."""
    add_records(demo)
    return demo


def filled(content: bytes, sheet: str, rows: dict[str, dict[str, Any]]) -> tuple[bytes, dict[str, str]]:
    """The workbook with the entries, and the keys of the rows that were meant."""
    new = new_keys(content, sheet)
    keys = {row: new[int(row[4:]) - 1] if row.startswith("new ") else row for row in rows}
    names = {COUNT: "People trained in the handling of electronic evidence"}
    edits = {
        (sheet, keys[row], field): names.get(str(value), value)
        for row, values in rows.items()
        for field, value in values.items()
    }
    return fill(content, edits), keys


@pytest.mark.parametrize(("sheet", "rows", "codes"), CASES)
def test_rules_across_the_fields_of_a_row(
    sheet: str, rows: dict[str, dict[str, Any]], codes: list[tuple[str, str]], known: Database
) -> None:
    content = issue(known, PROJECT)
    edited, keys = filled(content, sheet, rows)
    result = check(known, edited)
    last = keys[list(rows)[-1]]
    severe = [(code, cell) for code, cell in found(result) if code.startswith("RULE_")]
    assert severe == [(code, ref(content, sheet, last, field)) for code, field in codes]
    others = {item.code for item in result.findings if item.severity != "info"} - {code for code, _ in codes}
    assert others <= {"ROW_LIKE_EXISTING"}  # said by content of a row that is given twice


def test_receipts_are_compared_with_what_was_contracted(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    key = new_keys(content, "Received")[0]
    edited = fill(content, {("Received", key, "amount_cents"): 90_000_000})
    assert found(check(demo, edited)) == [
        ("RULE_RECEIVED_OVER_CONTRACT", ref(content, "Received", key, "amount_cents"))
    ]


def test_what_is_expected_in_all_is_not_below_what_was_spent_in_other_half_years(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    costs = find_incurred(demo, "rain-willow")
    spent = sum(cost.amount_cents for cost in costs if cost.period != str(PERIOD))
    assert spent > 100
    where = ("Project", "cost-forecast", "value")
    for cents, codes in ((spent - 100, ["RULE_FORECAST_BELOW_COST"]), (spent, [])):
        told = found(check(demo, fill(content, {where: cents / 100})))
        assert told == [(code, ref(content, *where)) for code in codes]


def test_a_project_cannot_start_after_its_end(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    where = ("Project", "start", "value")
    for entered, codes in (("2028", ["RULE_START_AFTER_END"]), ("2023-02", [])):
        assert [code for code, _ in found(check(demo, fill(content, {where: entered})))] == codes


@pytest.mark.parametrize(("share", "codes"), [(100, ["RULE_COSTS_FAR_BELOW"]), (2, [])])
def test_costs_of_a_period_that_may_be_counted_in_thousands(
    share: int, codes: list[str], demo: Database
) -> None:
    content = issue(demo, "clear-cedar")
    costs = present_state(demo, get_project(demo, "clear-cedar"), PERIOD).rows["money"]
    spent = {key: row.values["amount_cents"] for key, row in costs.items()}
    edits = {
        ("Money", key, "amount_cents"): amount / 100 / share
        for key, amount in spent.items()
        if isinstance(amount, int)
    }
    assert edits
    warned = [code for code, _ in found(check(demo, fill(content, edits))) if code.startswith("RULE_")]
    assert warned == codes


def test_one_cost_far_below_the_amount_it_replaces(demo: Database) -> None:
    content = issue(demo, "clear-cedar")
    where = ("Money", "human-resources", "amount_cents")
    assert found(check(demo, fill(content, {where: 311.15}))) == [("RULE_FAR_BELOW", ref(content, *where))]


def test_a_forecast_of_an_open_milestone_lies_in_the_period_or_after_it(demo: Database) -> None:
    content = issue(demo, "clear-cedar")
    where = ("Milestones", "clear-cedar/milestone-08", "forecast")
    past = ["RULE_FORECAST_PAST"]
    for entered, codes in (("2020-01-01", past), ("2025-12", past), ("2026-01", [])):
        assert [code for code, _ in found(check(demo, fill(content, {where: entered})))] == codes


def test_a_percentage_that_falls_to_a_fiftieth_is_doubted(known: Database) -> None:
    content = issue(known, PROJECT, PERIOD.previous)
    for entered, is_doubted in (("0.41%", True), ("41%", False)):
        edited = fill(content, {("Indicators", PERCENT, VALUE): entered})
        assert ("RULE_FAR_BELOW" in [code for code, _ in found(check(known, edited))]) is is_doubted


def test_an_unreadable_cell_of_a_new_row_has_no_untrue_consequences(known: Database) -> None:
    content = issue(known, PROJECT)
    row = {"indicator": COUNT, "partner_code": "Atlantis", VALUE: 9}
    edited, _ = filled(content, "Indicators", {"new 1": row})
    assert "RULE_ENTERED_TWICE" not in [code for code, _ in found(check(known, edited))]
