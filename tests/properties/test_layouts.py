"""Whatever stands in a workbook of one's own is told, asked or said; nothing breaks, nothing is invented."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.dates import HalfYear
from portfolio.progress_reports.comparisons.records import PresentState
from portfolio.progress_reports.comparisons.reports import understand
from portfolio.progress_reports.files.cells import CellType, RawBook, RawCell, RawSheet, cell_ref
from portfolio.progress_reports.layouts.foreign_reports import foreign_report
from portfolio.progress_reports.layouts.layout_choices import with_choice
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layout_views import examine
from portfolio.progress_reports.layouts.layouts import Layout, ProjectName
from tests.unit.rows import project

NAMES = (ProjectName("storm-oak", "StormOak", "Fictional action on cybercrime reporting", ()),)
TABLES = (
    ("Milestone", "Status", "Date prévue", "Actual date", "Remarks", "Kind", "Forecast", "Project"),
    ("Budget heading", "Spent (EUR)", "2026-S1", "2025-S2", "Budget", "Spent k€", "Period", "Project"),
    ("Budget heading", "StormOak", "Travel", "Costs incurred (EUR)", "Total", "S1 2026 (forecast)"),
    ("Date received", "Amount received (EUR)", "Remarks", "Tranche", "Cumul"),
    ("Indicator", "Value", "Women", "Men", "Total", "Albania", "Baseline", "2026-S1", "Sex"),
    ("Training title", "Held on", "Women", "Men", "Participants", "Kind", "Country", "Place"),
    ("Risk", "Probability", "Impact", "Status", "Owner", "Mitigation", "Category"),
)
ODD_HEADERS = ("", "Total", "2026", "Milestone / Risk", "Participants", "k€", "n/a")
VALUES = (
    "Total", "Travel", "1.1 Flights", "StormOak", "S1 2026", "12.500", "n/a", "CLEAR", "Done", "31/02/2026",
    "=1", "Subtotal travel", "H1 2026", "in thousands of EUR", "\ud800", "",
)  # fmt: skip
TEXTS = st.sampled_from(VALUES) | st.sampled_from(TABLES[0] + TABLES[1]) | st.text(max_size=8)
NUMBERS = st.integers(-5, 3_000_000) | st.floats(allow_nan=False, allow_infinity=False, width=32)
AS_OF = dt.date(2026, 11, 23)


def cell(row: int, column: int, value: str | int | float) -> RawCell:
    kind: CellType = "s" if isinstance(value, str) else "n"
    return RawCell(row, column, kind, value)


@st.composite
def sheets(draw: st.DrawFn) -> RawSheet:
    words = draw(st.sampled_from(TABLES))
    headers = [*words[:2], *draw(st.lists(st.sampled_from((*words[2:], *ODD_HEADERS)), max_size=4))]
    first = draw(st.integers(1, 3))
    values = st.none() | TEXTS | NUMBERS
    rows = draw(st.lists(st.lists(values, min_size=1, max_size=len(headers)), min_size=1, max_size=7))
    grid = [[draw(TEXTS)] for _ in range(first - 1)] + [headers, *rows]
    cells = {
        (row, column): cell(row, column, value)
        for row, line in enumerate(grid, 1)
        for column, value in enumerate(line, 1)
        if value not in (None, "")
    }
    corners = st.tuples(st.integers(1, len(grid)), st.integers(1, len(headers)))
    areas = []
    for _ in range(draw(st.integers(0, 2))):
        (top, left), (bottom, right) = draw(corners), draw(corners)
        last = cell_ref(max(top, bottom), max(left, right))
        areas.append(f"{cell_ref(min(top, bottom), min(left, right))}:{last}")
    name = draw(st.sampled_from(["Sheet", "StormOak costs 2026-S1", "StormOak 2026-S1"]))
    return RawSheet(name, "visible", cells, merged=tuple(areas))


def nothing_on_record(key: str, period: HalfYear) -> PresentState:
    rows = {
        name: {}
        for name in ("project", "milestones", "money", "received", "indicators", "trainings", "risks")
    }
    return PresentState(project(key), period, rows, None, 0, {"own_indicator": {}, "own_partner": {}})


@settings(max_examples=120, deadline=None)
@given(sheets())
def test_any_sheet_is_told_asked_or_said(sheet: RawSheet) -> None:
    book = RawBook((sheet,), {})
    layout = guess(book, NAMES)
    assert Layout.from_json(json.loads(json.dumps(layout.as_json()))) == layout
    view = examine(book, NAMES, layout)
    for question in view.questions:
        for option in question.options[:2]:
            with_choice(book, NAMES, layout, question.choose(option.value))
    report = foreign_report(book, layout, NAMES, nothing_on_record, AS_OF)
    written = {cell_ref(*at) for at in sheet.cells}
    for part in report.parts:
        present = nothing_on_record(part.unit[0], part.issued.period)
        said = understand(book, part, present, lambda *_: None, "own.xlsx", AS_OF)
        assert {change.cell for change in said.changes} <= written
