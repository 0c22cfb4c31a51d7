"""The charts of a document: bars from zero over what is known, with the main finding as alternative text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portfolio.money import format_eur_short
from portfolio.services.overviews import grouped_by
from portfolio.services.selection import UNKNOWN
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, Chart, Kind, Missing, Picture, Row, Section, Table
from portfolio.summaries.map_blocks import partners_map, year_columns
from portfolio.summaries.place_tables import partners_section, regions_section
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

NO_CHARTS = "There is no chart: nothing in this document has two known values to compare."
_MOST_BARS = 24
Points = Sequence[tuple[str, Cell]]


def charts_section(subject: Subject) -> Section:
    """At most four bar charts, the years as columns, and the map; what has no known value is named."""
    bars = [chart for chart in _CHARTS[subject.kind](subject) if chart is not None][:4]
    others: tuple[Picture | None, ...] = (year_columns(subject), partners_map(subject))
    charts: tuple[Picture, ...] = (*bars, *(each for each in others if each is not None))
    remarks = tuple(f"{chart.title}: {chart.left_out}" for chart in charts if chart.left_out)
    return Section("charts", "Charts", charts, () if charts else (NO_CHARTS,), remarks)


def _portfolio(subject: Subject) -> list[Chart | None]:
    regions = regions_section(subject).table("regions")
    return [
        _chart(
            "regions-active", "Projects active in each region", "count", _points(regions, "active"), "region"
        ),
        _chart(
            "regions-budget",
            "Total budget by region (EUR)",
            "money",
            _points(regions, "total_budget"),
            "region",
        ),
        _partners(subject),
        _focus(subject),
    ]


def _region(subject: Subject) -> list[Chart | None]:
    return [
        _partners(subject),
        _active(subject),
        _by_project(subject, f"Total budget by project, part of {subject.name} (EUR)"),
        _focus(subject),
    ]


def _partner(subject: Subject) -> list[Chart | None]:
    return [
        _by_project(subject, f"Total budget by project, part of {subject.name} (EUR)"),
        _focus(subject),
        _statuses(subject),
    ]


def _project(subject: Subject) -> list[Chart | None]:
    table = partners_section(subject).table("partners")
    done = [
        label("milestone_status", state.milestone.status)
        for state in subject.view.milestones
        if state.is_counted
    ]
    points = [(name, done.count(name)) for name in dict.fromkeys(done)]
    return [
        _chart(
            "partners-budget",
            "Total budget by partner, split (EUR)",
            "money",
            _points(table, "total_budget"),
            "partner",
        ),
        _chart("milestones", "Milestones by status", "count", points, "status"),
    ]


_CHARTS = {"portfolio": _portfolio, "region": _region, "partner": _partner, "project": _project}


def _points(table: Table, column: str) -> list[tuple[str, Cell]]:
    """Label and value of the rows that are no totals and do not stand for other places."""
    at = table.column(column)
    rows: Iterable[Row] = (row for row in table.rows if not row.sums)
    return [
        (str(row.cells[0]), row.cells[at])
        for row in rows
        if not str(row.cells[0]).startswith("The same projects")
    ]


def _partners(subject: Subject) -> Chart | None:
    points = _points(partners_section(subject).table("partners"), "total_budget")
    return _chart("partners-budget", "Total budget by partner, split (EUR)", "money", points, "partner")


def _active(subject: Subject) -> Chart | None:
    points = _points(partners_section(subject).table("partners"), "active")
    return _chart("partners-active", "Projects active in each partner", "count", points, "partner")


def _by_project(subject: Subject, title: str) -> Chart | None:
    points: list[tuple[str, Cell]] = []
    for project in subject.projects:
        part = subject.part(project, project.total_budget_cents)
        points.append((project.acronym, Missing.UNKNOWN if part is None else part))
    return _chart("projects-budget", title, "money", points, "project")


def _focus(subject: Subject) -> Chart | None:
    groups = grouped_by(subject.projects, lambda project: project.focus)
    points = [
        (label("focus", None if group.code == UNKNOWN else group.code), len(group.projects))
        for group in groups
    ]
    return _chart("focus", "Projects by focus", "count", points, "focus")


def _statuses(subject: Subject) -> Chart | None:
    groups = grouped_by(subject.projects, lambda project: project_status(project, subject.view.as_of))
    points = [(label("project_status", group.code), len(group.projects)) for group in groups]
    return _chart("statuses", "Projects by status", "count", points, "status")


def _chart(key: str, title: str, kind: Kind, points: Points, noun: str) -> Chart | None:
    """The chart, the largest bar first; None where there are no two bars to compare."""
    values = [(name, value) for name, value in points if isinstance(value, int) and value > 0]
    if len(values) < 2:  # one bar compares nothing
        return None
    values.sort(key=lambda point: -point[1])
    shown, more = values[:_MOST_BARS], len(values) - _MOST_BARS
    unknown = [name for name, value in points if value is Missing.UNKNOWN]
    nothing = [name for name, value in points if value == 0]
    left_out = [f"not known for {', '.join(unknown)}"] if unknown else []
    left_out += [f"nothing for {', '.join(nothing)}"] if nothing else []
    left_out += [f"{more} smaller ones are left out of the picture"] if more > 0 else []
    sentence = "; ".join(left_out)
    return Chart(key, title, kind, tuple(shown), _alt(title, kind, values, noun), sentence and f"{sentence}.")


def _alt(title: str, kind: Kind, values: list[tuple[str, int]], noun: str) -> str:
    name, largest = values[0]
    amount = format_eur_short(largest) if kind == "money" else f"{largest:,}"
    bars = f"{len(values)} bars"
    of = (
        f" of {format_eur_short(sum(value for _, value in values))}"
        if kind == "money" and len(values) > 1
        else ""
    )
    return f"{title}. Bar chart with {bars}, one per {noun}. The largest is {name} with {amount}{of}."
