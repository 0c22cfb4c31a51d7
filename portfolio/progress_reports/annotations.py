"""The officer's own file handed back with the problems marked, every other part of it untouched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePath

from xlsxwriter import Workbook

from portfolio.findings import SEVERITIES, Finding
from portfolio.progress_reports.cells import cell_ref, position_of
from portfolio.progress_reports.columns import REPORT_SHEET
from portfolio.progress_reports.issuing import IssuedFile
from portfolio.progress_reports.results import CheckResult, FileResult, listed
from portfolio.progress_reports.workbook_patches import Mark, Patch, ReportLine, patch_workbook

HEADINGS = ("Severity", "Sheet", "Cell", "What stands there", "What is wrong", "What to do", "Code")
_FIRST_SEEN_COLUMN = 2
# Read all the same, but no .xlsx whose parts could be patched.
_NOT_MARKED = ("FILE_IS_XLS", "FILE_IS_XLSB", "FILE_IS_ODS", "READ_FALLBACK")
_WIDTHS = (10, 16, 8, 30, 70, 60, 24)


def annotated_copies(result: CheckResult, *, only_problems: bool = False) -> tuple[IssuedFile, ...]:
    """A copy of each file with its problems marked and listed; else the list alone.

    With `only_problems` the rows of data without an error or a warning are hidden. They stay in the file:
    a report is accepted whole, so what is sent back has to hold all of it.
    """
    copies: list[IssuedFile] = []
    taken: set[str] = set()
    for file in result.files:
        stem = _free_name(PurePath(file.name).stem, taken)
        marks = file.readable and not any(item.code in _NOT_MARKED for item in file.findings)
        content = annotated(file, only_problems=only_problems) if marks else report_alone(file)
        copies.append(IssuedFile(f"{stem}-{'problems' if only_problems else 'checked'}.xlsx", content))
    return tuple(copies)


def _free_name(stem: str, taken: set[str]) -> str:
    number, name = 1, stem
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return name


def annotated(file: FileResult, *, only_problems: bool = False) -> bytes:
    """The file with its cells coloured by the worst finding and a sheet that lists all of them."""
    worst: dict[tuple[str, str], Mark] = {}
    for item in sorted(file.findings, key=lambda item: SEVERITIES.index(item.severity)):
        if item.sheet is not None and item.cell is not None:
            for cell in {item.cell, _seen_cell(item.cell)}:
                worst.setdefault((item.sheet, cell), Mark(item.sheet, cell, item.severity))
    lines = [
        ReportLine(HEADINGS),
        *(ReportLine(_texts(item), _target(item)) for item in listed(file.findings)),
    ]
    hidden = _rows_in_order(file) if only_problems else {}
    patch = Patch(tuple(worst.values()), REPORT_SHEET, lines, _WIDTHS, hidden)
    return patch_workbook(file.content, patch)


def _rows_in_order(file: FileResult) -> dict[str, tuple[int, ...]]:
    """The rows of data in which there is nothing to mend or to look at, by sheet."""
    troubled = {
        (item.sheet, position_of(item.cell)[0])
        for item in file.findings
        if item.cell is not None and item.severity != "info"
    }
    return {
        sheet: tuple(row for row in rows if (sheet, row) not in troubled) for sheet, rows in file.rows.items()
    }


def report_alone(file: FileResult) -> bytes:
    """A workbook that holds nothing but the list of findings."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet, bold = book.add_worksheet(REPORT_SHEET), book.add_format({"bold": True})
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    for row, item in enumerate(listed(file.findings), 1):
        for column, text in enumerate(_texts(item)):
            sheet.write_string(row, column, text)
    book.close()
    return target.getvalue()


def _texts(item: Finding) -> tuple[str, ...]:
    return tuple(_columns(item))


def _columns(item: Finding) -> Iterator[str]:
    yield item.severity
    yield item.sheet or ""
    yield item.cell or ""
    yield item.value or ""
    yield item.message
    yield item.action
    yield item.code


def _seen_cell(cell: str) -> str:
    """The cell where a person sees a finding: beside a key, because the column of keys is hidden."""
    row, column = position_of(cell)
    return cell_ref(row, max(column, _FIRST_SEEN_COLUMN))


def _target(item: Finding) -> str | None:
    """Where a click on the cell's address leads."""
    if item.sheet is None or item.cell is None:
        return None
    quoted = item.sheet.replace("'", "''")
    return f"'{quoted}'!{_seen_cell(item.cell)}"
