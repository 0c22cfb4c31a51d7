"""How fresh the figures are: who reported for which half-year, and how long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.dates import HalfYear
from portfolio.model.completeness_rows import LastReportRow
from portfolio.model.rows import ProjectRow
from portfolio.numbers import counted
from portfolio.services.access import Person, require
from portfolio.services.report_calls import ran_in
from portfolio.storage.engine import Database
from portfolio.storage.queries.completeness import find_last_reports, find_reported


@dataclass(frozen=True)
class Freshness:
    """Who was to report for a half-year and who did; `last` is the last report of each that ever did."""

    period: HalfYear
    asked: tuple[str, ...]
    reported: tuple[str, ...]
    last: Mapping[str, LastReportRow]

    @property
    def sentence(self) -> str:
        """How many of those that ran in the half-year reported for it; says so where none is known to have.

        "17 of 26 projects that ran in 2026-S1 have a report or cost on record": not of those that run today.
        """
        if not self.asked:
            return f"No project is known to have run in {self.period}"
        verb = "has" if len(self.asked) == 1 else "have"
        of = f"{counted(len(self.asked), 'project')} that ran in {self.period}"
        return f"{len(self.reported)} of {of} {verb} a report or cost on record"

    def age_days(self, project_key: str, as_of: dt.date) -> int | None:
        """Days since the end of the half-year that a project reported last; None if it never did."""
        row = self.last.get(project_key)
        return None if row is None else max(0, (as_of - HalfYear.parse(row.period).last).days)


def freshness_of(
    projects: Iterable[ProjectRow],
    reported: frozenset[str],
    last: Mapping[str, LastReportRow],
    period: HalfYear,
    as_of: dt.date,
) -> Freshness:
    """Who among the projects ran in the half-year and reported for it."""
    listed = list(projects)
    asked = tuple(project.key for project in listed if ran_in(project, period, as_of))
    keys = {project.key for project in listed}
    own = {key: row for key, row in last.items() if key in keys}
    return Freshness(period, asked, tuple(key for key in asked if key in reported), own)


def reported_for(database: Database, person: Person, period: str, *, as_of: dt.date) -> frozenset[str]:
    """The keys of the projects that had reported for a half-year by `as_of`; one question to the database."""
    require(person, "see")
    return find_reported(database, period, as_of)


def last_reports(database: Database, person: Person, *, as_of: dt.date) -> dict[str, LastReportRow]:
    """The last report of each project that had ever reported by `as_of`."""
    require(person, "see")
    return find_last_reports(database, as_of)


def reported_sentence(projects: Iterable[ProjectRow], reported: frozenset[str], as_of: dt.date) -> str:
    """What stands beside an aggregate of reported figures: how many have a report or cost on record.

    `reported` are those of the last half-year that had ended by `as_of`.
    """
    return freshness_of(projects, reported, {}, HalfYear.last_ended(as_of), as_of).sentence
