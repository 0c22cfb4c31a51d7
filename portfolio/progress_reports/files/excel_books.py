"""An .xlsx or .xlsm as openpyxl opens it, its sheets read in one pass each.

openpyxl says what the workbook consists of: sheets, shared strings, number formats, which styles show dates,
the day that counts as 0. The cells do not go through its objects, which would take three times as long.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHARED_STRINGS

from portfolio.progress_reports.files.part_parsers import parse
from portfolio.progress_reports.files.shared_strings import StringPass
from portfolio.progress_reports.files.sheet_cells import Meter, SheetCells
from portfolio.progress_reports.files.sheet_passes import SheetPass, Style

_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"/2006/extendedProperties": b"/2006/extended-properties",
    b"/2006/customProperties": b"/2006/custom-properties",
    b' conformance="strict"': b"",
}
_FIRST_CUSTOM_FORMAT = 164
_WORKSHEET, _MACRO_SHEET, _COMMENTS = "/worksheet", "macrosheet", "/comments"
_NOT_CALCULATED = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)[\"']")


class SheetsMissing(Exception):
    """Sheets that the workbook names and openpyxl does not find, mostly behind an unusual path."""


class _Opening(ExcelReader):
    """openpyxl's own opening of a workbook, without its worksheets; shared strings against the limits."""

    def __init__(self, source: io.BytesIO, meter: Meter) -> None:
        super().__init__(source, read_only=True, data_only=True, keep_links=False)
        self._meter = meter

    def read_strings(self) -> None:
        """Nothing; the shared strings are read."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = StringPass(self._meter).read(source)

    def read_worksheets(self) -> None:
        """Nothing; the sheets stay in the archive until their turn."""

    def read_theme(self) -> None:
        """Nothing; colours are not asked for."""


def read_excel(content: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """The workbook as it goes to the caller.

    Raises: SheetsMissing; whatever openpyxl raises for what it cannot open; ExpatError where a sheet is not
    well formed; TooLarge beyond a limit.
    """
    strict = _is_strict(content)
    meter = Meter(limits)
    opening = _Opening(io.BytesIO(_transitional(content) if strict else content), meter)
    opening.read()
    related = list(opening.parser.find_sheets())
    if any(str(found.Type).lower().endswith(_MACRO_SHEET) for _, found in related):
        return {"problem": "HAS_XLM_MACROS"}
    listed = [(sheet, found.target) for sheet, found in related if str(found.Type).endswith(_WORKSHEET)]
    if not listed:
        return {"problem": "FILE_DAMAGED", "what": "it holds no sheets"}
    if len(listed) > limits["sheets"]:
        return {"problem": "FILE_TOO_LARGE_INSIDE", "what": f"more than {limits['sheets']} sheets"}
    if any(target not in opening.valid_files for _, target in listed):
        raise SheetsMissing
    book: Any = opening.wb
    formats = _Formats(book)
    sheets = [_read_sheet(opening, sheet, target, formats, meter) for sheet, target in listed]
    if _NOT_CALCULATED.search(opening.archive.read(opening.parser.workbook_part_name)):
        _distrust_zeros(sheets)
    properties = {item.name: str(item.value) for item in book.custom_doc_props.props}
    return {
        "sheets": [sheet.as_json() for sheet in sheets], "formats": formats.listed, "properties": properties,
        "is_strict": strict, "is_fallback": False,
    }  # fmt: skip


def _distrust_zeros(sheets: list[SheetCells]) -> None:
    """Nothing; formulas count as never calculated where a program gave every one of them the result 0.

    Such a program leaves the calculation to Excel and says so in the workbook; Excel itself drops that remark
    when it saves.
    """
    results = [sheet.values[place] for sheet in sheets for place, _, _ in sheet.formulas]
    if all(type(result) in (int, float) and result == 0 for result in results):
        for sheet in sheets:
            sheet.formulas = [(place, formula, False) for place, formula, _ in sheet.formulas]


def _is_strict(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {"_rels/.rels", "xl/workbook.xml"} & set(archive.namelist())
        return any(_STRICT in archive.read(part) for part in parts)


def _transitional(content: bytes) -> bytes:
    """The same workbook with the namespaces that openpyxl knows."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                for strict, transitional in _TRANSITIONAL.items():
                    part = part.replace(strict, transitional)
            new.writestr(entry.filename, part)
    return target.getvalue()


class _Formats:
    """The number formats that cells point to, each listed once, and which of them show dates."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.listed: list[str] = []

    def style(self, style: int) -> Style:
        """Where the format of a cell style stands in the list, and what it shows a number as."""
        code = self._code(style)
        if code not in self.listed:
            self.listed.append(code)
        shows = "date" if style in self._book._date_formats else ""
        if style in self._book._timedelta_formats:
            shows = "duration"
        return self.listed.index(code), shows

    def from_serial(self, serial: float, is_duration: bool) -> Any:
        """The date, time or duration that a number stands for."""
        return from_excel(serial, self._book.epoch, timedelta=is_duration)

    def _code(self, style: int) -> str:
        styles = self._book._cell_styles
        number: int = styles[style].numFmtId if style < len(styles) else 0
        custom = self._book._number_formats
        if number >= _FIRST_CUSTOM_FORMAT:
            place = number - _FIRST_CUSTOM_FORMAT
            return str(custom[place]) if place < len(custom) else "General"
        return str(BUILTIN_FORMATS.get(number, "General"))


def _read_sheet(opening: _Opening, sheet: Any, target: str, formats: _Formats, meter: Meter) -> SheetCells:
    cells = SheetCells(sheet.name, sheet.state or "visible", from_ISO8601)
    one_pass = SheetPass(cells, meter, opening.shared_strings, formats.style, formats.from_serial)
    with opening.archive.open(target) as source:
        one_pass.read(source)
    cells.notes = _notes(opening, target, meter)
    return cells


def _notes(opening: _Opening, target: str, meter: Meter) -> list[str]:
    """The addresses of the cells with a note or a comment; a thread of comments leaves a note as well."""
    folder, _, name = target.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in opening.valid_files:
        return []
    found: dict[str, None] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "comment":
            meter.element()
            found[attributes.get("ref", "")] = None

    for relation in get_dependents(opening.archive, relations):
        if str(relation.Type).endswith(_COMMENTS) and relation.target in opening.valid_files:
            with opening.archive.open(relation.target) as source:
                parse(source, start)
    return list(found)
