"""The notes of a document: definitions by number, how numbers, dates and gaps are written, designations."""

from __future__ import annotations

from dataclasses import replace

from portfolio.indicators import CONTEXT_SENTENCE, NOT_ADDITIVE, indicator
from portfolio.partners import footnotes, footnotes_for_text
from portfolio.services.overviews import missing_fields
from portfolio.summaries.content import Column, Facts, Missing, Row, Section, Table
from portfolio.summaries.scopes import Subject

# The figures that documents print, in the order in which they are numbered.
NOTED = (
    "projects", "status", "partly-cyber", "present-end", "total-budget", "budget-split", "eu-contribution",
    "eu-split", "committed", "contracted", "paid", "incurred", "regional-not-split", "outside", "suspended",
    "projects-active", "milestones", "milestones-done", "milestones-late", "late-days", "slip-days",
    "milestones-due", "milestones-undated", "milestones-context", "published-figures", "basis", "sources",
    "revision", "health-red", "health-amber", "health-green", "health-grey", "trainings", "attendances",
)  # fmt: skip

LEGEND_TITLE, GAPS_TITLE = "How to read the tables", "Not published, by field"
NOT_STATED = (
    f"{Missing.UNKNOWN.value} not known: no source states it, or nobody has reported it. It is never 0."
)
_NOT_APPLICABLE = (
    f"{Missing.NOT_APPLICABLE.value} not applicable: the figure has no meaning for this row, or must not be "
    "added up."
)
_TOTALS = "A total adds up what is known. The sheet Key figures says for how many projects it is known."
_ROUNDING = (
    "Amounts are recorded to the cent and shown in whole euro; totals add up the unrounded amounts. Splits "
    "are rounded to the cent by largest remainder, so that no cent is lost."
)
_DATES = "Written as published: 2024, 2024-06 or 2024-06-18. A year or a month is never turned into a day."
_OFF_BUDGET = "European Peace Facility money is off-budget: it is never inside a sum of EU contributions."
_PARTNERS = "A partner is a country or territory. Organisations are implementers or beneficiary institutions."
_QUOTED = (
    "Titles of sources and values as a source states them are quoted as published; how they name a partner "
    "is their publisher's choice."
)
LEGEND = (
    ("Missing values", NOT_STATED),
    ("", _NOT_APPLICABLE),
    ("Totals", _TOTALS),
    ("Rounding", _ROUNDING),
    ("Dates", _DATES),
    ("Off-budget money", _OFF_BUDGET),
    ("Counts over partners", NOT_ADDITIVE),
    ("Context", CONTEXT_SENTENCE),
    ("Partners", _PARTNERS),
    ("Quoted texts", _QUOTED),
)


def note_number(indicator_id: str) -> int:
    """The number of a figure's definition; ValueError if documents do not define it."""
    return NOTED.index(indicator_id) + 1


def notes_section(subject: Subject) -> Section:
    """Definitions, the ways of writing, what is not published, and every designation."""
    return Section(
        key="notes",
        title="Notes",
        blocks=(
            _definitions(),
            Facts(LEGEND, LEGEND_TITLE),
            _gaps(subject),
            _designations(subject),
        ),
        intro=("The numbers in the column Note of the sheet Key figures refer to the first table.",),
    )


def _definitions() -> Table:
    columns = (
        Column("figure", "Figure", widest=26),
        Column("note", "Note", "count"),
        Column("unit", "Unit", widest=14),
        Column("definition", "Definition", widest=52),
        Column("formula", "Formula", widest=46),
        Column("source", "Source", widest=34),
    )
    rows = []
    for indicator_id in NOTED:
        entry = indicator(indicator_id)
        cells = (
            entry.label,
            note_number(indicator_id),
            entry.unit,
            entry.definition,
            entry.formula,
            entry.source,
        )
        rows.append(Row(cells))
    return Table("definitions", columns, tuple(rows))


def _gaps(subject: Subject) -> Facts:
    names = {project.key: project.acronym for project in subject.projects}
    rows = [
        (
            missing.label,
            f"{len(missing.projects)} of {len(names)}: {', '.join(names[key] for key in missing.projects)}",
        )
        for missing in missing_fields(subject.projects)
    ]
    return Facts(tuple(rows) or (("", "Nothing is missing."),), GAPS_TITLE)


def _designations(subject: Subject) -> Facts:
    texts = footnotes(("XKX", "PSE"), subject.profile)
    return Facts(tuple(("", text) for text in texts), "Designations")


def with_footnotes(section: Section, title: str, profile: str) -> Section:
    """The section with the designations that its names, or the document's title above it, call for."""
    if section.key == "notes":  # holds every designation already
        return section
    return replace(section, footnotes=footnotes_for_text([title, *section.texts()], profile))
