"""Risks in words and tables: the heat map's cells, the register, and the risks nobody has looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.numbers import counted
from portfolio.services.health.colours import COLOURS
from portfolio.services.risks.registers import TRENDS, RegisteredRisk, heat_counts, level_of
from portfolio.services.thresholds import threshold
from portfolio.ui.health import mark, mark_column
from portfolio.ui.matrices import MatrixCell
from portfolio.ui.tables import count_column, date_column, days_column, text_column
from portfolio.ui.theme import Theme
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
LIKELIHOODS = {str(number): f"Likelihood {number}" for number in range(5, 0, -1)}
IMPACTS = {str(number): f"Impact {number}" for number in range(1, 6)}
_ARROWS = {"rising": "↑ rising", "falling": "↓ falling", "steady": "→ steady", "first rating": "first rating"}


def headline(rows: Sequence[RegisteredRisk], projects: int, without: int) -> str:
    """How many risks are open, high, rising and stale, and of how many projects none is recorded."""
    if not rows:
        return f"No open risk is recorded for any of {counted(projects, 'project')}."
    high, stale = sum(row.is_high for row in rows), sum(row.is_stale for row in rows)
    trends = [row.trend for row in rows]
    text = (
        f"{counted(len(rows), 'open risk')}: {high} high, {trends.count('rising')} rising, "
        f"{trends.count('falling')} falling, {stale} not reviewed for {threshold('risk-red-unreviewed')} days"
    )
    if not without:
        return f"{text}."
    return f"{text}; no risk at all is recorded for {without} of {counted(projects, 'running project')}."


def never_sentence(rows: Sequence[RegisteredRisk]) -> str:
    """How many risks nobody has ever reviewed, as far as is known; "" if none."""
    unknown = sum(row.days is None for row in rows)
    if not unknown:
        return ""
    return f"Of {counted(unknown, 'more risk')} it is not known when it was last reviewed."


def heat_cells(rows: Sequence[RegisteredRisk], names: Mapping[str, str]) -> dict[tuple[str, str], MatrixCell]:
    """Every cell of the heat map: darker where the score is higher, with the number of risks in it."""
    cells = {}
    for (likelihood, impact), number in heat_counts(rows).items():
        score = likelihood * impact
        level = level_of(score)
        own = [row for row in rows if (row.risk.likelihood, row.risk.impact) == (likelihood, impact)]
        told = "; ".join(f"{names[row.risk.project_key]}: {row.risk.title}" for row in own) or "no open risk"
        text = str(number) if number else "·"
        hover = f"Score {score} ({mark(level)}): {told}"
        cells[str(likelihood), str(impact)] = MatrixCell(COLOURS.index(level) + 1, text, hover)
    return cells


def heat_table(rows: Sequence[RegisteredRisk]) -> pd.DataFrame:
    """One row per cell that holds a risk: likelihood, impact, score, how many."""
    return pd.DataFrame(
        [
            {"likelihood": likelihood, "impact": impact, "score": likelihood * impact, "risks": number}
            for (likelihood, impact), number in heat_counts(rows).items()
            if number
        ],
        columns=["likelihood", "impact", "score", "risks"],
    ).sort_values("score", ascending=False, kind="stable")


def heat_columns() -> Columns:
    """The columns of `heat_table`."""
    return {name: count_column(name.capitalize()) for name in ("likelihood", "impact", "score", "risks")}


def register_table(rows: Sequence[RegisteredRisk], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per open risk, the highest score first.

    Columns: project, title, category, owner, response (text); colour (mark); score (points of 25);
             rating ("4 x 5"); trend, before (text); reviewed (reduced ISO date); days (since the review, at
             least; empty where not known).
    """
    table = pd.DataFrame(
        [
            {
                "project": names[row.risk.project_key],
                "title": row.risk.title,
                "colour": mark(row.colour),
                "why": colour_reason(row),
                "score": row.risk.score,
                "rating": f"{row.risk.likelihood} x {row.risk.impact}",
                "trend": _ARROWS[row.trend],
                "before": before_words(row),
                "reviewed": row.risk.reviewed_on,
                "days": None if row.days is None else row.days[0],
                "category": label("risk_category", row.risk.category) if row.risk.category else None,
                "owner": row.risk.owner,
                "response": row.risk.response,
            }
            for row in rows
        ],
        columns=list(_NAMES),
    )
    return table.astype({"days": "Int64"})


_NAMES = (
    "project", "title", "colour", "why", "score", "rating", "trend", "before", "reviewed", "days", "category",
    "owner", "response",
)  # fmt: skip


def colour_reason(row: RegisteredRisk) -> str:
    """What gives a risk its colour: its score, or that its review is older or not known."""
    if row.colour == level_of(row.risk.score):
        return f"score {row.risk.score}"
    if row.days is None:
        return "date of the review not known"
    least, most = row.days
    return f"review {least if least == most else f'{least} to {most}'} days old"


def before_words(row: RegisteredRisk) -> str:
    """The scores before the present one with their dates: "8 (30 June 2025), 12 (8 December 2025)"."""
    if not row.former:
        return "none on record"
    return ", ".join(f"{old.score} ({date_label(old.reviewed_on)})" for old in row.former)


def register_columns(theme: Theme) -> Columns:
    """The columns of `register_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "colour": mark_column("Colour", theme, "By its score and by the age of its review"),
        "why": text_column("Why this colour", width=200),
        "score": count_column("Score", "Likelihood x impact, 1 to 25"),
        "title": text_column("Risk", width=310),
        "rating": text_column("Likelihood x impact", width=120),
        "trend": text_column("Trend", "Against the rating before", width=100),
        "before": text_column("Scores before", width=260),
        "reviewed": date_column("Reviewed"),
        "days": days_column("Review age", "Since the last review, at least"),
        "category": text_column("Category", width=110),
        "owner": text_column("Owner", width=210),
        "response": text_column("Response", width=330),
    }


def trend_table(rows: Sequence[RegisteredRisk]) -> pd.DataFrame:
    """One row per trend: how many open risks have it, and how many of those are high."""
    return pd.DataFrame(
        [
            {
                "trend": trend,
                "risks": sum(row.trend == trend for row in rows),
                "high": sum(row.trend == trend and row.is_high for row in rows),
            }
            for trend in TRENDS
        ]
    )
