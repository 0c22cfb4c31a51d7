"""What an import writes: the preview, and nothing else; and the way back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.dates import HalfYear
from portfolio.errors import UsageProblem
from portfolio.model.changes import FieldChange, Value
from portfolio.model.entities import INPUTS
from portfolio.model.fields import METADATA
from portfolio.progress_reports.imports import apply_checked, check_files, import_files
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.history import find_states
from tests.workbooks.report_files import (
    AS_OF,
    check,
    check_all,
    everybody,
    fill,
    found,
    import_all,
    in_other_bytes,
    issue,
    new_key,
    new_keys,
    opened,
    ref,
    set_field,
)

pytestmark = pytest.mark.usefixtures("read_here")

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


def test_difference_of_all_tables_is_the_preview_and_nothing_else(demo: Database) -> None:
    content = filled(demo)
    preview = check(demo, content)
    before = dump(demo)
    assert dump(demo) == before
    result = import_all(demo, ("report.xlsx", content))
    after = dump(demo)

    assert as_set(preview.changes) == as_set(result.files[0].changes) == difference(before, after)
    assert {change.kind for change in preview.changes} == {"added", "changed", "erased", "removed"}
    assert {name for name in before if before[name] != after[name]} == {
        "milestone", "incurred_cost", "portfolio", "change_set", "change", "change_set_file", "received_file",
        "received_report",
    }  # fmt: skip
    assert after["portfolio"][0]["revision"] == before["portfolio"][0]["revision"] + 1
    assert [row for row in after["received_file"] if row["content"] == content] == after["received_file"]
    kept = [row for row in after["change"] if row["change_set_id"] == result.change_set]
    written = [(row["entity"], row["key"], row["field"], json.loads(row["new"])) for row in kept]
    assert written == [(change.entity, change.key, change.field, change.new) for change in preview.changes]
    origins = [(row["file_name"], row["sheet"], row["cell"]) for row in kept]
    assert origins == [("report.xlsx", change.sheet, change.cell) for change in preview.changes]
    newest = after["change_set"][-1]
    assert (newest["kind"], newest["by"], newest["reason"]) == (
        "import", "Officer One", "Progress report 2026-S1 of RainWillow",
    )  # fmt: skip


def test_changes_name_their_cells_and_exact_values(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    edited = fill(
        content, {("Milestones", f"{M}08", "forecast"): "2027-12", ("Money", "travel", "amount_cents"): 1}
    )
    cell = ref(content, "Milestones", f"{M}08", "forecast")
    amount = ref(content, "Money", "travel", "amount_cents")
    document = check(demo, edited).as_json()
    assert document["changes"] == [
        {"sheet": "Milestones", "cell": cell, "entity": "milestone", "key": f"{M}08", "field": "forecast",
         "old": None, "new": "2027-12", "kind": "changed"},
        {"sheet": "Money", "cell": amount, "entity": "incurred_cost", "key": "rain-willow/2026-S1/travel",
         "field": "amount_cents", "old": 2668000, "new": 100, "kind": "changed"},
    ]  # fmt: skip
    assert document["units"] == [
        {"project": "rain-willow", "period": "2026-S1", "applied": False, "refused_because": None}
    ]


def test_the_same_file_again_changes_nothing_and_says_when_it_was_imported(demo: Database) -> None:
    content = filled(demo)
    first = import_all(demo, ("report.xlsx", content))
    before = dump(demo)
    again = import_all(demo, ("other-name.xlsx", content))
    assert (found(again.files[0]), again.files[0].changes) == ([("FILE_ALREADY_IMPORTED", None)], ())
    assert "by Officer One" in again.files[0].findings[0].message
    assert f"change set {first.change_set}" in again.files[0].findings[0].message
    assert (again.change_set, again.exit_code, dump(demo)) == (None, 0, before)


def test_the_same_content_in_other_bytes_adds_nothing_twice(demo: Database) -> None:
    content = filled(demo)
    import_all(demo, ("report.xlsx", content))
    before = dump(demo)
    resaved = in_other_bytes(content)
    assert resaved != content
    again = import_all(demo, ("report.xlsx", resaved))
    assert (again.files[0].changes, again.files[0].findings, again.change_set) == ((), (), None)
    after = dump(demo)
    assert {name for name in before if after[name] != before[name]} == {"received_report"}


def test_undo_gives_every_value_back_and_lets_the_file_in_again(demo: Database) -> None:
    content = filled(demo)
    before = dump(demo)
    imported = import_all(demo, ("report.xlsx", content))
    assert imported.change_set is not None
    undo_change_set(demo, LOCAL_PERSON, imported.change_set)
    assert difference(before, dump(demo)) == set()
    again = import_all(demo, ("report.xlsx", content))
    assert again.change_set == imported.change_set + 2
    assert as_set(again.files[0].changes) == as_set(imported.files[0].changes)


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


def test_nothing_to_change_is_no_refusal_and_no_change_set(demo: Database) -> None:
    before = dump(demo)
    result = import_all(demo, ("report.xlsx", issue(demo, "rain-willow")))
    unit = result.files[0].units[0]
    assert (unit.applied, unit.refused_because, result.change_set, result.exit_code) == (False, None, None, 0)
    assert {name for name, rows in dump(demo).items() if rows != before[name]} == {
        "issued_workbook", "received_report",
    }  # fmt: skip


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


def test_what_came_in_another_way_since_the_check_is_said_and_applies_nothing(demo: Database) -> None:
    def men(number: int) -> bytes:
        content = issue(demo, "aurora-beech")
        key, known = new_keys(content, "Indicators")[0], "aurora-beech/indicator-01"
        statement = opened(content)["Indicators"][ref(content, "Indicators", known, "indicator")].value
        row = {"indicator": statement, "sex": "Men", "value_millionths": number}
        return fill(content, {("Indicators", key, field): value for field, value in row.items()})

    first, second = (check_all(demo, ("men.xlsx", men(number))) for number in (3, 4))
    assert apply_checked(demo, first, by="Officer One").change_set is not None
    before = dump(demo)
    result = apply_checked(demo, second, by="Officer Two")
    assert ("CONFLICT_SINCE_PREVIEW", None) in found(result.files[0])
    assert "is there already" in result.files[0].findings[0].message
    assert (result.change_set, dump(demo)) == (None, before)


def test_a_change_between_check_and_apply_applies_nothing(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {("Milestones", f"{M}08", "forecast"): "2027-12"})
    checked = check_all(demo, ("report.xlsx", content))
    set_field(demo, "milestone", f"{M}08", "forecast", None, "2027-11")
    before = dump(demo)
    result = apply_checked(demo, checked, by="Officer One")
    assert found(result.files[0]) == [("CONFLICT_SINCE_PREVIEW", None)]
    assert result.files[0].units[0].refused_because is not None
    assert (result.change_set, result.exit_code, dump(demo)) == (None, 1, before)


def test_without_permission_no_value_is_shown(demo: Database) -> None:
    content = filled(demo)
    result = import_files(
        demo, [("report.xlsx", content)], by="Somebody", as_of=AS_OF, allowed=lambda key: key != "rain-willow"
    )
    file = result.files[0]
    assert (found(file), file.changes) == ([("NO_PERMISSION", None)], ())
    assert (result.change_set, result.exit_code) == (None, 1)
    assert "Pristina" not in json.dumps(result.as_json())


def test_a_path_that_is_no_file_is_a_usage_problem(demo: Database, tmp_path: Any) -> None:
    with pytest.raises(UsageProblem, match=r"missing\.xlsx cannot be opened"):
        check_files(demo, [tmp_path / "missing.xlsx"], as_of=AS_OF, allowed=everybody)
    with pytest.raises(UsageProblem, match="No file was given"):
        check_files(demo, [], as_of=AS_OF, allowed=everybody)


def test_a_path_and_its_bytes_give_the_same_result(demo: Database, tmp_path: Any) -> None:
    content = filled(demo)
    (tmp_path / "report.xlsx").write_bytes(content)
    by_path = check_files(demo, [tmp_path / "report.xlsx"], as_of=AS_OF, allowed=everybody)
    assert by_path.as_json() == check_all(demo, ("report.xlsx", content)).as_json()


def test_exit_code_tells_unreadable_from_refused(demo: Database) -> None:
    good, bad = ("good.xlsx", issue(demo, "rain-willow")), ("bad.xlsx", b"a,b\n1,2\n")
    assert [check_all(demo, *files).exit_code for files in ([good], [bad], [good, bad])] == [0, 2, 1]


def test_an_earlier_database_record_of_costs_is_never_paid_or_contracted(demo: Database) -> None:
    before = dump(demo)
    import_all(demo, ("report.xlsx", filled(demo)))
    after = dump(demo)
    for table in ("payment", "contract", "project", "participation", "amendment", "financing_decision"):
        assert after[table] == before[table]
