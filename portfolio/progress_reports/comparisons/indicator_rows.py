"""The rows of indicators in a report: one for each, and one for each partner or sex that is on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.dates import HalfYear
from portfolio.model.changes import Value
from portfolio.model.result_rows import IndicatorRow, IndicatorValueRow
from portfolio.model.results import PERCENT_UNIT
from portfolio.numbers import format_number
from portfolio.partners import partner_name
from portfolio.progress_reports.comparisons.present_rows import PresentRow

Breakdown = tuple[str | None, str | None]
_ALL: Breakdown = (None, None)
IDENTIFYING_FIELDS = ("indicator_key", "partner_code", "sex")
REPORTED_FIELDS = ("value_millionths", "numerator_millionths", "denominator_millionths", "text", "note")


def indicator_rows(
    indicators: Iterable[IndicatorRow], values: Iterable[IndicatorValueRow], period: HalfYear
) -> dict[str, PresentRow]:
    """The rows by key; a value that was entered in an empty row is found by that row's key as well."""
    by_indicator: dict[str, list[IndicatorValueRow]] = {}
    for value in values:
        by_indicator.setdefault(value.indicator_key, []).append(value)
    rows: dict[str, PresentRow] = {}
    again: dict[str, PresentRow] = {}
    for indicator in indicators:
        known = by_indicator.get(indicator.key, [])
        for breakdown in _breakdowns(known):
            key, row = row_key(indicator.key, breakdown), _row(indicator, breakdown, known, period)
            rows[key] = row
            if row.record_key is not None:
                again[row.record_key] = PresentRow(row.record_key, row.values, listed=False)
    return again | rows


def row_key(indicator_key: str, breakdown: Breakdown) -> str:
    """The key of a row: the indicator's own where nothing is broken down."""
    if breakdown == _ALL:
        return indicator_key
    return "/".join([indicator_key, *(part or "all" for part in breakdown)])


def record_key(key_of_row: str, period: str) -> str:
    """The key of the value that is reported in a row for `period`."""
    return f"{key_of_row}/{period}"


def indicator_names(indicators: Iterable[IndicatorRow]) -> dict[str, str]:
    """What the workbook calls each indicator: its statement, numbered where two are alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for indicator in indicators:
        statement = " ".join(indicator.statement.split())
        name, number = statement, 1
        while name.casefold() in taken:
            number += 1
            name = f"{statement} ({number})"
        taken.add(name.casefold())
        names[indicator.key] = name
    return names


def partner_names(partner_codes: Iterable[str | None]) -> dict[str, str]:
    """What the workbook calls each partner: the project's own, and those that are on record with it."""
    return {code: partner_name(code) for code in dict.fromkeys(partner_codes) if code}


def _breakdowns(values: Iterable[IndicatorValueRow]) -> list[Breakdown]:
    """Everything together first, then what was ever reported apart."""
    apart = {(value.partner_code, value.sex) for value in values} - {_ALL}
    return [_ALL, *sorted(apart, key=lambda pair: (pair[0] or "", pair[1] or ""))]


def _row(
    indicator: IndicatorRow, breakdown: Breakdown, known: Iterable[IndicatorValueRow], period: HalfYear
) -> PresentRow:
    same = [value for value in known if (value.partner_code, value.sex) == breakdown]
    own = next((value for value in same if value.period == str(period)), None)
    facts: dict[str, Value] = {
        "indicator": indicator.key, "level": indicator.level, "unit": indicator.unit,
        "partner_code": breakdown[0], "sex": breakdown[1], "last": _last(same, period, indicator.unit),
        "status": own.status if own else None, "aggregation": indicator.aggregation,
    }  # fmt: skip
    if breakdown == _ALL:
        facts |= _aims(indicator)
    reported: Mapping[str, Value] = {name: getattr(own, name) if own else None for name in REPORTED_FIELDS}
    return PresentRow(own.key if own else None, {**facts, **reported})


def _aims(indicator: IndicatorRow) -> dict[str, Value]:
    of = indicator
    return {
        "baseline": _aim(of.baseline_millionths, of.baseline_text, of.baseline_year, of.unit),
        "target": _aim(of.target_millionths, of.target_text, of.target_year, of.unit),
    }


def _aim(number: int | None, text: str | None, year: int | None, unit: str | None) -> str | None:
    what = text if number is None else _number(number, unit)
    when = None if year is None else f"({year})"
    return " ".join(part for part in (what, when) if part) or None


def _last(values: Iterable[IndicatorValueRow], period: HalfYear, unit: str | None) -> str | None:
    earlier = [value for value in values if value.period < str(period)]
    if not earlier:
        return None
    last = max(earlier, key=lambda value: value.period)
    if last.value_millionths is None:
        return f"{last.text or 'not stated'} ({last.period})"
    return f"{_number(last.value_millionths, unit)} ({last.period})"


def _number(millionths: int, unit: str | None) -> str:
    """A number beside the column of its unit: of the units, only the sign of a percentage is repeated."""
    return format_number(millionths, unit if unit == PERCENT_UNIT else None)
