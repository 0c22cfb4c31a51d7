"""What an issued workbook offers: values, locks, drop-downs that refuse, designations, print set-up."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.dates import HalfYear
from portfolio.errors import NotFound, UsageProblem
from portfolio.partners import designation_text
from portfolio.progress_reports.workbooks.issuing import issue_workbook
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_issued
from tests.workbooks.report_files import AS_OF, MARKERS, PERIOD, issue, mark_row, opened, ref, set_field
from tests.workbooks.report_files import new_key as first_new_key

KOSOVO, PALESTINE = designation_text("kosovo"), designation_text("palestine")


def texts(sheet: Any) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_sheets_and_their_states(demo: Database) -> None:
    book = opened(issue(demo, "rain-willow"))
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("Read me", "visible"), *((name, "visible") for name in MARKERS),
        ("Lists", "hidden"), ("_meta", "veryHidden"),
    ]  # fmt: skip
    assert list(MARKERS) == [
        "Project", "Milestones", "Money", "Received", "Indicators", "Trainings", "Risks",
    ]  # fmt: skip


def test_only_input_cells_are_unlocked_and_white(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    book, fresh = opened(content), first_new_key(content)
    own = "rain-willow/milestone-07"
    fields = ["title", "kind", "contractual", "baseline", "forecast", "actual", "status", "note"]

    def open_fields(key: str) -> list[str]:
        cells = {name: book["Milestones"][ref(content, "Milestones", key, name)] for name in fields}
        assert all((cell.fill.fill_type is None) == (not cell.protection.locked) for cell in cells.values())
        return [name for name, cell in cells.items() if not cell.protection.locked]

    assert open_fields(own) == ["forecast", "actual", "status", "note"]
    assert open_fields(fresh) == ["title", "kind", "baseline", "forecast", "actual", "status", "note"]
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book.worksheets)


def test_hidden_keys_and_field_keys(demo: Database) -> None:
    book = opened(issue(demo, "rain-willow"))
    for name, marker in MARKERS.items():
        sheet = book[name]
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[mark_row(sheet, marker)].hidden
        assert all(cell.protection.locked for cell in sheet["A"])


def test_every_input_refuses_by_itself_and_explains(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    book = opened(content)
    rules = {name: book[name].data_validations.dataValidation for name in ("Milestones", "Money")}
    assert {name: len(found) for name, found in rules.items()} == {"Milestones": 7, "Money": 1}
    for rule in (*rules["Milestones"], *rules["Money"]):
        assert (rule.showErrorMessage, rule.showInputMessage, rule.errorStyle or "stop") == (
            True,
            True,
            "stop",
        )
        assert rule.prompt and rule.error
    status = next(rule for rule in rules["Milestones"] if rule.promptTitle == "Status")
    assert status.formula1 == "list_milestone_status"
    area = book.defined_names["list_milestone_status"].attr_text
    sheet, _, cells = area.partition("!")
    assert [row[0].value for row in book[sheet][cells]] == ["Planned", "In progress", "Done", "Cancelled"]
    assert "EUR" in rules["Money"][0].prompt and "12500.50" in rules["Money"][0].prompt


def test_dates_are_texts_and_amounts_are_numbers(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    book = opened(content)
    date = book["Milestones"][ref(content, "Milestones", "rain-willow/milestone-07", "forecast")]
    amount = book["Money"][ref(content, "Money", "travel", "amount_cents")]
    assert (date.value, date.number_format) == ("2027-03-12", "@")
    assert (amount.value, amount.number_format) == (26680, "#,##0.00")


def test_published_month_never_becomes_a_day(reference: Database) -> None:
    set_field(reference, "milestone", "cybersouth-plus/milestone-01", "forecast", None, "2024-06")
    content = issue(reference, "cybersouth-plus")
    cell = opened(content)["Milestones"][
        ref(content, "Milestones", "cybersouth-plus/milestone-01", "forecast")
    ]
    assert cell.value == "2024-06"


def test_earlier_costs_stand_beside_with_their_totals(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    sheet = opened(content)["Money"]
    marks = mark_row(sheet, "#money")
    assert [cell.value for cell in sheet[marks]][1:] == [
        "heading", "incurred_2024-S1", "incurred_2024-S2", "incurred_2025-S1", "incurred_2025-S2",
        "earlier_total", "amount_cents", "#computed",
    ]  # fmt: skip
    travel = 20630 + 35750 + 36850 + 40330 + 34350 + 31850
    assert sheet[ref(content, "Money", "travel", "earlier_total")].value == travel


def test_texts_that_look_like_formulas_stay_texts(demo: Database) -> None:
    key = "rain-willow/milestone-07"
    set_field(demo, "milestone", key, "note", None, "=1+1")
    content = issue(demo, "rain-willow")
    cell = opened(content)["Milestones"][ref(content, "Milestones", key, "note")]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == ("=1+1", "s", True)


def test_context_entries_are_not_reported_on(demo: Database) -> None:
    content = issue(demo, "frost-hazel")
    assert "frost-hazel/milestone-06" not in texts(opened(content)["Milestones"])
    assert "frost-hazel/milestone-05" in texts(opened(content)["Milestones"])


def test_designations_stand_where_names_stand(reference: Database) -> None:
    book = opened(issue(reference, "cybersouth-plus"))
    assert "Palestine*" in texts(book["Read me"]) and PALESTINE in texts(book["Read me"])
    assert PALESTINE not in texts(book["Milestones"])
    set_field(reference, "milestone", "cybersouth-plus/milestone-01", "note", None, "Visit to Palestine*")
    assert PALESTINE in texts(opened(issue(reference, "cybersouth-plus"))["Milestones"])
    western = opened(issue(reference, "iproceeds-2"))
    assert KOSOVO in texts(western["Read me"]) and PALESTINE not in texts(western["Read me"])


def test_demonstration_says_so_on_every_visible_sheet(demo: Database, reference: Database) -> None:
    for database, project, expected in ((demo, "rain-willow", True), (reference, "cybersouth-plus", False)):
        sheets = opened(issue(database, project)).worksheets[:3]
        assert [("Demonstration portfolio: fictional" in texts(sheet)) for sheet in sheets] == [expected] * 3


def test_every_sheet_prints_on_a4_and_the_widest_on_two_pages_with_the_titles(demo: Database) -> None:
    for sheet in opened(issue(demo, "rain-willow")).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.page_setup.paperSize == 9
        wide = sheet.title in ("Indicators", "Trainings")
        assert sheet.page_setup.fitToWidth in ((2,) if wide else (None, 1))
        assert (sheet.print_title_cols == "$B:$B") == wide
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "Data as at 2026-11-23" in sheet.oddFooter.right.text
    assert opened(issue(demo, "rain-willow"))["Money"].print_title_rows is not None


def test_sheet_says_what_a_new_row_needs_and_its_cells_too(demo: Database) -> None:
    content = issue(demo, "rain-willow")
    sheet = opened(content)["Milestones"]
    status = ref(content, "Milestones", first_new_key(content), "status")
    assert "A new row needs: Milestone, Status." in texts(sheet)
    assert "A new row needs" not in texts(opened(content)["Money"])
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if status in rule.sqref]
    assert rule.prompt.endswith("A new row needs it.")


def test_identity_is_kept_with_the_snapshot(demo: Database) -> None:
    book = opened(issue(demo, "rain-willow"))
    parts = {row[0].value: row[1].value for row in book["_meta"].iter_rows()}
    record = find_issued(demo, parts["template_id"])
    assert record is not None
    assert (record.project_key, record.period, record.checksum) == (
        "rain-willow",
        "2026-S1",
        parts["checksum"],
    )
    assert {prop.name: prop.value for prop in book.custom_doc_props.props}["schema_version"] == "3"
    unit = "version 3 · project rain-willow · period 2026-S1 · issued 2026-11-23"
    line = f"Template {parts['template_id']} · {unit}"
    assert [book[name]["B2"].value for name in ("Read me", *MARKERS)] == [line] * 8


def test_issuing_for_what_does_not_exist(demo: Database) -> None:
    with pytest.raises(NotFound, match="no project 'nowhere'"):
        issue_workbook(demo, "nowhere", period=PERIOD, as_of=AS_OF)
    with pytest.raises(UsageProblem, match="2027-S1 has not begun"):
        issue_workbook(demo, "rain-willow", period=HalfYear(2027, 1), as_of=AS_OF)
