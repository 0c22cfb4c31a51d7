"""The map screen's panels: the map, its table, how the numbers add up, and one partner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from portfolio.indicators import CONTEXT, CONTEXT_SENTENCE, NOT_ADDITIVE, indicators
from portfolio.partners import designation_text, footnotes, partner_name, region_name, regions
from portfolio.services.geography import PlaceFigures
from portfolio.services.measures import Measure, place_sums
from portfolio.services.places import partner_projects
from portfolio.services.profiles import partner_context
from portfolio.services.views import PortfolioView
from portfolio.ui import places as parts
from portfolio.ui.cached import ask
from portfolio.ui.charts import horizontal_bars, show_chart
from portfolio.ui.contexts import context_lines, known_sentence
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.links import partner_link, project_link
from portfolio.ui.maps import DARK, LIGHT, map_config, partner_map
from portfolio.ui.session import WidgetKey, current_person, session
from portfolio.ui.tables import download_csv, show_table, text_column
from portfolio.ui.texts import literal
from portfolio.ui.theme import current_theme

Places = tuple[PlaceFigures, ...]
ALL_REGIONS = "all"
# What the map and its sums are made of, and what is said of one partner, as figures that open.
PARTNER_FIGURES = ("projects-active", "projects-running", "budget-split", "eu-split", "suspended")
FIGURES = (*PARTNER_FIGURES, "regional-not-split", "outside", "total-budget", "eu-contribution", "status")


def zoom_labels() -> dict[str, str]:
    """Label by id of what the map zooms to."""
    return {ALL_REGIONS: "All three regions", **{region: region_name(region) for region in regions()}}


def partner_codes(places: Places) -> list[str]:
    """The partners of the three regions in their printed order, without the two buckets."""
    return [place.code for place in places if place.code not in parts.BUCKETS]


def choose_clicked() -> None:
    """Nothing; the partner that was clicked on the map becomes the chosen one. A callback of the map."""
    state: Mapping[str, Any] = session.value(WidgetKey.MAP, {})
    points = state.get("selection", {}).get("points", [])
    clicked = next((point["location"] for point in points if "location" in point), None)
    if clicked is not None:
        session.remember(WidgetKey.PLACE, clicked)


def render_map(
    shown: PortfolioView, places: Places, chosen: Measure, zoom: str, selected: str | None
) -> None:
    """The map, with designations and disclaimer inside the picture; a click chooses a partner."""
    profile = shown.portfolio.institution_profile
    fictional = ["Demonstration portfolio: fictional."] if shown.is_demo else []
    figure = partner_map(
        parts.partner_values(places, chosen, shown.names),
        measure=chosen.indicator.label,
        unit="EUR million" if chosen.is_money else "",
        notes=[*fictional, *footnotes(partner_codes(places), profile), designation_text("map", profile)],
        region=zoom,
        colours=DARK if current_theme().name == "dark" else LIGHT,
        decimals=1 if chosen.is_money else 0,
        width_px=350,
        selected=selected,
    )
    st.plotly_chart(
        figure, theme=None, config=map_config(), alt=parts.map_alt(places, chosen), key=WidgetKey.MAP,
        on_select=choose_clicked, selection_mode="points",
    )  # fmt: skip
    st.caption(parts.map_alt(places, chosen))


def render_table(shown: PortfolioView, places: Places, chosen: Measure) -> None:
    """The numbers of the map, every partner and the two buckets."""
    table = parts.places_table(places, chosen, shown.names)
    alt = f"The numbers of the map. {parts.map_alt(places, chosen)}"
    show_table(table, parts.places_columns(chosen, table), alt=alt, height="content")
    download_csv(table.rename(columns=parts.download_names(chosen)), f"map-{chosen.id}")


def render_sums(shown: PortfolioView, places: Places, chosen: Measure) -> None:
    """What is not on the map, and how everything adds up."""
    st.header("How it adds up" if chosen.is_money else "Not on the map")
    sums = place_sums(shown.projects, places, chosen) if chosen.is_money else None
    bars = parts.bucket_bars(places, chosen, sums)
    chart = horizontal_bars(bars, f"{chosen.indicator.label}, not on the map", current_theme())
    if sums is not None:
        chart = replace(chart, alt=parts.sum_sentence(sums))
    columns = {"where": text_column("Where"), "value": text_column(chosen.indicator.label)}
    show_chart(chart, parts.bars_table(bars), columns, f"beside-the-map-{chosen.id}")
    if sums is None:
        st.caption(NOT_ADDITIVE)
    render_figure_links(FIGURES)


def render_partner(shown: PortfolioView, code: str | None) -> None:
    """The chosen partner's projects and its context indicators, missing values said."""
    if code is None:
        st.caption("Choose a partner above or on the map to see its projects and its context indicators.")
        return
    st.header(partner_name(code))
    partner_link(code, f"Everything active in {partner_name(code)}")
    rows = partner_projects(shown.projects, code, shown.as_of)
    if not rows:
        st.markdown("No project of this choice is active here. Clear a filter to see others.")
    for row in rows:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            project_link(row.project, width=190)
            st.caption(literal(parts.project_line(row)))
    render_figure_links(PARTNER_FIGURES, partner=code)
    _render_context(code)


def _render_context(code: str) -> None:
    rows = ask(partner_context, current_person(), code)
    st.markdown(f"**Context indicators.** {known_sentence(rows)} {CONTEXT_SENTENCE}")
    with st.grid(2, min_column_width=260, gap="small"):
        for line in context_lines(rows):
            st.markdown(line)
    render_figure_links([entry.id for entry in indicators() if entry.group == CONTEXT], partner=code)
