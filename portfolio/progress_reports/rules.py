"""Rules across fields, asked only of records that the report changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from portfolio.dates import PartialDate
from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.money import format_eur
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.compare import RowResult
from portfolio.progress_reports.records import PresentState
from portfolio.progress_reports.tables import FoundTable
from portfolio.vocabulary import label


def rule_findings(
    table: FoundTable, rows: list[RowResult], state: PresentState, as_of: dt.date
) -> Iterator[Finding]:
    """What the changed rows of one table say against each other or against what is known."""
    changed = [result for result in rows if result.entries]
    rules = _RULES_OF.get(table.spec.key)
    if rules is not None:
        yield from rules(table, changed, state, as_of)


def _after(result: RowResult) -> dict[str, Value]:
    """The values of the row as they will be."""
    return {**result.present.values, **{entry.spec.key: entry.value for entry in result.entries}}


def _milestone_rules(
    table: FoundTable, rows: list[RowResult], state: PresentState, as_of: dt.date
) -> Iterator[Finding]:
    for result in rows:
        after = _after(result)
        touched = {entry.spec.key for entry in result.entries}
        if not touched & {"actual", "status"}:
            continue
        actual, status = after.get("actual"), after.get("status")
        date = PartialDate.of(str(actual)) if actual is not None else None
        if status == "done" and date is None and "status" in table.columns:
            yield finding("RULE_DONE_WITHOUT_DATE", table.place(result.row, table.spec.field("status")))
        if date is None or "actual" not in table.columns:
            continue
        place = table.place(result.row, table.spec.field("actual"))
        if date.first > as_of:
            yield finding("RULE_IN_FUTURE", place, str(date), today=as_of.isoformat())
        elif status != "done" and status is not None:
            name = label("milestone_status", str(status))
            yield finding("RULE_DATE_WITHOUT_DONE", place, str(date), status=name)


def _money_rules(
    table: FoundTable, rows: list[RowResult], state: PresentState, as_of: dt.date
) -> Iterator[Finding]:
    contracted = state.contracted_cents
    if not rows or contracted is None:
        return
    changed = {result.key: _after(result).get("amount_cents") for result in rows}
    present = {key: row.values.get("amount_cents") for key, row in state.rows[table.spec.key].items()}
    amounts = [amount for amount in {**present, **changed}.values() if isinstance(amount, int)]
    incurred = state.incurred_other_cents + sum(amounts)
    if incurred > contracted:
        place = table.place(rows[0].row, table.spec.field("amount_cents"))
        facts = {"incurred": format_eur(incurred), "contracted": format_eur(contracted)}
        yield finding("RULE_COST_OVER_CONTRACT", place, **facts)


_RULES_OF: dict[str, Callable[[FoundTable, list[RowResult], PresentState, dt.date], Iterator[Finding]]] = {
    "milestones": _milestone_rules,
    "money": _money_rules,
}
