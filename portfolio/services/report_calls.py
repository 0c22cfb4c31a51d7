"""Who has reported for a period and who has not, since when, and the words to remind them with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.dates import HalfYear, PartialDate, date_label
from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person, may
from portfolio.services.statuses import project_status
from portfolio.services.views import PortfolioView
from portfolio.storage.engine import Database
from portfolio.storage.queries.money_years import find_period_costs
from portfolio.storage.queries.practice import ReceivedReportRow, find_received


@dataclass(frozen=True)
class ReportCall:
    """One project and one period: reported, or due since the day after the period ended.

    `received` is the report that came in last; `has_costs` says that costs of the period are on record
    although no workbook was received through the tracker.
    """

    project: ProjectRow
    period: HalfYear
    received: ReceivedReportRow | None
    has_costs: bool
    may_import: bool

    @property
    def is_reported(self) -> bool:
        """Whether anything was reported for the period."""
        return self.received is not None or self.has_costs

    @property
    def due_since(self) -> dt.date:
        """The first day on which the report could have been there."""
        return self.period.last + dt.timedelta(days=1)

    def days_open(self, as_of: dt.date) -> int:
        """Days since the period ended, 0 if it has been reported."""
        return 0 if self.is_reported else max(0, (as_of - self.period.last).days)


def report_calls(
    database: Database, person: Person, view: PortfolioView, period: HalfYear | None = None
) -> tuple[ReportCall, ...]:
    """The chosen projects that ran in `period`, by default the last that has ended; open ones first.

    What came in after the date of the view counts nowhere; nor does cost of a half-year that had not ended.
    """
    asked = period or HalfYear.last_ended(view.as_of)
    received = {(row.project_key, row.period): row for row in find_received(database, view.as_of)}
    costs = find_period_costs(database, view.as_of)
    with_costs = {row.project_key for row in costs if row.period == str(asked)}
    calls = [
        ReportCall(
            project, asked, received.get((project.key, str(asked))), project.key in with_costs,
            may(person, "import", project.key),
        )
        for project in view.projects
        if ran_in(project, asked, view.as_of)
    ]  # fmt: skip
    return tuple(sorted(calls, key=lambda call: (call.is_reported, call.project.acronym.casefold())))


def ran_in(project: ProjectRow, period: HalfYear, as_of: dt.date) -> bool:
    """Whether the project may have run in the period: by its dates, else because it runs now."""
    start, end = PartialDate.of(project.start), PartialDate.of(project.present_end)
    if start is not None and start.first > period.last:
        return False
    if end is not None:
        return end.last >= period.first and start is not None
    return project_status(project, as_of) == "ongoing"


def reminder(call: ReportCall, sender: str, as_of: dt.date) -> str:
    """A reminder to copy into a mail."""
    project, ended = call.project, date_label(call.period.last.isoformat())
    return (
        f"Subject: Progress report {call.period} of {project.acronym}\n\n"
        f"Dear colleagues,\n\n"
        f"The reporting period {call.period} ended on {ended}, {call.days_open(as_of)} days ago. We have not "
        f"yet received the progress report of {project.acronym} ({project.title}) for it.\n\n"
        "Please fill in the workbook that we sent, or the one attached, and return it. Empty cells keep what "
        "we hold; the word CLEAR erases a value.\n\n"
        f"Kind regards\n{sender}\n"
    )
