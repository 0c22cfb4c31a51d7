"""The tables beside the health matrix: differences, colours set by hand, and the history of the colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from portfolio.model.report_rows import OverrideRow
from portfolio.services.health.assessments import Difference
from portfolio.services.health.histories import PastHealth
from portfolio.services.health.ratings import Health
from portfolio.ui.health import SCOPES, Columns, mark, mark_column, scope_name
from portfolio.ui.tables import date_column, text_column
from portfolio.ui.theme import Theme


def differences_table(rows: Sequence[Difference], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per dimension in which own and computed colour differ, better ones first."""
    return pd.DataFrame(
        [
            {
                "project": names[row.project_key],
                "dimension": scope_name(row.computed.dimension),
                "own": mark(row.own.colour),
                "computed": mark(row.computed.colour),
                "sees": "better" if row.is_better else "worse",
                "period": row.own.period,
                "comment": row.own.comment,
                "why": row.computed.sentence,
            }
            for row in rows
        ],
        columns=["project", "dimension", "own", "computed", "sees", "period", "comment", "why"],
    )


def differences_columns(theme: Theme) -> Columns:
    """The columns of `differences_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "dimension": text_column("Dimension", width=90),
        "own": mark_column("Own", theme, "What the implementer says of itself"),
        "computed": mark_column("Computed", theme, width=95),
        "sees": text_column("Sees it", width=70),
        "period": text_column("Half-year", width=85),
        "comment": text_column("Implementer's comment", width=260),
        "why": text_column("Why the computed colour", width=560),
    }


def overrides_table(
    rows: Sequence[tuple[OverrideRow, bool]], health: Mapping[str, Health], names: Mapping[str, str]
) -> pd.DataFrame:
    """One row per override with whether it is in force, beside the computed colour."""
    return pd.DataFrame(
        [
            {
                "project": names[row.project_key],
                "dimension": scope_name(row.dimension),
                "set": mark(row.colour),
                "computed": mark(health[row.project_key].colour(row.dimension)),
                "state": "in force" if holds else "lapsed",
                "decided": row.decided_on,
                "expires": row.expires_on,
                "reason": row.reason,
            }
            for row, holds in rows
        ],
        columns=["project", "dimension", "set", "computed", "state", "decided", "expires", "reason"],
    )


def overrides_columns(theme: Theme) -> Columns:
    """The columns of `overrides_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "dimension": text_column("Dimension", width=90),
        "set": mark_column("Set to", theme),
        "computed": mark_column("Computed", theme, width=120),
        "state": text_column("State", width=80),
        "decided": date_column("Decided"),
        "expires": date_column("Lapses"),
        "reason": text_column("Reason", width=520),
    }


def history_table(rows: Sequence[PastHealth]) -> pd.DataFrame:
    """One row per half-year that had ended: by which records, marks of overall and each dimension, why."""
    return pd.DataFrame(
        [
            {
                "period": str(row.period),
                "records": row.records,
                **{scope: mark(row.health.colour(scope)) for scope in SCOPES},
                "why": row.health.sentence,
            }
            for row in rows
        ],
        columns=["period", "records", *SCOPES, "why"],
    )


def history_columns(theme: Theme) -> Columns:
    """The columns of `history_table`."""
    return {
        "period": text_column("After", width=80, pinned=True),
        "records": text_column("By", width=125),
        **{scope: mark_column(scope_name(scope), theme) for scope in SCOPES},
        "why": text_column("Why", width=640),
    }
