"""Several files in one import: what counts once, what goes in together, and what is refused for another."""

from __future__ import annotations

import pytest

from portfolio.dates import HalfYear
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from tests.workbooks.report_effects import M, as_set, difference, dump, filled
from tests.workbooks.report_files import check_all, fill, found, import_all, in_other_bytes, issue, ref

pytestmark = pytest.mark.usefixtures("read_here")


def test_one_error_refuses_the_whole_unit_and_only_that(demo: Database) -> None:
    bad = fill(issue(demo, "rain-willow"), {
        ("Milestones", f"{M}08", "note"): "fine", ("Money", "travel", "amount_cents"): -1,
    })  # fmt: skip
    good = fill(issue(demo, "sun-carob"), {("Money", "travel", "amount_cents"): 12})
    before = dump(demo)
    result = import_all(demo, ("bad.xlsx", bad), ("good.xlsx", good))
    refused, applied = result.files[0].units[0], result.files[1].units[0]
    assert (refused.applied, applied.applied, applied.refused_because) == (False, True, None)
    assert refused.refused_because is not None and "NUM_OUT_OF_RANGE" in refused.refused_because
    assert difference(before, dump(demo)) == as_set(result.files[1].changes)
    assert result.exit_code == 1
    assert [row["name"] for row in dump(demo)["received_file"]] == ["good.xlsx"]


def test_accepted_units_go_in_together_as_one_change_set(demo: Database) -> None:
    files = [
        (f"{key}.xlsx", fill(issue(demo, key), {("Money", "travel", "amount_cents"): 12.34}))
        for key in ("rain-willow", "sun-carob")
    ]
    result = import_all(demo, *files)
    newest = dump(demo)["change_set"][-1]
    assert newest["id"] == result.change_set
    assert newest["reason"] == "Progress reports 2026-S1 of RainWillow; 2026-S1 of SunCarob"
    assert [unit.applied for file in result.files for unit in file.units] == [True, True]


def test_equal_bytes_given_twice_count_once(demo: Database) -> None:
    content = filled(demo)
    result = import_all(demo, ("one.xlsx", content), ("two.xlsx", content))
    assert [found(file) for file in result.files] == [[], [("FILE_GIVEN_TWICE", None)]]
    assert result.files[1].changes == ()
    assert result.exit_code == 0


def test_two_files_that_say_the_same_of_one_unit_count_once(demo: Database) -> None:
    content = filled(demo)
    result = check_all(demo, ("one.xlsx", content), ("two.xlsx", in_other_bytes(content)))
    assert [found(file) for file in result.files] == [[], [("FILE_GIVEN_TWICE", None)]]


def test_two_files_that_disagree_on_one_unit_are_both_refused(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    one, two = (fill(content, {("Money", "travel", "amount_cents"): amount}) for amount in (26000, 27000))
    before = dump(demo)
    result = import_all(demo, ("one.xlsx", one), ("two.xlsx", two))
    assert [found(file) for file in result.files] == [[("UNIT_IN_TWO_FILES", None)]] * 2
    assert "two.xlsx" in result.files[0].findings[0].message
    assert (result.exit_code, dump(demo)) == (1, before)


def test_two_periods_that_disagree_on_one_field_are_both_refused(demo: Database) -> None:
    forecast = ("Milestones", f"{M}08", "forecast")
    contents = [issue(demo, "rain-willow", HalfYear(2025, 2)), issue(demo, "rain-willow")]
    one, two = fill(contents[0], {forecast: "2027-03"}), fill(contents[1], {forecast: "2027-12"})
    before = dump(demo)
    result = import_all(demo, ("one.xlsx", one), ("two.xlsx", two))
    cells = [ref(content, *forecast) for content in contents]
    assert [found(file) for file in result.files] == [[("RECORD_IN_TWO_REPORTS", cell)] for cell in cells]
    assert f"Milestones!{cells[1]} of two.xlsx" in result.files[0].findings[0].message
    assert (result.change_set, dump(demo)) == (None, before)
    same = import_all(demo, ("one.xlsx", one), ("same.xlsx", fill(contents[1], {forecast: "2027-03"})))
    assert same.exit_code == 0 and find_states(demo)["milestone", f"{M}08"]["forecast"] == "2027-03"


def test_a_receipt_that_one_period_removes_and_another_corrects_is_refused(demo: Database) -> None:
    key = "aurora-beech/receipt-01"
    earlier = issue(demo, "aurora-beech", HalfYear(2025, 2))
    one = fill(earlier, {("Received", key, "note"): "Second half"})
    two = fill(issue(demo, "aurora-beech"), {("Received", key, "action"): "REMOVE"})
    result = import_all(demo, ("one.xlsx", one), ("two.xlsx", two))
    assert [[code for code, _ in found(file)] for file in result.files] == [["RECORD_IN_TWO_REPORTS"]] * 2
    assert result.change_set is None


def test_exit_code_tells_unreadable_from_refused(demo: Database) -> None:
    good, bad = ("good.xlsx", issue(demo, "rain-willow")), ("bad.xlsx", b"a,b\n1,2\n")
    assert [check_all(demo, *files).exit_code for files in ([good], [bad], [good, bad])] == [0, 2, 1]
