"""Changes as they are read: whose they are, page by page, in the words of the screens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portfolio.model.changes import FieldChange, Value
from portfolio.model.rows import ChangeSetRow
from portfolio.services.change_lists import (
    HistoryFilter,
    chosen_change_sets,
    chosen_changes,
    entities_of,
    is_undoable,
    page_of,
    project_of,
    undo_sentence,
)
from portfolio.services.change_words import field_label, value_text
from portfolio.ui.changes import change_columns, changes_table, moment_text

NAMES = {"alpha": "Alpha", "beta": "Beta"}
ROW = ChangeSetRow(3, 3, "2026-11-23T08:57:10+00:00", "A", "import", "Report", ("r.xlsx",), None, None, 2)


def change(entity: str, key: str, field: str = "title", new: Value = "x", old: Value = None) -> FieldChange:
    return FieldChange(entity, key, field, old, new, "changed")


PROJECT = change("project", "alpha")
MILESTONE = change("milestone", "alpha/milestone-01")
EVIDENCE = change("evidence", "milestone/alpha/milestone-01/actual")
OTHER = change("project", "beta")
NOBODY = change("organisation", "council-of-europe")
LIST = (PROJECT, MILESTONE, EVIDENCE, OTHER, NOBODY)


def test_changes_of_a_project_include_its_records_and_their_evidence() -> None:
    assert chosen_changes(LIST, project_keys={"alpha"}) == (PROJECT, MILESTONE, EVIDENCE)
    assert chosen_changes(LIST, project_keys=set()) == ()
    assert chosen_changes(LIST) == LIST
    assert [project_of(row, NAMES) for row in LIST] == ["alpha", "alpha", "alpha", "beta", None]


def test_key_that_begins_alike_is_another_project() -> None:
    assert project_of(change("project", "alpha-plus"), NAMES) is None


def test_changes_narrow_to_a_kind_of_record() -> None:
    assert chosen_changes(LIST, entity="milestone") == (MILESTONE,)
    assert entities_of(LIST) == ("project", "organisation", "milestone", "evidence")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, (1, 3, 1, 2, 5)), (3, (3, 3, 5, 5, 5)), (9, (3, 3, 5, 5, 5)), (0, (1, 3, 1, 2, 5))],
)
def test_pages_count_from_one_and_end_with_the_last(number: int, expected: tuple[int, ...]) -> None:
    page = page_of(LIST, number, size=2)
    assert (page.number, page.pages, page.first, page.last, page.total) == expected


def test_no_change_is_one_empty_page() -> None:
    page = page_of((), 1)
    assert (page.changes, page.pages, page.first, page.last, page.total) == ((), 1, 0, 0, 0)


def test_undo_is_offered_only_where_it_is_possible() -> None:
    assert is_undoable(ROW)
    assert not is_undoable(replace(ROW, kind="load"))
    assert not is_undoable(replace(ROW, undone_by=4))
    assert undo_sentence(ROW).startswith("It can be undone")
    assert undo_sentence(replace(ROW, undone_by=4)) == "Undone by change set 4."
    assert "cannot be undone" in undo_sentence(replace(ROW, kind="load"))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (HistoryFilter(), [3, 2, 1]),
        (HistoryFilter(by="A"), [3, 1]),
        (HistoryFilter(kind="edit"), [2]),
        (HistoryFilter(since="2026-11-23"), [3]),
        (HistoryFilter(until="2026-11-22"), [2, 1]),
        (HistoryFilter(since="2026-11-22", until="2026-11-22"), [2]),
        (HistoryFilter(by="A", kind="import", until="2026-11-21"), [1]),
        (HistoryFilter(since="2026-11-23", until="2026-11-22"), []),
    ],
)
def test_change_sets_narrow_to_person_kind_and_days(chosen: HistoryFilter, expected: list[int]) -> None:
    rows = (
        ROW,
        replace(ROW, id=2, by="B", kind="edit", at="2026-11-22T23:59:59+00:00"),
        replace(ROW, id=1, at="2026-11-21T00:00:00+00:00"),
    )
    assert [row.id for row in chosen_change_sets(rows, chosen)] == expected


@pytest.mark.parametrize(
    ("entity", "field", "value", "expected"),
    [
        ("project", "total_budget_cents", 500500000, "EUR 5,005,000"),
        ("participation", "share_millionths", 125000, "12.5 %"),
        ("participation", "partner_code", "XKX", "Kosovo*"),
        ("project_region", "region", "western-balkans", "Western Balkans"),
        ("milestone", "status", "in-progress", "In progress"),
        ("milestone", "actual", "2024-06", "2024-06"),
        ("milestone", "contractual", False, "no"),
        ("project_component", "position", 0, "0"),
        ("project", "title", None, "–"),
        ("indicator", "target_millionths", 1_234_500_000, "1,234.5"),
        ("indicator_value", "sex", "not-stated", "Not stated"),
        ("training", "score_after_millionths", 72_500_000, "72.5"),
        ("training", "theme", "criminal-justice", "Criminal justice in cyberspace"),
        ("risk", "likelihood", 3, "3"),
        ("assessment", "colour", "amber", "Amber"),
        ("narrative", "section", "next-steps", "Next steps"),
        ("receipt", "amount_cents", 50_000_00, "EUR 50,000"),
    ],
)
def test_values_are_written_as_on_every_screen(entity: str, field: str, value: Value, expected: str) -> None:
    assert value_text(entity, field, value) == expected


def test_fields_and_moments_are_readable() -> None:
    assert [field_label(name) for name in ("eu_contribution_cents", "share_millionths", "project_key")] == [
        "EU contribution", "share", "project",
    ]  # fmt: skip
    names = ("baseline_millionths", "not_stated", "institutions_count")
    assert [field_label(name) for name in names] == ["baseline", "sex not stated", "number of institutions"]
    assert moment_text(ROW.at) == "2026-11-23 08:57 UTC"


def test_sheet_and_cell_have_columns_only_where_a_file_was_read() -> None:
    from_file = replace(MILESTONE, file="r.xlsx", sheet="Milestones", cell="F14", old="y")
    by_hand = changes_table([replace(MILESTONE, old="y")], NAMES)
    imported = changes_table([from_file], NAMES)
    assert list(change_columns(by_hand)) == ["project", "entity", "field", "before", "after", "kind", "key"]
    assert imported.iloc[0].to_dict() == {
        "project": "Alpha", "entity": "Milestone", "field": "title", "before": "y",
        "after": "x", "kind": "Changed", "sheet": "Milestones", "cell": "F14", "file": "r.xlsx",
        "key": "alpha/milestone-01",
    }  # fmt: skip
    assert {"sheet", "cell", "file"} <= set(change_columns(imported))
