"""Milestones as they are read: the most urgent first, in words, on a chart that keeps their precision."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portfolio.services.milestones import MilestoneState, milestone_counts, milestone_state
from portfolio.services.schedules import (
    STANDINGS,
    kinds_present,
    late_sentence,
    of_kinds,
    schedule,
    standing,
    standing_sentence,
)
from portfolio.ui.milestone_charts import milestone_chart
from portfolio.ui.schedules import milestone_columns, milestone_marks, milestones_table, project_bands
from portfolio.ui.theme import LIGHT
from tests.unit.rows import milestone, project

DAY = dt.date(2026, 11, 23)
NAMES = {"p1": "Alpha"}


def state(key: str, **values: Any) -> MilestoneState:
    return milestone_state(milestone(key, **values), DAY)


LATE = state("late", baseline="2026-10-13")
LATER = state("later", baseline="2026-01-01", forecast="2026-12-01", contractual=True)
SOON = state("soon", baseline="2026-12-01", kind="meeting")
UNDATED = state("undated")
DONE = state("done", status="done", actual="2024-06", kind="training")
DONE_BEFORE = state("before", status="done", actual="2023")
CONTEXT = state("law", about="context", status="done", actual="2024-01-01")
CANCELLED = state("off", status="cancelled", baseline="2026-01-01")
ALL = (DONE_BEFORE, CONTEXT, UNDATED, SOON, CANCELLED, LATE, DONE, LATER)


def keys(states: tuple[MilestoneState, ...]) -> list[str]:
    return [row.milestone.key for row in states]


def test_late_ones_come_first_by_days_then_open_ones_by_date_then_done_ones_latest_first() -> None:
    found = schedule(ALL)
    assert keys(found.counted) == ["later", "late", "soon", "undated", "done", "before"]
    assert keys(found.late) == ["later", "late"]
    assert (keys(found.context), keys(found.cancelled)) == (["law"], ["off"])
    assert (found.slip_known, found.baselines) == (1, 3)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("all", ["later", "late", "soon", "undated", "done", "before"]),
        ("late", ["later", "late"]),
        ("due-30", ["later", "soon"]),
        ("due-180", ["later", "soon"]),
        ("open", ["later", "late", "soon", "undated"]),
        ("done", ["done", "before"]),
    ],
)
def test_standing_narrows_to_what_it_says(code: str, expected: list[str]) -> None:
    assert keys(standing(schedule(ALL).counted, code, DAY)) == expected
    assert code in STANDINGS


def test_kinds_narrow_and_none_chooses_all() -> None:
    counted = schedule(ALL).counted
    assert kinds_present(counted) == ("meeting", "training")
    assert keys(of_kinds(counted, ["training"])) == ["done"]
    assert of_kinds(counted, []) == counted


def test_late_sentence_names_the_planned_date_and_the_days() -> None:
    assert late_sentence(LATE, DAY) == "Milestone 'Milestone late' is 41 days late (planned 13 October 2026)."
    assert late_sentence(LATER, DAY) == (
        "Contractual milestone 'Milestone later' is forecast for 1 December 2026, 334 days late "
        "(planned 1 January 2026)."
    )


def test_late_from_a_month_is_said_to_be_at_least_so_late() -> None:
    reduced = state("m", baseline="2026-10")
    assert (
        late_sentence(reduced, DAY)
        == "Milestone 'Milestone m' is at least 23 days late (planned October 2026)."
    )


def test_standing_sentence_says_what_is_not_published() -> None:
    done = (DONE, DONE_BEFORE, CONTEXT)
    assert standing_sentence(schedule(done), milestone_counts(done, DAY)) == (
        "2 milestones: 2 done, none late, none due in 180 days. Baselines and forecasts are not published, "
        "so no slip is known."
    )
    assert standing_sentence(schedule(ALL), milestone_counts(ALL, DAY)) == (
        "6 milestones: 2 done, 2 late, 2 due in 180 days. Slip is known for 1 of 6."
    )


def test_reduced_dates_are_drawn_over_their_whole_interval_and_never_as_a_day() -> None:
    marks = milestone_marks([DONE_BEFORE, DONE, LATE], NAMES)
    assert [(mark.kind, mark.when, mark.until) for mark in marks] == [
        ("actual", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("actual", dt.date(2024, 6, 1), dt.date(2024, 6, 30)),
        ("baseline", dt.date(2026, 10, 13), None),
        ("late", dt.date(2026, 10, 13), None),
    ]
    assert [mark.text for mark in marks[:2]] == [
        "Alpha: Milestone before, reached 2023", "Alpha: Milestone done, reached June 2024",
    ]  # fmt: skip


def test_late_milestone_with_a_forecast_is_marked_where_it_is_expected() -> None:
    marks = milestone_marks([LATER], NAMES)
    assert [(mark.kind, mark.when, mark.since) for mark in marks] == [
        ("baseline", dt.date(2026, 1, 1), None),
        ("late", dt.date(2026, 12, 1), dt.date(2026, 1, 1)),
    ]


def test_chart_has_one_trace_for_days_and_one_for_intervals_and_a_text_that_follows_the_data() -> None:
    first = milestone_chart(milestone_marks([DONE, LATE], NAMES), "Milestones", LIGHT, DAY)
    second = milestone_chart(milestone_marks([DONE], NAMES), "Milestones", LIGHT, DAY)
    assert [trace.type for trace in first.figure.data] == ["scatter", "bar", "scatter"]
    assert [trace.type for trace in second.figure.data] == ["bar"]
    assert first.alt.startswith("Milestones: 1 late, 1 reached, in 1 row")
    assert second.alt.startswith("Milestones: 0 late, 1 reached, in 1 row")


def test_bands_run_over_the_whole_interval_of_projects_whose_dates_are_known() -> None:
    bands = project_bands([project("a", start="2024", end_current="2026-06"), project("b", start="2024")])
    assert [(band.label, band.start, band.end) for band in bands] == [
        ("A", dt.date(2024, 1, 1), dt.date(2026, 6, 30))
    ]
    chart = milestone_chart(milestone_marks([DONE], {"p1": "A"}), "Milestones", LIGHT, DAY, bands=bands)
    assert [trace.type for trace in chart.figure.data] == ["bar", "bar"]


def test_table_keeps_dates_as_published_and_says_what_is_not_reached() -> None:
    table = milestones_table(schedule(ALL).counted, NAMES, {"done": "https://example.org/a"})
    assert table["actual"].tolist() == ["not reached"] * 4 + ["2024-06", "2023"]
    assert table["late_days"].tolist()[:3] == [334, 41, 0]
    assert table["slip_days"].isna().tolist() == [False, True, True, True, True, True]
    assert {"late_days", "slip_days", "contractual", "source"} <= set(milestone_columns(table))


def test_columns_that_say_the_same_of_every_row_are_left_out() -> None:
    table = milestones_table((DONE, DONE_BEFORE), NAMES, {})
    assert list(milestone_columns(table)) == ["project", "milestone", "actual", "status", "kind"]
