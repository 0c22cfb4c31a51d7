"""What a workbook computes and defines: key figures, the tidy table, the dictionary of its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from portfolio.storage.engine import Database
from portfolio.summaries.content import Table
from tests.workbooks.summary_files import (
    by_first,
    cents,
    content,
    document,
    figure,
    header_row,
    opened,
    table,
    view,
)

Copied = Callable[[str], Database]


def test_key_figures_are_computed_from_the_sheets_that_hold_them(copied: Copied) -> None:
    made = document(copied("demo"), "region", "western-balkans")
    formulas, values = opened(made, values=False), opened(made)
    found = {}
    for row in formulas["Key figures"].iter_rows(min_row=4):
        if row[1].data_type == "f":
            found[row[0].value] = (row[1].value, values["Key figures"][row[1].coordinate].value)
    assert len(found) >= 10
    for label, (formula, kept) in found.items():
        if formula.startswith("='") or formula[1:].startswith(("Projects!", "Money!")):
            sheet, _, cell = formula[1:].replace("'", "").partition("!")
            assert values[sheet][cell].value == kept, label
    assert found["Projects active in the region"] == ("=ROWS(Projects!A6:A12)", 7)
    assert found["of which ongoing"][0].startswith("=COUNTIF(Projects!C")
    assert found["Total budget, part of Western Balkans"][0].startswith("=Money!")


def test_figures_of_an_earlier_date_stand_beside_those_of_now(copied: Copied) -> None:
    made = document(copied("demo"), "portfolio", compared_with=dt.date(2025, 12, 31))
    values, formulas = opened(made)["Key figures"], opened(made, values=False)["Key figures"]
    head = [cell.value for cell in values[header_row(values)]]
    assert head == ["Figure", "Value", "On 31 December 2025", "Change", "Unit", "Known for", "Note"]
    paid = next(row for row in values.iter_rows() if row[0].value == "Paid by the Commission")
    assert paid[3].value == paid[1].value - paid[2].value
    assert paid[2].value < paid[1].value
    assert formulas[paid[3].coordinate].value == f"=B{paid[0].row}-C{paid[0].row}"


def test_data_sheet_is_a_table_whose_sums_are_those_of_the_other_sheets(copied: Copied) -> None:
    database = copied("demo")
    book = opened(document(database, "portfolio"))
    (name,) = book["Data"].tables
    assert (name, set(book["Metadata"].tables)) == ("tbl_data", {"tbl_dictionary", "tbl_measures"})
    rows = table(book["Data"])

    def total(measure: str, timing: str) -> int:
        chosen = [row for row in rows if (row["Measure"], row["Kind of period"]) == (measure, timing)]
        values = [row["Value"] for row in chosen]
        return sum(round(value * 100) for value in values if isinstance(value, int | float))

    for measure, label in (("paid", "Paid by the Commission"), ("total-budget", "Total budget")):
        assert total(measure, "as at") == cents(figure(book, label))
    assert total("paid", "year") == total("paid", "as at")
    assert total("incurred", "half-year") == total("incurred", "year") == total("incurred", "as at")
    assert total("budget-split", "as at") == total("total-budget", "as at")
    years, focus = by_first(book["Years"]), by_first(book["Focus"])
    assert cents(years["Sum of all years"]["Paid (EUR)"]) == total("paid", "year")
    assert cents(focus["Sum of what is known"]["Paid (EUR)"]) == total("paid", "as at")
    assert focus["Sum of what is known"]["Projects"] == len(view(database).projects)


def test_metadata_defines_every_column_and_says_what_the_document_was_made_from(copied: Copied) -> None:
    database = copied("reference")
    summary = content(database, "region", "western-balkans")
    dictionary, measures, facts = summary.section("metadata").blocks
    assert isinstance(dictionary, Table)
    assert isinstance(measures, Table)
    defined = {(row.cells[0], row.cells[2]) for row in dictionary.rows}
    columns = {
        (section.title, column.key)
        for section in summary.sections
        for block in section.blocks
        if isinstance(block, Table) and section.key != "metadata"
        for column in block.columns
    }
    assert defined == columns
    data = summary.section("data").blocks[0]
    assert isinstance(data, Table)
    assert {row.cells[0] for row in measures.rows} == {
        row.cells[data.column("measure")] for row in data.rows
    }
    said = dict(facts.rows)  # type: ignore[union-attr]
    assert said["Checksum of the content"] == summary.checksum
    assert said["Revision"] == "1"
    assert '"id": "western-balkans"' in said["Scope and filter as JSON"]
    for row in dictionary.rows:
        assert str(row.cells[6]).strip()
