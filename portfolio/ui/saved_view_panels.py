"""Saved views: a screen with what is chosen on it, kept under a name; opened, saved and removed."""

from __future__ import annotations

import streamlit as st

from portfolio.errors import PortfolioError
from portfolio.services.access import may
from portfolio.services.saved_views import LONGEST_NAME, SavedViewRow, remove_view, save_view, saved_views
from portfolio.settings import ROOT
from portfolio.ui.addresses import date_of, filter_of, link_parameters, present_query
from portfolio.ui.cached import ask_present, open_portfolio
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.signatures import signing_person
from portfolio.ui.texts import literal

PAGES = ROOT / "pages"
_SHOWN = 12


def render_views(page: str) -> None:
    """The views as links, and the form that keeps the present one; `page` is the screen's file name."""
    rows = ask_present(saved_views, current_person())
    with st.popover("Views", icon=":material/bookmarks:", type="tertiary", key=WidgetKey.VIEWS):
        if not rows:
            st.caption("No view is saved yet.")
        for row in rows[:_SHOWN]:
            render_view_link(row)
        if len(rows) > _SHOWN:
            st.caption(f"{len(rows) - _SHOWN} more on the Find screen.")
        if may(current_person(), "edit"):
            _render_form(page)
        note = session.text(WidgetKey.VIEW_NOTE)
        if note:
            st.caption(literal(note))


def render_view_link(row: SavedViewRow) -> None:
    """A view as a link that opens it in place of what is chosen now."""
    path = PAGES / f"{row.page}.py"
    if not path.is_file():
        st.caption(f"{literal(row.name)}: the screen of this view is not there any more.")
        return
    st.page_link(path, label=literal(row.name), query_params=link_parameters(row.query), help="")


def _render_form(page: str) -> None:
    with st.form(WidgetKey.VIEW_FORM, border=False, clear_on_submit=True, enter_to_submit=True):
        st.text_input(
            "Save this screen and filter as", key=WidgetKey.VIEW_NAME, max_chars=LONGEST_NAME,
            placeholder="Name of the view", width=260,
        )  # fmt: skip
        st.form_submit_button("Save view", on_click=_save, args=(page,))


def _save(page: str) -> None:
    name = session.text(WidgetKey.VIEW_NAME) or ""
    try:
        number = save_view(open_portfolio(), signing_person(), name, page=page, query=present_query(page))
    except PortfolioError as refusal:
        session.remember(WidgetKey.VIEW_NOTE, refusal.sentence)
    else:
        session.remember(WidgetKey.VIEW_NOTE, f"Saved. Change set {number} of History undoes it.")


def render_saved_views(names: dict[str, str]) -> None:
    """Every saved view in words, with a way to remove it; `names` are those of implementers by key."""
    rows = ask_present(saved_views, current_person())
    st.header("Saved views")
    if not rows:
        st.markdown("No view is saved yet. Choose a filter on any screen, then Views, and give it a name.")
    for row in rows:
        link, words, button = st.columns([3, 5, 1], gap="small", vertical_alignment="center")
        with link:
            render_view_link(row)
        chosen = f"{filter_of(row.query).sentence(names)}{date_of(row.query)}"
        words.markdown(literal(f"{row.page.capitalize()}: {chosen}"))
        if may(current_person(), "edit"):
            button.button(
                "Remove", key=keyed(WidgetKey.REMOVE_VIEW, row.key), on_click=_remove, args=(row.key,),
                type="tertiary",
            )  # fmt: skip
    note = session.text(WidgetKey.VIEW_NOTE)
    if note:
        st.caption(literal(note))


def _remove(key: str) -> None:
    try:
        number = remove_view(open_portfolio(), signing_person(), key)
    except PortfolioError as refusal:
        session.remember(WidgetKey.VIEW_NOTE, refusal.sentence)
    else:
        session.remember(
            WidgetKey.VIEW_NOTE, f"Removed. Undo change set {number} in History to bring it back."
        )
