"""The command line to the letter of its contract: keys, exit codes, one sentence, one JSON document."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from portfolio.cli import main

STORIES = ("hail-maple", "storm-oak", "fog-larch")


class Result(NamedTuple):
    """What one command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in an empty folder with a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-11-23")
    monkeypatch.delenv("PORTFOLIO_NAME", raising=False)

    def command(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        if code == 2 or (code == 1 and not printed.out):
            assert len(printed.err.strip().splitlines()) == 1
        return Result(code, printed.out, printed.err)

    return command


def test_init_loads_once_and_changes_nothing_the_second_time(run: Run) -> None:
    first, second = run("init"), run("init", "--portfolio", "reference")
    assert (first.code, first.out) == (0, "Portfolio 'reference', revision 1, 26 projects.\n")
    assert second == first


def test_init_of_another_portfolio_in_the_same_database_is_refused(run: Run) -> None:
    run("init", "--portfolio", "demo")
    refused = run("init", "--portfolio", "reference")
    assert refused.code == 2 and "holds the portfolio 'demo'" in refused.err


@pytest.mark.parametrize(("portfolio", "projects"), [("reference", 26), ("demo", 20), ("empty", 0)])
def test_status_json_has_the_keys_of_the_contract_and_adds_up(
    run: Run, portfolio: str, projects: int
) -> None:
    run("init", "--portfolio", portfolio)
    status = run("status", "--json").json
    assert list(status) == [
        "revision",
        "as_of",
        "projects",
        "money",
        "regions",
        "partners",
        "milestones",
        "health",
    ]
    assert (status["projects"], status["as_of"]) == (projects, "2026-11-23")
    words = ("total_budget", "eu_contribution", "committed", "contracted", "paid", "incurred")
    assert {f"{word}_cents" for word in words} | {"not_stated"} == set(status["money"])
    regions = [
        "western-balkans",
        "eastern-neighbourhood",
        "southern-neighbourhood",
        "outside",
        "regional-not-split",
    ]
    assert list(status["regions"]) == regions
    assert len(status["partners"]) == 24 and {"XKX", "PSE", *regions[3:]} <= set(status["partners"])
    for places in (status["regions"], status["partners"]):
        for amount in ("total_budget_cents", "eu_contribution_cents"):
            assert sum(place[amount] or 0 for place in places.values()) == (status["money"][amount] or 0)
    assert set(status["milestones"]) == {"total", "done", "late", "due_90_days"}
    assert set(status["health"]) == {"green", "amber", "red", "grey", "closed"}


def test_status_as_of_another_day(run: Run) -> None:
    status = run("status", "--as-of", "2023-01-01", "--json").json
    assert status["as_of"] == "2023-01-01"
    assert status["health"]["closed"] < 21


def test_status_for_people_carries_the_designations(run: Run) -> None:
    printed = run("status").out
    assert "Total budget: EUR 64.1 million, known for 20 of 26 projects" in printed
    assert "Kosovo*: This designation is without prejudice" in printed
    assert "Palestine*: This designation shall not be construed" in printed


def fill(workbook: Path, values: dict[tuple[str, str], object]) -> None:
    """Write values into cells of a workbook, as an officer would."""
    book = openpyxl.load_workbook(workbook)
    for (sheet, cell), value in values.items():
        book[sheet][cell] = value
    book.save(workbook)


def first_row_of(workbook: Path, sheet: str, key: str) -> int:
    """The row of a table whose hidden key is `key`."""
    cells = openpyxl.load_workbook(workbook)[sheet]["A"]
    return next(cell.row for cell in cells if cell.value == key)


def column_of(workbook: Path, sheet: str, field: str) -> str:
    """The letter of the column of a field."""
    for row in openpyxl.load_workbook(workbook)[sheet].iter_rows(max_row=12):
        for cell in row:
            if cell.value == field:
                return str(cell.column_letter)
    raise AssertionError(f"no column {field} on {sheet}")


def test_untouched_template_gives_no_change_and_no_finding(run: Run) -> None:
    assert run("template", "cybersouth-plus", "-o", "report.xlsx").out == "report.xlsx\n"
    checked = run("check", "report.xlsx", "--json")
    (file,) = checked.json["files"]
    assert (checked.code, file["findings"], file["changes"]) == (0, [], [])
    assert (file["project"], file["period"], file["readable"]) == ("cybersouth-plus", "2026-S1", True)
    cells = file["cells"]
    assert cells["total"] == cells["used"] + cells["empty"] + cells["ignored"] + cells["problem"]


@pytest.mark.parametrize(
    ("portfolio", "project"), [("reference", "cybersouth-plus"), *(("demo", story) for story in STORIES)]
)
def test_template_check_import_undo_summary(run: Run, portfolio: str, project: str) -> None:
    run("init", "--portfolio", portfolio)
    before = run("status", "--json").json
    run("template", project, "-o", "report.xlsx")
    report = Path("report.xlsx")
    column = column_of(report, "Money", "amount_cents")
    cells = {key: f"{column}{first_row_of(report, 'Money', key)}" for key in ("human-resources", "travel")}
    fill(report, {("Money", cells["human-resources"]): 12345.67, ("Money", cells["travel"]): "1 000,50"})

    checked = run("check", "report.xlsx", "--json")
    changes = checked.json["files"][0]["changes"]
    assert checked.code == 0 and checked.json["change_set"] is None
    assert run("status", "--json").json == before
    new = {(change["cell"], change["new"]) for change in changes if change["field"] == "amount_cents"}
    assert new == {(cells["human-resources"], 1_234_567), (cells["travel"], 100_050)}

    in_words = run("check", "report.xlsx").out
    assert "EUR 12,345.67" in in_words and "1234567" not in in_words

    imported = run("import", "report.xlsx", "--by", "Tester", "--json")
    assert imported.code == 0 and imported.json["files"][0]["changes"] == changes
    assert imported.json["files"][0]["units"][0]["applied"] is True
    number = imported.json["change_set"]
    assert run("status", "--json").json["revision"] == before["revision"] + 1

    again = run("import", "report.xlsx", "--by", "Tester", "--json").json
    assert again["change_set"] is None and again["files"][0]["changes"] == []
    assert "FILE_ALREADY_IMPORTED" in {finding["code"] for finding in again["files"][0]["findings"]}

    history = run("history", "--project", project, "--json").json["change_sets"]
    assert (history[0]["id"], history[0]["by"], history[0]["file"]) == (number, "Tester", "report.xlsx")
    assert history[0]["changes"] == changes

    assert run("undo", str(number), "--by", "Tester").code == 0
    after = run("status", "--json").json
    assert {**after, "revision": None} == {**before, "revision": None}
    assert run("history", "--json").json["change_sets"][1]["undone_by"] == number + 1
    assert run("import", "report.xlsx", "--by", "Tester").code == 0
    assert run("verify").code == 0

    assert run("summary", "--project", project, "--format", "xlsx", "-o", "summary.xlsx").code == 0
    assert openpyxl.load_workbook("summary.xlsx").sheetnames


def test_an_import_with_an_error_is_refused_and_writes_nothing(run: Run) -> None:
    run("template", "cybersouth-plus", "-o", "report.xlsx")
    report = Path("report.xlsx")
    cell = f"{column_of(report, 'Money', 'amount_cents')}{first_row_of(report, 'Money', 'travel')}"
    fill(report, {("Money", cell): -5})
    before = run("status", "--json").json
    refused = run("import", "report.xlsx", "--by", "Tester", "--json")
    (file,) = refused.json["files"]
    assert refused.code == 1 and refused.json["change_set"] is None
    assert [(f["severity"], f["sheet"], f["cell"]) for f in file["findings"]] == [("error", "Money", cell)]
    assert file["units"][0]["applied"] is False and file["units"][0]["refused_because"]
    assert run("status", "--json").json == before
    assert run("check", "report.xlsx").code == 1


def test_check_prints_the_account_of_the_cells(run: Run) -> None:
    run("template", "cybersouth-plus", "-o", "report.xlsx")
    cells = run("check", "report.xlsx", "--json").json["files"][0]["cells"]
    printed = run("check", "report.xlsx").out
    sum_of = " + ".join(f"{cells[name]:,} {name}" for name in ("used", "empty", "ignored", "problem"))
    assert f"cells: {sum_of} = {cells['total']:,}" in printed


def test_a_conflict_refuses_the_unit_and_the_documents_keep_their_keys(run: Run) -> None:
    """Two workbooks of different periods were issued together and change the same date differently."""
    for period in ("2025-S2", "2026-S1"):
        run("template", "cybersouth-plus", "--period", period, "-o", f"{period}.xlsx")
        report = Path(f"{period}.xlsx")
        row = first_row_of(report, "Milestones", "#milestones") + 2
        cell = f"{column_of(report, 'Milestones', 'note')}{row}"
        fill(report, {("Milestones", cell): f"As told in {period}"})
    assert run("import", "2025-S2.xlsx", "--by", "Tester").code == 0
    refused = run("import", "2026-S1.xlsx", "--by", "Tester", "--json")
    assert (refused.code, refused.json["change_set"]) == (1, None)
    assert set(refused.json) == {"files", "change_set"}
    (file,) = refused.json["files"]
    assert set(file) == {
        "file", "sha256", "readable", "project", "period", "findings", "changes", "cells", "units",
    }  # fmt: skip
    (found,) = file["findings"]
    assert set(found) == {"code", "severity", "sheet", "cell", "field", "value", "message", "action"}
    assert (found["code"], found["cell"], found["value"]) == ("CONFLICT_FIELD", cell, "As told in 2026-S1")
    assert "Tester" in found["message"] and "from 2025-S2.xlsx" in found["message"]
    (unit,) = file["units"]
    assert set(unit) == {"project", "period", "applied", "refused_because"}
    assert (unit["applied"], "CONFLICT_FIELD" in unit["refused_because"]) == (False, True)
    changes = run("history", "--json").json["change_sets"][0]["changes"]
    assert set(changes[0]) == {"sheet", "cell", "entity", "key", "field", "old", "new", "kind"}


def test_annotated_copies_are_the_only_thing_that_check_writes(run: Run, tmp_path: Path) -> None:
    run("template", "cybersouth-plus", "-o", "report.xlsx")
    report = Path("report.xlsx")
    fill(report, {("Money", f"{column_of(report, 'Money', 'amount_cents')}7"): "x"})
    files = {path.name for path in tmp_path.iterdir()}
    run("check", "report.xlsx", "--annotated", "out", "--json")
    assert {path.name for path in tmp_path.iterdir()} - files <= {"out"}
    assert [path.name for path in Path("out").iterdir()] == ["report-checked.xlsx"]


def test_all_templates_come_as_one_zip_of_the_running_projects(run: Run) -> None:
    run("template", "--all", "--period", "2025-S2", "-o", "all.zip")
    names = zipfile.ZipFile("all.zip").namelist()
    assert len(names) == 5 and "cybersouth-plus-2025-S2.xlsx" in names


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "invalid choice"),
        ([], "required"),
        (["status", "--as-of", "2026"], "not a day"),
        (["template", "nobody"], "no project 'nobody'"),
        (["template"], "required"),
        (["template", "cybersee", "--period", "2026"], "not a reporting period"),
        (["template", "cybersee", "-o", "report.pdf"], "report.pdf does not end in .xlsx"),
        (["template", "--all", "-o", "reports.xlsx"], "reports.xlsx does not end in .zip"),
        (["check", "nowhere.xlsx"], "nowhere.xlsx"),
        (["import", "nowhere.xlsx"], "--by"),
        (["import", "nowhere.xlsx", "--by", " "], "name"),
        (["undo", "99", "--by", "x"], "no change set 99"),
        (["summary", "--region", "x", "--format", "xlsx", "-o", "s.xlsx"], "no region 'x'"),
        (["summary", "--portfolio", "--format", "csv", "--profile", "working", "-o", "s.zip"], "--profile"),
        (["summary", "--portfolio", "--format", "odt", "-o", "s.odt"], "invalid choice"),
        (["restore", "nowhere.sqlite3"], "nowhere.sqlite3"),
        (["serve", "--port", "0"], "port"),
    ],
)
def test_a_call_that_cannot_be_used_is_one_sentence_and_exit_code_2(
    run: Run, arguments: list[str], words: str
) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_a_file_that_is_no_workbook_is_named_in_a_sentence(run: Run) -> None:
    Path("letter.xlsx").write_text("Dear colleague", encoding="utf-8")
    result = run("check", "letter.xlsx", "--json")
    (file,) = result.json["files"]
    assert (result.code, file["readable"], file["units"]) == (2, False, [])
    assert [finding["severity"] for finding in file["findings"]] == ["blocker"]


def test_undoing_the_loading_is_refused_as_a_problem_of_the_data(run: Run) -> None:
    run("init")
    assert run("undo", "1", "--by", "x").code == 1


def test_backup_restore_and_verify(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    status = run("status", "--json").json
    assert run("backup", "copy.sqlite3").code == 0
    assert run("restore", "copy.sqlite3").code == 2
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite3'}")
    assert run("restore", "copy.sqlite3").code == 0
    assert run("status", "--json").json == status
    assert run("verify").code == 0
