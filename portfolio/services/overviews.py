"""What the front page says of the chosen projects."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.services.geography import PlaceFigures, by_region
from portfolio.services.milestones import MilestoneCounts
from portfolio.services.money import MoneyFigures, money_figures, total_budget
from portfolio.services.selection import UNKNOWN
from portfolio.services.statuses import days_to_end, ends_within, project_status
from portfolio.services.thresholds import threshold
from portfolio.services.views import PortfolioView


@dataclass(frozen=True)
class Group:
    """The projects that share an attribute; `code` is "not-stated" where none is stated."""

    code: str
    projects: tuple[str, ...]
    total_budget: KnownSum


@dataclass(frozen=True)
class EndingProject:
    """A running project that ends soon; `days` is None where only the month or year is known."""

    project: ProjectRow
    days: int | None


@dataclass(frozen=True)
class Missing:
    """A field that no source states, and of which projects."""

    field: str
    label: str
    projects: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """The front page's figures; `ending` are the projects that end within `ends_soon_days`."""

    as_of: dt.date
    projects: int
    by_status: dict[str, tuple[str, ...]]
    money: MoneyFigures
    regions: tuple[PlaceFigures, ...]
    focus: tuple[Group, ...]
    instruments: tuple[Group, ...]
    milestones: MilestoneCounts
    ends_soon_days: int
    ending: tuple[EndingProject, ...]
    missing: tuple[Missing, ...]
    partly_cyber: tuple[str, ...]


def overview(view: PortfolioView, milestones: MilestoneCounts) -> Overview:
    """The figures of the front page for the chosen projects; `milestones` are the counts of theirs."""
    projects, as_of = view.projects, view.as_of
    statuses = grouped_by(projects, lambda project: project_status(project, as_of))
    return Overview(
        as_of=as_of,
        projects=len(projects),
        by_status={group.code: group.projects for group in statuses},
        money=money_figures(projects, view.money, view.decisions),
        regions=by_region(projects, as_of),
        focus=grouped_by(projects, lambda project: project.focus),
        instruments=grouped_by(projects, lambda project: project.instrument),
        milestones=milestones,
        ends_soon_days=threshold("ends-soon"),
        ending=ending_soon(projects, as_of, threshold("ends-soon")),
        missing=missing_fields(projects),
        partly_cyber=tuple(project.key for project in projects if project.relevance == "partly-cyber"),
    )


def grouped_by(
    projects: Iterable[ProjectRow], attribute: Callable[[ProjectRow], str | None]
) -> tuple[Group, ...]:
    """The projects by an attribute, the largest group first and "not-stated" last."""
    groups: dict[str, list[ProjectRow]] = {}
    for project in projects:
        groups.setdefault(attribute(project) or UNKNOWN, []).append(project)
    sizes = Counter({code: len(members) for code, members in groups.items()})
    ordered = sorted(groups, key=lambda code: (code == UNKNOWN, -sizes[code], code))
    return tuple(
        Group(
            code,
            tuple(project.key for project in groups[code]),
            KnownSum.over(map(total_budget, groups[code])),
        )
        for code in ordered
    )


def ending_soon(projects: Iterable[ProjectRow], as_of: dt.date, days: int) -> tuple[EndingProject, ...]:
    """The running projects that certainly end within `days`, the next first."""
    found = [project for project in projects if ends_within(project, as_of, days)]
    return tuple(
        EndingProject(project, days_to_end(project, as_of))
        for project in sorted(found, key=lambda project: (project.present_end or "", project.key))
    )


_FIELDS: tuple[tuple[str, str, Callable[[ProjectRow], object]], ...] = (
    ("total_budget_cents", "Total budget", lambda project: project.total_budget_cents),
    ("eu_contribution_cents", "EU contribution", lambda project: project.eu_contribution_cents),
    ("instrument", "Instrument", lambda project: project.instrument),
    ("modality", "Modality", lambda project: project.modality),
    ("start", "Start", lambda project: project.start),
    ("end_current", "End", lambda project: project.present_end),
    ("partners", "Partners", lambda project: project.participations or None),
    ("summary", "Description", lambda project: project.summary),
)


def missing_fields(projects: Iterable[ProjectRow]) -> tuple[Missing, ...]:
    """The fields that are not stated for some project, the most often missing first."""
    listed = list(projects)
    found = [
        Missing(field, label, tuple(project.key for project in listed if value(project) is None))
        for field, label, value in _FIELDS
    ]
    return tuple(sorted((row for row in found if row.projects), key=lambda row: -len(row.projects)))
