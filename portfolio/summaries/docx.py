"""A summary as a Word document: its chapters on pages that a unit can restyle and edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

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

CONTENTS = "Contents"
# Narrower than the text: maps are high, and a page has to hold one below the key figures.
_WIDEST_MM, _WIDEST_MAP_MM = 160.0, 128.0
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
    """Writes one document from top to bottom."""

    def __init__(self, package: Package, summary: Summary, making: Making) -> None:
        self.package, self.summary, self.making = package, summary, making
        self.is_short = summary.title.startswith(_SHORT)
        self.designations = tuple(_designations(summary))
        self.texts = Texts(package, self.designations)
        self.noted_first: frozenset[str] = frozenset()
        self.tables = Tables(self.texts, notes=_has_definitions(summary))

    def body(self) -> Iterator[str]:
        """Everything between header and footer."""
        summary = self.summary
        yield self.texts.paragraph("Title", summary.title)
        yield self.texts.paragraph("Subtitle", summary.filters)
        made = f"made {self.making.at.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC by {self.making.by}"
        compared = summary.compared_with
        since = f" · compared with {day_label(compared)}" if compared else ""
        yield self.texts.paragraph("Subtitle", f"{self._stamp()}{since} · {made}")
        # Their footnotes stand at the foot of the first page already.
        self.noted_first = self.texts.noted
        if not self.is_short:
            yield from self._contents()
        for number, section in enumerate(summary.pages, 1):
            yield from self._section(section, number)
        if summary.title.startswith(TITLES["project"]):
            # It has one page, so that every footnote stands on it.
            self.noted_first = self.texts.noted

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
        self.texts.begin_section()
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
        for text in section.remarks:
            yield self.texts.paragraph("Remark", text)

    def _picture(self, block: Picture) -> Iterator[str]:
        width = min(_WIDEST_MAP_MM if isinstance(block, Map) else _WIDEST_MM, self.package.width_mm)
        # What is left out is a text below it. A disclaimer stays inside its map, wherever that is copied to.
        alone = replace(block, left_out="")
        relation, ratio = self.package.image(draw_picture(alone, "png", width_mm=width))
        across = round(width * EMU_PER_MM)
        number = self.texts.number()
        said = f"{block.alt} {block.disclaimer}" if isinstance(block, Map) else block.alt
        drawn = picture(relation, number, f"Picture {number}", said, across, round(across * ratio))
        yield paragraph(self.package.style("Picture"), drawn)
        yield self.texts.caption("Figure", block.title, stays=bool(block.left_out))
        if block.left_out:
            yield self.texts.paragraph("Remark", block.left_out[:1].upper() + block.left_out[1:])

    def edges(self) -> tuple[str, str, str, str]:
        """Header and footer of the first page, then those of the others."""
        title = self.summary.title
        shown = title if len(title) <= _LONGEST_HEAD else f"{title[: _LONGEST_HEAD - 1]}…"
        banner = self._edge("Banner", self.summary.banner) if self.summary.banner else ""
        later = [line for line in self.designations if line not in self.noted_first]
        return banner, self._foot(later), banner + self._edge("Header", shown), self._foot(self.designations)

    def _foot(self, designations: Iterable[str]) -> str:
        lines = "".join(self._edge("Designation", line) for line in designations)
        pages = run("Page ") + field("PAGE", run("1")) + run(" of ") + field("NUMPAGES", run("1"))
        identity = run(f" · {self._stamp()} · checksum {self.summary.checksum}")
        return lines + paragraph(self.package.style("Footer"), pages + identity)

    def _edge(self, style: str, text: str) -> str:
        return paragraph(self.package.style(style), run(text))


def _designations(summary: Summary) -> Iterator[str]:
    """Every designation that the pages call for, and those that the lines below the title do."""
    heads = f"{summary.title} {summary.filters} {summary.knowledge}"
    cover = [line for line in summary.sections[0].footnotes if line.partition("*")[0] in heads]
    found = (line for section in summary.pages for line in section.footnotes)
    yield from dict.fromkeys((*found, *cover))


def _has_definitions(summary: Summary) -> bool:
    return any(table.key == "definitions" for section in summary.pages for table in section.tables)


def _name(number: int) -> str:
    return f"_Toc{number:08d}"
