"""The project screen's panels."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from portfolio.dates import date_label
from portfolio.model.changes import RecordId
from portfolio.model.rows import FigureRow
from portfolio.money import format_eur
from portfolio.services.costs import cost_by_period
from portfolio.services.histories import change_sets
from portfolio.services.milestones import MilestoneState, milestone_counts
from portfolio.services.profiles import ProjectProfile
from portfolio.services.schedules import schedule, standing_sentence
from portfolio.services.signals import Signal
from portfolio.services.views import PortfolioView
from portfolio.ui import profiles as words
from portfolio.ui import record_tables as tables
from portfolio.ui.cached import ask
from portfolio.ui.charts import CONFIG, Bar, horizontal_bars, show_chart
from portfolio.ui.designations import render_designations
from portfolio.ui.evidence import facts_summary, project_facts
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.figure_links import render_tiles as render_tiles_of_figures
from portfolio.ui.milestone_charts import milestone_chart
from portfolio.ui.origins import OPEN_A_NAME, project_origins, with_origins
from portfolio.ui.origins import render_facts as render_facts_of
from portfolio.ui.project_funds import render_project_funds
from portfolio.ui.schedules import milestone_columns, milestone_marks, milestones_table
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.signals import marked
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import counted, literal
from portfolio.ui.theme import current_theme

# What stands on the screen, panel by panel, as figures that open.
FACT_FIGURES = (
    "original-end", "focus", "instrument", "pillars", "partly-cyber", "other-contributions", "basis",
)  # fmt: skip
MONEY_FIGURES = ("committed", "contracted", "contracted-total", "paid", "pre-financing", "incurred")
MILESTONE_FIGURES = ("milestones", "late-days", "slip-days", "milestones-context")


def render_tiles(profile: ProjectProfile, shown: PortfolioView) -> None:
    """Status, end and money at a glance."""
    render_tiles_of_figures(words.profile_tiles(profile, shown), project_key=profile.project.key)


def render_signals(signals: Sequence[Signal]) -> None:
    """What needs attention in this project."""
    for signal in signals:
        if signal.severity != "info":
            mark = marked(signal.severity)
            st.markdown(f"{mark} **{literal(signal.title)}.** {literal(signal.sentence)}")


def render_description(profile: ProjectProfile) -> None:
    """What the project does, and how it is classified."""
    st.header("What it does")
    st.markdown(literal(profile.project.summary or "No description is recorded."))
    if profile.components:
        st.markdown("\n".join(f"- {literal(text)}" for text in profile.components))
    render_facts_of(words.details(profile), profile.project.key)
    missing = words.missing_details(profile)
    if missing:
        st.caption(missing)


def render_facts(profile: ProjectProfile) -> None:
    """The recorded values, each with its basis, its source and what other sources say."""
    st.header("Recorded values and their sources")
    facts = project_facts(profile)
    summary = facts_summary(facts)
    st.caption(" ".join(text for text in (OPEN_A_NAME, summary) if text))
    render_facts_of(facts, profile.project.key)
    render_figure_links(FACT_FIGURES, profile.project.key)


def render_money(profile: ProjectProfile, shown: PortfolioView) -> None:
    """Committed, contracted, paid and incurred, with the records behind them."""
    st.header("Money")
    render_facts_of(words.money_ladder(profile, shown), profile.project.key)
    render_figure_links(MONEY_FIGURES, profile.project.key)
    render_project_funds(profile.project, shown)
    if profile.contracts:
        records = [("contract", row.key) for row in profile.contracts]
        _render_table("Contracts", tables.contracts_table(profile), profile, records=records)
    if profile.amendments:
        records = [("amendment", row.key) for row in profile.amendments]
        _render_table("Amendments", tables.amendments_table(profile), profile, "unchanged", records=records)
    if profile.payments:
        records = [("payment", row.key) for row in profile.payments]
        _render_table("Payments", tables.payments_table(profile), profile, records=records)
    _render_incurred(profile)
    if profile.later:
        day = date_label(shown.as_of.isoformat())
        st.caption(f"Left out, because it is of a later day than {day}: {', '.join(profile.later)}.")


def _render_incurred(profile: ProjectProfile) -> None:
    periods = cost_by_period(profile.incurred)
    if not periods:
        return
    st.markdown("**Incurred cost by half-year**")
    bars = [Bar(cost.period, cost.amount_cents, format_eur(cost.amount_cents)) for cost in periods]
    table = tables.incurred_table(profile.incurred, periods)
    of_periods = [
        [("incurred_cost", row.key) for row in profile.incurred if row.period == cost.period]
        for cost in periods
    ]
    texts = project_origins(profile.project.key).group_texts(of_periods)
    show_chart(
        horizontal_bars(bars, "Incurred cost by half-year", current_theme()),
        *with_origins(table.rows, table.columns, texts),
        f"{profile.project.key}-{table.name}",
        unknown=words.NOT_REPORTED,
    )


def _render_table(
    heading: str,
    table: tables.RecordTable,
    profile: ProjectProfile,
    unknown: str = "not stated",
    *,
    records: Sequence[RecordId] | None = None,
) -> None:
    """The table with its download; with the origin of each row where `records` says what the rows are."""
    rows, columns = table.rows, table.columns
    if records is not None:
        rows, columns = with_origins(rows, columns, project_origins(profile.project.key).texts(records))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{heading}**", width="content")
        download_csv(rows, f"{profile.project.key}-{table.name}")
    alt = f"{heading} of {profile.project.acronym}: {len(rows)}."
    show_table(rows, columns, alt=alt, unknown=unknown, height="content")


def render_partners(profile: ProjectProfile) -> None:
    """The partners with their shares, and the organisations with their roles."""
    st.header("Partners and implementers")
    st.markdown(literal(words.split_sentence(profile)))
    if profile.project.participations:
        _render_table("Partners", tables.partners_table(profile), profile)
    if profile.project.roles:
        _render_table("Organisations", tables.organisations_table(profile), profile)
    else:
        st.markdown("No implementer is recorded.")
    render_figure_links(("budget-split", "eu-split", "suspended"), profile.project.key)


def render_milestones(profile: ProjectProfile, shown: PortfolioView) -> None:
    """The milestones along time and as a list; context and cancelled ones apart."""
    st.header("Milestones")
    found = schedule(profile.milestones)
    if not found.counted:
        st.markdown("No milestone is recorded.")
    else:
        counts = milestone_counts(profile.milestones, shown.as_of)
        st.markdown(literal(standing_sentence(found, counts)))
        _render_milestone_chart(profile, shown, found.counted)
        _render_milestones("Milestones", "milestones", profile, found.counted)
    if found.cancelled:
        _render_milestones("Cancelled, not counted", "cancelled-milestones", profile, found.cancelled)
    if found.context:
        _render_milestones("Context, not counted", "context", profile, found.context)
    render_figure_links(MILESTONE_FIGURES, profile.project.key)


def _render_milestone_chart(
    profile: ProjectProfile, shown: PortfolioView, states: Sequence[MilestoneState]
) -> None:
    ordered = sorted(states, key=lambda state: state.milestone.key)
    names = profile.project.key
    marks = [mark for state in ordered for mark in milestone_marks([state], {names: state.milestone.title})]
    if not marks:
        return
    subject = f"Milestones of {profile.project.acronym}"
    chart = milestone_chart(marks, subject, current_theme(), shown.as_of)
    name = keyed(WidgetKey.CHART, "project-milestones")
    st.plotly_chart(chart.figure, theme=None, config=CONFIG, alt=chart.alt, key=name)
    st.caption(literal(chart.alt))


def _render_milestones(
    heading: str, name: str, profile: ProjectProfile, states: Sequence[MilestoneState]
) -> None:
    rows = milestones_table(
        states, {profile.project.key: profile.project.acronym}, tables.milestone_addresses(profile, states)
    ).drop(columns="project")
    columns = {
        key: config for key, config in milestone_columns(rows.assign(project="")).items() if key in rows
    }
    records = [("milestone", state.milestone.key) for state in states]
    table = tables.RecordTable(name, rows, columns)
    _render_table(heading, table, profile, words.NOT_KNOWN, records=records)


def render_figures(profile: ProjectProfile) -> None:
    """Published figures: results alone are results; targets and inputs stand apart."""
    st.header("Published figures")
    results = [row for row in profile.figures if row.nature == "result"]
    others = [row for row in profile.figures if row.nature != "result"]
    if not profile.figures:
        st.markdown("No figure about this project is on record.")
    _render_figures("Results, as published", "results", profile, results)
    _render_figures("Targets and inputs, which are not results", "targets-and-inputs", profile, others)
    render_figure_links(("published-figures", "sources"), profile.project.key)


def _render_figures(heading: str, name: str, profile: ProjectProfile, rows: Sequence[FigureRow]) -> None:
    if rows:
        records = [("published_figure", row.key) for row in rows]
        _render_table(heading, tables.figures_table(profile, rows, name), profile, records=records)


def render_sources(profile: ProjectProfile) -> None:
    """The data note, every source, and the change sets that brought the data here."""
    st.header("Sources and data note")
    if profile.project.data_note:
        st.markdown(literal(profile.project.data_note))
    if profile.project.confidence:
        st.caption(f"Confidence in the data: {literal(profile.project.confidence)}.")
    if profile.sources:
        _render_table(f"{counted(len(profile.sources), 'source')}", tables.sources_table(profile), profile)
    for row in ask(change_sets, current_person(), project_key=profile.project.key):
        files = f", from {', '.join(row.files)}" if row.files else ""
        st.caption(
            literal(f"Change set {row.id}, {date_label(row.at[:10])}, by {row.by}: {row.reason}{files}.")
        )


def render_project_designations(profile: ProjectProfile, shown: PortfolioView) -> None:
    """The designations that the project's partners and texts call for."""
    project = profile.project
    texts = [project.title, project.summary or "", project.data_note or ""]
    texts += [state.milestone.title for state in profile.milestones]
    texts += [row.text for row in profile.figures]
    texts += [f"{row.title} {row.supports}" for row in profile.sources]
    codes = (*project.partner_codes, *shown.chosen.partners)
    render_designations(shown.portfolio, texts=texts, codes=codes)
