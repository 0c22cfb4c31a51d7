"""Imports of progress reports: which of them stand, and what was typed on screen before they were applied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from portfolio.model.history import CHANGE_SET_FILES, CHANGE_SETS, RECEIVED_REPORTS
from portfolio.storage.engine import Database, reading


@dataclass(frozen=True)
class StandingImport:
    """An import of some bytes; `corrections` is what was decided about them on screen, if anything was."""

    change_set: int
    at: str
    by: str
    corrections: Mapping[str, Any] | None


def find_standing_imports(database: Database, project_key: str, period: str) -> frozenset[int]:
    """The change sets that imported a report of this project and period and have not been undone."""
    number = RECEIVED_REPORTS.c.change_set_id
    query = select(number).where(
        RECEIVED_REPORTS.c.project_key == project_key, RECEIVED_REPORTS.c.period == period,
        number.is_not(None), number.not_in(_undone()),
    )  # fmt: skip
    with reading(database) as connection:
        return frozenset(connection.execute(query).scalars())


def _undone() -> Select[Any]:
    return select(CHANGE_SETS.c.undoes).where(CHANGE_SETS.c.undoes.is_not(None))


def find_unit_import(database: Database, sha256: str, project_key: str, period: str) -> StandingImport | None:
    """The last standing import in which these bytes changed something of one project and period.

    An import from before receipts were kept counts for every project and period.
    """
    files, receipts = CHANGE_SET_FILES.c, RECEIVED_REPORTS.c
    query = (
        select(files.change_set_id, files.corrections, CHANGE_SETS.c.at, CHANGE_SETS.c.by)
        .join(CHANGE_SETS, CHANGE_SETS.c.id == files.change_set_id)
        .where(files.sha256 == sha256, files.change_set_id.not_in(_undone()))
        .order_by(files.change_set_id.desc())
    )
    with reading(database) as connection:
        for row in connection.execute(query).mappings().all():
            number = row["change_set_id"]
            units = select(receipts.project_key, receipts.period).where(
                receipts.change_set_id == number, receipts.sha256 == sha256
            )
            found = {tuple(unit) for unit in connection.execute(units)}
            if not found or (project_key, period) in found:
                kept = row["corrections"]
                return StandingImport(
                    number, row["at"], row["by"], None if kept is None else json.loads(kept)
                )
    return None


# number of the change set, name of the file, sheet and cell
CellId = tuple[int, str | None, str | None, str | None]


def find_typed_cells(database: Database) -> dict[CellId, str]:
    """What stood in the file ("" for nothing) in each cell for which another text was typed on screen."""
    table = CHANGE_SET_FILES.c
    query = select(table.change_set_id, table.name, table.corrections).where(table.corrections.is_not(None))
    found: dict[CellId, str] = {}
    with reading(database) as connection:
        for number, name, corrections in connection.execute(query):
            for cell in json.loads(corrections)["cells"]:
                found[number, name, cell["sheet"], cell["cell"]] = cell["from"]
    return found
