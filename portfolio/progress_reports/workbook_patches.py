"""A surgical patch of a workbook's archive: fills on some cells and one more sheet, nothing else changed.

A program that loads and saves a workbook loses what it does not understand, and all results of formulas.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from portfolio.findings import Severity
from portfolio.progress_reports.cells import cell_ref, column_letter, position_of

_FILLS: dict[Severity, str] = {
    "blocker": "FFF6C6C2",
    "error": "FFF6C6C2",
    "warning": "FFFBE3B5",
    "info": "FFD6E4F5",
}
_WORKBOOK, _STYLES, _TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REPORT_PART = "xl/worksheets/import-report.xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LINK_COLUMN = 3
_LONGEST_TEXT = 32_767
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
class ReportLine:
    """One row of the added sheet; `target` is where its cell address links to."""

    texts: tuple[str, ...]
    target: str | None = None


@dataclass(frozen=True)
class Patch:
    """What is to be done to a workbook: cells to colour, rows to hide by sheet, and the sheet to add."""

    marks: Sequence[Mark]
    report_name: str
    lines: Sequence[ReportLine]
    widths: Sequence[int]
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
    book, relations = _parse(archive.read(_WORKBOOK)), _parse(archive.read(_RELATIONS))
    parts, name = _sheet_parts(book, relations), patch.report_name
    styles = _Styles(_parse(archive.read(_STYLES)))
    patched = {part: _unselected(archive.read(part)) for part in parts.values()}
    patched = {part: text for part, text in patched.items() if text != archive.read(part)}
    for sheet in patch.sheets:
        if sheet in parts:
            part = parts[sheet]
            root = _parse(patched.get(part) or archive.read(part))
            _patch_sheet(root, sheet, patch, styles)
            patched[part] = _text(root)
    if name not in parts:
        types = _parse(archive.read(_TYPES))
        etree.SubElement(types, _tag(types, "Override"), PartName=f"/{_REPORT_PART}", ContentType=_SHEET_TYPE)
        _add_sheet(book, relations, name)
        patched |= {_TYPES: _text(types), _RELATIONS: _text(relations)}
    _open_on(book, name)
    namespace = str(etree.QName(book).namespace)
    patched[parts.get(name, _REPORT_PART)] = _report(patch.lines, patch.widths, namespace)
    return {**patched, _WORKBOOK: _text(book), _STYLES: _text(styles.root)}


def _patch_sheet(root: Any, sheet: str, patch: Patch, styles: _Styles) -> None:
    data = root.find(_tag(root, "sheetData"))
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


def _open_on(book: Any, name: str) -> None:
    """Nothing; the workbook shows that sheet first when it is opened."""
    names = [sheet.get("name") for sheet in book.iter(_tag(book, "sheet"))]
    for shown in book.iter(_tag(book, "workbookView")):
        shown.set("activeTab", str(names.index(name)))


def _parse(part: bytes) -> Any:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _text(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tag(element: Any, name: str) -> str:
    return f"{{{etree.QName(element).namespace}}}{name}"


def _relation_name(book: Any) -> str:
    """The attribute that points to a relation, in the dialect of this workbook."""
    spaces = {
        space for sheet in book.iter(_tag(book, "sheet")) for space in map(_space, sheet.attrib) if space
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
        for sheet in book.iter(_tag(book, "sheet"))
    }


def _add_sheet(book: Any, relations: Any, name: str) -> None:
    sheets = book.find(_tag(book, "sheets"))
    number = 1 + max(int(sheet.get("sheetId")) for sheet in sheets)
    kind = next(relation.get("Type") for relation in relations if relation.get("Type").endswith("/worksheet"))
    attributes = {"Id": "rIdImportReport", "Type": kind, "Target": _REPORT_PART.removeprefix("xl/")}
    etree.SubElement(relations, _tag(relations, "Relationship"), attributes)
    sheet = etree.SubElement(sheets, _tag(book, "sheet"), name=name, sheetId=str(number))
    sheet.set(_relation_name(book), "rIdImportReport")


class _Styles:
    """The cell styles of the workbook, with copies that differ only in their fill."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._fills, self._formats = root.find(_tag(root, "fills")), root.find(_tag(root, "cellXfs"))
        self._fill_of: dict[str, int] = {}
        self._made: dict[tuple[int, str], int] = {}

    def coloured(self, style: int, severity: Severity) -> int:
        """The number of a style like `style` with the fill of a severity."""
        colour = _FILLS[severity]
        if (style, colour) not in self._made:
            copy = deepcopy(self._formats[style])
            copy.set("fillId", str(self._fill(colour)))
            copy.set("applyFill", "1")
            self._made[style, colour] = self._append(self._formats, copy)
        return self._made[style, colour]

    def _fill(self, colour: str) -> int:
        if colour not in self._fill_of:
            fill = etree.Element(_tag(self.root, "fill"))
            pattern = etree.SubElement(fill, _tag(self.root, "patternFill"), patternType="solid")
            etree.SubElement(pattern, _tag(self.root, "fgColor"), rgb=colour)
            etree.SubElement(pattern, _tag(self.root, "bgColor"), indexed="64")
            self._fill_of[colour] = self._append(self._fills, fill)
        return self._fill_of[colour]

    @staticmethod
    def _append(parent: Any, element: Any) -> int:
        parent.append(element)
        parent.set("count", str(len(parent)))
        return len(parent) - 1


def _colour(rows: _Places, mark: Mark, styles: _Styles) -> None:
    row, column = position_of(mark.cell)
    line = rows.at(str(row), row)
    cell = _Places(line, "c", lambda ref: position_of(ref)[1]).at(mark.cell, column)
    cell.set("s", str(styles.coloured(int(cell.get("s", 0)), mark.severity)))


class _Places:
    """The rows of a sheet or the cells of a row by their number; what is missing is made in its place."""

    def __init__(self, parent: Any, name: str, place_of: Callable[[str], int]) -> None:
        self._parent, self._name = parent, name
        self._found = {place_of(child.get("r")): child for child in parent if child.get("r")}

    def at(self, ref: str, place: int) -> Any:
        """The row or cell with address `ref`."""
        if place not in self._found:
            made = etree.Element(_tag(self._parent, self._name), r=ref)
            before = max((present for present in self._found if present < place), default=None)
            index = 0 if before is None else self._parent.index(self._found[before]) + 1
            self._parent.insert(index, made)
            self._found[place] = made
        return self._found[place]


def _report(lines: Sequence[ReportLine], widths: Sequence[int], namespace: str) -> bytes:
    """A sheet of inline texts, so that a text that looks like a formula stays a text."""
    spaces: Any = {None: namespace}
    root: Any = etree.Element(f"{{{namespace}}}worksheet", nsmap=spaces)
    properties = etree.SubElement(root, _tag(root, "sheetPr"))
    etree.SubElement(properties, _tag(root, "pageSetUpPr"), fitToPage="1")
    views = etree.SubElement(root, _tag(root, "sheetViews"))
    etree.SubElement(views, _tag(root, "sheetView"), tabSelected="1", workbookViewId="0")
    columns = etree.SubElement(root, _tag(root, "cols"))
    for number, width in enumerate(widths, 1):
        etree.SubElement(
            columns, _tag(root, "col"), min=str(number), max=str(number), width=str(width), customWidth="1"
        )
    data = etree.SubElement(root, _tag(root, "sheetData"))
    for number, line in enumerate(lines, 1):
        row = etree.SubElement(data, _tag(root, "row"), r=str(number))
        for column, text in enumerate(line.texts, 1):
            cell = etree.SubElement(row, _tag(root, "c"), r=cell_ref(number, column), t="inlineStr")
            inline = etree.SubElement(etree.SubElement(cell, _tag(root, "is")), _tag(root, "t"))
            inline.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            inline.text = _printable(text)
    _add_links(root, lines)
    page = {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    etree.SubElement(root, _tag(root, "pageSetup"), page)
    return _text(root)


def _add_links(root: Any, lines: Iterable[ReportLine]) -> None:
    targets = [(number, line.target) for number, line in enumerate(lines, 1) if line.target]
    if targets:
        links = etree.SubElement(root, _tag(root, "hyperlinks"))
        for number, target in targets:
            ref = f"{column_letter(_LINK_COLUMN)}{number}"
            etree.SubElement(links, _tag(root, "hyperlink"), ref=ref, location=target)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or (sign.isprintable() and sign != "\ufffe"))[
        :_LONGEST_TEXT
    ]
