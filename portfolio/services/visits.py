"""When a person last looked at the portfolio: what "since your last visit" is counted from."""

from __future__ import annotations

import datetime as dt

from portfolio.dates import now_utc
from portfolio.services.access import Person, require
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.visits import VisitRow as VisitRow
from portfolio.storage.queries.visits import find_last_visit, record_visit

# Whoever reloads the page within as long is still on the same visit.
_ONE_VISIT = dt.timedelta(minutes=30)


def begin_visit(database: Database, person: Person, *, as_of: dt.date) -> VisitRow | None:
    """The person's last visit before this one, None if there was none; this one is recorded."""
    require(person, "see")
    now = now_utc()
    latest = find_last_visit(database, person.name)
    if latest is not None and now - dt.datetime.fromisoformat(latest.seen_at) < _ONE_VISIT:
        return find_last_visit(database, person.name, before=latest.seen_at)
    revision = get_portfolio(database).revision
    record_visit(database, VisitRow(person.name, now.isoformat(), revision, as_of.isoformat()))
    return latest
