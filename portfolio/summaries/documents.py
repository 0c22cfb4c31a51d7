"""A document as a file: what is asked for, checked, composed and rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from portfolio.dates import now_utc
from portfolio.services.access import Person
from portfolio.services.known_dates import Known
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database, reading
from portfolio.summaries.compared import load_comparison
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.renderers import FORMATS, PROFILES, WORKING, check_format, rendered
from portfolio.summaries.scopes import Subject, SummaryScope, load_subject

__all__ = [
    "FORMATS", "PROFILES", "Composition", "Document", "SummaryScope", "compose", "document_of",
    "make_summary",
]  # fmt: skip

# Told how much is done, from 0 to 1, and what is done now.
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Document:
    """A file to hand out, with the date and the revision that its data were read at.

    `checksum` is that of its content: the same in every format; "" where a file holds several documents.
    """

    name: str
    media_type: str
    content: bytes
    as_of: dt.date
    revision: int
    checksum: str = ""


def make_summary(
    database: Database,
    person: Person,
    scope: SummaryScope,
    *,
    format: str = "xlsx",  # noqa: A002
    as_of: dt.date | None = None,
    profile: str = WORKING,
    chosen: PortfolioFilter | None = None,
    compared_with: dt.date | None = None,
    compared_by: Known = "now",
    progress: Progress | None = None,
) -> Document:
    """The summary of a region, a partner, a project or the portfolio as a file.

    `compared_by` says whether what changed since `compared_with` is told by what is recorded now, or by what
    was known on each of the two dates.

    Raises: UsageProblem for a format or profile that there is not, or a comparison with a later date;
            NotFound for a scope that there is not; NotAllowed if the person may not export.
    """
    check_format(format, profile)
    tell = progress or _nothing
    made = compose(
        database, person, scope, as_of=as_of, chosen=chosen, compared_with=compared_with,
        compared_by=compared_by, progress=progress,
    )  # fmt: skip
    tell(0.6, f"Writing {len(made.summary.sections)} sections")
    file = rendered(made.summary, made.making, format, profile)
    tell(1.0, "Done")
    name = f"{made.summary.stem}.{file.extension}"
    return document_of(made.summary, name, file.media_type, file.content)


@dataclass(frozen=True)
class Composition:
    """A document before it is written: what it is of, its tree, and who makes it when."""

    subject: Subject
    summary: Summary
    making: Making


def compose(
    database: Database,
    person: Person,
    scope: SummaryScope,
    *,
    as_of: dt.date | None = None,
    chosen: PortfolioFilter | None = None,
    compared_with: dt.date | None = None,
    compared_by: Known = "now",
    progress: Progress | None = None,
) -> Composition:
    """A document that every format can be written from, all of it at one revision.

    Raises: what `make_summary` raises of scope, comparison and rights.
    """
    tell = progress or _nothing
    tell(0.05, "Reading the portfolio")
    making = Making(now_utc(), person.name)
    comparison = None
    with reading(database):
        subject = load_subject(database, person, scope, as_of=as_of, chosen=chosen)
        if compared_with is not None:
            tell(0.25, "Comparing with the earlier date")
            comparison = load_comparison(
                database, person, subject, scope, compared_with, known=compared_by, chosen=chosen
            )
    tell(0.45, "Composing the document")
    return Composition(subject, summary_content(subject, making, comparison), making)


def _nothing(done: float, step: str) -> None:
    """Nothing: nobody waits."""


def document_of(summary: Summary, name: str, media_type: str, content: bytes) -> Document:
    """A file that holds `summary`, stamped with the date and revision of the data in it."""
    return Document(name, media_type, content, summary.as_of, summary.revision, summary.checksum)
