"""A workbook for publication, by the checklist of the UK Government Analysis Function for spreadsheets.

One table a sheet from its title in A1 down, marked up as a table; notes by [note n] on a sheet of their own;
no charts, pictures, fills, merged or empty cells, frozen panes, filters, headers or footers.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from portfolio.summaries.content import (
    NUMBERS,
    Block,
    Cell,
    Column,
    Facts,
    KeyFigures,
    Missing,
    Row,
    Section,
    Summary,
    Table,
)
from portfolio.summaries.covers import Making, day_label
from portfolio.summaries.figure_tables import figures_table
from portfolio.summaries.xlsx_books import new_book
from portfolio.summaries.xlsx_cells import LEFT, CellWriter, ColumnWriter, Styles
from portfolio.summaries.xlsx_layout import height_of, indent_of, row_height, widths_of

_POINTS = 12
_A4 = 9
# Widths and heights are counted for the smaller letters of the working profile.
_WIDER, _TALLER = 1.3, 4 / 3
_COVER = 110
_BOLD = 0.8
_WRAPPED = {"text_wrap": True}
_SHORTHAND = "Some cells hold shorthand: [x] is not known and [z] is not applicable."
_EACH_LEADS = "Each row leads to a sheet. Where a text names a sheet, it is the one with that title."
_NOTES = (Column("note", "Note"), Column("text", "Text", widest=90), Column("sheets", "Sheets", widest=40))
_CONTENTS = (Column("sheet", "Sheet"), Column("title", "Title", widest=70), Column("rows", "Rows", "count"))
_FACTS = (Column("label", "Label", widest=34), Column("text", "Text", widest=90))


@dataclass(frozen=True)
class _Page:
    """A table with the sheet that it is to stand on; `notes` are the numbers of what explains it."""

    sheet: str
    title: str
    table: Table
    notes: tuple[int, ...]


@dataclass
class _Notes:
    """Texts that explain tables, each once, in the order in which they are first needed."""

    texts: list[str] = field(default_factory=list)

    def numbers(self, texts: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these texts."""
        for text in texts:
            if text not in self.texts:
                self.texts.append(text)
        return tuple(sorted({self.texts.index(text) + 1 for text in texts}))


def render_publication(summary: Summary, making: Making) -> bytes:
    """The bytes of the workbook for publication."""
    target = io.BytesIO()
    book = new_book(target, summary, making, points=_POINTS)
    writer = _BookWriter(book, Styles(book), summary)
    writer.write()
    book.close()
    return target.getvalue()


def _pages(summary: Summary, notes: _Notes) -> Iterator[_Page]:
    """Every table that has rows, section by section, numbered."""
    number = 0
    for section in summary.sections:
        tables = [table for table in _tables(section.blocks) if table.rows]
        if section.key == "cover" or not tables:
            continue
        explained = notes.numbers((*section.intro, *section.remarks, *section.footnotes))
        for table in tables:
            number += 1
            title = f"{section.title}: {table.caption}" if table.caption else section.title
            yield _Page(f"Table {number}", title, _marked_up(table), explained)


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, KeyFigures):
            yield figures_table(block)
        elif isinstance(block, Facts):
            yield _facts_table(block)


def _facts_table(facts: Facts) -> Table:
    """Labels and texts as a table; a text that continues the one before gets its label."""
    rows, label = [], facts.caption or "Fact"
    for name, text in facts.rows:
        label = name or label
        rows.append(Row((label, text)))
    return Table("facts", _FACTS, tuple(rows), facts.caption)


def _marked_up(table: Table) -> Table:
    """The table as a table of Excel needs it: no heading twice, no empty cell."""
    columns: list[Column] = []
    for column in table.columns:
        taken = {each.label.casefold() for each in columns}
        name = f"{column.label}: {columns[-1].label}" if column.label.casefold() in taken else column.label
        columns.append(replace(column, label=name))
    rows = tuple(replace(row, cells=tuple(map(_filled, row.cells))) for row in table.rows)
    return replace(table, columns=tuple(columns), rows=rows)


def _filled(cell: Cell) -> Cell:
    return Missing.NOT_APPLICABLE if cell is None or cell == "" else cell


class _BookWriter:
    """Writes cover, contents, notes and one sheet a table."""

    def __init__(self, book: Workbook, styles: Styles, summary: Summary) -> None:
        self.book, self.styles, self.summary = book, styles, summary
        self.notes = _Notes()
        self.pages = tuple(_pages(summary, self.notes))

    def write(self) -> None:
        """The whole workbook, with the cursor in A1 of its first sheet."""
        self._cover()
        self._contents()
        self._table(_Page("Notes", "Notes", self._notes(), ()), "Notes are referred to as [note 1].")
        for page in self.pages:
            self._table(page, self._source())
        self.book.worksheets()[0].activate()
        self.book.worksheets()[0].set_first_sheet()

    def _sheet(self, name: str) -> tuple[Worksheet, CellWriter]:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet, CellWriter(sheet, self.styles)

    def _cover(self) -> None:
        """What the document is, a line each in the first column."""
        sheet, cells = self._sheet("Cover")
        sheet.set_column(0, 0, _COVER)
        cells.text(0, 0, self.summary.title, bold=True, font_size=16, text_wrap=True)
        lines = [self.summary.banner] if self.summary.banner else []
        for block in self.summary.section("cover").blocks:
            if isinstance(block, Facts) and block.caption != "Contents":
                lines += [f"{label}: {text}" if label else text for label, text in block.rows]
        lines += [_SHORTHAND, *self.summary.section("cover").footnotes]
        for row, line in enumerate(lines, 1):
            sheet.set_row(row, height_of(line, _COVER / _WIDER) * _TALLER)
            cells.text(row, 0, line, text_wrap=True)

    def _contents(self) -> None:
        listed = [Row(("Notes", "Notes", len(self.notes.texts)))]
        listed += [Row((page.sheet, self._titled(page), len(page.table.rows))) for page in self.pages]
        table = Table("contents", _CONTENTS, tuple(listed))
        sheet, first = self._table(_Page("Contents", "Contents", table, ()), _EACH_LEADS)
        link = self.styles.get(font_color="#1f5fa8", underline=1)
        for row, entry in enumerate(listed, first):
            name = str(entry.cells[0])
            sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)

    def _notes(self) -> Table:
        used = {
            number: ", ".join(page.sheet for page in self.pages if number in page.notes)
            for number in range(1, len(self.notes.texts) + 1)
        }
        rows = (
            Row((f"note {number}", text, used[number] or Missing.NOT_APPLICABLE))
            for number, text in enumerate(self.notes.texts, 1)
        )
        return Table("notes", _NOTES, tuple(rows))

    def _titled(self, page: _Page) -> str:
        return " ".join([page.title, *(f"[note {number}]" for number in page.notes)])

    def _source(self) -> str:
        summary = self.summary
        known = f", {summary.knowledge}" if summary.knowledge else ""
        return (
            f"{summary.title}. Source: portfolio of the tracker, revision {summary.revision}{known}; data as "
            f"at {day_label(summary.as_of)}. Scope and filter: {summary.filters}."
        )

    def _table(self, page: _Page, source: str) -> tuple[Worksheet, int]:
        """A sheet with its one table below the title; the row of its first record."""
        sheet, cells = self._sheet(page.sheet)
        head = page.title if page.title == page.sheet else f"{page.sheet}: {self._titled(page)}"
        lines = [line for line in (source, self.summary.banner, self._shorthand(page.table)) if line]
        cells.text(0, 0, head, bold=True, font_size=14)
        for row, line in enumerate(("This sheet holds one table.", *lines), 1):
            cells.text(row, 0, line)
        first = len(lines) + 3
        self._records(cells, page.table, first)
        name = page.sheet.lower().replace(" ", "_")
        self._mark(sheet, page.table, first, f"tbl_{name}")
        return sheet, first

    def _shorthand(self, table: Table) -> str:
        has_some = any(isinstance(cell, Missing) for row in table.rows for cell in row.cells)
        return _SHORTHAND if has_some else ""

    def _records(self, cells: CellWriter, table: Table, first: int) -> None:
        widths = widths_of(Section("", "", (table,)))
        for place, width in enumerate(widths):
            cells.sheet.set_column(place, place, width * _WIDER)
        labels = [column.label for column in table.columns]
        heads = (height_of(label, width * _BOLD) for label, width in zip(labels, widths, strict=True))
        cells.sheet.set_row(first - 1, max(heads) * _TALLER)
        kinds = [column.kind for column in table.columns]
        indents = [LEFT if indent_of(kind, place) else {} for place, kind in enumerate(kinds)]
        writers = [
            ColumnWriter.of(cells, place, kind, _WRAPPED | indent)
            for place, (kind, indent) in enumerate(zip(kinds, indents, strict=True))
        ]
        for at, row in enumerate(table.rows, first):
            cells.sheet.set_row(at, row_height(row, widths) * _TALLER)
            for writer, cell in zip(writers, row.cells, strict=True):
                writer.write(at, cell)

    def _mark(self, sheet: Worksheet, table: Table, first: int, name: str) -> None:
        columns = [
            {"header": column.label, "header_format": self._head(column, place)}
            for place, column in enumerate(table.columns)
        ]
        sheet.add_table(
            first - 1, 0, first - 1 + max(1, len(table.rows)), len(columns) - 1,
            {"name": name, "columns": columns, "style": None, "autofilter": False},
        )  # fmt: skip

    def _head(self, column: Column, place: int) -> object:
        side = {"align": "right"} if column.kind in NUMBERS else LEFT if place else {"align": "left"}
        return self.styles.get(bold=True, text_wrap=True, valign="bottom", bottom=1, **side)
