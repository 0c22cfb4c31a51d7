"""Milestones and published figures."""

from __future__ import annotations

from portfolio.model.entities import table_of
from portfolio.model.rows import FigureRow, MilestoneRow
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.rows import find_all


def find_milestones(database: Database, project_key: str | None = None) -> tuple[MilestoneRow, ...]:
    """The milestones of one project, or of all, context entries included."""
    table = table_of("milestone")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, MilestoneRow, *where)


def find_published_figures(database: Database, project_key: str | None = None) -> tuple[FigureRow, ...]:
    """The published figures of one project, or of all."""
    table = table_of("published_figure")
    where = () if project_key is None else (table.c.project_key == project_key,)
    with reading(database) as connection:
        return find_all(connection, table, FigureRow, *where)
