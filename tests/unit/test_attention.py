"""What needs attention: each rule on both sides of its threshold, and silence where facts are not certain."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import AmendmentRow, MilestoneRow
from portfolio.overrides import overrides
from portfolio.services.attention import attention
from portfolio.services.deadlines.rules import FROM_CONTRACT
from portfolio.services.signals import SEVERITIES, TITLES, Signal, by_urgency, count_label
from tests.unit.attention_rows import AS_OF, CONTRACT, MILESTONE, MONEY, PROJECT, amendment, codes, signals


def test_attention_everything_in_order_is_silent() -> None:
    assert signals() == ()


def test_attention_nothing_known_of_money_or_milestones_is_silent() -> None:
    assert signals(money=None, milestone=None) == ()


# --- pre-financed but idle -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("incurred", "paid_on", "expected"),
    [
        (3_999_99, "2026-05-27", [("pre-financed-idle", "amber")]),  # below 10 %, 180 days
        (4_000_00, "2026-05-27", []),  # 10 % exactly
        (3_999_99, "2026-05-28", []),  # 179 days
        (0, "2026-05-27", [("pre-financed-idle", "amber")]),  # reported as nothing
        (3_999_99, "2026-05", []),  # a month: perhaps only 176 days
        (3_999_99, "2026-04", [("pre-financed-idle", "amber")]),
        (3_999_99, None, []),
    ],
)
def test_pre_financed_idle_thresholds(incurred: int, paid_on: str | None, expected: list[object]) -> None:
    assert codes(money=replace(MONEY, incurred_cents=incurred, last_paid_on=paid_on)) == expected


def test_pre_financed_idle_cost_not_reported_is_not_taken_for_none() -> None:
    fresh = replace(PROJECT, start="2026-07-01")
    unreported = replace(MONEY, incurred_cents=None, last_incurred_period=None)
    assert codes(project=fresh, money=unreported) == []


def test_pre_financed_idle_sentence_names_amounts_date_and_threshold() -> None:
    (signal,) = signals(money=replace(MONEY, incurred_cents=1_000_00))
    assert signal.sentence == (
        "Incurred cost up to 2026-S1 is EUR 1,000, 2.5 % of the pre-financing of EUR 40,000; the last "
        "payment was 660 days ago (1 February 2025). Amber below 10 % from 180 days on."
    )


# --- extensions ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        ((amendment(1, "2028-06-30"),), []),
        ((amendment(1, "2028-06-30"), amendment(2, "2028-12-31")), [("extended-twice", "amber")]),
        # dated before the contract
        ((amendment(1, "2028-06-30", "2024-11-30"), amendment(2, "2028-12-31")), []),
        ((amendment(1, "2028-06-30"), amendment(2, None)), []),  # changes no end
        ((amendment(1, "2028-06-30"), amendment(2, "2028-06-30")), []),  # not later
        ((amendment(1, "2028-06-30"), amendment(2, "2028-12-31", None)), []),  # not signed
        ((amendment(1, "2028-06-30"), amendment(2, "2028-12-31", "2026-12-01")), []),  # not signed yet
        ((amendment(1, "2028"), amendment(2, "2028-12-31")), []),  # perhaps the same end
    ],
)
def test_extended_twice_thresholds(amendments: tuple[AmendmentRow, ...], expected: list[object]) -> None:
    assert codes(amendments=amendments) == expected


def test_extended_twice_sentence_names_ends_and_signatures() -> None:
    (signal,) = signals(
        amendments=(amendment(2, "2028-12-31", "2026-03"), amendment(1, "2028-06-30", "2025-10-01"))
    )
    assert signal.sentence == (
        "Contract C-1 was extended 2 times, from 31 December 2027 to 31 December 2028 (amendments signed "
        "1 October 2025, March 2026); amber from 2 extensions."
    )


# --- overspent -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"incurred_cents": 100_000_00}, []),
        ({"incurred_cents": 100_000_01}, [("overspent", "red")]),
        ({"incurred_cents": 100_000_01, "contracted_total_known": 0, "contracted_total_cents": None}, []),
        ({"incurred_cents": 100_000_01, "contracts": 2}, []),  # the second contract states no amount
    ],
)
def test_overspent_thresholds(changes: dict[str, Any], expected: list[object]) -> None:
    assert codes(money=replace(MONEY, **changes)) == expected


# --- silent implementer ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("last", "start", "expected"),
    [
        ("2026-S1", "2025-01-01", []),
        ("2025-S2", "2025-01-01", []),
        ("2025-S1", "2025-01-01", [("silent-implementer", "amber")]),
        (None, "2025-12-31", [("silent-implementer", "amber")]),
        (None, "2026-01-01", []),
        (None, "2025", [("silent-implementer", "amber")]),  # started by the end of 2025 at the latest
        (None, None, []),
    ],
)
def test_silent_implementer_thresholds(last: str | None, start: str | None, expected: list[object]) -> None:
    project = replace(PROJECT, start=start, status_stated="ongoing")
    money = replace(MONEY, last_incurred_period=last, incurred_cents=50_000_00 if last else None)
    assert codes(project=project, money=money) == expected


def test_silent_implementer_second_report_counts_from_the_day_after_it_is_due() -> None:
    money = replace(MONEY, last_incurred_period="2025-S1")
    due = dt.date(2026, 8, 29)  # 60 days after 30 June 2026
    on_the_day = attention([PROJECT], {"p": money}, [MILESTONE], [], [], [], due)
    after = attention([PROJECT], {"p": money}, [MILESTONE], [], [], [], due + dt.timedelta(days=1))
    assert [signal.code for signal in on_the_day] == []
    assert [signal.code for signal in after] == ["silent-implementer"]


def test_nobody_is_silent_by_a_rule_that_the_unit_has_switched_off() -> None:
    money = replace(MONEY, last_incurred_period="2025-S1")
    assert codes(money=money) == [("silent-implementer", "amber")]
    with overrides({"deadline/interim-report/grant": FROM_CONTRACT}):
        assert codes(money=money) == []


def test_silent_implementer_without_contract_is_silent() -> None:
    assert codes(money=MoneyRow("p")) == []


def test_silent_implementer_sentence_names_missing_half_years() -> None:
    (signal,) = signals(money=replace(MONEY, last_incurred_period="2025-S1"))
    assert signal.sentence == (
        "No cost was reported after 2025-S1. Missing: 2025-S2, 2026-S1 (the first was due on 1 March 2026, "
        "60 days after its end); amber from 2 half-years."
    )
    assert signal.due == dt.date(2026, 3, 1)


# --- not described ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "milestone", "expected"),
    [
        ({"summary": None, "focus": None}, MILESTONE, []),
        ({"summary": None, "focus": None}, None, [("not-described", "amber")]),
        ({"summary": None, "start": None, "regions": ()}, MILESTONE, []),  # partners are named
        ({"summary": None, "start": None, "participations": ()}, MILESTONE, []),  # a region is named
        (
            {"summary": None, "start": None, "regions": (), "participations": ()},
            MILESTONE,
            [("not-described", "amber")],
        ),
    ],
)
def test_not_described_thresholds(
    changes: dict[str, Any], milestone: MilestoneRow | None, expected: list[object]
) -> None:
    assert codes(project=replace(PROJECT, **changes), milestone=milestone) == expected


def test_not_described_sentence_lists_what_is_missing() -> None:
    (signal,) = signals(project=replace(PROJECT, summary=None, focus=None), milestone=None)
    assert signal.sentence == (
        "Not stated: summary, focus, milestones (3 of 6 parts of a description); amber from 3."
    )


# --- what holds for all ----------------------------------------------------------------------------------
def test_attention_closed_project_raises_nothing() -> None:
    worst = {
        "money": replace(MONEY, incurred_cents=200_000_00),
        "milestone": replace(MILESTONE, baseline="2026-01-01", contractual=True),
    }
    assert codes(**worst) == [("contractual-milestone-late", "red"), ("overspent", "red")]
    assert codes(project=replace(PROJECT, end_current="2026-11-22"), **worst) == []


def test_attention_rows_of_other_projects_are_ignored() -> None:
    other = replace(MILESTONE, project_key="q", baseline="2026-01-01", contractual=True)
    found = attention([PROJECT], {"p": MONEY, "q": MONEY}, [other, MILESTONE], [], [CONTRACT], [], AS_OF)
    assert found == ()


def test_by_urgency_severity_goes_before_date_and_no_date_comes_last() -> None:
    def signal(severity: Any, due: dt.date | None) -> Signal:
        return Signal("ends-soon", "p", None, "Ends soon", "A sentence.", severity, due)

    early, late = dt.date(2026, 1, 1), dt.date(2026, 6, 1)
    ordered = [
        signal("red", late), signal("red", None), signal("amber", early), signal("amber", late),
        signal("info", None),
    ]  # fmt: skip
    assert list(by_urgency(reversed(ordered))) == ordered


def test_titles_are_distinct_and_severities_in_order() -> None:
    assert len(set(TITLES.values())) == len(TITLES)
    assert SEVERITIES == ("red", "amber", "info")


def test_count_label_one_is_singular() -> None:
    assert [count_label(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
