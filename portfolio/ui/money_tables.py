"""The tables of the money screen: one row per project, decision, member of a dimension or year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from portfolio.indicators import indicator
from portfolio.services.contracting import contracting_date
from portfolio.services.funds.amounts import contracted_other, left_to_pay, open_pre_financing
from portfolio.services.funds.forecasts import left_at_end
from portfolio.services.funds.portfolios import DecisionFunds, ProjectFunds
from portfolio.services.funds.possible_amounts import not_counted
from portfolio.services.funds.rates import Spread
from portfolio.services.money import OFF_BUDGET, contracted_eu, contracted_total
from portfolio.ui.money_words import spread_text
from portfolio.ui.tables import (
    date_column,
    euros,
    money_column,
    percent_column,
    percents,
    text_column,
)
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
# A project with "(off-budget)" after its name, uncut.
LABELLED_WIDTH = 170


def money_values(cents: Iterable[int | None]) -> pd.Series[float]:
    """Amounts in euro for a money column, from integer cents; empty where not known."""
    return euros(pd.Series(list(cents), dtype="Int64"))


def _shares(shares: Iterable[Fraction | None]) -> pd.Series[float]:
    return percents(pd.Series([None if share is None else float(share) for share in shares], dtype="Float64"))


def _head(figure_id: str) -> tuple[str, str]:
    words = indicator(figure_id)
    return words.label, f"{words.definition} {words.formula[:1].upper()}{words.formula[1:]}."


def euro_column(figure_id: str, width: int | None = None) -> ColumnConfig:
    """The column of a registered amount, with its definition and formula in the tip."""
    column = money_column(*_head(figure_id))
    column["width"] = width
    return column


def _points_column(figure_id: str) -> ColumnConfig:
    name, tip = _head(figure_id)
    return st.column_config.NumberColumn(f"{name} (points)", help=tip, format="%+.1f", alignment="right")


def _labelled(name: str, off_budget: bool) -> str:
    """A name that stays in sight beside its amounts; of what is off-budget it says that no sum holds them."""
    return f"{name} (off-budget)" if off_budget else name


def _name(row: ProjectFunds) -> str:
    return _labelled(row.project.acronym, row.off_budget)


def rates_table(rows: Sequence[ProjectFunds]) -> pd.DataFrame:
    """One row per project, in their order.

    Columns: project, status, note (text); contracted_eur, paid_eur, left_to_pay_eur, open_pre_financing_eur,
             contracted_other_eur, contracted_total_eur, incurred_eur (euro); payment_rate, absorption,
             time_elapsed (per cent), burn_gap (percentage points). Empty where not known or only a range.
    """
    return pd.DataFrame(
        {
            "project": [_name(row) for row in rows],
            "status": [label("project_status", row.status) for row in rows],
            "payment_rate": _shares(row.payment_rate.exact for row in rows),
            "absorption": _shares(row.absorption.exact for row in rows),
            "time_elapsed": _shares(row.time_elapsed.exact for row in rows),
            "burn_gap": _shares(row.burn_gap.exact for row in rows),
            "contracted_eur": money_values(contracted_eu(row.money) for row in rows),
            "paid_eur": money_values(row.money.paid_cents for row in rows),
            "left_to_pay_eur": money_values(left_to_pay(row.money).cents for row in rows),
            "open_pre_financing_eur": money_values(open_pre_financing(row.money).cents for row in rows),
            "contracted_total_eur": money_values(contracted_total(row.money) for row in rows),
            "incurred_eur": money_values(row.money.incurred_cents for row in rows),
            "contracted_other_eur": money_values(contracted_other(row.money).cents for row in rows),
            "note": [rates_note(row) for row in rows],
        }
    )


def rates_note(row: ProjectFunds) -> str:
    """Why a rate of a project is not known, or between what it lies; "" where all are exact."""
    said = [OFF_BUDGET] if row.off_budget else []
    rates = (
        ("payment-rate", row.payment_rate), ("absorption", row.absorption),
        ("time-elapsed", row.time_elapsed), ("burn-gap", row.burn_gap),
    )  # fmt: skip
    reasons: dict[str, list[str]] = {}
    for name, rate in rates:
        if rate.exact is None:
            words = _range(name, rate) if rate.is_known else rate.reason
            reasons.setdefault(words, []).append(indicator(name).label)
    for name, found in (("left-to-pay", left_to_pay), ("open-pre-financing", open_pre_financing)):
        if found(row.money).reason:
            reasons.setdefault(found(row.money).reason, []).append(indicator(name).label)
    possible = not_counted("open-pre-financing", [row.money], open_pre_financing(row.money).cents)
    if possible:
        reasons.setdefault(possible, []).append(indicator("open-pre-financing").label)
    said += [f"{', '.join(names)}: {words}" for words, names in reasons.items()]
    return "; ".join(said)


def _range(name: str, rate: Spread) -> str:
    return f"{spread_text(rate, 'points' if name == 'burn-gap' else 'share')}, because a date is reduced"


def rates_columns() -> Columns:
    """The columns of `rates_table`."""
    return {
        "project": text_column("Project", width=LABELLED_WIDTH, pinned=True),
        "status": text_column("Status", indicator("status").definition),
        "payment_rate": percent_column(*_head("payment-rate")),
        "absorption": percent_column(*_head("absorption")),
        "time_elapsed": percent_column(*_head("time-elapsed")),
        "burn_gap": _points_column("burn-gap"),
        "contracted_eur": euro_column("contracted"),
        "paid_eur": euro_column("paid"),
        "left_to_pay_eur": euro_column("left-to-pay"),
        "open_pre_financing_eur": euro_column("open-pre-financing"),
        "contracted_total_eur": euro_column("contracted-total"),
        "incurred_eur": euro_column("incurred"),
        "contracted_other_eur": euro_column("contracted-other"),
        "note": text_column("Not known, or a range", width=320),
    }


def forecasts_table(rows: Sequence[ProjectFunds]) -> pd.DataFrame:
    """One row per project: cost so far, linear forecast with its range, and the implementer's own.

    Columns: project, end, how, own_said (text); incurred_eur, forecast_eur, low_eur, high_eur,
             contracted_total_eur, left_eur, own_eur (euro, empty where not known).
    """
    return pd.DataFrame(
        {
            "project": [row.project.acronym for row in rows],
            "end": [row.project.present_end for row in rows],
            "incurred_eur": money_values(row.money.incurred_cents for row in rows),
            "forecast_eur": money_values(row.forecast.cents for row in rows),
            "low_eur": money_values(row.forecast.low_cents for row in rows),
            "high_eur": money_values(row.forecast.high_cents for row in rows),
            "own_eur": money_values(row.forecast.own_cents for row in rows),
            "contracted_total_eur": money_values(contracted_total(row.money) for row in rows),
            "left_eur": money_values(left_at_end(row.forecast, row.money) for row in rows),
            "how": [row.forecast.sentence for row in rows],
            "own_said": [row.forecast.own_sentence for row in rows],
        }
    )


def forecasts_columns() -> Columns:
    """The columns of `forecasts_table`."""
    left = "Contracted total cost less the linear forecast; below 0 where it would be overspent"
    return {
        "project": text_column("Project", width=130, pinned=True),
        "end": date_column("Present end", indicator("present-end").definition),
        "incurred_eur": euro_column("incurred"),
        "forecast_eur": euro_column("forecast"),
        "low_eur": money_column("From", "At the pace of the slower of the last two half-years"),
        "high_eur": money_column("To", "At the pace of the faster of the last two half-years"),
        "own_eur": euro_column("forecast-own"),
        "contracted_total_eur": euro_column("contracted-total"),
        "left_eur": money_column("Left at the end", left),
        "how": text_column("How it was made, or why not", width=420),
        "own_said": text_column("The implementer's own", width=320),
    }


def receipts_table(rows: Sequence[ProjectFunds]) -> pd.DataFrame:
    """One row per project: transferred, received, their difference and what was recovered, in euro."""
    found = [row.reconciliation for row in rows]
    return pd.DataFrame(
        {
            "project": [_name(row) for row in rows],
            "transferred_eur": money_values(row.transferred_cents for row in found),
            "received_eur": money_values(row.received_cents for row in found),
            "difference_eur": money_values(row.difference_cents for row in found),
            "recovered_eur": money_values(row.recovered_cents for row in found),
            "said": [row.sentence for row in found],
        }
    )


def receipts_columns() -> Columns:
    """The columns of `receipts_table`."""
    return {
        "project": text_column("Project", width=LABELLED_WIDTH, pinned=True),
        "transferred_eur": money_column("Transferred", "Paid, before anything was recovered"),
        "received_eur": euro_column("received"),
        "difference_eur": euro_column("received-difference"),
        "recovered_eur": euro_column("recovered"),
        "said": text_column("In words", width=420),
    }


def decisions_table(rows: Sequence[DecisionFunds], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per financing decision: its amounts in euro, its rate, its deadline and its projects."""
    decisions = [row.decision for row in rows]
    deadlines = [contracting_date(row) for row in decisions]
    return pd.DataFrame(
        {
            "number": [_labelled(row.decision.number, row.off_budget) for row in rows],
            "decided_on": [row.decided_on for row in decisions],
            "instrument": [_instrument(row) for row in rows],
            "committed_eur": money_values(row.committed_cents for row in decisions),
            "decommitted_eur": money_values(row.decommitted_cents for row in decisions),
            "contracted_eur": money_values(row.contracted_eu_cents for row in decisions),
            "contracting_rate": _shares(row.contracting_rate.exact for row in rows),
            "left_to_contract_eur": money_values(row.left_to_contract_cents for row in rows),
            "deadline": [None if day is None else day.isoformat() for day in deadlines],
            "projects": [", ".join(names.get(key, key) for key in row.project_keys) for row in decisions],
            "title": [row.title for row in decisions],
        }
    )


def _instrument(row: DecisionFunds) -> str | None:
    code = row.decision.instrument
    return None if code is None else label("instrument", code)


def decisions_columns() -> Columns:
    """The columns of `decisions_table`."""
    return {
        "number": text_column("Decision", width=190, pinned=True),
        "committed_eur": euro_column("committed"),
        "contracted_eur": money_column("Contracted", "EU contributions of the contracts under the decision"),
        "contracting_rate": percent_column(*_head("contracting-rate")),
        "left_to_contract_eur": euro_column("left-to-contract"),
        "deadline": date_column("Contract by", "Indicative. " + indicator("contracting-deadline").definition),
        "decommitted_eur": euro_column("decommitted"),
        "decided_on": date_column("Decided on"),
        "instrument": text_column("Instrument"),
        "projects": text_column("Projects contracted under it", width=240),
        "title": text_column("Title", width=240),
    }
