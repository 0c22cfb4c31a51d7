"""Read shapes of money: what the database sums of each project, financing decisions, and further records.

Dates are reduced ISO texts, amounts integer EUR cents, unknown is None.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MoneyRow:
    """What is known of one project's contracts, payments and costs, summed by the database.

    An amount is None where nothing states it; `*_known` are how many of the `contracts` do. `cleared_cents`
    is the cost accepted against pre-financing, `recent_*` the cost of the last two half-years that had ended,
    of which `recent_periods` were reported; `forecast_cents` the implementer's own latest forecast of the
    cost at the present end; `final_cents` the final payments alone. `possible_*` are in no other amount:
    their reduced date may lie before or after the day.
    """

    project_key: str
    contracts: int = 0
    contracted_eu_cents: int | None = None
    contracted_eu_known: int = 0
    contracted_other_cents: int | None = None
    contracted_other_known: int = 0
    contracted_total_cents: int | None = None
    contracted_total_known: int = 0
    paid_cents: int | None = None
    pre_financing_cents: int | None = None
    recovered_cents: int | None = None
    final_cents: int | None = None
    cleared_cents: int | None = None
    last_paid_on: str | None = None
    incurred_cents: int | None = None
    last_incurred_period: str | None = None
    recent_incurred_cents: int | None = None
    recent_periods: int = 0
    received_cents: int | None = None
    forecast_cents: int | None = None
    forecast_period: str | None = None
    amendments: int = 0
    possible_paid_cents: int | None = None
    possible_pre_financing_cents: int | None = None
    possible_recovered_cents: int | None = None
    possible_cleared_cents: int | None = None
    possible_received_cents: int | None = None


@dataclass(frozen=True)
class DecisionRow:
    """A financing decision with what was contracted under it and when its agreements were signed."""

    key: str
    number: str
    title: str | None
    instrument: str | None
    decided_on: str | None
    committed_cents: int | None
    decommitted_cents: int | None
    contracted_eu_cents: int | None
    project_keys: tuple[str, ...]
    agreement_signed_on: str | None
    end_of_implementation: str | None
    end_of_execution: str | None


@dataclass(frozen=True)
class ClearingRow:
    """Cost accepted against the pre-financing of a contract."""

    key: str
    contract_key: str
    cleared_on: str | None
    amount_cents: int
    note: str | None


@dataclass(frozen=True)
class CostForecastRow:
    """The implementer's own forecast of the total eligible cost at the present end, made in one half-year."""

    key: str
    project_key: str
    period: str
    amount_cents: int
    note: str | None


@dataclass(frozen=True)
class ContractDeadlineRow:
    """A date that the contract itself sets."""

    key: str
    contract_key: str
    rule: str
    due_on: str
    note: str | None
