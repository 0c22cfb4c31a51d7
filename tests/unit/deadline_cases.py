"""One contract in which everything is in order, for tests of deadlines that change one thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from portfolio.model.deadline_rows import AgreementRow, PaymentDatesRow
from portfolio.model.money_rows import ContractDeadlineRow, DecisionRow
from portfolio.model.report_rows import EvaluationRow, ReportDueRow
from portfolio.model.rows import AmendmentRow, ContractRow
from portfolio.services.deadlines.contracts import ContractCase, contract_deadlines
from portfolio.services.deadlines.decisions import decision_deadlines
from portfolio.services.deadlines.entries import Deadline
from tests.unit.rows import project

AS_OF = dt.date(2026, 11, 23)
DECISION = DecisionRow(
    key="d", number="D/1", title=None, instrument="IPA III", decided_on="2023-06-01",
    committed_cents=10_000_000_00, decommitted_cents=None, contracted_eu_cents=8_000_000_00,
    project_keys=("p1",), agreement_signed_on="2024-01-15", end_of_implementation="2029-01-15",
    end_of_execution=None,
)  # fmt: skip
AGREEMENT = AgreementRow("d/a", "d", None, "2024-01-15", "2029-01-15", "2031-01-15")
CONTRACT = ContractRow(
    key="p1/c", project_key="p1", decision_key="d", number="C/1", type="grant", signed_on="2024-12-01",
    start="2025-01-01", end="2027-12-31", eu_contribution_cents=None, other_contributions_cents=None,
    total_cents=None,
)  # fmt: skip
PROJECT = project(
    "p1", start="2025-01-01", end_original="2027-12-31", instrument="IPA III", partners=("ALB",)
)
PAID = PaymentDatesRow("p1/c", first_on="2025-01-10")


def on(text: str) -> dt.date:
    """A day."""
    return dt.date.fromisoformat(text)


def amended(number: int, new_end: str | None, signed_on: str | None = "2026-01-15") -> AmendmentRow:
    """An amendment of the contract."""
    return AmendmentRow(
        f"p1/c/a{number}", "p1/c", number, signed_on, "no-cost-extension", new_end, None, None, None
    )


def typed(rule: str, due_on: str) -> ContractDeadlineRow:
    """A date typed from the contract."""
    return ContractDeadlineRow(f"p1/c/{rule}", "p1/c", rule, due_on, None)


def report(due_on: str, received_on: str | None = None, **values: Any) -> ReportDueRow:
    """An entry of the reporting calendar."""
    known: dict[str, Any] = {"kind": "progress", "period": None, "approved_on": None, "note": None} | values
    return ReportDueRow(f"p1/r-{due_on}", "p1", due_on=due_on, received_on=received_on, **known)


def review(carried_out_on: str | None, kind: str = "rom-review") -> EvaluationRow:
    """An evaluation of the project."""
    return EvaluationRow(f"p1/e-{carried_out_on}", "p1", kind, "A review", carried_out_on, None, None, None)


def case(as_of: dt.date = AS_OF, **changes: Any) -> ContractCase:
    """The contract with some things changed; names of a contract's fields change the contract."""
    parts: dict[str, Any] = {
        "project": PROJECT, "amendments": (), "payments": PAID, "typed": (), "reports": (), "evaluations": (),
    }  # fmt: skip
    own = {name: value for name, value in changes.items() if name not in parts and name != "contract"}
    parts |= {name: value for name, value in changes.items() if name in parts}
    contract = None if changes.get("contract", CONTRACT) is None else replace(CONTRACT, **own)
    return ContractCase(contract=contract, as_of=as_of, **parts)


def of(code: str, as_of: dt.date = AS_OF, **changes: Any) -> Deadline:
    """The one deadline of this rule."""
    (found,) = [row for row in contract_deadlines(case(as_of, **changes)) if row.code == code]
    return found


def of_decision(
    code: str, as_of: dt.date = AS_OF, agreements: tuple[AgreementRow, ...] = (AGREEMENT,), **changes: Any
) -> list[Deadline]:
    """The deadlines of this rule of the decision with some things changed."""
    found = decision_deadlines(replace(DECISION, **changes), agreements, as_of)
    return [row for row in found if row.code == code]
