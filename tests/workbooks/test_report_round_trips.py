"""A workbook that nobody filled in changes nothing, whichever program saved it last."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.dates import HalfYear
from portfolio.overrides import overrides
from portfolio.progress_reports.issuing import issue_all
from portfolio.progress_reports.results import FileResult
from portfolio.storage.engine import Database
from portfolio.storage.queries.projects import find_projects
from tests.workbooks.report_files import (
    AS_OF,
    OFFICE,
    PERIOD,
    check,
    converted,
    fill,
    issue,
    new_key,
    opened,
    rewrite,
    saved,
)

SOME = [("reference", "cybersouth-plus"), ("demo", "rain-willow"), ("demo", "sun-carob")]


def says_nothing(result: FileResult) -> bool:
    counts = result.cells
    assert counts.total == counts.used + counts.empty + counts.ignored + counts.problem
    assert counts.used > 0 and counts.problem == 0
    return result.readable and result.changes == () and result.findings == ()


@pytest.mark.parametrize("name", ["reference", "demo"])
def test_every_project_as_issued_changes_nothing(
    name: str, copied: Callable[[str], Database], read_here: None
) -> None:
    database = copied(name)
    projects = [project.key for project in find_projects(database)]
    assert len(projects) == {"reference": 26, "demo": 20}[name]
    for key in projects:
        result = check(database, issue(database, key))
        assert (key, result.project, result.period) == (key, key, "2026-S1")
        assert says_nothing(result), (key, result.findings, result.changes)


@pytest.mark.parametrize(("portfolio", "project"), SOME)
def test_untouched_through_the_reader_process_changes_nothing(
    portfolio: str, project: str, copied: Callable[[str], Database]
) -> None:
    database = copied(portfolio)
    assert says_nothing(check(database, issue(database, project)))


@pytest.mark.parametrize(("portfolio", "project"), SOME)
def test_saved_again_by_openpyxl_changes_nothing(
    portfolio: str, project: str, copied: Callable[[str], Database], read_here: None
) -> None:
    database = copied(portfolio)
    assert says_nothing(check(database, saved(opened(issue(database, project)))))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed on this machine")
@pytest.mark.parametrize(("portfolio", "project"), SOME)
def test_saved_again_by_libreoffice_changes_nothing(
    portfolio: str, project: str, copied: Callable[[str], Database], tmp_path: Path, read_here: None
) -> None:
    database = copied(portfolio)
    content = issue(database, project)
    again = converted(content, "xlsx", tmp_path)
    assert again != content
    assert says_nothing(check(database, again))


@pytest.mark.parametrize("patched", [b'ref="A1"', b'ref="A1:XFD1048576"', None])
def test_wrong_dimension_of_a_sheet_is_ignored(
    patched: bytes | None, demo: Database, read_here: None
) -> None:
    def patch(name: str, part: bytes) -> bytes:
        start = part.find(b"<dimension ")
        if start < 0:
            return part
        end = part.index(b"/>", start)
        tag = b"" if patched is None else b"<dimension " + patched + b"/>"
        return part[:start] + tag + part[end + 2 :]

    content = rewrite(fill(issue(demo, "rain-willow"), {("Money", "travel", "amount_cents"): 77}), patch)
    assert [change.new for change in check(demo, content).changes] == [7700]


def test_rows_sorted_another_way_change_nothing(demo: Database, read_here: None) -> None:
    book = opened(issue(demo, "rain-willow"))
    sheet = book["Milestones"]
    first = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "Row key") + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    assert len(rows) > 15
    for number, values in enumerate(reversed(rows), first):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    assert says_nothing(check(demo, saved(book)))


def test_issued_before_and_filled_later_compares_with_what_was_issued(
    demo: Database, read_here: None
) -> None:
    content = issue(demo, "rain-willow", HalfYear(2025, 2))
    result = check(demo, content)
    assert (result.project, result.period) == ("rain-willow", "2025-S2")
    assert says_nothing(result)


def test_two_workbooks_never_share_a_row_key(demo: Database) -> None:
    keys = {new_key(issue(demo, "rain-willow")) for _ in range(5)}
    assert len(keys) == 5


def test_all_workbooks_come_in_one_archive(demo: Database) -> None:
    issued = issue_all(demo, ["rain-willow", "sun-carob"], period=PERIOD, as_of=AS_OF)
    assert issued.name == "progress-reports-2026-S1.zip"
    with zipfile.ZipFile(io.BytesIO(issued.content)) as archive:
        assert archive.namelist() == ["rain-willow-2026-S1.xlsx", "sun-carob-2026-S1.xlsx"]
        assert opened(archive.read("sun-carob-2026-S1.xlsx")).sheetnames[1:3] == ["Milestones", "Money"]


def test_a_label_renamed_meanwhile_is_still_understood(demo: Database, read_here: None) -> None:
    content = issue(demo, "rain-willow")
    where = ("Milestones", "rain-willow/milestone-08", "status")
    with overrides({"label/milestone_status/planned": "Foreseen", "label/milestone_status/done": "Reached"}):
        assert says_nothing(check(demo, content))
        for entered, code in (("Done", "done"), ("Reached", "done"), ("In progress", "in-progress")):
            assert [change.new for change in check(demo, fill(content, {where: entered})).changes] == [code]
