"""A surgical patch of a workbook's archive: fills on some cells and one more sheet, nothing else changed.

A program that loads and saves a workbook loses what it does not understand, and all results of formulas.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from portfolio.findings import Severity
from portfolio.progress_reports.files.cells import position_of
from portfolio.progress_reports.workbooks.added_sheets import ReportSheet, sheet_part
from portfolio.progress_reports.workbooks.patched_styles import PatchedStyles
from portfolio.progress_reports.workbooks.xml_elements import child, parse, tag, text_of

_WORKBOOK, _STYLES, _TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PRINT_TITLES = "_xlnm.Print_Titles"
# What the names of a workbook have to stand behind, in this order.
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_REPORT_PART = "xl/worksheets/import-report.xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# A sheet that was on top stays selected beside the added one, and both would be edited together.
_SELECTED = re.compile(rb"""\s+tabSelected=(?:"[^"]*"|'[^']*')""")
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Mark:
    """A cell to be coloured."""

    sheet: str
    cell: str
    severity: Severity


@dataclass(frozen=True)
class Patch:
    """What is to be done to a workbook: cells to colour, rows to hide by sheet, and the sheet to add."""

    marks: Sequence[Mark]
    report: ReportSheet
    hidden_rows: Mapping[str, Collection[int]]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets whose own rows change."""
        return tuple(dict.fromkeys((*(mark.sheet for mark in self.marks), *self.hidden_rows)))


def patch_workbook(content: bytes, patch: Patch) -> bytes:
    """The workbook with the patch, opening on the added sheet; an older sheet of its name is replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        patched = _patched_parts(archive, patch)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                copy.writestr(entry, patched.pop(entry.filename, b"") or archive.read(entry))
            for name, part in patched.items():
                copy.writestr(name, part)
    return target.getvalue()


def _patched_parts(archive: zipfile.ZipFile, patch: Patch) -> dict[str, bytes]:
    book, relations = parse(archive.read(_WORKBOOK)), parse(archive.read(_RELATIONS))
    parts, name = _sheet_parts(book, relations), patch.report.name
    styles = PatchedStyles(parse(archive.read(_STYLES)))
    patched = {part: _unselected(archive.read(part)) for part in parts.values()}
    patched = {part: text for part, text in patched.items() if text != archive.read(part)}
    for sheet in patch.sheets:
        if sheet in parts:
            part = parts[sheet]
            root = parse(patched.get(part) or archive.read(part))
            _patch_sheet(root, sheet, patch, styles)
            patched[part] = text_of(root)
    if name not in parts:
        types = parse(archive.read(_TYPES))
        etree.SubElement(types, tag(types, "Override"), PartName=f"/{_REPORT_PART}", ContentType=_SHEET_TYPE)
        _add_sheet(book, relations, name)
        patched |= {_TYPES: text_of(types), _RELATIONS: text_of(relations)}
    _open_on(book, name)
    _repeat_headings(book, patch.report)
    namespace = str(etree.QName(book).namespace)
    patched[parts.get(name, _REPORT_PART)] = sheet_part(patch.report, styles, namespace)
    return {**patched, _WORKBOOK: text_of(book), _STYLES: text_of(styles.root)}


def _patch_sheet(root: Any, sheet: str, patch: Patch, styles: PatchedStyles) -> None:
    data = root.find(tag(root, "sheetData"))
    rows = _Places(data, "row", int)
    for mark in patch.marks:
        if mark.sheet == sheet:
            _colour(rows, mark, styles)
    for number in patch.hidden_rows.get(sheet, ()):
        rows.at(str(number), number).set("hidden", "1")


def _unselected(part: bytes) -> bytes:
    """The sheet as one of those that are not on top; its cells may hold any text and are left alone."""
    head, mark, rest = part.partition(b"sheetData")
    return _SELECTED.sub(b"", head) + mark + rest


def _repeat_headings(book: Any, report: ReportSheet) -> None:
    """Nothing; every printed page of the added sheet begins with its headings."""
    names = [sheet.get("name") for sheet in book.iter(tag(book, "sheet"))]
    where = str(names.index(report.name))
    defined = book.find(tag(book, "definedNames"))
    if defined is None:
        defined = etree.Element(tag(book, "definedNames"))
        before = (book.find(tag(book, name)) for name in _BEFORE_NAMES)
        [part for part in before if part is not None][-1].addnext(defined)
    for present in defined:
        if present.get("name") == _PRINT_TITLES and present.get("localSheetId") == where:
            defined.remove(present)
            break
    child(defined, "definedName", name=_PRINT_TITLES, localSheetId=where).text = report.print_titles


def _open_on(book: Any, name: str) -> None:
    """Nothing; the workbook shows that sheet first when it is opened."""
    names = [sheet.get("name") for sheet in book.iter(tag(book, "sheet"))]
    for shown in book.iter(tag(book, "workbookView")):
        shown.set("activeTab", str(names.index(name)))


def _relation_name(book: Any) -> str:
    """The attribute that points to a relation, in the dialect of this workbook."""
    spaces = {
        space for sheet in book.iter(tag(book, "sheet")) for space in map(_space, sheet.attrib) if space
    }
    return f"{{{next(iter(spaces), _TRANSITIONAL)}}}id"


def _space(attribute: str) -> str | None:
    return etree.QName(attribute).namespace


def _sheet_parts(book: Any, relations: Any) -> dict[str, str]:
    """The part of each sheet by its name."""
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    relation_id = _relation_name(book)
    return {
        sheet.get("name"): posixpath.normpath(posixpath.join("/xl", targets[sheet.get(relation_id)])).lstrip(
            "/"
        )
        for sheet in book.iter(tag(book, "sheet"))
    }


def _add_sheet(book: Any, relations: Any, name: str) -> None:
    sheets = book.find(tag(book, "sheets"))
    number = 1 + max(int(sheet.get("sheetId")) for sheet in sheets)
    kind = next(relation.get("Type") for relation in relations if relation.get("Type").endswith("/worksheet"))
    attributes = {"Id": "rIdImportReport", "Type": kind, "Target": _REPORT_PART.removeprefix("xl/")}
    etree.SubElement(relations, tag(relations, "Relationship"), attributes)
    sheet = etree.SubElement(sheets, tag(book, "sheet"), name=name, sheetId=str(number))
    sheet.set(_relation_name(book), "rIdImportReport")


def _colour(rows: _Places, mark: Mark, styles: PatchedStyles) -> None:
    row, column = position_of(mark.cell)
    line = rows.at(str(row), row)
    cell = _Places(line, "c", lambda ref: position_of(ref)[1]).at(mark.cell, column)
    cell.set("s", str(styles.coloured(int(cell.get("s", 0)), mark.severity)))


class _Places:
    """The rows of a sheet or the cells of a row by their number; what is missing is made in its place."""

    def __init__(self, parent: Any, name: str, place_of: Callable[[str], int]) -> None:
        self._parent, self._name = parent, name
        self._found = {place_of(present.get("r")): present for present in parent if present.get("r")}

    def at(self, ref: str, place: int) -> Any:
        """The row or cell with address `ref`."""
        if place not in self._found:
            made = etree.Element(tag(self._parent, self._name), r=ref)
            before = max((present for present in self._found if present < place), default=None)
            index = 0 if before is None else self._parent.index(self._found[before]) + 1
            self._parent.insert(index, made)
            self._found[place] = made
        return self._found[place]
