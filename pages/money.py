"""Money: from decision to cost, what is left, how fast it goes, what it will come to, and where it goes."""

import streamlit as st

from portfolio.services.funds.portfolios import portfolio_funds
from portfolio.ui import money_panels as panels
from portfolio.ui.cached import ask, current_as_of
from portfolio.ui.filters import current_filter, current_view, render_nothing_chosen
from portfolio.ui.money_words import stamp
from portfolio.ui.session import current_person

st.title("Money")
if not render_nothing_chosen(current_view()):
    funds = ask(portfolio_funds, current_person(), chosen=current_filter(), as_of=current_as_of())
    panels.render_standing(funds)
    panels.render_rates(funds)
    panels.render_forecasts(funds)
    panels.render_receipts(funds)
    panels.render_division(funds)
    panels.render_years(funds)
    panels.render_decisions(funds)
    st.caption(stamp(funds))
