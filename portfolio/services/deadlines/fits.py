"""Ends of contracts that cannot fit the implementation period of their financing agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.deadline_rows import AgreementRow
from portfolio.model.rows import AmendmentRow, ContractRow, ProjectRow
from portfolio.services.amendments import is_before_contract
from portfolio.services.deadlines.contracts import is_signed
from portfolio.services.deadlines.decisions import counterpart
from portfolio.services.signals import count_label

Certainty = Literal["certain", "possible"]


@dataclass(frozen=True)
class Misfit:
    """An end that lies after the implementation period of an agreement, with the reason in a sentence.

    `amendment_key` is None where the end is the one first signed; "possible" where reduced dates leave it
    open.
    """

    contract_key: str
    project_key: str
    amendment_key: str | None
    agreement_key: str
    new_end: str
    certainty: Certainty
    sentence: str

    @property
    def field(self) -> tuple[str, str, str]:
        """Entity, key and field in which the end stands."""
        if self.amendment_key is not None:
            return ("amendment", self.amendment_key, "new_end")
        return ("contract", self.contract_key, "end")


def misfits(
    project: ProjectRow,
    contract: ContractRow,
    amendments: Sequence[AmendmentRow],
    agreements: Iterable[AgreementRow],
    as_of: dt.date,
) -> Iterator[Misfit]:
    """What does not fit: the present end of a contract, and each amendment that is not signed yet.

    Only agreements with a partner of the project count, and regional ones; all of the decision's where none
    is such.
    """
    applying = _applying(project, contract, agreements)
    for amendment, end in _ends(contract, amendments, as_of):
        for agreement in applying:
            found = _misfit(contract, amendment, end, agreement)
            if found is not None:
                yield found


def _applying(
    project: ProjectRow, contract: ContractRow, agreements: Iterable[AgreementRow]
) -> list[AgreementRow]:
    own = [row for row in agreements if row.decision_key == contract.decision_key]
    near = [row for row in own if row.partner_code is None or row.partner_code in project.partner_codes]
    return near or own


def _ends(
    contract: ContractRow, amendments: Sequence[AmendmentRow], as_of: dt.date
) -> Iterator[tuple[AmendmentRow | None, str]]:
    """The present end, unless it is not known, and the ends that unsigned amendments ask for."""
    dated = sorted((row for row in amendments if row.new_end), key=lambda row: row.number)
    signed = [row for row in dated if is_signed(row, as_of)]
    if signed:
        if not is_before_contract(signed[-1], contract):
            yield signed[-1], signed[-1].new_end or ""
    elif contract.end is not None:
        yield None, contract.end
    for row in dated:
        if row.signed_on is None:
            yield row, row.new_end or ""


def _misfit(
    contract: ContractRow, amendment: AmendmentRow | None, end: str, agreement: AgreementRow
) -> Misfit | None:
    limit, wanted = PartialDate.of(agreement.end_of_implementation), PartialDate.parse(end)
    if limit is None or wanted.last <= limit.first:
        return None
    certain = wanted.first > limit.last
    if not certain and wanted == limit:
        return None
    days = (wanted.first - limit.last).days
    by = f", {'' if wanted.is_day and limit.is_day else 'at least '}{count_label(days, 'day')} earlier"
    what = _end_words(amendment)
    sentence = (
        f"Contract {contract.number}: {what} {wanted.label} {'does' if certain else 'may'} not fit: the "
        f"implementation period of the financing agreement with {counterpart(agreement)} ends on "
        f"{limit.label}{by if certain else ', and the dates are not known to the day'}. Indicative."
    )
    return Misfit(
        contract.key, contract.project_key, amendment.key if amendment else None, agreement.key, end,
        "certain" if certain else "possible", sentence,
    )  # fmt: skip


def _end_words(amendment: AmendmentRow | None) -> str:
    if amendment is None:
        return "the end first signed,"
    signed = PartialDate.of(amendment.signed_on)
    how = f"signed {signed.label}" if signed else "not signed yet"
    return f"amendment {amendment.number} ({how}) with the new end"
