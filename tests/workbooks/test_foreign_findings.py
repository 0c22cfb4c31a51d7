"""Each doubt about a workbook that nobody issued, with the exact list of its findings and their cells."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from portfolio.storage.engine import Database
from tests.workbooks.own_workbooks import Rows, checked
from tests.workbooks.test_foreign_imports import HEADER, TITLE, codes

pytestmark = pytest.mark.usefixtures("read_here")
MILESTONES = [["Milestone", "Status"], ["Webinar", "Done"]]
COSTS = [["Budget heading", "Spent (EUR)"], ["Travel", 1500]]
CASES: dict[str, tuple[Rows, Sequence[str], list[tuple[str, str | None]]]] = {
    "no project": ([["S1 2026"], *MILESTONES], (), [("PROJECT_NOT_NAMED", "A2")]),
    "no period": ([["StormOak"], *MILESTONES], (), [("PERIOD_UNKNOWN", "A2")]),
    "a period of the future": (
        [["StormOak, 2027-S1"], *MILESTONES],
        (),
        [("PERIOD_NOT_BEGUN", "A3")],
    ),
    "an unreadable period": (
        [
            ["StormOak"],
            ["Budget heading", "Period", "Spent (EUR)"],
            ["Travel", "S1 2026", 1],
            ["Other", "Q3", 2],
        ],
        (),
        [("PERIOD_UNREADABLE", "B4")],
    ),
    "an unknown project": (
        [
            ["S1 2026"],
            ["Project", "Milestone", "Status"],
            ["StormOak", "Webinar", "Done"],
            ["NoOak", "x", "Done"],
        ],
        (),
        [("PROJECT_UNKNOWN", "A4")],
    ),
    "a project named once": (
        [
            ["S1 2026"],
            ["Project", "Milestone", "Status"],
            ["StormOak", "Webinar", "Done"],
            [None, "Call", "Done"],
        ],
        (),
        [("LABEL_CARRIED", "A4")],
    ),
    "a misspelt header": (
        [TITLE, ["Milestone", "Status", "Actual dates"], ["Webinar", "Done", "2026-05"]],
        (),
        [("HDR_FUZZY", "C2")],
    ),
    "columns left out": (
        [TITLE, ["Milestone", "Status", "Responsible", "Mood"], ["Webinar", "Done", "TL", "good"]],
        (),
        [("HDR_LEFT_OUT", "C2"), ("HDR_NOT_MAPPED", "D2")],
    ),
    "no column of costs": (
        [TITLE, ["Budget heading", "Budget", "Balance"], ["Travel", 1500, 20], ["Local office", 1, 1]],
        (),
        [("HDR_NEEDED", "A2"), ("HDR_LEFT_OUT", "B2"), ("HDR_LEFT_OUT", "C2")],
    ),
    "no column of states": (
        [TITLE, ["Milestone", "Planned", "Actual date"], ["Webinar", "2026-05", "2026-05"]],
        (),
        [("HDR_NEEDED_NEW", "A2")],
    ),
    "thousands": (
        [TITLE, ["Budget heading", "Spent (k€)"], ["Travel", 1.5]],
        (),
        [("AMOUNT_UNIT_READ", "B2")],
    ),
    "small amounts": (
        [TITLE, ["Budget heading", "Spent"], ["Travel", 1.5]],
        (),
        [("AMOUNT_UNIT_OPEN", "B2")],
    ),
    "a section and a remark": (
        [
            TITLE,
            HEADER,
            ["Component 2"],
            ["Webinar", "2026-05", None, None, "Done", None],
            [],
            ["Provisional."],
        ],
        (),
        [("ROW_NOT_DATA", "A3"), ("ROW_NOT_DATA", "A6")],
    ),
    "a signature": (
        [TITLE, HEADER, ["Webinar", "2026-05", "2026-05", "2026-05", "Done", "x"], [], ["Signed", "2026-07"]],
        (),
        [("ROW_DOUBTFUL", "A5")],
    ),
    "a total": (
        [TITLE, *COSTS, ["Local office", 500], ["Total", 2000], ["Grand total", 9]],
        (),
        [("ROW_TOTAL_IGNORED", "A5"), ("TOTAL_MISMATCH", "B6")],
    ),
    "a detailed budget": (
        [TITLE, ["Budget heading", "Spent (EUR)"], ["2. Travel", 1500], ["2.1 Flights", 1500]],
        (),
        [("ROW_DETAIL_IGNORED", "A4")],
    ),
    "a subtotal of details": (
        [
            TITLE,
            ["Budget heading", "Spent (EUR)"],
            ["2. Travel"],
            ["2.1 Flights", 1500],
            ["Subtotal travel", 1500],
        ],
        (),
        [("ROW_NOT_DATA", "A3"), ("ROW_DETAIL_IGNORED", "A4")],
    ),
    "an unknown heading": ([TITLE, *COSTS, ["Gifts", 20]], (), [("HEADING_UNKNOWN", "A4")]),
    "a heading twice": (
        [TITLE, *COSTS, ["2. Travel", 20]],
        (),
        [("ROW_TOLD_TWICE", "A3"), ("ROW_TOLD_TWICE", "A4")],
    ),
    "no title": ([TITLE, *MILESTONES, [None, "Done"]], (), [("ROW_NOT_DATA", "B4")]),
    "no title beside values": (
        [
            TITLE,
            HEADER,
            ["Webinar", "2026-05", None, None, "Done", None],
            [None, "2026-06", None, None, "Done", None],
        ],
        (),
        [("ROW_TITLE_MISSING", "B4")],
    ),
    "a locked field": (
        [TITLE, HEADER, ["Closing event", "2028-01", None, None, "Planned", None]],
        (),
        [("FIELD_NOT_REPORTED", "B3")],
    ),
    "nearly a known name": (
        [TITLE, ["Milestone", "Status"], ["Closing event (final)", "Planned"]],
        (),
        [("ROW_NAMED_ALIKE", "A3")],
    ),
    "merged labels and dates": (
        [
            TITLE,
            HEADER,
            ["Webinar", "2026-05", None, None, "Done", None],
            ["Call", None, None, None, None, None],
        ],
        ("B3:B4", "E3:E4"),
        [("MERGED_FILLED", "B3"), ("MERGED_FILLED", "E3")],
    ),
    "merged amounts": (
        [TITLE, *COSTS, ["Local office", None]],
        ("B3:B4",),
        [("MERGED_VALUE", "B3"), ("ROW_NOT_DATA", "A4")],
    ),
    "two kinds of table": (
        [TITLE, ["Title", "Type", "Comments"], ["Webinar", "workshop", "x"], ["Call", "meeting", "y"]],
        (),
        [("TABLE_IN_DOUBT", "A2")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_doubt_is_said_with_its_cell(demo: Database, case: str) -> None:
    rows, merged, expected = CASES[case]
    assert codes(checked(demo, {"Sheet": rows}, Sheet=merged)) == expected
