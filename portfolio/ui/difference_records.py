"""Tables of what changed in records: milestones, colours, risks, values, and what happened between dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from portfolio.services.differences import wordings as words
from portfolio.services.differences.comparisons import Differences
from portfolio.services.differences.happenings import Happened
from portfolio.ui.differences import (
    PROJECT,
    ChangeTable,
    Columns,
    amounts_table,
    dates_table,
    made_table,
    project_column,
    statuses_table,
)
from portfolio.ui.health import in_colour, mark, mark_column
from portfolio.ui.tables import count_column, date_column, days_column, text_column, value_column
from portfolio.ui.theme import Theme

_LETTER, _WORD = 76, 134


def change_tables(found: Differences, theme: Theme) -> tuple[ChangeTable, ...]:
    """Every group in which something changed, in the order of the screen."""
    tables = (
        statuses_table(found), amounts_table(found), dates_table(found),
        happened_table("amendments", found.amendments, found.names, "Signed", "Amendment"),
        milestones_table(found), colours_table(found, theme), risks_table(found), values_table(found),
        happened_table("trainings", found.trainings, found.names, "Held", "Training"),
        happened_table("reports", found.reports, found.names, "Received", "Report"),
    )  # fmt: skip
    return tuple(table for table in tables if len(table.table))


def happened_table(
    name: str, rows: Iterable[Happened], names: Mapping[str, str], verb: str, noun: str
) -> ChangeTable:
    """What happened between the dates, the latest first; what is no longer on record is marked."""
    listed = [
        {
            PROJECT: names[row.project_key],
            "on": row.on,
            "what": f"{row.what} (no longer on record)" if row.is_gone else row.what,
        }
        for row in rows
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "on": date_column(verb),
        "what": text_column(noun, width=620),
    }
    return made_table(name, listed, columns)


def milestones_table(found: Differences) -> ChangeTable:
    """What became of milestones, with the date before and now."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "what": words.milestone_words(row),
            "title": row.title,
            "old": row.old,
            "new": row.new,
            "days": row.difference_days,
        }
        for row in found.milestones
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "what": text_column("What", width=210),
        "title": text_column("Milestone", width=330),
        "old": date_column("Planned", "Of a milestone that moved: the date before"),
        "new": date_column("Now", "Reached, or the forecast; of one that moved the date now"),
        "days": days_column("Later by", "Below 0 where it is earlier"),
    }
    return made_table("milestones", rows, columns, whole=("days",))


def colours_table(found: Differences, theme: Theme) -> ChangeTable:
    """Colours of health before and now, each with its sentence."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "dimension": words.scope_words(row),
            "turn": words.COLOUR_WORDS[row.turn],
            "old": mark(row.old),
            "new": mark(row.new),
            "why": row.new_sentence,
            "before": row.old_sentence,
        }
        for row in found.colours
    ]
    # What has no colour is said in a word, which needs more room than a letter.
    width = _WORD if any({row.old, row.new} & {"planned", "unknown"} for row in found.colours) else _LETTER
    columns: Columns = {
        PROJECT: project_column(),
        "dimension": text_column("Dimension", width=100),
        "turn": text_column("Turn", width=110),
        "old": mark_column("Before", theme, width=width),
        "new": mark_column("Now", theme, width=width),
        "why": text_column("Why now", width=420),
        "before": text_column("Why before", width=420),
    }
    made = made_table("colours", rows, columns)
    told = tuple(
        f"{found.names[row.project_key]}, {words.scope_words(row).lower()}. Before: {row.old_sentence} "
        f"Now: {row.new_sentence}"
        for row in found.colours
    )
    return ChangeTable("colours", made.title, made.table, columns, told)


def shown_table(made: ChangeTable) -> pd.DataFrame:
    """The table as it is drawn: marks of health in their colours."""
    return in_colour(made.table, ("old", "new")) if made.name == "colours" else made.table


def risks_table(found: Differences) -> ChangeTable:
    """Risks opened, closed or rated otherwise."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "what": words.RISK_WORDS[row.turn],
            "title": row.title,
            "old": row.old_score,
            "new": row.new_score,
            "difference": row.difference,
        }
        for row in found.risks
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "what": text_column("What", width=130),
        "title": text_column("Risk", width=400),
        "old": count_column("Score before", "Likelihood x impact, 1 to 25; empty where it was not open"),
        "new": count_column("Score now", "Likelihood x impact, 1 to 25; empty where it is not open"),
        "difference": count_column("Difference"),
    }
    return made_table("risks", rows, columns, whole=("old", "new", "difference"))


def values_table(found: Differences) -> ChangeTable:
    """Indicators with another value, each with its half-year."""
    rows = [
        {
            PROJECT: found.names[row.project_key],
            "indicator": row.statement,
            "old": row.old_words,
            "old_period": row.old_period,
            "new": row.new_words,
            "new_period": row.new_period,
            "difference": row.difference_words,
        }
        for row in found.values
    ]
    columns: Columns = {
        PROJECT: project_column(),
        "indicator": text_column("Indicator", width=330),
        "old": value_column("Before", width=190),
        "old_period": text_column("Up to", width=80),
        "new": value_column("Now", width=190),
        "new_period": text_column("Up to ", width=80),
        "difference": value_column("Difference", width=120),
    }
    made = made_table("values", rows, columns)
    told = tuple(
        f"{found.names[row.project_key]}, {row.statement}. Before: {_value(row.old_words, row.old_period)}. "
        f"Now: {_value(row.new_words, row.new_period)}."
        for row in found.values
    )
    return ChangeTable("values", made.title, made.table, columns, told)


def _value(text: str | None, period: str | None) -> str:
    """A value with its half-year, its own full stop taken off."""
    if text is None:
        return words.NOT_KNOWN
    return text.rstrip(".") + (f" (up to {period})" if period else "")
