"""Doubts whether a number counts in the unit of its field: a part of 1, thousands, or far from the record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.model.fields import MILLION
from portfolio.money import format_eur
from portfolio.numbers import format_number
from portfolio.progress_reports.comparisons.changed_rows import ChangedRow
from portfolio.progress_reports.comparisons.records import PresentRow, PresentState
from portfolio.progress_reports.values.parsed import replacements

# A part of 1 instead of points is a hundredth; half of that room is left for a change that is true.
_FAR_BELOW = 50
_FAR_ABOVE = 100
_COSTS_FAR_BELOW = 100
_PAST_PERIOD = re.compile(r"incurred_(\d{4}-S[12])")
_KNOWN_NUMBER = re.compile(r"(-?[\d,]+(?:\.\d+)?)(?: %)?(?: \([^)]*\))?")


def score_scale(row: ChangedRow, fields: Iterable[str]) -> Iterator[Finding]:
    """A score of at most 1 where a test has 100 points, or one far below the score on record."""
    for name in fields:
        score = row.number(name) if name in row.touched else None
        if score is None:
            continue
        if 0 < score <= MILLION:
            points = format_number(score * 100)
            for item in row.says("RULE_SCORE_SCALE", name, format_number(score), points=points):
                yield replace(item, offers=replacements((points,)))
        else:
            yield from far_below(row, name, format_number)


def far_below(row: ChangedRow, field: str, quoted: Callable[[int], str]) -> Iterator[Finding]:
    """A number that would replace one many times as large: it may be counted in another unit."""
    number, known = row.number(field), row.result.present.values.get(field)
    if field not in row.touched or number is None or not isinstance(known, int):
        return
    if 0 < number * _FAR_BELOW <= known:
        facts = {"known": quoted(known), "times": f"{_FAR_BELOW}"}
        yield from row.says("RULE_FAR_BELOW", field, quoted(number), **facts)


def costs_far_below(rows: list[ChangedRow], state: PresentState, total: int) -> Iterator[Finding]:
    """All costs of the period far below what is on record for it or for the period before it.

    Where they are not, the amounts far below the one that they replace.
    """
    known = state.rows["money"].values()
    before = _sum(row.values.get("amount_cents") for row in known)
    for other, period in ((before, str(state.period)), _last_costs(known)):
        if 0 < total * _COSTS_FAR_BELOW <= other:
            facts = {"total": format_eur(total), "other": format_eur(other), "period": period}
            yield from rows[0].says("RULE_COSTS_FAR_BELOW", "amount_cents", **facts)
            return
    for row in rows:
        yield from far_below(row, "amount_cents", format_eur)


def _last_costs(known: Iterable[PresentRow]) -> tuple[int, str]:
    """What was spent in the last period before this one for which anything was reported."""
    by_period: defaultdict[str, int] = defaultdict(int)
    for row in known:
        for field, value in row.values.items():
            if (match := _PAST_PERIOD.fullmatch(field)) and isinstance(value, int):
                by_period[match[1]] += value
    last = max(by_period, default="")
    return by_period.get(last, 0), last


def _sum(values: Iterable[Value]) -> int:
    return sum(value for value in values if isinstance(value, int))


def indicator_scale(row: ChangedRow, whole: Mapping[str, Value]) -> Iterator[Finding]:
    """A value below 0, or far from everything that is on record of its indicator."""
    field = "value_millionths"
    value = row.number(field) if field in row.touched else None
    if value is None:
        return
    known = [number for name in ("baseline", "target", "last") if (number := _known(whole.get(name)))]
    present = row.result.present.values.get(field)
    known += [present] if isinstance(present, int) else []
    if value < 0 and not any(number < 0 for number in known):
        yield from row.says("RULE_BELOW_ZERO", field, format_number(value))
    largest = max(map(abs, known), default=0)
    if 0 < largest * _FAR_ABOVE < abs(value):
        facts = {"known": format_number(largest), "times": f"{_FAR_ABOVE}"}
        yield from row.says("RULE_FAR_ABOVE", field, format_number(value), **facts)
    yield from far_below(row, field, format_number)


def _known(text: Value) -> int | None:
    """The number that a baseline, a target or the last value is shown with: "1,250 (2027)"."""
    match = _KNOWN_NUMBER.fullmatch(text) if isinstance(text, str) else None
    return int(Decimal(match[1].replace(",", "")) * MILLION) if match else None
