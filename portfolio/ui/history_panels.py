"""The history screen's panels: the change sets, and the changes of one of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from portfolio.model.rows import ChangeSetRow
from portfolio.services.change_lists import (
    chosen_changes,
    entities_of,
    page_of,
    undo_command,
    undo_sentence,
)
from portfolio.services.histories import changes_of
from portfolio.services.views import PortfolioView
from portfolio.ui.cached import ask
from portfolio.ui.changes import (
    NO_VALUE,
    change_columns,
    change_set_columns,
    change_set_label,
    change_sets_table,
    changes_table,
    entity_label,
    moment_text,
)
from portfolio.ui.designations import render_designations
from portfolio.ui.session import WidgetKey, current_person, session
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import counted, literal


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
    st.subheader(f"Change set {row.id}")
    files = f" File: {literal(', '.join(row.files))}." if row.files else ""
    st.markdown(
        f"{literal(row.reason)}. By {literal(row.by)}, {moment_text(row.at)}; "
        f"{counted(row.changes, 'changed field')}, revision {row.revision}.{files}"
    )
    st.caption(undo_sentence(row))
    command = undo_command(row)
    if command is not None:
        st.code(command, language="bash")


def render_changes(shown: PortfolioView, row: ChangeSetRow) -> None:
    """The changes of a change set field by field, of the chosen projects and kind of record, page by page."""
    changes = ask(changes_of, current_person(), row.id)
    names = shown.names
    own, kind, place = st.columns(3)
    project_key = own.selectbox(
        "Project",
        [project.key for project in shown.projects],
        index=None,
        format_func=names.__getitem__,
        key=WidgetKey.CHANGE_PROJECT,
        placeholder="All",
        on_change=_first_page,
    )
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
    show_table(table, change_columns(table), alt=alt, unknown=NO_VALUE, height=560)
    st.caption(alt)
    download_csv(changes_table(listed, names), f"change-set-{row.id}")
    render_designations(shown.portfolio, texts=[*table["before"], *table["after"]])


def _first_page() -> None:
    session.forget(WidgetKey.CHANGE_PAGE)
