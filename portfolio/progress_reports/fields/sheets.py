"""The sheets of a workbook, put together for one project and reporting period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.dates import HalfYear
from portfolio.model.changes import Value
from portfolio.model.results import PERCENT_UNIT
from portfolio.progress_reports.fields.columns import SheetSpec
from portfolio.progress_reports.fields.money_sheets import MILESTONES, RECEIVED, money_sheet
from portfolio.progress_reports.fields.project_sheet import project_sheet
from portfolio.progress_reports.fields.result_sheets import RISKS, TRAININGS, indicators_sheet


def sheets_of(
    period: HalfYear, earlier: Iterable[str], rows: Mapping[str, Mapping[str, Mapping[str, Value]]]
) -> tuple[SheetSpec, ...]:
    """The tables of a workbook in the order of its sheets: those that `rows` has.

    `rows` are values by sheet key, row key and field key.
    """
    indicators = rows.get("indicators", {})
    percent_rows = frozenset(key for key, values in indicators.items() if values.get("unit") == PERCENT_UNIT)
    every = (
        project_sheet(),
        MILESTONES,
        money_sheet(period, earlier),
        RECEIVED,
        indicators_sheet(period, percent_rows=percent_rows, has_indicators=bool(indicators)),
        TRAININGS,
        RISKS,
    )
    return tuple(spec for spec in every if spec.key in rows)
