"""Rows that are not where they were issued: deleted, copied, sorted apart, hidden, without their keys."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.model.changes import ChangeSetDraft, removed_record
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.unit_of_work import apply_change_set
from tests.workbooks.report_files import (
    change,
    check,
    fill,
    found,
    issue,
    new_key,
    opened,
    ref,
    row_of,
    saved,
)

pytestmark = pytest.mark.usefixtures("read_here")
FIRST, SECOND = "rain-willow/milestone-01", "rain-willow/milestone-02"


def cell_of(content: bytes, key: str, field: str = "title", sheet: str = "Milestones") -> tuple[Any, Any]:
    """A workbook and one of its cells."""
    book = opened(content)
    return book, book[sheet][ref(content, sheet, key, field)]


def test_a_deleted_row_stays_in_the_tracker(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    result = check(demo, change(content, lambda book: book["Milestones"].delete_rows(row_of(content, FIRST))))
    assert (found(result), result.changes) == ([("ROWS_ABSENT", None)], ())
    assert "1 row that was issued is not in the file (" in result.findings[0].message
    assert "nothing of it is changed" in result.findings[0].message


def test_a_row_without_key_is_not_guessed_at_where_no_row_can_be_added(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    where = ref(content, "Money", "travel", "heading")

    def clear_key(book: Any) -> None:
        book["Money"][f"A{where[1:]}"].value = None
        book["Money"][where].value = "Balloons"

    result = check(demo, change(content, clear_key))
    assert found(result) == [("ROWS_ABSENT", None), ("ROW_NO_KEY", where)]


def test_a_copied_row_is_an_error_on_both(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    one, other = row_of(content, FIRST), row_of(content, SECOND)

    def copy(book: Any) -> None:
        for column in range(1, 10):
            book["Milestones"].cell(other, column).value = book["Milestones"].cell(one, column).value

    result = check(demo, change(content, copy))
    duplicate = "ROW_DUPLICATE_KEY"
    assert found(result) == [("ROWS_ABSENT", None), (duplicate, f"B{one}"), (duplicate, f"B{other}")]
    assert f"Rows {one}, {other}" in result.findings[1].message


def test_a_row_of_another_project_is_unknown(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    row = row_of(content, FIRST)
    edited = change(content, lambda book: book["Milestones"].cell(row, 1, "sun-carob/milestone-01"))
    result = check(demo, edited)
    assert found(result) == [("ROWS_ABSENT", None), ("ROWS_OF_OTHER_PROJECT", f"B{row}")]
    assert f"row {row} are of project sun-carob" in result.findings[1].message


def test_a_deleted_column_of_keys_is_said_once(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    result = check(demo, change(content, lambda book: book["Milestones"].delete_cols(1)))
    assert (found(result), result.changes) == ([("KEY_COLUMN_MISSING", None)], ())


def test_a_remark_below_a_table_without_new_rows_is_no_record(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    row = int(ref(content, "Money", "indirect-costs", "heading")[1:]) + 3
    remark = change(content, lambda book: book["Money"].cell(row, 2, "Amounts as audited"))
    assert found(check(demo, remark)) == [("ROW_NOT_DATA", f"B{row}")]
    amount = ref(content, "Money", "travel", "amount_cents")[0]
    entry = change(content, lambda book: setattr(book["Money"][f"{amount}{row}"], "value", 26000))
    result = check(demo, entry)
    assert found(result) == [("ROW_NO_KEY", f"{amount}{row}")]
    assert "rows that were issued" in result.findings[0].action


def test_a_row_whose_record_has_left_matters_only_if_it_was_filled_in(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    state = find_states(demo, "milestone")["milestone", FIRST]
    values = {name: value for name, value in state.items() if name != "key"}
    removal = tuple(removed_record("milestone", FIRST, values))
    apply_change_set(demo, ChangeSetDraft("edit", "Officer Two", "Entered by mistake", removal))
    assert check(demo, content).findings == ()
    edited = fill(content, {("Milestones", FIRST, "note"): "late"})
    result = check(demo, edited)
    assert found(result) == [("ROW_UNKNOWN_RECORD", f"B{row_of(content, FIRST)}")]
    assert "left the portfolio" in result.findings[0].message


def test_titles_sorted_apart_from_their_keys_are_refused(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    book, one = cell_of(content, FIRST)
    other = book["Milestones"][ref(content, "Milestones", SECOND, "title")]
    one.value, other.value = other.value, one.value
    result = check(demo, saved(book))
    assert (found(result), result.changes) == ([("ROWS_SORTED_APART", None)], ())
    assert f"({one.row}, {other.row})" in result.findings[0].message


def swapped(content: bytes, fields: tuple[str, ...]) -> bytes:
    """The first two milestones with the cells of some fields exchanged."""
    book = opened(content)
    for field in fields:
        one, other = (book["Milestones"][ref(content, "Milestones", key, field)] for key in (FIRST, SECOND))
        one.value, other.value = other.value, one.value
    return saved(book)


def test_titles_put_back_beside_sorted_rows_move_no_date_to_another_record(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    result = check(demo, swapped(content, ("kind", "contractual", "baseline", "actual", "status")))
    assert (found(result), result.changes) == ([("ROWS_SORTED_APART", None)], ())


def test_one_row_with_the_locked_cells_of_another_is_refused(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    taken = opened(content)["Milestones"]
    fields = ("kind", "baseline", "actual")
    pasted = {
        ("Milestones", FIRST, field): taken[ref(content, "Milestones", SECOND, field)].value
        for field in fields
    }
    result = check(demo, fill(content, pasted))
    assert (found(result), result.changes) == (
        [("ROW_KEY_MOVED", ref(content, "Milestones", FIRST, "kind"))], ()
    )  # fmt: skip


def test_a_moved_budget_heading_is_refused(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    book, cell = cell_of(content, "travel", "heading", "Money")
    cell.value = "Human resources"
    assert found(check(demo, saved(book))) == [("ROW_KEY_MOVED", cell.coordinate)]


def test_hidden_rows_are_read_and_named(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", FIRST, "note"): "hidden"})
    row = row_of(content, FIRST)

    def hide(book: Any) -> None:
        book["Milestones"].row_dimensions[row].hidden = True

    result = check(demo, change(content, hide))
    assert (found(result), [item.new for item in result.changes]) == (
        [("ROW_HIDDEN_INCLUDED", None)],
        ["hidden"],
    )
    assert f"({row})" in result.findings[0].message


def test_merged_amounts_are_refused(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    first = ref(content, "Money", "travel", "amount_cents")
    area = f"{first}:{first[0]}{int(first[1:]) + 1}"
    result = check(demo, change(content, lambda book: book["Money"].merge_cells(area)))
    assert ("MERGED_VALUE", first) in found(result)
    assert area in next(item.message for item in result.findings if item.code == "MERGED_VALUE")


def test_a_new_row_needs_what_a_record_cannot_be_without(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    key = new_key(content)
    for given, missing in (("title", "status"), ("status", "title")):
        value = {"title": "Launch", "status": "Planned"}[given]
        result = check(demo, fill(content, {("Milestones", key, given): value}))
        assert found(result) == [("CELL_REQUIRED", ref(content, "Milestones", key, missing))]
