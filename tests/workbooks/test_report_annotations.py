"""The file handed back: problems marked, every other part byte for byte."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from portfolio.progress_reports.workbooks.annotations import annotated_copies
from portfolio.storage.engine import Database
from tests.workbooks.report_files import (
    change,
    check,
    check_all,
    fill,
    found,
    issue,
    new_key,
    opened,
    ref,
)

pytestmark = pytest.mark.usefixtures("read_here")
HEADER = 5
RED, AMBER = "FFF6C6C2", "FFFBE3B5"
PATCHED = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faulty(database: Database) -> tuple[bytes, str, str]:
    """A report with an unreadable date and a locked cell changed, and the two addresses."""
    content = issue(database, "rain-willow")
    date = ("Milestones", "rain-willow/milestone-08", "actual")
    locked = ("Milestones", "rain-willow/milestone-01", "baseline")
    edited = fill(content, {date: "=evil()", locked: "2001"})
    return edited, ref(content, *date), ref(content, *locked)


def test_problem_cells_are_coloured_and_listed_with_links(demo: Database) -> None:
    content, date, locked = faulty(demo)
    result = check_all(demo, ("report.xlsx", content))
    (copy,) = annotated_copies(result)
    book = opened(copy.content)
    assert copy.name == "report-checked.xlsx"
    assert book["Milestones"][date].fill.fgColor.rgb == RED
    assert book["Milestones"][locked].fill.fgColor.rgb == AMBER
    rows = [[cell.value for cell in row] for row in book["Import report"].iter_rows()]
    assert rows[0][0] == "Import report: RainWillow, 2026-S1"
    assert rows[1][0].startswith("report.xlsx: 1 error, 1 warning; ")
    assert [(row[0], row[1], row[2], row[7]) for row in rows[HEADER:]] == [
        ("warning", "Milestones", locked, "CELL_LOCKED_CHANGED"),
        ("error", "Milestones", date, "FORMULA_NOT_CALCULATED"),
    ]
    report, second = book["Import report"], HEADER + 2
    assert report[f"C{second}"].hyperlink.location == f"'Milestones'!{date}"
    assert (report[f"E{second}"].value, report[f"E{second}"].data_type) == ("=evil()", "s")
    assert report[f"D{second}"].value == "Actual date" and date not in report[f"F{second}"].value


def test_headings_of_the_list_stand_out_on_every_printed_page_and_texts_wrap(demo: Database) -> None:
    content, _, _ = faulty(demo)
    first = annotated_copies(check_all(demo, ("report.xlsx", content)))[0].content
    again = annotated_copies(check_all(demo, ("again.xlsx", first)))[0].content
    for copy in (first, again):
        report = opened(copy)["Import report"]
        assert report.print_title_rows == f"${HEADER}:${HEADER}" and report.freeze_panes == f"A{HEADER + 1}"
        head, text = report[f"A{HEADER}"], report[f"F{HEADER + 1}"]
        assert head.font.b and head.fill.fill_type == "solid" and not text.font.b
        assert text.alignment.wrap_text and text.alignment.vertical == "top"
        assert report[f"A{HEADER + 1}"].fill.fgColor.rgb == AMBER


def test_every_other_part_is_the_same_byte_for_byte(demo: Database) -> None:
    content, _, _ = faulty(demo)
    before = parts(content)
    after = parts(annotated_copies(check_all(demo, ("report.xlsx", content)))[0].content)
    changed = {name for name in before if before[name] != after[name]}
    first, table = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
    assert changed <= PATCHED | {first, table}
    assert after[first] == before[first].replace(b' tabSelected="1"', b"", 1) != before[first]
    assert set(after) - set(before) == {"xl/worksheets/import-report.xml"}
    assert list(after)[: len(before)] == list(before)


def test_copy_opens_on_the_report_and_no_two_sheets_are_selected(demo: Database) -> None:
    content, _, _ = faulty(demo)
    book = opened(annotated_copies(check_all(demo, ("report.xlsx", content)))[0].content)
    assert book.active.title == "Import report"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Import report"]


def test_only_rows_with_problems_are_seen_and_none_is_lost(demo: Database) -> None:
    content, date, locked = faulty(demo)
    result = check_all(demo, ("report.xlsx", content))
    (copy,) = annotated_copies(result, only_problems=True)
    assert copy.name == "report-problems.xlsx"
    sheet = opened(copy.content)["Milestones"]
    data = result.files[0].rows["Milestones"]
    seen = {row for row in data if not sheet.row_dimensions[row].hidden}
    assert seen == {sheet[date].row, sheet[locked].row} and len(data) > 10
    again = check(demo, copy.content)
    assert again.changes == result.files[0].changes
    assert set(found(again)) - set(found(result.files[0])) == {("ROW_HIDDEN_INCLUDED", None)}


def test_results_of_formulas_are_kept(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    copy = annotated_copies(check_all(demo, ("report.xlsx", content)))[0]
    before, after = (
        parts(content)["xl/worksheets/sheet4.xml"],
        parts(copy.content)["xl/worksheets/sheet4.xml"],
    )
    assert b"<f>" in before and before == after


def test_annotated_copy_imports_with_the_same_result(demo: Database) -> None:
    content, _, _ = faulty(demo)
    first = check(demo, content)
    copy = annotated_copies(check_all(demo, ("report.xlsx", content)))[0]
    again = check(demo, copy.content)
    assert (again.findings, again.changes) == (first.findings, first.changes)
    third = annotated_copies(check_all(demo, ("again.xlsx", copy.content)))[0]
    assert opened(third.content).sheetnames.count("Import report") == 1


def test_a_cell_that_is_not_there_is_made_in_its_place(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    row = int(ref(content, "Milestones", "rain-willow/milestone-01", "title")[1:])

    def add_far_below(book: Any) -> None:
        book["Milestones"].cell(row + 60, 2, "A row without key")

    result = check_all(demo, ("report.xlsx", change(content, add_far_below)))
    assert ("CELL_REQUIRED", f"H{row + 60}") in found(result.files[0])
    marked = opened(annotated_copies(result)[0].content)["Milestones"]
    assert marked[f"H{row + 60}"].fill.fgColor.rgb == RED
    assert marked[f"B{row + 60}"].value == "A row without key"


def test_a_finding_in_the_hidden_column_of_keys_is_shown_beside_it(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    row = int(ref(content, "Milestones", new_key(content), "title")[1:])

    def copy_key(book: Any) -> None:
        # Two empty rows with one key: nothing else of them is filled.
        book["Milestones"].cell(row + 1, 1).value = book["Milestones"].cell(row, 1).value

    edited = change(content, copy_key)
    book = opened(annotated_copies(check_all(demo, ("report.xlsx", edited)))[0].content)
    assert book["Milestones"].column_dimensions["A"].hidden
    assert book["Milestones"][f"B{row}"].fill.fgColor.rgb == RED
    assert book["Import report"][f"C{HEADER + 1}"].hyperlink.location == f"'Milestones'!B{row}"


def test_of_an_unreadable_file_the_list_alone_is_handed_back(demo: Database) -> None:
    result = check_all(demo, ("notes.csv", b"a,b"), ("notes.xlsx", b"c,d"))
    copies = annotated_copies(result)
    assert [copy.name for copy in copies] == ["notes-checked.xlsx", "notes-2-checked.xlsx"]
    book = opened(copies[0].content)
    assert book.sheetnames == ["Import report"]
    assert book["Import report"][f"H{HEADER + 1}"].value == "FILE_NOT_XLSX"
