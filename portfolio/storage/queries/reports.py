"""The reporting calendar, evaluations, markers and overrides."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select

from portfolio.model.entities import table_of
from portfolio.model.report_rows import (
    EvaluationRow,
    EvaluationScoreRow,
    MarkerRow,
    OverrideRow,
    RecommendationRow,
    ReportDueRow,
)
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all

Row = TypeVar("Row")


def find_reports_due(database: Database, project_key: str | None = None) -> tuple[ReportDueRow, ...]:
    """The reporting calendar of one project, or of all: by date due, then by key."""
    found = _find(database, "report_due", ReportDueRow, project_key)
    return tuple(sorted(found, key=lambda row: (row.due_on, row.key)))


def find_evaluations(database: Database, project_key: str | None = None) -> tuple[EvaluationRow, ...]:
    """The evaluations of one project, or of all: by date, those without one last, then by key."""
    found = _find(database, "evaluation", EvaluationRow, project_key)
    return tuple(
        sorted(found, key=lambda row: (row.carried_out_on is None, row.carried_out_on or "", row.key))
    )


def find_evaluation_scores(
    database: Database, project_key: str | None = None
) -> tuple[EvaluationScoreRow, ...]:
    """The scores of one project's evaluations, or of all: by key."""
    return _find_of_evaluations(database, "evaluation_score", EvaluationScoreRow, project_key)


def find_recommendations(database: Database, project_key: str | None = None) -> tuple[RecommendationRow, ...]:
    """The recommendations of one project's evaluations, or of all: by evaluation, then by number."""
    found = _find_of_evaluations(database, "recommendation", RecommendationRow, project_key)
    return tuple(sorted(found, key=lambda row: (row.evaluation_key, row.number)))


def find_markers(database: Database, project_key: str | None = None) -> tuple[MarkerRow, ...]:
    """The policy markers of one project, or of all: by key."""
    return _find(database, "project_marker", MarkerRow, project_key)


def find_overrides(database: Database, project_key: str | None = None) -> tuple[OverrideRow, ...]:
    """The overrides of one project, or of all, lapsed ones included: by day decided, then by key."""
    found = _find(database, "health_override", OverrideRow, project_key)
    return tuple(sorted(found, key=lambda row: (row.decided_on, row.key)))


def _find(database: Database, entity: str, shape: type[Row], project_key: str | None) -> tuple[Row, ...]:
    table = table_of(entity)
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, shape, *where)


def _find_of_evaluations(
    database: Database, entity: str, shape: type[Row], project_key: str | None
) -> tuple[Row, ...]:
    table, evaluations = table_of(entity), table_of("evaluation")
    own = select(evaluations.c.key).where(evaluations.c.project_key == project_key)
    where = () if project_key is None else (table.c.evaluation_key.in_(own),)
    with reading(database) as connection:
        return find_all(connection, table, shape, *where)
