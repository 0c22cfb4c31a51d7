"""Rows of a report: told without their keys, typed anew, left out, removed."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.imports import apply_checked
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from tests.workbooks.report_files import (
    change,
    check,
    decided,
    fill,
    found,
    import_all,
    in_other_bytes,
    issue,
    new_keys,
    ref,
    row_of,
    set_field,
)
from tests.workbooks.report_records import PROJECT, RECEIPT, TRAINING, add_records

pytestmark = pytest.mark.usefixtures("read_here")

REMOVE = {("Trainings", TRAINING, "action"): "remove"}


@pytest.fixture
def cloud(demo: Database) -> Database:
    """The demonstration with results of every kind on record."""
    add_records(demo)
    return demo


def without_keys(content: bytes, sheet: str, *rows: int) -> bytes:
    def clear(book: Any) -> None:
        for row in rows:
            book[sheet].cell(row, 1).value = None

    return change(content, clear)


def payments(content: bytes) -> bytes:
    """Two equal receipts of one day in rows that have lost their keys."""
    keys = new_keys(content, "Received")[:2]
    rows = [row_of(content, key, "Received", "amount_cents") for key in keys]
    entry = {"received_on": "2026-02-03", "amount_cents": 5000}
    filled = fill(
        content, {("Received", key, field): value for key in keys for field, value in entry.items()}
    )
    return without_keys(filled, "Received", *rows)


def test_rows_without_keys_are_those_on_record_that_say_the_same(cloud: Database) -> None:
    content = fill(issue(cloud, PROJECT), {("Trainings", TRAINING, "women"): 12})
    edited = without_keys(content, "Trainings", row_of(content, TRAINING, "Trainings", "women"))
    result = check(cloud, edited)
    assert found(result) == [("ROW_MATCHED_BY_CONTENT", None)]
    assert "read as the rows on record that say the same" in result.findings[0].message
    assert [(item.key, item.field, item.old, item.new) for item in result.changes] == [
        (TRAINING, "women", 9, 12)
    ]


def test_two_equal_payments_are_two_and_the_same_file_again_adds_nothing(cloud: Database) -> None:
    content = payments(issue(cloud, PROJECT))
    before = find_states(cloud, "receipt")
    result = import_all(cloud, ("report.xlsx", content))
    assert found(result.files[0]) == [("ROW_MATCHED_BY_CONTENT", None)]
    assert "2 rows carry no key" in result.files[0].findings[0].message
    added = {record: state for record, state in find_states(cloud, "receipt").items() if record not in before}
    assert [state["amount_cents"] for state in added.values()] == [500_000, 500_000]
    again = import_all(cloud, ("report.xlsx", in_other_bytes(content)))
    assert (again.change_set, again.files[0].changes, again.exit_code) == (None, (), 0)


def test_a_row_typed_anew_is_doubted(cloud: Database) -> None:
    content = issue(cloud, PROJECT)
    key = new_keys(content, "Trainings")[0]
    typed = {"title": "electronic  evidence for Prosecutors", "held_on": "2026-03-10", "kind": "Training"}
    result = check(cloud, fill(content, {("Trainings", key, name): text for name, text in typed.items()}))
    assert found(result) == [("ROW_LIKE_EXISTING", ref(content, "Trainings", key, "title"))]
    assert (result.findings[0].severity, result.is_acceptable) == ("warning", True)
    another_day = {**typed, "held_on": "2026-04-10"}
    edits = {("Trainings", key, name): text for name, text in another_day.items()}
    assert found(check(cloud, fill(content, edits))) == []


def test_removing_a_row_takes_its_record_out_and_undo_brings_it_back(cloud: Database) -> None:
    content = issue(cloud, PROJECT)
    before = find_states(cloud, "training")
    edited = fill(content, {**REMOVE, ("Trainings", TRAINING, "women"): "many"})
    result = import_all(cloud, ("report.xlsx", edited))
    assert (found(result.files[0]), result.exit_code) == ([], 0)  # what else the row says no longer matters
    cell = ref(content, "Trainings", TRAINING, "action")
    assert {(item.kind, item.key, item.cell) for item in result.files[0].changes} == {
        ("removed", TRAINING, cell)
    }
    assert ("training", TRAINING) not in find_states(cloud, "training")
    again = import_all(cloud, ("report.xlsx", in_other_bytes(edited)))
    assert (found(again.files[0]), again.change_set) == ([("REMOVE_NOTHING", cell)], None)
    assert result.change_set is not None
    undo_change_set(cloud, LOCAL_PERSON, result.change_set)
    assert find_states(cloud, "training") == before


def test_new_entries_beside_the_word_that_removes_are_named(cloud: Database) -> None:
    content = issue(cloud, PROJECT)
    result = check(cloud, fill(content, {**REMOVE, ("Trainings", TRAINING, "women"): 17}))
    assert found(result) == [("REMOVE_DROPS_ENTRIES", ref(content, "Trainings", TRAINING, "action"))]
    assert "(Women '17')" in result.findings[0].message
    assert {item.kind for item in result.changes} == {"removed"}


def test_erasing_the_only_value_of_an_indicator_says_that_its_row_leaves(demo: Database) -> None:
    content = issue(demo, "clear-cedar")
    where = ("Indicators", "clear-cedar/indicator-05", "value_millionths")
    result = check(demo, fill(content, {where: "CLEAR"}))
    assert ("CLEAR_REMOVES_ROW", ref(content, *where)) in found(result)
    assert {item.kind for item in result.changes} == {"removed"}
    noted = check(demo, fill(content, {where: "CLEAR", (*where[:2], "note"): "Measured again in autumn"}))
    assert "CLEAR_REMOVES_ROW" not in [item.code for item in noted.findings]


def test_removing_a_record_that_was_changed_since_is_a_conflict_to_be_settled(cloud: Database) -> None:
    content = fill(issue(cloud, PROJECT), REMOVE)
    set_field(cloud, "training", TRAINING, "women", 9, 11)
    cell = ref(content, "Trainings", TRAINING, "action")
    result = check(cloud, content)
    assert (found(result), result.changes) == ([("CONFLICT_REMOVED", cell)], ())
    assert "Officer Two" in result.findings[0].message and "'Women'" in result.findings[0].message
    assert [offer.value for offer in result.findings[0].offers] == ["tracker", "file"]
    kept = decided(cloud, content, Corrections(sides={("Trainings", cell): "tracker"}))
    assert (found(kept.files[0]), kept.files[0].changes) == ([("CONFLICT_SETTLED", cell)], ())
    taken = decided(cloud, content, Corrections(sides={("Trainings", cell): "file"}))
    assert found(taken.files[0]) == [("CONFLICT_SETTLED", cell)]
    assert apply_checked(cloud, taken, by="Officer One").change_set is not None
    assert ("training", TRAINING) not in find_states(cloud, "training")


def test_a_report_may_remove_what_an_earlier_version_of_it_added(cloud: Database) -> None:
    content = issue(cloud, PROJECT)
    key = new_keys(content, "Received")[0]
    entry = {("Received", key, "received_on"): "2026-02-03", ("Received", key, "amount_cents"): 5000}
    import_all(cloud, ("one.xlsx", fill(content, entry)))
    result = import_all(cloud, ("two.xlsx", fill(content, {**entry, ("Received", key, "action"): "RETIRER"})))
    assert (found(result.files[0]), {item.kind for item in result.files[0].changes}) == ([], {"removed"})
    assert set(find_states(cloud, "receipt")) >= {("receipt", RECEIPT)}
    assert ("receipt", key) not in find_states(cloud, "receipt")


def test_removing_an_empty_row_is_nothing(cloud: Database) -> None:
    content = issue(cloud, PROJECT)
    where = ("Received", new_keys(content, "Received")[0], "action")
    result = check(cloud, fill(content, {where: "REMOVE"}))
    assert (found(result), result.changes) == ([("REMOVE_NOTHING", ref(content, *where))], ())
