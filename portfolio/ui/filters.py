"""The one filter bar of every screen: kept in the address, read from there, and said in words.

Streamlit writes the labels into the address (`?region=Western+Balkans`); codes (`?region=western-balkans`)
are understood as well. What the address asks for and the tracker does not know is left out, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

import streamlit as st

from portfolio.model.rows import ProjectRow
from portfolio.partners import OUTSIDE, partner_name, partners, regions
from portfolio.services.selection import UNKNOWN, PortfolioFilter, folded, selected
from portfolio.services.views import PortfolioView, ScheduledView
from portfolio.settings import ROOT
from portfolio.ui import as_of_bar
from portfolio.ui.addresses import Address, read_values, take_asked
from portfolio.ui.cached import scheduled_view, view
from portfolio.ui.designations import render_designations
from portfolio.ui.forms.entrances import render_new_link
from portfolio.ui.saved_view_panels import render_views
from portfolio.ui.session import FILTER_KEYS, WidgetKey, current_person, session
from portfolio.ui.tables import NOT_STATED
from portfolio.ui.texts import counted
from portfolio.vocabulary import codes, labels

# What an address says in place of the name of the person who opens it.
MINE = "mine"
FIND_PAGE = ROOT / "pages" / "find.py"


@dataclass(frozen=True)
class Choice:
    """One filter of several codes; `field` is its name in `PortfolioFilter`."""

    key: WidgetKey
    field: str
    label: str
    options: dict[str, str]


def filter_choices(projects: Iterable[ProjectRow]) -> tuple[Choice, ...]:
    """Every filter with the label of each code that can be chosen, in the order of the screen."""
    listed = tuple(projects)
    unknown = {UNKNOWN: NOT_STATED}
    return (
        Choice(WidgetKey.REGION, "regions", "Region", dict(regions())),
        Choice(WidgetKey.PARTNER, "partners", "Partner", _partner_options(listed) | unknown),
        Choice(WidgetKey.FOCUS, "focus", "Focus", _terms("focus") | unknown),
        Choice(WidgetKey.INSTRUMENT, "instruments", "Instrument", _terms("instrument") | unknown),
        Choice(WidgetKey.IMPLEMENTER, "implementers", "Implementer", implementer_names(listed)),
        Choice(WidgetKey.STATUS, "statuses", "Status", _terms("project_status")),
        Choice(WidgetKey.OFFICER, "officers", "Responsible officer", officer_names(listed) | unknown),
    )


def _terms(vocabulary: str) -> dict[str, str]:
    return {code: labels(vocabulary)[code] for code in codes(vocabulary)}


def _partner_options(projects: Iterable[ProjectRow]) -> dict[str, str]:
    """The partners of the three regions, then those elsewhere that a project names."""
    named = {code for project in projects for code in project.partner_codes}
    inside = [partner.code for partner in partners().values() if partner.region != OUTSIDE]
    elsewhere = sorted(named - set(inside), key=partner_name)
    return {code: partner_name(code) for code in (*inside, *elsewhere)}


def implementer_names(projects: Iterable[ProjectRow]) -> dict[str, str]:
    """Name by key of every organisation that implements one of the projects, by name."""
    names = {
        role.organisation_key: role.name
        for project in projects
        for role in project.roles
        if role.role != "beneficiary"
    }
    return dict(sorted(names.items(), key=lambda item: folded(item[1])))


def officer_names(projects: Iterable[ProjectRow]) -> dict[str, str]:
    """Every responsible officer that a project names; an officer is known by name alone."""
    names = {project.responsible_officer for project in projects if project.responsible_officer}
    return {name: name for name in sorted(names, key=folded)}


def current_filter() -> PortfolioFilter:
    """What is chosen on this screen."""
    chosen = {choice.field: session.choices(choice.key) for choice in filter_choices(())}
    return PortfolioFilter(**chosen, text=session.text(WidgetKey.TEXT) or "")


def current_view() -> PortfolioView:
    """The chosen part of the portfolio, as every screen starts from it."""
    return view(current_filter())


def current_scheduled_view() -> ScheduledView:
    """The same with each milestone, for the screens that list them."""
    return scheduled_view(current_filter())


def render_filter_bar(page: str) -> PortfolioFilter:
    """The bar, drawn once a run before the screen of this file name; what is chosen on it."""
    shown = view()
    choices = filter_choices(shown.everything)
    _take_over(choices)
    _read_address(choices)
    label = _bar_label(current_filter())
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        with st.expander(label, icon=":material/filter_list:", key=WidgetKey.FILTERS):
            as_of_bar.render_as_of()
            _render_choices(choices)
            render_designations(shown.portfolio, codes=partners())
        chosen = current_filter()
        if not chosen.is_empty:
            st.button("Clear", key=WidgetKey.CLEAR_FILTERS, on_click=clear_filters, type="tertiary")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            render_views(page)
            st.page_link(FIND_PAGE, label="Find", icon=":material/search:")
    if label != _bar_label(chosen):
        st.rerun()  # the browser went back or forward, and the address differs from what was remembered
    _render_note()
    return chosen


def _render_choices(choices: Iterable[Choice]) -> None:
    shown = [choice for choice in choices if _is_shown(choice)]
    with st.grid(len(shown) + 1, min_column_width=118, gap="small"):
        for choice in shown:
            st.multiselect(
                choice.label,
                list(choice.options),
                format_func=choice.options.__getitem__,
                key=choice.key,
                bind="query-params",
                on_change=_forget_note,
                placeholder="All",
            )
        st.text_input(
            "Search", key=WidgetKey.TEXT, bind="query-params", on_change=_forget_note, placeholder="Any word"
        )
    if any(choice.key == WidgetKey.OFFICER and current_person().name in choice.options for choice in shown):
        tip = "The projects that you are responsible for"
        st.button("Mine", key=WidgetKey.MINE, on_click=_choose_mine, help=tip)


def _is_shown(choice: Choice) -> bool:
    """Whether a choice tells projects apart: where no project names its officer, that one does not."""
    is_officer = choice.key == WidgetKey.OFFICER
    return not is_officer or set(choice.options) != {UNKNOWN} or bool(session.choices(choice.key))


def _choose_mine() -> None:
    session.remember(WidgetKey.OFFICER, [current_person().name])
    _forget_note()


def _bar_label(chosen: PortfolioFilter) -> str:
    active = sum(bool(getattr(chosen, field.name)) for field in fields(chosen))
    filters = f"Filters ({active})" if active else "Filters"
    return f"{filters}: {as_of_bar.nothing_words() or chosen_sentence(view(chosen))}"


def chosen_sentence(shown: PortfolioView) -> str:
    """What is chosen, of how many projects and on which day: "10 of 26 projects, on 23 November 2026. …"."""
    day = as_of_bar.date_words()
    total = len(shown.everything)
    if shown.chosen.is_empty:
        return f"All {counted(total, 'project')}, {day}" if total else f"No projects yet, {day}"
    words = shown.chosen.sentence(implementer_names(shown.everything))
    return f"{len(shown.projects)} of {counted(total, 'project')}, {day}. {words[:1].upper()}{words[1:]}"


def clear_filters() -> None:
    """Nothing; every filter is empty. Called before the next run, as a button's callback."""
    for key in FILTER_KEYS:
        session.remember(key, "" if key == WidgetKey.TEXT else [])
    _forget_note()


def _forget_note() -> None:
    session.forget(WidgetKey.ADDRESS_NOTE)


def _take_over(choices: Iterable[Choice]) -> None:
    """Nothing; what a link of ours asks for is chosen, in place of everything that was."""
    asked = take_asked()
    if asked is None:
        return
    unknown: list[str] = []
    for choice in choices:
        found = read_values(_with_own_name(choice, asked.get(choice.key, ())), choice.options)
        unknown += _unknown_words(choice, found)
        session.remember(choice.key, list(found.codes))
    session.remember(WidgetKey.TEXT, asked.get(WidgetKey.TEXT, [""])[0])
    session.remember(WidgetKey.ADDRESS_NOTE, ", ".join(unknown))


def _unknown_words(choice: Choice, found: Address) -> list[str]:
    return [f'{choice.label.lower()} "{value[:40]}"' for value in found.unknown]


def _read_address(choices: Iterable[Choice]) -> None:
    """Nothing; on a tab's first run, what the address asks for is chosen and unknown values are noted."""
    if session.remembers(WidgetKey.TEXT):
        return
    unknown: list[str] = []
    by_code = False
    for choice in choices:
        values = st.query_params.get_all(choice.key)
        asked = read_values(_with_own_name(choice, values), choice.options)
        unknown += _unknown_words(choice, asked)
        named = [choice.options[code] for code in asked.codes]
        if named and named != values:
            st.query_params[choice.key] = named
            by_code = True
        elif named:
            session.remember(choice.key, list(asked.codes))
    if unknown:
        session.remember(WidgetKey.ADDRESS_NOTE, ", ".join(unknown))
    if by_code:
        st.rerun()  # no filter is drawn yet, so Streamlit reads the labels from the address by itself
    session.remember(WidgetKey.TEXT, st.query_params.get(WidgetKey.TEXT, ""))


def _with_own_name(choice: Choice, values: Iterable[str]) -> list[str]:
    own = current_person().name
    return [own if choice.key == WidgetKey.OFFICER and value == MINE else value for value in values]


def _render_note() -> None:
    notes = (session.text(key) for key in (WidgetKey.ADDRESS_NOTE, WidgetKey.DATE_NOTE))
    note = ", ".join(note for note in notes if note)
    if note:
        st.caption(f"The address asks for {note}, which this portfolio does not know; it was left out.")


@dataclass(frozen=True)
class Way:
    """One filter whose clearing would show something, and how many projects."""

    label: str
    projects: int
    clear: Callable[[], None]


def ways_out(shown: PortfolioView) -> tuple[Way, ...]:
    """The filters of which clearing one alone would leave projects, the most projects first."""
    named = [(choice.label, choice.field, choice.key) for choice in filter_choices(())]
    ways = []
    for label, field, key in [*named, ("Search", "text", WidgetKey.TEXT)]:
        if getattr(shown.chosen, field):
            empty: object = "" if field == "text" else ()
            without = replace(shown.chosen, **{field: empty})  # type: ignore[arg-type]
            count = len(selected(shown.everything, without, shown.as_of))
            ways.append(Way(label, count, lambda key=key, empty=empty: _empty_one(key, empty)))  # type: ignore[misc]
    return tuple(sorted((way for way in ways if way.projects), key=lambda way: -way.projects))


def _empty_one(key: WidgetKey, empty: object) -> None:
    session.remember(key, "" if empty == "" else [])


def render_nothing_chosen(shown: PortfolioView) -> bool:
    """Whether there is nothing to show; then it has been said, with what to do next."""
    if shown.projects:
        return False
    if not shown.everything:
        _render_empty_portfolio()
        return True
    ways = ways_out(shown)
    which = "Clear one of them:" if ways else "Clearing one alone does not help; clear them all:"
    st.info(f"No project meets all filters at once. {which}")
    with st.container(horizontal=True):
        for way in ways:
            st.button(f"{way.label} ({counted(way.projects, 'project')})", on_click=way.clear)
        st.button("All filters", on_click=clear_filters)
    return True


def _render_empty_portfolio() -> None:
    st.info(
        "This portfolio has no projects yet. To look at one that has, make it in a database of its own with "
        "`python -m portfolio init --portfolio reference` (published projects) or `--portfolio demo` "
        "(fictional ones), then start the server with `PORTFOLIO_NAME` set to `reference` or `demo`. "
        "A backup comes back into a new database: name it in `PORTFOLIO_DATABASE_URL` and run "
        "`python -m portfolio restore FILE`.",
        title="Nothing here yet",
    )
    render_new_link()
