"""The money screen's panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from portfolio.indicators import indicator
from portfolio.partners import partners
from portfolio.services.funds.dimensions import OF_YEARS
from portfolio.services.funds.groups import Division
from portfolio.services.funds.portfolios import PortfolioFunds
from portfolio.ui import money_charts as charts
from portfolio.ui import money_divisions as divisions
from portfolio.ui import money_tables as tables
from portfolio.ui import money_words as words
from portfolio.ui.charts import horizontal_bars, show_chart, stacked_bars
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import render_figure_links, render_tiles
from portfolio.ui.links import open_project
from portfolio.ui.session import WidgetKey, session
from portfolio.ui.tables import download_csv, money_column, read_row, select_row, show_table, text_column
from portfolio.ui.texts import counted, literal, mid_sentence
from portfolio.ui.theme import current_theme

OPEN_A_ROW = "Tick a row to open its project; sort by a column's heading."


def render_standing(funds: PortfolioFunds) -> None:
    """Where the money stands: the sentence, the key figures and the ladder."""
    st.markdown(f"**{literal(words.headline(funds))}**")
    render_tiles(words.money_tiles(funds))
    if not words.is_known(funds):
        return
    st.header("From decision to cost")
    chart = horizontal_bars(charts.ladder_bars(funds), "From decision to cost", current_theme())
    columns = {
        "step": text_column("Step", width=170), "amount_eur": money_column("Amount"),
        "coverage": text_column("Coverage", width=190), "meaning": text_column("Formula", width=320),
    }  # fmt: skip
    show_chart(
        replace(chart, alt=charts.ladder_alt(funds)), charts.ladder_table(funds), columns, "money-ladder",
        unknown=words.NOT_KNOWN,
    )  # fmt: skip
    for said in (words.beside_sentences(funds), words.balance_sentences(funds)):
        _caption(" ".join(said))


def render_rates(funds: PortfolioFunds) -> None:
    """Every rate and balance by project, the widest burn gap first."""
    if not words.is_known(funds):
        return
    st.header("Rates by project")
    pooled = (("payment-rate", funds.payment_rate), ("absorption", funds.absorption))
    said = [
        f"{indicator(name).label}: {words.spread_text(row.rate)}, over the {row.known:,} of "
        f"{counted(row.of, 'project')} of which both amounts are known."
        for name, row in pooled
    ]
    st.markdown(literal(" ".join(said)))
    rows = sorted(funds.projects, key=lambda row: (row.burn_gap.low is None, row.burn_gap.low or 0))
    _render_projects(
        tables.rates_table(rows), tables.rates_columns(), [row.project.key for row in rows],
        WidgetKey.MONEY_TABLE, "money-rates",
    )  # fmt: skip
    _caption(words.off_budget_rows(funds))
    render_figure_links(("contracting-rate", "payment-rate", "absorption", "time-elapsed", "burn-gap"))


def _caption(text: str) -> None:
    if text:
        st.caption(literal(text))


def _render_projects(
    table: pd.DataFrame, columns: tables.Columns, keys: Sequence[str], key: WidgetKey, name: str
) -> None:
    """A table of which each row opens its project."""
    row = select_row(table, columns, alt=f"{name}: {len(table)} rows.", key=key, unknown=words.NOT_KNOWN)
    if row is not None:
        open_project(keys[row])
    with st.container(horizontal=True, vertical_alignment="center"):
        download_csv(table.assign(id=list(keys)), name)
        st.caption(OPEN_A_ROW)


def render_forecasts(funds: PortfolioFunds) -> None:
    """What cost will come to at the present end: linear with its range, and the implementers' own word."""
    st.header("Forecast of incurred cost")
    st.markdown(literal(words.forecast_sentence(funds)))
    rows = [row for row in funds.projects if row.status != "closed"]
    if any(row.money.incurred_cents is not None or row.forecast.own_cents is not None for row in rows):
        table = tables.forecasts_table(rows)
        made = [(row.project.acronym, row.forecast) for row in rows]
        read_row(
            table, tables.forecasts_columns(),
            [f"{name}: {found.sentence} {found.own_sentence or ''}" for name, found in made],
            "Choose a row to read how it was made.", alt=f"money-forecasts: {len(table)} rows.",
            key=WidgetKey.MONEY_FORECASTS, unknown=words.NOT_KNOWN,
        )  # fmt: skip
        download_csv(table.assign(id=[row.project.key for row in rows]), "money-forecasts")
        render_figure_links(("forecast", "forecast-own"))


def render_receipts(funds: PortfolioFunds) -> None:
    """Received beside paid."""
    st.header("Received beside paid")
    st.markdown(literal(words.reconciliation_sentence(funds)))
    found = [row.reconciliation for row in funds.projects]
    if all(row.received_cents is None and row.transferred_cents is None for row in found):
        return
    order = {"less": 0, "more": 0, "agrees": 1, "unknown": 2}
    rows = sorted(funds.projects, key=lambda row: order[row.reconciliation.agreement])
    _render_projects(
        tables.receipts_table(rows), tables.receipts_columns(), [row.project.key for row in rows],
        WidgetKey.MONEY_RECEIPTS, "money-receipts",
    )  # fmt: skip
    render_figure_links(("paid", "recovered", "received", "received-difference"))


def render_decisions(funds: PortfolioFunds) -> None:
    """The financing decisions with what is left to contract."""
    st.header("Decisions")
    if not funds.decisions:
        st.markdown(
            "No financing decision is on record for this choice, so nothing is known to be committed."
        )
        return
    table = tables.decisions_table(funds.decisions, funds.view.names)
    alt = f"Financing decisions: {len(table)}."
    show_table(table, tables.decisions_columns(), alt=alt, unknown=words.NOT_KNOWN, height="content")
    download_csv(table, "money-decisions")
    _caption(words.off_budget_decisions(funds))
    render_figure_links(("committed", "decommitted", "contracting-rate", "left-to-contract"))


def choose_division(funds: PortfolioFunds) -> tuple[Division, str]:
    """The dimension and the amount that the reader has chosen, kept in the address."""
    labels = {entry.id: entry.label for entry in funds.dimensions}
    by, what = st.columns(2)
    dimension = by.selectbox(
        "Divided by", list(labels), format_func=labels.__getitem__, key=WidgetKey.MONEY_BY,
        bind="query-params",
    )  # fmt: skip
    amount = what.selectbox(
        "Amount", list(divisions.SHOWN), format_func=lambda name: indicator(name).label,
        key=WidgetKey.MONEY_AMOUNT, bind="query-params", index=_first_known(funds),
    )  # fmt: skip
    return funds.divided_by(dimension), amount


def _first_known(funds: PortfolioFunds) -> int:
    """The place of the amount that is shown first: contracted, or what is known in its stead."""
    order = ("contracted", "contracted-total", "incurred", "total-budget", "eu-contribution")
    known = (name for name in order if funds.sums[name].cents is not None)
    return divisions.SHOWN.index(next(known, "contracted"))


def render_division(funds: PortfolioFunds) -> None:
    """Every amount by a dimension of the reader's choice, with the sum that equals the portfolio."""
    st.header("Where the money goes")
    division, amount = choose_division(funds)
    table, empty = divisions.division_table(division, funds.view.names), divisions.unknown_word(division)
    name = f"money-by-{division.dimension.id}"
    if amount in divisions.shown_amounts(division):
        bars = charts.division_bars(division, amount)
        subject = f"{indicator(amount).label} by {mid_sentence(division.dimension.label)}"
        chart = horizontal_bars(bars, subject, current_theme())
        columns = {"member": text_column(division.dimension.label), amount: money_column("Amount")}
        show_chart(chart, table, columns, f"{name}-{amount}", unknown=empty)
        st.markdown(literal(words.division_sentence(division, amount)))
    else:
        st.markdown(literal(_not_divided(division, amount)))
    show_table(
        table, divisions.division_columns(division, table), alt=f"Every amount, {name}.",
        unknown=empty, height="content",
    )  # fmt: skip
    download_csv(table, name)
    _caption(divisions.adding_sentence(division))
    unknown = [mid_sentence(indicator(entry).label) for entry in divisions.unknown_amounts(division)]
    if unknown:
        st.caption(literal(f"Not known for any project of this choice: {'; '.join(unknown)}."))
    if division.dimension.id == "partner":
        render_designations(funds.view.portfolio, codes=partners())


def _not_divided(division: Division, amount: str) -> str:
    by = mid_sentence(division.dimension.label)
    if amount in words.OF_DECISIONS:
        return f"Committed is not divided by {by}: a commitment belongs to its decision, never to a project."
    return f"{indicator(amount).label} has no date, so it is not divided by {by}."


def render_years(funds: PortfolioFunds) -> None:
    """One amount by year, in its parts by focus."""
    st.header("Year by year")
    chosen = session.text(WidgetKey.MONEY_AMOUNT)
    amount = chosen if chosen in OF_YEARS else "paid"
    years = funds.by_year(amount)
    st.caption(words.BY_YEAR)
    alt = charts.years_alt(years, amount)
    if not years:
        st.markdown(literal(alt))
        return
    chart = stacked_bars(charts.year_segments(years), alt, current_theme())
    labels = charts.focus_labels() | {"sum": "Sum"}
    columns = {"year": text_column("Year")} | {name: money_column(label) for name, label in labels.items()}
    show_chart(
        replace(chart, alt=alt), charts.years_table(years), columns, f"money-years-{amount}",
        unknown=words.NOTHING_ON_RECORD,
    )  # fmt: skip
