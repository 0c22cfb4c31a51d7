"""The timeline to print: one landscape page of A4 that names its signs, and every project."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from portfolio.errors import NotAllowed
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.summaries.packs import PDF, make_timeline

AS_OF = dt.date(2026, 11, 23)


def page_of(database: Database, name: str, chosen: PortfolioFilter | None = None) -> str:
    """The text of the one page, whose size has been checked."""
    made = make_timeline(database, LOCAL_PERSON, chosen=chosen, as_of=AS_OF)
    assert (made.name, made.media_type, made.revision) == (name, PDF, 1)
    (page,) = PdfReader(io.BytesIO(made.content)).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((841.7, 595.4), abs=0.5)
    return page.extract_text()


def test_page_of_the_demonstration_explains_every_sign(demo: Database) -> None:
    text = page_of(demo, "demo-timeline-portfolio-2026-11-23-r1.pdf")
    for sign in (
        "running", "forecast", "not running", "not certain to the day", "extension", "original end",
        "baseline", "late milestone", "due in 90 days", "report received", "report due", "report late",
        "steering committee planned",
    ):  # fmt: skip
        assert sign in text
    assert "896 days" in text and "549 days" in text


def test_page_of_26_projects_names_them_all(reference: Database) -> None:
    text = page_of(reference, "timeline-portfolio-2026-11-23-r1.pdf")
    projects = load_view(reference, LOCAL_PERSON, as_of=AS_OF).projects
    assert len(projects) == 26 and all(project.acronym in text for project in projects)
    assert "steering committee" in text and "report" not in text


def test_page_of_a_filter_holds_its_projects_alone(reference: Database) -> None:
    text = page_of(reference, "timeline-selection-2026-11-23-r1.pdf", PortfolioFilter(text="cybersouth"))
    assert "CyberSouth+" in text and "CyberEast" not in text


def test_page_is_refused_to_a_person_who_may_not_export(
    reference: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.services.access.actions_of", lambda role: frozenset({"see"}))
    with pytest.raises(NotAllowed):
        make_timeline(reference, LOCAL_PERSON)
