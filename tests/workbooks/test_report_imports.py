"""What an import writes: the preview, and nothing else; and the way back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portfolio.errors import UsageProblem
from portfolio.progress_reports.imports import apply_checked, check_files, import_files
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from tests.workbooks.report_effects import M, as_set, difference, dump, filled
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
    new_keys,
    opened,
    ref,
    set_field,
)

pytestmark = pytest.mark.usefixtures("read_here")


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


def test_nothing_to_change_is_no_refusal_and_no_change_set(demo: Database) -> None:
    before = dump(demo)
    result = import_all(demo, ("report.xlsx", issue(demo, "rain-willow")))
    unit = result.files[0].units[0]
    assert (unit.applied, unit.refused_because, result.change_set, result.exit_code) == (False, None, None, 0)
    assert {name for name, rows in dump(demo).items() if rows != before[name]} == {
        "issued_workbook", "received_report",
    }  # fmt: skip


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


def test_an_earlier_database_record_of_costs_is_never_paid_or_contracted(demo: Database) -> None:
    before = dump(demo)
    import_all(demo, ("report.xlsx", filled(demo)))
    after = dump(demo)
    for table in ("payment", "contract", "project", "participation", "amendment", "financing_decision"):
        assert after[table] == before[table]
