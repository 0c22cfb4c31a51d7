"""Rules across the fields and records of indicators and trainings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from portfolio.findings import Finding
from portfolio.model.fields import MILLION
from portfolio.model.results import PERCENT_UNIT
from portfolio.model.rows import RecordState
from portfolio.numbers import format_number
from portfolio.services.rule_parts import Records, Rule, record_name, records_of, rule_finding, whole_in

# A percentage may be rounded to a whole point before it is written down.
_ROUNDING = MILLION
_NUMBERS = ("baseline_millionths", "target_millionths")


def _indicators(records: Records, _: dt.date) -> Iterator[Finding]:
    counted = {
        state.get("indicator_key")
        for _, state in records_of(records, "indicator_value")
        if state.get("value_millionths") is not None
    }
    for key, state in records_of(records, "indicator"):
        has_numbers = key in counted or any(state.get(field) is not None for field in _NUMBERS)
        if not state.get("unit") and has_numbers:
            yield rule_finding(
                "RULE_NO_UNIT", "warning", ("indicator", key), "unit", None,
                f"{record_name(state, key)} has numbers, but no unit says what they count.",
                "Enter the unit, such as people, or % for a percentage.",
            )  # fmt: skip
        first, last = whole_in(state, "baseline_year"), whole_in(state, "target_year")
        if first is not None and last is not None and last < first:
            yield rule_finding(
                "RULE_TARGET_BEFORE_BASELINE", "error", ("indicator", key), "target_year", last,
                f"The target of {record_name(state, key)} is for {last}, before its baseline of {first}.",
                "Correct one of the two years.",
            )  # fmt: skip


def _targets(records: Records, _: dt.date) -> Iterator[Finding]:
    """A target that is reached before anything was done: no progress can be measured against it."""
    for key, state in records_of(records, "indicator"):
        baseline, target = (whole_in(state, field) for field in _NUMBERS)
        if baseline is not None and baseline == target and state.get("direction") != "keep":
            yield rule_finding(
                "RULE_TARGET_IS_BASELINE", "warning", ("indicator", key), "target_millionths", target,
                f"The target of {record_name(state, key)} equals its baseline of {format_number(baseline)}.",
                "Correct one of the two, or set the direction to keep if it should stay as it is.",
            )  # fmt: skip


def _percentages(records: Records, _: dt.date) -> Iterator[Finding]:
    """A percentage that its own numerator and denominator do not give."""
    percentages = {
        key for key, state in records_of(records, "indicator") if state.get("unit") == PERCENT_UNIT
    }
    for key, state in records_of(records, "indicator_value"):
        parts = [whole_in(state, f"{name}_millionths") for name in ("value", "numerator", "denominator")]
        value, numerator, denominator = parts
        if state.get("indicator_key") not in percentages or value is None or numerator is None:
            continue
        if not denominator or abs(value * denominator - 100 * MILLION * numerator) > _ROUNDING * denominator:
            yield rule_finding(
                "RULE_PERCENTAGE", "warning", ("indicator_value", key), "value_millionths", value,
                f"{format_number(value)} % is not what {format_number(numerator)} of "
                f"{'an unknown number' if denominator is None else format_number(denominator)} gives.",
                "Correct the percentage, its numerator or its denominator.",
            )  # fmt: skip


def _parts(records: Records, _: dt.date) -> Iterator[Finding]:
    """Women, men and not stated that are more than the total beside them, where values may be added."""
    additive = {
        key: state
        for key, state in records_of(records, "indicator")
        if state.get("aggregation") == "sum" and state.get("unit") != PERCENT_UNIT
    }
    totals: dict[tuple[object, ...], tuple[str, int]] = {}
    parts: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for key, state in records_of(records, "indicator_value"):
        value, where = whole_in(state, "value_millionths"), _where(state)
        if value is None or state.get("indicator_key") not in additive:
            continue
        if state.get("sex") is None:
            totals[where] = (key, value)
        else:
            parts[where] += value
    for where, (key, total) in totals.items():
        if parts[where] > total:
            name = record_name(additive[str(where[0])], str(where[0]))
            yield rule_finding(
                "RULE_PARTS_ABOVE_TOTAL", "warning", ("indicator_value", key), "value_millionths", total,
                f"Women, men and not stated add up to {format_number(parts[where])}, more than the total of "
                f"{format_number(total)}, for {name} in {where[1]}.",
                "Correct the total or its parts.",
            )  # fmt: skip


def _where(state: RecordState) -> tuple[object, ...]:
    return (state.get("indicator_key"), state.get("period"), state.get("partner_code"))


RESULT_RULES: tuple[Rule, ...] = (_indicators, _targets, _percentages, _parts)
