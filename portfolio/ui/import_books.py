"""The cells of a file that is being imported, as they were read for its check."""

from __future__ import annotations

from portfolio.findings import Finding
from portfolio.progress_reports.files.cells import RawBook, cell_ref
from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.files.reading import read_workbook
from portfolio.progress_reports.files.uploads import BOOKS
from portfolio.progress_reports.results import FileResult


def book_of(file: FileResult) -> RawBook | None:
    """The cells of a file; one too large to be kept is read again, and None is what cannot be read."""
    limits = present_limits()
    kept = BOOKS.find(file.sha256, limits)
    if kept is not None:
        return kept.book
    book = read_workbook(file.content, limits)
    return None if isinstance(book, Finding) else book


def cells_of_row(file: FileResult, sheet: str, row: int) -> tuple[str, ...]:
    """The addresses of the filled cells of a row, from left to right."""
    book = book_of(file)
    sheets = [] if book is None else [each for each in book.sheets if each.name == sheet]
    columns = sorted(column for each in sheets for at, column in each.cells if at == row)
    return tuple(cell_ref(row, column) for column in columns)
