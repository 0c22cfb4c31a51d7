"""A document as a file: what is asked for, checked, composed and rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from portfolio.dates import now_utc
from portfolio.errors import UsageProblem
from portfolio.services.access import Person
from portfolio.services.differences.standpoints import Known
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database, reading
from portfolio.summaries.compared import load_comparison
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.renderers import FORMATS, PROFILES, WORKING, rendered
from portfolio.summaries.scopes import SummaryScope, load_subject

__all__ = ["FORMATS", "PROFILES", "Document", "SummaryScope", "document_of", "make_summary"]

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
    _check(format, profile)
    tell = progress or _nothing
    tell(0.1, "Reading the portfolio")
    making = Making(now_utc(), person.name)
    with reading(database):
        subject = load_subject(database, person, scope, as_of=as_of, chosen=chosen)
        comparison = None
        if compared_with is not None:
            comparison = load_comparison(
                database, person, subject, scope, compared_with, known=compared_by, chosen=chosen
            )
    tell(0.5, "Composing the document")
    summary = summary_content(subject, making, comparison)
    tell(0.7, f"Writing {len(summary.sections)} sections")
    file = rendered(summary, making, format, profile)
    tell(1.0, "Done")
    return document_of(summary, f"{summary.stem}.{file.extension}", file.media_type, file.content)


def _nothing(done: float, step: str) -> None:
    """Nothing: nobody waits."""


def document_of(summary: Summary, name: str, media_type: str, content: bytes) -> Document:
    """A file that holds `summary`, stamped with the date and revision of the data in it."""
    return Document(name, media_type, content, summary.as_of, summary.revision, summary.checksum)


def _check(name: str, profile: str) -> None:
    if name not in FORMATS:
        raise UsageProblem(f"There is no format '{name}'. Choose one of {', '.join(FORMATS)}.")
    if profile not in PROFILES:
        raise UsageProblem(f"There is no profile '{profile}'. Choose one of {', '.join(PROFILES)}.")
    if profile != WORKING and name != "xlsx":
        raise UsageProblem(f"The profile {profile} is for the format xlsx alone.")
