"""Paragraphs of a Word document: texts with their designations as footnotes, links, headings and captions."""

from __future__ import annotations

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
from portfolio.summaries.paper_cells import cell_text
from portfolio.summaries.safe_texts import is_link, is_right_to_left

# Shape and style beside the words of health: never the colour alone.
_SIGNS = {
    "Green": ("●", "Health green"), "Amber": ("▲", "Health amber"), "Red": ("◆", "Health red"),
    "Closed": ("■", ""), "Not known": ("○", "Not known"),
}  # fmt: skip


class Texts:
    """Writes the texts of one document, in the order of reading.

    The first name of ours that a designation explains carries it as a footnote, of which the asterisk is the
    mark; the first one in each section leads back to it. The foot of every page holds the text besides.
    """

    def __init__(self, package: Package, designations: Iterable[str] = ()) -> None:
        self.package = package
        self._designations = {line.partition(": ")[0]: line for line in designations}
        self._open = set(self._designations)
        self._bookmarks: dict[str, str] = {}
        self._notes: list[str] = []
        self._numbers = 0
        self._counts: dict[str, int] = {}

    @property
    def notes(self) -> str:
        """The footnotes so far."""
        return "".join(self._notes)

    @property
    def noted(self) -> frozenset[str]:
        """The designations that have their footnote by now."""
        return frozenset(self._designations[name] for name in self._bookmarks)

    def number(self) -> int:
        """A number that nothing else in the document has."""
        self._numbers += 1
        return self._numbers

    def begin_section(self) -> None:
        """Nothing; what follows belongs to the next section."""
        self._open = set(self._designations)

    def runs(self, text: str, style: str = "") -> str:
        """A text in a character style, by its name in the template."""
        own = self.package.style(style) if style else ""
        found = [(at, name) for name in self._open if (at := text.find(name)) >= 0]
        if not found:
            return run(text, own)
        at, name = min(found)
        star = at + len(name) - 1
        self._open.discard(name)
        return run(text[:star], own) + self._mark(name, own) + self.runs(text[star + 1 :], style)

    def _mark(self, name: str, style: str) -> str:
        if name in self._bookmarks:
            return link_inside(self._bookmarks[name], run("*", style))
        number = len(self._notes) + 1
        reference = f'<w:rPr><w:rStyle w:val="{self.package.style("Footnote Reference")}"/></w:rPr>'
        # The name itself begins the text of the note, so that the note needs no mark of its own.
        note = paragraph(self.package.style("Footnote Text"), run(self._designations[name]))
        self._notes.append(f'<w:footnote w:id="{number}">{note}</w:footnote>')
        self._bookmarks[name] = f"_Designation{number}"
        mark = f'<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/><w:t>*</w:t>'
        return bookmark(self._bookmarks[name], self.number(), f"<w:r>{reference}{mark}</w:r>")

    def paragraph(self, style: str, text: str, *, face: str = "", indent: int = 0) -> str:
        """A text as a paragraph, in its own direction."""
        turned = is_right_to_left(text)
        content = self.runs(text, face)
        return paragraph(self.package.style(style), content, turned=turned, indent=indent)

    def heading(self, name: str, title: str) -> str:
        """A heading under a name that the table of contents leads to; its asterisk needs no footnote."""
        marked = bookmark(name, self.number(), run(title))
        return paragraph(self.package.style("Heading 1"), marked, turned=is_right_to_left(title))

    def caption(self, label: str, text: str, *, stays: bool) -> str:
        """A numbered caption; with `stays` it keeps with what follows."""
        self._counts[label] = self._counts.get(label, 0) + 1
        number = field(f"SEQ {label} \\* ARABIC", run(str(self._counts[label])))
        content = run(f"{label} ") + number + run(". ") + self.runs(text)
        return paragraph(self.package.style("Caption"), content, stays=stays)

    def cell(self, cell: Cell, column: Column) -> str:
        """The runs of a cell."""
        if isinstance(cell, Link):
            return self._link(cell)
        if isinstance(cell, Missing):
            return run(signed(cell, column), self.package.style("Not known"))
        style = _SIGNS.get(str(cell), ("", ""))[1] if column.kind == "colour" else ""
        return self.runs(signed(cell, column), style)

    def _link(self, link: Link) -> str:
        if not is_link(link.address):
            return self.runs(link.address)
        name = run(link.name, self.package.style("Hyperlink"))
        return link_outside(self.package.link(link.address), name)


def signed(cell: Cell, column: Column) -> str:
    """A cell as it is printed, a colour with its shape before it."""
    text = cell_text(cell, column.kind)
    shape = _SIGNS.get(str(cell), ("", ""))[0] if column.kind == "colour" else ""
    return f"{shape}\N{NO-BREAK SPACE}{text}" if shape else text


def described(text: str) -> str:
    """The text in the description of a table."""
    return escaped(text).replace('"', "&quot;")
