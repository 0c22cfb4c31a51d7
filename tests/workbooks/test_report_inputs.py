"""Every cell that may be filled refuses by itself what it cannot hold, and says what is asked."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.utils import range_boundaries

from portfolio.partners import designation_text
from portfolio.storage.engine import Database
from tests.workbooks.report_files import MARKERS, issue, mark_row, new_keys, opened, ref
from tests.workbooks.report_records import COUNT, PERCENT, PROJECT, TRAINING, add_records


@pytest.fixture
def content(demo: Database) -> bytes:
    """The workbook of a project that has results on record."""
    add_records(demo)
    return issue(demo, PROJECT)


def rules_of(sheet: Any) -> dict[tuple[int, int], Any]:
    """The rule of every cell that has one, by row and column."""
    found: dict[tuple[int, int], Any] = {}
    for rule in sheet.data_validations.dataValidation:
        for area in str(rule.sqref).split():
            left, top, right, bottom = range_boundaries(area)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    assert (row, column) not in found
                    found[row, column] = rule
    return found


@pytest.mark.parametrize("name", list(MARKERS))
def test_exactly_the_cells_to_fill_have_a_rule_that_refuses_and_explains(name: str, content: bytes) -> None:
    sheet = opened(content)[name]
    rules = rules_of(sheet)
    first = mark_row(sheet, MARKERS[name]) + 2
    unlocked = {
        (cell.row, cell.column)
        for row in sheet.iter_rows(min_row=first)
        for cell in row
        if not cell.protection.locked
    }
    assert set(rules) == unlocked and unlocked
    for rule in rules.values():
        assert rule.showErrorMessage and rule.showInputMessage and (rule.errorStyle or "stop") == "stop"
        assert rule.error and rule.prompt and len(rule.prompt) <= 255


def formula(content: bytes, sheet: str, key: str, field: str) -> str:
    """The formula of a cell's rule, with the cell written as X."""
    cell = opened(content)[sheet][ref(content, sheet, key, field)]
    rule = rules_of(cell.parent)[cell.row, cell.column]
    first = str(rule.sqref).split(":")[0]
    return str(rule.formula1).replace(first, "X")


def test_what_each_kind_of_cell_refuses(content: bytes) -> None:
    clears = ',UPPER(TRIM(X))="CLEAR",UPPER(TRIM(X))="EFFACER")'
    risk = new_keys(content, "Risks")[0]
    assert formula(content, "Trainings", TRAINING, "women") == (
        f"OR(AND(ISNUMBER(X),X>=0,X<=1000000,X=INT(X)){clears}"
    )
    assert formula(content, "Trainings", TRAINING, "score_after_millionths") == (
        f"OR(AND(ISNUMBER(X),X>=0,X<=100){clears}"
    )
    assert formula(content, "Risks", risk, "impact") == "AND(ISNUMBER(X),X>=1,X<=5,X=INT(X))"
    assert formula(content, "Indicators", COUNT, "value_millionths") == f"OR(AND(ISNUMBER(X)){clears}"
    assert formula(content, "Trainings", TRAINING, "action") == "list_action"
    assert formula(content, "Trainings", TRAINING, "kind") == "list_training_kind"
    assert formula(content, "Trainings", TRAINING, "theme") == "list_pillar_or_clear"
    assert "DATEVALUE" in formula(content, "Project", "start", "value")


def test_drop_downs_offer_the_projects_own_lists(content: bytes, demo: Database) -> None:
    book = opened(content)

    def offered(name: str) -> list[str]:
        sheet, _, area = book.defined_names[name].attr_text.partition("!")
        return [row[0].value for row in book[sheet][area]]

    assert offered("list_own_indicator")[1] == "People trained in the handling of electronic evidence"
    # no partner is on record for this project, so that any may be named
    assert {"Albania", "Kosovo*", "Palestine*"} <= set(offered("list_own_partner"))
    assert offered("list_own_partner_or_clear") == [*offered("list_own_partner"), "CLEAR"]
    assert offered("list_action") == ["REMOVE"]
    assert offered("list_rating_or_clear") == ["Green", "Amber", "Red", "CLEAR"]
    texts = [cell.value for cell in book["Trainings"]["B"]]
    assert designation_text("kosovo") in " ".join(str(text) for text in texts)
    own = opened(issue(demo, "rain-willow"))
    area = own.defined_names["list_own_partner"].attr_text.partition("!")[2]
    assert [row[0].value for row in own["Lists"][area]] == ["Armenia", "Georgia", "Republic of Moldova"]


def test_numbers_stand_as_numbers_and_percentages_as_fractions(content: bytes) -> None:
    book = opened(content)
    shown = {
        (sheet, field): book[sheet][ref(content, sheet, key, field)]
        for sheet, key, field in (
            ("Indicators", PERCENT, "value_millionths"), ("Indicators", COUNT, "value_millionths"),
            ("Trainings", TRAINING, "women"), ("Trainings", TRAINING, "score_before_millionths"),
        )
    }  # fmt: skip
    assert [(cell.value, cell.number_format) for cell in shown.values()] == [
        (310, "General"), (9, "#,##0"), (48.5, "General"),
    ]  # fmt: skip
    percent = book["Indicators"][ref(content, "Indicators", PERCENT, "value_millionths")]
    assert (percent.value, percent.number_format) == (None, "0.0##%")


def test_no_names_of_trainees_are_asked_for(content: bytes) -> None:
    book = opened(content)
    read_me = " ".join(str(cell.value) for row in book["Read me"].iter_rows() for cell in row if cell.value)
    assert "Enter no names of trainees, in no cell" in read_me
    assert all(word in read_me for word in ("CLEAR", "EFFACER", "REMOVE", "Unprotect Sheet", "12.5%"))
    heading = " ".join(str(cell.value) for cell in book["Trainings"]["B"][:10] if cell.value)
    assert "No names of trainees are entered anywhere" in heading
    prompts = " ".join(str(rule.prompt) for rule in rules_of(book["Trainings"]).values())
    assert prompts.count("No names of persons") > 2
