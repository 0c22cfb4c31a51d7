"""What goes wrong in cells, each built into the issued workbook, with exactly its findings and values."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portfolio.progress_reports.results import FileResult
from portfolio.storage.engine import Database
from tests.workbooks.report_files import change, check, found, ref

pytestmark = pytest.mark.usefixtures("read_here")
Where = tuple[str, str, str]
M = "rain-willow/milestone-"
FORECAST = {number: ("Milestones", f"{M}{number}", "forecast") for number in ("01", "02", "03", "07", "08")}
STATUS, NOTE = ("Milestones", f"{M}08", "status"), ("Milestones", f"{M}08", "note")
OTHER, TRAVEL = ("Money", "other", "amount_cents"), ("Money", "travel", "amount_cents")
STAFF = ("Money", "human-resources", "amount_cents")
RATE = ("Indicators", "rain-willow/indicator-03", "value_millionths")
HOURS = ("Indicators", "rain-willow/indicator-04", "value_millionths")
WOMEN = ("Trainings", "rain-willow/training-01", "women")
SCORE = ("Risks", "rain-willow/risk-01", "likelihood")
ACTION = ("Received", "rain-willow/receipt-01", "action")
OWN_VIEW = ("Project", "assessment/money", "value")


class Typed(NamedTuple):
    """What stands in a cell, and how it is shown."""

    value: Any
    number_format: str = "General"
    data_type: str = ""


class Case(NamedTuple):
    """A hazard: what stands in cells, the findings with their cells, and the values that are read."""

    name: str
    cells: dict[Where, Any]
    codes: list[tuple[str, Where]]
    values: dict[Where, Any]


def entered(content: bytes, cells: dict[Where, Any]) -> bytes:
    """The workbook with something in cells, as a person or another program leaves it there."""

    def enter(book: openpyxl.Workbook) -> None:
        for where, what in cells.items():
            typed = what if isinstance(what, Typed) else Typed(what, "")
            cell = book[where[0]][ref(content, *where)]
            cell.value = typed.value
            cell.number_format = typed.number_format or cell.number_format
            cell.data_type = typed.data_type or cell.data_type

    return change(content, enter)


def outcome(result: FileResult, content: bytes, case: Case) -> tuple[list[Any], dict[Where, Any]]:
    """The findings with their cells, and the values read from the cells of the case."""
    at = {(where[0], ref(content, *where)): where for where in case.cells}
    read = {
        at[item.sheet or "", item.cell or ""]: item.new
        for item in result.changes
        if item.field not in ("project_key", "period", "heading")
    }
    return found(result), read


CASES = [
    Case("an Excel error", {OTHER: Typed("#REF!", "", "e")}, [("CELL_EXCEL_ERROR", OTHER)], {}),
    Case("an Excel error as text", {FORECAST["08"]: "#N/A"}, [("CELL_EXCEL_ERROR", FORECAST["08"])], {}),
    Case("a formula never calculated", {OTHER: "=H8+H9"}, [("FORMULA_NOT_CALCULATED", OTHER)], {}),
    Case(
        "numbers as text in one writing",
        {OTHER: "12 500,50 €", TRAVEL: "1.234"},
        [("NUM_CLEANED", TRAVEL), ("NUM_CLEANED", OTHER)],
        {OTHER: 1_250_050, TRAVEL: 123_400},
    ),
    Case("a number with two readings", {OTHER: "1.234"}, [("NUM_AMBIGUOUS", OTHER)], {}),
    Case(
        "two ways of writing numbers",
        {OTHER: "2,5", TRAVEL: "3,5", STAFF: "7.25"},
        [("NUM_MIXED", STAFF), ("NUM_CLEANED", TRAVEL), ("RULE_FAR_BELOW", TRAVEL), ("NUM_CLEANED", OTHER)],
        {OTHER: 250, TRAVEL: 350},
    ),
    Case("thousands in a word", {OTHER: "12 k"}, [("NUM_CLEANED", OTHER)], {OTHER: 1_200_000}),
    Case("a negative in brackets", {OTHER: "(500)"}, [("NUM_OUT_OF_RANGE", OTHER)], {}),
    Case("another currency", {OTHER: Typed(5, '#,##0 "$"')}, [("CURRENCY_MISMATCH", OTHER)], {}),
    Case(
        "a format of thousands",
        {OTHER: Typed(11_866, "#,##0,")},
        [("FORMAT_SCALED", OTHER)],
        {OTHER: 1_186_600},
    ),
    Case("a unit in the format", {OTHER: Typed(1187, '#,##0 "k€"')}, [("NUM_UNIT", OTHER)], {}),
    Case(
        "fewer decimals shown than held",
        {OTHER: Typed(1186.6, "#,##0")},
        [("FORMAT_ROUNDED", OTHER)],
        {OTHER: 118_660},
    ),
    Case("the noise of binary fractions", {OTHER: 0.1 + 0.2}, [], {OTHER: 30}),
    Case("more than 15 digits", {OTHER: 1_234_567_890_123_456}, [("NUM_OUT_OF_RANGE", OTHER)], {}),
    # The issued numerator and denominator say 55 %.
    Case("a percentage", {RATE: 0.66}, [("RULE_PERCENTAGE", RATE)], {RATE: 66_000_000}),
    Case(
        "a percentage as text",
        {RATE: "66,5 %"},
        [("NUM_CLEANED", RATE), ("RULE_PERCENTAGE", RATE)],
        {RATE: 66_500_000},
    ),
    Case(
        "a percentage without its format",
        {RATE: Typed(66)},
        [("PERCENT_AS_POINTS", RATE), ("RULE_PERCENTAGE", RATE)],
        {RATE: 66_000_000},
    ),
    Case("a part of 1 or of 100", {RATE: Typed(0.66)}, [("PERCENT_SCALE", RATE)], {}),
    Case("words around a number", {HOURS: "about 30 hours"}, [("NUM_UNREADABLE", HOURS)], {}),
    Case("half a person", {WOMEN: 7.5}, [("NUM_OUT_OF_RANGE", WOMEN)], {}),
    Case("a score beyond its scale", {SCORE: 6}, [("NUM_OUT_OF_RANGE", SCORE)], {}),
    Case(
        "a column that says which order dates have",
        {FORECAST["08"]: "03/04/2027", FORECAST["07"]: "18/03/2027"},
        [("DATE_CLEANED", FORECAST["07"]), ("DATE_CLEANED", FORECAST["08"])],
        {FORECAST["08"]: "2027-04-03", FORECAST["07"]: "2027-03-18"},
    ),
    Case("two readings of a date", {FORECAST["08"]: "03/04/2027"}, [("DATE_AMBIGUOUS", FORECAST["08"])], {}),
    Case(
        "two orders of day and month",
        {FORECAST["08"]: "18/04/2027", FORECAST["07"]: "03/18/2027"},
        [("DATE_CLEANED", FORECAST["07"]), ("DATE_MIXED", FORECAST["08"])],
        {FORECAST["07"]: "2027-03-18"},
    ),
    Case(
        "a year of two digits",
        {FORECAST["08"]: "18.06.27"},
        [("DATE_SHORT_YEAR", FORECAST["08"])],
        {FORECAST["08"]: "2027-06-18"},
    ),
    Case("a quarter for a date", {FORECAST["08"]: "Q1 2027"}, [("DATE_UNREADABLE", FORECAST["08"])], {}),
    Case(
        "a French month",
        {FORECAST["08"]: "févr. 2027"},
        [("DATE_CLEANED", FORECAST["08"])],
        {FORECAST["08"]: "2027-02"},
    ),
    Case(
        "day and month exchanged by Excel",
        {FORECAST["07"]: Typed(dt.date(2027, 12, 3), "yyyy-mm-dd")},
        [("DATE_SUSPECT", FORECAST["07"])],
        {FORECAST["07"]: "2027-12-03"},
    ),
    Case("a serial number", {FORECAST["08"]: Typed(46_500)}, [("DATE_IS_NUMBER", FORECAST["08"])], {}),
    *(
        Case(
            f"the date of serial number {serial}",
            {FORECAST["08"]: Typed(serial, "yyyy-mm-dd", "n")},
            [("DATE_OUT_OF_RANGE", FORECAST["08"])],
            {},
        )
        for serial in (0, 60, -1, 2_958_466)
    ),
    Case(
        "a time of day",
        {FORECAST["08"]: Typed(dt.datetime(2027, 6, 18, 23, 30), "[$-407]TT.MM.JJJJ")},
        [],
        {FORECAST["08"]: "2027-06-18"},
    ),
    Case(
        "a duration",
        {FORECAST["08"]: Typed(dt.timedelta(hours=36), "[h]:mm")},
        [("DATE_UNREADABLE", FORECAST["08"])],
        {},
    ),
    Case("a trailing space", {STATUS: "Cancelled "}, [("LIST_CLEANED", STATUS)], {STATUS: "cancelled"}),
    Case("a synonym", {STATUS: "en cours"}, [("LIST_CLEANED", STATUS)], {STATUS: "in-progress"}),
    Case("a misspelt entry", {STATUS: "Delyed"}, [("LIST_UNKNOWN", STATUS)], {}),
    Case("a colour in French", {OWN_VIEW: "orange"}, [("LIST_CLEANED", OWN_VIEW)], {OWN_VIEW: "amber"}),
    Case("a word of removal that is none", {ACTION: "delete"}, [("LIST_UNKNOWN", ACTION)], {}),
    Case("invisible signs", {NOTE: "bell_x0007_rung"}, [("CELL_CONTROL_CHARS", NOTE)], {NOTE: "bellrung"}),
    Case("a placeholder", {FORECAST["08"]: "à confirmer"}, [("CELL_PLACEHOLDER", FORECAST["08"])], {}),
    Case("a formula as text", {NOTE: Typed("=1+1", "@", "s")}, [], {NOTE: "=1+1"}),
    Case("line breaks", {NOTE: "one\r\ntwo"}, [], {NOTE: "one\ntwo"}),
    Case("a text as long as a cell", {NOTE: "x" * 32_767}, [], {NOTE: "x" * 32_767}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hazard_of_a_cell(case: Case, issued: tuple[Database, bytes]) -> None:
    database, content = issued
    result = check(database, entered(content, case.cells))
    expected = [(code, ref(content, *where)) for code, where in case.codes]
    assert outcome(result, content, case) == (expected, case.values)
    counts = result.cells
    assert counts.total == counts.used + counts.empty + counts.ignored + counts.problem


def test_a_calendar_that_starts_in_1904(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    where = FORECAST["08"]

    def enter(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        cell = book["Milestones"][ref(content, *where)]
        cell.value, cell.number_format = dt.date(2027, 6, 18), "yyyy-mm-dd"

    result = check(database, change(content, enter))
    assert (found(result), [item.new for item in result.changes]) == ([], ["2027-06-18"])


def test_what_a_cleaned_entry_says_is_never_empty(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    messages = []
    for text in ("Planned ", "prévu"):
        result = check(database, entered(content, {STATUS: text}))
        messages += [item.message.partition("): ")[2] for item in result.findings]
    assert messages == [
        "'Planned' was read as 'Planned', without the spaces or invisible characters around it.",
        "'prévu' was read as 'Planned'.",
    ]
