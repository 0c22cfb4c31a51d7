"""The outline of a document: its sections in order, its chapters, and what identifies both."""

from __future__ import annotations

import re

from portfolio.summaries.attention_tables import attention_section
from portfolio.summaries.chart_series import charts_section
from portfolio.summaries.checksums import content_checksum
from portfolio.summaries.content import Section, Summary
from portfolio.summaries.covers import Making, banner_of, cover_section, filters_of, title_of
from portfolio.summaries.figures import key_figures_section
from portfolio.summaries.follow_up_tables import deadlines_section, has_deadlines, missing_section
from portfolio.summaries.health_tables import has_rates, health_section, rates_section
from portfolio.summaries.milestone_tables import milestones_section, published_section, standing_section
from portfolio.summaries.notes import notes_section, with_footnotes
from portfolio.summaries.pages import pages_of
from portfolio.summaries.place_tables import partners_section, regions_section
from portfolio.summaries.project_tables import money_section, projects_section
from portfolio.summaries.result_tables import results_section, trainings_section
from portfolio.summaries.risk_tables import evaluations_section, risks_section
from portfolio.summaries.scopes import Subject
from portfolio.summaries.source_tables import evidence_section, sources_section

_SENTENCES = {
    "figures": "the figures to take away, each with what it is known for",
    "attention": "what is late, idle, overspent or about to end, the most urgent first",
    "health": "each project's colour in five dimensions, with the sentence that says why",
    "projects": "one row a project: dates, implementers, partners, published amounts",
    "money": "one row a project: every amount with its basis",
    "rates": "one row a project: payment rate, absorption, burn gap, balances, forecasts, receipts",
    "regions": "counts and money by region, adding up to the portfolio",
    "partners": "counts and money by partner, adding up",
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
    "notes": "definitions, ways of writing, what is not published, designations",
}


def summary_content(subject: Subject, making: Making) -> Summary:
    """The document as a tree: the same for the same revision, scope, filter and date but for its making."""
    title, profile = title_of(subject), subject.profile
    sections = [with_footnotes(section, title, profile) for section in _sections(subject)]
    pages = tuple(with_footnotes(section, title, profile) for section in pages_of(subject, sections))
    view = subject.view
    revision = view.portfolio.revision
    heads = (title, filters_of(subject), view.as_of.isoformat(), str(revision), view.known)
    checksum = content_checksum(heads, (*sections, *pages))
    contents = [(section.title, _SENTENCES[section.key]) for section in sections]
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
        sections=(with_footnotes(cover, title, profile), *sections),
        pages=pages,
        knowledge=view.known,
        checksum=checksum,
    )


def _sections(subject: Subject) -> list[Section]:
    sections = [key_figures_section(subject), attention_section(subject), health_section(subject)]
    sections += [projects_section(subject), money_section(subject)]
    if has_rates(subject):
        sections.append(rates_section(subject))
    if subject.kind == "portfolio":
        sections.append(regions_section(subject))
    sections += [partners_section(subject), milestones_section(subject), *_reported(subject)]
    if subject.figures:
        sections.append(published_section(subject))
    if subject.context:
        sections.append(standing_section(subject))
    sections += [
        charts_section(subject),
        missing_section(subject),
        evidence_section(subject),
        sources_section(subject),
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
    parts = ["demo", *parts] if view.is_demo else parts
    return re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(parts))[:120]
