"""An accepted report counts as received, whether or not it changes anything, until its import is undone."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.overrides import overrides
from portfolio.progress_reports import results
from portfolio.progress_reports.files.limits import default_limits, present_limits
from portfolio.progress_reports.imports import apply_checked, check_files
from portfolio.progress_reports.results import STAGES
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.services.report_calls import report_calls
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import get_received_file
from portfolio.storage.queries.practice import find_received, save_draft
from portfolio.storage.received_reports import drop_files, find_kept_files, keep_files
from tests.workbooks.report_files import (
    AS_OF,
    check_all,
    everybody,
    fill,
    found,
    import_all,
    in_other_bytes,
    issue,
    set_field,
)

pytestmark = pytest.mark.usefixtures("read_here")

M = "rain-willow/milestone-"
TRAVEL = ("Money", "travel", "amount_cents")


def received(database: Database) -> list[tuple[str, str, str, int | None]]:
    return [
        (row.project_key, row.period, row.file_name, row.change_set_id) for row in find_received(database)
    ]


def is_open(database: Database, project: str) -> bool:
    view = load_view(database, LOCAL_PERSON, as_of=AS_OF)
    calls = {call.project.key: call for call in report_calls(database, LOCAL_PERSON, view)}
    return calls[project].received is None


def test_imported_report_is_received_until_it_is_undone(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {TRAVEL: 1})
    assert is_open(demo, "rain-willow")
    number = import_all(demo, ("report.xlsx", content)).change_set
    assert number is not None
    (row,) = find_received(demo)
    assert (row.project_key, row.period, row.by, row.file_name, row.change_set_id) == (
        "rain-willow", "2026-S1", "Officer One", "report.xlsx", number,
    )  # fmt: skip
    assert not is_open(demo, "rain-willow")
    undo_change_set(demo, LOCAL_PERSON, number)
    assert received(demo) == [] and is_open(demo, "rain-willow")
    again = import_all(demo, ("report.xlsx", content)).change_set
    assert received(demo) == [("rain-willow", "2026-S1", "report.xlsx", again)]


def test_a_report_that_changes_nothing_is_received_once(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    for _ in range(2):
        assert import_all(demo, ("same.xlsx", content)).change_set is None
    assert received(demo) == [("rain-willow", "2026-S1", "same.xlsx", None)]
    assert not is_open(demo, "rain-willow")


def test_the_same_file_again_and_the_same_file_twice_are_not_received_again(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {TRAVEL: 1})
    import_all(demo, ("one.xlsx", content), ("two.xlsx", in_other_bytes(content)))
    import_all(demo, ("three.xlsx", content))
    assert [row[2] for row in received(demo)] == ["one.xlsx"]


def test_a_check_and_a_refused_report_are_not_received(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {TRAVEL: -1})
    check_all(demo, ("report.xlsx", content))
    assert received(demo) == []
    import_all(demo, ("report.xlsx", content), ("table.csv", b"a,b\n1,2\n"))
    assert received(demo) == []


def test_a_conflict_since_the_check_leaves_only_what_changes_nothing(demo: Database) -> None:
    changing = fill(issue(demo, "rain-willow"), {("Milestones", f"{M}08", "forecast"): "2027-12"})
    checked = check_all(demo, ("a.xlsx", changing), ("b.xlsx", issue(demo, "sun-carob")))
    set_field(demo, "milestone", f"{M}08", "forecast", None, "2027-11")
    result = apply_checked(demo, checked, by="Officer One")
    assert found(result.files[0])[0] == ("CONFLICT_SINCE_PREVIEW", None)
    assert received(demo) == [("sun-carob", "2026-S1", "b.xlsx", None)]


def test_every_stage_is_told_before_it_begins_and_the_last_one_is_kept(demo: Database) -> None:
    told: list[tuple[str, str]] = []
    files = [("good.xlsx", issue(demo, "rain-willow")), ("bad.csv", b"a,b\n1,2\n")]

    def tell(name: str, stage: Any) -> None:
        told.append((name, stage))

    result = check_files(demo, files, as_of=AS_OF, allowed=everybody, on_stage=tell)
    assert told == [*[("good.xlsx", stage) for stage in STAGES[1:]], ("bad.csv", "looked at")]
    assert [file.reached for file in result.files] == ["compared", "looked at"]
    refused = check_files(demo, files[:1], as_of=AS_OF, allowed=lambda key: False)
    assert [file.reached for file in refused.files] == ["understood"]


def test_limits_that_a_unit_has_set_hold(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    assert present_limits() == default_limits()
    with overrides({"limit/file-size": "1000", "limit/findings-listed": "3"}):
        assert (present_limits().file_size, present_limits().sheets) == (1000, default_limits().sheets)
        (file,) = check_all(demo, ("report.xlsx", content)).files
        assert found(file) == [("FILE_TOO_BIG", None)]
        assert "1,000" in file.findings[0].message
        assert len(results.listed(file.findings * 5)) == 4
    assert found(check_all(demo, ("report.xlsx", content)).files[0]) == []


def test_kept_files_leave_unless_they_were_imported_or_another_draft_names_them(demo: Database) -> None:
    content = fill(issue(demo, "rain-willow"), {TRAVEL: 1})
    checked = check_all(demo, ("report.xlsx", content)).files[0]
    keep_files(demo, {checked.sha256: ("report.xlsx", content), "b" * 64: ("b", b"2"), "c" * 64: ("c", b"3")})
    keep_files(demo, {checked.sha256: ("again.xlsx", content)})
    assert find_kept_files(demo, [checked.sha256, "b" * 64, "d" * 64]) == {
        checked.sha256: content,
        "b" * 64: b"2",
    }
    import_all(demo, ("report.xlsx", content))
    save_draft(demo, "somebody", "import/1", {"files": [["c", "c" * 64]]})
    drop_files(demo, [checked.sha256, "b" * 64, "c" * 64])
    assert find_kept_files(demo, [checked.sha256, "b" * 64, "c" * 64]) == {
        checked.sha256: content,
        "c" * 64: b"3",
    }
    assert get_received_file(demo, checked.sha256) == ("report.xlsx", content)
