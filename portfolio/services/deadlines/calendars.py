"""Everything that falls due in the portfolio: deadlines, reports, and ends that do not fit, on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from portfolio.model.deadline_rows import AgreementRow
from portfolio.model.rows import ContractRow, ProjectRow
from portfolio.pauses import collection_paused
from portfolio.services.access import Person, require, visible
from portfolio.services.deadlines.contracts import INTERIM, ContractCase, contract_deadlines
from portfolio.services.deadlines.decisions import decision_deadlines
from portfolio.services.deadlines.entries import STATE_WORDS, Deadline, State
from portfolio.services.deadlines.fits import Misfit, misfits
from portfolio.services.deadlines.reports import BASIS_WORDS, ReportEntry, report_entries
from portfolio.services.deadlines.rules import default_rule, rulebook
from portfolio.services.milestones import DUE_DAYS
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.deadlines import find_agreements, find_payment_dates, find_reported_periods
from portfolio.storage.queries.ledgers import find_contract_deadlines
from portfolio.storage.queries.money import find_amendments, find_contracts, find_decisions
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.queries.reports import find_evaluations, find_reports_due

# A deadline that was missed, and a report.
_MISSED = ("passed", "late")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Due:
    """One line of what falls due: a deadline or a report that is still open, or was missed.

    It falls on `day`, or on some day up to `until`; a window opens on `day` and closes on `until`.
    """

    uid: str
    code: str
    name: str
    subject: str
    project_key: str | None
    state: State
    day: dt.date
    until: dt.date
    when: str
    arithmetic: str
    source: str
    is_window: bool = False
    outcome: str = ""

    @property
    def state_words(self) -> str:
        """How it stands; of a window that is open, until when."""
        return self.outcome or STATE_WORDS[self.state]


@dataclass(frozen=True)
class DeadlineCalendar:
    """The deadlines, reports and misfits of some projects on a date, each in the order of its dates.

    `compared` names the project of each contract that has an end and an agreement to compare it with.
    """

    as_of: dt.date
    deadlines: tuple[Deadline, ...]
    reports: tuple[ReportEntry, ...]
    misfits: tuple[Misfit, ...]
    compared: tuple[str, ...] = ()

    def of(self, keys: Set[str], *, with_decisions: bool = False) -> DeadlineCalendar:
        """What belongs to these projects; decisions of none of them only `with_decisions`."""
        return replace(
            self,
            deadlines=tuple(
                row
                for row in self.deadlines
                if (not keys.isdisjoint(row.project_keys)) or (with_decisions and not row.project_keys)
            ),
            reports=tuple(row for row in self.reports if row.project_key in keys),
            misfits=tuple(row for row in self.misfits if row.project_key in keys),
            compared=tuple(key for key in self.compared if key in keys),
        )

    @property
    def open(self) -> tuple[Due, ...]:
        """What is still to be done and what was missed, by date."""
        return self._dues(lambda row: True)

    def _dues(self, is_wanted: Callable[[Deadline | ReportEntry], bool]) -> tuple[Due, ...]:
        """The lines of what is open and wanted; the others cost no words."""
        found = [
            _due(row, self.as_of) for row in self.deadlines if row.is_open and row.latest and is_wanted(row)
        ]
        found += [_due_report(row, self.as_of) for row in self.reports if row.is_open and is_wanted(row)]
        return tuple(sorted(found, key=lambda row: (row.day, row.code, row.uid)))

    def between(self, last: dt.date) -> tuple[Due, ...]:
        """What may fall due from the calendar's date on and by `last`."""
        return self._dues(lambda row: row.state not in _MISSED and self._may_fall(row, last))

    def _may_fall(self, row: Deadline | ReportEntry, last: dt.date) -> bool:
        day = row.next_day if isinstance(row, Deadline) else row.earliest
        if day is None or row.latest is None:
            return False
        return self.as_of <= day <= last or day < self.as_of <= row.latest <= last

    @property
    def passed(self) -> tuple[Due, ...]:
        """What was missed: the latest possible day has gone by. The newest first."""
        return tuple(reversed(self._dues(lambda row: row.state in _MISSED)))

    @property
    def unknown(self) -> tuple[Deadline, ...]:
        """The deadlines of which the date, or whether they were met, is not known."""
        return tuple(row for row in self.deadlines if row.state == "not-known")


def upcoming(calendar: DeadlineCalendar, *, days: int = DUE_DAYS) -> tuple[Due, ...]:
    """What may fall due from the calendar's date on and within `days`, the next first.

    A window counts on the day on which it opens, or on which it closes; a range that may have begun counts.
    """
    return calendar.between(calendar.as_of + dt.timedelta(days=days))


def load_deadlines(database: Database, person: Person, *, as_of: dt.date) -> DeadlineCalendar:
    """Everything that falls due in what the person may see; narrow it with `of`."""
    require(person, "see")
    with collection_paused():
        return _calendar(database, person, as_of)


def _calendar(database: Database, person: Person, as_of: dt.date) -> DeadlineCalendar:
    with reading(database):
        projects = {row.key: row for row in visible(person, find_projects(database, as_of=as_of))}
        agreements = _by(find_agreements(database), "decision_key")
        cases = _cases(database, projects, as_of)
        reported = find_reported_periods(database, as_of)
        decisions = find_decisions(database, as_of)
    deadlines = [
        row
        for decision in decisions
        for row in decision_deadlines(decision, agreements.get(decision.key, ()), as_of)
    ]
    reports: list[ReportEntry] = []
    unfit: list[Misfit] = []
    compared: list[str] = []
    for key, own in cases.items():
        deadlines += [row for case in own for row in contract_deadlines(case)]
        reports += report_entries(own, own[0].reports, reported.get(key, frozenset()), as_of)
        unfit += _misfits_of(own, agreements)
        compared += [key for case in own if _is_comparable(case, agreements)]
    return DeadlineCalendar(
        as_of,
        tuple(sorted(deadlines, key=lambda row: (row.next_day or dt.date.max, row.uid))),
        tuple(sorted(reports, key=lambda row: (row.earliest, row.uid))),
        tuple(unfit),
        tuple(compared),
    )


def _cases(
    database: Database, projects: Mapping[str, ProjectRow], as_of: dt.date
) -> dict[str, list[ContractCase]]:
    """The contracts of each project with what deadlines depend on; a project without one stands alone."""
    contracts = _by(find_contracts(database, as_of=as_of), "project_key")
    amendments = _by(find_amendments(database), "contract_key")
    typed = _by(find_contract_deadlines(database), "contract_key")
    payments = find_payment_dates(database, as_of)
    reports = _by(find_reports_due(database), "project_key")
    rules = rulebook()
    evaluations = _by(find_evaluations(database), "project_key")

    def case(project: ProjectRow, contract: ContractRow | None) -> ContractCase:
        key = contract.key if contract else ""
        return ContractCase(
            project, contract, amendments.get(key, ()), payments.get(key), typed.get(key, ()),
            reports.get(project.key, ()), evaluations.get(project.key, ()), as_of, rules,
        )  # fmt: skip

    return {
        key: [case(project, row) for row in contracts.get(key, [])] or [case(project, None)]
        for key, project in projects.items()
    }


def _by(rows: Iterable[Row], field: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return found


def _misfits_of(
    cases: Sequence[ContractCase], agreements: Mapping[str, Sequence[AgreementRow]]
) -> Iterator[Misfit]:
    for case in cases:
        if case.contract is not None and case.contract.decision_key is not None:
            own = agreements.get(case.contract.decision_key, ())
            yield from misfits(case.project, case.contract, case.amendments, own, case.as_of)


def _is_comparable(case: ContractCase, agreements: Mapping[str, Sequence[AgreementRow]]) -> bool:
    """Whether an end and the end of an implementation period are both on record."""
    contract = case.contract
    if contract is None or not (contract.end or any(row.new_end for row in case.amendments)):
        return False
    return any(row.end_of_implementation for row in agreements.get(contract.decision_key or "", ()))


def _due(row: Deadline, as_of: dt.date) -> Due:
    day, until = row.next_day or dt.date.max, row.latest or dt.date.max
    return Due(
        row.uid, row.code, row.name, row.subject, row.project_key, row.state, day, until, row.when,
        row.arithmetic, row.source, row.opens is not None, row.outcome(as_of),
    )  # fmt: skip


def _due_report(row: ReportEntry, as_of: dt.date) -> Due:
    state: State = "passed" if row.state == "late" else "open"
    if state == "open" and (row.earliest - as_of).days <= default_rule(INTERIM).near_days:
        state = "near"
    return Due(
        row.uid, "report", row.name, _capital(BASIS_WORDS[row.basis]), row.project_key, state, row.earliest,
        row.latest, row.when, row.arithmetic, row.source,
    )  # fmt: skip


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
