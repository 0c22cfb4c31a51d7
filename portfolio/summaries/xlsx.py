"""A summary as an Excel workbook: one sheet a section, ready to print, no formula but our totals."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from portfolio.summaries.content import KeyFigures, Section, Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.xlsx_cells import Styles
from portfolio.summaries.xlsx_figures import Written
from portfolio.summaries.xlsx_sheets import SheetWriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 9},
}
_LONGEST_PROPERTY = 250


def render_xlsx(summary: Summary, making: Making) -> bytes:
    """The bytes of the workbook."""
    target = io.BytesIO()
    book = Workbook(target, _OPTIONS)
    _describe(book, summary, making)
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


def _describe(book: Workbook, summary: Summary, making: Making) -> None:
    book.set_properties(
        {
            "title": summary.title[:_LONGEST_PROPERTY],
            "subject": summary.filters[:_LONGEST_PROPERTY],
            "author": making.by[:_LONGEST_PROPERTY],
            "category": summary.banner or "Summary",
            "keywords": f"revision {summary.revision}, data as at {summary.as_of.isoformat()}",
            "comments": " ".join(filter(None, (summary.banner, "Definitions and sources stand inside."))),
            "created": making.at.replace(tzinfo=None),
        }
    )
    custom = {
        "portfolio": summary.portfolio,
        "revision": str(summary.revision),
        "as_of": summary.as_of.isoformat(),
        "filters": summary.filters[:_LONGEST_PROPERTY],
    }
    for name, value in custom.items():
        book.set_custom_property(name, value, "text")
