"""A workbook that nobody filled in changes nothing, whichever program saved it last."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.dates import HalfYear
from portfolio.errors import UsageProblem
from portfolio.overrides import overrides
from portfolio.progress_reports.results import FileResult
from portfolio.progress_reports.workbooks.issuing import NOT_ISSUED, issue_all, issue_workbook
from portfolio.storage.engine import Database
from portfolio.storage.queries.projects import find_projects
from tests.workbooks.report_files import (
    AS_OF,
    MARKERS,
    PERIOD,
    all_converted,
    check,
    fill,
    issue,
    mark_row,
    new_key,
    opened,
    rewrite,
    saved,
)

NOT_BEGUN = "dawn-linden"
SOME = [("reference", "cybersouth-plus"), ("demo", "rain-willow"), ("demo", "sun-carob")]


def says_nothing(result: FileResult) -> bool:
    counts = result.cells
    assert counts.total == counts.used + counts.empty + counts.ignored + counts.problem
    assert counts.used > 0 and counts.problem == 0
    return result.readable and result.changes == () and result.findings == ()


def says_no_more_than_info(result: FileResult) -> bool:
    severities = {item.severity for item in result.findings}
    return result.readable and result.changes == () and severities <= {"info"}


def workbooks(database: Database, name: str) -> dict[str, bytes]:
    """The workbook of every project, each for a period that it has something to report of."""
    projects = [project.key for project in find_projects(database)]
    assert len(projects) == {"reference": 26, "demo": 20}[name]
    later = (HalfYear(2027, 1), dt.date(2027, 3, 1))
    issued = {}
    for key in projects:
        period, as_of = later if key == NOT_BEGUN else (PERIOD, AS_OF)
        issued[key] = issue_workbook(database, key, period=period, as_of=as_of).content
    return issued


@pytest.mark.parametrize("name", ["reference", "demo"])
def test_every_project_as_issued_and_saved_again_by_openpyxl_changes_nothing(
    name: str, copied: Callable[[str], Database], read_here: None
) -> None:
    database = copied(name)
    for key, content in workbooks(database, name).items():
        result = check(database, content)
        assert result.project == key
        assert says_nothing(result), (key, result.findings, result.changes)
        again = check(database, saved(opened(content)))
        assert says_nothing(again), (key, again.findings, again.changes)


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("name", ["reference", "demo"])
def test_every_project_saved_again_by_libreoffice_changes_nothing(
    name: str, ending: str, copied: Callable[[str], Database], tmp_path: Path, read_here: None
) -> None:
    database = copied(name)
    issued = workbooks(database, name)
    again = all_converted(issued, ending, tmp_path)
    assert sorted(again) == sorted(issued)
    for key, content in again.items():
        result = check(database, content, f"{key}.{ending}")
        assert says_no_more_than_info(result), (key, result.findings, result.changes)
        assert ending == "ods" or says_nothing(result)


@pytest.mark.parametrize(("portfolio", "project"), SOME)
def test_untouched_through_the_reader_process_changes_nothing(
    portfolio: str, project: str, copied: Callable[[str], Database]
) -> None:
    database = copied(portfolio)
    assert says_nothing(check(database, issue(database, project)))


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


@pytest.mark.parametrize("name", list(MARKERS))
def test_rows_sorted_another_way_change_nothing(name: str, demo: Database, read_here: None) -> None:
    book = opened(issue(demo, "rain-willow"))
    sheet = book[name]
    first = mark_row(sheet, MARKERS[name]) + 2
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first) if row[0].value != "total"]
    assert len(rows) > 6
    for number, values in enumerate(reversed(rows), first):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    result = check(demo, saved(book))
    assert says_no_more_than_info(result), (result.findings, result.changes)


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
        names = opened(archive.read("sun-carob-2026-S1.xlsx")).sheetnames
        assert names[1:4] == ["Project", "Milestones", "Money"]


def test_a_project_that_starts_after_the_period_is_left_out_and_named(demo: Database) -> None:
    issued = issue_all(demo, ["rain-willow", NOT_BEGUN], period=PERIOD, as_of=AS_OF)
    (sentence,) = issued.left_out
    assert sentence.startswith("DawnLinden starts after 2026-S1 has ended (February 2027), so there")
    with zipfile.ZipFile(io.BytesIO(issued.content)) as archive:
        assert archive.namelist() == ["rain-willow-2026-S1.xlsx", NOT_ISSUED]
        assert archive.read(NOT_ISSUED).decode().splitlines() == [sentence]
    with pytest.raises(UsageProblem, match="DawnLinden starts after"):
        issue_all(demo, [NOT_BEGUN], period=PERIOD, as_of=AS_OF)
    with pytest.raises(UsageProblem, match="nothing to report"):
        issue_workbook(demo, NOT_BEGUN, period=PERIOD, as_of=AS_OF)


def test_a_label_renamed_meanwhile_is_still_understood(demo: Database, read_here: None) -> None:
    content = issue(demo, "rain-willow")
    where = ("Milestones", "rain-willow/milestone-08", "status")
    with overrides({"label/milestone_status/planned": "Foreseen", "label/milestone_status/done": "Reached"}):
        assert says_nothing(check(demo, content))
        for entered, code in (("Done", "done"), ("Reached", "done"), ("In progress", "in-progress")):
            assert [change.new for change in check(demo, fill(content, {where: entered})).changes] == [code]
