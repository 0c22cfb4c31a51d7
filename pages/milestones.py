"""Milestones."""

import streamlit as st

st.title("Milestones")
