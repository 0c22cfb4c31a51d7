"""What falls due or was missed in the projects of a document, and what is missing of them."""

from __future__ import annotations

from portfolio.services.completeness.missing import MissingItem
from portfolio.services.deadlines.calendars import Due
from portfolio.services.deadlines.reports import BASIS_WORDS, ReportEntry
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.scopes import Subject

_DEADLINES = (
    Column("name", "What falls due", widest=30),
    Column("subject", "Of", widest=26),
    Column("project", "Project", widest=20),
    Column("state", "State", widest=9),
    Column("from", "From", "date"),
    Column("until", "Until", "date"),
    Column("arithmetic", "How it was counted", widest=60),
    Column("source", "Source", "quote", widest=30),
)
_REPORTS = (
    Column("project", "Project", widest=20),
    Column("report", "Report", widest=26),
    Column("from", "From", "date"),
    Column("until", "Until", "date"),
    Column("outcome", "How it stands", widest=24),
    Column("basis", "Basis", widest=18),
)
_MISFITS = (Column("project", "Project", widest=20), Column("sentence", "Why it does not fit", widest=100))
_INDICATIVE = (
    "Every date is indicative: it is counted by a rule of data/vocabulary/deadline_rule.csv, or typed from "
    "the contract. The contract and the regulation decide. From and Until differ where a window is open, or "
    "where a date is published without its day. The addresses of the sources stand on the Methods screen."
)


def deadlines_section(subject: Subject) -> Section:
    """What is still to be done and what was missed, the reporting calendar, and ends that do not fit."""
    calendar = subject.monitoring.deadlines
    tables = [
        Table(
            "deadlines", _DEADLINES, tuple(Row(_due(subject, row)) for row in calendar.open),
            if_empty="Nothing falls due by what is known.",
        ),
        Table(
            "reports", _REPORTS,
            tuple(Row(report_cells(_name(subject, row.project_key), row)) for row in calendar.reports),
            "Reporting calendar", "No report is known to be due.",
        ),
    ]  # fmt: skip
    if calendar.misfits:
        rows = tuple(Row((_name(subject, row.project_key), row.sentence)) for row in calendar.misfits)
        tables.append(Table("misfits", _MISFITS, rows, "Ends that do not fit their financing agreement"))
    return Section("deadlines", "Deadlines and reports", tuple(tables), remarks=(_INDICATIVE,))


def has_deadlines(subject: Subject) -> bool:
    """Whether anything falls due, was missed or was received."""
    calendar = subject.monitoring.deadlines
    return bool(calendar.open or calendar.reports or calendar.misfits)


def _name(subject: Subject, project_key: str | None) -> str:
    return subject.view.names.get(project_key or "", "")


def _due(subject: Subject, row: Due) -> tuple[Cell, ...]:
    return (
        row.name,
        row.subject,
        _name(subject, row.project_key) or Missing.NOT_APPLICABLE,
        row.state_words,
        row.day.isoformat(),
        row.until.isoformat(),
        row.arithmetic,
        row.source.partition(" (http")[0],
    )


def report_cells(project: str, row: ReportEntry) -> tuple[Cell, ...]:
    """A report of a project; a date that is published without its day stays the range that it is."""
    return (
        project,
        row.name,
        row.earliest.isoformat(),
        row.latest.isoformat(),
        row.outcome,
        BASIS_WORDS[row.basis],
    )


_MISSING = (
    Column("project", "Project", widest=20),
    Column("missing", "What is missing", widest=34),
    Column("records", "Records", "count"),
    Column("owner", "Who owes it", widest=14),
    Column("since", "Since", "date"),
    Column("days", "Days", "days"),
    Column("meaning", "What that means", widest=60),
)


_MISSING_REMARK = (
    "What is missing makes the figures that depend on it not known; it is never taken for 0, or for good."
)


def missing_section(subject: Subject) -> Section:
    """What is not known of each project, who owes it and since when."""
    rows = tuple(Row(_missing(subject, item)) for item in subject.monitoring.missing)
    table = Table("missing", _MISSING, rows, if_empty="Nothing is missing.")
    return Section("missing", "What is not known", (table,), remarks=(_MISSING_REMARK,))


def _missing(subject: Subject, item: MissingItem) -> tuple[Cell, ...]:
    # A day of entry that was still to come says nothing of how long it had been missing.
    is_told = item.since is not None and item.since <= subject.view.as_of
    return (
        _name(subject, item.project_key),
        item.term.label,
        len(item.records) or Missing.NOT_APPLICABLE,
        "the unit" if item.owner == "unit" else "the implementer",
        known(item.since.isoformat() if item.since is not None and is_told else None),
        known(item.days(subject.view.as_of) if is_told else None),
        item.term.description or "",
    )
