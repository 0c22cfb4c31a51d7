"""What a document knows by period: costs by half-year, receipts, values of indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.result_rows import IndicatorValueRow, ReceiptRow
from portfolio.model.results import COUNTED_STATUSES
from portfolio.model.year_rows import PeriodCostRow
from portfolio.storage.engine import Database
from portfolio.storage.queries.money_years import find_period_costs
from portfolio.storage.queries.results import find_indicator_values, find_receipts


@dataclass(frozen=True)
class TimeSeries:
    """The dated records of the projects of a document, by what had happened on its date.

    `values` are the submitted and approved ones of half-years that had ended; `receipts` are those that had
    certainly come in, and those of which nobody stated the day.
    """

    costs: tuple[PeriodCostRow, ...]
    receipts: tuple[ReceiptRow, ...]
    values: tuple[IndicatorValueRow, ...]


def load_series(
    database: Database, projects: Collection[str], indicators: Iterable[str], as_of: dt.date
) -> TimeSeries:
    """The dated records of projects and of their indicators, by key."""
    own, last = set(indicators), str(HalfYear.last_ended(as_of))
    return TimeSeries(
        costs=tuple(row for row in find_period_costs(database, as_of) if row.project_key in projects),
        receipts=tuple(
            row for row in find_receipts(database) if row.project_key in projects and _came(row, as_of)
        ),
        values=tuple(
            row
            for row in (find_indicator_values(database) if own else ())
            if row.indicator_key in own and row.status in COUNTED_STATUSES and row.period <= last
        ),
    )


def _came(row: ReceiptRow, as_of: dt.date) -> bool:
    return row.received_on is None or PartialDate.parse(row.received_on).last <= as_of
