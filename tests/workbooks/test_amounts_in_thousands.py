"""Cells of a column in thousands of EUR that say themselves in which unit they are."""

from __future__ import annotations

import pytest

from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.column_readings import TYPED_HERE, ColumnReading
from portfolio.progress_reports.values.values import read_value
from tests.workbooks.typed_cells import spec

THOUSANDS = ColumnReading(multiplier=1000)


@pytest.mark.parametrize(
    ("text", "written_in", "cents"),
    [
        ("20", "General", 2_000_000),
        ("20 000 EUR", "General", 2_000_000),
        ("20 k€", "General", 2_000_000),
        ("20 000", TYPED_HERE, 2_000_000),
        ("12,50", TYPED_HERE, 1_250),
    ],
)
def test_a_unit_of_its_own_goes_before_that_of_the_column(text: str, written_in: str, cents: int) -> None:
    cell = RawCell(1, 1, "s", text, number_format=written_in)
    read = read_value(spec("amount"), cell, reading=THOUSANDS)
    assert read.value == cents


def test_what_is_offered_for_a_doubtful_amount_is_in_euro() -> None:
    known = ColumnReading(multiplier=1000, usual_mark="point")
    read = read_value(spec("amount"), RawCell(1, 1, "s", "1234,5"), reading=known)
    offered = [offer.value for issue in read.issues for offer in issue.offers]
    typed = [RawCell(1, 1, "s", text, number_format=TYPED_HERE) for text in offered]
    assert {read_value(spec("amount"), cell, reading=known).value for cell in typed} == {123_450_000}
