"""The last chapter of documents on paper: what they are, how to read them, what is not known, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from portfolio.model.rows import ProjectRow
from portfolio.numbers import counted
from portfolio.services.overviews import missing_fields
from portfolio.summaries.content import (
    Block,
    Column,
    Facts,
    KeyFigure,
    KeyFigures,
    Link,
    Row,
    Section,
    Table,
    known,
)
from portfolio.summaries.covers import about
from portfolio.summaries.notes import GAPS_TITLE, LEGEND, LEGEND_TITLE
from portfolio.summaries.paper_cells import NOT_APPLICABLE, NOT_KNOWN
from portfolio.summaries.scopes import Subject

_SOURCES = (
    Column("project", "Project", widest=20),
    Column("budget", "Total budget rests on", "link", widest=40),
    Column("number", "Sources on record", "count"),
)
# On paper the markers of a sheet are words, and a figure says itself what it is known for.
_ON_PAPER = {
    "Missing values": (
        f"“{NOT_KNOWN}”: no source states it, or nobody has reported it; it is never 0. "
        f"“{NOT_APPLICABLE}”: the figure has no meaning there, or must not be added up."
    ),
    "Totals": "A total adds up what is known; each key figure says for how many projects that is.",
}
_ALL_SOURCES = "Every source of every value stands on the sheets Evidence and Sources of the workbook."


def left_out_note(number: int, noun: str, sheet: str, plural: str | None = None) -> str:
    """That rows were cut off, and where they stand; "" where none was."""
    if number <= 0:
        return ""
    return f"{counted(number, f'more {noun}', plural and f'more {plural}')}: sheet {sheet} of the workbook."


def about_section(
    subject: Subject, by: Mapping[str, Section], chapters: Iterable[Section] = ()
) -> Section:
    """What the document is and leaves out, the definitions of the figures that `chapters` print, sources."""
    notes = by["notes"]
    made_of = Facts(about(subject), "This document")
    blocks: list[Block] = [made_of, _gaps(subject), _definitions(notes, chapters)]
    legend = tuple((name, _ON_PAPER.get(name, text)) for name, text in LEGEND if name)
    blocks.append(Facts(legend, LEGEND_TITLE))
    if subject.projects:
        blocks.append(_sources(subject))
    return Section("about", "About this document", tuple(blocks), remarks=(_ALL_SOURCES,))


def _gaps(subject: Subject) -> Facts:
    """What is not published of how many projects: by name the fewer of those that have it and that do not."""
    names = {project.key: project.acronym for project in subject.projects}
    rows = []
    for missing in missing_fields(subject.projects):
        lacking = set(missing.projects)
        without = [name for key, name in names.items() if key in lacking]
        having = [name for key, name in names.items() if key not in lacking]
        said = f"known only of {', '.join(having)}" if len(having) < len(without) else ", ".join(without)
        count = f"{len(without)} of {len(names)}"
        rows.append((missing.label, f"{count}: {said}" if having else f"{count}, so of none of them"))
    return Facts(tuple(rows) or (("", "Nothing is missing."),), GAPS_TITLE)


def _definitions(notes: Section, chapters: Iterable[Section]) -> Table:
    """The definitions of the key figures that stand on the pages, by their numbers."""
    table = notes.table("definitions")
    used = {figure.note for figure in _figures(chapters)}
    at = table.column("note")
    rows = [place for place, row in enumerate(table.rows) if row.cells[at] in used]
    shown = table.narrowed(("note", "figure", "definition", "formula"), rows)
    return Table("definitions", shown.columns, shown.rows, "What the key figures mean")


def _figures(chapters: Iterable[Section]) -> Iterator[KeyFigure]:
    for section in chapters:
        for block in section.blocks:
            if isinstance(block, KeyFigures):
                yield from (figure for _, members in block.groups for figure in members)


def _sources(subject: Subject) -> Table:
    """How many sources each project has, and the one that its total budget is taken from."""
    numbers = Counter(row.project_key for row in subject.sources)
    rows = tuple(
        Row((project.acronym, known(_of_budget(subject, project)), numbers[project.key]))
        for project in subject.projects
    )
    return Table("source-counts", _SOURCES, rows, "Sources")


def _of_budget(subject: Subject, project: ProjectRow) -> Link | None:
    found = (
        row.url
        for row in subject.evidence_of.get(project.key, [])
        if row.field == "total_budget_cents" and row.is_of_present_value and row.url
    )
    address = next(found, None)
    return None if address is None else Link(address, address)
