"""The risks of each project on a date, as they were rated by then."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select

from portfolio.model.entities import table_of
from portfolio.model.result_rows import RiskRow
from portfolio.storage.queries.reduced_dates import begins_after, ends_by

Rating = tuple[int, int, str]


def count_risks(connection: Connection) -> dict[str, int]:
    """How many risks each project has, closed ones included."""
    risk = table_of("risk").c
    query = select(risk.project_key, func.count().label("risks")).group_by(risk.project_key)
    return {row.project_key: row.risks for row in connection.execute(query).all()}


def find_open_risks(
    connection: Connection, as_of: dt.date, among: Select[Any] | None = None
) -> dict[str, tuple[RiskRow, ...]]:
    """The open risks of every project that has any, by key; when a risk was closed is not on record.

    `among` names the projects that are asked for. A risk that was certainly reviewed after `as_of` has the
    rating of its last review by then; where there is none, its present rating, and no review is known of.
    """
    risk = table_of("risk")
    query = select(*(risk.c[field.name] for field in fields(RiskRow))).where(risk.c.status == "open")
    if among is not None:
        query = query.where(risk.c.project_key.in_(among))
    later = _rated_later(connection, as_of)
    found: dict[str, list[RiskRow]] = {}
    for values in connection.execute(query.order_by(risk.c.key)).all():
        row = RiskRow(*values)
        found.setdefault(row.project_key, []).append(_at_the_time(row, later) if row.key in later else row)
    return {key: tuple(rows) for key, rows in found.items()}


def _rated_later(connection: Connection, as_of: dt.date) -> dict[str, Rating | None]:
    """Of each risk that was last reviewed after `as_of` the rating that stood then, None where none did."""
    risk, review = table_of("risk").c, table_of("risk_review").c
    is_later = begins_after(risk.reviewed_on, as_of)
    found: dict[str, Rating | None] = dict.fromkeys(
        connection.execute(select(risk.key).where(is_later)).scalars()
    )
    former = (
        select(review.risk_key, review.likelihood, review.impact, review.reviewed_on)
        .join(table_of("risk"), risk.key == review.risk_key)
        .where(is_later, ends_by(review.reviewed_on, as_of))
        .order_by(review.reviewed_on)
    )
    for key, *rating in connection.execute(former):
        found[key] = (rating[0], rating[1], rating[2])
    return found


def _at_the_time(row: RiskRow, later: dict[str, Rating | None]) -> RiskRow:
    rating = later[row.key]
    if rating is None:
        return replace(row, reviewed_on=None)
    likelihood, impact, reviewed_on = rating
    return replace(row, likelihood=likelihood, impact=impact, reviewed_on=reviewed_on)
