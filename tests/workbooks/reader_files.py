"""Workbooks that show what a reader sees: written by several programs, in several formats, damaged."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import struct
import zipfile
from dataclasses import asdict
from typing import Any

import openpyxl
import xlsxwriter

from portfolio.findings import Finding
from portfolio.progress_reports.files.cells import Position, RawBook, RawSheet
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.preflight import preflight
from portfolio.progress_reports.files.reader import read_book
from portfolio.progress_reports.files.reading import noticed, read_workbook
from portfolio.progress_reports.results import FileResult
from tests.workbooks.report_files import rewrite

LIMITS = default_limits()
Values = dict[str, dict[Position, object]]


def everything() -> bytes:
    """One sheet with every kind of cell, one hidden and one empty sheet, as XlsxWriter writes them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Cells")
    formats = {
        code: book.add_format({"num_format": code}) for code in ("0.0%", "yyyy-mm-dd", "[h]:mm", "[$USD] 0")
    }
    sheet.write_string("B2", "text")
    sheet.write_rich_string("C2", "rich ", book.add_format({"bold": True}), "text")
    sheet.write_number("B3", 12.5)
    sheet.write_number("C3", 0.125, formats["0.0%"])
    sheet.write_number("D3", 5, formats["[$USD] 0"])
    sheet.write_number("E3", 1234567890123456)
    sheet.write_datetime("B4", dt.datetime(2026, 1, 5), formats["yyyy-mm-dd"])
    sheet.write_number("C4", 1.5, formats["[h]:mm"])
    sheet.write_boolean("D4", True)
    sheet.write_formula("B5", "=1/0", None, "#DIV/0!")
    sheet.write_formula("C5", "=B3*2", None, 25)
    sheet.write_formula("D5", '=IF(1,"","x")', None, "")
    sheet.write_blank("B6", None, formats["0.0%"])
    sheet.write_string("C6", "  ")
    sheet.write_string("B7", "two\nlines")
    sheet.merge_range("B9:C10", "merged")
    sheet.write_string("B12", "in a hidden row")
    sheet.set_row(11, None, None, {"hidden": True})
    sheet.write_string("H3", "in a hidden column")
    sheet.set_column("H:H", None, None, {"hidden": True})
    sheet.write_comment("B3", "a note")
    sheet.write_comment("D3", "another")
    hidden = book.add_worksheet("Hidden")
    hidden.write_string("A1", "not seen")
    hidden.hide()
    book.add_worksheet("Empty")
    book.set_custom_property("template_id", "T-1")
    book.close()
    return target.getvalue()


FORMATS = (
    "General", "0.00", "0%", "yyyy-mm-dd", "dd/mm/yyyy hh:mm", "[h]:mm", "hh:mm:ss", "[$-407]TT.MM.JJJJ",
    "#,##0 \"d\"", "[Red]0", "@", "#,##0,", "mm:ss.0",
)  # fmt: skip
NUMBERS = (0, 0.5, 1, 59, 60, 61, -1, 44620.5, 2958465, 2958466, 12.5, 1234567890123456, 0.1 + 0.2, 1e300)
TEXTS = ("a", "é €", " <b>&amp;\"' ", "two\nlines\t", "☃ 😀", "_x", "\u00a0", "  ", "=1+1", "'007")


def anything(seed: int) -> bytes:
    """A sheet of numbers, texts, booleans, formulas and blanks in every format, put together by chance."""
    pick = random.Random(seed)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": seed % 3 == 0})
    sheet = book.add_worksheet("Any")
    formats = [book.add_format({"num_format": code}) for code in FORMATS]
    for _ in range(150):
        row, column, shown = pick.randrange(30), pick.randrange(20), pick.choice(formats)
        kind = pick.randrange(5)
        if kind == 0:
            sheet.write_number(row, column, pick.choice(NUMBERS), shown)
        elif kind == 1:
            sheet.write_string(row, column, pick.choice(TEXTS), shown)
        elif kind == 2:
            sheet.write_boolean(row, column, pick.random() < 0.5, shown)
        elif kind == 3:
            sheet.write_formula(row, column, "=A1", shown, pick.choice([1, 2.5, "t", "", True, "#N/A"]))
        else:
            sheet.write_blank(row, column, None, shown)
    book.close()
    return target.getvalue()


def formulas(results: tuple[object, ...], *, by_a_program: bool) -> bytes:
    """A sheet of formulas with these results; a program says that nobody has calculated them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Sums")
    for row, result in enumerate(results):
        sheet.write_formula(row, 0, f"=B{row + 1}*2", None, result)
    book.close()
    mark = b' fullCalcOnLoad="1"'
    content = target.getvalue()
    assert any(mark in part for part in parts_of(content).values())
    return content if by_a_program else rewrite(content, lambda name, part: part.replace(mark, b""))


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def renamed(content: bytes, old: str, new: str) -> bytes:
    """The archive with another piece in the names of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(content).items():
            archive.writestr(name.replace(old, new), part)
    return target.getvalue()


def without_addresses(content: bytes) -> bytes:
    """The workbook with cells and rows that do not say where they stand."""
    tags = re.compile(rb'(<(?:c|row)) r="[A-Z]*[0-9]+"')
    return rewrite(content, lambda name, part: tags.sub(rb"\1", part) if "worksheets/sheet" in name else part)


def read_by_us(content: bytes, *, fallback: bool = False) -> RawBook:
    """The workbook as one of our readers reads it, without a process of its own."""
    return RawBook.from_json(read_book(content, asdict(LIMITS), fallback=fallback))


def sheet_of(book: RawBook, name: str) -> RawSheet:
    """One sheet by its name."""
    return next(sheet for sheet in book.sheets if sheet.name == name)


def values(book: RawBook) -> Values:
    """Every filled cell with its value; no other reader sees formulas that give nothing."""
    return {
        sheet.name: {place: cell.value for place, cell in sheet.cells.items() if cell.value is not None}
        for sheet in book.sheets
    }


def values_by_openpyxl(content: bytes) -> Values:
    """The same as openpyxl reads it in its usual way."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): _plain(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        }
        for sheet in book.worksheets
    }


def _plain(value: Any) -> object:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value) if isinstance(value, (dt.time, dt.timedelta)) else value


def binary_workbook() -> bytes:
    """A workbook in the binary format (.xlsb): sheet "Binary" with "text" in A1, 12.5 in B1 and 7 in A3."""
    sheet = b"".join(
        (
            _record(129), _record(148, struct.pack("<IIII", 0, 2, 0, 1)), _record(145),
            _row(0), _record(6, _cell(0) + _wide("text")), _record(5, _cell(1) + struct.pack("<d", 12.5)),
            _row(2), _record(5, _cell(0) + struct.pack("<d", 7)), _record(146), _record(130),
        )
    )  # fmt: skip
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Binary")
    book = b"".join((_record(131), _record(143), _record(156, bundle), _record(144), _record(132)))
    namespace = "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationships xmlns="{namespace}relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{namespace}content-types"/>')
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return target.getvalue()


def _record(kind: int, data: bytes = b"") -> bytes:
    """One record: kind and length in groups of seven bits."""
    head = bytes((kind,)) if kind < 128 else bytes(((kind & 0x7F) | 0x80, kind >> 7))
    return head + bytes((len(data),)) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _row(number: int) -> bytes:
    return _record(0, struct.pack("<IIHBBBI", number, 0, 0, 0, 0, 0, 0))


def _cell(column: int) -> bytes:
    return struct.pack("<II", column, 0)


def open_document(body: str, manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet whose only sheet, "Open", has these rows as XML."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {"office": "office", "table": "table", "text": "text"}.items()
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Open">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return target.getvalue()


def open_cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    """One cell of an OpenDocument sheet."""
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def open_row(cells: str, attributes: str = "") -> str:
    """One row of an OpenDocument sheet."""
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def codes(content: bytes) -> list[str]:
    """The codes of what is found about a file before its cells are understood."""
    findings = list(preflight(content, LIMITS))
    if all(item.severity != "blocker" for item in findings):
        answer = read_workbook(content, LIMITS)
        findings += [answer] if isinstance(answer, Finding) else noticed(answer)
    return [item.code for item in findings]


def amounts(result: FileResult) -> list[object]:
    """The new amounts of a result."""
    return [change.new for change in result.changes if change.field == "amount_cents"]
