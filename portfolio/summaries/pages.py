"""The chapters that pages print: cut out of the sections that sheets hold, so that no figure can differ."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.summaries.content import Section
from portfolio.summaries.report_pages import report_pages
from portfolio.summaries.scopes import Subject

_KEPT = ("figures", "attention", "partners", "charts", "notes")


def pages_of(subject: Subject, sections: Sequence[Section]) -> tuple[Section, ...]:
    """What a document on paper says of its subject, in the order of reading."""
    if subject.kind in ("region", "portfolio"):
        return report_pages(subject, sections)
    return tuple(section for section in sections if section.key in _KEPT)
