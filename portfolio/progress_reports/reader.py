"""The program that reads one workbook: bytes on standard input, JSON on standard output.

It runs as a process of its own (`python -m portfolio.progress_reports.reader LIMITS`) and caps its own memory
and time, so that no file can harm the application. It imports as little as it can: it has to start quickly.
Whatever it cannot read ends it with an exit code other than 0, which the caller reports as a damaged file.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

OUT_OF_MEMORY = 3
CAN_CAP_MEMORY = sys.platform != "win32"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"/2006/extendedProperties": b"/2006/extended-properties",
    b"/2006/customProperties": b"/2006/custom-properties",
    b' conformance="strict"': b"",
}
Limits = Mapping[str, int]


class _TooLarge(Exception):
    """A limit that the workbook exceeds; its arguments are the answer to the caller."""


def cap_resources(limits: Limits) -> None:
    """Nothing; from here on this process may use no more memory and time than `limits` say."""
    if sys.platform == "win32":
        return
    import resource

    memory, seconds = limits["reader_memory"], limits["reader_time"]
    # One second more for the hard limit: the soft one ends the process with a signal that can be told apart.
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def read_book(content: bytes, limits: Limits) -> dict[str, Any]:
    """The filled cells of every sheet with their formulas and formats, hidden rows and merged ranges."""
    import openpyxl

    warnings.simplefilter("ignore")
    strict = _is_strict(content)
    source = io.BytesIO(_transitional(content) if strict else content)
    book: Any = openpyxl.load_workbook(source, read_only=True, data_only=True)
    if not book.worksheets:
        return {"problem": "FILE_DAMAGED", "what": "it holds no sheets"}
    if len(book.worksheets) > limits["sheets"]:
        return {"problem": "FILE_TOO_LARGE_INSIDE", "what": f"more than {limits['sheets']} sheets"}
    formats = _Formats(book)
    meter = _Meter(limits)
    try:
        sheets = [_read_sheet(sheet, formats, meter) for sheet in book.worksheets]
    except _TooLarge as problem:
        return dict(problem.args[0])
    properties = {item.name: str(item.value) for item in book.custom_doc_props.props}
    return {"sheets": sheets, "formats": formats.listed, "properties": properties, "is_strict": strict}


def _is_strict(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _STRICT in archive.read("_rels/.rels") or _STRICT in archive.read("xl/workbook.xml")


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
    """The number formats that cells point to, each listed once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._by_style: dict[int, int] = {}
        self.listed: list[str] = []

    def index(self, style: int) -> int:
        """Where the format of a cell style stands in the list."""
        if style not in self._by_style:
            code = self._code(style)
            if code not in self.listed:
                self.listed.append(code)
            self._by_style[style] = self.listed.index(code)
        return self._by_style[style]

    def _code(self, style: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        styles = self._book._cell_styles
        number: int = styles[style].numFmtId if style < len(styles) else 0
        custom = self._book._number_formats
        if number >= 164:
            return str(custom[number - 164]) if number - 164 < len(custom) else "General"
        return str(BUILTIN_FORMATS.get(number, "General"))


class _Meter:
    """What has been read so far, against the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._elements = self._filled = self._characters = 0

    def element(self) -> None:
        """One more cell element, filled or not."""
        self._elements += 1
        self._refuse_above("cell_elements", self._elements, "cells")

    def filled(self, sheet: str, row: int, column: int, value: object) -> None:
        """One more filled cell."""
        if row > self._limits["last_row"] or column > self._limits["last_column"]:
            answer = {"problem": "SHEET_TOO_LARGE", "sheet": sheet, "row": row, "column": column}
            raise _TooLarge(answer)
        self._filled += 1
        self._characters += len(value) if isinstance(value, str) else 0
        self._refuse_above("filled_cells", self._filled, "filled cells")
        self._refuse_above("text_characters", self._characters, "characters of text")

    def _refuse_above(self, name: str, count: int, what: str) -> None:
        if count > self._limits[name]:
            answer = {"problem": "FILE_TOO_LARGE_INSIDE", "what": f"more than {self._limits[name]:,} {what}"}
            raise _TooLarge(answer)


def _read_sheet(sheet: Any, formats: _Formats, meter: _Meter) -> dict[str, Any]:
    parser = _parser(sheet)
    cells: list[list[object]] = []
    for row, column, kind, value, formula, calculated, style in parser.filled_cells(meter):
        blank = formula is None and (value is None or (isinstance(value, str) and not value.strip()))
        if blank:
            continue
        meter.filled(sheet.title, row, column, value)
        cells.append([row, column, kind, value, formula, calculated, formats.index(style)])
    return {
        "name": sheet.title, "state": sheet.sheet_state, "cells": cells,
        "hidden_rows": parser.hidden_rows, "merged": parser.merged_ranges,
    }  # fmt: skip


def _parser(sheet: Any) -> Any:
    from openpyxl.worksheet._reader import FORMULA_TAG, MERGE_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
    from openpyxl.xml.functions import iterparse

    class OnePass(WorkSheetParser):
        """Values, formulas and addresses in one pass; the declared dimension is never asked for."""

        hidden_rows: list[int]
        merged_ranges: list[str]

        def filled_cells(self, meter: _Meter) -> Iterator[tuple[int, int, str, Any, str | None, bool, int]]:
            """Every cell that holds something."""
            self.hidden_rows, self.merged_ranges = [], []
            for _, element in iterparse(self.source):
                if element.tag == ROW_TAG:
                    yield from self._row(element, meter)
                    element.clear()
                elif element.tag == MERGE_TAG:
                    self.merged_ranges = [str(item.get("ref")) for item in element]

        def _row(self, row: Any, meter: _Meter) -> Iterator[tuple[int, int, str, Any, str | None, bool, int]]:
            self.row_counter = int(float(row.get("r") or self.row_counter + 1))
            self.col_counter = 0
            if row.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self.row_counter)
            for element in row:
                meter.element()
                if len(element) == 0 and element.get("r") is not None:
                    continue  # styled, but empty
                yield self._filled(element)

        def _filled(self, element: Any) -> tuple[int, int, str, Any, str | None, bool, int]:
            cell = self.parse_cell(element)
            tag = element.find(FORMULA_TAG)
            formula = None if tag is None else (tag.text or "shared formula")
            result = element.find(VALUE_TAG)
            # A formula may give an empty text; a program that never calculated leaves an empty result behind.
            is_text = element.get("t") == "str"
            calculated = tag is None or (result is not None and (is_text or result.text is not None))
            kind, value = _kind_and_value(cell["data_type"], cell["value"])
            return cell["row"], cell["column"], kind, value, formula, calculated, cell["style_id"]

    return OnePass(
        sheet._get_source(), sheet._shared_strings, data_only=True, epoch=sheet.parent.epoch,
        date_formats=sheet.parent._date_formats, timedelta_formats=sheet.parent._timedelta_formats,
    )  # fmt: skip


def _kind_and_value(kind: str, value: Any) -> tuple[str, Any]:
    if value is None:
        return "blank", None
    if isinstance(value, dt.datetime):
        return "d", value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return "d", value.isoformat()
    if isinstance(value, (dt.time, dt.timedelta)):
        return "t", str(value)
    return ("s" if isinstance(value, str) and kind not in ("s", "e") else kind), value


def main() -> None:
    """Nothing; reads standard input, writes the answer to standard output."""
    limits: dict[str, int] = json.loads(sys.argv[1])
    cap_resources(limits)
    # openpyxl would load both only to support types that no cell holds; without them it starts twice as fast.
    sys.modules.update(dict.fromkeys(("numpy", "PIL")))  # type: ignore[arg-type]
    try:
        answer = json.dumps(read_book(sys.stdin.buffer.read(), limits), ensure_ascii=False)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
