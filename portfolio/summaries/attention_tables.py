"""What needs attention among the projects of a document, the most urgent first."""

from __future__ import annotations

from portfolio.services.signals import Severity, Signal
from portfolio.summaries.content import Column, Missing, Row, Section, Table
from portfolio.summaries.scopes import Subject

_COLUMNS = (
    Column("severity", "Level", "colour"),
    Column("what", "What", widest=26),
    Column("about", "Project or decision", widest=24),
    Column("sentence", "Why", widest=92),
    Column("date", "Date", "date"),
)
_LEVELS: dict[Severity, str] = {"red": "Red", "amber": "Amber", "info": "For information"}
_REMARK = (
    "Only what is certain is raised. What is not known raises nothing: where no contract, report or baseline "
    "is on record, an empty list is no sign that all is well."
)


def attention_section(subject: Subject) -> Section:
    """The signals of the scope's projects and of the decisions under which they have contracts."""
    rows = tuple(_row(subject, signal) for signal in subject.signals)
    table = Table("attention", _COLUMNS, rows, if_empty="Nothing is raised by what is known.")
    return Section("attention", "Attention", (table,), remarks=(_REMARK,))


def _row(subject: Subject, signal: Signal) -> Row:
    numbers = {decision.key: f"Decision {decision.number}" for decision in subject.view.decisions}
    about = numbers.get(signal.decision_key or "") or subject.view.names.get(signal.project_key or "")
    date = Missing.NOT_APPLICABLE if signal.due is None else signal.due.isoformat()
    return Row((_LEVELS[signal.severity], signal.title, about or "", signal.sentence, date))
