"""What falls due as a calendar file: iCalendar, RFC 5545, which calendar programs subscribe to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from icalendar import Calendar, Event

from portfolio.services.deadlines.calendars import DeadlineCalendar, Due
from portfolio.services.signals import day_label

MEDIA_TYPE = "text/calendar"
FILE_NAME = "deadlines.ics"
# What was missed long ago is no use in a calendar, but it stays for a year, so that it is not overlooked.
KEPT_DAYS = 365
_REFRESHED = dt.timedelta(hours=12)


def calendar_file(
    calendar: DeadlineCalendar,
    names: Mapping[str, str],
    *,
    title: str,
    database_id: str,
    revision: int,
    made_at: dt.datetime,
    address: str = "",
) -> bytes:
    """The open deadlines and reports, and those missed within a year, each as an event of a whole day.

    `names` are the acronyms of the projects by key; `address` is where the screens are, for the links. An
    event keeps its UID whatever its date becomes, so that a subscribed calendar moves it.
    """
    found = Calendar()
    found.add("prodid", "-//Portfolio tracker//Deadlines//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _plain(title))
    found.add("refresh-interval", _REFRESHED, parameters={"value": "DURATION"})
    found.add("x-published-ttl", "PT12H")
    stamp = f"Data as at {day_label(calendar.as_of)}, revision {revision}."
    for due in _shown(calendar):
        found.add_component(_event(due, names, stamp, database_id, revision, made_at, address))
    return bytes(found.to_ical())


def _shown(calendar: DeadlineCalendar) -> Iterable[Due]:
    earliest = calendar.as_of - dt.timedelta(days=KEPT_DAYS)
    # The last day there is has no day after it, on which its event would end.
    return (row for row in calendar.open if row.until >= earliest and row.day < dt.date.max)


def _event(
    due: Due, names: Mapping[str, str], stamp: str, database_id: str, revision: int, made_at: dt.datetime,
    address: str,
) -> Event:  # fmt: skip
    project = names.get(due.project_key or "", "")
    event = Event()
    event.add("uid", f"{due.uid}@{database_id}")
    event.add("dtstamp", made_at)
    event.add("sequence", revision)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + dt.timedelta(days=1))
    event.add("summary", _plain(f"{_subject(due, project)}: {_what(due)} (indicative)"))
    event.add("description", "\n".join(filter(None, _lines(due, stamp))))
    event.add("categories", [_plain(due.name)])
    event.add("transp", "TRANSPARENT")
    if address and due.project_key is not None:
        event.add("url", f"{address.rstrip('/')}/project?id={due.project_key}")
    return event


def _subject(due: Due, project: str) -> str:
    return project or due.subject


def _what(due: Due) -> str:
    return f"{due.name}, window opens" if due.is_window else due.name


def _lines(due: Due, stamp: str) -> Iterable[str]:
    yield _plain(f"{due.subject}: {due.name}, {due.when}. {due.state_words}.")
    yield _plain(due.arithmetic)
    yield _plain(f"Source of the rule: {due.source}.")
    yield stamp
    yield "Every date is indicative: the contract and the regulation hold."


def _plain(text: str) -> str:
    """A text on one line without control characters, which the format does not allow."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
