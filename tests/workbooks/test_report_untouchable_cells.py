"""Cells that erase, that were emptied, or that must not change."""

from __future__ import annotations

import pytest

from portfolio.storage.engine import Database
from tests.workbooks.report_files import (
    check,
    fill,
    found,
    issue,
    ref,
    set_field,
)

pytestmark = pytest.mark.usefixtures("read_here")
MILESTONE = "rain-willow/milestone-08"  # planned, without forecast, actual date and note
DONE = "rain-willow/milestone-01"


def test_clear_erases_a_note_and_an_amount(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    note, amount = ("Milestones", "rain-willow/milestone-09", "note"), ("Money", "travel", "amount_cents")
    edited = fill(content, {note: " Clear ", amount: "EFFACER"})
    result = check(demo, edited)
    assert result.findings == ()
    kinds = [(change.entity, change.field, change.old, change.new, change.kind) for change in result.changes]
    assert kinds == [
        ("milestone", "note", "Replaced by online sessions.", None, "erased"),
        ("incurred_cost", "project_key", "rain-willow", None, "removed"),
        ("incurred_cost", "period", "2026-S1", None, "removed"),
        ("incurred_cost", "heading", "travel", None, "removed"),
        ("incurred_cost", "amount_cents", 2668000, None, "removed"),
    ]


def test_emptied_cells_keep_their_values_and_say_so(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    note, amount = ("Milestones", "rain-willow/milestone-09", "note"), ("Money", "travel", "amount_cents")
    result = check(demo, fill(content, {note: None, amount: ""}))
    assert found(result) == [("BLANK_KEEPS", ref(content, *note)), ("BLANK_KEEPS", ref(content, *amount))]
    assert result.changes == ()
    assert "EUR 26,680" in result.findings[1].message


@pytest.mark.parametrize("field", ["baseline", "kind", "contractual"])
def test_changed_locked_cell_is_ignored_and_shown(field: str, demo: Database) -> None:
    content = issue(demo, "rain-willow")
    entered = {"baseline": "2020", "kind": "Visit", "contractual": "yes"}[field]
    result = check(demo, fill(content, {("Milestones", DONE, field): entered}))
    assert found(result) == [("CELL_LOCKED_CHANGED", ref(content, "Milestones", DONE, field))]
    assert (result.changes, result.cells.problem, result.findings[0].severity) == ((), 0, "warning")


def test_earlier_periods_are_locked(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    result = check(demo, fill(content, {("Money", "travel", "incurred_2025-S2"): 1}))
    assert found(result) == [("CELL_LOCKED_CHANGED", ref(content, "Money", "travel", "incurred_2025-S2"))]
    assert result.changes == ()


def test_legacy_text_with_odd_characters_comes_back_unchanged(demo: Database) -> None:
    odd = " =SUM(A1) \r\n +44 _x0041_ \x07 'quoted' "
    set_field(demo, "milestone", MILESTONE, "note", None, odd)
    result = check(demo, issue(demo, "rain-willow"))
    assert (result.changes, result.findings) == ((), ())
