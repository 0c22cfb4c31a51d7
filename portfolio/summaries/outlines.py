"""The outline of a document: its sections in order, its chapters, and what identifies both."""

from __future__ import annotations

import re

from portfolio.summaries.attention_tables import attention_section
from portfolio.summaries.chart_series import charts_section
from portfolio.summaries.checksums import content_checksum
from portfolio.summaries.compared import Comparison, with_before
from portfolio.summaries.content import Section, Summary
from portfolio.summaries.covers import Making, banner_of, cover_section, filters_of, title_of
from portfolio.summaries.data_tables import data_section
from portfolio.summaries.dictionaries import metadata_section
from portfolio.summaries.difference_tables import differences_page, differences_section
from portfolio.summaries.figures import key_figures_section
from portfolio.summaries.follow_up_tables import deadlines_section, has_deadlines, missing_section
from portfolio.summaries.health_tables import has_rates, health_section, rates_section
from portfolio.summaries.milestone_tables import milestones_section, published_section, standing_section
from portfolio.summaries.money_tables import focus_section, has_years, years_section
from portfolio.summaries.notes import notes_section, with_footnotes
from portfolio.summaries.pages import MOST_PAGES, pages_of
from portfolio.summaries.place_tables import partners_section, regions_section
from portfolio.summaries.project_tables import money_section, projects_section
from portfolio.summaries.result_tables import results_section, trainings_section
from portfolio.summaries.risk_tables import evaluations_section, risks_section
from portfolio.summaries.scopes import Subject
from portfolio.summaries.source_tables import evidence_section, sources_section

_SENTENCES = {
    "figures": "the figures to take away, each with what it is known for",
    "attention": "what is late, idle, overspent or about to end, the most urgent first",
    "differences": "what changed since the date that the document is compared with",
    "health": "each project's colour in five dimensions, with the sentence that says why",
    "projects": "one row a project: dates, implementers, partners, published amounts",
    "money": "one row a project: every amount with its basis",
    "rates": "one row a project: payment rate, absorption, burn gap, balances, forecasts, receipts",
    "regions": "counts and money by region, adding up to the portfolio",
    "partners": "counts and money by partner, adding up",
    "focus": "projects and money by focus, each amount with how many projects it is known for",
    "years": "what was signed, paid, incurred and received in each year",
    "milestones": "baseline, forecast, actual, slip and lateness; context entries apart",
    "deadlines": "what falls due or was missed, with its arithmetic; the reporting calendar",
    "results": "every indicator against what is expected by now; totals, and what is in none",
    "trainings": "who was trained, and how far what was taught has come",
    "risks": "the open risks, the highest first",
    "evaluations": "scores by criterion, recommendations and what became of them, policy markers",
    "published": "what sources print: results, targets and inputs",
    "standing": "treaties and indices, beside the spending and never blended with it",
    "charts": "the same figures as pictures, with the numbers drawn",
    "evidence": "the basis of every value, and what other sources say",
    "sources": "the public pages, by project",
    "missing": "what is not known of each project, who owes it, since when",
    "data": "one row a project, period and measure, for pivot tables",
    "metadata": "what every column means, and what the document was made from",
    "notes": "definitions, ways of writing, what is not published, designations",
}


def summary_content(subject: Subject, making: Making, comparison: Comparison | None = None) -> Summary:
    """The document as a tree: the same for the same revision, scope, filter and dates but for its making."""
    title, profile = title_of(subject), subject.profile
    sections = [with_footnotes(section, title, profile) for section in _compared(subject, comparison)]
    chapters = _pages(subject, sections, comparison)
    pages = tuple(with_footnotes(section, title, profile) for section in chapters)
    view = subject.view
    revision = view.portfolio.revision
    heads = (title, filters_of(subject), view.as_of.isoformat(), str(revision), view.known)
    checksum = content_checksum(heads, (*sections, *pages))
    metadata = with_footnotes(metadata_section(subject, sections, checksum), title, profile)
    contents = [(section.title, _SENTENCES[section.key]) for section in (*sections, metadata)]
    cover = cover_section(subject, making, contents, checksum)
    return Summary(
        title=title,
        subject=subject.name,
        stem=_stem(subject),
        as_of=view.as_of,
        revision=revision,
        portfolio=view.portfolio.name,
        filters=filters_of(subject),
        banner=banner_of(view),
        sections=(with_footnotes(cover, title, profile), *sections, metadata),
        pages=pages,
        knowledge=view.known,
        compared_with=None if comparison is None else comparison.day,
        checksum=checksum,
        most_pages=MOST_PAGES.get(subject.kind),
    )


def _compared(subject: Subject, comparison: Comparison | None) -> list[Section]:
    """The sections, with what changed since an earlier date behind the key figures."""
    sections = _sections(subject)
    if comparison is None:
        return sections
    figures = with_before(sections[0], comparison.figures)
    return [figures, differences_section(comparison.differences), *sections[1:]]


def _pages(
    subject: Subject, sections: list[Section], comparison: Comparison | None
) -> tuple[Section, ...]:
    """The chapters, with what changed behind the first one of a report; a brief has no room for it."""
    pages = pages_of(subject, sections)
    if comparison is None or subject.kind not in ("region", "portfolio"):
        return pages
    return (pages[0], differences_page(comparison.differences), *pages[1:])


def _sections(subject: Subject) -> list[Section]:
    sections = [key_figures_section(subject), attention_section(subject), health_section(subject)]
    sections += [projects_section(subject), money_section(subject)]
    if has_rates(subject):
        sections.append(rates_section(subject))
    if subject.kind == "portfolio":
        sections.append(regions_section(subject))
    sections += [partners_section(subject), focus_section(subject)]
    if has_years(subject):
        sections.append(years_section(subject))
    sections += [milestones_section(subject), *_reported(subject)]
    if subject.figures:
        sections.append(published_section(subject))
    if subject.context:
        sections.append(standing_section(subject))
    sections += [
        charts_section(subject),
        missing_section(subject),
        evidence_section(subject),
        sources_section(subject),
        data_section(subject),
        notes_section(subject),
    ]
    return sections


def _reported(subject: Subject) -> list[Section]:
    """What is followed up or reported; a sheet of which nothing is on record would say nothing."""
    found = subject.monitoring
    asked = (
        (has_deadlines(subject), deadlines_section),
        (bool(found.results.indicators), results_section),
        (bool(found.trainings.trainings), trainings_section),
        (bool(found.risks), risks_section),
        (bool(found.reviews or found.markers), evaluations_section),
    )
    return [section(subject) for is_on_record, section in asked if is_on_record]


def _stem(subject: Subject) -> str:
    view = subject.view
    name = subject.scope.id or ("selection" if not view.chosen.is_empty else "portfolio")
    parts = ["summary", name, view.as_of.isoformat(), f"r{view.portfolio.revision}"]
    parts += ["as-known"] if view.known else []
    parts = ["demo", *parts] if view.is_demo else parts
    return re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(parts))[:120]
