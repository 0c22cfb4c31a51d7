"""The records of money behind the figures, by project and contract, as far as they had happened by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.rows import AmendmentRow, ContractRow, IncurredRow, PaymentRow
from portfolio.services.figures.subjects import FigureSubject
from portfolio.storage.queries.money import find_amendments, find_contracts, find_incurred, find_payments

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Ledger:
    """Signed contracts, payments and costs by project, and signed amendments, by number, by contract.

    A payment counts from its own day on: `owners` has the project of every contract, signed or not. One
    without a day counts only where its contract was not certainly `signed_later`.
    """

    contracts: dict[str, list[ContractRow]]
    amendments: dict[str, list[AmendmentRow]]
    payments: dict[str, list[PaymentRow]]
    costs: dict[str, list[IncurredRow]]
    owners: dict[str, str]
    signed_later: frozenset[str]

    def payments_of(self, project_key: str) -> list[PaymentRow]:
        """The payments under a project's contracts."""
        return self.payments.get(project_key, [])


def load_ledger(subject: FigureSubject) -> Ledger:
    """The records that had happened by the subject's date; of a reduced date only what is certain counts."""
    as_of = subject.as_of
    ended = str(HalfYear.last_ended(as_of))
    every = subject.rows(find_contracts)
    owners = {row.key: row.project_key for row in every}
    contracts = [row for row in every if happened_by(row.signed_on, as_of)]
    amendments = [row for row in subject.rows(find_amendments) if was_signed(row.signed_on, as_of)]
    later = frozenset(row.key for row in every if begins_after(row.signed_on, as_of))
    payments = [
        row
        for row in subject.rows(find_payments)
        if happened_by(row.paid_on, as_of) and (row.paid_on is not None or row.contract_key not in later)
    ]
    return Ledger(
        grouped(contracts, lambda row: row.project_key),
        grouped(sorted(amendments, key=lambda row: row.number), lambda row: row.contract_key),
        grouped(payments, lambda row: owners.get(row.contract_key, "")),
        grouped(
            (row for row in subject.rows(find_incurred) if row.period <= ended), lambda row: row.project_key
        ),
        owners,
        later,
    )


def was_signed(text: str | None, as_of: dt.date) -> bool:
    """Whether a signature is on record, and certainly given by the date."""
    date = PartialDate.of(text)
    return date is not None and date.last <= as_of


def begins_after(text: str | None, as_of: dt.date) -> bool:
    """Whether something certainly happened after the date."""
    date = PartialDate.of(text)
    return date is not None and date.first > as_of


def happened_by(text: str | None, as_of: dt.date) -> bool:
    """Whether something on record happened by the date: certainly, or on a day that nobody stated."""
    return text is None or was_signed(text, as_of)


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """The rows by what they belong to, each group in their order."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
