"""The library of common indicators: what each counts, its published code and its source."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from portfolio.numbers import counted
from portfolio.services.results.totals import LIBRARY
from portfolio.ui.tables import download_csv, link_column, show_table, text_column
from portfolio.ui.texts import is_web
from portfolio.vocabulary import Term, label, terms


def published_code(code: str | None) -> str | None:
    """The code that a public list prints for an entry of the library; None where none does."""
    found = [entry.get("published_code") for entry in terms(LIBRARY) if entry.code == code]
    return found[0] or None if found else None


def library_table() -> pd.DataFrame:
    """One row per entry of the library, in its order; an address where the source is a page."""
    entries = terms(LIBRARY)
    return pd.DataFrame(
        {
            "name": [entry.label for entry in entries],
            "code": [entry.get("published_code") or None for entry in entries],
            "level": [label("indicator_level", entry.get("level")) for entry in entries],
            "unit": [entry.get("unit") or "in words" for entry in entries],
            "aggregation": [label("aggregation", entry.get("aggregation")) for entry in entries],
            "publisher": [entry.get("publisher") for entry in entries],
            "status": [entry.get("status") for entry in entries],
            "source": [_address(entry) for entry in entries],
            "description": [entry.description for entry in entries],
        }
    )


def _address(entry: Term) -> str | None:
    return entry.get("source") if is_web(entry.get("source")) else None


def render_library() -> None:
    """The library with its sources, and what a code and a status mean."""
    table = library_table()
    coded = int(table["code"].notna().sum())
    number = counted(len(table), "common indicator")
    st.markdown(
        f"{number} to choose from in the form of a project, {coded} with the code of a public list. "
        "Indicators taken from one entry are added up across projects where they may be. A code stands only "
        "where its list was found to print it; our own entries are to be confirmed."
    )
    columns = {
        "name": text_column("Indicator", width=310, pinned=True),
        "code": text_column("Published code", width=130),
        "source": link_column("Source", "open"),
        "level": text_column("Level", width=80),
        "unit": text_column("Unit", width=100),
        "aggregation": text_column("Added up", width=130),
        "publisher": text_column("List", width=230),
        "status": text_column("Status", width=120),
        "description": text_column("What it counts", width=500),
    }
    alt = f"Indicator library: {counted(len(table), 'entry', 'entries')}, {coded} with a published code."
    show_table(table, columns, alt=alt, unknown="none printed", height="content")
    download_csv(table, "indicator-library")
