"""The sheet that is added to a copy handed back: what was checked, and a table of everything found."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from portfolio.findings import Severity
from portfolio.progress_reports.files.cells import cell_ref, column_letter
from portfolio.progress_reports.workbooks.patched_styles import PatchedStyles
from portfolio.progress_reports.workbooks.xml_elements import child, text_of

LINK_COLUMN = 3
_LONGEST_TEXT = 32_767
_LINE_HEIGHT, _MOST_LINES = 15, 27
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class ReportLine:
    """One row of the table; `target` is where its cell address links to."""

    texts: tuple[str, ...]
    severity: Severity
    target: str | None = None


@dataclass(frozen=True)
class ReportSheet:
    """The sheet: its title, the lines below it, and the table; `widths` are those of the columns."""

    name: str
    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    lines: Sequence[ReportLine]
    widths: Sequence[int]

    @property
    def header_row(self) -> int:
        """The row of the headings, which is printed on every page."""
        return len(self.notes) + 3

    @property
    def print_titles(self) -> str:
        """The rows that every printed page repeats, as a reference."""
        return f"'{self.name}'!${self.header_row}:${self.header_row}"

    def height(self, texts: Sequence[str]) -> int:
        """The height of a row in points: not every program fits it to wrapped texts by itself."""
        lines = max(
            sum(len(textwrap.wrap(part, width)) or 1 for part in text.splitlines() or [""])
            for text, width in zip(texts, self.widths, strict=True)
        )
        return _LINE_HEIGHT * min(lines, _MOST_LINES)


def sheet_part(sheet: ReportSheet, styles: PatchedStyles, namespace: str) -> bytes:
    """The sheet as a part, of inline texts, so that a text that looks like a formula stays a text."""
    spaces: Any = {None: namespace}
    root: Any = etree.Element(f"{{{namespace}}}worksheet", nsmap=spaces)
    child(child(root, "sheetPr"), "pageSetUpPr", fitToPage=1)
    view = child(child(root, "sheetViews"), "sheetView", showGridLines=0, tabSelected=1, workbookViewId=0)
    below = sheet.header_row
    child(view, "pane", ySplit=below, topLeftCell=f"A{below + 1}", activePane="bottomLeft", state="frozen")
    columns = child(root, "cols")
    for number, width in enumerate(sheet.widths, 1):
        child(columns, "col", min=number, max=number, width=width, customWidth=1)
    _add_rows(child(root, "sheetData"), sheet, styles)
    _add_links(root, sheet)
    child(root, "pageSetup", paperSize=9, orientation="landscape", fitToHeight=0)
    child(child(root, "headerFooter"), "oddFooter").text = "&CPage &P of &N"
    return text_of(root)


def _add_rows(data: Any, sheet: ReportSheet, styles: PatchedStyles) -> None:
    _add_row(data, 1, [sheet.title], [styles.of_text("title")], 21)
    for number, note in enumerate(sheet.notes, 2):
        _add_row(data, number, [note], [styles.of_text("plain")])
    headed = [styles.of_text("header")] * len(sheet.headings)
    _add_row(data, sheet.header_row, sheet.headings, headed, sheet.height(sheet.headings))
    wrapped = styles.of_text("wrapped")
    for number, line in enumerate(sheet.lines, sheet.header_row + 1):
        looks = [styles.of_text("wrapped", line.severity), *[wrapped] * (len(line.texts) - 1)]
        _add_row(data, number, line.texts, looks, sheet.height(line.texts))


def _add_row(
    data: Any, number: int, texts: Sequence[str], looks: Sequence[int], height: int | None = None
) -> None:
    row = child(data, "row", r=number)
    if height is not None:
        row.set("ht", str(height))
        row.set("customHeight", "1")
    for column, (text, look) in enumerate(zip(texts, looks, strict=True), 1):
        cell = child(row, "c", r=cell_ref(number, column), s=look, t="inlineStr")
        inline = child(child(cell, "is"), "t")
        inline.set(_SPACE, "preserve")
        inline.text = _printable(text)


def _add_links(root: Any, sheet: ReportSheet) -> None:
    lines = enumerate(sheet.lines, sheet.header_row + 1)
    targets = [(number, line.target) for number, line in lines if line.target]
    if targets:
        links = child(root, "hyperlinks")
        for number, target in targets:
            child(links, "hyperlink", ref=f"{column_letter(LINK_COLUMN)}{number}", location=target)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or (sign.isprintable() and sign != "\ufffe"))[
        :_LONGEST_TEXT
    ]
