"""What can stand in a cell: each case with the exact codes, the address and what is read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from portfolio.model.changes import Value
from portfolio.storage.engine import Database
from tests.workbooks.report_files import (
    change,
    check,
    fill,
    found,
    issue,
    new_key,
    opened,
    ref,
    rewrite,
    saved,
)

pytestmark = pytest.mark.usefixtures("read_here")
MILESTONE = "rain-willow/milestone-08"  # planned, without forecast, actual date and note
DONE = "rain-willow/milestone-01"


def outcome_of(
    database: Database, content: bytes, edited: bytes, where: tuple[str, str, str]
) -> tuple[list[str], list[Value]]:
    """The codes found at the one edited cell, and the new values read from it."""
    result = check(database, edited)
    cell = ref(content, *where)
    assert {place for _, place in found(result)} <= {cell}
    assert {item.field for item in result.findings} <= {where[2]}
    counts = result.cells
    assert counts.total == counts.used + counts.empty + counts.ignored + counts.problem
    assert (counts.problem == 1) == any(item.severity == "error" for item in result.findings)
    return [code for code, _ in found(result)], [item.new for item in result.changes if item.cell == cell]


DATES: list[tuple[Any, list[str], list[Value]]] = [
    ("2027", [], ["2027"]),
    ("2027-06", [], ["2027-06"]),
    ("2027-06-18", [], ["2027-06-18"]),
    (dt.date(2027, 6, 18), [], ["2027-06-18"]),
    (dt.datetime(2027, 6, 18, 14, 30), [], ["2027-06-18"]),
    (2027, [], ["2027"]),
    ("18/06/2027", ["DATE_CLEANED"], ["2027-06-18"]),
    ("06/18/2027", ["DATE_CLEANED"], ["2027-06-18"]),
    ("05/05/2027", ["DATE_CLEANED"], ["2027-05-05"]),
    ("2027/6/1", ["DATE_CLEANED"], ["2027-06-01"]),
    ("June 2027", ["DATE_CLEANED"], ["2027-06"]),
    ("1er août 2027", ["DATE_CLEANED"], ["2027-08-01"]),
    ("06/2027", ["DATE_CLEANED"], ["2027-06"]),
    ("03/04/2027", ["DATE_AMBIGUOUS"], []),
    ("03.04.2027", ["DATE_AMBIGUOUS"], []),
    ("31/02/2026", ["DATE_UNREADABLE"], []),
    ("18.06.27", ["DATE_SHORT_YEAR"], ["2027-06-18"]),
    ("2027-13", ["DATE_UNREADABLE"], []),
    ("Q1 2027", ["DATE_UNREADABLE"], []),
    ("soon", ["DATE_UNREADABLE"], []),
    (True, ["DATE_UNREADABLE"], []),
    (dt.time(10, 30), ["DATE_UNREADABLE"], []),
    (46_500, ["DATE_IS_NUMBER"], []),
    (-3, ["DATE_OUT_OF_RANGE"], []),
    (0.5, ["DATE_OUT_OF_RANGE"], []),
    ("1789-07-14", ["DATE_OUT_OF_RANGE"], []),
    (dt.date(2205, 1, 1), ["DATE_OUT_OF_RANGE"], []),
    ("tbd", ["CELL_PLACEHOLDER"], []),
    ("-", ["CELL_PLACEHOLDER"], []),
    ("   ", [], []),
    ("=2027", ["FORMULA_NOT_CALCULATED"], []),
    ("CLEAR", [], []),  # nothing there to erase
]


@pytest.mark.parametrize(("entered", "codes", "values"), DATES, ids=str)
def test_date_cell(entered: Any, codes: list[str], values: list[Value], demo: Database) -> None:
    where = ("Milestones", MILESTONE, "forecast")
    content = issue(demo, "rain-willow")
    assert outcome_of(demo, content, fill(content, {where: entered}), where) == (codes, values)


def test_unreadable_date_says_where_and_what_to_write(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    where = ("Milestones", MILESTONE, "forecast")
    item = check(demo, fill(content, {where: "31/02/2026"})).findings[0]
    cell = ref(content, *where)
    assert item.message == f"Sheet Milestones, cell {cell} (Forecast): '31/02/2026' is not a date."
    assert item.action == "Write it as 2026-02-28, or leave it empty if it is not known."
    assert item.as_json() == {
        "code": "DATE_UNREADABLE", "severity": "error", "sheet": "Milestones", "cell": cell,
        "field": "forecast", "value": "31/02/2026", "message": item.message, "action": item.action,
    }  # fmt: skip


AMOUNTS: list[tuple[Any, list[str], list[Value]]] = [
    (12500.5, [], [1_250_050]),
    (0, [], [0]),
    (50_000_000, [], [5_000_000_000]),
    (0.1 + 0.2, [], [30]),
    ("12500.50", ["NUM_CLEANED"], [1_250_050]),
    ("12 500,50 EUR", ["NUM_CLEANED"], [1_250_050]),
    ("12\u202f500,50 €", ["NUM_CLEANED"], [1_250_050]),
    ("1.234.567,89", ["NUM_CLEANED"], [123_456_789]),
    ("1,234,567.89", ["NUM_CLEANED"], [123_456_789]),
    ("12'500.50", ["NUM_CLEANED"], [1_250_050]),
    ("1.234", ["NUM_AMBIGUOUS"], []),
    ("1,234", ["NUM_AMBIGUOUS"], []),
    ("1.234.56", ["NUM_UNREADABLE"], []),
    ("12abc", ["NUM_UNREADABLE"], []),
    ("5 %", ["NUM_UNREADABLE"], []),
    ("nan", ["NUM_UNREADABLE"], []),
    (True, ["NUM_UNREADABLE"], []),
    (dt.date(2026, 1, 1), ["NUM_UNREADABLE"], []),
    (-5, ["NUM_OUT_OF_RANGE"], []),
    ("(500)", ["NUM_OUT_OF_RANGE"], []),
    ("−500", ["NUM_OUT_OF_RANGE"], []),
    (1e15, ["NUM_OUT_OF_RANGE"], []),
    (10.005, ["FORMAT_ROUNDED"], [1_001]),
    ("USD 500", ["CURRENCY_MISMATCH"], []),
    ("£5", ["CURRENCY_MISMATCH"], []),
    ("n/a", ["CELL_PLACEHOLDER"], []),
    ("=A1+A2", ["FORMULA_NOT_CALCULATED"], []),
]


@pytest.mark.parametrize(("entered", "codes", "values"), AMOUNTS, ids=str)
def test_amount_cell(entered: Any, codes: list[str], values: list[Value], reference: Database) -> None:
    where = ("Money", "other", "amount_cents")
    content = issue(reference, "cybersouth-plus")
    read_codes, new = outcome_of(reference, content, fill(content, {where: entered}), where)
    assert read_codes == codes
    assert [value for value in new if isinstance(value, int)] == values


def test_a_percentage_is_named_where_only_its_number_would_be_quoted(reference: Database) -> None:
    where = ("Money", "other", "amount_cents")
    content = issue(reference, "cybersouth-plus")
    book = opened(content)
    cell = book["Money"][ref(content, *where)]
    cell.value, cell.number_format = 0.5, "0%"
    (problem,) = check(reference, saved(book)).findings
    assert (problem.code, problem.value) == ("NUM_UNREADABLE", "0.5")
    assert "percentage" in problem.action


@pytest.mark.parametrize(
    ("number_format", "code"),
    [
        ('#,##0.00 "$"', "CURRENCY_MISMATCH"),
        ("[$USD] #,##0", "CURRENCY_MISMATCH"),
        ("0.0%", "NUM_UNREADABLE"),
    ],
)
def test_amount_with_the_format_of_something_else(number_format: str, code: str, reference: Database) -> None:
    where = ("Money", "other", "amount_cents")
    content = issue(reference, "cybersouth-plus")
    book = opened(content)
    cell = book["Money"][ref(content, *where)]
    cell.value, cell.number_format = 5, number_format
    assert outcome_of(reference, content, saved(book), where) == ([code], [])


STATUSES: list[tuple[Any, list[str], list[Value]]] = [
    ("In progress", [], ["in-progress"]),
    ("in-progress", ["LIST_CLEANED"], ["in-progress"]),
    (" IN  PROGRESS ", ["LIST_CLEANED"], ["in-progress"]),
    ("In progres", ["LIST_UNKNOWN"], []),
    ("Delayed", ["LIST_UNKNOWN"], []),
    (3, ["LIST_UNKNOWN"], []),
    ("CLEAR", ["CLEAR_NOT_ALLOWED"], []),
    ("Effacer", ["CLEAR_NOT_ALLOWED"], []),
    (None, ["BLANK_KEEPS"], []),
]


@pytest.mark.parametrize(("entered", "codes", "values"), STATUSES, ids=str)
def test_status_cell(entered: Any, codes: list[str], values: list[Value], demo: Database) -> None:
    where = ("Milestones", MILESTONE, "status")
    content = issue(demo, "rain-willow")
    assert outcome_of(demo, content, fill(content, {where: entered}), where) == (codes, values)


def test_unknown_status_is_answered_with_the_nearest_ones(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    item = check(demo, fill(content, {("Milestones", MILESTONE, "status"): "In progres"})).findings[0]
    assert item.action == "Did you mean In progress? Choose one of: Planned, In progress, Done, Cancelled."


NOTES: list[tuple[Any, list[str], list[Value]]] = [
    ("  two spaces around  ", [], ["two spaces around"]),
    ("line\nbreak", [], ["line\nbreak"]),
    ("bell_x0007_rung", ["CELL_CONTROL_CHARS"], ["bellrung"]),
    ("-", [], ["-"]),
    (12, [], ["12"]),
    (1.5, [], ["1.5"]),
    (dt.date(2026, 3, 2), [], ["2026-03-02"]),
    ("Kosovo* and Palestine*", [], ["Kosovo* and Palestine*"]),
]


@pytest.mark.parametrize(("entered", "codes", "values"), NOTES, ids=str)
def test_note_cell(entered: Any, codes: list[str], values: list[Value], demo: Database) -> None:
    where = ("Milestones", MILESTONE, "note")
    content = issue(demo, "rain-willow")
    assert outcome_of(demo, content, fill(content, {where: entered}), where) == (codes, values)


def test_title_longer_than_the_field_is_refused(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    key = new_key(content)
    edited = fill(content, {("Milestones", key, "title"): "x" * 1001, ("Milestones", key, "status"): "Done",
                            ("Milestones", key, "actual"): "2026"})  # fmt: skip
    assert found(check(demo, edited)) == [("CELL_TOO_LONG", ref(content, "Milestones", key, "title"))]


def test_excel_error_in_an_input_cell(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    where = ("Money", "other", "amount_cents")

    def edit(book: Any) -> None:
        cell = book["Money"][ref(content, *where)]
        cell.value, cell.data_type = "#REF!", "e"

    assert outcome_of(demo, content, change(content, edit), where) == (["CELL_EXCEL_ERROR"], [])


@pytest.mark.parametrize(
    ("inside", "codes", "values"),
    [
        ("<f>1+1</f><v>2</v>", [], [200]),
        ("<f>[1]Budget!$A$1</f><v>123</v>", ["FORMULA_EXTERNAL"], [12_300]),
        ("<f>1-1</f><v>0</v>", ["FORMULA_ZERO"], [0]),
        ("<f>1/0</f>", ["FORMULA_NOT_CALCULATED"], []),
        ("<f>1/0</f><v></v>", ["FORMULA_NOT_CALCULATED"], []),
    ],
)
def test_formula_in_an_input_cell(
    inside: str, codes: list[str], values: list[Value], reference: Database
) -> None:
    where = ("Money", "other", "amount_cents")
    content = issue(reference, "cybersouth-plus")
    empty = re.compile(rf'<c r="{ref(content, *where)}" s="(\d+)"/>'.encode())

    number = opened(content).sheetnames.index("Money") + 1

    def enter(name: str, part: bytes) -> bytes:
        filled = empty.sub(rf'<c r="{ref(content, *where)}" s="\1">{inside}</c>'.encode(), part)
        return filled if f"/sheet{number}.xml" in name else part

    read_codes, new = outcome_of(reference, content, rewrite(content, enter), where)
    assert (read_codes, [value for value in new if isinstance(value, int)]) == (codes, values)
