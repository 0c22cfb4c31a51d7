"""The chapters that pages print: cut out of the sections that sheets hold, so that no figure can differ."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.summaries.brief_pages import brief_pages
from portfolio.summaries.content import Section
from portfolio.summaries.project_pages import project_pages
from portfolio.summaries.report_pages import report_pages
from portfolio.summaries.scopes import ScopeKind, Subject

# What a document may take on paper.
MOST_PAGES: dict[ScopeKind, int] = {"region": 8, "portfolio": 8, "partner": 2, "project": 1}


def pages_of(subject: Subject, sections: Sequence[Section]) -> tuple[Section, ...]:
    """What a document on paper says of its subject, in the order of reading."""
    if subject.kind == "partner":
        return brief_pages(subject, sections)
    if subject.kind == "project":
        return project_pages(subject, sections)
    return report_pages(subject, sections)
