"""Partner: everything that is active in one partner, with its part of the money."""

import streamlit as st

st.title("Partner")
