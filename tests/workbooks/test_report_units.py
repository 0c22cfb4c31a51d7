"""One workbook with several projects: each goes in or stays out as a whole, by itself."""

from __future__ import annotations

import hashlib

import openpyxl
import pytest

from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.imports import apply_checked, check_files
from portfolio.progress_reports.results import LEFT_OUT, CheckResult
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import find_received
from portfolio.storage.queries.standing_imports import find_standing_imports
from tests.workbooks.report_files import AS_OF, change, check, decided, everybody, saved

pytestmark = pytest.mark.usefixtures("read_here")

PERIOD = "2026-S1"
WRONG_CELL = ("Steps", "C5")


def steps(wrong: str = "31/02/2027") -> bytes:
    """Milestones of two projects in one table; one date of the second project is none."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Steps"
    for row in (
        ["Progress report 2026-S1"],
        ["Project", "Milestone", "Forecast", "Status", "Note"],
        ["RainWillow", "First own step", "2027-05", "Planned", "a"],
        ["SunCarob", "Second own step", "2027-06", "Planned", "b"],
        ["SunCarob", "Third own step", wrong, "Planned", None],
    ):
        sheet.append(row)
    return saved(book)


def checked(database: Database, content: bytes, **decisions: object) -> CheckResult:
    """The check of a workbook under the layout that is guessed for it."""
    layout = check(database, content).layout_guess
    return decided(database, content, Corrections(layout=layout, **decisions))  # type: ignore[arg-type]


def test_a_unit_with_an_error_stays_out_and_the_other_goes_in(demo: Database) -> None:
    result = apply_checked(demo, checked(demo, steps()), by="Officer One")
    (file,) = result.files
    one, other = file.units
    assert (one.key, one.applied, one.refused_because) == (("rain-willow", PERIOD), True, None)
    assert (other.key, other.applied) == (("sun-carob", PERIOD), False)
    assert other.refused_because is not None and "Steps!C5 DATE_UNREADABLE" in other.refused_because
    assert {(item.code, item.unit) for item in file.findings if item.severity == "error"} == {
        ("DATE_UNREADABLE", ("sun-carob", PERIOD))
    }
    assert (file.project, file.period, result.exit_code) == (None, PERIOD, 1)
    assert [row.project_key for row in find_received(demo)] == ["rain-willow"]
    assert {change.key.split("/")[0] for change in result.draft("x").changes} == {"rain-willow"}


def test_the_cells_are_accounted_for_over_all_units_and_with_corrections(demo: Database) -> None:
    for corrections in ({}, {"cells": {WRONG_CELL: "2027-02"}}, {"cells": {WRONG_CELL: ""}}):
        cells = checked(demo, steps(), **corrections).files[0].cells
        assert cells.total == cells.used + cells.empty + cells.ignored + cells.problem
        assert cells.problem == (0 if corrections else 1)
        assert cells.total >= 20


def test_a_unit_that_was_mended_goes_in_later_from_the_same_bytes(demo: Database) -> None:
    content = steps()
    first = apply_checked(demo, checked(demo, content), by="Officer One")
    again = checked(demo, content, cells={WRONG_CELL: "2027-02"})
    assert [unit.key for unit in again.accepted_units] == [("sun-carob", PERIOD)]
    second = apply_checked(demo, again, by="Officer One")
    assert second.change_set is not None and second.exit_code == 0
    assert {row.project_key for row in find_received(demo)} == {"rain-willow", "sun-carob"}
    third = checked(demo, content, cells={WRONG_CELL: "2027-02"})
    assert (third.accepted, third.exit_code) == ((), 0)
    assert first.change_set is not None
    undo_change_set(demo, LOCAL_PERSON, first.change_set)
    assert [unit.key for unit in checked(demo, content).accepted_units] == [("rain-willow", PERIOD)]


def test_units_that_are_left_out_stay_out(demo: Database) -> None:
    out = frozenset({("rain-willow", PERIOD)})
    result = apply_checked(demo, checked(demo, steps("2027-02"), left_out=out), by="Officer One")
    refusals = {unit.project: (unit.applied, unit.refused_because) for unit in result.files[0].units}
    assert refusals == {"rain-willow": (False, LEFT_OUT), "sun-carob": (True, None)}
    assert result.exit_code == 0


def test_a_unit_that_two_files_report_differently_stays_out_alone(demo: Database) -> None:
    both = steps("2027-02")
    other = change(both, lambda book: book["Steps"].delete_rows(4, 2))
    other = change(other, lambda book: setattr(book["Steps"]["C3"], "value", "2027-09"))
    corrections = {
        hashlib.sha256(content).hexdigest(): Corrections(layout=check(demo, content).layout_guess)
        for content in (both, other)
    }
    files = [("both.xlsx", both), ("other.xlsx", other)]
    result = check_files(demo, files, as_of=AS_OF, allowed=everybody, corrections=corrections)
    told = [
        (item.code, item.unit) for file in result.files for item in file.findings if item.severity == "error"
    ]
    assert told == [("UNIT_IN_TWO_FILES", ("rain-willow", PERIOD))] * 2
    assert [unit.key for unit in result.accepted_units] == [("sun-carob", PERIOD)]


def test_a_unit_that_was_corrected_again_leaves_the_others_of_its_file_open(demo: Database) -> None:
    content, one, other = steps(), ("rain-willow", PERIOD), ("sun-carob", PERIOD)
    out, cell = frozenset({other}), ("Steps", "C3")
    first = apply_checked(demo, checked(demo, content, left_out=out), by="Officer One")
    mended = checked(demo, content, cells={cell: "2027-08"}, left_out=out)
    assert [unit.key for unit in mended.accepted_units] == [one]
    second = apply_checked(demo, mended, by="Officer One")
    assert find_standing_imports(demo, *one) == {first.change_set, second.change_set}
    both = {cell: "2027-08", WRONG_CELL: "2027-02"}
    last = checked(demo, content, cells=both)
    assert other in [unit.key for unit in last.accepted_units]
    assert second.change_set is not None
    undo_change_set(demo, LOCAL_PERSON, second.change_set)
    assert find_standing_imports(demo, *one) == {first.change_set}
