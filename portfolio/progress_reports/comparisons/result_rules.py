"""Rules across the fields of indicators, trainings and risks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.model.fields import MILLION
from portfolio.model.results import PERCENT_UNIT
from portfolio.numbers import format_number
from portfolio.progress_reports.comparisons.changed_rows import ChangedRow
from portfolio.progress_reports.comparisons.indicator_rows import REPORTED_FIELDS, row_key
from portfolio.progress_reports.comparisons.records import PresentState
from portfolio.progress_reports.values.scales import far_below, indicator_scale, score_scale
from portfolio.progress_reports.values.stated_numbers import format_points
from portfolio.vocabulary import label

# Indicator and partner: what the values by sex are the parts of
Where = tuple[Value, Value]
_RATIO = ("value_millionths", "numerator_millionths", "denominator_millionths")
_COUNTS = ("women", "men", "not_stated")
_SCORES = ("score_before_millionths", "score_after_millionths")
# In millionths of a percentage point: what rounding to one decimal may make of a value.
_ROUNDING = 100_000
_HUNDRED = 100 * MILLION


def indicator_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    """What is said of a row's value, and of two rows that report the same."""
    present = state.rows["indicators"]
    taken: set[str] = set()
    for row in rows:
        if row.result.removes:
            continue
        if row.result.is_new and row.result.present.record_key is None:
            yield from _new_value(row, state, taken)
        if row.result.present.values.get("status") == "approved":
            yield from row.says("RULE_APPROVED_CHANGED", row.result.entries[0].spec.key)
        whole = present.get(str(row.after.get("indicator")))
        if whole is None:
            continue
        if whole.values.get("unit") == PERCENT_UNIT:
            yield from _percentage(row)
            yield from far_below(row, _RATIO[0], format_points)
        else:
            yield from _parts_of_no_percentage(row)
            yield from indicator_scale(row, whole.values)
    yield from _parts(rows, state)


def _parts(rows: list[ChangedRow], state: PresentState) -> Iterator[Finding]:
    """Women, men and not stated that are more than the total beside them, where values may be added."""
    present = state.rows["indicators"]
    values: defaultdict[Where, dict[Value, Value]] = defaultdict(dict)
    for known in present.values():
        values[_where(known.values)][known.values.get("sex")] = known.values.get("value_millionths")
    changed: dict[Where, ChangedRow] = {}
    for row in rows:
        reported = None if row.result.removes else row.number("value_millionths")
        values[_where(row.after)][row.after.get("sex")] = reported
        if row.after.get("sex") is None or _where(row.after) not in changed:
            changed[_where(row.after)] = row
    for where, row in changed.items():
        whole = present.get(str(where[0]))
        unit, way = (whole.values.get(name) for name in ("unit", "aggregation")) if whole else (None, None)
        if way == "sum" and unit != PERCENT_UNIT:
            yield from _parts_above_total(row, values[where])


def _where(values: Mapping[str, Value]) -> Where:
    return values.get("indicator"), values.get("partner_code")


def _parts_above_total(row: ChangedRow, by_sex: Mapping[Value, Value]) -> Iterator[Finding]:
    total = by_sex.get(None)
    parts = sum(value for sex, value in by_sex.items() if sex is not None and isinstance(value, int))
    if isinstance(total, int) and parts > total:
        facts = {"parts": format_number(parts), "total": format_number(total)}
        yield from row.says("RULE_PARTS_ABOVE_TOTAL", "value_millionths", **facts)


def _new_value(row: ChangedRow, state: PresentState, taken: set[str]) -> Iterator[Finding]:
    """Whether an empty row was filled with something, and with what has no row yet."""
    partner, sex = (row.after.get(name) for name in ("partner_code", "sex"))
    breakdown = (str(partner) if partner else None, str(sex) if sex else None)
    key = row_key(str(row.after.get("indicator")), breakdown)
    if any(row.is_unread(name) for name in ("indicator", "partner_code", "sex", *REPORTED_FIELDS)):
        return
    if all(row.after.get(name) is None for name in REPORTED_FIELDS):
        yield from row.says("RULE_VALUE_MISSING", "value_millionths")
    elif key in taken or key in state.rows["indicators"]:
        yield from row.says("RULE_ENTERED_TWICE", "indicator")
    taken.add(key)


def _percentage(row: ChangedRow) -> Iterator[Finding]:
    if not row.touched & set(_RATIO):
        return
    value, numerator, denominator = (row.number(name) for name in _RATIO)
    names = {"the value": value, "the numerator": numerator, "a denominator above 0": denominator or None}
    if value is not None and value > _HUNDRED:
        yield from row.says("RULE_ABOVE_HUNDRED", _RATIO[0], format_number(value, PERCENT_UNIT))
    missing = [name for name, number in names.items() if number is None]
    if missing and missing != list(names):
        yield from row.says("RULE_PERCENTAGE_PARTS", _RATIO[0], missing=" and ".join(missing))
    elif value is not None and numerator is not None and denominator:
        computed = round(numerator * _HUNDRED / denominator)
        if abs(computed - value) > _ROUNDING:
            yield from row.says(
                "RULE_PERCENTAGE", _RATIO[0], format_number(value, PERCENT_UNIT),
                of=format_number(numerator), out_of=format_number(denominator),
                computed=format_number(round(computed, -4), PERCENT_UNIT),
            )  # fmt: skip


def _parts_of_no_percentage(row: ChangedRow) -> Iterator[Finding]:
    """A numerator or a denominator beside a value that is not divided by anything."""
    given = [name for name in _RATIO[1:] if name in row.touched and row.after.get(name) is not None]
    if given:
        yield from row.says("RULE_PARTS_OF_NO_PERCENTAGE", given[0])


def training_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    """What is said of a training's dates, of its numbers, and of the stage it has reached."""
    for row in rows:
        if row.result.removes:
            continue
        yield from row.future_dates(as_of, "held_on", "ended_on", "follow_up_on")
        yield from _training_dates(row)
        yield from score_scale(row, _SCORES)
        counts = [count for name in _COUNTS if (count := row.number(name)) is not None]
        has_scores = any(row.number(name) is not None for name in _SCORES)
        if counts and not sum(counts) and has_scores and row.touched & {*_COUNTS, *_SCORES}:
            yield from row.says("RULE_SCORES_WITHOUT_PEOPLE", _COUNTS[0])
        if "stage" in row.touched:
            yield from _stage(row)


def _training_dates(row: ChangedRow) -> Iterator[Finding]:
    if not row.touched & {"held_on", "ended_on", "follow_up_on"}:
        return
    start = row.date("held_on")
    for name in ("ended_on", "follow_up_on"):
        later = row.date(name)
        if start is not None and later is not None and later.last < start.first:
            yield from row.says("RULE_END_BEFORE_START", name, str(later), start=start)


def _stage(row: ChangedRow) -> Iterator[Finding]:
    """Whether something on record shows that the stage was reached."""
    stage = row.after.get("stage")
    proofs = {"learned": _SCORES, "applied": ("used_in_case", "follow_up_on")}
    words = {"learned": "scores before and after", "applied": "a use in a case or a follow-up"}
    known = [row.after.get(name) is not None for name in proofs.get(str(stage), ())]
    if known and not (all(known) if stage == "learned" else any(known)):
        name = label("training_stage", str(stage))
        yield from row.says("RULE_STAGE_UNSUPPORTED", "stage", name, missing=words[str(stage)])


def risk_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    """What is said of the day of a review."""
    for row in rows:
        yield from row.future_dates(as_of, "reviewed_on")
