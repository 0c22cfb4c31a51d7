"""Records that contradict themselves, over a whole portfolio: each with its project, record and remedy."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState
from portfolio.services.completeness.contradictions import by_project, contradictions_in

DAY = dt.date(2026, 11, 23)
Records = dict[RecordId, RecordState]


def records(*found: tuple[str, str, RecordState]) -> Records:
    """Two projects, one with a contract, and what a test adds."""
    base: Records = {
        ("project", "p"): {"key": "p", "start": "2024-01-01"},
        ("project", "q"): {"key": "q"},
        ("contract", "c"): {
            "key": "c", "project_key": "p", "signed_on": "2024-01-15", "eu_contribution_cents": 900,
        },
    }  # fmt: skip
    return base | {(entity, key): {"key": key, **state} for entity, key, state in found}


@pytest.mark.parametrize(
    ("added", "code", "record"),
    [
        (
            [("amendment", "a", {"contract_key": "c", "number": 1, "signed_on": "2024-01-14"})],
            "RULE_AMENDMENT_BEFORE_START", ("amendment", "a"),
        ),
        (
            [
                ("project_region", "r", {"project_key": "p", "region": "eastern-neighbourhood"}),
                ("participation", "x", {"project_key": "p", "partner_code": "MDA", "share_millionths": 1}),
            ],
            "RULE_SHARES", ("participation", "x"),
        ),
        (
            [("payment", "y", {"contract_key": "c", "kind": "interim", "amount_cents": 901})],
            "RULE_PAID_ABOVE_CONTRACT", ("contract", "c"),
        ),
        (
            [("milestone", "m", {"project_key": "p", "status": "done", "actual": "2026-11-24"})],
            "RULE_IN_FUTURE", ("milestone", "m"),
        ),
        (
            [
                ("indicator", "i", {"project_key": "p", "unit": "people", "baseline_millionths": 5,
                                    "target_millionths": 5, "direction": "up"}),
            ],
            "RULE_TARGET_IS_BASELINE", ("indicator", "i"),
        ),
        (
            [("indicator", "i", {"project_key": "p", "target_millionths": 5})],
            "RULE_NO_UNIT", ("indicator", "i"),
        ),
    ],
)  # fmt: skip
def test_each_case_of_bad_input_is_found_with_record_and_remedy(
    added: list[tuple[str, str, RecordState]], code: str, record: RecordId
) -> None:
    assert contradictions_in(records(), DAY) == ()
    (found,) = contradictions_in(records(*added), DAY)
    assert (found.project_key, found.finding.code, found.finding.record) == ("p", code, record)
    assert found.finding.action.endswith(".") and found.entity == record[0]
    assert found.state["key"] == record[1]


def test_records_belong_to_the_project_that_they_hang_on() -> None:
    found = by_project(
        records(
            ("indicator", "i", {"project_key": "q"}),
            ("indicator_value", "v", {"indicator_key": "i"}),
            ("payment", "y", {"contract_key": "c"}),
            ("evaluation", "e", {"project_key": "q"}),
            ("evaluation_score", "s", {"evaluation_key": "e"}),
        )
    )
    assert set(found["q"]) == {
        ("project", "q"), ("indicator", "i"), ("indicator_value", "v"), ("evaluation", "e"),
        ("evaluation_score", "s"),
    }  # fmt: skip
    assert ("payment", "y") in found["p"] and ("payment", "y") not in found["q"]


def test_a_decision_of_two_projects_is_checked_with_both_and_told_once() -> None:
    decision = {"committed_cents": 1, "decommitted_cents": 2}
    both = records(
        ("contract", "d", {"project_key": "q", "decision_key": "f"}), ("financing_decision", "f", decision)
    )
    both["contract", "c"]["decision_key"] = "f"
    assert ("financing_decision", "f") in by_project(both)["p"]
    (found,) = contradictions_in(both, DAY)
    assert found.finding.code == "RULE_DECOMMITTED"


def test_an_archived_project_is_left_out() -> None:
    bad = records(("indicator", "i", {"project_key": "p", "target_millionths": 5}))
    bad["project", "p"]["archived_on"] = "2026-01-01"
    assert contradictions_in(bad, DAY) == ()
    assert set(by_project(bad)) == {"q"}


def test_errors_come_before_what_is_to_be_checked() -> None:
    found = contradictions_in(
        records(
            ("indicator", "i", {"project_key": "p", "target_millionths": 5}),
            ("milestone", "m", {"project_key": "p", "status": "done", "actual": "2027"}),
        ),
        DAY,
    )
    assert [row.finding.severity for row in found] == ["error", "warning"]
