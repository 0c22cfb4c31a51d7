"""Health in words and tables: letter, shape and word beside every colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from portfolio.dates import date_label
from portfolio.model.report_rows import OverrideRow
from portfolio.model.result_rows import AssessmentRow
from portfolio.model.rows import ProjectRow
from portfolio.numbers import counted
from portfolio.services.health.colours import DIMENSIONS
from portfolio.services.health.ratings import OVERALL, Health
from portfolio.ui.charts import Chart, Segment, stacked_bars
from portfolio.ui.figure_links import Tile
from portfolio.ui.tables import count_column, text_column
from portfolio.ui.texts import listed
from portfolio.ui.theme import STATUSES, StatusName, Theme, ink_on, status_label
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
Assessments = Mapping[str, Mapping[str, AssessmentRow]]
SCOPES = (OVERALL, *DIMENSIONS)
MARKS: tuple[StatusName, ...] = ("red", "amber", "green", "grey", "closed")
# What has no colour is said in a word.
_WORDS: dict[str, str] = {"planned": "Planned", "unknown": "Status not known"}
_MARKDOWN: dict[str, str] = {"red": "red", "amber": "orange", "green": "green"}
SHOWN: dict[str, str] = {
    "all": "All", "red": "◆ Off track", "amber": "▲ Needs attention", "green": "● On track",
    "grey": "○ Not known", "none": "No health",
}  # fmt: skip


def scope_name(scope: str) -> str:
    """A dimension, or "Overall"."""
    return label("health_scope", scope)


def mark(state: str) -> str:
    """Shape and letter of a colour: "◆ R"; the word where a project has no health."""
    if state not in STATUSES:
        return _WORDS.get(state, state)
    status = STATUSES[state]
    return f"{status.shape} {status.letter}"


def coloured(state: str) -> str:
    """A state as Markdown: shape, letter and word in its colour."""
    if state not in STATUSES:
        return f":gray[**{mark(state)}**]"
    return f":{_MARKDOWN.get(state, 'gray')}[**{status_label(state)}**]"


def running(health: Iterable[Health]) -> list[Health]:
    """Those that have a health."""
    return [row for row in health if row.is_running]


def headline(health: Sequence[Health], names: Mapping[str, str]) -> str:
    """What is off track, and how much is not known."""
    found = running(health)
    if not found:
        return "No project of this choice is known to be running, so none has a health."
    red = [names[row.project_key] for row in found if row.state == "red"]
    states = [row.state for row in found]
    if set(states) == {"grey"}:
        return f"Health is not known for any of {counted(len(found), 'running project')}."
    other = f"{states.count('amber')} need attention, {states.count('green')} on track"
    named = f": {listed(red)}" if red else ""
    off = f"{len(red)} of {counted(len(found), 'running project')} off track{named}; {other}"
    grey = states.count("grey")
    return f"{off}, {grey} not known at all." if grey else f"{off}."


def colour_tile(colour: str, states: Sequence[str]) -> Tile:
    """How many running projects have a colour; not known where no project's colour is."""
    known, running = len(states) - states.count("grey"), f"{len(states):,} running"
    if colour == "grey" or known == len(states):
        return Tile(f"health-{colour}", f"{states.count(colour):,}", f"of {running}")
    if not known:
        return Tile(f"health-{colour}", "not known", f"for any of {running}")
    return Tile(f"health-{colour}", f"{states.count(colour):,}", f"of {known:,} known, {running}")


def unknown_sentence(health: Sequence[Health]) -> str:
    """How many running projects each dimension is not known of; "" where all are known."""
    found = running(health)
    grey = {scope: sum(row.colour(scope) == "grey" for row in found) for scope in DIMENSIONS}
    parts = [f"{label('health_dimension', scope).lower()} for {n}" for scope, n in grey.items() if n]
    if not parts:
        return ""
    return (
        f"Not known, of {counted(len(found), 'running project')}: {', '.join(parts)}. Never taken for green."
    )


def health_table(rows: Sequence[tuple[ProjectRow, Health]], own: Assessments) -> pd.DataFrame:
    """One row per project: acronym, a mark for overall and each dimension, and words.

    Columns: project; overall, time, money, results, risk, reporting (marks); own (the implementer's own
             worst colour, with its half-year); unknown (count); why.
    """
    table = pd.DataFrame(
        [
            {
                "project": project.acronym,
                **{scope: mark(health.colour(scope)) if health.is_running else None for scope in DIMENSIONS},
                OVERALL: mark(health.state),
                "own": own_words(own.get(project.key, {})),
                "unknown": health.unknown if health.is_running else None,
                "why": health.sentence,
            }
            for project, health in rows
        ],
        columns=["project", *SCOPES, "own", "unknown", "why"],
    )
    return table.astype({"unknown": "Int64"})


def own_words(rows: Mapping[str, AssessmentRow]) -> str | None:
    """The implementer's own worst colour with its half-year: "▲ A, 2026-S1"; None where there is none."""
    if not rows:
        return None
    colours = [row.colour for row in rows.values()]
    worst = next(colour for colour in ("red", "amber", "green") if colour in colours)
    return f"{mark(worst)}, {next(iter(rows.values())).period}"


def in_colour(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """The table with the marks of these columns as `mark_column` shows them; those without one are empty."""
    shown = table.copy()
    for name in columns:
        shown[name] = [[text] if isinstance(text, str) else [] for text in table[name]]
    return shown


def mark_column(name: str, theme: Theme, tip: str | None = None, width: int = 76) -> ColumnConfig:
    """A column of marks, each in its colour beside its shape and letter."""
    marks = [mark(state) for state in (*MARKS, *_WORDS)]
    colours = [theme.status[state] for state in MARKS] + [theme.neutral for _ in _WORDS]
    return st.column_config.MultiselectColumn(name, help=tip, width=width, options=marks, color=colours)


def health_columns(theme: Theme) -> Columns:
    """The columns of `health_table`."""
    tips = {scope: label("health_dimension", scope) for scope in DIMENSIONS}
    return {
        "project": text_column("Project", width=145, pinned=True),
        OVERALL: mark_column("Overall", theme, "The worst dimension that is known", 134),
        **{scope: mark_column(name, theme) for scope, name in tips.items()},
        "own": text_column("Own", "The implementer's own worst colour, and of which half-year", width=105),
        "unknown": count_column("Not known", "How many of the five dimensions are not known"),
        "why": text_column("Why", width=640),
    }


def counts_chart(health: Sequence[Health], theme: Theme) -> Chart:
    """How many running projects have each colour, overall and by dimension; letters stand in the bars."""
    found = running(health)
    counts = counts_table(health)
    segments = [
        Segment(row["scope"], STATUSES[name].word, row[name], f"{STATUSES[name].letter} {row[name]}")
        for row in counts.to_dict("records")
        for name in MARKS[:4]
        if row[name]
    ]
    chart = stacked_bars(segments, "Running projects by colour", theme)
    by_word = {STATUSES[name].word: theme.status[name] for name in MARKS}
    for trace in chart.figure.data:
        # The letters in the bars tell them apart; a pattern would run through them.
        trace.marker.pattern = {"shape": ""}
        trace.marker.color = by_word[trace.name]
        trace.insidetextfont.color = ink_on(by_word[trace.name], theme)
    if counts["grey"].sum() == len(SCOPES) * len(found):
        return Chart(chart.figure, f"Not known for any of {counted(len(found), 'running project')}.")
    red = dict(zip(counts["scope"], counts["red"], strict=True))
    told = ", ".join(f"{scope.lower()} {number}" for scope, number in red.items())
    return Chart(chart.figure, f"Off track, of {counted(len(found), 'running project')}: {told}.")


def counts_table(health: Sequence[Health]) -> pd.DataFrame:
    """One row for overall and each dimension: how many running projects are red, amber, green and grey."""
    found = running(health)
    return pd.DataFrame(
        [
            {"scope": scope_name(scope)}
            | {name: sum(row.colour(scope) == name for row in found) for name in MARKS[:4]}
            for scope in SCOPES
        ]
    )  # fmt: skip


def counts_columns() -> Columns:
    """The columns of `counts_table`."""
    return {
        "scope": text_column("Dimension"),
        **{name: count_column(f"{STATUSES[name].shape} {STATUSES[name].word}") for name in MARKS[:4]},
    }


def override_sentence(row: OverrideRow, holds: bool) -> str:
    """An override beside the computed colour, with dates and reason."""
    until = date_label(row.expires_on)
    when = f"until {until}" if holds else f"lapsed on {until}"
    what = f"{scope_name(row.dimension)} set to {mark(row.colour)}"
    return f"{what} on {date_label(row.decided_on)}, {when}: {row.reason}"


def own_sentence(row: AssessmentRow) -> str:
    """What the implementer says of itself in one dimension."""
    comment = f": {row.comment}" if row.comment else "."
    return f"The implementer says {mark(row.colour)} ({row.period}){comment}"
