"""A unit's settings and saved views, its drafts, the reports it received and the documents it made."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from portfolio.dates import now_utc, today
from portfolio.model.entities import table_of
from portfolio.model.history import CHANGE_SETS, DRAFTS, MADE_DOCUMENTS, RECEIVED_REPORTS, STATE
from portfolio.storage.engine import Database, reading, writing
from portfolio.storage.queries.rows import find_all


@dataclass(frozen=True)
class SettingRow:
    """A value in place of a default."""

    key: str
    value: str
    source: str | None


@dataclass(frozen=True)
class SavedViewRow:
    """A screen with its filter under a name."""

    key: str
    name: str
    page: str
    query: str


@dataclass(frozen=True)
class ReceivedReportRow:
    """A progress report that was accepted and has not been undone."""

    project_key: str
    period: str
    received_at: str
    by: str
    file_name: str
    sha256: str
    change_set_id: int | None


@dataclass(frozen=True)
class MadeDocumentRow:
    """A document that was made."""

    made_at: str
    by: str
    name: str
    kind: str
    scope: str
    chosen: str
    as_of: str
    format: str
    revision: int
    sha256: str
    profile: str = "working"
    known: str = "now"
    known_at: str | None = None
    compared_with: str | None = None
    checksum: str | None = None


@dataclass(frozen=True)
class DraftRow:
    """What a person has entered and not applied yet."""

    subject: str
    saved_at: str
    content: dict[str, Any]


def find_settings(database: Database) -> tuple[SettingRow, ...]:
    """Every setting that differs from its default, or was set to it."""
    with reading(database) as connection:
        return find_all(connection, table_of("setting"), SettingRow)


def find_saved_views(database: Database) -> tuple[SavedViewRow, ...]:
    """Every saved view, by key."""
    with reading(database) as connection:
        return find_all(connection, table_of("saved_view"), SavedViewRow)


def record_received(database: Database, report: ReceivedReportRow) -> None:
    """Nothing; the report is known to have been received. The portfolio and its revision do not change."""
    with writing(database) as connection:
        insert_received(connection, report)


def insert_received(connection: Connection, report: ReceivedReportRow) -> None:
    """Like `record_received`, inside a write transaction that is already open."""
    values = {field.name: getattr(report, field.name) for field in fields(report)}
    connection.execute(insert(RECEIVED_REPORTS), values)


def find_received(database: Database, as_of: dt.date | None = None) -> tuple[ReceivedReportRow, ...]:
    """Every received report whose import stands, oldest first; with `as_of` those received by then."""
    with reading(database) as connection:
        return select_received(connection, as_of)


def last_received(database: Database) -> int:
    """The number of the report that came in last, 0 without one: it grows where the revision may not."""
    with reading(database) as connection:
        return connection.execute(select(func.max(RECEIVED_REPORTS.c.id))).scalar_one() or 0


def select_received(connection: Connection, as_of: dt.date | None = None) -> tuple[ReceivedReportRow, ...]:
    """Like `find_received`, on a connection that is already open."""
    undone = select(CHANGE_SETS.c.undoes).where(CHANGE_SETS.c.undoes.is_not(None))
    columns = [RECEIVED_REPORTS.c[field.name] for field in fields(ReceivedReportRow)]
    number = RECEIVED_REPORTS.c.change_set_id
    query = select(*columns).where(number.is_(None) | number.not_in(undone)).order_by(RECEIVED_REPORTS.c.id)
    if as_of is not None and not _is_present(connection, as_of):
        # The time of receipt begins with its day (UTC).
        query = query.where(func.substr(RECEIVED_REPORTS.c.received_at, 1, 10) <= as_of.isoformat())
    return tuple(ReceivedReportRow(**row) for row in connection.execute(query).mappings())


def _is_present(connection: Connection, as_of: dt.date) -> bool:
    """Whether `as_of` is no earlier than the present, so that whatever has come in did so by then.

    The present of a portfolio that stands still is the day on which it does.
    """
    if as_of >= today():
        return True
    fixed: str | None = connection.execute(select(STATE.c.fixed_as_of)).scalar_one_or_none()
    return fixed is not None and as_of.isoformat() >= fixed


def record_made(database: Database, document: MadeDocumentRow) -> None:
    """Nothing; the document is listed as made."""
    values = {field.name: getattr(document, field.name) for field in fields(document)}
    with writing(database) as connection:
        connection.execute(insert(MADE_DOCUMENTS), values)


def find_made(database: Database, most: int = 20) -> tuple[MadeDocumentRow, ...]:
    """The documents that were made last, the newest first."""
    columns = [MADE_DOCUMENTS.c[field.name] for field in fields(MadeDocumentRow)]
    query = select(*columns).order_by(MADE_DOCUMENTS.c.id.desc()).limit(most)
    with reading(database) as connection:
        return tuple(MadeDocumentRow(**row) for row in connection.execute(query).mappings())


def save_draft(database: Database, person: str, subject: str, content: Mapping[str, Any]) -> None:
    """Nothing; what the person has entered about `subject` is kept until it is applied or thrown away."""
    values = {"saved_at": now_utc().isoformat(), "content": json.dumps(content, ensure_ascii=False)}
    own = (DRAFTS.c.person == person, DRAFTS.c.subject == subject)
    with writing(database) as connection:
        if connection.execute(update(DRAFTS).where(*own), values).rowcount == 0:
            connection.execute(insert(DRAFTS), values | {"person": person, "subject": subject})


def find_draft(database: Database, person: str, subject: str) -> DraftRow | None:
    """The person's draft about `subject`, if there is one."""
    return next((draft for draft in find_drafts(database, person) if draft.subject == subject), None)


def find_drafts(database: Database, person: str) -> tuple[DraftRow, ...]:
    """All drafts of one person, by subject."""
    query = select(DRAFTS).where(DRAFTS.c.person == person).order_by(DRAFTS.c.subject)
    with reading(database) as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(DraftRow(row["subject"], row["saved_at"], json.loads(row["content"])) for row in rows)


def discard_draft(database: Database, person: str, subject: str) -> None:
    """Nothing; the draft is gone, if there was one."""
    with writing(database) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.person == person, DRAFTS.c.subject == subject))
