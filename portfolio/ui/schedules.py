"""The milestones screen's parts: marks and bands of the chart, and the rows of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import PartialDate, date_label
from portfolio.indicators import indicator
from portfolio.model.rows import ProjectRow
from portfolio.services.milestones import MilestoneState
from portfolio.ui.milestone_charts import Mark, MarkKind
from portfolio.ui.tables import date_column, days_column, link_column, text_column
from portfolio.ui.timelines import Span
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig


def milestone_marks(states: Iterable[MilestoneState], names: Mapping[str, str]) -> list[Mark]:
    """What the chart shows of each milestone: one row per project, in the order of the milestones."""
    listed = list(states)
    order = list(dict.fromkeys(state.milestone.project_key for state in listed))
    by_project = sorted(listed, key=lambda state: order.index(state.milestone.project_key))
    return [mark for state in by_project for mark in _marks(state, names)]


def _marks(state: MilestoneState, names: Mapping[str, str]) -> list[Mark]:
    milestone = state.milestone
    row = names.get(milestone.project_key, milestone.project_key)
    dates: list[tuple[MarkKind, str | None]] = [("baseline", milestone.baseline)]
    if state.is_done:
        dates.append(("actual", milestone.actual or milestone.baseline))
    elif milestone.forecast is not None:
        dates.append(("late" if state.is_late else "forecast", milestone.forecast))
    elif state.is_late:
        dates.append(("late", milestone.baseline))
    since = PartialDate.of(milestone.baseline)
    return [_mark(row, milestone.title, kind, PartialDate.parse(text), since) for kind, text in dates if text]


def _mark(row: str, title: str, kind: MarkKind, date: PartialDate, since: PartialDate | None) -> Mark:
    word = {"baseline": "planned", "forecast": "forecast", "actual": "reached", "late": "late"}[kind]
    return Mark(
        row,
        date.first,
        kind,
        f"{row}: {title}, {word} {date.label}",
        until=None if date.is_day else date.last,
        since=since.first if since is not None and since != date else None,
    )


def project_bands(projects: Iterable[ProjectRow]) -> list[Span]:
    """From start to present end of every project of which both are known, whatever their precision."""
    return [
        Span(
            project.acronym,
            PartialDate.parse(project.start).first,
            PartialDate.parse(project.present_end).last,
            f"{date_label(project.start)} to {date_label(project.present_end)}",
        )
        for project in projects
        if project.start is not None and project.present_end is not None
    ]


def milestones_table(
    states: Sequence[MilestoneState], names: Mapping[str, str], sources: Mapping[str, str]
) -> pd.DataFrame:
    """One row per milestone, in their order.

    Columns: project, milestone, kind, status, contractual (text); baseline, forecast, actual (reduced ISO
             dates, or words); slip_days, late_days (days; empty where not known); source (address).
    """
    rows = [_row(state, names, sources) for state in states]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return table.astype({"slip_days": "Int64", "late_days": "Int64"})


_COLUMNS = (
    "project", "milestone", "late_days", "slip_days", "baseline", "forecast", "actual", "status", "kind",
    "contractual", "source",
)  # fmt: skip


def _row(state: MilestoneState, names: Mapping[str, str], sources: Mapping[str, str]) -> tuple[object, ...]:
    milestone = state.milestone
    return (
        names.get(milestone.project_key, milestone.project_key),
        milestone.title,
        state.late_days,
        state.slip_days,
        milestone.baseline,
        milestone.forecast,
        milestone.actual or ("not reached" if not state.is_done else None),
        label("milestone_status", milestone.status),
        label("milestone_kind", milestone.kind),
        "yes" if milestone.contractual else "no",
        sources.get(milestone.key),
    )


def milestone_columns(table: pd.DataFrame) -> dict[str, ColumnConfig | str | None]:
    """The columns of `milestones_table`, without those that say the same of every row."""
    columns: dict[str, ColumnConfig | str | None] = {
        "project": text_column("Project", width=130),
        "milestone": text_column("Milestone", width=310),
        "late_days": days_column("Late", indicator("late-days").definition),
        "slip_days": days_column("Slip", indicator("slip-days").definition),
        "baseline": date_column("Baseline"),
        "forecast": date_column("Forecast"),
        "actual": date_column("Actual"),
        "status": text_column("Status"),
        "kind": text_column("Kind"),
        "contractual": text_column("Contractual"),
        "source": link_column("Source", "open"),
    }
    said = {
        "late_days": table["late_days"].fillna(0).any(),
        "contractual": table["contractual"].eq("yes").any(),
    }
    return {name: config for name, config in columns.items() if said.get(name, table[name].notna().any())}
