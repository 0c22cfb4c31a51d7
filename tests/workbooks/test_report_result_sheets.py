"""What the sheets of results change: the exact fields of the records behind their rows, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.dates import HalfYear
from portfolio.findings import prevents_acceptance
from portfolio.model.changes import FieldChange, Value
from portfolio.progress_reports.fields.result_sheets import NO_INDICATORS
from portfolio.storage.engine import Database
from portfolio.storage.queries.results import find_indicator_values, find_trainings
from tests.workbooks.report_files import (
    check,
    fill,
    found,
    import_all,
    in_other_bytes,
    issue,
    new_keys,
    opened,
    ref,
)
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
PEOPLE = "People trained in the handling of electronic evidence"
SHARE = "Share of requests for electronic evidence that are answered within thirty days"
Told = tuple[str, str, str, Value, Value, str]


@pytest.fixture
def known(demo: Database) -> Database:
    """The fictional portfolio with results on record for a project that has none there."""
    add_records(demo)
    return demo


def told(changes: tuple[FieldChange, ...]) -> list[Told]:
    """Each change without the place that it comes from."""
    return [(item.entity, item.key, item.field, item.old, item.new, item.kind) for item in changes]


def changes_by(database: Database, sheet: str, row: str, entries: dict[str, Any]) -> list[Told]:
    """What a row changes when `entries` are written into it."""
    content = issue(database, PROJECT)
    result = check(database, fill(content, {(sheet, row, field): value for field, value in entries.items()}))
    assert not prevents_acceptance(result.findings), result.findings
    return told(result.changes)


def created(database: Database, sheet: str, entries: dict[str, Any]) -> dict[str, Value]:
    """The record that an empty row becomes, which the same file imported again finds."""
    content = issue(database, PROJECT)
    key = new_keys(content, sheet)[0]
    edited = fill(content, {(sheet, key, field): value for field, value in entries.items()})
    result = import_all(database, ("report.xlsx", edited)).files[0]
    assert {(item.key, item.kind) for item in result.changes} == {(key, "added")}, result.findings
    assert check(database, in_other_bytes(edited)).changes == ()
    return {item.field: item.new for item in result.changes}


# the form


def test_the_form_corrects_the_project_itself(known: Database) -> None:
    assert changes_by(known, "Project", "start", {"value": "2026-10"}) == [
        ("project", PROJECT, "start", None, "2026-10", "changed")
    ]
    assert changes_by(known, "Project", "title", {"value": "Another title"}) == [
        ("project", PROJECT, "title", "Fictional action, not described yet", "Another title", "changed")
    ]


def test_an_assessment_is_a_record_as_long_as_its_colour_is_known(known: Database) -> None:
    key = f"{PROJECT}/2026-S1/risk"
    fixed = [("project_key", PROJECT), ("period", "2026-S1"), ("dimension", "risk")]
    new = changes_by(known, "Project", "assessment/risk", {"value": "Red", "comment": "The law"})
    assert new == [
        ("assessment", key, field, None, value, "added")
        for field, value in (("colour", "red"), ("comment", "The law"), *fixed)
    ]
    time = f"{PROJECT}/2026-S1/time"
    assert changes_by(known, "Project", "assessment/time", {"value": "Green", "comment": "CLEAR"}) == [
        ("assessment", time, "colour", "amber", "green", "changed"),
        ("assessment", time, "comment", "Two missions moved.", None, "erased"),
    ]
    removed = changes_by(known, "Project", "assessment/time", {"value": "CLEAR"})
    assert {(item[1], item[5]) for item in removed} == {(time, "removed")}
    assert {item[2] for item in removed} == {"project_key", "period", "dimension", "colour", "comment"}


def test_a_narrative_comes_and_goes_with_its_text(known: Database) -> None:
    text, key = "A second course.\nIn autumn.", f"{PROJECT}/2026-S1/next-steps"
    added = changes_by(known, "Project", "narrative/next-steps", {"value": text})
    assert ("narrative", key, "text", None, text, "added") in added
    gone = changes_by(known, "Project", "narrative/achievements", {"value": "clear"})
    assert {(item[1], item[5]) for item in gone} == {(f"{PROJECT}/2026-S1/achievements", "removed")}


def test_a_forecast_of_cost_is_the_one_record_of_its_half_year(known: Database) -> None:
    key = f"{PROJECT}/2026-S1"
    assert changes_by(known, "Project", "cost-forecast", {"value": "1 000 000,50", "comment": "CLEAR"}) == [
        ("cost_forecast", key, "amount_cents", 98_000_000, 100_000_050, "changed"),
        ("cost_forecast", key, "note", "Two posts are empty.", None, "erased"),
    ]
    removed = changes_by(known, "Project", "cost-forecast", {"value": "CLEAR"})
    assert {(item[:2], item[5]) for item in removed} == {(("cost_forecast", key), "removed")}
    assert {item[2] for item in removed} == {"project_key", "period", "amount_cents", "note"}
    content = issue(known, PROJECT, HalfYear(2025, 2))
    cells = {("Project", "cost-forecast", "value"): 990_000, ("Project", "cost-forecast", "comment"): "More"}
    other = {(item.key, item.field): item.new for item in check(known, fill(content, cells)).changes}
    assert other == {
        (f"{PROJECT}/2025-S2", field): value
        for field, value in (
            ("project_key", PROJECT), ("period", "2025-S2"), ("amount_cents", 99_000_000), ("note", "More"),
        )
    }  # fmt: skip


# receipts, trainings, risks


def test_a_receipt_is_added_corrected_and_removed(known: Database) -> None:
    assert changes_by(known, "Received", RECEIPT, {"amount_cents": 410_500.5, "note": "CLEAR"}) == [
        ("receipt", RECEIPT, "amount_cents", 41_000_000, 41_050_050, "changed"),
        ("receipt", RECEIPT, "note", "Second instalment", None, "erased"),
    ]
    removed = changes_by(known, "Received", RECEIPT, {"action": "remove"})
    assert removed == [
        ("receipt", RECEIPT, field, value, None, "removed")
        for field, value in (
            ("project_key", PROJECT), ("received_on", "2025-11-04"), ("amount_cents", 41_000_000),
            ("note", "Second instalment"),
        )
    ]  # fmt: skip
    assert created(known, "Received", {"amount_cents": 7, "received_on": "2026-02"}) == {
        "project_key": PROJECT, "amount_cents": 700, "received_on": "2026-02",
    }  # fmt: skip


def test_a_removal_stands_at_the_cell_that_asks_for_it(known: Database) -> None:
    content = issue(known, PROJECT)
    result = check(known, fill(content, {("Trainings", TRAINING, "action"): "REMOVE"}))
    assert {item.cell for item in result.changes} == {ref(content, "Trainings", TRAINING, "action")}
    assert {item.field for item in result.changes} >= {"title", "women", "stage", "project_key"}


def test_a_new_training_says_its_stage_by_itself(known: Database) -> None:
    entries = {
        "title": "Night drill", "kind": "Exercise", "held_on": "2026-04", "partner_code": "Albania",
        "theme": "Criminal justice in cyberspace", "women": 4, "score_before_millionths": 41.5,
    }  # fmt: skip
    assert created(known, "Trainings", entries) == {
        "project_key": PROJECT, "title": "Night drill", "kind": "exercise", "held_on": "2026-04",
        "partner_code": "ALB", "theme": "criminal-justice", "women": 4,
        "score_before_millionths": 41_500_000, "stage": "delivered",
    }  # fmt: skip
    assert {training.title for training in find_trainings(known, PROJECT)} >= {"Night drill"}


@pytest.mark.parametrize(
    ("field", "entered", "code"),
    [
        ("women", -1, "NUM_OUT_OF_RANGE"),
        ("women", 2.5, None),
        ("score_after_millionths", 101, "NUM_OUT_OF_RANGE"),
    ],
)
def test_counts_are_whole_and_scores_lie_within_a_hundred(
    field: str, entered: float, code: str | None, known: Database
) -> None:
    content = issue(known, PROJECT)
    result = check(known, fill(content, {("Trainings", TRAINING, field): entered}))
    assert prevents_acceptance(result.findings) and result.changes == ()
    assert code is None or [code for code, _ in found(result)] == [code]


def test_a_risk_needs_both_ratings_and_is_open_unless_it_says_otherwise(known: Database) -> None:
    content = issue(known, PROJECT)
    key = new_keys(content, "Risks")[0]
    half = fill(content, {("Risks", key, "title"): "Staff leave", ("Risks", key, "impact"): 4})
    assert found(check(known, half)) == [("CELL_REQUIRED", ref(content, "Risks", key, "likelihood"))]
    wrong = fill(content, {("Risks", RISK, "impact"): 6})
    assert found(check(known, wrong)) == [("NUM_OUT_OF_RANGE", ref(content, "Risks", RISK, "impact"))]
    entries = {"title": "Staff leave", "impact": 4, "likelihood": 2}
    assert created(known, "Risks", entries) == {**entries, "project_key": PROJECT, "status": "open"}


# indicators


@pytest.mark.parametrize("entered", ["12.5%", "12,5 %"])
def test_a_percentage_is_kept_in_points(entered: str, known: Database) -> None:
    assert changes_by(known, "Indicators", PERCENT, {"value_millionths": entered}) == [
        ("indicator_value", f"{PERCENT}/2026-S1", field, None, value, "added")
        for field, value in (
            ("value_millionths", 12_500_000), ("status", "submitted"), ("indicator_key", PERCENT),
            ("period", "2026-S1"),
        )
    ]  # fmt: skip


def test_a_percentage_typed_in_its_own_cell_is_a_fraction_there(known: Database) -> None:
    content = issue(known, PROJECT)
    cell = ref(content, "Indicators", PERCENT, "value_millionths")
    assert opened(content)["Indicators"][cell].number_format == "0.0##%"
    result = check(known, fill(content, {("Indicators", PERCENT, "value_millionths"): 0.0375}))
    assert [item.new for item in result.changes if item.field == "value_millionths"] == [3_750_000]


def test_a_percentage_in_an_empty_row_is_read_by_the_indicator_chosen(known: Database) -> None:
    entries = {"indicator": SHARE, "partner_code": "Kosovo*", "value_millionths": "45 %"}
    assert created(known, "Indicators", entries) == {
        "indicator_key": PERCENT, "partner_code": "XKX", "value_millionths": 45_000_000,
        "status": "submitted", "period": "2026-S1",
    }  # fmt: skip


def test_a_value_that_was_approved_is_submitted_again(known: Database) -> None:
    key = f"{COUNT}/2026-S1/all"
    assert changes_by(known, "Indicators", COUNT, {"value_millionths": 300}) == [
        ("indicator_value", key, "value_millionths", 310_000_000, 300_000_000, "changed"),
        ("indicator_value", key, "status", "approved", "submitted", "changed"),
    ]


def test_a_value_that_loses_all_that_it_says_leaves(known: Database) -> None:
    changes = changes_by(known, "Indicators", COUNT, {"value_millionths": "CLEAR"})
    assert {(item[1], item[5]) for item in changes} == {(f"{COUNT}/2026-S1/all", "removed")}
    kept = changes_by(known, "Indicators", COUNT, {"value_millionths": "CLEAR", "text": "Not counted yet"})
    assert {item[5] for item in kept} == {"erased", "changed"}


def test_what_was_reported_apart_before_has_its_row_again(known: Database) -> None:
    content = issue(known, PROJECT)
    sheet = opened(content)["Indicators"]
    women = f"{COUNT}/all/women"
    assert [
        sheet[ref(content, "Indicators", women, field)].value
        for field in ("indicator", "level", "unit", "sex", "baseline", "last", "value_millionths")
    ] == [PEOPLE, "Output", "people", "Women", None, "140 (2025-S2)", None]
    shown = [
        sheet[ref(content, "Indicators", PERCENT, field)].value for field in ("baseline", "target", "last")
    ]
    assert shown == ["20 % (2023)", "62.5 % (2027)", "41.25 % (2025-S2)"]
    assert sheet[ref(content, "Indicators", WORDS, "target")].value == "In force"
    changes = changes_by(known, "Indicators", women, {"value_millionths": 150})
    assert {item[1] for item in changes} == {f"{women}/2026-S1"}


def test_an_empty_row_that_was_imported_is_the_same_row_in_the_next_workbook(known: Database) -> None:
    created(known, "Indicators", {"indicator": PEOPLE, "sex": "Men", "value_millionths": 12})
    content = issue(known, PROJECT)
    row = f"{COUNT}/all/men"
    assert opened(content)["Indicators"][ref(content, "Indicators", row, "value_millionths")].value == 12
    assert check(known, content).changes == ()
    own = [value for value in find_indicator_values(known, PROJECT) if value.sex == "men"]
    assert [(value.value_millionths, value.status) for value in own] == [(12_000_000, "submitted")]


def test_a_project_without_indicators_is_told_so(demo: Database) -> None:
    content = issue(demo, PROJECT)
    sheet = opened(content)["Indicators"]
    written = " ".join(str(cell.value) for cell in sheet["B"] if cell.value)
    assert all(word in written for word in NO_INDICATORS.split())
    assert new_keys(content, "Indicators") == []
    assert check(demo, content).findings == ()
