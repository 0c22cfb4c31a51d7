"""Two people at once, rules across fields, and what one workbook says twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from portfolio.model.changes import Value
from portfolio.progress_reports.comparisons import last_writers
from portfolio.progress_reports.comparisons.conflicts import outcome
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.imports import apply_checked
from portfolio.progress_reports.values.values import Parsed
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from portfolio.storage.queries.last_writers import FieldId, LastWrite, find_last_writes
from tests.workbooks.report_files import (
    addresses,
    check,
    decided,
    fill,
    found,
    import_all,
    issue,
    new_key,
    new_keys,
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


def test_a_choice_of_sides_settles_a_conflict(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    set_field(demo, "milestone", RUNNING, "forecast", "2027-03-12", "2027-04")
    edited = fill(content, {FORECAST: "2027-05"})
    where = ("Milestones", ref(content, *FORECAST))
    offers = [(offer.kind, offer.value, offer.label) for offer in check(demo, edited).findings[0].offers]
    assert offers == [("side", "tracker", "Keep 2027-04"), ("side", "file", "Take 2027-05 from the file")]
    kept = decided(demo, edited, Corrections(sides={where: "tracker"})).files[0]
    assert (found(kept), kept.changes) == ([("CONFLICT_SETTLED", where[1])], ())
    assert "'2027-04' holds by choice" in kept.findings[0].message
    taken = decided(demo, edited, Corrections(sides={where: "file"}))
    (change,) = taken.files[0].changes
    assert (change.old, change.new, change.kind) == ("2027-04", "2027-05", "changed")
    assert found(taken.files[0]) == [("CONFLICT_SETTLED", where[1])]
    assert len(taken.files[0].findings[0].offers) == 2  # the choice can be taken back
    assert apply_checked(demo, taken, by="Officer One").change_set == 3


def test_a_second_version_does_not_conflict_with_the_first(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    key = new_key(content)
    entry = {("Milestones", key, "title"): "Visit", ("Milestones", key, "status"): "Planned"}
    import_all(demo, ("one.xlsx", fill(content, {**entry, FORECAST: "2027-05"})))
    second = fill(content, {**entry, ("Milestones", key, "title"): "Exchange visit", FORECAST: "2027-06"})
    again = check(demo, second)
    titled = ref(content, "Milestones", key, "title")
    assert found(again) == [
        ("VERSION_REPLACED", ref(content, *FORECAST)), ("VERSION_REPLACED", titled),
    ]  # fmt: skip
    assert "said '2027-05', as set by Officer One" in again.findings[0].message
    assert "from one.xlsx" in again.findings[0].message
    changed = {(change.key, change.field, change.old, change.new) for change in again.changes}
    assert changed == {
        (RUNNING, "forecast", "2027-05", "2027-06"), (key, "title", "Visit", "Exchange visit"),
    }  # fmt: skip


def received(content: bytes, on: str, amount: int) -> bytes:
    """The workbook with one transfer in the first empty row."""
    key = new_keys(content, "Received")[0]
    entry = {("Received", key, "received_on"): on, ("Received", key, "amount_cents"): amount}
    return fill(content, entry)


def test_another_record_in_the_same_empty_row_is_asked_about(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    import_all(demo, ("one.xlsx", received(content, "2026-06-01", 100)))
    second = received(content, "2026-03-12", 5000)
    result = check(demo, second)
    key = new_keys(content, "Received")[0]
    where = [ref(content, "Received", key, field) for field in ("received_on", "amount_cents")]
    assert (found(result), result.changes) == ([("CONFLICT_OTHER_RECORD", cell) for cell in where], ())
    assert "it said '2026-06-01', as set by Officer One" in result.findings[0].message
    chosen = decided(demo, second, Corrections(sides={("Received", cell): "file" for cell in where})).files[0]
    assert {(change.old, change.new) for change in chosen.changes} == {
        ("2026-06-01", "2026-03-12"), (10000, 500000),
    }  # fmt: skip


def test_a_corrected_date_in_the_same_empty_row_replaces_the_former(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    import_all(demo, ("one.xlsx", received(content, "2026-06-01", 100)))
    result = check(demo, received(content, "2026-06-02", 100))
    assert [item.code for item in result.findings] == ["VERSION_REPLACED"]


@pytest.mark.parametrize(
    ("title", "forecast", "code"),
    [
        ("Steering committee 4", "2026-12", "CONFLICT_OTHER_RECORD"),
        ("Regional exercise", None, "CONFLICT_OTHER_RECORD"),
        ("Third steering committee", None, "VERSION_REPLACED"),
    ],
)
def test_another_title_is_another_milestone_where_date_or_words_say_so(
    demo: Database, title: str, forecast: str | None, code: str
) -> None:
    content = issue(demo, "rain-willow")
    row = [("Milestones", new_key(content), field) for field in ("title", "status", "forecast")]
    first = ("Steering committee 3", "Planned", "2026-06")
    import_all(demo, ("one.xlsx", fill(content, dict(zip(row, first, strict=True)))))
    second = fill(content, dict(zip(row, (title, "Planned", forecast), strict=True)))
    assert {item.code for item in check(demo, second).findings} == {code}


def test_a_changed_row_that_comes_to_say_what_another_says_is_pointed_out(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    import_all(demo, ("one.xlsx", received(content, "2026-06-01", 100)))
    again = issue(demo, "rain-willow")
    keys = [key for sheet, key, field in addresses(again) if sheet == "Received" and field == "note"]
    other = next(key for key in keys if "/receipt-" in key and key not in new_keys(again, "Received"))
    cells = ("Received", other, "received_on"), ("Received", other, "amount_cents")
    result = check(demo, fill(again, dict(zip(cells, ("2026-06-01", 100), strict=True))))
    assert ("ROW_LIKE_EXISTING", ref(again, *cells[0])) in found(result)


def test_a_copy_that_was_not_touched_leaves_the_first_version_alone(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    import_all(demo, ("one.xlsx", fill(content, {FORECAST: "2027-05"})))
    other = check(demo, fill(content, {("Money", "travel", "amount_cents"): 26000}))
    assert (found(other), [change.field for change in other.changes]) == ([], ["amount_cents"])


def test_what_was_edited_after_the_first_version_conflicts_and_an_undone_one_does_not_count(
    demo: Database,
) -> None:
    content = issue(demo, "rain-willow")
    first = import_all(demo, ("one.xlsx", fill(content, {FORECAST: "2027-05"})))
    set_field(demo, "milestone", RUNNING, "forecast", "2027-05", "2027-07")
    second = fill(content, {FORECAST: "2027-06"})
    assert found(check(demo, second)) == [("CONFLICT_FIELD", ref(content, *FORECAST))]
    set_field(demo, "milestone", RUNNING, "forecast", "2027-07", "2027-05")
    assert first.change_set is not None
    undo_change_set(demo, LOCAL_PERSON, first.change_set)
    assert found(check(demo, second)) == []


def test_a_less_exact_date_and_an_exchanged_one_are_doubted(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    less = check(demo, fill(content, {FORECAST: "2027-03"}))
    assert found(less) == [("DATE_LESS_EXACT", ref(content, *FORECAST))]
    assert (less.findings[0].severity, [change.new for change in less.changes]) == ("warning", ["2027-03"])
    exchanged = check(demo, fill(content, {FORECAST: "2027-12-03"}))
    assert found(exchanged) == [("DATE_SUSPECT", ref(content, *FORECAST))]


def test_values_that_conflict_are_looked_up_in_one_question(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def count(database: Database, records: Iterable[tuple[str, str]]) -> dict[FieldId, LastWrite]:
        asked.append(1)
        return find_last_writes(database, records)

    monkeypatch.setattr(last_writers, "find_last_writes", count)
    content = issue(demo, "rain-willow")
    edits = {("Milestones", f"rain-willow/milestone-0{number}", "note"): "Ours" for number in (5, 6, 7)}
    for _, key, _ in edits:
        set_field(demo, "milestone", key, "note", None, "Theirs")
    assert [code for code, _ in found(check(demo, fill(content, edits)))] == ["CONFLICT_FIELD"] * 3
    assert asked == [1]


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
