"""Sheets and columns that are not where they were issued."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.storage.engine import Database
from tests.workbooks.report_files import (
    change,
    check,
    fill,
    found,
    issue,
    mark_row,
    opened,
    ref,
    row_of,
    saved,
)

pytestmark = pytest.mark.usefixtures("read_here")
FIRST = "rain-willow/milestone-01"


def test_a_missing_sheet_leaves_its_records_alone(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    result = check(demo, change(content, lambda book: book.remove(book["Money"])))
    assert (found(result), result.changes) == ([("SHEET_MISSING", None)], ())


def test_a_renamed_sheet_is_read(demo: Database) -> None:
    edited = fill(issue(demo, "rain-willow"), {("Money", "travel", "amount_cents"): 26000})
    result = check(demo, change(edited, lambda book: setattr(book["Money"], "title", "Geld")))
    assert found(result) == [("SHEET_RENAMED", None)]
    assert [(item.sheet, item.new) for item in result.changes] == [("Geld", 2_600_000)]


def test_a_copied_sheet_is_not_guessed_at(demo: Database) -> None:
    result = check(demo, change(issue(demo, "rain-willow"), lambda book: book.copy_worksheet(book["Money"])))
    assert found(result) == [("SHEET_AMBIGUOUS", None)]
    assert "'Money' and 'Money Copy'" in result.findings[0].message


def test_a_foreign_sheet_is_named_and_ignored(demo: Database) -> None:
    def add(book: Any) -> None:
        book.create_sheet("My notes").append(["call", "Monday"])

    result = check(demo, change(issue(demo, "rain-willow"), add))
    assert found(result) == [("SHEET_IGNORED", None)]
    assert "ignored: 2." in result.findings[0].message


def test_a_deleted_column_leaves_its_field_alone(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", FIRST, "note"): "kept"})
    column = opened(content)["Milestones"][ref(content, "Milestones", FIRST, "forecast")].column
    result = check(demo, change(content, lambda book: book["Milestones"].delete_cols(column)))
    assert found(result) == [("HDR_MISSING", None)]
    assert (result.findings[0].field, [item.new for item in result.changes]) == ("forecast", ["kept"])


def test_a_copied_column_is_not_guessed_at(demo: Database) -> None:
    def copy(book: Any) -> None:
        sheet = book["Milestones"]
        for row in sheet.iter_rows(min_row=mark_row(sheet, "#milestones")):
            sheet.cell(row[0].row, 12).value = row[5].value

    content = issue(demo, "rain-willow")
    header = mark_row(opened(content)["Milestones"], "#milestones") + 1
    result = check(demo, change(content, copy))
    assert found(result) == [("HDR_DUPLICATE", f"L{header}")]
    assert "F and L" in result.findings[0].message


def test_a_column_beside_the_table_is_named_and_ignored(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    row = row_of(content, FIRST)
    result = check(demo, change(content, lambda book: book["Milestones"].cell(row, 12, "call back")))
    assert found(result) == [("HDR_UNKNOWN", f"L{row}")]
    assert "Column L" in result.findings[0].message


def test_without_the_hidden_row_of_keys_the_labels_are_used(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", FIRST, "note"): "kept"})

    def remove(book: Any) -> None:
        book["Milestones"].delete_rows(mark_row(book["Milestones"], "#milestones"))

    result = check(demo, change(content, remove))
    assert (found(result), [item.new for item in result.changes]) == ([], ["kept"])


def test_labels_are_known_in_other_writings(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", FIRST, "note"): "kept"})

    def retype(book: Any) -> None:
        sheet = book["Milestones"]
        sheet.delete_rows(mark_row(sheet, "#milestones"))
        header = row_of(content, FIRST) - 2
        for column, text in ((6, "FORECAST *"), (7, "Actual\ndate"), (9, " note:")):
            sheet.cell(header, column).value = text

    result = check(demo, change(content, retype))
    assert (found(result), [item.new for item in result.changes]) == ([], ["kept"])


def test_a_hidden_column_is_read_and_named(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", FIRST, "note"): "kept"})

    def hide(book: Any) -> None:
        book["Milestones"].column_dimensions["I"].hidden = True

    result = check(demo, change(content, hide))
    header = mark_row(opened(content)["Milestones"], "#milestones") + 1
    assert found(result) == [("HDR_HIDDEN_INCLUDED", f"I{header}")]
    assert [item.new for item in result.changes] == ["kept"]


@pytest.mark.parametrize(
    ("sheet", "field", "heading", "expected"),
    [
        ("Money", "amount_cents", "2026-S2 (EUR)", ["HDR_CONTRADICTED"]),
        ("Milestones", "actual", "Forecast", ["HDR_CONTRADICTED"]),
        ("Milestones", "actual", "Reached on", []),
        ("Money", "amount_cents", "January to June 2026 (EUR)", []),
    ],
)
def test_a_heading_that_contradicts_its_column_is_refused(
    issued: tuple[Database, bytes], sheet: str, field: str, heading: str, expected: list[str]
) -> None:
    database, content = issued
    book = opened(content)
    marks = mark_row(book[sheet], f"#{sheet.lower()}")
    column = next(cell.column for cell in book[sheet][marks] if cell.value == field)
    book[sheet].cell(marks + 1, column).value = heading
    result = check(database, saved(book))
    assert [item.code for item in result.findings] == expected


@pytest.mark.parametrize("where", ["rows above", "a column on the left", "a column between"])
def test_rows_and_columns_that_were_put_in_change_nothing(where: str, demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", FIRST, "note"): "kept"})

    def put_in(book: Any) -> None:
        sheet = book["Milestones"]
        if where == "rows above":
            sheet.insert_rows(1, 3)
        else:
            sheet.insert_cols(1 if where == "a column on the left" else 4)

    result = check(demo, change(content, put_in))
    assert (found(result), [item.new for item in result.changes]) == ([], ["kept"])
