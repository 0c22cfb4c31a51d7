"""Both sides of every rule across fields and records."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState
from portfolio.services.rules import check_records

DAY = dt.date(2026, 11, 23)
Records = dict[RecordId, RecordState]

CONTRACT: RecordState = {
    "key": "c",
    "signed_on": "2024-01-15",
    "eu_contribution_cents": 900,
    "total_cents": 1000,
}


def codes(records: Records) -> list[tuple[str, str, str | None]]:
    """Code, severity and field of every finding."""
    return [(finding.code, finding.severity, finding.field) for finding in check_records(records, DAY)]


def one(entity: str, **values: str | int | None) -> Records:
    return {(entity, "r"): {"key": "r", **values}}


@pytest.mark.parametrize(
    ("records", "code"),
    [
        (one("project", start="2024-06-01", end_original="2024-05-31"), "RULE_END_BEFORE_START"),
        (one("project", start="2024-06-01", end_original="2024"), None),
        (one("project", start="2024", end_current="2023"), "RULE_END_BEFORE_START"),
        (one("contract", start="2024", end="2023-12"), "RULE_END_BEFORE_START"),
        (one("milestone", status="done", actual="2026-11-24"), "RULE_IN_FUTURE"),
        (one("milestone", status="done", actual="2026-11-23"), None),
        (one("milestone", status="done", actual="2026-11"), None),
        (one("milestone", status="done"), "RULE_DONE_WITHOUT_DATE"),
        (one("milestone", status="planned", actual="2026-01-01"), "RULE_DATE_WITHOUT_DONE"),
        (one("milestone", status="planned"), None),
        (one("payment", contract_key="c", kind="interim", amount_cents=1, paid_on="2027"), "RULE_IN_FUTURE"),
        (one("project", total_budget_cents=100, eu_contribution_cents=101), "RULE_EU_ABOVE_TOTAL"),
        (one("project", total_budget_cents=100, eu_contribution_cents=100), None),
        (one("project", total_budget_cents=None, eu_contribution_cents=100), None),
        (
            one("contract", eu_contribution_cents=90, other_contributions_cents=9, total_cents=100),
            "RULE_CONTRACT_SUM",
        ),
        (one("contract", eu_contribution_cents=90, other_contributions_cents=10, total_cents=100), None),
        (one("financing_decision", committed_cents=10, decommitted_cents=11), "RULE_DECOMMITTED"),
        (one("participation", partner_code="USA"), "RULE_PARTNER_ELSEWHERE"),
        (one("participation", partner_code="ALB"), "RULE_REGION_MISSING"),
        (one("participation", partner_code="TUR"), None),
    ],
)
def test_a_record_that_contradicts_itself_is_found(records: Records, code: str | None) -> None:
    assert [found for found, _, _ in codes(records)] == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ([500_000, 500_000], None),
        ([None, None], None),
        ([500_000, 400_000], "90 %"),
        ([600_000, 500_000], "110 %"),
        ([1_000_000, None], "1 have none"),
    ],
)
def test_shares_add_to_a_hundred_or_are_all_empty(shares: list[int | None], message: str | None) -> None:
    records: Records = {
        ("project_pillar", f"p{number}"): {"key": f"p{number}", "share_millionths": share}
        for number, share in enumerate(shares)
    }
    found = check_records(records, DAY)
    assert [finding.code for finding in found] == ([] if message is None else ["RULE_SHARES"])
    assert message is None or message in found[0].message


@pytest.mark.parametrize(
    ("signed", "new_end", "expected"),
    [
        ("2024-01-14", None, ["RULE_AMENDMENT_BEFORE_START"]),
        ("2024-01-15", None, []),
        ("2024", "2023", ["RULE_END_BEFORE_START"]),
        ("2025-01-01", "2024-02", []),
    ],
)
def test_an_amendment_does_not_go_before_its_contract(
    signed: str, new_end: str | None, expected: list[str]
) -> None:
    amendment: RecordState = {
        "key": "a",
        "contract_key": "c",
        "number": 1,
        "signed_on": signed,
        "new_end": new_end,
    }
    found = codes({("contract", "c"): CONTRACT, ("amendment", "a"): amendment})
    assert [code for code, _, _ in found] == expected


@pytest.mark.parametrize(
    ("signed", "expected"),
    [("2024-02-29", [("RULE_AMENDMENT_BEFORE_START", "warning", "signed_on")]), ("2024-03", [])],
)
def test_an_amendment_before_the_contract_starts_is_a_warning(
    signed: str, expected: list[tuple[str, str, str | None]]
) -> None:
    amendment: RecordState = {"key": "a", "contract_key": "c", "number": 1, "signed_on": signed}
    contract = {**CONTRACT, "start": "2024-03-01"}
    assert codes({("contract", "c"): contract, ("amendment", "a"): amendment}) == expected


@pytest.mark.parametrize(
    ("eu", "total", "signed", "expected"),
    [
        (985, 800, "2025", "new_eu_contribution_cents"),
        (1001, None, "2025", "new_eu_contribution_cents"),
        (1000, None, "2025", None),
        (None, 899, "2025", "new_total_cents"),
        (None, 900, "2025", None),
        (1001, None, None, None),  # it asks for it, and nobody has signed
        (1001, None, "2026", None),  # perhaps not signed yet
    ],
)
def test_eu_contribution_as_amended_lies_within_the_total(
    eu: int | None, total: int | None, signed: str | None, expected: str | None
) -> None:
    amendment: RecordState = {
        "key": "a", "contract_key": "c", "number": 1, "signed_on": signed,
        "new_eu_contribution_cents": eu, "new_total_cents": total,
    }  # fmt: skip
    found = codes({("contract", "c"): CONTRACT, ("amendment", "a"): amendment})
    assert found == ([] if expected is None else [("RULE_EU_ABOVE_TOTAL", "error", expected)])


def payment(key: str, kind: str, cents: int) -> Records:
    return {("payment", key): {"key": key, "contract_key": "c", "kind": kind, "amount_cents": cents}}


def test_payments_above_the_contract_are_a_warning() -> None:
    base: Records = {("contract", "c"): CONTRACT}
    assert codes(base | payment("p1", "interim", 900)) == []
    above = base | payment("p1", "interim", 901)
    assert codes(above) == [("RULE_PAID_ABOVE_CONTRACT", "warning", "eu_contribution_cents")]
    assert codes(above | payment("p2", "recovery", 1)) == []
    raised: RecordState = {"key": "a", "contract_key": "c", "number": 1, "new_eu_contribution_cents": 950}
    assert codes(above | {("amendment", "a"): raised}) == []


def test_every_finding_says_what_where_and_what_next() -> None:
    found = check_records(one("project", start="2024-06-01", end_original="2024-05-31"), DAY)[0]
    assert found.record == ("project", "r")
    assert found.message == "The original end (31 May 2024) lies before its beginning (1 June 2024)."
    assert found.action == "Correct one of the two dates."
