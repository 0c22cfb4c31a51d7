"""What changed between two dates: each comparison from both sides, sums that agree, equal dates empty."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portfolio.errors import UsageProblem
from portfolio.model.report_rows import ReportDueRow
from portfolio.model.result_rows import TrainingRow
from portfolio.model.rows import MilestoneRow
from portfolio.money import KnownSum
from portfolio.services.differences.amounts import COMPARED, NOT_IN_PORTFOLIO
from portfolio.services.differences.comparisons import GROUPS, Differences, check_order, differences
from portfolio.services.differences.headlines import further, headline
from portfolio.services.differences.standpoints import Frame, Standpoint
from portfolio.services.selection import PortfolioFilter
from tests.unit.difference_frames import AFTER, BEFORE, CONTRACT, OLD, amendment, frame, funded
from tests.unit.health_rows import RISK, STANDING, indicator, marks
from tests.unit.rows import milestone, project


def compared(before: Frame, after: Frame, chosen: PortfolioFilter | None = None) -> Differences:
    """What differs, after it was made sure that each of the two differs from itself in nothing."""
    for one in (before, after):
        assert differences(one, one).is_empty
    return differences(before, after, chosen)


def milestones(old: MilestoneRow | None, new: MilestoneRow | None) -> list[tuple[Any, ...]]:
    before = frame(milestones=() if old is None else (old,))
    found = compared(before, frame(AFTER, milestones=() if new is None else (new,)))
    return [(row.turn, row.old, row.new, row.difference_days) for row in found.milestones]


def test_equal_standpoints_have_no_difference_and_say_so() -> None:
    one = frame(contracts=(CONTRACT,), amendments=(amendment(1, "2025-06-01", new_end="2027-06-30"),))
    found = differences(one, one)
    assert found.is_empty
    assert all(getattr(found, name) == () for name in GROUPS)
    assert headline(found) == "Both dates are 1 January 2026: nothing to compare."
    later = compared(frame(projects=()), frame(AFTER, projects=()))
    assert headline(later) == "Between 1 January and 1 July 2026: nothing changed in 0 projects."


def test_first_date_after_the_second_is_a_sentence() -> None:
    check_order(Standpoint(BEFORE), Standpoint(BEFORE))
    with pytest.raises(UsageProblem, match="The first date, 1 July 2026, lies after the second, 1 January"):
        check_order(Standpoint(AFTER), Standpoint(BEFORE))


@pytest.mark.parametrize(
    ("old", "new", "turn"),
    [
        (None, OLD, "added"),
        (OLD, None, "removed"),
        (replace(OLD, start="2026-03-01"), replace(OLD, start="2026-03-01"), "begun"),
        (replace(OLD, end_original="2026-03-01"), replace(OLD, end_original="2026-03-01"), "closed"),
        # Nobody knows on which side of the first date it closed, or began.
        (replace(OLD, start=None, end_original="2026-06"), replace(OLD, end_original="2026-06"), "other"),
        (replace(OLD, start="2026-01"), replace(OLD, start="2026-01"), "other"),
    ],
)
def test_projects_come_go_begin_and_close(old: Any, new: Any, turn: str) -> None:
    before = frame(projects=[old] if old else ())
    found = compared(before, frame(AFTER, [new] if new else ()))
    assert [row.turn for row in found.statuses] == [turn]
    assert found.names == {"p1": "P1"}


def test_filter_chooses_by_the_later_date_and_keeps_what_has_left() -> None:
    other, gone = project("p2", focus="both"), project("p3", focus="cybercrime")
    before = frame(projects=[OLD, replace(other, focus="cybercrime"), gone])
    after = frame(AFTER, [OLD, other])
    chosen = differences(before, after, PortfolioFilter(focus=("cybercrime",))).projects
    assert list(chosen) == ["p3"]
    assert list(differences(before, after, PortfolioFilter(focus=("both",))).projects) == ["p2"]
    assert list(differences(before, after, keys={"p1"}).projects) == ["p1"]


def test_amounts_that_move_and_amounts_known_on_one_date_add_up() -> None:
    rows = [OLD, project("p2"), project("p3"), project("p4"), project("p5", instrument="EPF")]
    new = [*rows[:3], *rows[4:], project("p6")]
    before = frame(
        projects=rows,
        standings=[
            funded(paid_cents=100), funded("p2", paid_cents=None), funded("p3", paid_cents=70),
            funded("p4", paid_cents=9), funded("p5", paid_cents=1_000),
        ],
    )  # fmt: skip
    after = frame(
        AFTER, new,
        [
            funded(paid_cents=130), funded("p2", paid_cents=50), funded("p3", paid_cents=None),
            funded("p5", paid_cents=5_000), funded("p6", paid_cents=7),
        ],
    )  # fmt: skip
    found = compared(before, after)
    paid = {row.project_key: row for row in found.amounts if row.amount == "paid"}
    assert {key: (row.old_cents, row.new_cents, row.difference_cents) for key, row in paid.items()} == {
        "p1": (100, 130, 30), "p2": (None, 50, None), "p3": (70, None, None), "p4": (9, None, None),
        "p6": (None, 7, None),
    }  # fmt: skip
    assert list(paid) == ["p3", "p2", "p1", "p4", "p6"]
    assert paid["p2"].old_reason == "no payment is on record"
    assert (paid["p4"].new_reason, paid["p6"].old_reason) == (NOT_IN_PORTFOLIO, NOT_IN_PORTFOLIO)
    total = found.sum_of("paid")
    assert (total.old, total.new) == (KnownSum(179, 3, 4), KnownSum(187, 3, 4))
    assert (total.moved_cents, total.appeared_cents, total.appeared) == (30, 57, 2)
    assert (total.vanished_cents, total.vanished, total.difference_cents) == (79, 2, 8)
    for row in found.sums:
        own = [change for change in found.amounts if change.amount == row.amount]
        assert (row.moved_cents or 0) == sum(change.difference_cents or 0 for change in own)
        assert row.change_cents == sum((change.new_cents or 0) - (change.old_cents or 0) for change in own)
        assert row.difference_cents in (None, row.change_cents)
    assert tuple(row.amount for row in found.sums) == COMPARED


def test_sum_that_nobody_knew_has_no_difference_and_is_never_nought() -> None:
    before, after = frame(standings=[funded()]), frame(AFTER, standings=[funded(paid_cents=500_000_00)])
    found = compared(before, after)
    assert found.sum_of("paid").old == KnownSum(None, 0, 1)
    assert found.sum_of("paid").difference_cents is None
    assert found.sum_of("paid").moved_cents is None
    said = "Between 1 January and 1 July 2026: EUR 500,000 more paid where none was known before"
    assert headline(found).startswith(said)
    assert not found.sum_of("total-budget").has_moved


def test_dates_move_in_days_where_both_are_days() -> None:
    new = replace(OLD, start="2025-01", end_current="2027-03-02")
    found = compared(frame(), frame(AFTER, [new]))
    assert [(row.field, row.old, row.new, row.difference_days) for row in found.dates] == [
        ("end", "2027-01-01", "2027-03-02", 60),
        ("start", "2025-01-01", "2025-01", None),
    ]


def test_amendments_signed_between_the_dates_and_the_ends_that_they_moved() -> None:
    rows = (
        amendment(1, "2026-01-01", new_end="2027-02-01"),
        amendment(2, "2026-01-02", new_end="2027-03-01"),
        amendment(3, "2026-07", new_end="2027-05-01"),
        amendment(4, None),
    )
    before = frame(contracts=(CONTRACT,), amendments=rows)
    found = compared(before, frame(AFTER, contracts=(CONTRACT,), amendments=rows))
    assert [(row.on, row.what, row.is_gone) for row in found.amendments] == [
        ("2026-01-02", "Amendment 2: no-cost extension, new end 1 March 2027", False)
    ]
    assert [(row.field, row.old, row.new, row.difference_days) for row in found.dates] == [
        ("contract-end", "2027-02-01", "2027-03-01", 28)
    ]
    assert found.dates[0].record == ("amendment", rows[1].key)
    without = frame(AFTER, contracts=(CONTRACT,), amendments=rows[1:])
    assert [(row.what[:11], row.is_gone) for row in compared(before, without).amendments] == [
        ("Amendment 2", False),
        ("Amendment 1", True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"baseline": "2026-03-01"}, {}, [("late", "2026-03-01", None, 122)]),
        ({"baseline": "2026-07-01"}, {}, []),
        ({"baseline": "2025-12-01"}, {}, []),
        (
            {"baseline": "2026-03-01", "status": "done", "actual": "2026-03-11"}, {},
            [("reached", "2026-03-01", "2026-03-11", 10)],
        ),
        ({"baseline": "2026-03-01", "status": "done", "actual": "2025-12-11"}, {}, []),
        (
            {"baseline": "2026-09-01", "forecast": "2026-09-10"}, {"forecast": "2026-09-25"},
            [("forecast", "2026-09-10", "2026-09-25", 15)],
        ),
        (
            {"baseline": "2026-09-01"}, {"baseline": "2026-09-05"},
            [("baseline", "2026-09-01", "2026-09-05", 4)],
        ),
        (
            {"baseline": "2026-09-01"}, {"forecast": "2026-10-01"},
            [("late", "2026-09-01", "2026-10-01", 30), ("forecast", None, "2026-10-01", None)],
        ),
        ({"baseline": "2026-09-01"}, {"status": "cancelled"}, [("cancelled", "2026-09-01", None, None)]),
        (
            {"baseline": "2026-09-01", "status": "done", "actual": "2025-12-11"},
            {"status": "planned", "actual": None}, [("not-reached", "2025-12-11", "2026-09-01", 264)],
        ),
        ({"baseline": "2026-03-01", "about": "context"}, {}, []),
    ],
)  # fmt: skip
def test_milestones_reached_late_and_moved(
    old: dict[str, Any], new: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    assert milestones(milestone(**old), milestone(**(old | new))) == expected


def test_milestones_added_and_removed_unless_their_project_was() -> None:
    row = milestone(baseline="2026-09-01")
    assert milestones(None, row) == [("added", None, "2026-09-01", None)]
    assert milestones(row, None) == [("removed", "2026-09-01", None, None)]
    found = compared(frame(projects=()), frame(AFTER, milestones=(row,)))
    assert (len(found.statuses), found.milestones) == (1, ())


def test_values_with_their_periods_and_the_unknown_on_either_side() -> None:
    first, words = indicator(90_000_000), replace(indicator(None, key="p1/indicator-02"), text="Drafted")
    before = frame(standings=[replace(STANDING, indicators=(first, replace(words, text=None)))])
    second = replace(first, value_millionths=95_000_000, period="2026-S1")
    after = frame(AFTER, standings=[replace(STANDING, indicators=(second, words))])
    found = compared(before, after)
    assert [(row.old_words, row.new_words, row.difference_millionths) for row in found.values] == [
        ("90 people", "95 people", 5_000_000),
        (None, "Drafted", None),
    ]
    assert (found.values[0].old_period, found.values[0].new_period) == ("2025-S2", "2026-S1")
    same = frame(AFTER, standings=[replace(STANDING, indicators=(replace(first, period="2026-S1"),))])
    alone = frame(standings=[replace(STANDING, indicators=(first,))])
    assert compared(alone, same).values == ()


def test_colours_turn_worse_and_better_with_both_sentences() -> None:
    late = milestone(baseline="2025-11-20", title="Handover")
    before, after = frame(), frame(standings=[replace(STANDING, milestones=marks(worst=late))])
    found = compared(before, after)
    assert [(row.scope, row.old, row.new, row.turn) for row in found.colours] == [
        ("overall", "green", "amber", "worse"),
        ("time", "green", "amber", "worse"),
    ]
    assert found.colours[1].old_sentence.startswith("None of the 2 open milestones")
    assert found.colours[1].new_sentence.startswith("Milestone 'Handover' is 42 days late")
    assert {row.turn for row in compared(after, before).colours} == {"better"}
    unknown = compared(before, frame(standings=[replace(STANDING, indicators=())])).colours
    assert [(row.scope, row.old, row.new, row.turn) for row in unknown] == [
        ("results", "green", "grey", "unknown")
    ]
    closed = compared(before, frame(projects=[replace(OLD, end_original="2025-12-01")])).colours
    assert [(row.scope, row.old, row.new, row.turn) for row in closed] == [
        ("overall", "green", "closed", "other")
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, (3, 3), ("opened", None, 9, None)),
        ((3, 3), None, ("closed", 9, None, None)),
        ((3, 3), (4, 4), ("up", 9, 16, 7)),
        ((3, 3), (2, 3), ("down", 9, 6, -3)),
        ((2, 3), (3, 2), ("rated", 6, 6, 0)),
        ((2, 3), (2, 3), None),
    ],
)
def test_risks_opened_closed_and_rated_otherwise(old: Any, new: Any, expected: Any) -> None:
    def rated(rating: tuple[int, int] | None) -> Any:
        risks = (replace(RISK, likelihood=rating[0], impact=rating[1]),) if rating else ()
        return replace(STANDING, open_risks=risks)

    found = compared(frame(standings=[rated(old)]), frame(AFTER, standings=[rated(new)]))
    told = [(row.turn, row.old_score, row.new_score, row.difference) for row in found.risks]
    assert told == ([] if expected is None else [expected])


def test_trainings_held_and_reports_received_between_the_dates() -> None:
    def training(number: int, held_on: str, ended_on: str | None = None) -> TrainingRow:
        nothing: Any = (None,) * 11
        return TrainingRow(
            f"p1/training-{number}", "p1", "Course", "exercise", held_on, ended_on, *nothing,
            stage="delivered", used_in_case=None, note=None,
        )  # fmt: skip

    def report(number: int, received_on: str | None) -> ReportDueRow:
        key = f"p1/report-{number}"
        return ReportDueRow(key, "p1", "progress", "2025-S2", "2026-03-01", received_on, None, None)

    records: dict[str, Any] = {
        "trainings": (
            training(1, "2025-12-30", "2026-01-01"), training(2, "2025-12-30", "2026-01-02"),
            training(3, "2026-07-01"), training(4, "2026-07-02"), training(5, "2026-07"),
        ),
        "reports": (
            report(1, "2026-01-01"), report(2, "2026-01-02"), report(3, "2026-07"), report(4, "2026-07-02"),
            report(5, None),
        ),
    }  # fmt: skip
    found = compared(frame(**records), frame(AFTER, **records))
    assert [row.record[1][-1] for row in found.trainings] == ["3", "2"]
    assert [row.record[1][-1] for row in found.reports] == ["3", "2"]
    assert (found.trainings[0].what, found.reports[0].what) == ("Exercise: Course", "Progress report 2025-S2")
    assert further(found).startswith("Also: 2 reports received, 2 trainings held")


def test_headline_tells_both_years() -> None:
    reached = milestone(baseline="2025-12-30", status="done", actual="2026-05-01")
    found = compared(frame(dt.date(2025, 12, 31), milestones=(reached,)), frame(AFTER, milestones=(reached,)))
    assert headline(found).startswith("Between 31 December 2025 and 1 July 2026: 1 milestone reached")
