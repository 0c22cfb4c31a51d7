"""The command line to the letter of its contract: keys, exit codes, one sentence, one JSON document."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from portfolio.cli import main
from tests.cli.commands import Run


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
    assert list(status["health"]) == ["green", "amber", "red", "grey", "closed"]
    # Nobody reports of the real projects yet, so the five that run are grey: never green by default.
    grey = {"green": 0, "amber": 0, "red": 0, "grey": 5, "closed": 21}
    assert (status["health"] == grey) is (portfolio == "reference")


def test_status_as_of_another_day(run: Run) -> None:
    status = run("status", "--as-of", "2023-01-01", "--json").json
    assert status["as_of"] == "2023-01-01"
    assert status["health"]["closed"] < 21


def test_status_for_people_carries_the_designations(run: Run) -> None:
    printed = run("status").out
    assert "Total budget: EUR 64.1 million, known for 20 of 26 projects" in printed
    assert "Kosovo*: This designation is without prejudice" in printed
    assert "Palestine*: This designation shall not be construed" in printed


def test_all_templates_come_as_one_zip_of_the_running_projects(run: Run) -> None:
    issued = run("template", "--all", "--period", "2025-S2", "-o", "all.zip")
    names = zipfile.ZipFile("all.zip").namelist()
    assert len(names) == 5 and "cybersouth-plus-2025-S2.xlsx" in names
    assert " (closed), " in issued.err and "Only running projects are asked" in issued.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "invalid choice"),
        ([], "required"),
        (["status", "--as-of", "2026"], "not a day"),
        (["template", "nobody"], "no project 'nobody'"),
        (["template"], "required"),
        (["template", "cybersee", "--period", "2026"], "not a reporting period"),
        (["template", "cybersee", "-o", "report.pdf"], "for example -o report.xlsx"),
        (["template", "--all", "-o", "reports.xlsx"], "for example -o reports.zip"),
        (["template", "--all", "-o", "."], "for example -o reports.zip"),
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


def test_help_of_summary_says_which_formats_and_profiles_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["summary", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "--format {xlsx,docx,pdf,csv}" in said and "--profile {working,publication}" in said


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
