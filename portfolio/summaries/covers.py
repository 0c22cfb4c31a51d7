"""The cover: what the document is, of when, of what, and what it leaves out."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.dates import PartialDate
from portfolio.model.rows import ProjectRow
from portfolio.partners import partners, region_name
from portfolio.services.statuses import before_first_start
from portfolio.services.views import PortfolioView
from portfolio.summaries.content import Facts, Section
from portfolio.summaries.scopes import Subject

# The label of the one fact that differs when a document is made again.
MADE = "Made"
DEMO_BANNER = "Demonstration portfolio: fictional"
TITLES = {
    "region": "Regional summary",
    "partner": "Partner brief",
    "project": "Project sheet",
    "portfolio": "Portfolio report",
}
COLLECTION = (
    "The portfolio is a collection from public sources. It is not a complete register of EU-funded cyber "
    "capacity building, and a figure that no source states is not filled in."
)
FICTION = (
    "Everything in this document is made up to show the tracker at work: projects, organisations, amounts, "
    "dates and sources. Nothing in it may be quoted as a fact about a real partner or institution."
)
OWN_RECORDS = "The portfolio holds what its users have entered in this tracker, and nothing else."
AS_OF = (
    "It counts what had happened by this date: amendments signed, payments made, values of periods that had "
    "ended, milestones reached. Amounts and dates are those recorded at the revision above, whenever they "
    "were recorded: a value corrected later stands corrected."
)
AS_RECORDED = (
    "Published budgets, ends that no amendment moved, published figures, texts, risks without a date and "
    "indices of partners without one stand as recorded, whenever they were published."
)
KNOWN_THEN = (
    "It counts what had happened by this date, {}: a value that was corrected later still stands as it was "
    "known."
)
_LINE = 900


@dataclass(frozen=True)
class Making:
    """When and by whom a document was made; the only thing in it that differs when it is made again."""

    at: dt.datetime
    by: str


def title_of(subject: Subject) -> str:
    """The title of the document."""
    name = "" if subject.kind == "portfolio" else f": {subject.name}"
    return TITLES[subject.kind] + name


def banner_of(view: PortfolioView) -> str:
    """What every sheet or page has to say of the portfolio."""
    return DEMO_BANNER if view.is_demo else ""


def day_label(day: dt.date) -> str:
    """A day as people read it."""
    return PartialDate(day.year, day.month, day.day).label


def filters_of(subject: Subject) -> str:
    """Scope and filter in words."""
    chosen = subject.view.chosen
    if chosen.is_empty:
        return _scope(subject)
    names = {role.organisation_key: role.name for row in subject.view.everything for role in row.roles}
    if subject.kind == "portfolio":
        return f"Part of the portfolio, by {chosen.sentence(names)}"
    return f"{_scope(subject)}; further filter: {chosen.sentence(names)}"


def _scope(subject: Subject) -> str:
    if subject.kind == "portfolio":
        return "Whole portfolio"
    if subject.kind == "project":
        return f"Project: {subject.name} ({subject.scope.id})"
    if subject.kind == "partner":
        partner = partners()[subject.scope.id]
        return f"Partner: {partner.name} ({partner.code}, {region_name(partner.region)})"
    names = ", ".join(row.name for row in partners().values() if row.region == subject.scope.id)
    return f"Region: {subject.name} ({names})"


def cover_section(
    subject: Subject, making: Making, contents: Iterable[tuple[str, str]], checksum: str
) -> Section:
    """The cover, with the contents that are given as titles and sentences."""
    facts = [
        *about(subject),
        ("Checksum of the content", f"{checksum}: the same in every format, and when it is made again"),
        (MADE, f"{making.at:%Y-%m-%d %H:%M} UTC by {making.by}"),
    ]
    blocks = (Facts(tuple(facts)), Facts(tuple(contents), "Contents"))
    return Section("cover", "Cover", blocks)


def about(subject: Subject) -> tuple[tuple[str, str], ...]:
    """What the document is of, when, and what it leaves out: the same on a cover and at the end of pages."""
    view = subject.view
    early = before_first_start(subject.projects, view.as_of)
    return (
        ("Data as at", day_label(view.as_of)),
        ("Portfolio", f"{_portfolio(view)}, revision {view.portfolio.revision}"),
        ("Scope and filter", filters_of(subject)),
        ("Currency", "EUR; no other currency is recorded"),
        *_projects(subject),
        ("What this is", nature_of(view)),
        ("What the date means", KNOWN_THEN.format(view.known) if view.known else AS_OF),
        ("Whatever the date", AS_RECORDED),
        *((("Before the first project", early),) if early else ()),
    )


def _portfolio(view: PortfolioView) -> str:
    names = {"reference": "Reference portfolio", "demo": DEMO_BANNER}
    return names.get(view.portfolio.name, "Own portfolio")


def nature_of(view: PortfolioView) -> str:
    """What the portfolio is, in a sentence that a reader of the document alone needs."""
    return {"reference": COLLECTION, "demo": FICTION}.get(view.portfolio.name, OWN_RECORDS)


def _projects(subject: Subject) -> list[tuple[str, str]]:
    inside, outside = subject.projects, subject.view.left_out
    total = len(inside) + len(outside)
    if not total:
        return [("Projects", "None: the portfolio is empty. Load or enter projects first.")]
    rows = _named("Projects in this document", f"{len(inside)} of {total}", inside)
    if not inside:
        rows.append(("", "No project meets this scope and filter; every table is therefore empty."))
    if subject.kind == "project":
        return (
            [*rows, ("Projects left out", f"{len(outside)} other projects of the portfolio")]
            if outside
            else rows
        )
    reason = "outside the scope or the filter"
    return rows + (_named("Projects left out", f"{len(outside)}, {reason}", outside) if outside else [])


def _named(label: str, count: str, projects: Iterable[ProjectRow]) -> list[tuple[str, str]]:
    """A count with the names, in as many lines as a cell of a sensible height needs."""
    names = ", ".join(project.acronym for project in projects)
    lines = textwrap.wrap(f"{count}: {names}" if names else count, _LINE)
    return [(label if position == 0 else "", line) for position, line in enumerate(lines)]
