"""The designation texts, on every screen that names Kosovo* or Palestine*."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from portfolio.model.rows import PortfolioRow
from portfolio.partners import footnotes, footnotes_for_text
from portfolio.ui.texts import literal


def designation_lines(
    profile: str, *, texts: Iterable[str] = (), codes: Iterable[str] = ()
) -> tuple[str, ...]:
    """The lines that these texts and partners call for, each once, in a profile's wording."""
    return tuple(dict.fromkeys((*footnotes(codes, profile), *footnotes_for_text(texts, profile))))


def render_designations(
    portfolio: PortfolioRow, *, texts: Iterable[str] = (), codes: Iterable[str] = ()
) -> None:
    """The lines as small print, in the profile of the portfolio."""
    for line in designation_lines(portfolio.institution_profile, texts=texts, codes=codes):
        st.caption(literal(line))
