"""Every cache of the screens, keyed by database, revision, person, question and its arguments.

What is cached are frozen rows and the answers made of them: no session and no database object leaves storage.
An answer is handed out as it is kept, not as a copy, so nobody may change one: copying the rows of 500
projects takes longer than drawing them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from portfolio.dates import standing_on, today
from portfolio.services.known_dates import THEN, Known, known_on
from portfolio.services.practice import use_settings
from portfolio.services.profiles import ProjectProfile, project_profile
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import (
    PortfolioView,
    ScheduledView,
    default_as_of,
    load_scheduled_view,
    load_view,
    narrowed,
)
from portfolio.settings import Settings, load_settings
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.practice import last_received
from portfolio.storage.setup import ensure_database
from portfolio.ui.session import WidgetKey, current_person, session

P = ParamSpec("P")
T = TypeVar("T")
_MAX_ANSWERS = 64
_MAX_SHELVED = 12
_ABSENT: Any = object()
# Database and revision whose settings hold in this thread: callbacks and downloads have threads of their own.
_HELD: ContextVar[tuple[str, int] | None] = ContextVar("held", default=None)


@dataclass(frozen=True)
class Stamp:
    """Which portfolio, at which revision, is asked by whom: nothing cached outlives it.

    A report that changes nothing is received without a revision: `received` is the last one. `standing` is
    the day that it is judged by, where that is not the present one.
    """

    url: str
    database_id: str
    revision: int
    received: int
    role: str
    assigned: tuple[str, ...]
    standing: dt.date | None


@st.cache_resource(show_spinner=False)
def _opened(settings: Settings) -> Database:
    return ensure_database(settings)


def present_portfolio() -> Database:
    """The portfolio as it is now, for what brings its own settings: those that hold stay as they are."""
    return _opened(load_settings())


def open_portfolio() -> Database:
    """The portfolio as it is now, made and loaded if it is new; its unit's settings hold from here on.

    Whatever is written is written here. What a screen shows comes from `shown_database`.
    """
    database = present_portfolio()
    held = _HELD.get()
    if held is None or held[0] != database.url:
        _hold_settings(database, get_portfolio(database).revision)
    return database


def shown_database() -> Database:
    """The portfolio that the screens show: as it is now, or as it was known on their date; its settings hold.

    Raises: DataProblem if nothing was recorded by then.
    """
    if not is_known_then():
        return open_portfolio()
    former = known_on(present_portfolio(), current_as_of()).database
    _hold_settings(former, get_portfolio(former).revision)
    return former


def _hold_settings(database: Database, revision: int) -> None:
    # An answer that is kept for a revision has to be made under its settings, or under later ones.
    if _HELD.get() != (database.url, revision):
        use_settings(database)
        _HELD.set((database.url, revision))


def _standing_day() -> dt.date | None:
    """The day by which what was known then is judged, as documents made of it are."""
    return current_as_of() if is_known_then() else None


def _stamp(database: Database, standing: dt.date | None) -> Stamp:
    """The stamp of this moment; the revision is read afresh, and its settings hold from here on."""
    person = current_person()
    with reading(database):
        portfolio, received = get_portfolio(database), last_received(database)
    _hold_settings(database, portfolio.revision)
    return Stamp(
        database.url, database.database_id, portfolio.revision, received, person.role,
        tuple(sorted(person.projects)), standing,
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=_MAX_ANSWERS)
def _answer(
    stamp: Stamp,
    question: str,
    arguments: tuple[object, ...],
    named: tuple[tuple[str, object], ...],
    _ask: Callable[[], T],
) -> T:
    # `stamp`, `question` and the arguments are the key; an argument whose name begins with _ is not.
    return _ask()


def ask(question: Callable[Concatenate[Database, P], T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """What a service or a query that takes the database first answers, from the cache if nothing changed.

    Its arguments must be hashable and its answer plain rows, for example `ask(find_context, "MDA")`. Where
    the screens show what was known then, the portfolio as it was recorded then answers.
    """
    return _asked(shown_database(), _standing_day(), question, arguments, named)


def ask_present(
    question: Callable[Concatenate[Database, P], T], /, *arguments: P.args, **named: P.kwargs
) -> T:
    """What the portfolio as it is now answers, whatever the date of the screens: for what can be written."""
    answer = _asked(open_portfolio(), None, question, arguments, named)
    shown_database()  # what is drawn next is drawn under the settings that its figures were made under
    return answer


def ask_aloud(
    question: Callable[..., T], tell: Callable[[float, str], None], /, *arguments: object, **named: object
) -> T:
    """What `ask` gives, for a question that takes long and tells `progress` how far it is.

    Nothing that is drawn may stand inside a cached answer, so these are kept on a shelf of their own.
    """
    database, standing = shown_database(), _standing_day()
    name = f"{question.__module__}.{question.__qualname__}"
    key = (_stamp(database, standing), name, arguments, tuple(sorted(named.items())))
    shelf = _shelf()
    # Others may take from the shelf meanwhile: what is handed out is not looked up again.
    answer: T = shelf.get(key, _ABSENT)
    if answer is _ABSENT:
        with standing_on(standing):
            answer = question(database, *arguments, **named, progress=tell)
        shelf[key] = answer
        for oldest in list(shelf)[:-_MAX_SHELVED]:
            shelf.pop(oldest, None)
    return answer


@st.cache_resource(show_spinner=False)
def _shelf() -> dict[object, Any]:
    return {}


def _asked(
    database: Database,
    standing: dt.date | None,
    question: Callable[..., T],
    arguments: tuple[object, ...],
    named: Mapping[str, object],
) -> T:
    stamp, name = _stamp(database, standing), f"{question.__module__}.{question.__qualname__}"
    with standing_on(standing):
        return _answer(
            stamp, name, arguments, tuple(sorted(named.items())),
            lambda: question(database, *arguments, **named),
        )  # fmt: skip


def present_as_of() -> dt.date:
    """The portfolio's own day: today, or the day at which a demonstration stands still."""
    return default_as_of(get_portfolio(present_portfolio()))


def chosen_as_of() -> dt.date:
    """The date that is chosen in the bar; the portfolio's own day where none is."""
    return session.kept(WidgetKey.AS_OF, dt.date) or present_as_of()


def current_as_of() -> dt.date:
    """The date that this screen speaks of: the chosen one, except where the portfolio is written to."""
    return present_as_of() if is_only_present() else chosen_as_of()


def is_only_present() -> bool:
    """Whether this screen shows the portfolio as it is now, whatever date is chosen."""
    return session.value(WidgetKey.ONLY_PRESENT, False)


def is_known_then() -> bool:
    """Whether this screen shows what was recorded by its date, and not what is recorded now."""
    return is_then_chosen() and not is_only_present()


def is_then_chosen() -> bool:
    """Whether what was recorded by the chosen date is asked for; it may be less than what is now."""
    return session.text(WidgetKey.KNOWN) == THEN and chosen_as_of() < today()


def known_as() -> Known:
    """The same as documents and comparisons ask for it."""
    return "then" if is_known_then() else "now"


def is_present() -> bool:
    """Whether this screen shows the portfolio as it is now, on its own day."""
    return current_as_of() == present_as_of() and not is_known_then()


def view(chosen: PortfolioFilter | None = None, as_of: dt.date | None = None) -> PortfolioView:
    """What the person may see of the portfolio, narrowed by the filter: a click on it asks nothing again."""
    whole = ask(load_view, current_person(), as_of=as_of or current_as_of())
    return narrowed(whole, chosen or PortfolioFilter())


def scheduled_view(chosen: PortfolioFilter, as_of: dt.date | None = None) -> ScheduledView:
    """The same with each milestone, for the screens that list them."""
    return ask(load_scheduled_view, current_person(), chosen=chosen, as_of=as_of or current_as_of())


def profile(key: str, as_of: dt.date | None = None) -> ProjectProfile:
    """Everything about one project; NotFound if there is none with that key."""
    return ask(project_profile, current_person(), key, as_of=as_of or current_as_of())
