"""The one date of every screen: chosen in the filter bar, kept in the address, said in a line.

As at a day counts what had happened by then. By what is recorded: now, or, as a second choice, by that day.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs

import streamlit as st

from portfolio.dates import PartialDate, date_label
from portfolio.errors import DataProblem
from portfolio.services.known_dates import NOW, THEN
from portfolio.services.statuses import before_first_start
from portfolio.ui.cached import (
    chosen_as_of,
    current_as_of,
    is_known_then,
    is_only_present,
    is_present,
    is_then_chosen,
    present_as_of,
    shown_database,
    view,
)
from portfolio.ui.session import WidgetKey, session
from portfolio.ui.texts import literal

KNOWN = {
    NOW: "What had happened by that day, by what is recorded now.",
    THEN: "The same, by what was recorded by the end of that day (UTC).",
}
# Screens on which the portfolio is written to, or its writing is looked at: they show it as it is now.
PRESENT_PAGES = frozenset({"edit", "imports", "reports", "history", "settings"})
WRITTEN_NOW = "Changes are made to the portfolio as it is now"
EARLIEST, YEARS_AHEAD = dt.date(1990, 1, 1), 10


def settle_date(page: str) -> str:
    """Why there is nothing to show on the chosen date, "" where there is; called before anything is drawn.

    From here on the screen of this file name speaks of the date that the address asks for.
    """
    _read_address()
    _take_over()
    session.remember(WidgetKey.ONLY_PRESENT, page in PRESENT_PAGES)
    session.remember(WidgetKey.NOTHING_KNOWN, False)
    try:
        shown_database()
    except DataProblem as nothing:
        # The bar is drawn all the same, so that another day can be chosen.
        session.remember(WidgetKey.ONLY_PRESENT, True)
        session.remember(WidgetKey.NOTHING_KNOWN, True)
        return nothing.sentence
    return ""


def read_day(text: str) -> dt.date | None:
    """The day that `text` names as 2026-06-30, if it can be chosen; else None."""
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return None
    return day.first if day.is_day and EARLIEST <= day.first <= _latest() else None


def _latest() -> dt.date:
    return dt.date(present_as_of().year + YEARS_AHEAD, 12, 31)


def _read_address() -> None:
    """Nothing; on a tab's first run, what the address asks for is chosen, and what is no date is noted."""
    if session.remembers(WidgetKey.DATE_NOTE):
        return
    day, known = st.query_params.get(WidgetKey.AS_OF), st.query_params.get(WidgetKey.KNOWN)
    unknown = []
    if day is not None and read_day(day) is None:
        unknown.append(f'the date "{day[:40]}"')
        del st.query_params[WidgetKey.AS_OF]
    if known is not None and known not in KNOWN:
        unknown.append(f'known "{known[:40]}"')
        del st.query_params[WidgetKey.KNOWN]
    _choose(day, known)
    session.remember(WidgetKey.DATE_NOTE, ", ".join(unknown))


def _take_over() -> None:
    """Nothing; a link of ours that names a date is followed. One that names none leaves the date as it is."""
    asked = parse_qs(st.query_params.get(WidgetKey.SET, ""))
    if WidgetKey.AS_OF in asked:
        _choose(asked[WidgetKey.AS_OF][0], asked.get(WidgetKey.KNOWN, [NOW])[0])


def _choose(day: str | None, known: str | None) -> None:
    session.remember(WidgetKey.AS_OF, read_day(day or ""))
    session.remember(WidgetKey.KNOWN, known if known in KNOWN else NOW)


def to_present() -> None:
    """Nothing; the screens show the portfolio as it is now, on its own day. A button's callback."""
    session.remember(WidgetKey.AS_OF, None)
    session.remember(WidgetKey.KNOWN, NOW)
    forget_note()


def to_recorded_now() -> None:
    """Nothing; the screens keep their day and show it by what is recorded now. A button's callback."""
    session.remember(WidgetKey.KNOWN, NOW)
    forget_note()


def forget_note() -> None:
    """Nothing; what the address said amiss is said no longer."""
    session.remember(WidgetKey.DATE_NOTE, "")


def nothing_words() -> str:
    """What the label of the bar says where nothing was recorded by the chosen day; "" where something was."""
    if not session.value(WidgetKey.NOTHING_KNOWN, False):
        return ""
    return f"Nothing on record, on {_chosen_day()}, as known then"


def date_words() -> str:
    """The day of the screens and what is known on it, for the label of the bar: "on 30 June 2026"."""
    day = f"on {date_label(current_as_of().isoformat())}"
    return f"{day}, as known then (revision {view().portfolio.revision})" if is_known_then() else day


def render_as_of() -> None:
    """The choice of the date and of what is known on it, on one line where there is room."""
    with st.container(horizontal=True, vertical_alignment="top", gap="medium"):
        st.date_input(
            "As at", value=None, min_value=EARLIEST, max_value=_latest(), format="YYYY-MM-DD",
            key=WidgetKey.AS_OF, bind="query-params", on_change=forget_note, width=180,
            help=f"Empty: the portfolio's own day, {_own_day()}. Later days show what is planned by then.",
        )  # fmt: skip
        st.radio(
            "As recorded", list(KNOWN), captions=list(KNOWN.values()), key=WidgetKey.KNOWN,
            bind="query-params", on_change=forget_note, horizontal=True, width="stretch",
        )  # fmt: skip


def render_nothing(why: str) -> None:
    """Nothing to show on the chosen date, why, and the two ways on; stands in place of the screen."""
    st.info(literal(why))
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Show what had happened by {_chosen_day()}, by what is recorded now",
            key=WidgetKey.TO_RECORDED_NOW, on_click=to_recorded_now, icon=":material/history:",
        )  # fmt: skip
        _render_way_back()


def render_standing() -> None:
    """The line that says of which day the screen speaks, where that is not the present one."""
    sentence = standing_sentence()
    if sentence:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/history: **{literal(sentence)}**", width="content")
            _render_way_back()


def _render_way_back() -> None:
    st.button(
        f"Back to {_own_day()}", key=WidgetKey.TO_PRESENT, on_click=to_present, type="tertiary",
        icon=":material/today:",
    )  # fmt: skip


def standing_sentence() -> str:
    """What the date of the screen means, in a sentence; "" where it is the portfolio as it is now."""
    if is_only_present():
        if not _is_elsewhere():
            return ""
        return f"{WRITTEN_NOW}: this screen shows it on {_own_day()}, not as at {_chosen_day()}."
    if is_present():
        return ""
    shown = view()
    before = before_first_start(shown.everything, shown.as_of)
    return f"As at {_chosen_day()}{_meaning()}{f' {before}' if before else ''}"


def render_written_now(what: str) -> bool:
    """Whether the screen speaks of another date than the present; then it is said why nothing is written.

    `what` is a clause without its full stop: "A colour is set on the present day".
    """
    if is_present():
        return False
    st.caption(literal(f"{WRITTEN_NOW}. {what}: go back to {_own_day()} for it."))
    return True


def _own_day() -> str:
    return date_label(present_as_of().isoformat())


def _is_elsewhere() -> bool:
    return chosen_as_of() != present_as_of() or is_then_chosen()


def _chosen_day() -> str:
    return date_label(chosen_as_of().isoformat())


def _meaning() -> str:
    if is_known_then():
        revision = view().portfolio.revision
        return f", as known then (revision {revision}): what had happened by that day and was recorded by it."
    if current_as_of() > present_as_of():
        return f": nothing after {_own_day()} is on record as done; what is planned by then counts as due."
    return ": what had happened by that day, by what is recorded now."


def date_parameters() -> dict[str, str]:
    """The date as parameters that a saved view keeps; none where it is the present one."""
    day = session.kept(WidgetKey.AS_OF, dt.date)
    then = session.text(WidgetKey.KNOWN) == THEN
    found = {} if day is None else {str(WidgetKey.AS_OF): day.isoformat()}
    return found | ({str(WidgetKey.KNOWN): THEN} if then else {})
