"""What a summary would contain, said before it is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.services.access import Person
from portfolio.services.known_dates import under
from portfolio.services.overviews import Missing, missing_fields
from portfolio.storage.engine import Database
from portfolio.summaries.content import KeyFigures, Picture, Section
from portfolio.summaries.documents import Composition, Progress, compose
from portfolio.summaries.made_documents import Request, asked

# Sharp enough to be read on a screen at full width.
_PIXELS_PER_INCH = 96


@dataclass(frozen=True)
class SheetPreview:
    """One sheet: its name, how much stands on it, and its counted noun ("row", "figure", "chart")."""

    title: str
    number: int
    noun: str


@dataclass(frozen=True)
class SummaryPreview:
    """A document as it would be: sheets, chapters, what is in it and left out by name, what is not known.

    `pages` are pictures (PNG) of its pages as the PDF has them.
    """

    title: str
    stem: str
    filters: str
    banner: str
    as_of: dt.date
    revision: int
    knowledge: str
    checksum: str
    sheets: tuple[SheetPreview, ...]
    chapters: tuple[str, ...]
    pages: tuple[bytes, ...]
    inside: tuple[str, ...]
    left_out: tuple[str, ...]
    missing: tuple[Missing, ...]
    names: dict[str, str]
    footnotes: tuple[str, ...]


def preview_document(
    database: Database,
    person: Person,
    request: Request,
    *,
    with_pages: bool = False,
    progress: Progress | None = None,
) -> SummaryPreview:
    """What the document that `request` asks for would contain; nothing is made.

    `database` is the portfolio that it asks for, of now or of then. The pages are drawn only `with_pages`.

    Raises: NotFound for a scope that there is not; NotAllowed if the person may not export; UsageProblem for
            a comparison with a later date.
    """
    made = _composed(database, person, request, progress)
    if progress is not None and with_pages:
        progress(0.6, "Drawing the pages")
    return _preview(made, _pages(made) if with_pages else ())


def _composed(
    database: Database, person: Person, request: Request, progress: Progress | None
) -> Composition:
    if request.known == "then" and not database.known:
        # Nothing was written since, but the document says what it is made of.
        with under(asked(database, request)) as former:
            return _composed(former, person, request, progress)
    return compose(
        database, person, request.scope, as_of=request.as_of, chosen=request.chosen,
        compared_with=request.compared_with, compared_by=request.known, progress=progress,
    )  # fmt: skip


def _pages(made: Composition) -> tuple[bytes, ...]:
    # Imported when somebody looks: typst and matplotlib take a second to load.
    from portfolio.summaries.pdf import page_images

    return page_images(made.summary, made.making, ppi=_PIXELS_PER_INCH)


def _preview(made: Composition, pages: tuple[bytes, ...]) -> SummaryPreview:
    summary, subject = made.summary, made.subject
    view = subject.view
    # A screen that shows the pages names nobody that only the sheets name.
    shown = summary.pages if pages else summary.sections
    return SummaryPreview(
        title=summary.title,
        stem=summary.stem,
        filters=summary.filters,
        banner=summary.banner,
        as_of=summary.as_of,
        revision=summary.revision,
        knowledge=summary.knowledge,
        checksum=summary.checksum,
        sheets=tuple(_sheet(section) for section in summary.sections),
        chapters=tuple(section.title for section in summary.pages),
        pages=pages,
        inside=tuple(project.acronym for project in subject.projects),
        left_out=tuple(project.acronym for project in view.left_out),
        missing=missing_fields(subject.projects),
        names=view.names,
        footnotes=tuple(dict.fromkeys(line for each in shown for line in each.footnotes)),
    )


def _sheet(section: Section) -> SheetPreview:
    charts = sum(isinstance(block, Picture) for block in section.blocks)
    if charts:
        return SheetPreview(section.title, charts, "chart")
    figures = [block for block in section.blocks if isinstance(block, KeyFigures)]
    if figures:
        number = sum(len(members) for block in figures for _, members in block.groups)
        return SheetPreview(section.title, number, "figure")
    rows = sum(not row.sums for table in section.tables for row in table.rows)
    return SheetPreview(section.title, rows, "row" if section.tables else "page")
