"""The sheets of a workbook: a section from top to bottom, ready to print and to filter."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from portfolio.summaries.content import (
    NUMBERS,
    Facts,
    KeyFigures,
    Kind,
    Picture,
    Row,
    Section,
    Summary,
    Table,
)
from portfolio.summaries.covers import day_label
from portfolio.summaries.dictionaries import DICTIONARY, MEASURES
from portfolio.summaries.xlsx_cells import (
    ACCENT,
    AMBER,
    BODY,
    BORDER,
    LEFT,
    MUTED,
    RIGHT,
    TOTAL,
    CellWriter,
    ColumnWriter,
    Styles,
)
from portfolio.summaries.xlsx_charts import write_charts
from portfolio.summaries.xlsx_figures import FigureWriter, Written, figure_heads
from portfolio.summaries.xlsx_layout import height_of, indent_of, is_compared, row_height, widths_of

_A4 = 9
# Bold letters take more room.
_BOLD = 0.8
_HEAD: dict[str, Any] = {"bold": True, "bg_color": BORDER, "text_wrap": True, "valign": "bottom"}
_SUMMED: tuple[Kind, ...] = ("money", "count")
# Tables that people make pivot tables of, or look up in.
_PIVOTED = ("data", DICTIONARY, MEASURES)


class SheetWriter:
    """Writes one section from top to bottom; `row` is where the next block begins.

    `written` gets every table that it has written.
    """

    def __init__(
        self, book: Workbook, sheet: Worksheet, styles: Styles, summary: Summary, section: Section,
        written: dict[str, Written],
    ) -> None:  # fmt: skip
        self.book, self.sheet, self.summary, self.section = book, sheet, summary, section
        self.written = written
        self.cells = CellWriter(sheet, styles)
        self.widths = widths_of(section)
        self.last = len(self.widths) - 1
        self.row = 0
        self.header: int | None = None

    def write(self) -> None:
        """The whole sheet."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._titles()
        self._blocks()
        self._endings()
        self._page()

    def _titles(self) -> None:
        summary, is_cover = self.summary, self.section.key == "cover"
        size = 18 if is_cover else 14
        height = height_of(summary.title, sum(self.widths) * 9 / size) * size / 9 + 4
        self.cells.wide_text(
            0, 0, self.last, summary.title, height, bold=True, font_size=size, text_wrap=True
        )
        stamp = f"{self.section.title} · data as at {day_label(summary.as_of)} · revision {summary.revision}"
        self.cells.wide_text(1, 0, self.last, stamp, 16, font_color=ACCENT, bold=True)
        self.row = 2
        if summary.banner:
            self._line(summary.banner, bold=True, bg_color=AMBER)
        for text in self.section.intro:
            self._line(text)

    def _line(self, text: str, **properties: Any) -> None:
        """A text over the whole width, as high as it needs."""
        height = height_of(text, sum(self.widths))
        self.cells.wide_text(self.row, 0, self.last, text, height, text_wrap=True, **properties)
        self.row += 1

    def _blocks(self) -> None:
        pictures = tuple(block for block in self.section.blocks if isinstance(block, Picture))
        if pictures:
            self.header, last = write_charts(self.book, self.cells, pictures, self.row)
            self.row = last + 1
        for position, block in enumerate(self.section.blocks):
            if isinstance(block, Picture):
                continue
            if position:
                self.row += 1
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Facts):
                self._facts(block)
            else:
                self._figures(block)

    def _caption(self, caption: str | None) -> None:
        if caption:
            self._line(caption, bold=True, font_color=ACCENT)

    def _heads(self, heads: tuple[tuple[str, bool], ...]) -> None:
        """A header row; the first one of the sheet is frozen and repeated on every page."""
        height = max(
            height_of(head, width * _BOLD) for (head, _), width in zip(heads, self.widths, strict=False)
        )
        self.sheet.set_row(self.row, height)
        for column, (head, is_number) in enumerate(heads):
            self.cells.text(
                self.row, column, head, **(_HEAD | (RIGHT if is_number else LEFT if column else {}))
            )
        if self.header is None:
            self.header = self.row
        self.row += 1

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        is_first = self.header is None
        self._heads(tuple((column.label, column.kind in NUMBERS) for column in table.columns))
        first = self.row
        self.written[table.key] = Written(self.sheet.get_name(), first, table)
        writers = {is_total: self._writers(table, is_total) for is_total in (False, True)}
        for row in table.rows:
            summed = tuple(first + position for position in row.sums)
            self._record(row, summed, writers[bool(summed)])
        if not table.rows:
            self._line(table.if_empty, font_color=MUTED)
        elif table.key in _PIVOTED:
            self._pivoted(table, first)
        elif is_first:
            self._filter(table, first)

    def _writers(self, table: Table, is_total: bool) -> tuple[ColumnWriter, ...]:
        style = TOTAL if is_total else BODY
        return tuple(
            ColumnWriter.of(
                self.cells, place, column.kind, style | (LEFT if indent_of(column.kind, place) else {})
            )
            for place, column in enumerate(table.columns)
        )

    def _record(self, row: Row, summed: tuple[int, ...], writers: tuple[ColumnWriter, ...]) -> None:
        """A row of a table; a total is computed from the rows that it sums up."""
        self.sheet.set_row(self.row, row_height(row, self.widths))
        for writer, cell in zip(writers, row.cells, strict=True):
            if summed and writer.kind in _SUMMED and isinstance(cell, int):
                self.cells.total(self.row, writer.place, cell, writer.kind, summed)
            else:
                writer.write(self.row, cell)
        self.row += 1

    def _pivoted(self, table: Table, first: int) -> None:
        """The rows as a table of Excel, with a name that pivot tables can be made from."""
        style = self.cells.styles.get(**_HEAD)
        columns = [{"header": column.label, "header_format": style} for column in table.columns]
        self.sheet.add_table(
            first - 1, 0, self.row - 1, len(columns) - 1,
            {"name": f"tbl_{table.key}", "columns": columns, "style": None},
        )  # fmt: skip

    def _filter(self, table: Table, first: int) -> None:
        """Arrows for filtering, unless a sum stands between the rows."""
        data = [position for position, row in enumerate(table.rows) if not row.sums]
        if data and data[-1] == len(data) - 1:
            self.sheet.autofilter(first - 1, 0, first + data[-1], len(table.columns) - 1)

    def _facts(self, facts: Facts) -> None:
        self._caption(facts.caption)
        width = sum(self.widths[1:])
        for label, text in facts.rows:
            self.cells.text(self.row, 0, label, **(BODY | {"font_color": MUTED}))
            height = max(height_of(text, width), height_of(label, self.widths[0]))
            self.cells.wide_text(self.row, 1, self.last, text, height, **BODY)
            self.row += 1

    def _figures(self, figures: KeyFigures) -> None:
        day = self.summary.compared_with
        heads = figure_heads(figures, day_label(day) if day else "the date compared with")
        self._heads(tuple((head, head not in ("Figure", "Unit", "Known for")) for head in heads))
        writer = FigureWriter(self.cells, self.widths, self.written)
        for heading, members in figures.groups:
            writer.heading(self.row, heading)
            self.row += 1
            for figure in members:
                writer.figure(self.row, figure, compared=is_compared(figures))
                self.row += 1

    def _endings(self) -> None:
        for text in (*self.section.remarks, *self.section.footnotes):
            self._line(text, font_color=MUTED)

    def _page(self) -> None:
        """What makes a sheet legible on paper and on screen."""
        sheet, summary = self.sheet, self.summary
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(self.row - 1, 1), self.last)
        sheet.hide_gridlines(2)
        title = " · ".join(filter(None, (summary.banner, summary.title)))
        sheet.set_footer(
            f"&L&8 {_plain(title, 110)}&C&8 Page &P of &N&R&8 Data as at {day_label(summary.as_of)}"
        )
        header = self.header if self.header is not None else 0
        sheet.repeat_rows(header)
        is_table = self.section.key not in ("cover", "charts") and self.header is not None
        if is_table:
            sheet.freeze_panes(header + 1, 1)


def _plain(text: str, longest: int) -> str:
    """A text for a footer, in which & has a meaning of its own."""
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return " ".join(cut.split()).replace("&", "&&")
