"""A summary as a Word document: its chapters on pages that a unit can restyle and edit."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.summaries.content import (
    Facts,
    KeyFigures,
    Map,
    Picture,
    Section,
    Summary,
    Table,
)
from portfolio.summaries.covers import TITLES, Making, day_label
from portfolio.summaries.docx_packages import Package
from portfolio.summaries.docx_tables import Tables
from portfolio.summaries.docx_texts import Texts
from portfolio.summaries.docx_xml import (
    EMU_PER_MM,
    FIELD_END,
    field,
    field_start,
    link_inside,
    paragraph,
    picture,
    run,
)
from portfolio.summaries.pictures import draw_picture

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENTS = "Contents"
_WIDEST_PICTURE_MM = 160.0
_LONGEST_HEAD = 110
# The documents of one and two pages, on which a table of contents would take the place of content.
_SHORT = (TITLES["partner"], TITLES["project"])


def render_docx(summary: Summary, making: Making) -> bytes:
    """The bytes of the document, made from the template; the same for the same summary and making.

    Raises: UsageProblem if the unit's template cannot be read or has lost a style.
    """
    package = Package()
    writer = _Writer(package, summary, making)
    package.fill("".join(writer.body()))
    package.footnotes(writer.texts.notes)
    package.edges(*writer.edges())
    package.describe(summary, making)
    return package.content()


class _Writer:
    """Writes one document from its title to the line that says who made it."""

    def __init__(self, package: Package, summary: Summary, making: Making) -> None:
        self.package, self.summary, self.making = package, summary, making
        self.is_short = summary.title.startswith(_SHORT)
        self.texts = Texts(package, once=self.is_short)
        self.tables = Tables(self.texts)

    def body(self) -> Iterator[str]:
        """Everything between header and footer."""
        summary = self.summary
        self.texts.begin(self.designations())
        yield self.texts.paragraph("Title", summary.title)
        yield self.texts.paragraph("Subtitle", summary.filters)
        yield self.texts.paragraph("Subtitle", self._stamp())
        if not self.is_short:
            yield from self._contents()
        for number, section in enumerate(summary.pages, 1):
            yield from self._section(section, number)
        made = f"Made {self.making.at:%Y-%m-%d %H:%M} UTC by {self.making.by}."
        yield self.texts.paragraph("Remark", made)

    def designations(self) -> tuple[str, ...]:
        """Every designation that the document calls for."""
        found = (line for section in self.summary.pages for line in section.footnotes)
        return tuple(dict.fromkeys(found))

    def _stamp(self) -> str:
        summary = self.summary
        known = f" · {summary.knowledge}" if summary.knowledge else ""
        return f"Data as at {day_label(summary.as_of)} · revision {summary.revision}{known}"

    def _contents(self) -> Iterator[str]:
        """A field that Word can update, with a result that needs no update."""
        pages = self.summary.pages
        yield self.texts.paragraph("TOC Heading", CONTENTS)
        for number, section in enumerate(pages, 1):
            start = field_start('TOC \\o "1-2" \\h \\n \\z \\u') if number == 1 else ""
            end = FIELD_END if number == len(pages) else ""
            entry = link_inside(_name(number), run(section.title, self.package.style("Hyperlink")))
            yield paragraph(self.package.style("TOC 1"), start + entry + end)

    def _section(self, section: Section, number: int) -> Iterator[str]:
        yield self.texts.heading(_name(number), section.title)
        self.texts.begin(section.footnotes)
        for text in section.intro:
            yield self.texts.paragraph("Normal", text)
        for block in section.blocks:
            if isinstance(block, Table):
                yield self.tables.table(block, section.title)
            elif isinstance(block, KeyFigures):
                compared = self.summary.compared_with
                earlier = f"On {day_label(compared)}" if compared else "Before"
                yield self.tables.figures(block, section.title, earlier)
            elif isinstance(block, Facts):
                yield self.tables.facts(block, section.title)
            else:
                yield from self._picture(block)
        for text in (*section.remarks, *self.texts.left_over()):
            yield self.texts.paragraph("Remark", text)

    def _picture(self, block: Picture) -> Iterator[str]:
        width = min(_WIDEST_PICTURE_MM, self.package.width_mm)
        relation, ratio = self.package.image(draw_picture(block, "png", width_mm=width))
        across = round(width * EMU_PER_MM)
        number = self.texts.number()
        drawn = picture(relation, number, f"Picture {number}", block.alt, across, round(across * ratio))
        yield paragraph(self.package.style("Picture"), drawn)
        yield self.texts.caption("Figure", block.title, stays=False)
        lines = (block.left_out, block.disclaimer if isinstance(block, Map) else "")
        for line in filter(None, lines):
            yield self.texts.paragraph("Remark", line[0].upper() + line[1:])

    def edges(self) -> tuple[str, str, str]:
        """The header of the first page, that of the others, and the footer."""
        summary = self.summary
        title = (
            summary.title if len(summary.title) <= _LONGEST_HEAD else f"{summary.title[: _LONGEST_HEAD - 1]}…"
        )
        banner = self._edge("Banner", summary.banner) if summary.banner else ""
        head = self._edge("Header", f"{title} · {self._stamp()}")
        lines = "".join(self._edge("Designation", line) for line in self.designations())
        pages = field("PAGE", run("1")) + run(" of ") + field("NUMPAGES", run("1"))
        identity = run(f"{self._stamp()} · checksum {summary.checksum} · page ")
        return banner, banner + head, lines + paragraph(self.package.style("Footer"), identity + pages)

    def _edge(self, style: str, text: str) -> str:
        return paragraph(self.package.style(style), run(text))


def _name(number: int) -> str:
    return f"_Toc{number:08d}"
