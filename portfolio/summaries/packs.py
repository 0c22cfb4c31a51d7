"""The pack for a steering committee: the summary of what is chosen and its timeline, in one file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from portfolio.dates import now_utc
from portfolio.services.access import Person
from portfolio.services.selection import PortfolioFilter
from portfolio.services.timelines import load_courses
from portfolio.storage.engine import Database, reading
from portfolio.summaries.canvases import Format
from portfolio.summaries.covers import Making
from portfolio.summaries.documents import Document, SummaryScope, document_of
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.scopes import load_subject
from portfolio.summaries.timeline_pages import draw_timeline
from portfolio.summaries.timelines import timeline
from portfolio.summaries.xlsx import render_xlsx

MEDIA_TYPE = "application/zip"
PDF = "application/pdf"
FORMATS: tuple[Format, ...] = ("pdf", "png", "svg")


def make_pack(
    database: Database,
    person: Person,
    *,
    chosen: PortfolioFilter | None = None,
    as_of: dt.date | None = None,
) -> Document:
    """The workbook of the chosen projects and their timeline as PDF, PNG and SVG, zipped.

    All are of one revision, whatever is written meanwhile.

    Raises: NotAllowed if the person may not export.
    """
    making = Making(now_utc(), person.name)
    with reading(database):
        subject = load_subject(database, person, SummaryScope("portfolio"), as_of=as_of, chosen=chosen)
        courses = load_courses(database, person, as_of=subject.view.as_of)
    summary = summary_content(subject, making)
    pages = draw_timeline(timeline(subject, courses), making, FORMATS)
    stem = summary.stem.replace("summary-", "timeline-", 1)
    files = {f"{summary.stem}.xlsx": render_xlsx(summary, making)}
    files |= {f"{stem}.{form}": content for form, content in pages.items()}
    return document_of(summary, pack_name(summary.stem), MEDIA_TYPE, _zipped(files, making.at))


def make_timeline(
    database: Database,
    person: Person,
    *,
    chosen: PortfolioFilter | None = None,
    as_of: dt.date | None = None,
) -> Document:
    """The timeline of the chosen projects alone, as PDF: one landscape page of A4.

    Raises: NotAllowed if the person may not export.
    """
    making = Making(now_utc(), person.name)
    with reading(database):
        subject = load_subject(database, person, SummaryScope("portfolio"), as_of=as_of, chosen=chosen)
        courses = load_courses(database, person, as_of=subject.view.as_of)
    page = draw_timeline(timeline(subject, courses), making, ("pdf",))["pdf"]
    stem = summary_content(subject, making).stem.replace("summary-", "timeline-", 1)
    view = subject.view
    return Document(f"{stem}.pdf", PDF, page, view.as_of, view.portfolio.revision)


def pack_name(summary_stem: str) -> str:
    """The name of the pack with the summary of this name."""
    return f"{summary_stem.replace('summary-', 'steering-committee-', 1)}.zip"


def _zipped(files: dict[str, bytes], at: dt.datetime) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
