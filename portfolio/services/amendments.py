"""Amendments that contradict their contract: what depends on them is not known until they are mended."""

from __future__ import annotations

from portfolio.dates import PartialDate
from portfolio.model.rows import AmendmentRow, ContractRow

BEFORE_CONTRACT = "an amendment is dated before its contract"


def is_before_contract(amendment: AmendmentRow, contract: ContractRow) -> bool:
    """Whether an amendment was certainly signed before its contract was, or, unsigned, before it starts.

    The database decides the same where it sums amounts (storage/queries/standings/money.py) and reads ends.
    """
    begin = PartialDate.of(contract.signed_on or contract.start)
    signed = PartialDate.of(amendment.signed_on)
    return begin is not None and signed is not None and signed.last < begin.first
