"""Rows of one project in which everything is in order, for tests that change one thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, MilestoneRow, ParticipationRow, ProjectRow
from portfolio.services.attention import attention
from portfolio.services.signals import Signal

AS_OF = dt.date(2026, 11, 23)
PROJECT = ProjectRow(
    key="p", acronym="P", title="A project", summary="What it does.", focus="cybersecurity", relevance="core",
    modality="grant", instrument="NDICI-GE", instrument_as_published=None, service="ENEST", delegation=None,
    responsible_officer=None, institution_profile="eu", start="2025-01-01", end_original="2028-12-31",
    end_current="2028-12-31", status_stated=None, status_stated_on=None, total_budget_cents=100_000_00,
    eu_contribution_cents=90_000_00, data_note=None, confidence=None, regions=("western-balkans",),
    participations=(ParticipationRow("ALB", 400_000, None, None, None, None),
                    ParticipationRow("XKX", 600_000, None, None, None, None)),
)  # fmt: skip
MONEY = MoneyRow(
    project_key="p", contracts=1, contracted_eu_cents=90_000_00, contracted_eu_known=1,
    contracted_total_cents=100_000_00, contracted_total_known=1, paid_cents=40_000_00,
    pre_financing_cents=40_000_00, last_paid_on="2025-02-01", incurred_cents=50_000_00,
    last_incurred_period="2026-S1",
)  # fmt: skip
MILESTONE = MilestoneRow(
    key="p/milestone-01", project_key="p", title="Exercise", kind="exercise", about="project",
    baseline="2027-03-01", forecast=None, actual=None, contractual=False, status="planned", note=None,
)  # fmt: skip
CONTRACT = ContractRow(
    key="p/contract-01", project_key="p", decision_key=None, number="C-1", type="grant",
    signed_on="2024-12-01", start="2025-01-01", end="2027-12-31", eu_contribution_cents=90_000_00,
    other_contributions_cents=10_000_00, total_cents=100_000_00,
)  # fmt: skip


def amendment(number: int, new_end: str | None, signed_on: str | None = "2026-01-15") -> AmendmentRow:
    return AmendmentRow(
        f"p/contract-01/amendment-{number:02}", "p/contract-01", number, signed_on, "no-cost-extension",
        new_end, None, None, None,
    )  # fmt: skip


def signals(
    project: ProjectRow = PROJECT,
    money: MoneyRow | None = MONEY,
    milestone: MilestoneRow | None = MILESTONE,
    contract: ContractRow = CONTRACT,
    amendments: tuple[AmendmentRow, ...] = (),
) -> tuple[Signal, ...]:
    """The signals of one project, with everything in order but what a test changes."""
    rows = {} if money is None else {"p": money}
    return attention(
        [project], rows, [] if milestone is None else [milestone], [], [contract], amendments, AS_OF
    )


def codes(**changed: Any) -> list[tuple[str, str]]:
    return [(signal.code, signal.severity) for signal in signals(**changed)]
