"""Settings: what a unit sets for itself, each value with its default, its source, and who set it when."""

import streamlit as st

st.title("Settings")
