"""What is missing of each project, who owes it, and since when: rules over what the database counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.changes import RecordId
from portfolio.model.completeness_rows import EntryDays, IncompleteRow, RecordCounts
from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person, require
from portfolio.services.geography import is_estimated
from portfolio.services.money import is_off_budget
from portfolio.services.report_calls import ran_in
from portfolio.services.statuses import project_status
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.completeness import (
    find_entry_days,
    find_incomplete,
    find_overdue_reports,
    find_record_counts,
    find_reported,
)
from portfolio.vocabulary import Term, codes, default_terms

Owner = Literal["unit", "implementer"]
PartState = Literal["known", "partly", "missing", "not-asked"]
# "loaded": entered with the whole portfolio; "not-due": nothing says when it falls due.
Since = Literal["entered", "loaded", "erased", "due", "not-due"]
# What a project that has not begun, or that is closed, is not asked for.
_NOT_ASKED: Mapping[str, frozenset[str]] = {
    "planned": frozenset({"contracts", "milestones", "results", "risks", "reports"}),
    "closed": frozenset({"risks"}),
}
# The records that show that a part is known although it is not asked for.
_COUNTED = {"contracts": "contracts", "milestones": "milestones", "results": "indicators", "risks": "risks"}


@dataclass(frozen=True)
class MissingItem:
    """One thing that is missing of a project.

    `records` are those that say too little, empty where the project itself does; `since` is None where the
    history does not tell, `basis` says what happened on that day. `period` is the half-year with whose report
    the implementer owes it, None for what the unit owes and for other reports of the calendar.
    """

    project_key: str
    kind: str
    owner: Owner
    since: dt.date | None
    basis: Since
    records: tuple[IncompleteRow, ...] = ()
    period: HalfYear | None = None

    @property
    def term(self) -> Term:
        """Label, part, form and explanation of its kind."""
        return _kinds()[self.kind]

    @property
    def part(self) -> str:
        """The part of the matrix to which it belongs."""
        return self.term.get("part")

    def days(self, as_of: dt.date) -> int | None:
        """How long it has been missing; None where the history does not tell, and of what was loaded so."""
        return None if self.since is None or self.basis == "loaded" else max(0, (as_of - self.since).days)


@dataclass(frozen=True)
class OnRecord:
    """What the database counted of the portfolio, and who reported for `period`."""

    counts: Mapping[str, RecordCounts]
    incomplete: Mapping[str, tuple[IncompleteRow, ...]]
    days: EntryDays
    period: HalfYear
    reported: frozenset[str]


def on_record(database: Database, person: Person, *, as_of: dt.date) -> OnRecord:
    """What the database counted of the whole portfolio by `as_of`; the half-year is the last that had ended.

    On which day a record was entered is told as it happened, also where that was later.
    """
    require(person, "see")
    period = HalfYear.last_ended(as_of)
    incomplete: dict[str, list[IncompleteRow]] = {}
    with reading(database):
        for row in (*find_incomplete(database, as_of), *find_overdue_reports(database, as_of)):
            incomplete.setdefault(row.project_key, []).append(row)
        return OnRecord(
            counts=find_record_counts(database, as_of),
            incomplete={key: tuple(rows) for key, rows in incomplete.items()},
            days=find_entry_days(database),
            period=period,
            reported=find_reported(database, str(period), as_of),
        )


def _nobody(project: ProjectRow) -> bool:
    return not any(role.role != "beneficiary" for role in project.roles)


def _no_eu_contribution(project: ProjectRow) -> bool:
    return project.eu_contribution_cents is None and not is_off_budget(project)


# Kind, and the field in which it would stand if the project has one.
_OF_PROJECT: tuple[tuple[str, str | None, Callable[[ProjectRow], bool]], ...] = (
    ("summary", "summary", lambda project: not project.summary),
    ("focus", "focus", lambda project: project.focus is None),
    ("instrument", "instrument", lambda project: project.instrument is None),
    ("modality", "modality", lambda project: project.modality is None),
    ("implementers", None, _nobody),
    ("start", "start", lambda project: project.start is None),
    ("end", "end_current", lambda project: project.present_end is None and not project.end_contradicts),
    ("total-budget", "total_budget_cents", lambda project: project.total_budget_cents is None),
    ("eu-contribution", "eu_contribution_cents", _no_eu_contribution),
    ("partners", None, lambda project: not project.participations),
    ("shares", None, is_estimated),
    ("pillars", None, lambda project: not project.pillars),
)
_NONE_AT_ALL = ("contracts", "milestones", "indicators", "risks")


def missing_items(
    projects: Iterable[ProjectRow], on_record: OnRecord, as_of: dt.date
) -> tuple[MissingItem, ...]:
    """Everything that is missing of the projects: project by project, in the printed order of the kinds."""
    order = {code: number for number, code in enumerate(_kinds())}
    return tuple(
        item
        for project in projects
        for item in sorted(_of_project(project, on_record, as_of), key=lambda found: order[found.kind])
    )


def _of_project(project: ProjectRow, on_record: OnRecord, as_of: dt.date) -> Iterator[MissingItem]:
    status = project_status(project, as_of)
    left_out = _NOT_ASKED.get(status, frozenset())
    counts = on_record.counts.get(project.key, RecordCounts(project.key))
    is_silent = ran_in(project, on_record.period, as_of) and project.key not in on_record.reported
    # Without a calendar and without a contract nothing asks the implementer for a report.
    owes_report = is_silent and bool(counts.contracts or counts.report_dues)
    yield from _of_calendar(project, status, counts, is_silent)
    for kind, since, basis, records in _found(project, on_record, owes_report):
        entry = _kinds()[kind]
        if entry.get("part") in left_out or (kind == "milestone-date" and status == "closed"):
            continue
        # Nobody reports on a closed project any more, except what is still due.
        by_unit = entry.get("owner") == "unit" or (status == "closed" and entry.get("part") != "reports")
        owed = on_record.period if owes_report else HalfYear.running_on(as_of)
        yield MissingItem(
            project.key, kind, "unit" if by_unit else "implementer", since, basis, records,
            None if by_unit or kind == "report-due" else owed,
        )  # fmt: skip


def _of_calendar(
    project: ProjectRow, status: str, counts: RecordCounts, is_silent: bool
) -> Iterator[MissingItem]:
    """What the unit owes so that a report can fall due: the calendar of a contract, else any word of it."""
    if counts.report_dues:
        return
    if counts.contracts and status == "ongoing":
        yield MissingItem(project.key, "reporting-calendar", "unit", None, "not-due")
    if not counts.contracts and is_silent:
        yield MissingItem(project.key, "report", "unit", None, "not-due")


_Found = tuple[str, dt.date | None, Since, tuple[IncompleteRow, ...]]


def _found(project: ProjectRow, on_record: OnRecord, owes_report: bool) -> Iterator[_Found]:
    record: RecordId = ("project", project.key)
    entered = _day(on_record.days.entered.get(record))
    how: Since = "loaded" if record in on_record.days.loaded else "entered"
    for kind, field, is_missing in _OF_PROJECT:
        if is_missing(project):
            erased = _day(on_record.days.erased.get((*record, field))) if field else None
            yield (kind, erased, "erased", ()) if erased else (kind, entered, how, ())
    counts = on_record.counts.get(project.key, RecordCounts(project.key))
    for kind in _NONE_AT_ALL:
        if getattr(counts, kind) == 0:
            yield kind, entered, how, ()
    listed = _by_kind(on_record.incomplete.get(project.key, ()))
    calendar = listed.pop("report-due", [])
    for kind, rows in listed.items():
        known = [(day, row) for row in rows if (day := _day(on_record.days.entered.get(row.record)))]
        since, first = min(known, key=lambda entry: entry[0], default=(None, None))
        is_loaded = first is not None and first.record in on_record.days.loaded
        yield kind, since, "loaded" if is_loaded else "entered", tuple(rows)
    yield from _reports(calendar, on_record.period if owes_report else None)


def _reports(calendar: Iterable[IncompleteRow], period: HalfYear | None) -> Iterator[_Found]:
    """The report of the half-year that is owed, since its calendar's day, and what else is overdue there."""
    dues = {row.key: PartialDate.parse(row.due_on).last for row in calendar if row.due_on}
    of_period = [row for row in calendar if period is not None and row.period == str(period)]
    others = [row for row in calendar if row not in of_period]
    if others:
        yield "report-due", min(dues[row.key] for row in others), "due", tuple(others)
    if period is not None:
        days = [dues[row.key] for row in of_period]
        yield "report", min(days, default=period.last + dt.timedelta(days=1)), "due", ()


def _by_kind(rows: Iterable[IncompleteRow]) -> dict[str, list[IncompleteRow]]:
    found: dict[str, list[IncompleteRow]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def part_states(
    project: ProjectRow,
    items: Iterable[MissingItem],
    period: HalfYear,
    as_of: dt.date,
    counts: RecordCounts | None = None,
) -> dict[str, PartState]:
    """How complete each part of a project is; `items` are those of this project.

    A part that is not asked for is known where `counts` has records of it.
    """
    own = [item for item in items if item.project_key == project.key]
    left_out = _NOT_ASKED.get(project_status(project, as_of), frozenset())
    found: dict[str, PartState] = {}
    for part in codes("missing_part"):
        kinds = [item.kind for item in own if item.part == part]
        unasked = part in left_out or (part == "reports" and not kinds and not ran_in(project, period, as_of))
        has_records = part in _COUNTED and counts is not None and getattr(counts, _COUNTED[part]) > 0
        found[part] = "not-asked" if unasked and not has_records else _state(part, kinds)
    return found


def _state(part: str, kinds: list[str]) -> PartState:
    if not kinds:
        return "known"
    fields = [entry.code for entry in _kinds().values() if entry.get("part") == part]
    nothing = any(_kinds()[kind].get("whole") == "yes" for kind in kinds)
    return "missing" if nothing or set(kinds) >= set(fields) else "partly"


@lru_cache
def _kinds() -> dict[str, Term]:
    """What can be missing, by code in its printed order; no unit renames it."""
    return {entry.code: entry for entry in default_terms("missing_kind")}
