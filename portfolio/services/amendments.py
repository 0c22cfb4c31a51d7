"""Amendments that contradict their contract: what depends on them is not known until they are mended."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.dates import PartialDate
from portfolio.model.rows import AmendmentRow, ContractRow, ProjectRow

BEFORE_CONTRACT = "an amendment is dated before its contract"


def is_before_contract(amendment: AmendmentRow, contract: ContractRow) -> bool:
    """Whether an amendment was certainly signed before its contract was, or, unsigned, before it starts.

    The database decides the same where it sums amounts (storage/queries/standings/money.py) and reads ends.
    """
    begin = PartialDate.of(contract.signed_on or contract.start)
    signed = PartialDate.of(amendment.signed_on)
    return begin is not None and signed is not None and signed.last < begin.first


def amended_end_fields(
    project: ProjectRow, contracts: Iterable[ContractRow], amendments: Iterable[AmendmentRow]
) -> tuple[tuple[str, str, str], ...]:
    """The fields in which a project's amended end stands: of amendments, else of a contract as signed."""
    end = project.amended_end
    moved = tuple(("amendment", row.key, "new_end") for row in amendments if row.new_end == end)
    return moved or tuple(("contract", row.key, "end") for row in contracts if row.end == end)


def amended_end_words(fields: Iterable[tuple[str, str, str]]) -> str:
    """By what a project's end is set, with the fields in which it stands."""
    if any(entity == "contract" for entity, _, _ in fields):
        return "set by a contract as first signed: no amendment signed by the date sets a later end"
    return "set by the latest signed amendment"
