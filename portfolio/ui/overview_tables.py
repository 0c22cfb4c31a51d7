"""The front page's bars and the tables behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.indicators import indicator
from portfolio.model.rows import ProjectRow
from portfolio.money import format_eur_short
from portfolio.services.geography import PlaceFigures
from portfolio.services.overviews import Group, Missing
from portfolio.services.selection import UNKNOWN
from portfolio.services.statuses import project_status
from portfolio.ui.charts import Bar
from portfolio.ui.tables import count_column, date_column, euros, money_column, text_column
from portfolio.ui.texts import counted
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = Mapping[str, "ColumnConfig | str | None"]


def region_bars(places: Iterable[PlaceFigures]) -> list[Bar]:
    """Total budget by region; regions without any project are left out."""
    return [
        Bar(place.name, place.total_budget_cents, format_eur_short(place.total_budget_cents))
        for place in places
        if place.projects
    ]


def region_table(places: Iterable[PlaceFigures], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per region with a project: counts, money in euro, how many amounts are not stated.

    `eu_alone` names the projects of which only the EU's part is published; the EU contribution may exceed the
    total budget because of them.
    """
    rows = [place for place in places if place.projects]
    return pd.DataFrame(
        {
            "region": [place.name for place in rows],
            "projects": [len(place.projects) for place in rows],
            "running": [len(place.running) for place in rows],
            "total_budget_eur": euros(pd.Series([p.total_budget_cents for p in rows], dtype="Int64")),
            "budget_not_stated": [place.unknown_budget for place in rows],
            "eu_contribution_eur": euros(pd.Series([p.eu_contribution_cents for p in rows], dtype="Int64")),
            "eu_not_stated": [place.unknown_eu for place in rows],
            "eu_alone": [", ".join(names[key] for key in place.eu_alone) or "none" for place in rows],
        }
    )


def region_columns() -> Columns:
    """The columns of `region_table`."""
    return {
        "region": text_column("Region"),
        "projects": count_column("Projects active in", "Not additive: one project may be active in several"),
        "running": count_column("Running"),
        "total_budget_eur": money_column("Total budget", indicator("budget-split").definition),
        "budget_not_stated": count_column("Total budget not stated for"),
        "eu_contribution_eur": money_column("EU contribution", indicator("eu-split").definition),
        "eu_not_stated": count_column("EU contribution not stated for"),
        "eu_alone": text_column(
            "Only the EU's part published of",
            "In the EU contribution and in no total budget, so that the first may exceed the second",
        ),
    }


def group_bars(groups: Iterable[Group], vocabulary: str) -> list[Bar]:
    """Projects by a code, with the total budget that is known of them."""
    return [Bar(_group_name(group, vocabulary), len(group.projects), _group_text(group)) for group in groups]


def _group_name(group: Group, vocabulary: str) -> str:
    return "Not stated" if group.code == UNKNOWN else label(vocabulary, group.code)


def _group_text(group: Group) -> str:
    budget = format_eur_short(group.total_budget.cents, "budget not stated")
    return f"{counted(len(group.projects), 'project')}, {budget}"


def group_table(groups: Iterable[Group], vocabulary: str, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per code: how many projects, their known total budget in euro, which projects."""
    rows = list(groups)
    return pd.DataFrame(
        {
            "group": [_group_name(row, vocabulary) for row in rows],
            "projects": [len(row.projects) for row in rows],
            "total_budget_eur": euros(pd.Series([row.total_budget.cents for row in rows], dtype="Int64")),
            "known_for": [row.total_budget.known for row in rows],
            "names": [", ".join(names[key] for key in row.projects) for row in rows],
        }
    )


def group_columns(heading: str) -> Columns:
    """The columns of `group_table`."""
    return {
        "group": text_column(heading),
        "projects": count_column("Projects"),
        "total_budget_eur": money_column("Total budget", indicator("total-budget").definition),
        "known_for": count_column("Known for"),
        "names": text_column("Which"),
    }


def missing_bars(rows: Iterable[Missing], projects: int) -> list[Bar]:
    """Of how many projects each field is not stated."""
    return [Bar(row.label, len(row.projects), f"{len(row.projects)} of {projects}") for row in rows]


def missing_table(rows: Iterable[Missing], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per field: of how many and of which projects it is not stated."""
    listed_rows = list(rows)
    return pd.DataFrame(
        {
            "field": [row.label for row in listed_rows],
            "projects": [len(row.projects) for row in listed_rows],
            "names": [", ".join(names[key] for key in row.projects) for row in listed_rows],
        }
    )


def missing_columns() -> Columns:
    """The columns of `missing_table`."""
    return {
        "field": text_column("Not stated"),
        "projects": count_column("Projects"),
        "names": text_column("Of which projects"),
    }


def by_start(projects: Iterable[ProjectRow]) -> list[ProjectRow]:
    """The projects in the order of their start; those without one last."""
    return sorted(projects, key=lambda project: (project.start or "9999", project.key))


def timeline_table(projects: Iterable[ProjectRow], as_of: dt.date) -> pd.DataFrame:
    """One row per project: start, original and present end as published, and status."""
    rows = by_start(projects)
    return pd.DataFrame(
        {
            "project": [row.acronym for row in rows],
            "start": [row.start for row in rows],
            "end_original": [row.end_original for row in rows],
            "end_present": [row.present_end for row in rows],
            "status": [label("project_status", project_status(row, as_of)) for row in rows],
        }
    )


def timeline_columns() -> Columns:
    """The columns of `timeline_table`."""
    return {
        "project": text_column("Project"),
        "start": date_column("Start"),
        "end_original": date_column("Original end"),
        "end_present": date_column("Present end", indicator("present-end").definition),
        "status": text_column("Status"),
    }
