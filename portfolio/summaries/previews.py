"""What a summary would contain, said before it is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.dates import now_utc
from portfolio.services.access import Person
from portfolio.services.overviews import Missing, missing_fields
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database
from portfolio.summaries.content import Chart, KeyFigures, Section, Table
from portfolio.summaries.covers import Making, banner_of, filters_of, title_of
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.scopes import SummaryScope, load_subject


@dataclass(frozen=True)
class SheetPreview:
    """One sheet: its name, how much stands on it, and its counted noun ("row", "figure", "chart")."""

    title: str
    number: int
    noun: str


@dataclass(frozen=True)
class SummaryPreview:
    """A summary as it would be: its sheets, what is in it and left out by name, and what is not known."""

    title: str
    stem: str
    filters: str
    banner: str
    as_of: dt.date
    revision: int
    sheets: tuple[SheetPreview, ...]
    inside: tuple[str, ...]
    left_out: tuple[str, ...]
    missing: tuple[Missing, ...]
    names: dict[str, str]
    footnotes: tuple[str, ...]


def preview_summary(
    database: Database,
    person: Person,
    scope: SummaryScope,
    *,
    as_of: dt.date | None = None,
    chosen: PortfolioFilter | None = None,
) -> SummaryPreview:
    """What the summary of `scope` would contain; nothing is made.

    Raises: NotFound for a scope that there is not; NotAllowed if the person may not export.
    """
    subject = load_subject(database, person, scope, as_of=as_of, chosen=chosen)
    summary = summary_content(subject, Making(now_utc(), person.name))
    view = subject.view
    return SummaryPreview(
        title=title_of(subject),
        stem=summary.stem,
        filters=filters_of(subject),
        banner=banner_of(view),
        as_of=view.as_of,
        revision=view.portfolio.revision,
        sheets=tuple(_sheet(section) for section in summary.sections),
        inside=tuple(project.acronym for project in subject.projects),
        left_out=tuple(project.acronym for project in view.left_out),
        missing=missing_fields(subject.projects),
        names=view.names,
        footnotes=tuple(dict.fromkeys(line for section in summary.sections for line in section.footnotes)),
    )


def _sheet(section: Section) -> SheetPreview:
    charts = sum(isinstance(block, Chart) for block in section.blocks)
    if charts:
        return SheetPreview(section.title, charts, "chart")
    figures = [block for block in section.blocks if isinstance(block, KeyFigures)]
    if figures:
        number = sum(len(members) for block in figures for _, members in block.groups)
        return SheetPreview(section.title, number, "figure")
    rows = sum(not row.sums for block in section.blocks if isinstance(block, Table) for row in block.rows)
    tables = any(isinstance(block, Table) for block in section.blocks)
    return SheetPreview(section.title, rows, "row" if tables else "page")
