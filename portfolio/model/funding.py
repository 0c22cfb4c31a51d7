"""Money: decision, agreement, contract and what hangs on it, incurred and expected cost.

Integer EUR cents throughout.
"""

from typing import Annotated

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from portfolio.model.fields import (
    DateText,
    Key,
    LongText,
    Name,
    PartnerCode,
    PeriodText,
    Record,
    coded,
    date_checks,
    non_negative,
    one_of,
)

PAYMENT_KINDS = ("pre-financing", "interim", "final", "recovery")


class FinancingDecisionInput(Record):
    """A financing decision: what was committed, and what of it was released again."""

    key: Key = Field(primary_key=True)
    number: Name
    title: Name | None = None
    instrument: Annotated[str, coded("instrument")] | None = None
    decided_on: DateText | None = None
    committed_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    decommitted_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)


class FinancingDecision(FinancingDecisionInput, table=True):
    """Table of financing decisions."""

    __tablename__ = "financing_decision"
    __table_args__ = (*date_checks("decided_on"), *non_negative("committed_cents", "decommitted_cents"))


class FinancingAgreementInput(Record):
    """The agreement of a decision with a partner (none named: a regional one)."""

    key: Key = Field(primary_key=True)
    decision_key: Key = Field(foreign_key="financing_decision.key", index=True)
    partner_code: PartnerCode | None = None
    signed_on: DateText | None = None
    end_of_implementation: DateText | None = None
    end_of_execution: DateText | None = None


class FinancingAgreement(FinancingAgreementInput, table=True):
    """Table of financing agreements."""

    __tablename__ = "financing_agreement"
    __table_args__ = date_checks("signed_on", "end_of_implementation", "end_of_execution")


class ContractInput(Record):
    """What was signed with an implementer; the three amounts are three figures."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    decision_key: Key | None = Field(default=None, foreign_key="financing_decision.key", index=True)
    number: Name
    type: Annotated[str, coded("contract_type")] | None = None
    signed_on: DateText | None = None
    start: DateText | None = None
    end: DateText | None = None
    eu_contribution_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    other_contributions_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    total_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)


class Contract(ContractInput, table=True):
    """Table of contracts."""

    __table_args__ = (
        *date_checks("signed_on", "start", "end"),
        *non_negative("eu_contribution_cents", "other_contributions_cents", "total_cents"),
    )


class ContributionInput(Record):
    """What another funder than the EU adds to a project, as published; the amount may be unknown."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    funder: Name
    amount_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)


class Contribution(ContributionInput, table=True):
    """Table of other contributions."""

    __table_args__ = (UniqueConstraint("project_key", "funder"), *non_negative("amount_cents"))


class AmendmentInput(Record):
    """An amendment of a contract; what it leaves unchanged stays empty."""

    key: Key = Field(primary_key=True)
    contract_key: Key = Field(foreign_key="contract.key", index=True)
    number: int = Field(ge=1)
    signed_on: DateText | None = None
    kind: Annotated[str, coded("amendment_kind")]
    new_end: DateText | None = None
    new_eu_contribution_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    new_total_cents: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    reason: LongText | None = None


class Amendment(AmendmentInput, table=True):
    """Table of amendments."""

    __table_args__ = (
        UniqueConstraint("contract_key", "number"),
        *date_checks("signed_on", "new_end"),
        *non_negative("new_eu_contribution_cents", "new_total_cents"),
    )


class PaymentInput(Record):
    """A transfer by the Commission under a contract; a recovery is what came back, as a positive amount."""

    key: Key = Field(primary_key=True)
    contract_key: Key = Field(foreign_key="contract.key", index=True)
    kind: Annotated[str, coded("payment_kind")]
    paid_on: DateText | None = None
    amount_cents: int = Field(sa_type=BigInteger, ge=0)


class Payment(PaymentInput, table=True):
    """Table of payments."""

    __table_args__ = (*date_checks("paid_on"), *non_negative("amount_cents"), one_of("kind", PAYMENT_KINDS))


class IncurredCostInput(Record):
    """Eligible cost of all funders that the implementer reports for one half-year and budget heading."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    period: PeriodText
    heading: Annotated[str, coded("budget_heading")]
    amount_cents: int = Field(sa_type=BigInteger, ge=0)


class IncurredCost(IncurredCostInput, table=True):
    """Table of incurred costs."""

    __tablename__ = "incurred_cost"
    __table_args__ = (UniqueConstraint("project_key", "period", "heading"), *non_negative("amount_cents"))


class ClearingInput(Record):
    """Cost that the Commission accepted against the pre-financing of a contract."""

    key: Key = Field(primary_key=True)
    contract_key: Key = Field(foreign_key="contract.key", index=True)
    cleared_on: DateText | None = None
    amount_cents: int = Field(sa_type=BigInteger, ge=0)
    note: LongText | None = None


class Clearing(ClearingInput, table=True):
    """Table of clearings."""

    __table_args__ = (*date_checks("cleared_on"), *non_negative("amount_cents"))


class CostForecastInput(Record):
    """The implementer's own forecast, made in one half-year: total eligible cost at the present end."""

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    period: PeriodText
    amount_cents: int = Field(sa_type=BigInteger, ge=0)
    note: LongText | None = None


class CostForecast(CostForecastInput, table=True):
    """Table of forecasts of cost."""

    __tablename__ = "cost_forecast"
    __table_args__ = (UniqueConstraint("project_key", "period"), *non_negative("amount_cents"))


class ContractDeadlineInput(Record):
    """A date that the contract itself sets, in place of the one that a rule computes."""

    key: Key = Field(primary_key=True)
    contract_key: Key = Field(foreign_key="contract.key", index=True)
    rule: Annotated[str, coded("deadline_rule")]
    due_on: DateText
    note: LongText | None = None


class ContractDeadline(ContractDeadlineInput, table=True):
    """Table of deadlines from contracts."""

    __tablename__ = "contract_deadline"
    __table_args__ = (UniqueConstraint("contract_key", "rule"), *date_checks("due_on"))
