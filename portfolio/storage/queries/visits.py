"""When a person last saw the portfolio: operational, in no change set and in no revision."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import delete, insert, select

from portfolio.model.history import VISITS
from portfolio.storage.engine import Database, reading, writing

# A visit serves to say what changed since; who came when is not to be kept for longer than that needs.
KEPT_VISITS = 20


@dataclass(frozen=True)
class VisitRow:
    """A look at the front page: `seen_at` is an ISO time in UTC, `as_of` a day."""

    person: str
    seen_at: str
    revision: int
    as_of: str


def record_visit(database: Database, visit: VisitRow) -> None:
    """Nothing; the visit is kept, of a person the latest only. The revision does not change."""
    latest = (
        select(VISITS.c.id)
        .where(VISITS.c.person == visit.person)
        .order_by(VISITS.c.id.desc())
        .limit(KEPT_VISITS)
    )
    with writing(database) as connection:
        values = {field.name: getattr(visit, field.name) for field in fields(visit)}
        connection.execute(insert(VISITS), values)
        kept = connection.execute(latest).scalars().all()
        connection.execute(delete(VISITS).where(VISITS.c.person == visit.person, VISITS.c.id.not_in(kept)))


def find_last_visit(database: Database, person: str, *, before: str | None = None) -> VisitRow | None:
    """The person's latest visit, or the latest one before the time `before` (ISO, UTC)."""
    columns = [VISITS.c[field.name] for field in fields(VisitRow)]
    query = select(*columns).where(VISITS.c.person == person).order_by(VISITS.c.id.desc()).limit(1)
    if before is not None:
        query = query.where(VISITS.c.seen_at < before)
    with reading(database) as connection:
        row = connection.execute(query).mappings().one_or_none()
    return None if row is None else VisitRow(**row)
