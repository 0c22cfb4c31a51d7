"""The project sheet: one page with what a director asks of a project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portfolio.dates import PartialDate, date_label, days_between
from portfolio.model.rows import AmendmentRow, ProjectRow
from portfolio.numbers import counted
from portfolio.services.milestones import milestone_counts
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, Column, Facts, Missing, Row, Section, Table
from portfolio.summaries.covers import banner_of, nature_of
from portfolio.summaries.milestone_tables import own_milestones
from portfolio.summaries.page_agendas import (
    AHEAD_DAYS,
    NOTHING,
    Item,
    agenda,
    agenda_table,
    next_item,
    when_words,
)
from portfolio.summaries.page_budgets import first_sentences, shortened
from portfolio.summaries.page_cuts import (
    Cut,
    Tables,
    furthest_behind,
    headed,
    short_cells,
    site_of,
    tables_of,
)
from portfolio.summaries.page_drafts import Draft, fitted
from portfolio.summaries.project_tables import partner_labels
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

# The lines of one page that are left below the title, above the designations and the line of the date.
ROOM = 72.0
_HEADS = {"score": "Score", "share": "Of expected", "reviewed": "Reviewed", "colour": "Colour"}
_SUMMARY, _TITLE, _NAMES = 260, 170, 150
_NOT_STATED = "not stated"
_READING = (
    "“Not known” is never 0. Paid is cash, not cost. Health is the worst of five dimensions that is known. "
    "Definitions, sources and every row without room here: the workbook of the same revision."
)


def project_pages(subject: Subject, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The chapters of a project sheet, with as many rows as one page holds."""
    tables = tables_of(sections)
    drafts = [draft for project in subject.projects for draft in _drafts(subject, tables, project)]
    return fitted(drafts, ROOM)


def _drafts(subject: Subject, tables: Tables, project: ProjectRow) -> Iterator[Draft]:
    yield _what(subject, project)
    yield _money(subject, tables)
    yield _health(subject, tables, project)
    yield _milestones(subject)
    yield from _results(subject, tables)
    yield from _risks(subject, tables)
    yield _unknown(subject)


def _what(subject: Subject, project: ProjectRow) -> Draft:
    """What the project is, in two sentences, and the facts that identify it."""
    said = [shortened(project.title, _TITLE)]
    text = first_sentences(project.summary, _SUMMARY) if project.summary else "Nobody has described it."
    facts = [(name, text) for name, text in _facts(subject, project) if text]
    return Draft("sheet", "What it is", (Facts(tuple(facts)),), (*said, text))


def _facts(subject: Subject, project: ProjectRow) -> Iterator[tuple[str, str]]:
    implementers = [shortened(role.name, 60) for role in project.roles if role.role != "beneficiary"]
    yield "Implementers", shortened("; ".join(implementers), _NAMES) or _NOT_STATED
    yield "Partners", shortened(", ".join(partner_labels(project)), 200) or "no list of partners is published"
    instrument = label("instrument", project.instrument)
    modality = label("modality", project.modality)
    yield "Instrument, modality", f"{instrument}; {modality}"
    officer = shortened(project.responsible_officer or _NOT_STATED, 80)
    yield "Contracts, officer", f"{_contracts(subject)}; responsible officer: {officer}"
    yield "Dates", f"{_dates(subject, project)}. Status: {_status(subject)}."


def _status(subject: Subject) -> str:
    return label("project_status", project_status(subject.projects[0], subject.view.as_of)).lower()


def _contracts(subject: Subject) -> str:
    numbers = [shortened(row.number, 40) for row in subject.monitoring.contracts]
    return shortened(", ".join(numbers), _NAMES) or "none on record"


def _dates(subject: Subject, project: ProjectRow) -> str:
    """Start, original and present end, with the slip in days and the amendments that extended it."""
    end = project.present_end
    said = f"{date_label(project.start)} to {date_label(end)}"
    if project.start is None and end is None:
        said = "Start and end not stated"
    original = project.end_original
    if original is not None and end is not None and original != end:
        said += f", originally {date_label(original)}{_slip(original, end)}"
    extended = [row for row in _amendments(subject) if row.new_end is not None]
    return f"{said}; extended by {counted(len(extended), 'amendment')}" if extended else said


def _slip(original: str, end: str) -> str:
    days = days_between(PartialDate.parse(original), PartialDate.parse(end))
    return "" if days is None else f" ({days:+d} days)"


def _amendments(subject: Subject) -> list[AmendmentRow]:
    """The amendments that may have been signed by the date."""
    as_of = subject.view.as_of
    rows = subject.monitoring.amendments
    return [row for row in rows if row.signed_on is None or PartialDate.parse(row.signed_on).first <= as_of]


_LADDER = (
    Column("amount", "Amount", widest=30),
    Column("eur", "EUR", "money"),
    Column("rate", "Rate", "share"),
    Column("meaning", "What that is", widest=60),
)
# Column of the sheet Money, its name, column of the sheet Rates, and what amount and rate mean.
_STEPS = (
    ("total_budget", "Total budget", None, "as published, all funders; basis: {total_basis}"),
    ("eu_contribution", "EU contribution", None, "the EU's part of it; basis: {eu_basis}"),
    ("contracted", "Contracted EU contribution", None, "signed with the implementers"),
    ("paid", "Paid", "payment_rate", "cash from the Commission; rate: of the contracted EU contribution"),
    ("contracted_total", "Contracted total cost", None, "all funders together"),
    ("incurred", "Incurred", "absorption", "reported cost; rate: of the contracted total cost"),
)


def _money(subject: Subject, tables: Tables) -> Draft:
    """The ladder from budget to cost, the rates beside it, and the forecast in words."""
    money = _first_row(tables, "money")
    rates = _first_row(tables, "rates")
    words = {basis: _basis(money.get(basis)) for basis in ("total_basis", "eu_basis")}
    rows = [
        Row((name, money[key], rates.get(rate, Missing.UNKNOWN) if rate else None, meaning.format(**words)))
        for key, name, rate, meaning in _STEPS
        if key in money
    ]
    missing = [name for key, name, _, _ in _STEPS if key not in money]
    said = [f"Not known: {', '.join(map(_mid_sentence, missing))}."] if missing else []
    said += [text for text in (_time(rates), *_forecast(subject, rates)) if text]
    return Draft("money", "Money", (Table("ladder", _LADDER, tuple(rows)),), remarks=(" ".join(said),))


def _basis(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "none, no source states it"


def _first_row(tables: Tables, key: str) -> dict[str, Cell]:
    """The cells of the first row of a table by the key of their column; none where there is no table."""
    table = tables.get(key)
    if table is None or not table.rows:
        return {}
    return dict(zip((column.key for column in table.columns), table.rows[0].cells, strict=True))


def _time(rates: dict[str, Cell]) -> str:
    elapsed, gap = rates.get("time_elapsed"), rates.get("burn_gap")
    if not isinstance(elapsed, float):
        return ""
    said = f"Time elapsed {100 * elapsed:.1f} %"
    return f"{said}, burn gap {gap:+.1f} points." if isinstance(gap, float) else f"{said}."


def _forecast(subject: Subject, rates: dict[str, Cell]) -> Iterator[str]:
    """Why a rate is not known, and the forecast of the cost at the end with its arithmetic."""
    said = rates.get("said")
    for row in subject.monitoring.funds.projects if isinstance(said, str) else ():
        sentence = row.forecast.sentence
        yield shortened(str(said).removesuffix(sentence), 200)
        # The range behind it stands in the workbook.
        yield f"Forecast of the cost at the end: {sentence.partition('; ')[0].rstrip('.')}."


def _mid_sentence(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def _health(subject: Subject, tables: Tables, project: ProjectRow) -> Draft:
    """The sentence of each dimension that is red or amber; those that are green or not known by name."""
    found = subject.monitoring.health[project.key]
    if not found.is_running or found.worst is None:
        return Draft("health", "Health", intro=(found.sentence,))
    table = tables["health"]
    colours = [str(row.cells[table.column("colour")]) for row in table.rows[1:]]
    bad = [at for at, colour in enumerate(colours, 1) if colour in ("Red", "Amber")]
    bad.sort(key=lambda at: colours[at - 1] != "Red")
    cut = table.narrowed(("dimension", "colour", "sentence"), bad)
    shown = headed(short_cells(replace(cut, caption=None), {"sentence": 230}), _HEADS)
    names = [label("health_dimension", row.dimension).lower() for row in found.ratings]
    said = [f"Overall {table.rows[0].cells[table.column('colour')]}."]
    for word in ("Green", "Not known"):
        own = [name for name, colour in zip(names, colours, strict=True) if colour == word]
        said += [f"{word}: {', '.join(own)}."] if own else []
    if not bad:
        return Draft("health", "Health", intro=(" ".join(said),))
    return Draft("health", "Health", (shown,), remarks=(" ".join(said),))


def _milestones(subject: Subject) -> Draft:
    """How many milestones are reached, the last of them, then what is late or comes next."""
    states = own_milestones(subject)
    counts = milestone_counts(states, subject.view.as_of)
    if counts.total:
        said = f"{counts.done} of {counted(counts.total, 'milestone')} reached"
        last = max(
            (state for state in states if state.is_done and state.milestone.actual),
            key=lambda state: state.milestone.actual or "",
            default=None,
        )
        if last is not None:
            day = date_label(last.milestone.actual)
            said += f", the last: {shortened(last.milestone.title, 100)} ({day})"
        said += "."
    else:
        said = "No milestone is on record."
    items = agenda(subject)
    said += _next(items, subject.view.as_of)
    table = agenda_table(items).narrowed(("when", "what", "standing"))
    shown = short_cells(replace(table, caption=None), {"what": 110, "standing": 60})
    cut = Cut(shown, "entry", "Milestones or Deadlines and reports", "entries")
    return Draft(
        "milestones", f"Milestones, and what is late or due within {AHEAD_DAYS} days",
        (cut,) if shown.rows else (), (said if shown.rows else f"{said} {NOTHING}",),
    )  # fmt: skip


def _next(items: Sequence[Item], as_of: dt.date) -> str:
    """What comes next; "" where nothing is recorded to come."""
    found = next_item(items, as_of)
    return "" if found is None else f" Next: {shortened(found.what, 90)} ({when_words(found.when)})."


def _results(subject: Subject, tables: Tables) -> Iterator[Draft]:
    """The indicators furthest behind, and the one that is furthest ahead."""
    found = subject.monitoring.results.indicators
    places = furthest_behind(found)
    if not found:
        yield Draft("results", "Results", intro=("No indicator is on record.",))
    elif not places:
        said = f"None of the indicators on record ({len(found)}) can be measured by what is expected by now."
        yield Draft("results", "Results", intro=(said,))
    else:
        ordered = [places[0], *places[-1:], *places[1:-1]] if len(places) > 1 else places
        cut = tables["indicators"].narrowed(("indicator", "value", "target", "target_year", "share"), ordered)
        table = headed(short_cells(replace(cut, caption=None), {"indicator": 100}), _HEADS)
        yield Draft(
            "results", "Results, the furthest behind and the furthest ahead",
            (Cut(table, "indicator", "Results", least=2, others=len(found) - len(places)),),
        )  # fmt: skip


def _risks(subject: Subject, tables: Tables) -> Iterator[Draft]:
    if not subject.monitoring.risks:
        said = "No open risk is on record, which does not mean that there is none."
        yield Draft("risks", "Open risks", intro=(said,))
        return
    cut = tables["risks"].narrowed(("risk", "score", "trend", "reviewed", "response"))
    table = headed(short_cells(cut, {"risk": 90, "response": 80}), _HEADS)
    yield Draft("risks", "Open risks", (Cut(table, "open risk", "Risks"),))


def _unknown(subject: Subject) -> Draft:
    """What is not known, the sources in short, and how to read the page."""
    missing = [item.term.label for item in subject.monitoring.missing]
    unknown = f"Not known: {'; '.join(missing)}." if missing else "Nothing that is asked for is missing."
    intro = (f"{shortened(unknown, 380)} {_sources(subject)}",)
    # A banner on the page says so of a portfolio that is made up.
    nature = "" if banner_of(subject.view) else f" {nature_of(subject.view)}"
    remark = f"{_READING}{nature}"
    return Draft("unknown", "What is not known, and sources", intro=intro, remarks=(remark,))


def _sources(subject: Subject) -> str:
    pages = {source.url for source in subject.sources}
    if not pages:
        return "No public page is on record for it."
    sites = sorted({site_of(page) for page in pages})
    more = f" and {len(sites) - 3} more" if len(sites) > 3 else ""
    return f"Sources: {counted(len(pages), 'public page')} of {', '.join(sites[:3])}{more}."
