"""The reporting calendar: what is due, received, late and next, from the calendar on record or by rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.report_rows import ReportDueRow
from portfolio.services.deadlines.contracts import INTERIM, ContractCase, from_contract
from portfolio.services.deadlines.entries import Deadline, span_label
from portfolio.services.deadlines.rules import DeadlineRule
from portfolio.services.signals import count_label
from portfolio.vocabulary import label

ReportState = Literal["late", "due", "received", "received-late", "not-known"]
REPORT_STATE_WORDS: dict[ReportState, str] = {
    "late": "Late",
    "due": "Due",
    "received": "Received",
    "received-late": "Received late",
    "not-known": "Not known",
}
ReportBasis = Literal["calendar", "rule", "contract"]
BASIS_WORDS: dict[ReportBasis, str] = {
    "calendar": "reporting calendar",
    "rule": "by rule",
    "contract": "from the contract",
}


@dataclass(frozen=True)
class ReportEntry:
    """One report of a project: due between `earliest` and `latest`, one day unless a date is reduced.

    `late_days` is at least how long it is overdue, 0 where it is not. An entry of the calendar on record
    names its record; one by rule is indicative and rests on the contract.
    """

    project_key: str
    kind: str
    period: str | None
    state: ReportState
    basis: ReportBasis
    earliest: dt.date
    latest: dt.date
    late_days: int
    entity: str
    key: str
    field: str
    arithmetic: str
    source: str
    received_on: str | None = None
    how_received: str = ""

    @property
    def uid(self) -> str:
        """What tells this entry from every other, whatever its date becomes."""
        return ".".join(filter(None, ("report", self.kind, self.key, self.period)))

    @property
    def name(self) -> str:
        """What is due: "Progress report 2026-S1"."""
        name = label("report_kind", self.kind)
        return f"{name} {self.period}" if self.period else name

    @property
    def is_open(self) -> bool:
        """Whether it has not come in."""
        return self.state in ("late", "due")

    @property
    def is_received(self) -> bool:
        """Whether it has come in, in time or late."""
        return self.state in ("received", "received-late")

    @property
    def when(self) -> str:
        """The date in words."""
        return span_label(self.earliest, self.latest)

    @property
    def outcome(self) -> str:
        """How it stands, in words."""
        if self.state == "late":
            return f"Late, {count_label(self.late_days, 'day')}"
        words = REPORT_STATE_WORDS[self.state]
        if self.received_on:
            received = PartialDate.parse(self.received_on)
            return f"{words} {'on' if received.is_day else 'in'} {received.label}"
        return f"{words} ({self.how_received})" if self.how_received else words


def report_entries(
    cases: Sequence[ContractCase], calendar: Iterable[ReportDueRow], reported: Set[str], as_of: dt.date
) -> Iterator[ReportEntry]:
    """The reports of one project: those of its calendar; where it has none, those that its contracts give.

    `cases` are its contracts, `reported` the half-years of which anything was reported.
    """
    listed = list(calendar)
    for row in listed:
        yield _on_record(row, reported, as_of)
    if not listed:
        for case in cases:
            yield from _of_contract(case, reported)


def _on_record(row: ReportDueRow, reported: Set[str], as_of: dt.date) -> ReportEntry:
    due = PartialDate.parse(row.due_on)
    received = PartialDate.of(row.received_on)
    # As a milestone that is done: what only may have come in later is not called late.
    here = received is not None and received.first <= as_of
    state: ReportState
    if here and received is not None:
        state = "received-late" if received.first > due.last else "received"
    else:
        state = "late" if due.last < as_of else "due"
    arithmetic = f"Indicative: {due.label}, from the reporting calendar; nothing is computed."
    if state == "late" and row.period in reported:
        arithmetic += f" Figures of {row.period} are on record, but not that the report came in."
    return ReportEntry(
        project_key=row.project_key, kind=row.kind, period=row.period, state=state, basis="calendar",
        earliest=due.first, latest=due.last, entity="report_due", key=row.key, field="due_on",
        late_days=(as_of - due.last).days if state == "late" else 0, arithmetic=arithmetic,
        source="the project's reporting calendar", received_on=row.received_on if here else None,
    )  # fmt: skip


def _of_contract(case: ContractCase, reported: Set[str]) -> Iterator[ReportEntry]:
    """The interim reports of a running contract: typed from it, else by the rule of its type."""
    typed = [row for row in case.typed if row.rule == INTERIM]
    for row in typed:
        yield _typed(case, from_contract(case, INTERIM, row), reported)
    rule = case.rule(INTERIM)
    if typed or rule is None or case.contract is None or case.has_ended:
        return
    for period in periods_until(case.start.date, case.end.date, case.as_of):
        yield _by_rule(case, rule, period, str(period) in reported)


def _typed(case: ContractCase, deadline: Deadline, reported: Set[str]) -> ReportEntry:
    earliest, latest = deadline.earliest or case.as_of, deadline.latest or case.as_of
    period = HalfYear.last_ended(latest)
    is_here = str(period) in reported
    is_late = not is_here and latest < case.as_of
    return ReportEntry(
        project_key=case.project.key, kind="interim", period=str(period), basis="contract",
        state="received" if is_here else "late" if is_late else "due", earliest=earliest, latest=latest,
        late_days=(case.as_of - latest).days if is_late else 0, entity="contract_deadline",
        key=deadline.key, field="due_on", arithmetic=deadline.arithmetic, source=deadline.source,
        how_received="figures on record" if is_here else "",
    )  # fmt: skip


def _by_rule(case: ContractCase, rule: DeadlineRule, period: HalfYear, is_here: bool) -> ReportEntry:
    due = rule.shifted(period.last)
    is_late = not is_here and due < case.as_of
    ended = PartialDate(period.last.year, period.last.month, period.last.day)
    arithmetic = (
        f"Indicative: {ended.label} (end of {period}) {rule.step} = {span_label(due, due)}; the tracker's "
        "half-year stands for the contract's period."
    )
    return ReportEntry(
        project_key=case.project.key, kind="interim", period=str(period), basis="rule",
        state="received" if is_here else "late" if is_late else "due", earliest=due, latest=due,
        late_days=(case.as_of - due).days if is_late else 0, entity=case.start.entity, key=case.start.key,
        field=case.start.field, arithmetic=arithmetic, source=rule.source,
        how_received="figures on record" if is_here else "",
    )  # fmt: skip


def periods_until(start: PartialDate | None, end: PartialDate | None, as_of: dt.date) -> Iterator[HalfYear]:
    """The half-years of an action whose interim report is asked for, up to the one that runs on the date.

    From the one in which it certainly had begun; the one in which it may end is the final report's.
    """
    if start is None:
        return
    period = HalfYear(start.last.year, 1 if start.last.month <= 6 else 2)
    while period.first <= as_of and (end is None or period.last < end.first):
        yield period
        period = period.next
