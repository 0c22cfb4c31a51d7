"""The sentences with which a regional summary or a portfolio report begins: what a director takes away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from portfolio.dates import date_label
from portfolio.money import format_eur_short
from portfolio.numbers import counted
from portfolio.services.deadlines.calendars import Due, upcoming
from portfolio.services.health.portfolios import worst_first
from portfolio.services.milestones import DUE_DAYS, MilestoneState
from portfolio.services.statuses import before_first_start, project_status
from portfolio.summaries.milestone_tables import own_milestones
from portfolio.summaries.scopes import Subject

_NAMES = 5
_STATES = (("red", "red"), ("amber", "amber"), ("green", "green"), ("grey", "not known"))
_STATUSES = (("ongoing", "ongoing"), ("planned", "planned"), ("closed", "closed"), ("unknown", "not known"))


def findings(subject: Subject) -> Iterator[str]:
    """How many projects for how much, how they stand, what is most urgent and what comes next."""
    if not subject.projects:
        yield "No project meets this scope and filter, so there is nothing to report on this date."
        return
    yield _running(subject) + _money(subject)
    early = before_first_start(subject.projects, subject.view.as_of)
    if early:
        yield early
        return
    yield from _health(subject)
    yield _raised(subject)
    yield _next(subject)


def due_soon(subject: Subject) -> list[int]:
    """The rows of the sheet Deadlines and reports that may fall due soon."""
    calendar = subject.monitoring.deadlines
    soon = {due.uid for due in upcoming(calendar)}
    return [at for at, due in enumerate(calendar.open) if due.uid in soon]


def milestones_soon(subject: Subject) -> list[int]:
    """The rows of the sheet Milestones that fall due soon."""
    states, as_of = own_milestones(subject), subject.view.as_of
    return [at for at, state in enumerate(states) if state.is_due_within(as_of, DUE_DAYS)]


def _running(subject: Subject) -> str:
    statuses = Counter[str](project_status(project, subject.view.as_of) for project in subject.projects)
    number = len(subject.projects)
    verb = "is" if number == 1 else "are"
    where = "active in the region" if subject.kind == "region" else "in this report"
    return f"{counted(number, 'project')} {verb} {where}: {_told(statuses, _STATUSES)}."


def _told(counts: Mapping[str, int], words: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{counts[code]} {word}" for code, word in words if counts[code])


def _money(subject: Subject) -> str:
    """The part of the region, or the whole, with how many projects it is known for."""
    amounts = [subject.part(project, project.total_budget_cents) for project in subject.projects]
    stated = [amount for amount in amounts if amount is not None]
    if not stated:
        return " None of their budgets is known."
    whose = f"Their total budget, part of {subject.name}," if subject.is_part else "Their total budget"
    known = f"known for {len(stated)} of {len(amounts)}"
    return f" {whose} is {format_eur_short(sum(stated))}, {known}."


def _health(subject: Subject) -> Iterator[str]:
    """The colours of the running projects; red and amber ones by name."""
    running = [
        (project.acronym, health)
        for project, health in worst_first(subject.projects, subject.monitoring.health)
        if health.is_running
    ]
    if not running:
        return
    number = counted(len(running), "ongoing project")
    if all(health.state == "grey" for _, health in running):
        yield f"The health of the {number} is not known: nobody has reported what it needs."
        return
    said = []
    for code, word in _STATES:
        names = [name for name, health in running if health.state == code]
        named = f" ({_names(names)})" if code in ("red", "amber") else ""
        said += [f"{len(names)} {word}{named}"] if names else []
    yield f"Health of the {number}: {', '.join(said)}."


def _names(names: list[str]) -> str:
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")


def _raised(subject: Subject) -> str:
    """What the rules raise, with the most urgent."""
    raised = Counter[str](signal.severity for signal in subject.signals)
    if not subject.signals:
        return "The rules raise nothing by what is known."
    words = (("red", "red"), ("amber", "amber"), ("info", "for information"))
    signals = counted(len(subject.signals), "signal")
    first = subject.signals[0]
    name = subject.view.names.get(first.project_key or "")
    about = f"{name}: " if name else ""
    return f"{signals} by the rules ({_told(raised, words)}), first of all {about}{first.sentence}"


def _next(subject: Subject) -> str:
    """What falls due soon, and the first of it."""
    calendar, states = subject.monitoring.deadlines, own_milestones(subject)
    dues = [calendar.open[at] for at in due_soon(subject)]
    milestones = [states[at] for at in milestones_soon(subject)]
    if not (dues or milestones):
        return f"Nothing that is on record falls due within {DUE_DAYS} days."
    counts = [counted(len(milestones), "milestone")] if milestones else []
    counts += [counted(len(dues), "deadline or report", "deadlines or reports")] if dues else []
    first = _first(subject, dues, milestones)
    return f"Within {DUE_DAYS} days {' and '.join(counts)} fall due; next {first}."


def _first(subject: Subject, dues: list[Due], milestones: list[MilestoneState]) -> str:
    """The next of them; what is open already counts with the day by which it has to be done."""
    names, as_of = subject.view.names, subject.view.as_of
    days = [(due.day if due.day >= as_of else due.until, due) for due in dues]
    lines = [
        (day, f"{due.name} ({_of(names.get(due.project_key or ''))}{date_label(day.isoformat())})")
        for day, due in days
    ]
    lines += [
        (state.due.last, f"{state.milestone.title} ({names[state.milestone.project_key]}, {state.due.label})")
        for state in milestones
        if state.due is not None
    ]
    return min(lines)[1]


def _of(name: str | None) -> str:
    return f"{name}, " if name else ""

