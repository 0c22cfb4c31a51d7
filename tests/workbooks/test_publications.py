"""The publication profile keeps the Government Analysis Function's checklist for spreadsheets."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from portfolio.errors import UsageProblem
from portfolio.partners import designation_text
from portfolio.storage.engine import Database
from portfolio.summaries.content import Table
from portfolio.summaries.xlsx import render_xlsx
from tests.workbooks.summary_files import MAKING, cents, content, document, texts

Copied = Callable[[str], Database]


@pytest.mark.parametrize(
    ("name", "kind", "scope_id"), [("demo", "portfolio", ""), ("reference", "partner", "XKX")]
)
def test_every_sheet_keeps_the_checklist(copied: Copied, name: str, kind: str, scope_id: str) -> None:
    summary = content(copied(name), kind, scope_id)  # type: ignore[arg-type]
    made = render_xlsx(summary, MAKING, profile="publication")
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert book.active is book.worksheets[0]
    assert book.properties.title == summary.title
    for sheet in book.worksheets:
        assert sheet["A1"].value, sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet.freeze_panes is None, sheet.title
        assert sheet.auto_filter.ref is None, sheet.title
        assert not (sheet.oddFooter.left.text or sheet.oddFooter.center.text or sheet.oddHeader.left.text)
        selected = sheet.sheet_view.selection
        assert all(each.activeCell in (None, "A1") for each in selected), sheet.title
        fills = {cell.fill.fill_type for row in sheet.iter_rows() for cell in row}
        assert fills == {None}, sheet.title
        assert len(sheet.tables) == (sheet.title != "Cover"), sheet.title
        for marked in sheet.tables.values():
            assert marked.autoFilter is None, sheet.title
            head, *rows = sheet[marked.ref]
            names = [str(cell.value).casefold() for cell in head]
            assert len(set(names)) == len(names), sheet.title
            assert rows
            assert all(cell.value is not None for row in rows for cell in row), sheet.title
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not [part for part in archive.namelist() if re.search("drawing|media|chart", part)]


def test_contents_lead_to_every_table_and_notes_explain_them(copied: Copied) -> None:
    book = opened(copied("reference"), "partner", "XKX")
    links = [cell.hyperlink.location for (cell,) in book["Contents"].iter_rows(max_col=1) if cell.hyperlink]
    assert links == [f"'{title}'!A1" for title in book.sheetnames[2:]]
    markers = {
        int(number)
        for sheet in book.worksheets
        for number in re.findall(r"\[note (\d+)\]", str(sheet["A1"].value))
    }
    first = [str(value) for (value,) in book["Notes"].iter_rows(max_col=1, values_only=True)]
    assert markers == {int(text.removeprefix("note ")) for text in first if text.startswith("note ")}
    assert any(designation_text("kosovo") in text for text in texts(book["Notes"]))


def test_figures_are_those_of_the_working_profile(copied: Copied) -> None:
    database = copied("demo")
    book = opened(database, "portfolio")
    figures = book["Table 1"]
    assert str(figures["A1"].value).startswith("Table 1: Key figures")
    values = {row[1]: row[3] for row in figures.iter_rows(values_only=True)}
    summary = content(database, "portfolio")
    (table,) = (block for block in summary.section("projects").blocks if isinstance(block, Table))
    assert cents(values["total-budget"]) == table.rows[-1].cells[table.column("total_budget")]
    held = {str(sheet["A1"].value).partition(": ")[2].partition(" [")[0] for sheet in book.worksheets[3:]}
    titles = {section.title for section in summary.sections for block in section.blocks
              if isinstance(block, Table) and block.rows}  # fmt: skip
    assert titles <= {title.partition(": ")[0] for title in held}


def test_publication_is_for_workbooks_alone(copied: Copied) -> None:
    with pytest.raises(UsageProblem, match="for the format xlsx alone"):
        document(copied("empty"), "portfolio", format="csv", profile="publication")


def test_empty_portfolio_gives_a_workbook_that_says_so(copied: Copied) -> None:
    book = opened(copied("empty"), "portfolio")
    assert any("the portfolio is empty" in text for text in texts(book["Cover"]))


def opened(database: Database, kind: str, scope_id: str = "") -> Workbook:
    made = document(database, kind, scope_id, profile="publication")  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(made.content))
