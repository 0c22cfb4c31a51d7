"""What a report does to the portfolio: every table before and after, and a report that changes everything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from portfolio.model.changes import FieldChange, Value
from portfolio.model.entities import INPUTS
from portfolio.model.fields import METADATA
from portfolio.storage.engine import Database, reading
from tests.workbooks.report_files import fill, issue, new_key

Dump = dict[str, list[dict[str, Any]]]
M = "rain-willow/milestone-"


def dump(database: Database) -> Dump:
    """Every row of every table."""
    with reading(database) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in METADATA.sorted_tables
        }


def difference(before: Dump, after: Dump) -> set[tuple[str, str, str, Value, Value]]:
    """Entity, key, field, old and new of every value that differs between two dumps."""
    found: set[tuple[str, str, str, Value, Value]] = set()
    for entity in INPUTS:
        old = {row["key"]: row for row in before[entity]}
        new = {row["key"]: row for row in after[entity]}
        for key in old.keys() | new.keys():
            left, right = old.get(key, {}), new.get(key, {})
            for field in (left.keys() | right.keys()) - {"key"}:
                if left.get(field) != right.get(field):
                    found.add((entity, key, field, left.get(field), right.get(field)))
    return found


def as_set(changes: tuple[FieldChange, ...]) -> set[tuple[str, str, str, Value, Value]]:
    return {(change.entity, change.key, change.field, change.old, change.new) for change in changes}


def filled(database: Database) -> bytes:
    """A report with every kind of change."""
    content = issue(database, "rain-willow")
    fresh = new_key(content)
    return fill(
        content,
        {
            ("Milestones", f"{M}07", "actual"): "2026-10-30",
            ("Milestones", f"{M}07", "status"): "Done",
            ("Milestones", f"{M}07", "forecast"): "CLEAR",
            ("Milestones", f"{M}08", "forecast"): "2027-12",
            ("Milestones", f"{M}08", "note"): "+1 is a note, not a formula",
            ("Milestones", fresh, "title"): "Closing conference in Pristina, Kosovo*",
            ("Milestones", fresh, "kind"): "Closing event",
            ("Milestones", fresh, "forecast"): "2027",
            ("Milestones", fresh, "status"): "Planned",
            ("Money", "travel", "amount_cents"): 30000.5,
            ("Money", "local-office", "amount_cents"): "effacer",
            ("Money", "other", "amount_cents"): 0,
        },
    )
