"""Both sides of every rule about clearings, forecasts, reports due, reviews, evaluations and overrides."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState
from portfolio.services.rules import check_records

DAY = dt.date(2026, 11, 23)
Records = dict[RecordId, RecordState]
Value = str | int | None


def records(*listed: tuple[str, dict[str, Value]]) -> Records:
    return {(entity, f"r{n}"): {"key": f"r{n}", **values} for n, (entity, values) in enumerate(listed)}


def one(entity: str, **values: Value) -> Records:
    return records((entity, values))


def cleared(paid: int, amount: int) -> Records:
    payment: dict[str, Value] = {"contract_key": "r0", "kind": "pre-financing", "amount_cents": paid}
    interim: dict[str, Value] = {"contract_key": "r0", "kind": "interim", "amount_cents": 50}
    clearing: dict[str, Value] = {"contract_key": "r0", "amount_cents": amount}
    return records(("contract", {}), ("payment", payment), ("payment", interim), ("clearing", clearing))


def forecast(amount: int) -> Records:
    cost: dict[str, Value] = {"period": "2026-S1", "amount_cents": 60}
    later: dict[str, Value] = {"period": "2026-S2", "amount_cents": 60}
    own: dict[str, Value] = {"period": "2026-S1", "amount_cents": amount}
    return records(("incurred_cost", cost | {"heading": "travel"}), ("incurred_cost", later),
                   ("cost_forecast", own))  # fmt: skip


def deadline(due_on: str) -> Records:
    return records(
        ("contract", {"signed_on": "2024-05"}),
        ("contract_deadline", {"contract_key": "r0", "rule": "final-report", "due_on": due_on}),
    )


def review(last: str, reviewed_on: str) -> Records:
    return records(
        ("risk", {"title": "Staff leave", "reviewed_on": last}),
        ("risk_review", {"risk_key": "r0", "reviewed_on": reviewed_on}),
    )


def recommendation(**values: Value) -> Records:
    return records(
        ("evaluation", {"carried_out_on": "2026-03"}),
        ("recommendation", {"evaluation_key": "r0", "number": 1, **values}),
    )


def overrides(expires: str, decided: str, dimension: str = "money") -> Records:
    first: dict[str, Value] = {"dimension": "money", "decided_on": "2026-01-01", "expires_on": expires}
    second: dict[str, Value] = {"dimension": dimension, "decided_on": decided, "expires_on": "2027-01-01"}
    return records(("health_override", first), ("health_override", second))


def report(kind: str = "interim", period: str | None = "2026-S1", **values: Value) -> dict[str, Value]:
    return {"kind": kind, "period": period, **values}


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (one("indicator_value", period="2027-S1"), "RULE_PERIOD_AHEAD"),
        (one("indicator_value", period="2027-S1", status="draft"), None),
        (one("narrative", period="2026-S2"), None),
        (cleared(100, 101), "RULE_CLEARED_ABOVE_PRE_FINANCING"),
        (cleared(100, 100), None),
        (forecast(59), "RULE_FORECAST_BELOW_COST"),
        (forecast(60), None),
        (deadline("2024-04-30"), "RULE_DUE_BEFORE_CONTRACT"),
        (deadline("2024"), None),
        (one("report_due", **report(approved_on="2026-08-01")), "RULE_APPROVED_NOT_RECEIVED"),
        (one("report_due", **report(received_on="2026-08", approved_on="2026-08-01")), None),
        (one("report_due", **report(received_on="2026-08-02", approved_on="2026-08-01")),
         "RULE_END_BEFORE_START"),
        (one("report_due", **report(due_on="2026-06-30")), "RULE_DUE_BEFORE_PERIOD_ENDS"),
        (one("report_due", **report(due_on="2026-07-01")), None),
        (one("report_due", **report(due_on="2026-06-30", period=None)), None),
        (records(("report_due", report()), ("report_due", report())), "RULE_REPORT_TWICE"),
        (records(("report_due", report()), ("report_due", report("financial"))), None),
        (records(("report_due", report(period=None)), ("report_due", report(period=None))), None),
        (one("report_due", **report(received_on="2026-11-24")), "RULE_IN_FUTURE"),
        (review("2026-06-01", "2026-06-02"), "RULE_REVIEWED_LATER"),
        (review("2026-06", "2026-06-02"), None),
        (recommendation(due_on="2026-02-28"), "RULE_BEFORE_EVALUATION"),
        (recommendation(done_on="2026-02"), "RULE_BEFORE_EVALUATION"),
        (recommendation(due_on="2026-03-01", done_on="2026"), None),
        (recommendation(done_on="2026-06", response="rejected"), "RULE_REJECTED_AND_DONE"),
        (recommendation(done_on="2026-06", response="partly-accepted"), None),
        (recommendation(done_on="2026-12"), "RULE_IN_FUTURE"),
        (one("evaluation", carried_out_on="2026-11-24"), "RULE_IN_FUTURE"),
        (one("evaluation", report_url="www.example.org"), "RULE_NO_ADDRESS"),
        (one("evaluation", report_url="https://example.org/report"), None),
        (overrides("2026-06-01", "2026-05-31"), "RULE_OVERRIDE_TWICE"),
        (overrides("2026-06-01", "2026-06-01"), None),
        (overrides("2026-06-01", "2026-05-31", "overall"), None),
        (one("health_override", decided_on="2026-11-24", expires_on="2027-01-01"), "RULE_IN_FUTURE"),
        (one("clearing", cleared_on="2026-12"), "RULE_IN_FUTURE"),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_another_is_found(found: Records, code: str | None) -> None:
    told = check_records(found, DAY)
    assert [finding.code for finding in told] == ([] if code is None else [code])
    assert all(finding.record in found and finding.action and finding.field for finding in told)


@pytest.mark.parametrize(
    ("entity", "values"),
    [
        ("cost_forecast", {"project_key": "p", "period": "2026-S1"}),
        ("contract_deadline", {"contract_key": "c", "rule": "final-report"}),
        ("risk_review", {"risk_key": "k", "reviewed_on": "2026-01-01"}),
        ("evaluation_score", {"evaluation_key": "e", "criterion": "impact"}),
        ("recommendation", {"evaluation_key": "e", "number": 1}),
        ("project_marker", {"project_key": "p", "marker": "gender-equality"}),
    ],
)
def test_what_there_is_once_is_not_entered_twice(entity: str, values: dict[str, Value]) -> None:
    assert check_records(one(entity, **values), DAY) == ()
    found = check_records(records((entity, values), (entity, values)), DAY)
    assert [finding.code for finding in found] == ["RULE_ENTERED_TWICE"]
