"""What the builders of foreign workbooks share: write cells, look like an office file, end as bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

Cell: TypeAlias = str | int | float | date | None

WRITTEN = datetime(2026, 7, 17, 9, 30)
THIN = Side(style="thin", color="808080")
GREY = PatternFill("solid", fgColor="D9D9D9")
PALE = PatternFill("solid", fgColor="EEF3FA")


def new_book(*titles: str) -> tuple[Workbook, list[Worksheet]]:
    """An empty workbook with these sheets, in this order."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = titles[0]
    return book, [first, *(book.create_sheet(title) for title in titles[1:])]


def put(sheet: Worksheet, corner: str, rows: Iterable[Sequence[Cell]], days: str = "dd/mm/yyyy") -> None:
    """Write these rows from this corner on; None leaves the cell as it is, dates are shown as `days`."""
    left, top, _, _ = range_boundaries(corner)
    assert left is not None
    assert top is not None
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value is None:
                continue
            cell = sheet.cell(top + down, left + right, value)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 30)
            if isinstance(value, date):
                cell.number_format = days


def title(sheet: Worksheet, cell: str, text: str, size: int = 13) -> None:
    """A line of a title block."""
    sheet[cell] = text
    sheet[cell].font = Font(bold=True, size=size, color="1F3864")


def heads(sheet: Worksheet, *ranges: str) -> None:
    """Dress these ranges as headers."""
    for area in ranges:
        for row in sheet[area]:
            for cell in row:
                cell.font = Font(bold=True)
                cell.fill = GREY
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def strong(sheet: Worksheet, *ranges: str) -> None:
    """Dress these ranges as section, subtotal or total rows."""
    for area in ranges:
        for row in sheet[area]:
            for cell in row:
                cell.font = Font(bold=True)
                cell.fill = PALE


def merge(sheet: Worksheet, *ranges: str) -> None:
    """Merge each of these ranges; the first cell of each keeps the value."""
    for area in ranges:
        sheet.merge_cells(area)


def numbers(sheet: Worksheet, area: str, number_format: str) -> None:
    """Show the numbers of this range in this format."""
    for row in sheet[area]:
        for cell in row:
            if isinstance(cell.value, int | float) or str(cell.value).startswith("="):
                cell.number_format = number_format


def widths(sheet: Worksheet, **columns: float) -> None:
    """The widths of these columns; a width of 0 hides the column."""
    for letter, width in columns.items():
        if width:
            sheet.column_dimensions[letter].width = width
        else:
            sheet.column_dimensions[letter].hidden = True


def finish(book: Workbook, results: Mapping[str, Mapping[str, float]] | None = None) -> bytes:
    """The workbook as bytes; `results` holds, per sheet and cell, what the spreadsheet had last computed."""
    book.properties.creator = "Project office"
    book.properties.created = WRITTEN
    saved = io.BytesIO()
    book.save(saved)
    parts = {f"xl/worksheets/sheet{n}.xml": name for n, name in enumerate(book.sheetnames, start=1)}
    kept = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\g<1>" + WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(<)", stamp, content)
            for cell, value in (results or {}).get(parts.get(name, ""), {}).items():
                pattern = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)'.encode()
                content, found = re.subn(pattern, rb"\g<1><v>" + repr(value).encode() + b"</v>", content)
                assert found == 1, f"{name} has no formula in {cell}"
            new.writestr(zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
