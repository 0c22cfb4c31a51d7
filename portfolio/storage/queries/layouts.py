"""How workbooks that people made themselves are read, kept by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from portfolio.dates import now_utc
from portfolio.model.history import WORKBOOK_LAYOUTS
from portfolio.storage.engine import Database, reading, writing


@dataclass(frozen=True)
class WorkbookLayoutRow:
    """A remembered layout; `content` is JSON as it was kept."""

    name: str
    fingerprint: str
    content: Mapping[str, Any]
    saved_by: str
    saved_at: str


def find_layouts(database: Database) -> tuple[WorkbookLayoutRow, ...]:
    """Every remembered layout, the latest first."""
    query = select(WORKBOOK_LAYOUTS).order_by(
        WORKBOOK_LAYOUTS.c.saved_at.desc(), WORKBOOK_LAYOUTS.c.id.desc()
    )
    with reading(database) as connection:
        return tuple(
            WorkbookLayoutRow(row.name, row.fingerprint, json.loads(row.content), row.saved_by, row.saved_at)
            for row in connection.execute(query)
        )


def keep_layout(database: Database, name: str, fingerprint: str, content: Mapping[str, Any], by: str) -> None:
    """Nothing; the layout is kept, in the place of one with the same name or the same headers."""
    values = {
        "name": name,
        "fingerprint": fingerprint,
        "content": json.dumps(content, ensure_ascii=False),
        "saved_by": by,
        "saved_at": now_utc().isoformat(),
    }
    table = WORKBOOK_LAYOUTS
    with writing(database) as connection:
        connection.execute(delete(table).where(table.c.fingerprint == fingerprint, table.c.name != name))
        changed = connection.execute(update(table).where(table.c.name == name).values(**values))
        if not changed.rowcount:
            connection.execute(insert(table).values(**values))


def forget_layout(database: Database, name: str) -> bool:
    """Whether there was a layout of that name; there is none now."""
    with writing(database) as connection:
        gone = connection.execute(delete(WORKBOOK_LAYOUTS).where(WORKBOOK_LAYOUTS.c.name == name))
        return bool(gone.rowcount)
