"""Progress reports on the command line: issued, checked, imported, undone, handed back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.commands import Run

STORIES = ("hail-maple", "storm-oak", "fog-larch")


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
    assert f"Money!{cells['travel']}: Incurred cost: Travel, amount: " in in_words
    assert "EUR 12,345.67" in in_words and "1234567" not in in_words and "amount_cents" not in in_words

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


def test_what_is_applied_with_warnings_says_so(run: Run) -> None:
    run("init", "--portfolio", "demo")
    run("template", "storm-oak", "-o", "report.xlsx")
    report = Path("report.xlsx")
    cell = f"{column_of(report, 'Money', 'amount_cents')}{first_row_of(report, 'Money', 'travel')}"
    fill(report, {("Money", cell): 900_000_000})
    done = run("import", "report.xlsx", "--by", "Tester")
    assert done.code == 0 and f"  warning Money!{cell} " in done.out
    assert "Sheet Money, cell" not in done.out
    assert "Applied as change set 2, with 1 warning; see above." in done.out
    undone = run("undo", "2", "--by", "Tester")
    assert "  changed: Incurred cost: Travel, amount: EUR 900,000,000 → " in undone.out


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
