"""The calendar file of what is chosen: for a download, and at an address that calendar programs ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from portfolio.dates import now_utc
from portfolio.errors import DataProblem
from portfolio.exchange.calendars import calendar_file
from portfolio.services.access import Person
from portfolio.services.deadlines.calendars import load_deadlines
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.ui.addresses import query_of, read_values
from portfolio.ui.filters import filter_choices
from portfolio.ui.session import WidgetKey

CALENDAR_PATH = "/calendar.ics"
_WEB = ("http", "https")


def calendar_bytes(
    database: Database,
    person: Person,
    chosen: PortfolioFilter,
    address: str = "",
    as_of: dt.date | None = None,
) -> bytes:
    """The calendar file of what `person` has chosen; `address` is where the screens are."""
    view = load_view(database, person, chosen=chosen, as_of=as_of)
    found = load_deadlines(database, person, as_of=view.as_of)
    keys = {project.key for project in view.projects}
    demo = "Demonstration, fictional: " if view.is_demo else ""
    what = "" if chosen.is_empty else f" ({chosen.sentence()})"
    return calendar_file(
        found.of(keys, with_decisions=chosen.is_empty), view.names, title=f"{demo}Portfolio deadlines{what}",
        database_id=view.portfolio.database_id, revision=view.portfolio.revision, made_at=now_utc(),
        address=address,
    )  # fmt: skip


def filter_of_address(
    database: Database, person: Person, asked: Mapping[str, Sequence[str]]
) -> PortfolioFilter:
    """The filter that an address asks for with the same parameters as the screens, codes or labels.

    Raises: DataProblem if a value is not known here: the whole portfolio would be a wrong answer.
    """
    everything = load_view(database, person).everything
    chosen: dict[str, tuple[str, ...]] = {}
    for choice in filter_choices(everything):
        read = read_values(asked.get(choice.key, ()), choice.options)
        if read.unknown:
            raise DataProblem(f"There is no {choice.label.lower()} '{read.unknown[0][:60]}' here.")
        chosen[choice.field] = read.codes
    return PortfolioFilter(**chosen, text=" ".join(asked.get(WidgetKey.TEXT, ())))


def subscription_address(chosen: PortfolioFilter, page_address: str | None) -> str:
    """The address to subscribe to what is chosen, on the site of the screen's own address."""
    fields = {choice.key: getattr(chosen, choice.field) for choice in filter_choices(())}
    query = query_of({**fields, WidgetKey.TEXT: chosen.text})
    return f"{site_address(page_address)}{CALENDAR_PATH}" + (f"?{query}" if query else "")


def site_address(page_address: str | None) -> str:
    """Scheme and host of a page's address; "" where it is not known."""
    parts = urlsplit(page_address or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in _WEB and parts.netloc else ""
