"""One project's balances, rates, forecast and receipts in words, for its screen."""

from __future__ import annotations

import streamlit as st

from portfolio.dates import date_label
from portfolio.indicators import indicator
from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import format_eur
from portfolio.services.funds import amounts
from portfolio.services.funds.amounts import Stated
from portfolio.services.funds.balances import is_finally_paid
from portfolio.services.funds.portfolios import ProjectFunds, funds_of_project
from portfolio.services.funds.possible_amounts import not_counted
from portfolio.services.funds.rates import Spread
from portfolio.services.money import contracted_eu, contracted_total
from portfolio.services.views import PortfolioView
from portfolio.ui.cached import ask
from portfolio.ui.evidence import Fact, FieldRef
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.money_words import NO_MORE_PAID, spread_text
from portfolio.ui.origins import render_facts
from portfolio.ui.session import current_person
from portfolio.ui.texts import literal

NOT_KNOWN = "not known"
NOT_REPORTED = "not reported"
FUND_FIGURES = (
    "contracted-other", "left-to-pay", "recovered", "cleared", "open-pre-financing", "payment-rate",
    "absorption", "time-elapsed", "burn-gap", "forecast", "forecast-own", "received", "received-difference",
)  # fmt: skip
_EU: tuple[FieldRef, ...] = (
    ("contract", None, "eu_contribution_cents"), ("amendment", None, "new_eu_contribution_cents"),
)  # fmt: skip
_TOTAL: tuple[FieldRef, ...] = (("contract", None, "total_cents"), ("amendment", None, "new_total_cents"))
_OTHER: tuple[FieldRef, ...] = (("contract", None, "other_contributions_cents"), *_EU, *_TOTAL)
_PAID: tuple[FieldRef, ...] = (("payment", None, "amount_cents"),)
_CLEARED: tuple[FieldRef, ...] = (("clearing", None, "amount_cents"),)
_COST: tuple[FieldRef, ...] = (("incurred_cost", None, "amount_cents"),)
_RECEIVED: tuple[FieldRef, ...] = (("receipt", None, "amount_cents"),)
_FORECAST: tuple[FieldRef, ...] = (("cost_forecast", None, "amount_cents"),)


def fund_facts(funds: ProjectFunds) -> tuple[list[Fact], list[Fact]]:
    """Two columns of facts, balances and rates first; what is not known is said, with the reason."""
    return [*_balances(funds), _receipts(funds)], [*_rates(funds), *_forecasts(funds)]


def render_project_funds(project: ProjectRow, shown: PortfolioView) -> None:
    """The facts of a project, each name opening to where its value comes from."""
    funds = ask(funds_of_project, current_person(), project.key, as_of=shown.as_of)
    st.markdown("**Balances, rates, forecast and receipts**")
    if funds.off_budget:
        st.caption("Off-budget, in no EU sum: the amounts and the payment rate are the project's own.")
    for column, facts in zip(st.columns(2, gap="large"), fund_facts(funds), strict=True):
        with column:
            render_facts(facts, project.key)
    render_figure_links(FUND_FIGURES, project.key)


def _balances(funds: ProjectFunds) -> list[Fact]:
    money = funds.money
    eu, paid = format_eur(contracted_eu(money), NOT_KNOWN), format_eur(money.paid_cents, NOT_KNOWN)
    ahead = format_eur(money.pre_financing_cents, NOT_KNOWN)
    accepted = format_eur(money.cleared_cents, NOT_KNOWN)
    back = (
        "Already taken off what is paid."
        if money.recovered_cents
        else "None of the payments on record is one."
    )
    return [
        _amount("contracted-other", amounts.contracted_other(money), "By contract.", _OTHER),
        _amount("left-to-pay", amounts.left_to_pay(money), _left_words(funds, eu, paid), (*_EU, *_PAID)),
        _amount("recovered", amounts.recovered(money), back, _PAID),
        _amount(
            "open-pre-financing", amounts.open_pre_financing(money),
            f"Pre-financing {ahead} - cost accepted {accepted}.{_possible(money)}", (*_PAID, *_CLEARED),
        ),
    ]  # fmt: skip


def _possible(money: MoneyRow) -> str:
    """What open pre-financing does not count yet, and between what it lies."""
    said = not_counted("open-pre-financing", [money], amounts.open_pre_financing(money).cents)
    return f" {said}." if said else ""


def _left_words(funds: ProjectFunds, eu: str, paid: str) -> str:
    """How left to pay is made, and what becomes of it in a closed project with a final payment."""
    left = amounts.left_to_pay(funds.money).cents
    is_settled = funds.status == "closed" and is_finally_paid(funds)
    said = f" Closed, with a final payment: {NO_MORE_PAID}" if left and is_settled else ""
    return f"{eu} - {paid}.{said}"


def _amount(figure_id: str, stated: Stated, how: str, fields: tuple[FieldRef, ...]) -> Fact:
    name = indicator(figure_id).label
    if stated.cents is None:
        return Fact(name, NOT_KNOWN, (_sentence(stated.reason),))
    return Fact(name, format_eur(stated.cents), (how,), fields)


def _sentence(reason: str) -> str:
    return literal(f"{reason[:1].upper()}{reason[1:]}.")


def _rates(funds: ProjectFunds) -> list[Fact]:
    money, project = funds.money, funds.project
    paid, eu = format_eur(money.paid_cents), format_eur(contracted_eu(money))
    cost, total = format_eur(money.incurred_cents), format_eur(contracted_total(money))
    dates = f"{date_label(project.start)} to {date_label(project.present_end)}."
    passed = spread_text(funds.time_elapsed)
    passed = passed if funds.time_elapsed.exact is not None else f"({passed})"
    gap = f"{spread_text(funds.absorption)} - {passed}."
    time: tuple[FieldRef, ...] = (
        *(("project", project.key, name) for name in ("start", "end_original", "end_current")),
        ("amendment", None, "new_end"),
    )
    return [
        _rate("payment-rate", funds.payment_rate, f"{paid} / {eu}. It runs ahead of cost.", (*_PAID, *_EU)),
        _rate("absorption", funds.absorption, f"{cost} / {total}.", (*_COST, *_TOTAL)),
        _rate("time-elapsed", funds.time_elapsed, dates, time),
        _rate("burn-gap", funds.burn_gap, gap, (*_COST, *_TOTAL, *time), "points"),
    ]  # fmt: skip


def _rate(figure_id: str, rate: Spread, how: str, fields: tuple[FieldRef, ...], unit: str = "share") -> Fact:
    name = indicator(figure_id).label
    if not rate.is_known:
        return Fact(name, NOT_KNOWN, (_sentence(rate.reason),))
    return Fact(name, spread_text(rate, unit), (literal(how),), fields)


def _forecasts(funds: ProjectFunds) -> list[Fact]:
    made = funds.forecast
    linear = NOT_KNOWN
    if made.low_cents is not None and made.high_cents is not None:
        between = f"{_whole(made.low_cents)} to {_whole(made.high_cents)}"
        linear = between if made.cents is None else f"{_whole(made.cents)} ({between})"
    own = format_eur(made.own_cents, NOT_REPORTED)
    linear_rests_on = () if linear == NOT_KNOWN else _COST
    own_rests_on = () if made.own_cents is None else _FORECAST
    return [
        Fact(indicator("forecast").label, linear, (literal(made.sentence),), linear_rests_on),
        Fact(indicator("forecast-own").label, own, (literal(made.own_sentence),), own_rests_on),
    ]


def _whole(cents: int) -> str:
    return format_eur(round(cents, -2))


def _receipts(funds: ProjectFunds) -> Fact:
    found = funds.reconciliation
    value = format_eur(found.received_cents, NOT_REPORTED)
    rests_on = () if found.received_cents is None else (*_RECEIVED, *_PAID)
    return Fact(indicator("received").label, value, (literal(found.sentence),), rests_on)
