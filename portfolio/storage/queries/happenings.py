"""What happened between two days, by the dates of the records themselves, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select, union_all

from portfolio.model.entities import table_of
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.reduced_dates import begins_after, ends_before, ends_by

Kind = Literal[
    "milestone", "amendment", "payment", "report", "evaluation", "override", "risk", "training",
    "recommendation-done", "recommendation-due", "missed",
]  # fmt: skip


@dataclass(frozen=True)
class HappeningRow:
    """Something that certainly happened after one day and by another.

    `detail` is a title, or the code of a kind of amendment or report or of a dimension; `number` counts
    payments or risks, or is the number of an amendment or a recommendation; `cents` is what was paid less
    recoveries; `more` a new end, a half-year or a colour. "missed" is told by the calendar, not by a query.
    """

    kind: Kind
    project_key: str
    on: str
    detail: str
    number: int | None = None
    cents: int | None = None
    more: str | None = None


def find_happenings(database: Database, after: dt.date, until: dt.date) -> tuple[HappeningRow, ...]:
    """What certainly happened after the day `after` and by `until`; the payments of a project as one."""
    found: list[HappeningRow] = []
    with reading(database) as connection:
        for query in (*_queries(after, until), *_further_queries(after, until)):
            for kind, project, on, detail, number, cents, more in connection.execute(query).all():
                # PostgreSQL sums BIGINT to NUMERIC, which arrives as Decimal.
                amount = None if cents is None else int(cents)
                found.append(HappeningRow(kind, project, on, detail, number, amount, more))
    return tuple(sorted(found, key=lambda row: (row.on, row.project_key, row.detail), reverse=True))


def find_last_meetings(database: Database, until: dt.date) -> dict[str, str]:
    """The day of each project's last steering committee that was certainly held by `until`."""
    milestone = table_of("milestone").c
    query = (
        select(milestone.project_key, func.max(milestone.actual).label("held"))
        .where(
            milestone.kind == "steering-committee",
            milestone.about == "project",
            milestone.status == "done",
            ends_by(milestone.actual, until),
        )
        .group_by(milestone.project_key)
    )
    with reading(database) as connection:
        return {row.project_key: row.held for row in connection.execute(query).all()}


def _queries(after: dt.date, until: dt.date) -> Iterator[Select[Any]]:
    def within(date: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(begins_after(date, after), ends_by(date, until))

    none = null()
    milestone, report, evaluation = (table_of(name).c for name in ("milestone", "report_due", "evaluation"))
    yield select(
        _named("milestone"), milestone.project_key, milestone.actual, milestone.title, none, none, none
    ).where(milestone.about == "project", milestone.status == "done", within(milestone.actual))
    yield select(
        _named("report"), report.project_key, report.received_on, report.kind, none, none, report.period
    ).where(within(report.received_on))
    yield select(
        _named("evaluation"),
        evaluation.project_key,
        evaluation.carried_out_on,
        evaluation.title,
        none,
        none,
        none,
    ).where(within(evaluation.carried_out_on))
    amendment, contract, payment = (table_of(name) for name in ("amendment", "contract", "payment"))
    yield (
        select(
            _named("amendment"), contract.c.project_key, amendment.c.signed_on, amendment.c.kind,
            amendment.c.number, none, amendment.c.new_end,
        )
        .join(contract, contract.c.key == amendment.c.contract_key)
        .where(within(amendment.c.signed_on))
    )  # fmt: skip
    amount = payment.c.amount_cents
    yield (
        select(
            _named("payment"), contract.c.project_key, func.max(payment.c.paid_on), _named(""), func.count(),
            func.sum(case((payment.c.kind == "recovery", -amount), else_=amount)), none,
        )
        .join(contract, contract.c.key == payment.c.contract_key)
        .where(within(payment.c.paid_on))
        .group_by(contract.c.project_key)
    )  # fmt: skip


def _further_queries(after: dt.date, until: dt.date) -> Iterator[Select[Any]]:
    """What people decided, reviewed, held and carried out, and what was to be carried out and was not."""

    def within(date: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(begins_after(date, after), ends_by(date, until))

    none, override, training = null(), table_of("health_override").c, table_of("training").c
    yield select(
        _named("override"), override.project_key, override.decided_on, override.dimension, none, none,
        override.colour,
    ).where(within(override.decided_on))  # fmt: skip
    yield select(
        _named("training"), training.project_key, training.held_on, training.title, none, none, none
    ).where(within(training.held_on))
    risk, review = table_of("risk"), table_of("risk_review")
    reviews = union_all(
        select(risk.c.project_key, risk.c.key, risk.c.reviewed_on).where(within(risk.c.reviewed_on)),
        select(risk.c.project_key, risk.c.key, review.c.reviewed_on)
        .join(review, review.c.risk_key == risk.c.key)
        .where(within(review.c.reviewed_on)),
    ).subquery()
    yield select(
        _named("risk"), reviews.c.project_key, func.max(reviews.c.reviewed_on), _named(""),
        func.count(reviews.c.key.distinct()), none, none,
    ).group_by(reviews.c.project_key)  # fmt: skip
    yield from _advice(within, after, until)


def _advice(
    within: Callable[[ColumnElement[Any]], ColumnElement[bool]], after: dt.date, until: dt.date
) -> Iterator[Select[Any]]:
    advice, evaluation = table_of("recommendation"), table_of("evaluation")
    # Of a month the last day counts: until then it can be carried out in time.
    fell_due = and_(~ends_by(advice.c.due_on, after), ends_before(advice.c.due_on, until))
    is_open = or_(advice.c.done_on.is_(None), begins_after(advice.c.done_on, until))
    is_agreed = or_(advice.c.response.is_(None), advice.c.response != "rejected")
    for kind, on, condition in (
        ("recommendation-done", advice.c.done_on, within(advice.c.done_on)),
        ("recommendation-due", advice.c.due_on, and_(fell_due, is_open, is_agreed)),
    ):
        columns = evaluation.c.project_key, on, advice.c.text, advice.c.number, null(), null()
        joined = select(_named(kind), *columns).join(evaluation, evaluation.c.key == advice.c.evaluation_key)
        yield joined.where(condition)


def _named(text: str) -> ColumnElement[str]:
    return literal(text)
