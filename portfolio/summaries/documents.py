"""A summary as a file: what is asked for, checked, built and rendered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.dates import now_utc
from portfolio.errors import UsageProblem
from portfolio.services.access import Person
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.scopes import SummaryScope, load_subject
from portfolio.summaries.xlsx import MEDIA_TYPE, render_xlsx

__all__ = ["Document", "SummaryScope", "document_of", "make_summary"]

FORMATS = ("xlsx", "docx", "pdf", "csv")
PROFILES = ("working", "publication")
# Of those that can be asked for, the ones that are written already.
WRITTEN_FORMATS = FORMATS[:1]
WRITTEN_PROFILES = PROFILES[:1]


@dataclass(frozen=True)
class Document:
    """A file to hand out, with the date and the revision that its data were read at."""

    name: str
    media_type: str
    content: bytes
    as_of: dt.date
    revision: int


def make_summary(
    database: Database,
    person: Person,
    scope: SummaryScope,
    *,
    format: str = "xlsx",  # noqa: A002
    as_of: dt.date | None = None,
    profile: str = "working",
    chosen: PortfolioFilter | None = None,
) -> Document:
    """The summary of a region, a partner, a project or the portfolio as a file.

    Raises: UsageProblem for a format or profile that there is not (yet); NotFound for a scope that there is
            not; NotAllowed if the person may not export.
    """
    _check(format, profile)
    subject = load_subject(database, person, scope, as_of=as_of, chosen=chosen)
    making = Making(now_utc(), person.name)
    summary = summary_content(subject, making)
    return document_of(summary, f"{summary.stem}.xlsx", MEDIA_TYPE, render_xlsx(summary, making))


def document_of(summary: Summary, name: str, media_type: str, content: bytes) -> Document:
    """A file that holds `summary`, stamped with the date and revision of the data in it."""
    return Document(name, media_type, content, summary.as_of, summary.revision)


def _check(name: str, profile: str) -> None:
    if name not in FORMATS:
        raise UsageProblem(f"There is no format '{name}'. A summary is written as xlsx.")
    if profile not in PROFILES:
        raise UsageProblem(f"There is no profile '{profile}'. Choose one of {', '.join(PROFILES)}.")
    if profile == "publication" and name != "xlsx":
        raise UsageProblem("The profile publication is for the format xlsx alone.")
    if name not in WRITTEN_FORMATS:
        raise UsageProblem(
            f"Summaries cannot be written as {name} yet. Use --format xlsx; {name} is to follow."
        )
    if profile not in WRITTEN_PROFILES:
        raise UsageProblem(
            "The profile publication is not built yet. Use --profile working; publication is to follow."
        )
