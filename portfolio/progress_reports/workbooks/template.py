"""The workbook that is issued: what the tracker knows and room for what is new, in one."""

from __future__ import annotations

import io

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from portfolio.progress_reports.comparisons.records import IssuedState
from portfolio.progress_reports.fields.columns import (
    ERASING_WORDS,
    LISTS_SHEET,
    META_SHEET,
    README_SHEET,
    REMOVING_WORD,
)
from portfolio.progress_reports.files.cells import column_letter
from portfolio.progress_reports.workbooks.contents import WorkbookContent
from portfolio.progress_reports.workbooks.guides import write_guide
from portfolio.progress_reports.workbooks.issued_tables import write_table
from portfolio.progress_reports.workbooks.sheet_styles import SheetStyles
from portfolio.progress_reports.workbooks.validations import ACTION_LIST, list_name

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
_A4 = 9


def write_workbook(content: WorkbookContent) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book = Workbook(target, _OPTIONS)
    styles = SheetStyles(book)
    book.set_properties({"title": content.title("Progress report"), "author": "Portfolio tracker"})
    write_guide(book.add_worksheet(README_SHEET), content, styles)
    for spec in content.issued.sheets:
        write_table(book.add_worksheet(spec.name), spec, content, styles)
    _write_lists(book, content.issued)
    _write_identity(book, content)
    pages = {spec.name: spec.pages_wide for spec in content.issued.sheets}
    for sheet in book.worksheets():
        _prepare_print(sheet, content)
        if (wide := pages.get(sheet.get_name(), 1)) > 1:
            sheet.fit_to_pages(wide, 0)
            sheet.repeat_columns(1)
        sheet.protect("", _PROTECTION)
    book.close()
    return target.getvalue()


def _write_lists(book: Workbook, issued: IssuedState) -> None:
    """The code lists, each under a defined name, so that drop-downs need no list of limited length."""
    sheet = book.add_worksheet(LISTS_SHEET)
    lists: dict[str, list[str]] = {}
    for spec in issued.sheets:
        for field in spec.all_fields:
            if field.kind == "action":
                lists[ACTION_LIST] = [REMOVING_WORD]
            elif field.vocabulary and field.access != "locked":
                erasing = [ERASING_WORDS[0].upper()] if field.may_be_cleared else []
                lists[list_name(field)] = [*issued.labels[field.vocabulary].values(), *erasing]
    for column, (name, entries) in enumerate(item for item in lists.items() if item[1]):
        for row, text in enumerate((name, *entries)):
            sheet.write_string(row, column, text)
        letter = column_letter(column + 1)
        book.define_name(name, f"={LISTS_SHEET}!${letter}$2:${letter}${len(entries) + 1}")
    sheet.hide()


def _write_identity(book: Workbook, content: WorkbookContent) -> None:
    sheet = book.add_worksheet(META_SHEET)
    parts = {**content.identity.parts, "locale": "en", "checksum": content.checksum}
    for row, (name, text) in enumerate(parts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)
    sheet.very_hidden()
    for name, text in content.identity.parts.items():
        book.set_custom_property(name, text, "text")


def _prepare_print(sheet: Worksheet, content: WorkbookContent) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2 if sheet.get_name() == README_SHEET else 1)
    title = content.title(sheet.get_name()).replace("&", "&&")[:120]
    as_at = f"Data as at {content.as_of.isoformat()}, revision {content.revision}"
    sheet.set_footer(f"&L{title}&CPage &P of &N&R{as_at}")
