"""Indicators and their values, trainings, risks, and what implementers report of themselves."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select

from portfolio.model.entities import table_of
from portfolio.model.result_rows import (
    AssessmentRow,
    IndicatorRow,
    IndicatorValueRow,
    NarrativeRow,
    ReceiptRow,
    RiskReviewRow,
    RiskRow,
    TrainingRow,
)
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all

Row = TypeVar("Row")


def find_indicators(database: Database, project_key: str | None = None) -> tuple[IndicatorRow, ...]:
    """The indicators of one project, or of all: by project, in their declared order, then by key."""
    found = _find(database, "indicator", IndicatorRow, project_key)
    return tuple(sorted(found, key=lambda row: (row.project_key, row.position or len(found) + 1, row.key)))


def find_indicator_values(
    database: Database, project_key: str | None = None
) -> tuple[IndicatorValueRow, ...]:
    """The values of one project's indicators, or of all: by key."""
    values, indicators = table_of("indicator_value"), table_of("indicator")
    own = select(indicators.c.key).where(indicators.c.project_key == project_key)
    where = () if project_key is None else (values.c.indicator_key.in_(own),)
    with reading(database) as connection:
        return find_all(connection, values, IndicatorValueRow, *where)


def find_trainings(database: Database, project_key: str | None = None) -> tuple[TrainingRow, ...]:
    """The trainings of one project, or of all: by day, then by key."""
    found = _find(database, "training", TrainingRow, project_key)
    return tuple(sorted(found, key=lambda row: (row.held_on, row.key)))


def find_risks(database: Database, project_key: str | None = None) -> tuple[RiskRow, ...]:
    """The risks of one project, or of all, closed ones included: by key."""
    return _find(database, "risk", RiskRow, project_key)


def find_risk_reviews(database: Database, project_key: str | None = None) -> tuple[RiskReviewRow, ...]:
    """The dated ratings of one project's risks, or of all: by risk, then by day."""
    reviews, risks = table_of("risk_review"), table_of("risk")
    own = select(risks.c.key).where(risks.c.project_key == project_key)
    where = () if project_key is None else (reviews.c.risk_key.in_(own),)
    with reading(database) as connection:
        found = find_all(connection, reviews, RiskReviewRow, *where)
    return tuple(sorted(found, key=lambda row: (row.risk_key, row.reviewed_on)))


def find_receipts(database: Database, project_key: str | None = None) -> tuple[ReceiptRow, ...]:
    """What one project, or each, says it received: by key."""
    return _find(database, "receipt", ReceiptRow, project_key)


def find_assessments(database: Database, project_key: str | None = None) -> tuple[AssessmentRow, ...]:
    """The implementers' own assessments of one project, or of all: by key."""
    return _find(database, "assessment", AssessmentRow, project_key)


def find_narratives(database: Database, project_key: str | None = None) -> tuple[NarrativeRow, ...]:
    """The narratives of one project, or of all: by key."""
    return _find(database, "narrative", NarrativeRow, project_key)


def _find(database: Database, entity: str, shape: type[Row], project_key: str | None) -> tuple[Row, ...]:
    table = table_of(entity)
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, shape, *where)
