"""The rules of deadlines as data: readable, set by a unit to its own practice, and never failing."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from portfolio.overrides import overrides
from portfolio.services.attention import report_rule
from portfolio.services.contracting import contracting_date
from portfolio.services.deadlines.practices import deadline_problem, deadline_rules, deadline_settings
from portfolio.services.deadlines.rules import (
    ANCHORS,
    FROM_CONTRACT,
    Nature,
    Side,
    SourceStatus,
    Unit,
    contract_rule,
    default_rule,
    rule_codes,
)
from portfolio.vocabulary import codes
from tests.unit.deadline_cases import DECISION, of, on


@pytest.mark.parametrize("code", rule_codes())
def test_every_rule_of_the_file_can_be_read(code: str) -> None:
    rule = default_rule(code)
    assert rule.unit in get_args(Unit) and rule.side in get_args(Side) and rule.nature in get_args(Nature)
    assert rule.source_status in get_args(SourceStatus) and rule.source_status != "own"
    assert rule.counted_from in ANCHORS and rule.amount > 0 and rule.near_days > 0 and rule.source
    assert rule.contract_types == ("decision",) or set(rule.contract_types) <= set(codes("contract_type"))


def test_unit_sets_numbers_to_its_own_practice() -> None:
    with overrides({"deadline/final-report/grant": "2", "deadline/final-report-abroad/grant": FROM_CONTRACT}):
        own = of("final-report")
        assert (own.earliest, own.latest) == (on("2028-02-29"), on("2028-02-29"))
        assert "own practice" in own.source
    with overrides({"deadline/dormancy/grant": FROM_CONTRACT}):
        assert of("dormancy").state == "not-known"
    with overrides({"deadline/final-report/service": "60"}):
        assert of("final-report", type="service").state == "open"
    with overrides({"deadline/contracting/decision": "2", "deadline/interim-report/grant": "45"}):
        assert contracting_date(DECISION) == on("2026-01-15")
        assert (rule := report_rule()) is not None and rule.amount == 45


def test_settings_list_every_rule_for_every_type_once() -> None:
    found = list(deadline_settings())
    assert len({row.key for row in found}) == len({row.name for row in found}) == len(found) == 2 + 7 * 4
    assert {row.default for row in found if "service" in row.key and "report" in row.key} == {FROM_CONTRACT}
    assert all(deadline_problem(row.key, row.default) is None for row in found)


@pytest.mark.parametrize(
    ("key", "value", "is_fine"),
    [
        ("deadline/dormancy/grant", "0", True),
        ("deadline/dormancy/grant", "3650", True),
        ("deadline/dormancy/grant", "3651", False),
        ("deadline/dormancy/grant", "-1", False),
        ("deadline/dormancy/grant", "two", False),
        ("deadline/dormancy/grant", FROM_CONTRACT, True),
        ("deadline/contracting/decision", FROM_CONTRACT, False),
    ],
)
def test_number_of_a_rule_is_checked(key: str, value: str, is_fine: bool) -> None:
    assert (deadline_problem(key, value) is None) is is_fine


def test_deadline_beyond_the_last_day_there_is_does_not_fail() -> None:
    assert default_rule("contracting").shifted(dt.date.max) == dt.date.max
    assert default_rule("rom-last-months").shifted(dt.date.min) == dt.date.min
    assert contract_rule("dormancy", "grant") == default_rule("dormancy")


def test_rules_in_force_are_told_with_types_number_and_standing() -> None:
    told = {(row.label, row.types): (row.counted, row.standing) for row in deadline_rules()}
    assert told["Interim report", "Grant"] == ("60 days after the end of the period", "practice")
    assert ("Interim report", "Service") not in told
    with overrides({"deadline/interim-report/service": "45"}):
        own = {(row.label, row.types): (row.counted, row.standing) for row in deadline_rules()}
    assert own["Interim report", "Service"] == ("45 days after the end of the period", "set by this unit")
    assert set(own) - set(told) == {("Interim report", "Service")}
