"""Project."""

import streamlit as st

st.title("Project")
