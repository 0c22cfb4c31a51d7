"""Rules across fields, asked only of records that the report changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from portfolio.dates import PartialDate, date_label
from portfolio.findings import Finding
from portfolio.money import format_eur
from portfolio.progress_reports.comparisons.changed_rows import ChangedRow
from portfolio.progress_reports.comparisons.compare import RowResult
from portfolio.progress_reports.comparisons.records import PresentState
from portfolio.progress_reports.comparisons.result_rules import indicator_rules, risk_rules, training_rules
from portfolio.progress_reports.fields.project_sheet import FORECAST
from portfolio.progress_reports.tables.tables import FoundTable
from portfolio.progress_reports.values.scales import costs_far_below, far_below
from portfolio.vocabulary import label

Rules = Callable[[list[ChangedRow], PresentState, dt.date], Iterator[Finding]]


def rule_findings(
    table: FoundTable, rows: list[RowResult], state: PresentState, as_of: dt.date
) -> Iterator[Finding]:
    """What the changed rows of one table say against each other or against what is known."""
    changed = [ChangedRow(table, result) for result in rows if result.entries or result.removes]
    if changed:
        yield from _RULES_OF[table.spec.key](changed, state, as_of)


def _project_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    for row in rows:
        has_comment, has_value = (row.after.get(name) is not None for name in ("comment", "value"))
        if "comment" in row.touched and has_comment and not has_value:
            is_forecast = row.result.key == FORECAST
            code = "RULE_COMMENT_WITHOUT_AMOUNT" if is_forecast else "RULE_COMMENT_WITHOUT_COLOUR"
            yield from row.says(code, "value")
        if row.result.key == FORECAST:
            yield from _forecast_of_cost(row, state.incurred_other_cents)
        if row.result.key == "start" and (start := row.date("value")) is not None:
            end = PartialDate.of(state.project.present_end)
            if end is not None and start.first > end.last:
                yield from row.says("RULE_START_AFTER_END", "value", str(start), end=date_label(str(end)))


def _forecast_of_cost(row: ChangedRow, incurred: int) -> Iterator[Finding]:
    """What is expected in all is below what other half-years have cost already."""
    expected = row.number("value") if "value" in row.touched else None
    if expected is not None and expected < incurred:
        facts = {"incurred": format_eur(incurred)}
        yield from row.says("RULE_FORECAST_BELOW_COST", "value", format_eur(expected), **facts)


def _milestone_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    for row in rows:
        yield from _forecast(row, state.period.first)
        if not row.touched & {"actual", "status"}:
            continue
        status, date = row.after.get("status"), row.date("actual")
        if status == "done" and date is None:
            yield from row.says("RULE_DONE_WITHOUT_DATE", "status")
        elif date is not None and date.first > as_of:
            yield from row.says("RULE_IN_FUTURE", "actual", str(date), today=as_of.isoformat())
        elif date is not None and status != "done" and status is not None:
            name = label("milestone_status", str(status))
            yield from row.says("RULE_DATE_WITHOUT_DONE", "actual", str(date), status=name)


def _forecast(row: ChangedRow, first_day: dt.date) -> Iterator[Finding]:
    """A milestone that is still expected on a day before the reporting period has begun."""
    forecast = row.date("forecast") if "forecast" in row.touched else None
    if forecast is None or forecast.last >= first_day or row.after.get("actual") is not None:
        return
    if row.after.get("status") not in ("done", "cancelled"):
        yield from row.says("RULE_FORECAST_PAST", "forecast", str(forecast), first=first_day.isoformat())


def _money_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    incurred = state.incurred_other_cents + _sum_after(rows, state)
    contracted = state.contracted_cents
    if contracted is not None and incurred > contracted:
        facts = {"incurred": format_eur(incurred), "contracted": format_eur(contracted)}
        yield from rows[0].says("RULE_COST_OVER_CONTRACT", "amount_cents", **facts)
    yield from costs_far_below(rows, state, _sum_after(rows, state))


def _receipt_rules(rows: list[ChangedRow], state: PresentState, as_of: dt.date) -> Iterator[Finding]:
    for row in rows:
        yield from row.future_dates(as_of, "received_on")
        yield from far_below(row, "amount_cents", format_eur)
    received, contracted = _sum_after(rows, state), state.contracted_cents
    if contracted is not None and received > contracted:
        facts = {"received": format_eur(received), "contracted": format_eur(contracted)}
        yield from rows[0].says("RULE_RECEIVED_OVER_CONTRACT", "amount_cents", **facts)


def _sum_after(rows: list[ChangedRow], state: PresentState) -> int:
    """The amounts of a table as they will be, in cents."""
    present = {key: row.values.get("amount_cents") for key, row in state.rows[rows[0].table.spec.key].items()}
    changed = {row.result.key: None if row.result.removes else row.after.get("amount_cents") for row in rows}
    return sum(amount for amount in (present | changed).values() if isinstance(amount, int))


_RULES_OF: dict[str, Rules] = {
    "project": _project_rules,
    "milestones": _milestone_rules,
    "money": _money_rules,
    "received": _receipt_rules,
    "indicators": indicator_rules,
    "trainings": training_rules,
    "risks": risk_rules,
}
