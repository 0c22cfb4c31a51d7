"""Who has reported and who has not, since when."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.dates import HalfYear
from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.services.report_calls import ran_in, reminder, report_calls
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import ReceivedReportRow, record_received
from portfolio.storage.unit_of_work import apply_change_set
from tests.unit.rows import project

DAY = dt.date(2026, 11, 23)


def received(key: str, number: int | None) -> ReceivedReportRow:
    return ReceivedReportRow(key, "2026-S1", "2026-09-01T10:00:00+00:00", "x", "r.xlsx", "0", number)


def test_running_projects_are_called_and_those_that_reported_come_last(reference: Database) -> None:
    record_received(reference, received("cybersee", None))
    calls = report_calls(reference, LOCAL_PERSON, load_view(reference, LOCAL_PERSON, as_of=DAY))
    assert {call.project.key for call in calls} == {
        # Cyber Balkans ended in March 2026: it ran in the period, and owes its last report.
        "cyber-balkans", "cybersee", "cybereast-plus", "eu4security-moldova", "cybersouth-plus",
        "jordan-psd-twinning-2025",
    }  # fmt: skip
    assert [call.is_reported for call in calls] == [False] * 5 + [True]
    assert calls[0].due_since == dt.date(2026, 7, 1)
    assert (calls[0].days_open(DAY), calls[-1].days_open(DAY)) == (146, 0)


def test_a_report_whose_import_was_undone_is_open_again(reference: Database) -> None:
    change = FieldChange("project", "cybersee", "confidence", "medium", "high", "changed")
    number = apply_change_set(reference, ChangeSetDraft("import", "x", "x", (change,)))
    record_received(reference, received("cybersee", number))
    view = load_view(reference, LOCAL_PERSON, as_of=DAY)
    assert sum(call.is_reported for call in report_calls(reference, LOCAL_PERSON, view)) == 1
    undo_change_set(reference, LOCAL_PERSON, number)
    assert sum(call.is_reported for call in report_calls(reference, LOCAL_PERSON, view)) == 0


@pytest.mark.parametrize(
    ("start", "end", "ran"),
    [
        ("2024", "2027", True),
        ("2026-07-01", "2027", False),
        ("2026-06-30", "2027", True),
        ("2024", "2025-12-31", False),
        ("2024", "2026-01", True),
        (None, "2027", False),
        (None, None, False),
    ],
)
def test_a_project_ran_in_a_period_by_its_dates(start: str | None, end: str | None, ran: bool) -> None:
    assert ran_in(project(start=start, end_current=end), HalfYear(2026, 1), DAY) is ran


def test_a_reminder_names_project_period_and_days(reference: Database) -> None:
    view = load_view(reference, LOCAL_PERSON, as_of=DAY)
    call = next(
        row for row in report_calls(reference, LOCAL_PERSON, view) if row.project.key == "cybersouth-plus"
    )
    text = reminder(call, "Programme team", DAY)
    assert text.startswith("Subject: Progress report 2026-S1 of CyberSouth+\n")
    assert "30 June 2026, 146 days ago" in text and text.endswith("Programme team\n")
