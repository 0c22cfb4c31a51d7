"""The officer's own file handed back with the problems marked, every other part of it untouched."""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from xlsxwriter import Workbook

from portfolio.findings import SEVERITIES, Finding, Severity, field_and_message
from portfolio.numbers import counted
from portfolio.partners import footnotes_for_text
from portfolio.progress_reports.fields.columns import REPORT_SHEET
from portfolio.progress_reports.files.cells import cell_ref, position_of
from portfolio.progress_reports.results import CheckResult, FileResult, listed
from portfolio.progress_reports.workbooks.added_sheets import ReportLine, ReportSheet
from portfolio.progress_reports.workbooks.issuing import IssuedFile
from portfolio.progress_reports.workbooks.workbook_patches import Mark, Patch, patch_workbook

HEADINGS = (
    "Severity", "Sheet", "Cell", "Column", "What stands there", "What is wrong", "What to do", "Code",
)  # fmt: skip
_FIRST_SEEN_COLUMN = 2
# Read all the same, but no .xlsx whose parts could be patched.
_NOT_MARKED = ("FILE_IS_XLS", "FILE_IS_XLSB", "FILE_IS_ODS", "READ_FALLBACK")
_WIDTHS = (10, 13, 7, 18, 22, 50, 42, 26)
_COUNTED: dict[Severity, tuple[str, str]] = {
    "blocker": ("blocker", "blockers"), "error": ("error", "errors"), "warning": ("warning", "warnings"),
    "info": ("info", "info"),
}  # fmt: skip
_LEGEND = (
    "Marked cells: red has to be mended before the report can go in, amber is to be looked at, "
    "pale blue is for information only."
)


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
    hidden = _rows_in_order(file) if only_problems else {}
    return patch_workbook(file.content, Patch(tuple(worst.values()), _report(file), hidden))


def _report(file: FileResult) -> ReportSheet:
    shown = listed(file.findings)
    lines = [ReportLine(_texts(item), item.severity, _target(item)) for item in shown]
    title = ", ".join(part for part in (file.acronym or file.project, file.period) if part)
    notes = [f"{file.name}: {_counts(file)}", _LEGEND, *footnotes_for_text(_words(file))]
    wrapped = [part for note in notes for part in textwrap.wrap(note, sum(_WIDTHS))]
    heading = f"{REPORT_SHEET}: {title}" if title else REPORT_SHEET
    return ReportSheet(REPORT_SHEET, heading, tuple(wrapped), HEADINGS, lines, _WIDTHS)


def _words(file: FileResult) -> Iterator[str]:
    for item in listed(file.findings):
        yield from _texts(item)


def _counts(file: FileResult) -> str:
    """How many there are of each severity, and how much would change: "2 errors; 5 fields would change."."""
    counts = Counter(item.severity for item in file.findings)
    found = [counted(counts[level], *_COUNTED[level]) for level in SEVERITIES if counts[level]]
    changes = counted(len(file.changes), "field") if file.changes else "nothing"
    return f"{', '.join(found) or 'nothing found'}; {changes} would change."


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
    book.add_worksheet(REPORT_SHEET)
    book.close()
    return patch_workbook(target.getvalue(), Patch((), _report(file), {}))


def _texts(item: Finding) -> tuple[str, ...]:
    return tuple(_columns(item))


def _columns(item: Finding) -> Iterator[str]:
    field, message = field_and_message(item)
    yield item.severity
    yield item.sheet or ""
    yield item.cell or ""
    yield field
    yield item.value or ""
    yield message
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
