"""The history screen's panels: the filter, the change sets, the changes of one of them, and its undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from portfolio.model.rows import ChangeSetRow
from portfolio.services.access import may
from portfolio.services.change_lists import (
    HistoryFilter,
    chosen_change_sets,
    chosen_changes,
    entities_of,
    is_undoable,
    page_of,
    undo_sentence,
)
from portfolio.services.change_words import NO_VALUE, entity_label
from portfolio.services.histories import change_sets, changes_of
from portfolio.services.origins import original_file
from portfolio.services.views import PortfolioView
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.changes import (
    KINDS,
    change_columns,
    change_set_columns,
    change_set_label,
    change_sets_table,
    changes_table,
    moment_text,
)
from portfolio.ui.designations import render_designations
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import counted, literal
from portfolio.ui.undo_panels import has_answer, render_undo

_CONTENT_UP_TO, _HEIGHT = 15, 560
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Wide enough for every history: a day outside would be dropped from the address without a word.
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
_FILTER = (
    WidgetKey.CHANGE_PROJECT,
    WidgetKey.CHANGE_BY,
    WidgetKey.CHANGE_KIND,
    WidgetKey.CHANGE_SINCE,
    WidgetKey.CHANGE_UNTIL,
)


def open_asked(rows: Sequence[ChangeSetRow]) -> None:
    """Nothing; a change set that a link of ours asks for is chosen, whatever was chosen here before.

    Streamlit reads the parameter of a widget only in a tab that has not drawn it yet, hence one of our own.
    """
    asked = st.query_params.get(WidgetKey.OPEN)
    if asked is None:
        return
    del st.query_params[WidgetKey.OPEN]
    for row in rows:
        if str(row.id) == asked:
            _clear()
            session.remember(WidgetKey.CHANGE_SET, change_set_label(row))
            session.forget(WidgetKey.CHANGE_ENTITY, WidgetKey.CHANGE_PAGE)


def render_filter(shown: PortfolioView, rows: Sequence[ChangeSetRow]) -> tuple[ChangeSetRow, ...]:
    """The choices of project, person, kind and days, kept in the address; the change sets that meet them."""
    with st.grid(len(_FILTER), min_column_width=150, gap="small"):
        project_key = _choice(WidgetKey.CHANGE_PROJECT, "Project", shown.names)
        by = _choice(WidgetKey.CHANGE_BY, "Person", {name: name for name in sorted({row.by for row in rows})})
        kind = _choice(WidgetKey.CHANGE_KIND, "Kind", KINDS)
        since = _day(WidgetKey.CHANGE_SINCE, "From")
        until = _day(WidgetKey.CHANGE_UNTIL, "Until")
    if since and until and until < since:
        st.warning("From lies after Until, so no day is left. Swap them, or clear one.")
    if project_key is not None:
        rows = ask(change_sets, current_person(), project_key=project_key)
    return chosen_change_sets(rows, HistoryFilter(by, kind, since, until))


def _choice(key: WidgetKey, label: str, options: Mapping[str, str]) -> str | None:
    return st.selectbox(
        label, list(options), index=None, format_func=options.__getitem__, key=key, bind="query-params",
        placeholder="All", on_change=_first_page,
    )  # fmt: skip


def _day(key: WidgetKey, label: str) -> str | None:
    day = st.date_input(
        label, value=None, min_value=_FIRST_DAY, max_value=_LAST_DAY, key=key, bind="query-params",
        format="YYYY-MM-DD",
    )  # fmt: skip
    return day.isoformat() if day else None


def render_none_left() -> None:
    """What to do where no change set meets the filter."""
    st.info("No change set meets all of these. Choose another project, person, kind or day, or clear them.")
    st.button("Clear", key=WidgetKey.CHANGE_CLEAR, on_click=_clear)


def _clear() -> None:
    for key in _FILTER:
        session.remember(key, None)


def render_change_sets(rows: Sequence[ChangeSetRow]) -> None:
    """Every change set, the newest first."""
    table = change_sets_table(rows)
    newest = rows[0]
    alt = (
        f"{counted(len(rows), 'change set')}, the newest number {newest.id} of {moment_text(newest.at)} "
        f"by {newest.by}."
    )
    show_table(table, change_set_columns(table), alt=alt, unknown=NO_VALUE)
    download_csv(table, "change-sets")


def render_choice(rows: Sequence[ChangeSetRow]) -> ChangeSetRow:
    """The change set that is looked at: the newest, until another is chosen."""
    by_label = {change_set_label(row): row for row in rows}
    chosen = st.selectbox(
        "Change set", list(by_label), key=WidgetKey.CHANGE_SET, bind="query-params", on_change=_first_page
    )
    return by_label[chosen]


def render_change_set(row: ChangeSetRow) -> None:
    """Who wrote a change set, when and why, and how it can be undone."""
    st.header(f"Change set {row.id}")
    st.markdown(
        f"{literal(row.reason)}. By {literal(row.by)}, {moment_text(row.at)}; "
        f"{counted(row.changes, 'changed field')}, revision {row.revision}."
    )
    _render_files(row)
    if is_undoable(row) or has_answer(row.id):
        render_undo(row.id, f"change set {row.id}")
    else:
        st.caption(undo_sentence(row))


def _render_files(row: ChangeSetRow) -> None:
    """The files that a change set was read from, to be taken away as they were received."""
    person, database = current_person(), open_portfolio()
    if not may(person, "export"):
        return
    for name, sha256 in zip(row.files, row.sha256s, strict=True):
        st.download_button(
            literal(f"Download {name} as received"),
            lambda sha256=sha256: original_file(database, person, sha256),  # type: ignore[misc]
            file_name=name, mime=_XLSX, key=keyed(WidgetKey.DOWNLOAD, sha256), on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip


def render_changes(shown: PortfolioView, row: ChangeSetRow) -> None:
    """The changes of a change set field by field, of the chosen projects and kind of record, page by page."""
    changes = ask(changes_of, current_person(), row.id)
    names = shown.names
    kind, place = st.columns(2)
    project_key = session.text(WidgetKey.CHANGE_PROJECT)
    keys = {project_key} if project_key else None
    if keys is None and not shown.chosen.is_empty:
        keys = {project.key for project in shown.projects}
    of_projects = chosen_changes(changes, project_keys=keys)
    entity = kind.selectbox(
        "Kind of record",
        entities_of(of_projects),
        index=None,
        format_func=entity_label,
        key=WidgetKey.CHANGE_ENTITY,
        placeholder="All",
        on_change=_first_page,
    )
    listed = chosen_changes(of_projects, entity=entity)
    if not listed:
        st.info(
            "This change set changed nothing of what is chosen. Choose another project, or clear a filter."
        )
        return
    number = place.selectbox(
        "Page",
        list(range(1, page_of(listed, 1).pages + 1)),
        key=WidgetKey.CHANGE_PAGE,
        format_func=lambda page: f"{page_of(listed, page).first:,} to {page_of(listed, page).last:,}",
    )
    page = page_of(listed, number)
    table = changes_table(page.changes, names)
    alt = f"Changes {page.first:,} to {page.last:,} of {page.total:,} in change set {row.id}."
    height: int | Literal["content"] = "content" if len(table) <= _CONTENT_UP_TO else _HEIGHT
    show_table(table, change_columns(table), alt=alt, unknown=NO_VALUE, height=height)
    st.caption(alt)
    download_csv(lambda: changes_table(listed, names), f"change-set-{row.id}")
    render_designations(shown.portfolio, texts=[*table["before"], *table["after"]])


def _first_page() -> None:
    session.forget(WidgetKey.CHANGE_PAGE)
