"""The screen of what changed: two dates, one sentence, then the groups with old and new side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import streamlit as st

from portfolio.dates import HalfYear, date_label
from portfolio.errors import DataProblem, UsageProblem
from portfolio.services.differences import wordings as words
from portfolio.services.differences.comparisons import Differences, check_order, differences
from portfolio.services.differences.headlines import further, headline
from portfolio.services.differences.standpoints import Frame, Standpoint, load_frame
from portfolio.services.known_dates import Known
from portfolio.services.statuses import before_first_start
from portfolio.services.views import PortfolioView
from portfolio.ui.as_of_bar import EARLIEST, read_day
from portfolio.ui.cached import ask_present, is_known_then
from portfolio.ui.designations import render_designations
from portfolio.ui.difference_records import change_tables, shown_table
from portfolio.ui.differences import ChangeTable, sums_columns, sums_table
from portfolio.ui.figure_links import render_figure_links
from portfolio.ui.links import project_link
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.tables import download_csv, read_row, show_table
from portfolio.ui.texts import counted, literal
from portfolio.ui.theme import current_theme

KNOWN: dict[Known, str] = {"now": "What had happened", "then": "What was known on each date"}
_LATEST = dt.date(2100, 12, 31)
_READ = "Choose a row to read before and now in full."
_CONTENT_UP_TO, _HEIGHT = 12, 460


def render_dates(as_of: dt.date) -> tuple[Standpoint, Standpoint]:
    """The two dates, and by which records they are told: a first one, and the date of the screens."""
    _read_known()
    _open_asked()
    left, right = st.columns([2, 5], vertical_alignment="bottom")
    default = HalfYear.last_ended(as_of).last
    first = left.date_input(
        "From", value=None, min_value=EARLIEST, max_value=_LATEST, format="YYYY-MM-DD",
        key=WidgetKey.CHANGED_FROM, bind="query-params",
        help=f"Empty: the end of the last half-year, {date_label(default.isoformat())}.",
    )  # fmt: skip
    then = is_known_then()
    with right:
        known = "then" if then else st.segmented_control(
            "Compare", list(KNOWN), format_func=KNOWN.__getitem__, default="now", required=True, wrap=True,
            key=WidgetKey.CHANGED_KNOWN, bind="query-params",
        )  # fmt: skip
    by = " Both dates are told by what was recorded by then, as chosen there." if then else ""
    st.caption(
        f"From {date_label((first or default).isoformat())} to {date_label(as_of.isoformat())}, the date of "
        f"the screens, which is chosen with the filters above.{by}"
    )
    return Standpoint(first or default, known), Standpoint(as_of, known)


def _read_known() -> None:
    """Nothing; a code in the address ("then") is understood as well as the label that Streamlit writes."""
    asked = st.query_params.get(WidgetKey.CHANGED_KNOWN)
    for code, label in KNOWN.items():
        if asked == code:
            st.query_params[WidgetKey.CHANGED_KNOWN] = label
            st.rerun()


def _open_asked() -> None:
    """Nothing; the day that a link of ours asks for is the first one, whatever was chosen here before.

    Streamlit reads the parameter of a widget only in a tab that has not drawn it yet, hence one of our own.
    """
    asked = st.query_params.get(WidgetKey.OPEN)
    if asked is None:
        return
    del st.query_params[WidgetKey.OPEN]
    session.remember(WidgetKey.CHANGED_FROM, read_day(asked))


def find_differences(shown: PortfolioView, before: Standpoint, after: Standpoint) -> Differences | None:
    """What changed in the chosen projects; None where it was said that it cannot be told."""
    try:
        check_order(before, after)
        old, new = _frame(before), _frame(after)
    except UsageProblem as order:
        st.info(literal(order.sentence))
        return None
    except DataProblem as nothing:
        way = "choose a later first date, or compare what had happened, which is told by what is recorded now"
        st.info(f"{literal(nothing.sentence)} To see changes, {way}.")
        return None
    return differences(old, new, shown.chosen)


def _frame(standpoint: Standpoint) -> Frame:
    return ask_present(load_frame, current_person(), standpoint)


def render_answer(found: Differences) -> None:
    """What changed, in one sentence; then what else, and what the dates rest on."""
    st.markdown(f"**{literal(headline(found))}**")
    for said in (further(found), before_first_start(found.projects.values(), found.before.as_of)):
        if said:
            st.markdown(literal(said))
    st.caption(literal(words.known_words(found)))
    _render_projects(found)


def _render_projects(found: Differences) -> None:
    """The projects in which anything changed, as links."""
    keys = found.changed_projects
    if not keys:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.caption(f"{counted(len(keys), 'project')} with changes:", width="content")
        for key in keys:
            project_link(found.projects[key])


def render_sums(found: Differences) -> None:
    """The money of the chosen projects on both dates, what moved and what is known on one of them only."""
    if found.before == found.after or not found.projects:
        return
    st.header("Money of the chosen projects")
    table = sums_table(found)
    first, last = (date_label(side.as_of.isoformat()) for side in (found.before, found.after))
    moved = [words.amount_label(row).lower() for row in found.sums if row.has_moved]
    said = f"{', '.join(moved)} moved" if moved else "no amount moved"
    alt = f"Money on {first} and on {last}: {said}."
    show_table(table, sums_columns(first, last), alt=alt, unknown=words.NOT_KNOWN, height="content")
    st.caption(
        "Difference = moved (projects known on both dates) + later only - earlier only. A sum that nobody "
        "knows on a date has no difference."
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        render_figure_links(row.amount for row in found.sums)
        download_csv(table, "changes-money")


def render_groups(found: Differences, shown: PortfolioView) -> None:
    """Every group with changes as a table, in one line the groups without, then the notes."""
    tables = change_tables(found, current_theme())
    for made in tables:
        _render_group(made)
    unchanged = words.unchanged_words(found)
    if unchanged and tables:
        st.markdown(literal(unchanged))
    _render_notes(found, shown, tables)


def _render_group(made: ChangeTable) -> None:
    st.header(f"{made.title} ({len(made.table)})")
    height: int | Literal["content"] = "content" if len(made.table) <= _CONTENT_UP_TO else _HEIGHT
    alt = f"{made.title}: {counted(len(made.table), 'change')}, old and new side by side"
    if made.sentences:
        read_row(
            shown_table(made), made.columns, made.sentences, _READ, alt=alt,
            key=keyed(WidgetKey.CHANGED_TABLE, made.name), unknown=words.NOT_KNOWN, height=height,
        )  # fmt: skip
    else:
        show_table(shown_table(made), made.columns, alt=alt, unknown=words.NOT_KNOWN, height=height)
    download_csv(made.table, f"changes-{made.name}")


def _render_notes(found: Differences, shown: PortfolioView, tables: Iterable[ChangeTable]) -> None:
    """The revision, and the designations that the texts call for."""
    texts = [str(text) for made in tables for column in made.table for text in made.table[column]]
    names = [f"{project.acronym} {project.title}" for project in found.projects.values()]
    render_designations(shown.portfolio, texts=[*texts, *names], codes=shown.chosen.partners)
    st.caption(f"A project counts that meets the filter on the later date. Revision {found.revision}.")
