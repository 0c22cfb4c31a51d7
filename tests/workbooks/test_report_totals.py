"""Rows of sums, merged labels, hidden columns and rows that only look filled."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.dates import HalfYear
from portfolio.progress_reports.fields.columns import FieldSpec, SheetSpec
from portfolio.progress_reports.fields.money_sheets import money_sheet
from portfolio.progress_reports.files.cells import RawCell, RawSheet
from portfolio.progress_reports.tables.found_tables import FoundTable
from portfolio.progress_reports.tables.merges import filled_down
from portfolio.progress_reports.tables.totals import without_totals
from portfolio.storage.engine import Database
from tests.workbooks.report_files import change, check, fill, found, ref

pytestmark = pytest.mark.usefixtures("read_here")
TOTAL = ("Money", "total", "amount_cents")
HEADINGS = (
    "human-resources", "travel", "equipment-and-supplies", "local-office", "other-costs-and-services",
    "other", "indirect-costs",
)  # fmt: skip


# what stands in the issued row of totals


def test_an_amount_over_the_total_with_empty_rows_above_is_not_lost_in_silence(
    issued: tuple[Database, bytes],
) -> None:
    database, content = issued
    empty: dict[Any, Any] = {("Money", heading, "amount_cents"): None for heading in HEADINGS}
    result = check(database, fill(content, {**empty, TOTAL: 271_300}))
    where = ref(content, *TOTAL)
    assert [item for item in found(result) if item[0] != "BLANK_KEEPS"] == [("TOTAL_MISMATCH", where)]
    (warning,) = (item for item in result.findings if item.code == "TOTAL_MISMATCH")
    assert warning.severity == "warning"
    assert "'271300' stands for a total" in warning.message
    assert "give nothing" in warning.message
    assert result.changes == ()


def test_zero_in_the_total_of_nothing_is_not_doubted(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    empty: dict[Any, Any] = {("Money", heading, "amount_cents"): None for heading in HEADINGS}
    result = check(database, fill(content, {**empty, TOTAL: 0}))
    assert {code for code, _ in found(result)} == {"BLANK_KEEPS"}


def test_a_total_that_is_the_sum_says_nothing(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    assert check(database, fill(content, {TOTAL: 271_300})).findings == ()


def test_a_total_that_is_not_the_sum_is_named(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    result = check(database, fill(content, {TOTAL: 999}))
    assert found(result) == [("TOTAL_MISMATCH", ref(content, *TOTAL))]
    assert "give EUR 271,300" in result.findings[0].message


def test_a_sum_beside_the_row_is_compared_with_it(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    beside = ref(content, "Money", "travel", "#computed")
    result = check(database, change(content, lambda book: book["Money"].__setitem__(beside, 5)))
    assert found(result) == [("TOTAL_MISMATCH", beside)]
    assert "give EUR 226,440" in result.findings[0].message


def test_an_amount_that_is_asked_about_makes_no_total_wrong(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    travel = ("Money", "travel", "amount_cents")
    result = check(database, fill(content, {travel: "1.234", TOTAL: 999}))
    assert found(result) == [("NUM_AMBIGUOUS", ref(content, *travel))]


# rows of sums without a key


def table(*rows: tuple[Any, ...], spec: SheetSpec | None = None) -> FoundTable:
    """A table whose cells begin in the second column and the third row, without keys."""
    cells = {
        (row, column): RawCell(row, column, "s" if isinstance(value, str) else "n", value)
        for row, values in enumerate(rows, 3)
        for column, value in enumerate(values, 2)
        if value is not None
    }
    sheet = RawSheet("Sheet1", "visible", cells)
    spec = spec or money_sheet(HalfYear(2026, 1), ())
    columns = {"heading": 2, "amount_cents": 3} if spec.key == "money" else {"name": 2, "people": 3}
    return FoundTable(
        spec, sheet, 2, columns, frozenset(), tuple((row, "") for row in range(3, 3 + len(rows)))
    )


def judged(found_table: FoundTable) -> tuple[list[int], list[tuple[str, str | None]]]:
    """The rows that stay, and the findings."""
    kept, findings = without_totals(found_table)
    return [row for row, _ in kept.rows], [(item.code, item.cell) for item in findings]


@pytest.mark.parametrize(
    ("rows", "kept", "findings"),
    [
        ([("Travel", 100), ("Other", 50), ("Total", 150)], [3, 4], [("ROW_TOTAL_IGNORED", "B5")]),
        ([("Travel", 100), ("Other", 50), ("TOTAL:", 140)], [3, 4], [("TOTAL_MISMATCH", "C5")]),
        ([("Travel", 100), ("Other", 50), (None, 150)], [3, 4], [("ROW_TOTAL_IGNORED", "C5")]),
        ([("Travel", 100), ("Other", 50), ("Local office", 150)], [3, 4, 5], []),
        (
            [("Travel", 100), ("Sous-total", 100), ("Other", 50), ("Total général", "150")],
            [3, 5],
            [("ROW_TOTAL_IGNORED", "B4"), ("ROW_TOTAL_IGNORED", "B6")],
        ),
        ([("Travel", 100), ("Subtotal direct costs", 90)], [3], [("TOTAL_MISMATCH", "C4")]),
        ([("Travel", "a lot"), ("Total", 150)], [3], [("ROW_TOTAL_IGNORED", "B4")]),
        ([("Travel", None), ("Total", None)], [3], [("ROW_TOTAL_IGNORED", "B4")]),
        ([("Travel", 100), (None, 100)], [3, 4], []),
    ],
)
def test_rows_of_sums_are_set_aside(
    rows: list[tuple[Any, ...]], kept: list[int], findings: list[tuple[str, str]]
) -> None:
    assert judged(table(*rows)) == (kept, findings)


def test_an_indicator_that_is_called_a_total_is_no_row_of_sums() -> None:
    fields = (
        FieldSpec("name", "Name", "text", "input", 10), FieldSpec("people", "People", "number", "input", 10),
    )  # fmt: skip
    spec = SheetSpec("people", "People", "indicator", "", "name", fields)
    rows = [("Judges trained", 100), ("Total number of visits", 7)]
    assert judged(table(*rows, spec=spec)) == ([3, 4], [])
    assert judged(table(*rows, ("Total", 107), spec=spec)) == ([3, 4], [("ROW_TOTAL_IGNORED", "B5")])


# merged, hidden and seemingly filled


def test_a_merged_label_counts_for_every_row_it_covers() -> None:
    cells = {
        (3, 2): RawCell(3, 2, "s", "Georgia"),
        (3, 3): RawCell(3, 3, "n", 5),
        (6, 2): RawCell(6, 2, "s", "x"),
    }
    sheet = RawSheet("Sheet1", "visible", cells, merged=("B3:B5", "C3:C4", "B6:C6", "B1:B2"))
    filled, findings = filled_down(sheet, {2}, first_row=3)
    assert [filled.text(row, 2) for row in (3, 4, 5, 6)] == ["Georgia", "Georgia", "Georgia", "x"]
    assert filled.text(4, 3) == ""
    assert [(item.code, item.cell) for item in findings] == [("MERGED_FILLED", "B3")]
    assert "Cells B3:B5 are merged; 'Georgia' was read for each of their rows." in findings[0].message


def test_rows_that_only_look_filled_are_no_rows(issued: tuple[Database, bytes]) -> None:
    database, content = issued

    def add(book: Any) -> None:
        sheet = book["Milestones"]
        sheet["B60"], sheet["B61"], sheet["F62"] = "   ", '=IF(1=1,"","")', "=0"

    assert check(database, change(content, add)).findings == ()
