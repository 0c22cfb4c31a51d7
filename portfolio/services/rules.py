"""Rules across the fields and records of one project: what contradicts itself, whoever enters it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portfolio.findings import Finding
from portfolio.model.changes import RecordId
from portfolio.model.entities import table_of, unique_columns
from portfolio.model.fields import MILLION
from portfolio.model.rows import RecordState
from portfolio.money import format_eur
from portfolio.partners import partner_name, partners, region_name
from portfolio.services.amendment_rules import AMENDMENT_RULES
from portfolio.services.follow_up_rules import FOLLOW_UP_RULES
from portfolio.services.result_rules import RESULT_RULES
from portfolio.services.rule_parts import (
    Records,
    Rule,
    date_in,
    latest_named,
    record_name,
    records_of,
    rule_finding,
    whole_in,
)

# Entity, field of the beginning, field of the end, what they are called on screen.
_INTERVALS = (
    ("project", "start", "end_original", "The original end"),
    ("project", "start", "end_current", "The present end"),
    ("contract", "start", "end", "The end of the contract"),
    ("participation", "since", "until", "The end of the participation"),
    ("participation", "suspended_since", "suspended_until", "The end of the suspension"),
    ("financing_agreement", "signed_on", "end_of_implementation", "The end of implementation"),
    ("financing_agreement", "end_of_implementation", "end_of_execution", "The end of execution"),
    ("training", "held_on", "ended_on", "The last day of the training"),
    ("training", "held_on", "follow_up_on", "The follow-up of the training"),
    ("report_due", "received_on", "approved_on", "The approval of the report"),
)
# Entity, what no two of its records share, as a sentence begins with it.
_ONCE = {
    "project_region": "This region",
    "participation": "This partner",
    "project_pillar": "This pillar",
    "organisation": "An organisation of this name",
    "project_organisation": "This organisation with this role",
    "contribution": "This funder",
    "amendment": "An amendment with this number",
    "incurred_cost": "This half-year and budget heading",
    "indicator_value": "This indicator's value for the same half-year, partner and sex",
    "assessment": "This dimension of the half-year",
    "narrative": "This section of the half-year",
    "cost_forecast": "A forecast for this half-year",
    "contract_deadline": "This deadline of the contract",
    "risk_review": "A review of this risk on the same day",
    "evaluation_score": "This criterion of the evaluation",
    "recommendation": "A recommendation with this number",
    "project_marker": "This marker",
}
# Entity, field that says when something happened, what happened.
_PAST = (
    ("milestone", "actual", "was reached"),
    ("payment", "paid_on", "was paid"),
    ("training", "held_on", "was held"),
    ("receipt", "received_on", "was received"),
    ("risk", "reviewed_on", "was reviewed"),
    ("risk_review", "reviewed_on", "was reviewed"),
    ("clearing", "cleared_on", "was accepted"),
    ("report_due", "received_on", "was received"),
    ("report_due", "approved_on", "was approved"),
    ("evaluation", "carried_out_on", "was carried out"),
    ("recommendation", "done_on", "was done"),
    ("health_override", "decided_on", "was decided"),
)


def check_records(records: Records, today: dt.date) -> tuple[Finding, ...]:
    """Everything that contradicts itself in the records of one project.

    Shape: findings in the order of the rules; an error must be mended, a warning may be accepted.
    """
    return tuple(finding for rule in RULES for finding in rule(records, today))


def _intervals(records: Records, _: dt.date) -> Iterator[Finding]:
    for entity, first, last, name in _INTERVALS:
        for key, state in records_of(records, entity):
            begin, end = date_in(state, first), date_in(state, last)
            if begin and end and end.last < begin.first:
                yield rule_finding(
                    "RULE_END_BEFORE_START", "error", (entity, key), last, end,
                    f"{name} ({end.label}) lies before its beginning ({begin.label}).",
                    "Correct one of the two dates.",
                )  # fmt: skip


def _past(records: Records, today: dt.date) -> Iterator[Finding]:
    for entity, field, happened in _PAST:
        for key, state in records_of(records, entity):
            date = date_in(state, field)
            if date and date.first > today:
                yield rule_finding(
                    "RULE_IN_FUTURE", "error", (entity, key), field, date,
                    f"{record_name(state, key)} {happened} on {date.label}, which is after today.",
                    "Correct the date, or enter it as a forecast.",
                )  # fmt: skip


def _milestones(records: Records, _: dt.date) -> Iterator[Finding]:
    for key, state in records_of(records, "milestone"):
        done, actual = state.get("status") == "done", state.get("actual")
        if done and actual is None:
            yield rule_finding(
                "RULE_DONE_WITHOUT_DATE", "warning", ("milestone", key), "actual", None,
                f"{record_name(state, key)} is done, but no actual date says when.",
                "Enter the actual date if it is known.",
            )  # fmt: skip
        if actual is not None and not done:
            yield rule_finding(
                "RULE_DATE_WITHOUT_DONE", "warning", ("milestone", key), "status", state.get("status"),
                f"{record_name(state, key)} has an actual date, but its status is not done.",
                "Set the status to done, or enter the date as a forecast.",
            )  # fmt: skip


def _shares(records: Records, _: dt.date) -> Iterator[Finding]:
    for entity, what in (("participation", "partners"), ("project_pillar", "pillars")):
        listed = list(records_of(records, entity))
        shares = [whole_in(state, "share_millionths") for _, state in listed]
        known = [share for share in shares if share is not None]
        if known and (len(known) < len(shares) or sum(known) != MILLION):
            missing = f", and {len(shares) - len(known)} have none" if len(known) < len(shares) else ""
            yield rule_finding(
                "RULE_SHARES", "error", (entity, listed[0][0]), "share_millionths", sum(known),
                f"The shares of the {what} add up to {sum(known) / 10_000:g} %{missing}.",
                "Enter all shares so that they add up to 100 %, or leave all of them empty.",
            )  # fmt: skip


def _amounts(records: Records, _: dt.date) -> Iterator[Finding]:
    for key, state in records_of(records, "project"):
        yield from _eu_within_total(("project", key), state, "total_budget_cents")
    for key, state in records_of(records, "contract"):
        yield from _eu_within_total(("contract", key), state, "total_cents")
        parts = [
            whole_in(state, f"{name}_cents") for name in ("eu_contribution", "other_contributions", "total")
        ]
        if None not in parts and (parts[0] or 0) + (parts[1] or 0) != parts[2]:
            yield rule_finding(
                "RULE_CONTRACT_SUM", "error", ("contract", key), "total_cents", parts[2],
                f"EU contribution {format_eur(parts[0])} and other contributions {format_eur(parts[1])} "
                f"do not add up to the total of {format_eur(parts[2])}.", "Correct one of the three amounts.",
            )  # fmt: skip
    for key, state in records_of(records, "financing_decision"):
        committed, released = whole_in(state, "committed_cents"), whole_in(state, "decommitted_cents")
        if committed is not None and released is not None and released > committed:
            yield rule_finding(
                "RULE_DECOMMITTED", "error", ("financing_decision", key), "decommitted_cents", released,
                f"Decommitted ({format_eur(released)}) is more than committed ({format_eur(committed)}).",
                "Correct one of the two amounts.",
            )  # fmt: skip


def _eu_within_total(record: RecordId, state: RecordState, total_field: str) -> Iterator[Finding]:
    eu, total = whole_in(state, "eu_contribution_cents"), whole_in(state, total_field)
    if eu is not None and total is not None and eu > total:
        yield rule_finding(
            "RULE_EU_ABOVE_TOTAL", "error", record, "eu_contribution_cents", eu,
            f"The EU contribution ({format_eur(eu)}) is more than the total ({format_eur(total)}).",
            "Correct one of the two amounts.",
        )  # fmt: skip


def _payments(records: Records, _: dt.date) -> Iterator[Finding]:
    for key, contract in records_of(records, "contract"):
        amendments = [
            state for _, state in records_of(records, "amendment") if state.get("contract_key") == key
        ]
        limit = latest_named(amendments, "new_eu_contribution_cents") or whole_in(
            contract, "eu_contribution_cents"
        )
        payments = [state for _, state in records_of(records, "payment") if state.get("contract_key") == key]
        paid = sum(_signed(state) for state in payments)
        if limit is not None and paid > limit:
            yield rule_finding(
                "RULE_PAID_ABOVE_CONTRACT", "warning", ("contract", key), "eu_contribution_cents", paid,
                f"Payments of {format_eur(paid)} are more than the contract's EU contribution of "
                f"{format_eur(limit)}.",
                "Correct the payments, or enter the amendment that raised the contribution.",
            )  # fmt: skip


def _signed(payment: RecordState) -> int:
    amount = whole_in(payment, "amount_cents") or 0
    return -amount if payment.get("kind") == "recovery" else amount


def _places(records: Records, _: dt.date) -> Iterator[Finding]:
    regions = {state["region"] for _, state in records_of(records, "project_region")}
    for key, state in records_of(records, "participation"):
        code = str(state["partner_code"])
        partner = partners().get(code)
        if partner is None:
            yield rule_finding(
                "RULE_PARTNER_ELSEWHERE", "warning", ("participation", key), "partner_code", code,
                f"{code} is not among the tracker's partners: its money counts as outside the three regions.",
                "Check the code; Kosovo* is XKX and Palestine* is PSE.",
            )  # fmt: skip
        elif partner.region not in regions | {"outside"}:
            yield rule_finding(
                "RULE_REGION_MISSING", "warning", ("participation", key), "partner_code", code,
                f"{partner_name(code)} lies in {region_name(partner.region)}, which the project does not "
                "name.",
                "Add the region, or correct the partner.",
            )  # fmt: skip


def _duplicates(records: Records, _: dt.date) -> Iterator[Finding]:
    for entity, name in _ONCE.items():
        for columns in unique_columns(entity):
            seen: set[tuple[object, ...]] = set()
            required = [column for column in columns if not table_of(entity).c[column].nullable]
            for key, state in records_of(records, entity):
                values = tuple(state.get(column) for column in columns)
                if values in seen and None not in [state.get(column) for column in required]:
                    yield rule_finding(
                        "RULE_ENTERED_TWICE", "error", (entity, key), columns[-1], values[-1],
                        f"{name} is entered twice.", "Keep one of the two rows.",
                    )  # fmt: skip
                seen.add(values)


RULES: tuple[Rule, ...] = (
    _intervals, _past, _milestones, _shares, _amounts, *AMENDMENT_RULES, _payments, _places, _duplicates,
    *RESULT_RULES, *FOLLOW_UP_RULES,
)  # fmt: skip
