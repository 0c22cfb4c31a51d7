"""A summary as an Excel workbook: one sheet a section, ready to print, no formula but our totals."""

from __future__ import annotations

import io

from portfolio.summaries.content import KeyFigures, Section, Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.xlsx_books import new_book
from portfolio.summaries.xlsx_cells import Styles
from portfolio.summaries.xlsx_figures import Written
from portfolio.summaries.xlsx_publications import render_publication
from portfolio.summaries.xlsx_sheets import SheetWriter


def render_xlsx(summary: Summary, making: Making, *, profile: str = "working") -> bytes:
    """The bytes of the workbook, in the profile for working with it or in the one for publication."""
    return render_publication(summary, making) if profile == "publication" else _working(summary, making)


def _working(summary: Summary, making: Making) -> bytes:
    target = io.BytesIO()
    book = new_book(target, summary, making, points=9)
    styles, written = Styles(book), dict[str, Written]()
    sheets = [(section, book.add_worksheet(section.title)) for section in summary.sections]
    # What takes its values from other sheets has to know where they stand.
    for section, sheet in sorted(sheets, key=lambda pair: _is_computed(pair[0])):
        SheetWriter(book, sheet, styles, summary, section, written).write()
    book.worksheets()[0].activate()
    book.worksheets()[0].set_first_sheet()
    book.close()
    return target.getvalue()


def _is_computed(section: Section) -> bool:
    return any(isinstance(block, KeyFigures) for block in section.blocks)
