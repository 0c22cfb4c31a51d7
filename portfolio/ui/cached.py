"""Every cache of the screens, keyed by database, revision, person, question and its arguments.

What is cached are frozen rows and the answers made of them: no session and no database object leaves storage.
An answer is handed out as it is kept, not as a copy, so nobody may change one: copying the rows of 500
projects takes longer than drawing them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

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
from portfolio.ui.session import current_person

P = ParamSpec("P")
T = TypeVar("T")
_MAX_ANSWERS = 64
# Database and revision whose settings hold in this thread: callbacks and downloads have threads of their own.
_HELD: ContextVar[tuple[str, int] | None] = ContextVar("held", default=None)


@dataclass(frozen=True)
class Stamp:
    """Which portfolio, at which revision, is asked by whom: nothing cached outlives it.

    A report that changes nothing is received without a revision: `received` is the last one.
    """

    url: str
    database_id: str
    revision: int
    received: int
    role: str
    assigned: tuple[str, ...]


@st.cache_resource(show_spinner=False)
def _opened(settings: Settings) -> Database:
    return ensure_database(settings)


def open_portfolio() -> Database:
    """The database of this server, made and loaded if it is new; its unit's settings hold from here on."""
    database = _opened(load_settings())
    held = _HELD.get()
    if held is None or held[0] != database.url:
        _hold_settings(database, get_portfolio(database).revision)
    return database


def _hold_settings(database: Database, revision: int) -> None:
    # An answer that is kept for a revision has to be made under its settings, or under later ones.
    if _HELD.get() != (database.url, revision):
        use_settings(database)
        _HELD.set((database.url, revision))


def current_stamp() -> Stamp:
    """The stamp of this moment; the revision is read afresh, and its settings hold from here on."""
    database, person = open_portfolio(), current_person()
    with reading(database):
        portfolio, received = get_portfolio(database), last_received(database)
    _hold_settings(database, portfolio.revision)
    return Stamp(
        database.url, portfolio.database_id, portfolio.revision, received, person.role,
        tuple(sorted(person.projects)),
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

    Its arguments must be hashable and its answer plain rows, for example `ask(find_context, "MDA")`.
    """
    name = f"{question.__module__}.{question.__qualname__}"
    return _answer(
        current_stamp(),
        name,
        arguments,
        tuple(sorted(named.items())),
        lambda: question(open_portfolio(), *arguments, **named),
    )


def current_as_of() -> dt.date:
    """The date that the screens speak of: today, or the day at which a demonstration stands still."""
    return default_as_of(get_portfolio(open_portfolio()))


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
