"""What a person decides on screen: cells mended in place, units left out; and that a preview goes in once."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from portfolio.errors import AlreadyApplied
from portfolio.model.history import CHANGE_SET_FILES, CHANGE_SETS
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.files.uploads import BOOKS
from portfolio.progress_reports.imports import apply_checked
from portfolio.progress_reports.results import LEFT_OUT
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database, reading
from tests.workbooks.report_files import (
    check,
    check_all,
    decided,
    fill,
    found,
    import_all,
    issue,
    ref,
)

pytestmark = pytest.mark.usefixtures("read_here")

PROJECT = "rain-willow"
OPEN = f"{PROJECT}/milestone-08"
FORECAST, NOTE = ("Milestones", OPEN, "forecast"), ("Milestones", OPEN, "note")


def test_a_cell_mended_on_screen_goes_through_the_same_checks(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {FORECAST: "31/02/2027"})
    cell = ("Milestones", ref(content, *FORECAST))
    assert found(check(demo, content)) == [("DATE_UNREADABLE", cell[1])]
    (still,) = decided(demo, content, Corrections(cells={cell: "32/02/2027"})).files
    assert [(item.code, item.value) for item in still.findings] == [("DATE_UNREADABLE", "32/02/2027")]
    result = decided(demo, content, Corrections(cells={cell: "2027-02"}))
    (file,) = result.files
    assert (file.findings, file.content) == ((), content)
    assert [(change.sheet, change.cell, change.new) for change in file.changes] == [(*cell, "2027-02")]


def test_a_cell_emptied_on_screen_keeps_the_value_and_the_count_of_cells_is_exact(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {FORECAST: "soon", NOTE: "Later"})
    before = check(demo, content).cells
    cell = ("Milestones", ref(content, *FORECAST))
    (file,) = decided(demo, content, Corrections(cells={cell: ""})).files
    assert [change.field for change in file.changes] == ["note"]
    after = file.cells
    assert (after.total, after.used, after.problem) == (before.total, before.used, before.problem - 1)
    assert after.used + after.empty + after.ignored + after.problem == after.total


def test_what_was_typed_on_screen_is_kept_with_what_stood_in_the_file(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {FORECAST: "31/02/2027"})
    cell = ("Milestones", ref(content, *FORECAST))
    result = apply_checked(
        demo, decided(demo, content, Corrections(cells={cell: "2027-02"})), by="Officer One"
    )
    with reading(demo) as connection:
        (row,) = connection.execute(select(CHANGE_SET_FILES)).mappings()
    assert row["change_set_id"] == result.change_set
    assert json.loads(row["corrections"])["cells"] == [
        {"sheet": "Milestones", "cell": cell[1], "from": "31/02/2027", "to": "2027-02", "by": "Officer One"}
    ]


def test_without_decisions_none_are_kept(demo: Database) -> None:
    import_all(demo, ("report.xlsx", fill(issue(demo, PROJECT), {NOTE: "Later"})))
    with reading(demo) as connection:
        assert connection.execute(select(CHANGE_SET_FILES.c.corrections)).scalar_one() is None


def test_a_unit_that_is_left_out_stays_out_and_says_so(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {NOTE: "Later"})
    corrections = Corrections(left_out=frozenset({(PROJECT, "2026-S1")}))
    checked = decided(demo, content, corrections)
    assert (checked.accepted, len(checked.files[0].changes)) == ((), 1)
    result = apply_checked(demo, checked, by="Officer One")
    (unit,) = result.files[0].units
    assert (unit.applied, unit.refused_because, result.change_set) == (False, LEFT_OUT, None)
    assert found(check(demo, content)) == []  # it was not received either


def test_the_same_preview_goes_in_once(demo: Database) -> None:
    checked = check_all(demo, ("report.xlsx", fill(issue(demo, PROJECT), {NOTE: "Later"})))
    number = apply_checked(demo, checked, by="Officer One").change_set
    with pytest.raises(AlreadyApplied, match=f"by Officer One as change set {number}; nothing"):
        apply_checked(demo, checked, by="Officer Two")
    with reading(demo) as connection:
        rows = connection.execute(select(CHANGE_SETS).where(CHANGE_SETS.c.kind == "import")).mappings().all()
    assert [(row["id"], row["token"]) for row in rows] == [(number, checked.token)]


def test_after_an_undo_a_new_check_goes_in_and_the_old_preview_does_not(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {NOTE: "Later"})
    checked = check_all(demo, ("report.xlsx", content))
    number = apply_checked(demo, checked, by="Officer One").change_set
    assert number is not None
    undo_change_set(demo, LOCAL_PERSON, number)
    with pytest.raises(AlreadyApplied):
        apply_checked(demo, checked, by="Officer One")
    again = check_all(demo, ("report.xlsx", content))
    assert again.token != checked.token
    assert apply_checked(demo, again, by="Officer One").change_set == number + 2


def test_equal_checks_are_equal_objects_and_what_is_applied_is_what_was_shown(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {FORECAST: "soon", NOTE: "Later"})
    cell = ("Milestones", ref(content, *FORECAST))
    corrections = Corrections(cells={cell: "2027-02"})
    first = decided(demo, content, corrections)
    BOOKS.clear()
    second = decided(demo, content, corrections)
    assert first == second and first.token == second.token
    shown = [change for unit in first.accepted_units for change in unit.changes]
    assert all(one is other for one, other in zip(first.draft("x").changes, shown, strict=True))


def test_a_file_that_is_checked_again_is_read_once(demo: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    content = fill(issue(demo, PROJECT), {NOTE: "Later"})
    first = check_all(demo, ("report.xlsx", content))
    monkeypatch.setattr("portfolio.progress_reports.desks.read_workbook", None)
    assert check_all(demo, ("report.xlsx", content)) == first


def test_an_imported_file_with_other_decisions_is_another_version_of_it(demo: Database) -> None:
    content = fill(issue(demo, PROJECT), {FORECAST: "2027-02", NOTE: "Later"})
    cell = ("Milestones", ref(content, *FORECAST))
    first = Corrections(cells={cell: "2027-03"})
    apply_checked(demo, decided(demo, content, first), by="Officer One")
    assert found(check(demo, content)) == [("FILE_ALREADY_IMPORTED", None)]
    assert found(decided(demo, content, first).files[0]) == [("FILE_ALREADY_IMPORTED", None)]
    (second,) = decided(demo, content, Corrections(cells={cell: "2027-04"})).files
    assert found(second) == [("VERSION_REPLACED", cell[1])]
    assert [(change.old, change.new) for change in second.changes] == [("2027-03", "2027-04")]


def test_an_answer_for_a_column_settles_every_cell_of_it(demo: Database) -> None:
    travel, other = (("Money", heading, "amount_cents") for heading in ("travel", "other"))
    content = fill(issue(demo, PROJECT), {travel: "1.234", other: "5.678"})
    open_file = check(demo, content)
    assert {code for code, _ in found(open_file)} == {"NUM_AMBIGUOUS"}
    assert {(offer.kind, offer.value) for item in open_file.findings for offer in item.offers} == {
        ("column", "decimal-comma"), ("column", "decimal-point"),
    }  # fmt: skip
    column = ref(content, *travel).rstrip("0123456789")
    for code, amounts in (("decimal-comma", {123_400, 567_800}), ("decimal-point", {123, 568})):
        (file,) = decided(demo, content, Corrections(answers={("Money", column): code})).files
        assert {change.new for change in file.changes if change.field == "amount_cents"} == amounts
        assert file.is_acceptable
