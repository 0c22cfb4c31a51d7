"""Read shapes that deadlines are counted from: agreements, and when a contract was first and last paid.

Dates are reduced ISO texts, unknown is None.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AgreementRow:
    """A financing agreement of a decision; `partner_code` is None for a regional one."""

    key: str
    decision_key: str
    partner_code: str | None
    signed_on: str | None
    end_of_implementation: str | None
    end_of_execution: str | None


@dataclass(frozen=True)
class PaymentDatesRow:
    """The payments of a contract that had certainly been made by a date; recoveries are not among them.

    `undated` counts payments on record whose day nobody stated.
    """

    contract_key: str
    first_on: str | None = None
    final_on: str | None = None
    undated: int = 0
