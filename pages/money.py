"""Money: from decision to cost, what is left, how fast it goes, what it will come to, and where it goes."""

import streamlit as st

from portfolio.services.funds.portfolios import fund_rows, funds_of
from portfolio.ui import money_panels as panels
from portfolio.ui.cached import ask
from portfolio.ui.filters import current_view, render_nothing_chosen
from portfolio.ui.freshness import render_freshness
from portfolio.ui.money_words import stamp
from portfolio.ui.session import current_person

st.title("Money")
shown = current_view()
if not render_nothing_chosen(shown):
    rows = ask(fund_rows, current_person(), as_of=shown.as_of)
    funds = funds_of(shown, rows.costs, rows.years)
    panels.render_standing(funds)
    render_freshness(shown)
    panels.render_rates(funds)
    panels.render_forecasts(funds)
    panels.render_receipts(funds)
    panels.render_division(funds)
    panels.render_years(funds)
    panels.render_decisions(funds)
    st.caption(stamp(funds))
