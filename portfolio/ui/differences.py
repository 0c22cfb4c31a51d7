"""What changed between two dates in tables: old and new side by side, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.services.differences import wordings as words
from portfolio.services.differences.comparisons import Differences
from portfolio.ui.tables import (
    date_column,
    days_column,
    euros,
    figure_column,
    money_column,
    text_column,
)

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
PROJECT = "project"


@dataclass(frozen=True)
class ChangeTable:
    """One group as a table; `sentences` are read in full below it, where a cell cuts them off."""

    name: str
    title: str
    table: pd.DataFrame
    columns: Columns
    sentences: tuple[str, ...] = ()


def project_column() -> ColumnConfig:
    """The column of acronyms, which stays in sight."""
    return text_column("Project", width=130, pinned=True)


def made_table(
    name: str, rows: Iterable[Mapping[str, object]], columns: Columns, *, whole: Sequence[str] = ()
) -> ChangeTable:
    """A group as a table under its own name; the columns of `whole` hold whole numbers or nothing."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    frame = frame.astype(dict.fromkeys(whole, "Int64"))
    return ChangeTable(name, words.GROUP_LABELS[name], frame, columns)


def sums_table(found: Differences) -> pd.DataFrame:
    """One row per compared amount over the chosen projects.

    Columns: amount; old, new, difference, moved, appeared, vanished (EUR; empty where not known; appeared and
             vanished are of projects known on one date only); known_old, known_new ("17 of 19").
    """
    table = pd.DataFrame(
        [
            {
                "amount": words.amount_label(row),
                "old": row.old.cents,
                "new": row.new.cents,
                "difference": row.difference_cents,
                "moved": row.moved_cents,
                "appeared": row.appeared_cents,
                "vanished": row.vanished_cents,
                "known_old": f"{row.old.known} of {row.old.of}",
                "known_new": f"{row.new.known} of {row.new.of}",
            }
            for row in found.sums
        ]
    )
    for name in _SUMS:
        table[name] = euros(table[name].astype("Int64"))
    return table


_SUMS = ("old", "new", "difference", "moved", "appeared", "vanished")


def sums_columns(first: str, last: str) -> Columns:
    """The columns of `sums_table`; the dates stand in the headers."""
    return {
        "amount": text_column("Amount", width=140, pinned=True),
        "old": money_column(first),
        "new": money_column(last),
        "difference": money_column("Difference", "New less old: moved + later only - earlier only"),
        "moved": money_column("Moved", "Of the projects known on both dates"),
        "appeared": money_column("Later only", "Of the projects known on the later date only"),
        "vanished": money_column(
            "Earlier only", "Of the projects known on the earlier date only"
        ),
        "known_old": figure_column("Known, earlier", "For how many projects"),
        "known_new": figure_column("Known, later", "For how many projects"),
    }  # fmt: skip


def statuses_table(found: Differences) -> ChangeTable:
    """Projects that came, left, began or closed."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "what": words.TURN_WORDS[row.turn],
            "old": words.status_words(row.old),
            "new": words.status_words(row.new),
            "title": found.projects[row.project_key].title,
        }
        for row in found.statuses
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "what": text_column("What", width=180),
        "old": text_column("Before", width=130),
        "new": text_column("Now", width=130),
        "title": text_column("Title", width=420),
    }
    return made_table("statuses", rows, columns)


def amounts_table(found: Differences) -> ChangeTable:
    """Amounts of projects that moved, or that are known on one date only with the reason for the other."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "amount": words.amount_label(row),
            "old": row.old_cents,
            "new": row.new_cents,
            "difference": row.difference_cents,
            "why": words.unknown_reasons(row),
        }
        for row in found.amounts
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "amount": text_column("Amount", width=140),
        "old": money_column("Before"),
        "new": money_column("Now"),
        "difference": money_column("Difference", "Now less before, where both are known"),
        "why": text_column("Why not known", width=300),
    }
    made = made_table("amounts", rows, columns)
    for name in ("old", "new", "difference"):
        made.table[name] = euros(made.table[name].astype("Int64"))
    if not made.table["why"].any():
        # All of them are known on both dates.
        columns["why"] = None
    return made


def dates_table(found: Differences) -> ChangeTable:
    """Starts and ends that moved."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "what": words.date_words(row),
            "old": row.old,
            "new": row.new,
            "days": row.difference_days,
        }
        for row in found.dates
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "what": text_column("Date", width=190),
        "old": date_column("Before"),
        "new": date_column("Now"),
        "days": days_column("Moved", "Where both are known to the day"),
    }
    return made_table("dates", rows, columns, whole=("days",))
