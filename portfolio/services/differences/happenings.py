"""What happened between the dates: amendments signed, trainings held, reports received.

A record that stands on the earlier date and no longer on the later one was corrected: it is listed as such.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portfolio.dates import PartialDate, date_label
from portfolio.model.changes import RecordId
from portfolio.model.report_rows import ReportDueRow
from portfolio.model.result_rows import TrainingRow
from portfolio.model.rows import AmendmentRow
from portfolio.money import format_eur
from portfolio.services.capacity.ledgers import end_of
from portfolio.services.deadlines.contracts import is_signed
from portfolio.services.differences.standpoints import Frame
from portfolio.vocabulary import label


@dataclass(frozen=True)
class Happened:
    """Something dated that had happened on one of the dates only; `on` is a reduced ISO text.

    `is_gone` where it is the earlier one: then it is no longer on record.
    """

    project_key: str
    what: str
    on: str
    record: RecordId
    is_gone: bool = False


def amendments_signed(before: Frame, after: Frame, keys: Collection[str]) -> tuple[Happened, ...]:
    """The amendments that were signed between the dates, the latest first."""
    return _between(_amendments(before, keys), _amendments(after, keys))


def trainings_held(before: Frame, after: Frame, keys: Collection[str]) -> tuple[Happened, ...]:
    """The trainings that were held between the dates, the latest first."""
    return _between(_trainings(before, keys), _trainings(after, keys))


def reports_received(before: Frame, after: Frame, keys: Collection[str]) -> tuple[Happened, ...]:
    """The reports of the calendars on record that came in between the dates, the latest first."""
    return _between(_reports(before, keys), _reports(after, keys))


def _between(old: Mapping[str, Happened], new: Mapping[str, Happened]) -> tuple[Happened, ...]:
    came = [row for key, row in new.items() if key not in old]
    gone = [
        Happened(row.project_key, row.what, row.on, row.record, is_gone=True)
        for key, row in old.items()
        if key not in new
    ]
    ordered = sorted([*came, *gone], key=lambda row: (row.on, row.project_key, row.what), reverse=True)
    return tuple(sorted(ordered, key=lambda row: row.is_gone))


def _amendments(frame: Frame, keys: Collection[str]) -> dict[str, Happened]:
    contracts = {row.key: row for row in frame.contracts if row.project_key in keys}
    return {
        row.key: Happened(
            contracts[row.contract_key].project_key, amendment_words(row), row.signed_on or "",
            ("amendment", row.key),
        )
        for row in frame.amendments
        if row.contract_key in contracts and is_signed(row, frame.as_of)
    }  # fmt: skip


def amendment_words(row: AmendmentRow) -> str:
    """An amendment in words: "Amendment 2: no-cost extension, new end 31 March 2027"."""
    parts = [f"Amendment {row.number}: {label('amendment_kind', row.kind).lower()}"]
    if row.new_end is not None:
        parts.append(f"new end {date_label(row.new_end)}")
    if row.new_eu_contribution_cents is not None:
        parts.append(f"new EU contribution {format_eur(row.new_eu_contribution_cents)}")
    if row.new_total_cents is not None:
        parts.append(f"new total cost {format_eur(row.new_total_cents)}")
    return ", ".join(parts)


def _trainings(frame: Frame, keys: Collection[str]) -> dict[str, Happened]:
    return {
        row.key: Happened(row.project_key, training_words(row), row.held_on, ("training", row.key))
        for row in frame.trainings
        if row.project_key in keys and end_of(row).last <= frame.as_of
    }


def training_words(row: TrainingRow) -> str:
    """A training with its kind: "Exercise: Response to a ransomware case"."""
    return f"{label('training_kind', row.kind)}: {row.title}"


def _reports(frame: Frame, keys: Collection[str]) -> dict[str, Happened]:
    return {
        row.key: Happened(row.project_key, report_words(row), row.received_on, ("report_due", row.key))
        for row in frame.reports
        if row.project_key in keys and row.received_on is not None and _is_here(row.received_on, frame)
    }


def _is_here(received_on: str, frame: Frame) -> bool:
    # As on the calendar: what only may have come in later is not called missing.
    return PartialDate.parse(received_on).first <= frame.as_of


def report_words(row: ReportDueRow) -> str:
    """A report with its half-year: "Progress report 2026-S1"."""
    name = label("report_kind", row.kind)
    return f"{name} {row.period}" if row.period else name
