"""Reports that come in: what they change, the files themselves, and that they were received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select

from portfolio.dates import now_utc
from portfolio.model.changes import ChangeSetDraft
from portfolio.model.history import CHANGE_SET_FILES, DRAFTS, RECEIVED_FILES
from portfolio.storage.engine import Database, reading, writing
from portfolio.storage.queries.practice import ReceivedReportRow, insert_received, select_received
from portfolio.storage.unit_of_work import apply_on


def receive_reports(
    database: Database, draft: ChangeSetDraft | None, changing: Iterable[ReceivedReportRow],
    unchanging: Iterable[ReceivedReportRow] = (),
) -> int | None:  # fmt: skip
    """The number of the change set that `draft` became, None without one; in the same transaction the reports
    are on record as received: those that changed something with that number, the others without.

    A report that changes nothing and is on record with the same bytes already is not recorded twice.

    Raises: AlreadyApplied, StaleChange, InvalidRecord; then nothing is written.
    """
    with writing(database) as connection:
        number = None if draft is None else apply_on(connection, draft)
        known = {(row.project_key, row.period, row.sha256) for row in select_received(connection)}
        for report in changing:
            # Also where these bytes came in before: which change sets reported a unit is told from here.
            insert_received(connection, replace(report, change_set_id=number))
        for report in unchanging:
            if (report.project_key, report.period, report.sha256) not in known:
                insert_received(connection, report)
        return number


def keep_files(database: Database, files: Mapping[str, tuple[str, bytes]]) -> None:
    """Nothing; name and bytes are kept by hash until they are dropped, imported or not."""
    with writing(database) as connection:
        for sha256, (name, content) in files.items():
            if not _is_kept(connection, sha256):
                values = {"sha256": sha256, "name": name, "content": content}
                connection.execute(insert(RECEIVED_FILES), values | {"received_at": now_utc().isoformat()})


def find_kept_files(database: Database, hashes: Iterable[str]) -> dict[str, bytes]:
    """The bytes of those files that are kept, by hash."""
    query = select(RECEIVED_FILES.c.sha256, RECEIVED_FILES.c.content)
    with reading(database) as connection:
        rows = connection.execute(query.where(RECEIVED_FILES.c.sha256.in_(list(hashes))))
        return {row.sha256: row.content for row in rows}


def drop_files(database: Database, hashes: Iterable[str]) -> None:
    """Nothing; the files are gone, but for those that were imported or that another draft names."""
    imported = select(CHANGE_SET_FILES.c.sha256)
    with writing(database) as connection:
        for sha256 in hashes:
            named = select(DRAFTS.c.id).where(DRAFTS.c.content.contains(sha256))
            if connection.execute(named).first() is None:
                table = RECEIVED_FILES.c.sha256
                connection.execute(delete(RECEIVED_FILES).where(table == sha256, table.not_in(imported)))


def _is_kept(connection: Connection, sha256: str) -> bool:
    return (
        connection.execute(select(RECEIVED_FILES.c.sha256).where(RECEIVED_FILES.c.sha256 == sha256)).first()
        is not None
    )
