"""Workbooks that an earlier version issued are read with the sheets that they had."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import update

from portfolio.model.history import ISSUED_WORKBOOKS
from portfolio.progress_reports.comparisons.records import IssuedState
from portfolio.storage.engine import Database, writing
from portfolio.storage.queries.history import find_issued
from tests.workbooks.report_files import change, check, fill, found, issue, opened

pytestmark = pytest.mark.usefixtures("read_here")


def test_a_workbook_of_the_first_version_is_read_with_the_sheets_that_it_had(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    key = "rain-willow/milestone-08"
    edited = fill(content, {("Milestones", key, "note"): "Late", ("Money", "travel", "amount_cents"): 26000})
    as_first_version(demo, content)

    def shrink(book: Any) -> None:
        for name in ("Project", "Received", "Indicators", "Trainings", "Risks"):
            book.remove(book[name])
        book.remove(book["_meta"])

    result = check(demo, change(edited, shrink))
    assert {code for code, _ in found(result)} == {"TPL_OLDER", "TPL_META_MISSING"}
    told_of = [(item.entity, item.new) for item in result.changes]
    assert told_of == [("milestone", "Late"), ("incurred_cost", 2_600_000)]


def test_a_workbook_of_the_second_version_is_read_with_the_rows_that_it_had(demo: Database) -> None:
    """The third version asks for one more thing on the sheet about the project."""
    content = issue(demo, "rain-willow")
    edited = fill(content, {("Project", "narrative/visibility", "value"): "An open day."})
    template: str = opened(content)["_meta"]["B1"].value
    record = find_issued(demo, template)
    assert record is not None
    snapshot = json.loads(record.snapshot)
    del snapshot["rows"]["project"]["cost-forecast"]
    with writing(demo) as connection:
        connection.execute(
            update(ISSUED_WORKBOOKS)
            .where(ISSUED_WORKBOOKS.c.template_id == template)
            .values(snapshot=json.dumps(snapshot), schema_version=2)
        )

    def shrink(book: Any) -> None:
        sheet = book["Project"]
        (row,) = [cell.row for cell in sheet["A"] if cell.value == "cost-forecast"]
        sheet.delete_rows(row)
        book.remove(book["_meta"])

    result = check(demo, change(edited, shrink))
    assert {code for code, _ in found(result)} == {"TPL_OLDER", "TPL_META_MISSING"}
    told_of = [(item.entity, item.new) for item in result.changes if item.field == "text"]
    assert told_of == [("narrative", "An open day.")]


def as_first_version(database: Database, content: bytes) -> None:
    """Nothing; the record of a workbook is turned into what the first version kept."""
    template: str = opened(content)["_meta"]["B1"].value
    record = find_issued(database, template)
    assert record is not None
    snapshot = json.loads(record.snapshot)
    kept = ("milestones", "money")
    old = {
        "earlier": snapshot["earlier"],
        "rows": {sheet: snapshot["rows"][sheet] for sheet in kept},
        "new_rows": {"milestones": snapshot["new_rows"]["milestones"]},
        "labels": {
            name: snapshot["labels"][name]
            for name in ("milestone_kind", "milestone_status", "budget_heading")
        },
    }
    state = IssuedState.from_json(record.project_key, record.period, old)
    assert [spec.key for spec in state.sheets] == list(kept)
    with writing(database) as connection:
        connection.execute(
            update(ISSUED_WORKBOOKS)
            .where(ISSUED_WORKBOOKS.c.template_id == template)
            .values(snapshot=json.dumps(old), schema_version=1)
        )
