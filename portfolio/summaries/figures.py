"""The key figures of a document, each with what it is known for and the number of its definition."""

from __future__ import annotations

from collections import Counter

from portfolio.indicators import indicator
from portfolio.money import KnownSum
from portfolio.numbers import counted
from portfolio.services.capacity.ledgers import Ledger
from portfolio.services.milestones import milestone_counts
from portfolio.services.money import is_off_budget, money_figures
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, KeyFigure, KeyFigures, Kind, Missing, Section, known
from portfolio.summaries.covers import AS_RECORDED
from portfolio.summaries.notes import NOT_STATED, note_number
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

WHOLE_WARNING = (
    "Two kinds of amounts stand below. Add up over regions or partners only those headed “part of”: the "
    "whole budgets of the same projects appear in every region and partner in which they are active, and "
    "would be counted twice."
)


_EXCEEDS = (
    "Each amount is the sum of what is known for it. An EU contribution may therefore exceed the total "
    "budget beside it: of some projects only the EU's part is published."
)


def key_figures_section(subject: Subject) -> Section:
    """The figures that a reader takes away."""
    groups = [
        ("Project", _project(subject)) if subject.kind == "project" else ("Projects", _projects(subject))
    ]
    if subject.is_part:
        groups.append((f"Money: part of {subject.name}", _part(subject)))
        groups.append(
            ("Money: whole budgets of the same projects, not to be added up over places", _money(subject))
        )
    else:
        groups.append(("Money", _money(subject)))
    groups.append(
        ("Milestones" + (" of the whole projects" if subject.is_part else ""), _milestones(subject))
    )
    if subject.kind != "project":
        groups.append(("Health and trainings", (*_health(subject), *_trainings(subject))))
    return Section(
        key="figures",
        title="Key figures",
        blocks=(KeyFigures(tuple(groups)),),
        intro=(WHOLE_WARNING,) if subject.is_part else (),
        remarks=(
            f"{NOT_STATED} The column Note gives the number of the definition on the sheet Notes.",
            _EXCEEDS,
            AS_RECORDED,
        ),
    )


def _figure(
    key: str, name: str, value: Cell, kind: Kind, known_for: str, note: str, unit: str = ""
) -> KeyFigure:
    return KeyFigure(key, name, value, kind, unit or indicator(note).unit, known_for, note_number(note))


def _projects(subject: Subject) -> tuple[KeyFigure, ...]:
    projects, as_of = subject.projects, subject.view.as_of
    statuses = Counter(project_status(project, as_of) for project in projects)
    partly = sum(project.relevance == "partly-cyber" for project in projects)
    every = "every project" if projects else "no project"
    where = {"region": "Projects active in the region", "partner": "Projects active in the partner"}
    note = "projects-active" if subject.is_part else "projects"
    figures = [_figure("projects", where.get(subject.kind, "Projects"), len(projects), "count", every, note)]
    for status in ("ongoing", "planned", "closed", "unknown"):
        name = f"of which {'status ' if status == 'unknown' else ''}{label('project_status', status).lower()}"
        figures.append(
            _figure(f"status-{status}", name, statuses[status], "count", every, "status", "projects")
        )
    figures.append(
        _figure("partly-cyber", "of which only partly cyber", partly, "count", every, "partly-cyber")
    )
    return tuple(figures)


def _project(subject: Subject) -> tuple[KeyFigure, ...]:
    own = "this project"
    figures: list[KeyFigure] = []
    for project in subject.projects:
        status = label("project_status", project_status(project, subject.view.as_of))
        start, end = known(project.start), known(project.present_end)
        partners = known(len(project.participations) or None)
        figures += [
            _figure("status", "Status", status, "text", own, "status"),
            _figure("start", "Start", start, "date", own, "status", "date"),
            _figure("end", "Present end", end, "date", own, "present-end", "date"),
            _figure("partners", "Partners", partners, "count", own, "projects-active", "partners"),
        ]
    return tuple(figures)


def _part(subject: Subject) -> tuple[KeyFigure, ...]:
    projects = subject.projects
    on_budget = [project for project in projects if not is_off_budget(project)]
    budget = KnownSum.over(subject.part(project, project.total_budget_cents) for project in projects)
    eu = KnownSum.over(subject.eu_part(project) for project in on_budget)
    return (
        _amount(
            "part-total-budget", f"Total budget, part of {subject.name}", budget, "budget-split", nothing=0
        ),
        _amount(
            "part-eu-contribution", f"EU contribution, part of {subject.name}", eu, "eu-split", nothing=0
        ),
    )


def _money(subject: Subject) -> tuple[KeyFigure, ...]:
    view = subject.view
    figures = money_figures(view.projects, view.money, view.decisions)
    of = "of the projects' contracts"
    return (
        _amount("total-budget", "Total budget", figures.total_budget, "total-budget"),
        _amount("eu-contribution", "EU contribution", figures.eu_contribution, "eu-contribution"),
        _amount(
            "committed", "Committed, whole financing decisions", figures.committed, "committed", "decisions"
        ),
        _amount("contracted", f"Contracted EU contribution {of}", figures.contracted, "contracted"),
        _amount("paid", "Paid by the Commission", figures.paid, "paid"),
        _amount("incurred", "Incurred cost reported by implementers", figures.incurred, "incurred"),
    )


def _amount(
    key: str, name: str, total: KnownSum, note: str, noun: str = "projects", nothing: int | None = None
) -> KeyFigure:
    """An amount; `nothing` is its value where there is nothing that could have one."""
    value = total.cents if total.of else nothing
    nouns = noun.removesuffix("s") if total.of == 1 else noun
    coverage = f"{total.known} of {total.of} {nouns}" if total.of else f"no {noun} on record"
    return _figure(key, name, known(value), "money", coverage, note)


def _milestones(subject: Subject) -> tuple[KeyFigure, ...]:
    counts = milestone_counts(subject.view.milestones, subject.view.as_of)
    every = "every milestone on record" if counts.total else "no milestone on record"
    rows: tuple[tuple[str, str, int, str], ...] = (
        ("milestones", "Milestones", counts.total, "milestones"),
        ("milestones-done", "of which done", counts.done, "milestones-done"),
        ("milestones-late", "of which certainly late", counts.late, "milestones-late"),
        ("milestones-due-90", "of which due within 90 days", counts.due_90_days, "milestones-due"),
        ("milestones-undated", "of which open without a date", counts.without_date, "milestones-undated"),
        ("milestones-context", "Context entries, shown apart", counts.context, "milestones-context"),
    )
    return tuple(_figure(key, name, value, "count", every, note) for key, name, value, note in rows)


def _health(subject: Subject) -> tuple[KeyFigure, ...]:
    running = [health for health in subject.monitoring.health.values() if health.is_running]
    states = Counter[str](health.state for health in running)
    known_for = f"{len(running) - states['grey']} of {counted(len(running), 'ongoing project')}"
    known_for = known_for if running else "no ongoing project"
    rows = (
        ("red", "Ongoing projects off track (red)"), ("amber", "Ongoing projects needing attention (amber)"),
        ("green", "Ongoing projects on track (green)"), ("grey", "Ongoing projects, health not known"),
    )  # fmt: skip
    return tuple(
        _figure(f"health-{state}", name, states[state] if running else Missing.NOT_APPLICABLE, "count",
                known_for, f"health-{state}")
        for state, name in rows
    )  # fmt: skip


def own_trainings(subject: Subject) -> Ledger:
    """The trainings that a document counts; of a partner those that name it."""
    code = subject.scope.id
    return subject.monitoring.trainings.of(
        lambda row: subject.kind != "partner" or row.partner_code == code
    )


def _trainings(subject: Subject) -> tuple[KeyFigure, ...]:
    found = own_trainings(subject)
    people, number = found.attendances, len(found.trainings)
    naming = f" that name {subject.name}" if subject.kind == "partner" else ""
    coverage = f"{people.known} of {counted(number, 'training')}" if number else "no training on record"
    return (
        _figure("trainings", f"Trainings and exercises on record{naming}", number, "count",
                "every training on record" if number else coverage, "trainings"),
        _figure("attendances", "People reached there (attendances)",
                known(people.value), "count", coverage, "attendances"),
    )  # fmt: skip
