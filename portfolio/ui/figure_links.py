"""Figures that can be opened: tiles whose names lead to what they are made of, and a line of such links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from portfolio.indicators import indicator, indicators
from portfolio.services.figures.registry import builders
from portfolio.settings import ROOT
from portfolio.ui.session import WidgetKey
from portfolio.ui.texts import literal

FIGURE_PAGE = ROOT / "pages" / "figure.py"
# Screens whose title is not the name of their file, by which the register calls them.
_TITLES = {"Changes": "What changed"}


def screen_title(name: str) -> str:
    """The title of a screen by its name in the register of figures."""
    return _TITLES.get(name, name)


@dataclass(frozen=True)
class Tile:
    """One key figure by its registered id: its value, and what has to be said of it.

    `label` stands in place of the registered one where a screen needs a narrower word.
    """

    figure_id: str
    value: str
    note: str = ""
    label: str | None = None

    @property
    def name(self) -> str:
        """Its name, with the unit where it is an amount."""
        if self.label is not None:
            return self.label
        entry = indicator(self.figure_id)
        return f"{entry.label} (EUR)" if entry.unit == "EUR" else entry.label


def render_tiles(
    tiles: Iterable[Tile],
    *,
    project_key: str | None = None,
    partner: str | None = None,
    columns: int = 4,
    min_column_width: int = 158,
) -> None:
    """Key figures side by side, wrapping where there is no room; each name opens its figure."""
    with st.grid(columns, min_column_width=min_column_width, gap="small"):
        for tile in tiles:
            with st.container(gap=None):
                figure_link(
                    tile.figure_id, literal(tile.name), project_key=project_key, partner=partner, small=True
                )
                st.metric(
                    tile.name, tile.value, tile.note or None, delta_color="off", delta_arrow="off",
                    label_visibility="collapsed",
                )  # fmt: skip


def figure_link(
    figure_id: str,
    label: str | None = None,
    *,
    project_key: str | None = None,
    partner: str | None = None,
    small: bool = False,
) -> None:
    """The name of a figure as a link to what it is made of; its definition stands in the tip."""
    entry = indicator(figure_id)
    name = label or entry.label
    st.page_link(
        FIGURE_PAGE,
        label=f":small[:blue[{name}]]" if small else name,
        help=literal(entry.definition),
        query_params=figure_address(figure_id, project_key, partner),
        width="content",
    )


def figure_address(
    figure_id: str, project_key: str | None = None, partner: str | None = None
) -> dict[str, str]:
    """The parameters of a figure's address: of the chosen projects, of one project or of one partner."""
    asked = {
        WidgetKey.FIGURE: figure_id, WidgetKey.PROJECT: project_key, WidgetKey.FIGURE_PARTNER: partner,
    }  # fmt: skip
    return {str(key): value for key, value in asked.items() if value is not None}


def render_figure_links(
    figure_ids: Iterable[str], project_key: str | None = None, partner: str | None = None
) -> None:
    """One line under a table or a chart: the figures in it, each of which opens."""
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
        st.caption("Open:", width="content")
        for figure_id in dict.fromkeys(figure_ids):
            figure_link(figure_id, project_key=project_key, partner=partner, small=True)


def render_screen_figures(page: str) -> None:
    """Every registered figure that stands on a screen, folded below it: whatever is shown can be opened.

    Of a project's screen the figures are the project's, of a partner's the partner's.
    """
    found = [entry for entry in indicators() if page.capitalize() in entry.shown and entry.id in builders()]
    if not found:
        return
    project = st.query_params.get(WidgetKey.PROJECT) if page == "project" else None
    partner = st.query_params.get(WidgetKey.PARTNER_SHOWN) if page == "partner" else None
    with st.expander(f"Figures on this screen ({len(found)})", icon=":material/function:"):
        for group in dict.fromkeys(entry.group for entry in found):
            st.caption(group)
            with st.container(horizontal=True, gap="xxsmall"):
                for entry in found:
                    if entry.group == group:
                        figure_link(entry.id, project_key=project, partner=partner, small=True)
