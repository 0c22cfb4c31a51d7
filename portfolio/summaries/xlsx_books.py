"""A new workbook that says what it holds and takes no text for a formula or a link."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook

from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making

_LONGEST_PROPERTY = 250


def new_book(target: BytesIO, summary: Summary, making: Making, *, points: int) -> Workbook:
    """An empty workbook with the properties of a document; `points` is the size of its letters."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": points},
    }
    book = Workbook(target, options)
    _describe(book, summary, making)
    return book


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
