"""The figure screen's panels: what a figure means, its numbers, its lines and what each line rests on."""

from __future__ import annotations

import streamlit as st

from portfolio.dates import date_label
from portfolio.indicators import GROUPS, Indicator, indicators
from portfolio.partners import partner_name, partners
from portfolio.services.figures.breakdowns import Breakdown, Line
from portfolio.services.figures.openings import OpenedFigure, every_breakdown, open_figure
from portfolio.services.figures.registry import builders
from portfolio.services.figures.values import arithmetic_of
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui import figure_words as words
from portfolio.ui.cached import ask, current_as_of
from portfolio.ui.designations import render_designations
from portfolio.ui.evidence import evidence_line
from portfolio.ui.figure_links import figure_link, screen_title
from portfolio.ui.filters import current_filter
from portfolio.ui.links import history_link, project_link
from portfolio.ui.origins import origin_lines
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.tables import download_csv, select_row, show_table
from portfolio.ui.texts import literal

_WHOLE = ""


def asked_figure() -> Indicator | None:
    """The figure that the address names; None if it names none, or one that is not registered."""
    asked = st.query_params.get(WidgetKey.FIGURE)
    return next((entry for entry in indicators() if entry.id == asked), None)


def asked_partner() -> str | None:
    """The partner that the address names, if it is one."""
    asked = st.query_params.get(WidgetKey.FIGURE_PARTNER)
    return asked if asked in partners() else None


def render_choices(shown: PortfolioView, figure: Indicator | None) -> str | None:
    """The lists to choose another figure and another subject from; the key of the project that is chosen."""
    asked = st.query_params.get(WidgetKey.FIGURE)
    if asked and figure is None:
        st.warning(f"There is no figure '{literal(asked[:60])}'. Choose one from the list.")
    known = {row.key: row for row in shown.everything}
    key = st.query_params.get(WidgetKey.PROJECT, _WHOLE)
    if key not in known and key:
        st.warning(f"There is no project '{literal(key[:60])}' here. The figure is of the chosen projects.")
        key = _WHOLE
    _tell_address(figure, key)
    with st.container(horizontal=True, gap="small"):
        _render_figure_choice(figure)
        session.remember(WidgetKey.FIGURE_SUBJECT, key)
        st.selectbox(
            "Of", [_WHOLE, *known], key=WidgetKey.FIGURE_SUBJECT, on_change=_follow_subject, width=320,
            format_func=lambda code: known[code].acronym if code else "The chosen projects",
        )  # fmt: skip
    return key or None


def _tell_address(figure: Indicator | None, project_key: str) -> None:
    # A link from this screen to itself reaches the server, and leaves the browser's address as it was.
    for name, value in ((WidgetKey.FIGURE, figure.id if figure else ""), (WidgetKey.PROJECT, project_key)):
        if value:
            st.query_params[name] = value


def _render_figure_choice(figure: Indicator | None) -> None:
    entries = {entry.id: entry for entry in indicators() if entry.id in builders()}
    if figure is not None:
        entries.setdefault(figure.id, figure)
    ordered = sorted(entries, key=lambda name: GROUPS.index(entries[name].group))
    session.remember(WidgetKey.FIGURE_CHOICE, figure.id if figure else None)
    st.selectbox(
        "Figure", ordered, index=None if figure is None else 0,
        key=WidgetKey.FIGURE_CHOICE, on_change=_follow_figure, width=320, placeholder="Choose a figure",
        format_func=lambda name: f"{entries[name].label} ({entries[name].group})",
    )  # fmt: skip


def _follow_figure() -> None:
    found = session.text(WidgetKey.FIGURE_CHOICE)
    if found is not None:
        st.query_params[WidgetKey.FIGURE] = found


def _follow_subject() -> None:
    key = session.text(WidgetKey.FIGURE_SUBJECT)
    if key is not None:
        st.query_params[WidgetKey.PROJECT] = key
    elif WidgetKey.PROJECT in st.query_params:
        del st.query_params[WidgetKey.PROJECT]


def render_figure(shown: PortfolioView, figure: Indicator, project_key: str | None) -> None:
    """Everything about one figure of the chosen projects, of one project or of one partner."""
    opened = ask(
        open_figure, current_person(), figure.id, project_key=project_key, partner=asked_partner(),
        chosen=PortfolioFilter() if project_key else current_filter(), as_of=current_as_of(),
    )  # fmt: skip
    breakdown = opened.breakdown
    _render_subject(shown, breakdown, project_key)
    st.markdown(f"**{literal(words.finding(breakdown))}**")
    _render_meaning(figure, arithmetic_of(breakdown))
    _render_parts(opened, breakdown)
    _render_lines(opened, breakdown)
    _render_unknown(breakdown)
    _render_notes(shown, breakdown)


def _render_subject(shown: PortfolioView, breakdown: Breakdown, project_key: str | None) -> None:
    project = next((row for row in shown.everything if row.key == project_key), None)
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
        if project is not None:
            st.caption("Of", width="content")
            project_link(project)
        else:
            st.caption(f"{literal(breakdown.subject)}.", width="content")
        partner = asked_partner()
        if partner is not None:
            st.caption(f"In {literal(partner_name(partner))}.", width="content")


def _render_meaning(figure: Indicator, arithmetic: str) -> None:
    rows = [
        ("Definition", figure.definition), ("Formula", figure.formula), ("In numbers", arithmetic),
        ("Unit", figure.unit), ("Source", figure.source),
    ]  # fmt: skip
    with st.container(gap="xxsmall"):
        for name, text in rows:
            if text:
                label, value = st.columns([1, 6], gap="xxsmall")
                label.caption(name)
                value.markdown(literal(text))
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
        if figure.shown:
            st.caption("Shown on", width="content")
        for screen in figure.shown:
            name = f":small[{screen_title(screen)}]"
            st.page_link(ROOT / "pages" / f"{screen.lower()}.py", label=name, width="content")


def _render_parts(opened: OpenedFigure, breakdown: Breakdown) -> None:
    """The figures that the formula names, each of which opens in its place."""
    if not breakdown.parts:
        return
    st.header("The parts of the formula")
    for part in breakdown.parts:
        _render_part(opened, part)


def _render_part(opened: OpenedFigure, part: Breakdown) -> None:
    whose = "" if part.subject == opened.breakdown.subject else f", {part.subject}"
    with st.expander(literal(f"{part.figure.label}{whose}: {words.finding(part)}")):
        said = arithmetic_of(part)
        st.markdown(literal(" ".join(text for text in (f"{part.subject}.", said) if text)))
        st.caption(literal(part.figure.definition))
        if part.lines:
            table = words.lines_table(opened, part)
            show_table(table, words.lines_columns(part, table), alt=_alt(part), unknown="not known")
        for inner in part.parts:
            _render_part(opened, inner)
        if part.figure_id in builders():
            project = st.query_params.get(WidgetKey.PROJECT) or None
            figure_link(part.figure_id, "Open it by itself", project_key=project, small=True)


def _alt(breakdown: Breakdown) -> str:
    return f"{breakdown.figure.label}: {words.finding(breakdown)}; {len(breakdown.lines)} lines."


def _render_lines(opened: OpenedFigure, breakdown: Breakdown) -> None:
    """The lines with the total; a ticked one says in full what it rests on."""
    if not breakdown.lines:
        if not breakdown.parts:
            st.markdown("Nothing is on record that this figure could be made of.")
        return
    st.header("What adds up to it" if words.has_total(breakdown) else "What it is made of")
    table = words.lines_table(opened, breakdown)
    of = "/".join((breakdown.figure_id, st.query_params.get(WidgetKey.PROJECT, ""), asked_partner() or ""))
    row = select_row(
        table, words.lines_columns(breakdown, table), alt=_alt(breakdown), unknown="not known",
        key=keyed(WidgetKey.FIGURE_LINES, of), height="content" if len(table) <= 30 else "auto",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        download_csv(table, f"figure-{breakdown.figure_id}")
        st.caption("Tick a row to read what it rests on.")
    if row is not None and row < len(breakdown.lines):
        _render_grounds(opened, breakdown, breakdown.lines[row])


def _render_grounds(opened: OpenedFigure, breakdown: Breakdown, line: Line) -> None:
    """What one line rests on: its sources, and the change sets that gave its values."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{literal(line.label)}**" + (f": {literal(line.remark)}" if line.remark else ""))
        for row in opened.evidence_of(line):
            st.markdown(evidence_line(row))
        lines = origin_lines(opened.origins_of(line))
        for origin, text in lines:
            st.markdown(literal(f"{text}."))
            history_link(origin.change_set)
        if not lines and not opened.evidence_of(line):
            st.markdown("Nothing is on record for this line.")
        if line.project_key is not None and st.query_params.get(WidgetKey.PROJECT) != line.project_key:
            figure_link(
                breakdown.figure_id, f"{breakdown.figure.label} of this project", project_key=line.project_key
            )


def _render_unknown(breakdown: Breakdown) -> None:
    found = words.unknown_sentences(breakdown)
    if found:
        st.header("Not known")
        for sentence in found:
            st.markdown(literal(sentence))


def _render_notes(shown: PortfolioView, breakdown: Breakdown) -> None:
    """The designations that the lines call for, and the date and revision."""
    texts = words.texts_of(every_breakdown([breakdown]))
    partner = asked_partner()
    codes = (*shown.chosen.partners, *([partner] if partner else []))
    render_designations(shown.portfolio, texts=[*texts, breakdown.subject], codes=codes)
    st.caption(f"As at {date_label(shown.as_of.isoformat())}, revision {shown.portfolio.revision}.")


def render_list() -> None:
    """Every figure that can be opened, group by group: what the screen shows before one is chosen."""
    st.markdown("Choose a figure to see its formula, its numbers, and what each of them rests on.")
    entries = [entry for entry in indicators() if entry.id in builders()]
    for group in dict.fromkeys(entry.group for entry in entries):
        st.markdown(f"**{group}**")
        with st.container(horizontal=True, gap="xsmall", key=keyed(WidgetKey.FIGURE_LINES, group)):
            for entry in entries:
                if entry.group == group:
                    figure_link(entry.id)
