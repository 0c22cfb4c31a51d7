"""Rules across the records of clearings, forecasts, reports due, reviews, evaluations and overrides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portfolio.dates import HalfYear, PartialDate
from portfolio.findings import Finding
from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState
from portfolio.money import format_eur
from portfolio.services.rule_parts import (
    Records,
    Rule,
    date_in,
    record_name,
    records_of,
    rule_finding,
    whole_in,
)
from portfolio.vocabulary import label

# What is reported for a half-year that has not begun cannot have been seen; a draft may wait for it.
_OF_A_PERIOD = ("incurred_cost", "cost_forecast", "indicator_value", "assessment", "narrative")


def _periods(records: Records, today: dt.date) -> Iterator[Finding]:
    for entity in _OF_A_PERIOD:
        for key, state in records_of(records, entity):
            period = _period_in(state)
            if period and period.first > today and state.get("status") != "draft":
                yield rule_finding(
                    "RULE_PERIOD_AHEAD", "warning", (entity, key), "period", period,
                    f"The half-year {period} has not begun yet.", "Correct the half-year.",
                )  # fmt: skip


def _period_in(state: RecordState) -> HalfYear | None:
    text = state.get("period")
    return HalfYear.parse(text) if isinstance(text, str) else None


def _clearings(records: Records, _: dt.date) -> Iterator[Finding]:
    """Cost accepted against pre-financing that nobody has paid."""
    for contract, _state in records_of(records, "contract"):
        cleared = _sum_of(records, "clearing", contract)
        paid = _sum_of(records, "payment", contract, kind="pre-financing")
        if cleared > paid:
            yield rule_finding(
                "RULE_CLEARED_ABOVE_PRE_FINANCING", "warning", ("contract", contract), "number", cleared,
                f"Cost of {format_eur(cleared)} is accepted against pre-financing of {format_eur(paid)}.",
                "Correct the clearings, or enter the pre-financing that was paid.",
            )  # fmt: skip


def _sum_of(records: Records, entity: str, contract: str, kind: str | None = None) -> int:
    return sum(
        whole_in(state, "amount_cents") or 0
        for _, state in records_of(records, entity)
        if state.get("contract_key") == contract and kind in (None, state.get("kind"))
    )


def _forecasts(records: Records, _: dt.date) -> Iterator[Finding]:
    """A forecast of everything that is below what had been spent already."""
    for key, state in records_of(records, "cost_forecast"):
        period, forecast = state.get("period"), whole_in(state, "amount_cents")
        incurred = sum(
            whole_in(cost, "amount_cents") or 0
            for _, cost in records_of(records, "incurred_cost")
            if str(cost.get("period")) <= str(period)
        )
        if forecast is not None and incurred > forecast:
            yield rule_finding(
                "RULE_FORECAST_BELOW_COST", "warning", ("cost_forecast", key), "amount_cents", forecast,
                f"The total expected in {period} ({format_eur(forecast)}) is less than what was incurred "
                f"by then ({format_eur(incurred)}).",
                "Correct the forecast: it is the whole cost at the end, not what is still to come.",
            )  # fmt: skip


def _contract_deadlines(records: Records, _: dt.date) -> Iterator[Finding]:
    contracts = dict(records_of(records, "contract"))
    for key, state in records_of(records, "contract_deadline"):
        contract = contracts.get(str(state.get("contract_key")), {})
        signed, due = date_in(contract, "signed_on"), date_in(state, "due_on")
        if signed and due and due.last < signed.first:
            yield rule_finding(
                "RULE_DUE_BEFORE_CONTRACT", "error", ("contract_deadline", key), "due_on", due,
                f"The deadline ({due.label}) lies before the signature of its contract ({signed.label}).",
                "Correct one of the two dates.",
            )  # fmt: skip


def _reports_due(records: Records, _: dt.date) -> Iterator[Finding]:
    seen: set[tuple[object, object]] = set()
    for key, state in records_of(records, "report_due"):
        record, period, due = ("report_due", key), _period_in(state), date_in(state, "due_on")
        name = label("report_kind", str(state.get("kind")))
        if state.get("approved_on") and not state.get("received_on"):
            yield rule_finding(
                "RULE_APPROVED_NOT_RECEIVED", "warning", record, "received_on", None,
                f"{name} is approved, but no date says when it was received.",
                "Enter the day on which it was received, if it is known.",
            )  # fmt: skip
        if period and due and due.last <= period.last:
            yield rule_finding(
                "RULE_DUE_BEFORE_PERIOD_ENDS", "warning", record, "due_on", due,
                f"{name} for {period} is due on {due.label}, before the half-year has ended.",
                "Correct the date or the half-year.",
            )  # fmt: skip
        if period and (state.get("kind"), period) in seen:
            yield rule_finding(
                "RULE_REPORT_TWICE", "warning", record, "period", period,
                f"{name} for {period} is in the calendar twice.", "Keep one of the two rows.",
            )  # fmt: skip
        seen.add((state.get("kind"), period))


def _risk_reviews(records: Records, _: dt.date) -> Iterator[Finding]:
    """A risk that was reviewed after the day on which it says that it was reviewed last."""
    risks = dict(records_of(records, "risk"))
    for key, state in records_of(records, "risk_review"):
        risk_key = str(state.get("risk_key"))
        risk = risks.get(risk_key, {})
        last, reviewed = date_in(risk, "reviewed_on"), date_in(state, "reviewed_on")
        if last and reviewed and reviewed.first > last.last:
            yield rule_finding(
                "RULE_REVIEWED_LATER", "warning", ("risk_review", key), "reviewed_on", reviewed,
                f"{record_name(risk, risk_key)} was reviewed on {reviewed.label}, but itself says "
                f"{last.label}.",
                "Bring the risk up to date with its latest review.",
            )  # fmt: skip


def _recommendations(records: Records, _: dt.date) -> Iterator[Finding]:
    evaluations = dict(records_of(records, "evaluation"))
    for key, state in records_of(records, "recommendation"):
        record = ("recommendation", key)
        name = f"Recommendation {state.get('number')}"
        carried_out = date_in(evaluations.get(str(state.get("evaluation_key")), {}), "carried_out_on")
        for field, happens in (("due_on", "is due"), ("done_on", "was done")):
            date = date_in(state, field)
            if date and carried_out and date.last < carried_out.first:
                yield rule_finding(
                    "RULE_BEFORE_EVALUATION", "error", record, field, date,
                    f"{name} {happens} on {date.label}, before its evaluation ({carried_out.label}).",
                    "Correct one of the two dates.",
                )  # fmt: skip
        if state.get("response") == "rejected" and state.get("done_on"):
            yield rule_finding(
                "RULE_REJECTED_AND_DONE", "warning", record, "response", "rejected",
                f"{name} is rejected, but was done.", "Correct the response or take out the date.",
            )  # fmt: skip


def _overrides(records: Records, _: dt.date) -> Iterator[Finding]:
    """Two colours that somebody set for one dimension and one day."""
    listed = sorted(records_of(records, "health_override"), key=lambda item: str(item[1].get("decided_on")))
    lasting: dict[object, PartialDate] = {}
    for key, state in listed:
        decided, expires = date_in(state, "decided_on"), date_in(state, "expires_on")
        before = lasting.get(state.get("dimension"))
        if before and decided and decided.first < before.first:
            yield rule_finding(
                "RULE_OVERRIDE_TWICE", "warning", ("health_override", key), "decided_on", decided,
                f"{label('health_scope', str(state.get('dimension')))} is overridden already until "
                f"{before.label}.",
                "Let the earlier one lapse on the day on which this one is decided.",
            )  # fmt: skip
        if expires:
            lasting[state.get("dimension")] = max(expires, before) if before else expires


def _web_addresses(records: Records, _: dt.date) -> Iterator[Finding]:
    for key, state in records_of(records, "evaluation"):
        address = str(state.get("report_url") or "https://")
        if not address.startswith(("https://", "http://")):
            record: RecordId = ("evaluation", key)
            yield rule_finding(
                "RULE_NO_ADDRESS", "error", record, "report_url", address,
                f"'{address}' is not the address of a page.", "Begin it with https://.",
            )  # fmt: skip


FOLLOW_UP_RULES: tuple[Rule, ...] = (
    _periods, _clearings, _forecasts, _contract_deadlines, _reports_due, _risk_reviews, _recommendations,
    _overrides, _web_addresses,
)  # fmt: skip
