"""Paragraphs of a Word document: texts with their designations as footnotes, links, headings and captions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portfolio.summaries.content import Cell, Column, Link, Missing
from portfolio.summaries.docx_packages import Package
from portfolio.summaries.docx_xml import (
    bookmark,
    escaped,
    field,
    link_inside,
    link_outside,
    paragraph,
    run,
)
from portfolio.summaries.paper_cells import HEALTH_LETTERS, cell_text
from portfolio.summaries.xlsx_cells import is_link, is_right_to_left

_HEALTH_STYLES = {"G Green": "Health green", "A Amber": "Health amber", "R Red": "Health red"}
_BIDI = "<w:bidi/>"


class Texts:
    """Writes the texts of one document, in the order of reading.

    A name that a designation explains gets its footnote where a section names it first: the asterisk is the
    mark. Where a document is short (`once`), later sections lead to the first footnote instead.
    """

    def __init__(self, package: Package, *, once: bool = False) -> None:
        self.package = package
        self._once = once
        self._open: dict[str, str] = {}
        self._bookmarks: dict[str, str] = {}
        self._notes: list[str] = []
        self._numbers = 0
        self._counts: dict[str, int] = {}

    @property
    def notes(self) -> str:
        """The footnotes so far."""
        return "".join(self._notes)

    def number(self) -> int:
        """A number that nothing else in the document has."""
        self._numbers += 1
        return self._numbers

    def begin(self, footnotes: Iterable[str]) -> None:
        """Nothing; from here on a section with these designations is written."""
        self._open = {line.partition(": ")[0]: line for line in footnotes}

    def left_over(self) -> tuple[str, ...]:
        """The designations of the section that no name of ours has carried: they stand below it."""
        return tuple(self._open.values())

    def runs(self, text: str, style: str = "") -> str:
        """A text in a character style, by its name in the template."""
        own = self.package.style(style) if style else ""
        if not self._open:
            return run(text, own)
        named = re.compile("|".join(f"({re.escape(name)})" for name in self._open))
        found = named.search(text)
        if found is None:
            return run(text, own)
        name = found.group()
        before = run(text[: found.end() - 1], own)
        return before + self._mark(name, own) + self.runs(text[found.end() :], style)

    def _mark(self, name: str, style: str) -> str:
        line = self._open.pop(name)
        if self._once and name in self._bookmarks:
            return link_inside(self._bookmarks[name], run("*", style))
        number = len(self._notes) + 1
        self._notes.append(self._footnote(number, line))
        reference = self.package.style("Footnote Reference")
        mark = (
            f'<w:r><w:rPr><w:rStyle w:val="{reference}"/></w:rPr>'
            f'<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/><w:t>*</w:t></w:r>'
        )
        if name in self._bookmarks:
            return mark
        self._bookmarks[name] = f"_Designation{number}"
        return bookmark(self._bookmarks[name], self.number(), mark)

    def _footnote(self, number: int, line: str) -> str:
        reference = self.package.style("Footnote Reference")
        mark = f'<w:r><w:rPr><w:rStyle w:val="{reference}"/></w:rPr><w:t>*</w:t></w:r>'
        inside = paragraph(self.package.style("Footnote Text"), mark + run(f" {line}"))
        return f'<w:footnote w:id="{number}">{inside}</w:footnote>'

    def paragraph(self, style: str, text: str, *, more: str = "", face: str = "") -> str:
        """A text as a paragraph, in its own direction."""
        turned = _BIDI if is_right_to_left(text) else ""
        return paragraph(self.package.style(style), self.runs(text, face), more=more + turned)

    def heading(self, name: str, title: str) -> str:
        """A heading under a name that the table of contents leads to; its asterisk needs no footnote."""
        turned = _BIDI if is_right_to_left(title) else ""
        marked = bookmark(name, self.number(), run(title))
        return paragraph(self.package.style("Heading 1"), marked, more=turned)

    def caption(self, label: str, text: str, *, stays: bool) -> str:
        """A numbered caption; with `stays` it keeps with what follows."""
        self._counts[label] = self._counts.get(label, 0) + 1
        number = field(f"SEQ {label} \\* ARABIC", run(str(self._counts[label])))
        content = run(f"{label} ") + number + run(". ") + self.runs(text)
        return paragraph(self.package.style("Caption"), content, more="<w:keepNext/>" if stays else "")

    def cell(self, cell: Cell, column: Column) -> str:
        """The runs of a cell."""
        if isinstance(cell, Link):
            return self._link(cell)
        text = cell_text(cell, column.kind, column.key)
        if isinstance(cell, Missing):
            return run(text, self.package.style("Not known"))
        if cell in HEALTH_LETTERS and text in _HEALTH_STYLES:
            return self.runs(text, _HEALTH_STYLES[text])
        return self.runs(text)

    def _link(self, link: Link) -> str:
        if not is_link(link.address):
            return self.runs(link.address)
        name = run(link.name, self.package.style("Hyperlink"))
        return link_outside(self.package.link(link.address), name)


def described(text: str) -> str:
    """The text in the description of a table."""
    return escaped(text).replace('"', "&quot;")
