"""The tables of one project's records: partners, organisations, money, milestones, figures, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.model.rows import FigureRow, IncurredRow, ParticipationRow
from portfolio.numbers import MILLION
from portfolio.partners import partner_name, region_name, region_of
from portfolio.services.costs import PeriodCost
from portfolio.services.geography import has_broken_shares
from portfolio.services.milestones import MilestoneState
from portfolio.services.profiles import ProjectProfile
from portfolio.ui.evidence import source_of
from portfolio.ui.tables import (
    date_column,
    euros,
    figure_column,
    link_column,
    money_column,
    percent_column,
    percents,
    text_column,
)
from portfolio.ui.texts import is_web
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig



@dataclass(frozen=True)
class RecordTable:
    """Rows with their columns; `name` is the download's."""

    name: str
    rows: pd.DataFrame
    columns: Mapping[str, ColumnConfig | str | None]

    def without_empty(self, *names: str) -> RecordTable:
        """The same without those of the named columns that hold nothing for any row."""
        empty = [name for name in names if self.rows[name].isna().all()]
        columns = {name: config for name, config in self.columns.items() if name not in empty}
        return RecordTable(self.name, self.rows.drop(columns=empty), columns)


def partners_table(profile: ProjectProfile) -> RecordTable:
    """One row per partner: its share with its basis, its part of the total budget, and whether suspended."""
    rows = profile.project.participations
    parts = profile.partner_budget_cents or {}
    shares = pd.Series([row.share_millionths for row in rows], dtype="Float64") / MILLION
    return RecordTable(
        "partners",
        pd.DataFrame(
            {
                "partner": [partner_name(row.partner_code) for row in rows],
                "region": [region_name(region_of(row.partner_code)) for row in rows],
                "declared_share_percent": percents(shares),
                "basis": [_share_basis(profile, row) for row in rows],
                "total_budget_part_eur": _euros(parts.get(row.partner_code) for row in rows),
                "since": [row.since for row in rows],
                "until": [row.until for row in rows],
                "suspended": [_suspended(row) for row in rows],
            }
        ),
        {
            "partner": text_column("Partner"),
            "region": text_column("Region"),
            "declared_share_percent": percent_column("Declared share"),
            "basis": text_column("Basis of the split"),
            "total_budget_part_eur": money_column("Part of the total budget"),
            "since": date_column("Since"),
            "until": date_column("Until"),
            "suspended": text_column("Suspended"),
        },
    ).without_empty("declared_share_percent", "since", "until")


def _euros(cents: Iterable[int | None]) -> pd.Series[float]:
    return euros(pd.Series(list(cents), dtype="Int64"))


def _share_basis(profile: ProjectProfile, row: ParticipationRow) -> str:
    if len(profile.project.participations) == 1:
        return "only partner"
    if has_broken_shares(profile.project):
        return "declared, not adding to 100 %"
    return ESTIMATED if profile.budget_is_estimated else "declared"


def _suspended(row: ParticipationRow) -> str:
    if row.suspended_since is None:
        return "no"
    since = f"suspended since {date_label(row.suspended_since)}"
    return since if row.suspended_until is None else f"{since} until {date_label(row.suspended_until)}"


def organisations_table(profile: ProjectProfile) -> RecordTable:
    """One row per role of an organisation, with the source's own words."""
    rows = profile.project.roles
    return RecordTable(
        "organisations",
        pd.DataFrame(
            {
                "organisation": [row.name for row in rows],
                "role": [label("organisation_role", row.role) for row in rows],
                "type": [None if row.type is None else label("organisation_type", row.type) for row in rows],
                "name_as_published": [row.name_as_published for row in rows],
                "role_as_published": [row.role_as_published for row in rows],
            }
        ),
        {
            "organisation": text_column("Organisation", width=240),
            "role": text_column("Role"),
            "type": text_column("Type"),
            "name_as_published": text_column("Name as published"),
            "role_as_published": text_column("Role as published"),
        },
    ).without_empty("name_as_published", "role_as_published")


def contracts_table(profile: ProjectProfile) -> RecordTable:
    """One row per contract as signed: type, dates and the three amounts."""
    rows = profile.contracts
    return RecordTable(
        "contracts",
        pd.DataFrame(
            {
                "number": [row.number for row in rows],
                "type": [None if row.type is None else label("contract_type", row.type) for row in rows],
                "signed": [row.signed_on for row in rows],
                "start": [row.start for row in rows],
                "end": [row.end for row in rows],
                "eu_contribution_eur": _euros(row.eu_contribution_cents for row in rows),
                "other_contributions_eur": _euros(row.other_contributions_cents for row in rows),
                "total_cost_eur": _euros(row.total_cents for row in rows),
            }
        ),
        {
            "number": text_column("Contract"),
            "type": text_column("Type"),
            "signed": date_column("Signed"),
            "start": date_column("Start"),
            "end": date_column("End as signed"),
            "eu_contribution_eur": money_column("EU contribution"),
            "other_contributions_eur": money_column("Other contributions"),
            "total_cost_eur": money_column("Total cost"),
        },
    )


def amendments_table(profile: ProjectProfile) -> RecordTable:
    """One row per amendment; what it leaves unchanged is said so."""
    rows = profile.amendments
    contracts = {contract.key: contract.number for contract in profile.contracts}
    return RecordTable(
        "amendments",
        pd.DataFrame(
            {
                "contract": [contracts.get(row.contract_key, row.contract_key) for row in rows],
                "number": [str(row.number) for row in rows],
                "signed": [row.signed_on or "not stated" for row in rows],
                "kind": [label("amendment_kind", row.kind) for row in rows],
                "new_end": [row.new_end for row in rows],
                "new_eu_contribution_eur": _euros(row.new_eu_contribution_cents for row in rows),
                "new_total_cost_eur": _euros(row.new_total_cents for row in rows),
                "reason": [row.reason or "not stated" for row in rows],
            }
        ),
        {
            "contract": text_column("Contract"),
            "number": figure_column("Amendment"),
            "signed": date_column("Signed"),
            "kind": text_column("Kind"),
            "new_end": date_column("New end"),
            "new_eu_contribution_eur": money_column("New EU contribution"),
            "new_total_cost_eur": money_column("New total cost"),
            "reason": text_column("Reason"),
        },
    )


def payments_table(profile: ProjectProfile) -> RecordTable:
    """One row per payment; a recovery is money paid back."""
    rows = profile.payments
    contracts = {contract.key: contract.number for contract in profile.contracts}
    return RecordTable(
        "payments",
        pd.DataFrame(
            {
                "paid_on": [row.paid_on for row in rows],
                "kind": [label("payment_kind", row.kind) for row in rows],
                "amount_eur": _euros(row.amount_cents for row in rows),
                "contract": [contracts.get(row.contract_key, row.contract_key) for row in rows],
            }
        ),
        {
            "paid_on": date_column("Paid on"),
            "kind": text_column("Kind", "A recovery lowers what counts as paid"),
            "amount_eur": money_column("Amount"),
            "contract": text_column("Contract"),
        },
    )


def incurred_table(rows: Sequence[IncurredRow], periods: Sequence[PeriodCost]) -> RecordTable:
    """One row per half-year: the cost of each budget heading, and all of them; empty where none is known."""
    amounts = {(row.period, row.heading): row.amount_cents for row in rows}
    headings = list(dict.fromkeys(row.heading for row in rows))
    table = pd.DataFrame({"period": [cost.period for cost in periods]})
    columns: dict[str, ColumnConfig | str | None] = {"period": text_column("Half-year", pinned=True)}
    table["all_headings_eur"] = _euros(cost.amount_cents for cost in periods)
    columns["all_headings_eur"] = money_column("All headings")
    for heading in headings:
        name = f"{heading.replace('-', '_')}_eur"
        table[name] = _euros(amounts.get((cost.period, heading)) for cost in periods)
        columns[name] = money_column(label("budget_heading", heading))
    return RecordTable("incurred", table, columns)


def figures_table(profile: ProjectProfile, rows: Sequence[FigureRow], name: str) -> RecordTable:
    """One row per published figure, the number as it was published, with its source."""
    return RecordTable(
        name,
        pd.DataFrame(
            {
                "figure": [row.text for row in rows],
                "number": [row.number for row in rows],
                "unit": [row.unit for row in rows],
                "nature": [label("figure_nature", row.nature) for row in rows],
                "source": [_web(source_of(profile, row.key, "number")) for row in rows],
            }
        ),
        {
            "figure": text_column("Figure", width=420),
            "number": figure_column("Number"),
            "unit": text_column("Unit"),
            "nature": text_column("Nature"),
            "source": link_column("Source", "open"),
        },
    )


def _web(url: str | None) -> str | None:
    return url if url and is_web(url) else None


def milestone_addresses(profile: ProjectProfile, states: Iterable[MilestoneState]) -> dict[str, str]:
    """The page from which each milestone's date was taken, by key."""
    found = {
        state.milestone.key: source_of(profile, state.milestone.key, field)
        for state in states
        for field in ("forecast", "actual")
        if source_of(profile, state.milestone.key, field)
    }
    return {key: url for key, url in found.items() if url}


def sources_table(profile: ProjectProfile) -> RecordTable:
    """One row per source: its own title, what it supports, its address."""
    rows = profile.sources
    return RecordTable(
        "sources",
        pd.DataFrame(
            {
                "title": [row.title or "no title printed" for row in rows],
                "supports": [row.supports for row in rows],
                "address": [_web(row.url) for row in rows],
            }
        ),
        {
            "title": text_column("Title", width=380),
            "supports": text_column("Supports", width=420),
            "address": link_column("Page", "open"),
        },
    )
