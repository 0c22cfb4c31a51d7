"""The contracting deadline of a financing decision: both sides of its thresholds, and its arithmetic."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portfolio.model.money_rows import DecisionRow
from portfolio.overrides import overrides
from portfolio.services.attention import attention
from portfolio.services.contracting import contracting_date, left_to_contract
from portfolio.services.deadlines.rules import FROM_CONTRACT
from portfolio.services.rulebooks import SWITCHED_OFF, attention_rules

AS_OF = dt.date(2026, 11, 23)
DECISION = DecisionRow(
    key="d", number="D/2023/1", title=None, instrument="IPA III", decided_on="2023-06-01",
    committed_cents=10_000_000_00, decommitted_cents=1_000_000_00, contracted_eu_cents=8_000_000_00,
    project_keys=("p",), agreement_signed_on="2024-01-15", end_of_implementation=None, end_of_execution=None,
)  # fmt: skip


def found(**changes: Any) -> list[tuple[str, str]]:
    signals = attention([], {}, [], [replace(DECISION, **changes)], [], [], AS_OF)
    return [(signal.code, signal.severity) for signal in signals]


RED, AMBER = [("contracting-deadline", "red")], [("contracting-deadline", "amber")]


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("2024-01-22", RED),  # 60 days
        ("2024-01-23", AMBER),  # 61
        ("2024-05-22", AMBER),  # 180
        ("2024-05-23", []),  # 181
        ("2023-11-22", RED),  # the deadline was yesterday
        ("2024", []),  # perhaps not before December
        ("2024-01", AMBER),  # 31 January at the latest: 69 days
        (None, []),
    ],
)
def test_contracting_deadline_days(signed: str | None, expected: list[object]) -> None:
    assert found(agreement_signed_on=signed) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"contracted_eu_cents": 8_999_999_99}, RED),
        ({"contracted_eu_cents": 9_000_000_00}, []),
        ({"contracted_eu_cents": 9_500_000_00}, []),
        ({"contracted_eu_cents": None}, []),
        ({"committed_cents": None}, []),
        ({"contracted_eu_cents": 9_000_000_00, "decommitted_cents": None}, RED),
    ],
)
def test_contracting_deadline_money_left(changes: dict[str, Any], expected: list[object]) -> None:
    assert found(**changes) == expected


def test_contracting_deadline_sentence_shows_the_arithmetic() -> None:
    (signal,) = attention([], {}, [], [DECISION], [], [], AS_OF)
    assert signal.sentence == (
        "Decision D/2023/1: EUR 1,000,000 is left to contract by 15 January 2027, in 53 days (indicative: "
        "financing agreement signed 15 January 2024, plus 3 years); red from 60 days."
    )
    assert (signal.decision_key, signal.project_key, signal.due) == ("d", "p", dt.date(2027, 1, 15))


def test_contracting_deadline_of_several_projects_names_none() -> None:
    (signal,) = attention([], {}, [], [replace(DECISION, project_keys=("p", "q"))], [], [], AS_OF)
    assert (signal.decision_key, signal.project_key) == ("d", None)


def test_contracting_deadline_that_passed_says_how_long_ago() -> None:
    (signal,) = attention([], {}, [], [replace(DECISION, agreement_signed_on="2023-11-22")], [], [], AS_OF)
    assert "by 22 November 2026, 1 day ago (indicative" in signal.sentence


def test_contracting_date_of_a_leap_day_is_the_day_before() -> None:
    assert contracting_date(replace(DECISION, agreement_signed_on="2024-02-29")) == dt.date(2027, 2, 28)


def test_no_contracting_deadline_off_budget_or_where_the_rule_is_switched_off() -> None:
    assert found() == RED
    assert found(instrument="EPF") == []
    assert contracting_date(replace(DECISION, instrument="EPF")) is None
    texts = {row.code: row.rule for row in attention_rules()}
    with overrides({"deadline/contracting/decision": FROM_CONTRACT}):
        assert (found(), contracting_date(DECISION)) == ([], None)
        off = {row.code: row.rule for row in attention_rules()}
    assert {code for code in off if off[code] != texts[code]} == {"contracting-deadline"}
    assert off["contracting-deadline"] == SWITCHED_OFF


def test_left_to_contract_takes_off_what_was_released() -> None:
    assert left_to_contract(DECISION) == 1_000_000_00
    assert left_to_contract(replace(DECISION, committed_cents=None)) is None
