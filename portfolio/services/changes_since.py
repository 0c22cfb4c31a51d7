"""What changed since a moment: what happened by the dates of the records, and what was written down."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from portfolio.dates import PartialDate, date_label
from portfolio.model.changes import FieldChange
from portfolio.model.rows import ChangeSetRow
from portfolio.money import format_eur
from portfolio.numbers import counted
from portfolio.services.access import Person, require
from portfolio.services.change_lists import project_of
from portfolio.services.change_words import entity_label
from portfolio.services.deadlines.calendars import Due
from portfolio.services.views import default_as_of
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.happenings import (
    HappeningRow,
    Kind,
    find_happenings,
    find_last_meetings,
)
from portfolio.storage.queries.history import find_change_sets, find_changes
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.projects import find_project_keys
from portfolio.storage.queries.visits import VisitRow
from portfolio.vocabulary import label

MomentCode = Literal["visit", "month", "meeting"]
MOMENTS: dict[MomentCode, str] = {
    "visit": "Your last visit",
    "month": "Last month",
    "meeting": "Last steering committee",
}
_NOUNS: dict[Kind, tuple[str, str]] = {
    "milestone": ("milestone reached", "milestones reached"),
    "report": ("report received", "reports received"),
    "missed": ("report or deadline missed", "reports or deadlines missed"),
    "amendment": ("amendment signed", "amendments signed"),
    "payment": ("payment", "payments"),
    "evaluation": ("evaluation", "evaluations"),
    "recommendation-done": ("recommendation carried out", "recommendations carried out"),
    "recommendation-due": ("recommendation overdue", "recommendations overdue"),
    "risk": ("risk reviewed", "risks reviewed"),
    "training": ("training held", "trainings held"),
    "override": ("colour set by hand", "colours set by hand"),
}
# Change sets that are looked into one by one; of older ones only their number is said.
_MOST_CHANGE_SETS = 20


@dataclass(frozen=True)
class Moment:
    """What changes are counted from: a day, and of a visit the moment of the change history (ISO, UTC)."""

    code: MomentCode
    day: dt.date
    words: str
    at: str | None = None


@dataclass(frozen=True)
class Touched:
    """How many records of one kind a change set wrote, of one project or of none."""

    project_key: str | None
    entity: str
    records: int


@dataclass(frozen=True)
class WrittenChange:
    """A change set since then, with the records that it wrote."""

    row: ChangeSetRow
    touched: tuple[Touched, ...]

    @property
    def project_keys(self) -> tuple[str, ...]:
        """The projects whose records it wrote."""
        return tuple(dict.fromkeys(part.project_key for part in self.touched if part.project_key))

    @property
    def words(self) -> str:
        """What it wrote, the most first: "Milestone (3), Payment (1)"."""
        kinds: Counter[str] = Counter()
        for part in self.touched:
            kinds[part.entity] += part.records
        return ", ".join(f"{entity_label(entity)} ({number})" for entity, number in kinds.most_common())


@dataclass(frozen=True)
class ChangesSince:
    """What changed since a moment; `loads` are change sets that loaded a whole portfolio since then."""

    moment: Moment
    happenings: tuple[HappeningRow, ...]
    written: tuple[WrittenChange, ...]
    loads: tuple[ChangeSetRow, ...]
    not_looked_into: int

    def of(self, project_keys: Collection[str], *, with_others: bool) -> ChangesSince:
        """What belongs to these projects; what belongs to none only `with_others`."""
        wanted = frozenset(project_keys)
        written = (
            replace(
                change,
                touched=tuple(
                    part
                    for part in change.touched
                    if part.project_key in wanted or (with_others and part.project_key is None)
                ),
            )
            for change in self.written
        )
        return replace(
            self,
            happenings=tuple(row for row in self.happenings if row.project_key in wanted),
            written=tuple(change for change in written if change.touched),
        )

    def with_missed(self, passed: Iterable[Due]) -> ChangesSince:
        """The same with what was missed since then, as the calendar tells it of projects."""
        missed = [
            HappeningRow("missed", due.project_key, due.until.isoformat(), due.name)
            for due in passed
            if due.project_key is not None and due.until > self.moment.day
        ]
        rows = sorted((*self.happenings, *missed), key=lambda row: (row.on, row.project_key, row.detail))
        return replace(self, happenings=tuple(reversed(rows)))

    @property
    def counts(self) -> tuple[str, ...]:
        """How much happened of each kind, in words: "2 milestones reached"."""
        sums: Counter[str] = Counter()
        for row in self.happenings:
            sums[row.kind] += (row.number or 0) if row.kind in ("payment", "risk") else 1
        return tuple(counted(sums[kind], *nouns) for kind, nouns in _NOUNS.items() if sums[kind])

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.happenings or self.written or self.not_looked_into)


def last_month(as_of: dt.date) -> Moment:
    """The same day of the month before, or its last day."""
    before = as_of.replace(day=1) - dt.timedelta(days=1)
    day = before.replace(day=min(as_of.day, before.day))
    return Moment("month", day, f"since {date_label(day.isoformat())}")


def of_visit(visit: VisitRow | None) -> Moment | None:
    """The person's last visit; None if there was none."""
    if visit is None:
        return None
    seen = dt.datetime.fromisoformat(visit.seen_at)
    words = f"since your last visit on {date_label(seen.date().isoformat())} at {seen:%H:%M} UTC"
    return Moment("visit", dt.date.fromisoformat(visit.as_of), words, visit.seen_at)


def last_meetings(database: Database, person: Person, *, as_of: dt.date) -> Mapping[str, str]:
    """The day of each project's last steering committee by `as_of`, by project."""
    require(person, "see")
    return find_last_meetings(database, as_of)


def of_meeting(
    meetings: Mapping[str, str], projects: Collection[str], names: Mapping[str, str]
) -> Moment | None:
    """The last steering committee of these projects; None if none is on record."""
    held = {key: on for key, on in meetings.items() if key in projects}
    if not held:
        return None
    key = max(held, key=lambda key: (held[key], key))
    day = PartialDate.parse(held[key])
    return Moment("meeting", day.last, f"since the steering committee of {names[key]} ({day.label})")


def changes_since(database: Database, person: Person, moment: Moment, *, as_of: dt.date) -> ChangesSince:
    """What changed since `moment` in everything that the person may see; narrow it with `of`.

    On an earlier day than the present, only what was written by then.
    """
    require(person, "see")
    with reading(database):
        happenings = find_happenings(database, moment.day, as_of)
        until = "9999" if as_of >= default_as_of(get_portfolio(database)) else as_of.isoformat()
        written = (row for row in find_change_sets(database) if row.at[:10] <= until)
        rows = [row for row in written if _is_after(row, moment)]
        loads = tuple(row for row in rows if row.kind == "load")
        others = [row for row in rows if row.kind != "load"]
        keys = frozenset(find_project_keys(database))
        changes = tuple(
            WrittenChange(row, _touched((change for _, change in find_changes(database, row.id)), keys))
            for row in others[:_MOST_CHANGE_SETS]
        )
    return ChangesSince(moment, happenings, changes, loads, max(0, len(others) - _MOST_CHANGE_SETS))


def _is_after(row: ChangeSetRow, moment: Moment) -> bool:
    return row.at > moment.at if moment.at else row.at[:10] > moment.day.isoformat()


def _touched(changes: Iterable[FieldChange], keys: frozenset[str]) -> tuple[Touched, ...]:
    """The records that changes wrote; what stands behind a value is no record of its own here."""
    records: dict[tuple[str | None, str], set[str]] = {}
    for change in changes:
        if change.entity not in ("evidence", "source"):
            records.setdefault((project_of(change, keys), change.entity), set()).add(change.key)
    return tuple(Touched(project, entity, len(found)) for (project, entity), found in records.items())


_SENTENCES: dict[Kind, str] = {
    "evaluation": "{row.detail}: carried out",
    "training": "Training '{row.detail}' held",
    "missed": "{row.detail} missed",
    "recommendation-done": "Recommendation {row.number} carried out: {row.detail}",
    "recommendation-due": "Recommendation {row.number} fell due and is not carried out: {row.detail}",
}


def happening_words(row: HappeningRow) -> str:
    """What happened, without the project and the date."""
    if row.kind == "milestone":
        return f"Milestone '{row.detail}' reached"
    if row.kind in _SENTENCES:
        return _SENTENCES[row.kind].format(row=row)
    if row.kind == "risk":
        return f"{counted(row.number or 0, 'risk')} reviewed"
    if row.kind == "override":
        scope, colour = label("health_scope", row.detail).lower(), label("rating", row.more or "").lower()
        return f"Colour set by hand, {scope}: {colour}"
    if row.kind == "report":
        return f"{label('report_kind', row.detail)}{f' {row.more}' if row.more else ''} received"
    if row.kind == "amendment":
        end = f", new end {date_label(row.more)}" if row.more else ""
        return f"Amendment {row.number} signed: {label('amendment_kind', row.detail).lower()}{end}"
    cents = row.cents or 0
    verb = "paid" if cents >= 0 else "recovered"
    return f"{format_eur(abs(cents))} {verb} ({counted(row.number or 0, 'transfer')})"
