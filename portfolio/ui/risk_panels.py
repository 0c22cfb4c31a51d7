"""The risks screen's panels: the heat map, the register, stale reviews, and who has recorded no risk."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from portfolio.dates import date_label
from portfolio.model.rows import ProjectRow
from portfolio.services.health.portfolios import load_health
from portfolio.services.risks.registers import RegisteredRisk, load_register
from portfolio.services.standings import load_standings
from portfolio.services.thresholds import threshold
from portfolio.services.views import PortfolioView
from portfolio.ui import risks as words
from portfolio.ui.cached import ask
from portfolio.ui.charts import CONFIG, Bar, horizontal_bars, show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import Tile
from portfolio.ui.figure_links import render_tiles as render_linked_tiles
from portfolio.ui.health import in_colour
from portfolio.ui.links import project_link
from portfolio.ui.matrices import clicked_cell, heat_matrix
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.tables import count_column, download_csv, show_table, text_column
from portfolio.ui.texts import counted, literal
from portfolio.ui.theme import current_theme

NOT_KNOWN = "not known"
_MAP_HEIGHT = 200


@dataclass(frozen=True)
class RiskScreen:
    """The open risks of the chosen projects, and the running ones of which none is recorded."""

    shown: PortfolioView
    rows: tuple[RegisteredRisk, ...]
    running: tuple[ProjectRow, ...]
    without: tuple[ProjectRow, ...]


def screen_of(shown: PortfolioView) -> RiskScreen:
    """The risk register of the chosen projects."""
    person, as_of = current_person(), shown.as_of
    keys = {project.key for project in shown.projects}
    standings, health = ask(load_standings, person, as_of=as_of), ask(load_health, person, as_of=as_of)
    running = tuple(project for project in shown.projects if health[project.key].is_running)
    rows = tuple(row for row in ask(load_register, person, as_of=as_of) if row.risk.project_key in keys)
    return RiskScreen(
        shown, rows, running, tuple(project for project in running if not standings[project.key].risks)
    )


def render_answer(found: RiskScreen) -> None:
    """How many risks are open, high, rising and stale."""
    text = words.headline(found.rows, len(found.running), len(found.without))
    st.markdown(f"**{literal(text)}**")
    never = words.never_sentence(found.rows)
    stale = f"from {threshold('risk-red-unreviewed')} days on"
    nothing = not found.rows and bool(found.without)
    values = (
        len(found.rows), sum(row.is_high for row in found.rows), sum(row.is_stale for row in found.rows),
    )  # fmt: skip
    holding = len({row.risk.project_key for row in found.rows})
    figures = (
        ("risks-open", f"in {holding} of {counted(len(found.shown.projects), 'project')}"),
        ("risks-high", f"a score from {threshold('risk-red')} on"),
        ("risks-stale", stale),
    )
    tiles = [
        Tile(figure_id, NOT_KNOWN if nothing else str(value), "none recorded" if nothing else note)
        for (figure_id, note), value in zip(figures, values, strict=True)
    ]
    render_linked_tiles(tiles, columns=3)
    if never:
        st.caption(literal(never))


def choose_cell() -> None:
    """Nothing; the cell that was clicked becomes the chosen one. A callback of the heat map."""
    cell = clicked_cell(WidgetKey.RISK_MATRIX)
    if cell is not None:
        likelihood, impact = cell
        session.remember(WidgetKey.RISK_LIKELIHOOD, likelihood)
        session.remember(WidgetKey.RISK_IMPACT, impact)


def render_heat_map(found: RiskScreen) -> None:
    """Likelihood by impact; a click opens the risks of a cell."""
    if not found.rows:
        return
    st.header("Likelihood and impact")
    high, red = sum(row.is_high for row in found.rows), threshold("risk-red")
    alt = f"Open risks by likelihood and impact: {high} of {len(found.rows)} score {red} or more."
    cells = words.heat_cells(found.rows, found.shown.names)
    chart = heat_matrix(words.LIKELIHOODS, words.IMPACTS, cells, alt, current_theme())
    # Five short names need no room to stand upright in.
    chart.figure.update_xaxes(tickangle=0)
    chart.figure.update_layout(height=_MAP_HEIGHT, margin={"t": 26})
    st.plotly_chart(
        chart.figure, theme=None, config=CONFIG, alt=chart.alt, key=WidgetKey.RISK_MATRIX,
        on_select=choose_cell, selection_mode="points",
    )  # fmt: skip
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        st.caption(
            "The number of open risks in each cell. The stronger the colour, the higher the score: amber "
            f"from {threshold('risk-amber')}, red from {red}. Choose a cell to see its risks.",
            width="stretch",
        )
        with st.popover(
            "Table", icon=":material/table_rows:", type="tertiary", key=keyed(WidgetKey.TABLE, "risk-map")
        ):
            table = words.heat_table(found.rows)
            show_table(table, words.heat_columns(), alt=alt)
            download_csv(table, "risk-map")


def chosen_rows(found: RiskScreen) -> tuple[RegisteredRisk, ...]:
    """The risks of the chosen cell, row or column; all of them where nothing is chosen."""
    if not found.rows:
        return ()
    left, right = st.columns(2)
    likelihood = left.selectbox(
        "Likelihood", list(words.LIKELIHOODS), index=None, key=WidgetKey.RISK_LIKELIHOOD,
        bind="query-params", placeholder="Choose here or in the map",
    )  # fmt: skip
    impact = right.selectbox(
        "Impact", list(words.IMPACTS), index=None, key=WidgetKey.RISK_IMPACT,
        bind="query-params", placeholder="Choose here or in the map",
    )  # fmt: skip
    return tuple(
        row
        for row in found.rows
        if likelihood in (None, str(row.risk.likelihood)) and impact in (None, str(row.risk.impact))
    )


def render_register(found: RiskScreen, rows: tuple[RegisteredRisk, ...]) -> None:
    """The chosen risks as a table, with their projects as links."""
    st.header("Register")
    if not rows:
        st.markdown("No open risk is in this cell." if found.rows else "No open risk is recorded.")
        return
    table = words.register_table(rows, found.shown.names)
    alt = f"{counted(len(rows), 'open risk')} of {len(found.rows)}, the highest score first"
    show_table(
        in_colour(table, ("colour",)), words.register_columns(current_theme()), alt=alt, height="content"
        if len(rows) <= 40 else 620,
    )  # fmt: skip
    projects = {project.key: project for project in found.shown.projects}
    keys = list(dict.fromkeys(row.risk.project_key for row in rows))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(f"{counted(len(rows), 'risk')} in {counted(len(keys), 'project')}.", width="content")
        for key in keys:
            project_link(projects[key])
        download_csv(table, "risks")


def render_trends(found: RiskScreen) -> None:
    """How many risks rise and fall against the rating before."""
    if not found.rows:
        return
    st.header("Trend")
    table = words.trend_table(found.rows)
    counts = table.set_index("trend")["risks"].to_dict()
    bars = [Bar(str(trend).capitalize(), number, str(number)) for trend, number in counts.items()]
    chart = horizontal_bars(bars, "Open risks by trend", current_theme(), highlight="Rising")
    columns = {
        "trend": text_column("Trend"),
        "risks": count_column("Open risks"),
        "high": count_column("Of which high"),
    }
    show_chart(chart, table, columns, "risk-trends")
    st.caption("Against the rating before: the dated reviews, and what reports and forms have replaced.")


def render_without(found: RiskScreen) -> None:
    """The running projects of which no risk is recorded: not known, and not without risk."""
    if not found.without:
        return
    st.header("No risk recorded")
    st.caption("Not known is not the same as without risk: health is grey there.")
    with st.container(horizontal=True, gap="small"):
        for project in found.without:
            project_link(project)


def render_notes(found: RiskScreen) -> None:
    """Date and revision, and the designations that the texts call for."""
    texts = [f"{row.risk.title} {row.risk.response} {row.risk.owner}" for row in found.rows]
    render_designations(found.shown.portfolio, texts=texts, codes=found.shown.chosen.partners)
    day = date_label(found.shown.as_of.isoformat())
    st.caption(f"As at {day}, revision {found.shown.portfolio.revision}.")
