"""The course of a project along time: ends, extensions and slip, as precisely as they are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from portfolio.dates import PartialDate
from portfolio.services.timelines import Course, Extension, contract_extensions, courses_sentence
from portfolio.ui.gantt_charts import gantt_chart
from portfolio.ui.theme import LIGHT
from portfolio.ui.timeline_panels import in_order
from tests.unit.deadline_cases import CONTRACT, amended, on
from tests.unit.rows import project

AS_OF = dt.date(2026, 11, 23)


def course(key: str, start: str | None, original: str | None, present: str | None, **parts: object) -> Course:
    known: dict[str, object] = {"extensions": (), "reports": (), "committees": ()} | parts
    ends = (PartialDate.of(original), PartialDate.of(present))
    return Course(project(key), "ongoing", PartialDate.of(start), *ends, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("original", "present", "days", "words"),
    [
        ("2025-06-30", "2027-06-30", 730, "730 days"),
        ("2025-06-30", "2025-06-30", 0, "none"),
        ("2025-06", "2027-06-30", None, "24 months"),
        ("2025", "2027", None, "2 years"),
        (None, "2027", None, "not known"),
    ],
)
def test_slip_is_as_precise_as_both_ends(
    original: str | None, present: str | None, days: int | None, words: str
) -> None:
    found = course("p", "2024-01-01", original, present)
    assert (found.slip_days, found.extended) == (days, words)


def extended(first: str, last: str, number: int | None = 1) -> Extension:
    return Extension(PartialDate.parse(first), PartialDate.parse(last), number, "2025-01-15", "a")


def test_amendment_dated_before_its_contract_moves_no_end() -> None:
    rows = (amended(1, "2035-12-31", "2024-11-30"), amended(2, "2028-12-31"))
    found = contract_extensions([CONTRACT], rows, AS_OF)
    assert [(step.number, str(step.before)) for step in found["p1"]] == [(2, "2027-12-31")]
    assert contract_extensions([CONTRACT], rows[:1], AS_OF) == {}


def bars(*courses: Course) -> dict[str, list[tuple[str, int]]]:
    """First day and length in days of every bar, by its name."""
    figure = gantt_chart(courses, "Timeline", LIGHT, AS_OF).figure
    return {
        trace.name: [
            (day.isoformat(), round(length / 86_400_000))
            for day, length in zip(trace.base, trace.x, strict=True)
        ]
        for trace in figure.data
        if trace.type == "bar"
    }


def test_bars_end_where_the_dates_do() -> None:
    moved = (extended("2025-12-31", "2027-06-30"),)
    found = bars(course("p", "2024-01-01", "2025-12-31", "2027-06-30", extensions=moved))
    assert found == {
        "Baseline": [("2024-01-01", (on("2025-12-31") - on("2024-01-01")).days + 1)],
        "Actual": [("2024-01-01", (AS_OF - on("2024-01-01")).days + 1)],
        "Forecast": [("2026-11-24", (on("2027-06-30") - AS_OF).days)],
        "Extension": [("2025-12-31", (on("2027-06-30") - on("2025-12-31")).days + 1)],
    }


def test_bars_of_reduced_dates_are_certain_only_between_them() -> None:
    found = bars(course("p", "2025", "2028", "2028"))
    assert found["Actual"] == [("2025-12-31", (AS_OF - on("2025-12-31")).days + 1)]
    assert found["Forecast"][0] == ("2026-11-24", (on("2028-01-01") - AS_OF).days)
    assert found["Not to the day"] == [("2025-01-01", 365), ("2028-01-01", 366)]


@pytest.mark.parametrize(
    ("start", "end", "names"),
    [
        (None, None, set()),
        (None, "2027-01-01", set()),
        ("2025-01-01", None, {"Actual"}),
        ("2027-01-01", "2028-01-01", {"Forecast"}),
        ("2024-01-01", "2026-11-23", {"Actual"}),
        ("2026-11-24", "2026-11-24", {"Forecast"}),
    ],
)
def test_what_is_not_known_has_no_bar(start: str | None, end: str | None, names: set[str]) -> None:
    assert set(bars(course("p", start, None, end))) == names


def test_end_that_came_before_the_date_ends_the_bar() -> None:
    closed = replace(course("p", "2023-01-01", "2024-12-31", "2024-12-31"), status="closed")
    assert bars(closed)["Closed"] == [("2023-01-01", 731)]


def test_courses_are_ordered_by_what_is_stated_and_the_unknown_comes_last() -> None:
    rows = [
        course("a", None, "2025-01-01", "2026-01-01"),
        course("b", "2025", "2026-01-01", "2026-02-01"),
        course("c", "2024-06", None, None),
    ]
    keys = {
        order: "".join(row.project.key for row in in_order(rows, order)) for order in ("start", "end", "slip")
    }
    assert keys == {"start": "cba", "end": "abc", "slip": "abc"}
    moved = [replace(rows[0], extensions=(extended("2025-01-01", "2026-01-01"),)), *rows[1:]]
    assert courses_sentence(moved) == (
        "3 projects, 3 running; 1 extended, A by most (365 days); slip known to the day for 2 of 3; no "
        "report is on record."
    )
    assert courses_sentence([]).startswith(
        "0 projects, 0 running; none extended; slip known to the day for 0"
    )
