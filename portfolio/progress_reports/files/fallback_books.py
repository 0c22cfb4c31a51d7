"""Workbooks that openpyxl cannot read, through calamine: .xls, .xlsb, .ods, and an .xlsx put together oddly.

calamine gives values alone: formulas and number formats are not seen, and an error looks like an empty cell.
It ends the whole process where it runs out of memory, which the caller is prepared for.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum

from portfolio.progress_reports.files.open_documents import (
    SheetFacts,
    add_facts,
    is_open_document,
    read_facts,
)
from portfolio.progress_reports.files.part_parsers import parse
from portfolio.progress_reports.files.sheet_cells import Meter, SheetCells, address
from portfolio.progress_reports.files.sheet_passes import iso_kind_and_value

_STATES = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}
_LOCKED = {"problem": "FILE_ENCRYPTED", "what": "a workbook locked with a password"}
_LARGEST_WHOLE = 2**53


def read_fallback(content: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """The workbook as it goes to the caller.

    Raises: TooLarge beyond a limit; ExpatError where a sheet is not well formed.
    """
    facts = read_facts(content, limits) if is_open_document(content) else None
    check_worksheets(content)
    try:
        return _read(CalamineWorkbook.from_filelike(io.BytesIO(content)), limits, facts)
    except PasswordError:
        return _LOCKED
    except (CalamineError, OSError):
        return {"problem": "FILE_DAMAGED", "what": "its parts do not fit together"}


def check_worksheets(content: bytes) -> None:
    """Nothing; calamine would end a broken worksheet where it breaks, without a word.

    Raises: ExpatError where a worksheet is not well formed.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.lower().endswith(".xml") and ("worksheets/" in name or "sharedStrings" in name):
                with archive.open(name) as source:
                    parse(source)


def _read(
    book: CalamineWorkbook, limits: Mapping[str, int], facts: list[SheetFacts] | None
) -> dict[str, Any]:
    listed = book.sheets_metadata
    if any(sheet.typ == SheetTypeEnum.MacroSheet for sheet in listed):
        return {"problem": "HAS_XLM_MACROS"}
    if len(listed) > limits["sheets"]:
        return {"problem": "FILE_TOO_LARGE_INSIDE", "what": f"more than {limits['sheets']} sheets"}
    meter, formats = Meter(limits), ["General"]
    sheets = [_read_sheet(book, sheet, meter) for sheet in listed if sheet.typ == SheetTypeEnum.WorkSheet]
    if not sheets:
        return {"problem": "FILE_DAMAGED", "what": "it holds no sheets"}
    for cells, known in zip(sheets, facts or (), strict=False):
        add_facts(cells, known, formats, meter)
    return {
        "sheets": [sheet.as_json() for sheet in sheets], "formats": formats, "properties": {},
        "is_strict": False, "is_fallback": facts is None,
    }  # fmt: skip


def _read_sheet(book: CalamineWorkbook, listed: SheetMetadata, meter: Meter) -> SheetCells:
    sheet = book.get_sheet_by_name(listed.name)
    cells = SheetCells(listed.name, _STATES[str(listed.visible).rpartition(".")[2]])
    # The rows begin with the first of the sheet, their cells with the first filled column.
    first_column = 1 if sheet.start is None else sheet.start[1] + 1
    for row, values in enumerate(sheet.iter_rows(), 1):
        for column, value in enumerate(values, first_column):
            if value == "" or (isinstance(value, str) and not value.strip()):
                continue
            kind, read = _kind_and_value(value)
            cells.add(row, column, kind, read, 0, meter)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        cells.merged.append(f"{address(top + 1, left + 1)}:{address(bottom + 1, right + 1)}")
    return cells


def _kind_and_value(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return "n", int(value)  # the old formats keep every number with a point
    if isinstance(value, (int, float)):
        return "n", value
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return iso_kind_and_value(value)
    return "s", str(value)
