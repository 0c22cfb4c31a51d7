"""The calendar screen's tables: what falls due, the reporting calendar, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.services.deadlines.calendars import Due
from portfolio.services.deadlines.entries import Deadline
from portfolio.services.deadlines.reports import BASIS_WORDS, REPORT_STATE_WORDS, ReportEntry
from portfolio.ui.tables import date_column, days_column, text_column

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = Mapping[str, "ColumnConfig | str | None"]
# A decision belongs to the projects that have contracts under it, which may be none or several.
NO_PROJECT = "no single project"
_SHAPES = {
    "Near": "◆ Near", "Open": "○ Open", "Late": "▲ Late", "Due": "○ Due",
    "Received": "● Received", "Received late": "● Received late",
}  # fmt: skip


def state_text(words: str) -> str:
    """A state with its shape, so that no colour is needed to tell it."""
    return f"◆ {words}" if words.startswith("Open until") else _SHAPES.get(words, words)


def counting(arithmetic: str) -> str:
    """The arithmetic under a heading that says that it is indicative."""
    return arithmetic.removeprefix("Indicative: ")


def due_table(dues: Sequence[Due], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per deadline or report: day, last possible day, what, project, of what, state, arithmetic."""
    return pd.DataFrame(
        {
            "day": [row.day.isoformat() for row in dues],
            "until": [row.until.isoformat() if row.until > row.day else None for row in dues],
            "what": [f"{row.name}, window" if row.is_window else row.name for row in dues],
            "project": [names.get(row.project_key or "", NO_PROJECT) for row in dues],
            "subject": [row.subject for row in dues],
            "state": [state_text(row.state_words) for row in dues],
            "arithmetic": [counting(row.arithmetic) for row in dues],
            "source": [row.source for row in dues],
        }
    )


def due_columns(table: pd.DataFrame) -> Columns:
    """The columns of `due_table`."""
    columns: dict[str, ColumnConfig | str | None] = {
        "day": date_column("Date", "The first possible day; the opening of a window"),
        "until": date_column("Up to", "The last possible day, where the date is a range or a window"),
        "what": text_column("What", width=230),
        "project": text_column("Project", width=130),
        "subject": text_column("Of", width=190),
        "state": text_column("State", width=190),
        "arithmetic": text_column("Arithmetic, indicative", width=430),
        "source": text_column("Source of the rule", width=260),
    }
    return {name: config for name, config in columns.items() if table[name].notna().any()}


def report_table(reports: Sequence[ReportEntry], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per report: project, what, due between which days, state, days late, received, basis."""
    return pd.DataFrame(
        {
            "project": [names.get(row.project_key, row.project_key) for row in reports],
            "what": [row.name for row in reports],
            "due": [row.earliest.isoformat() for row in reports],
            "until": [row.latest.isoformat() if row.latest > row.earliest else None for row in reports],
            "state": [state_text(REPORT_STATE_WORDS[row.state]) for row in reports],
            "late": pd.array([row.late_days or None for row in reports], dtype="Int64"),
            "received": [row.received_on or row.how_received or None for row in reports],
            "basis": [BASIS_WORDS[row.basis] for row in reports],
            "arithmetic": [counting(row.arithmetic) for row in reports],
        }
    )


def report_columns(table: pd.DataFrame) -> Columns:
    """The columns of `report_table`."""
    columns: dict[str, ColumnConfig | str | None] = {
        "project": text_column("Project", width=130, pinned=True),
        "what": text_column("Report", width=190),
        "due": date_column("Due", "The first possible day"),
        "until": date_column("Up to", "The last possible day, where the date is a range"),
        "state": text_column("State", width=140),
        "late": days_column("Late"),
        "received": text_column("Received", width=140),
        "basis": text_column("Due by", width=130),
        "arithmetic": text_column("Arithmetic, indicative", width=430),
    }
    return {name: config for name, config in columns.items() if table[name].notna().any()}


def due_sentences(dues: Sequence[Due], names: Mapping[str, str]) -> list[str]:
    """The whole arithmetic of each line with the source of its rule."""
    return [
        f"{names.get(row.project_key or '', row.subject)}, {row.name}: {row.arithmetic} Rule: {row.source}"
        for row in dues
    ]


def report_sentences(reports: Sequence[ReportEntry], names: Mapping[str, str]) -> list[str]:
    """The whole arithmetic of each report with its standing and source."""
    return [
        f"{names.get(row.project_key, row.project_key)}, {row.name}: {row.outcome}. {row.arithmetic} "
        f"Rule: {row.source}"
        for row in reports
    ]


def unknown_table(deadlines: Sequence[Deadline], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per deadline that is not known: what, project, of what, and why."""
    return pd.DataFrame(
        {
            "what": [row.name for row in deadlines],
            "project": [names.get(row.project_key or "", NO_PROJECT) for row in deadlines],
            "subject": [row.subject for row in deadlines],
            "why": [row.note or row.arithmetic for row in deadlines],
        }
    )


def unknown_columns() -> Columns:
    """The columns of `unknown_table`."""
    return {
        "what": text_column("What", width=230),
        "project": text_column("Project", width=130),
        "subject": text_column("Of", width=190),
        "why": text_column("Why it is not known", width=560),
    }
