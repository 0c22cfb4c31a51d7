"""The measure: six workbooks laid out by somebody who had not read the importer, read without any help.

At least 80 % of the columns that mean something are told; no value goes in that the workbook does not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from portfolio.progress_reports.cells import column_number
from portfolio.progress_reports.foreign_imports import project_names
from portfolio.progress_reports.layout_guesses import guess
from portfolio.progress_reports.layouts import ColumnLayout, Layout
from portfolio.storage.engine import Database
from tests.workbooks import foreign_workbooks, foreign_workbooks_last, foreign_workbooks_more
from tests.workbooks.foreign_reading import ASK, Column, Normal, Truth
from tests.workbooks.foreign_truth import TRUTH
from tests.workbooks.own_workbooks import as_read, check_laid_out

LEAST_SHARE = 0.8
# What the truth calls by another name than the tracker.
FIELDS = {
    ("money", "amount"): "amount_cents", ("received", "amount"): "amount_cents",
    ("trainings", "partner"): "partner_code",
}  # fmt: skip
# Neither has a cell of its own: they follow from the row, or from the record being new.
FOLLOWING = {"project_key", "about", "contractual", "period", "heading", "stage", "status"}
# The truth says nothing of these fields, whose cells stand beside those that it names.
UNTOLD = {("risk", "owner"), ("risk", "category"), ("receipt", "note")}
MODULES = (foreign_workbooks, foreign_workbooks_more, foreign_workbooks_last)


def built(name: str) -> bytes:
    makers = [getattr(module, name) for module in MODULES if hasattr(module, name)]
    maker: Callable[[], bytes] = makers[0]
    return maker()


def found_column(layout: Layout, wanted: Column) -> ColumnLayout | None:
    letters, first = re.match(r"([A-Z]+)(\d+)", wanted.cells).groups()  # type: ignore[union-attr]
    for table in layout.tables:
        if table.sheet == wanted.sheet and table.header_rows[-1] < int(first) <= table.last_row:
            return next((each for each in table.columns if each.column == column_number(letters)), None)
    return None


def told(layout: Layout, truth: Truth) -> tuple[int, int]:
    """How many of the columns that mean something are taken for what they mean, and how many there are."""
    meaning = [column for column in truth.columns if column.table is not None]
    right = 0
    for wanted in meaning:
        found = found_column(layout, wanted)
        field = FIELDS.get((str(wanted.table), str(wanted.field)), wanted.field or wanted.table)
        is_same = found is not None and found.field == field
        right += is_same and (found is None or not found.period or found.period == wanted.period)
    return right, len(meaning)


@pytest.mark.parametrize("name", TRUTH)
def test_four_of_five_columns_are_told_unaided(demo: Database, name: str) -> None:
    layout = guess(as_read(built(name)), project_names(demo))
    right, all_columns = told(layout, TRUTH[name])
    assert right >= LEAST_SHARE * all_columns, (right, all_columns)


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("name", TRUTH)
def test_no_value_goes_in_that_the_workbook_does_not_say(demo: Database, name: str) -> None:
    file = check_laid_out(demo, built(name)).files[0]
    truth: dict[tuple[tuple[str, str], str | None, str | None, str], Normal] = {
        (unit, value.sheet, value.cell, FIELDS.get((table, field), field)): value.value
        for unit, tables in TRUTH[name].records.items()
        for table, records in tables.items()
        for record in records
        for field, value in record.values.items()
    }
    seen = 0
    for unit in file.units:
        for change in unit.changes:
            at = (unit.key, change.sheet, change.cell, change.field)
            if (change.entity, change.field) in UNTOLD or (change.field in FOLLOWING and at not in truth):
                continue
            assert truth.get(at, ASK) != ASK, f"nothing says {change.field} = {change.new} in {change.cell}"
            assert str(change.new) == str(truth[at]), (at, change.new, truth[at])
            seen += 1
    assert seen


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("name", TRUTH)
def test_a_record_that_may_be_one_on_record_never_comes_in_unsaid(demo: Database, name: str) -> None:
    file = check_laid_out(demo, built(name)).files[0]
    existing = {
        (value.sheet, value.cell): record.existing
        for tables in TRUTH[name].records.values()
        for records in tables.values()
        for record in records
        for value in record.values.values()
    }
    said = {
        (item.sheet, item.cell[1:])
        for item in file.findings
        if item.cell and item.code in ("ROW_NAMED_ALIKE", "ROW_LIKE_EXISTING", "ROW_TOLD_TWICE")
    }
    for change in file.changes:
        known = existing.get((change.sheet, change.cell))
        if change.cell is not None and known not in (None, change.key) and change.entity != "incurred_cost":
            assert (change.sheet, change.cell[1:]) in said, (change, known)
