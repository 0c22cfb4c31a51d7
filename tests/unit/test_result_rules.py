"""Both sides of every rule across the fields of indicators, trainings, risks and receipts."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState
from portfolio.services.rules import check_records

DAY = dt.date(2026, 11, 23)
MILLION = 1_000_000
Records = dict[RecordId, RecordState]


def one(entity: str, **values: str | int | None) -> Records:
    return {(entity, "r"): {"key": "r", **values}}


def values_of(unit: str, *values: RecordState) -> Records:
    """An indicator that may be added, with values of 2026-S1."""
    indicator: Records = {
        ("indicator", "i"): {"key": "i", "statement": "People", "unit": unit, "aggregation": "sum"}
    }
    common: RecordState = {"indicator_key": "i", "period": "2026-S1", "partner_code": None, "sex": None}
    return indicator | {
        ("indicator_value", f"v{number}"): {"key": f"v{number}", **common, **value}
        for number, value in enumerate(values)
    }


@pytest.mark.parametrize(
    ("records", "code"),
    [
        (one("indicator", baseline_millionths=0), "RULE_NO_UNIT"),
        (one("indicator", baseline_millionths=0, unit="people"), None),
        (one("indicator", target_text="A law is in force"), None),
        (values_of("", {"value_millionths": 1}), "RULE_NO_UNIT"),
        (values_of("", {"text": "In force"}), None),
        (
            one("indicator", unit="laws", baseline_millionths=MILLION, target_millionths=MILLION),
            "RULE_TARGET_IS_BASELINE",
        ),
        (
            one("indicator", unit="%", baseline_millionths=1, target_millionths=1, direction="keep"),
            None,
        ),
        (one("indicator", unit="laws", baseline_millionths=0, target_millionths=1), None),
        (one("indicator", baseline_year=2025, target_year=2024), "RULE_TARGET_BEFORE_BASELINE"),
        (one("indicator", baseline_year=2025, target_year=2025), None),
        (one("training", held_on="2026-06-02", ended_on="2026-06-01"), "RULE_END_BEFORE_START"),
        (one("training", held_on="2026-06-02", ended_on="2026-06"), None),
        (one("training", held_on="2026-06-02", follow_up_on="2026-05"), "RULE_END_BEFORE_START"),
        (one("training", held_on="2026-06-02", follow_up_on="2027"), None),
        (one("training", held_on="2026-12"), "RULE_IN_FUTURE"),
        (one("receipt", received_on="2026-11-24"), "RULE_IN_FUTURE"),
        (one("receipt", received_on="2026-11-23"), None),
        (one("risk", reviewed_on="2027"), "RULE_IN_FUTURE"),
        (values_of("%", {"value_millionths": 50 * MILLION, "numerator_millionths": 1}), "RULE_PERCENTAGE"),
        (values_of("people", {"value_millionths": 50 * MILLION, "numerator_millionths": 1}), None),
        (values_of("%", {"value_millionths": 50 * MILLION}), None),
    ],
)
def test_a_report_that_contradicts_itself_is_found(records: Records, code: str | None) -> None:
    found = [finding.code for finding in check_records(records, DAY)]
    assert found == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "fits"),
    [(50, 5, 10, True), (51, 5, 10, True), (52, 5, 10, False), (33, 1, 3, True), (0, 0, 0, False)],
)
def test_a_percentage_is_what_its_parts_give(
    value: int, numerator: int, denominator: int, fits: bool
) -> None:
    state: RecordState = {
        "value_millionths": value * MILLION,
        "numerator_millionths": numerator * MILLION,
        "denominator_millionths": denominator * MILLION,
    }
    found = [finding.code for finding in check_records(values_of("%", state), DAY)]
    assert found == ([] if fits else ["RULE_PERCENTAGE"])


@pytest.mark.parametrize(
    ("total", "women", "men", "code"),
    [(10, 4, 6, None), (10, 4, None, None), (9, 4, 6, "RULE_PARTS_ABOVE_TOTAL"), (None, 4, 6, None)],
)
def test_women_and_men_are_not_more_than_everybody(
    total: int | None, women: int | None, men: int | None, code: str | None
) -> None:
    stated: dict[str | None, int | None] = {None: total, "women": women, "men": men}
    records = values_of(
        "people",
        *[
            {"sex": sex, "value_millionths": None if count is None else count * MILLION}
            for sex, count in stated.items()
        ],
    )
    assert [finding.code for finding in check_records(records, DAY)] == ([] if code is None else [code])


def test_the_parts_that_are_too_many_are_named() -> None:
    state: RecordState = {"value_millionths": 1_200 * MILLION}
    parts: RecordState = {"sex": "women", "value_millionths": 1_200 * MILLION + 500_000}
    (found,) = check_records(values_of("people", state, parts), DAY)
    assert found.record == ("indicator_value", "v0")
    assert found.message == (
        "Women, men and not stated add up to 1,200.5, more than the total of 1,200, for 'People' in 2026-S1."
    )


@pytest.mark.parametrize("partner", [None, "ALB"])
def test_the_same_value_twice_is_an_error_even_where_it_stands_for_all(partner: str | None) -> None:
    value: RecordState = {"partner_code": partner}
    assert [finding.code for finding in check_records(values_of("people", value, value), DAY)] == [
        "RULE_ENTERED_TWICE"
    ]
    assert check_records(values_of("people", value, {"partner_code": "SRB"}), DAY) == ()
