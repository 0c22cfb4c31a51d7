"""Rules of amendments: their dates against those of the contract, and the amounts as amended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from portfolio.findings import Finding
from portfolio.model.rows import RecordState
from portfolio.money import format_eur
from portfolio.services.rule_parts import (
    Records,
    Rule,
    date_in,
    latest_named,
    records_of,
    rule_finding,
    whole_in,
)

_EU, _TOTAL = "eu_contribution_cents", "total_cents"


def _dates(records: Records, _: dt.date) -> Iterator[Finding]:
    contracts = dict(records_of(records, "contract"))
    for key, state in records_of(records, "amendment"):
        contract = contracts.get(str(state.get("contract_key")), {})
        begin = date_in(contract, "signed_on") or date_in(contract, "start")
        signed, new_end = date_in(state, "signed_on"), date_in(state, "new_end")
        if begin and signed and signed.last < begin.first:
            yield rule_finding(
                "RULE_AMENDMENT_BEFORE_START", "error", ("amendment", key), "signed_on", signed,
                f"Amendment {state.get('number')} was signed ({signed.label}) before its contract "
                f"({begin.label}).",
                "Correct the date of one of the two signatures.",
            )  # fmt: skip
        elif (start := date_in(contract, "start")) and signed and signed.last < start.first:
            yield rule_finding(
                "RULE_AMENDMENT_BEFORE_START", "warning", ("amendment", key), "signed_on", signed,
                f"Amendment {state.get('number')} was signed ({signed.label}) before its contract starts "
                f"({start.label}).",
                "Correct the date, unless the contract was amended before its start.",
            )  # fmt: skip
        if begin and new_end and new_end.last < begin.first:
            yield rule_finding(
                "RULE_END_BEFORE_START", "error", ("amendment", key), "new_end", new_end,
                f"The new end ({new_end.label}) lies before the contract begins ({begin.label}).",
                "Correct the new end.",
            )  # fmt: skip


def _amounts(records: Records, today: dt.date) -> Iterator[Finding]:
    """The EU contribution as amended against the total: told of the last amendment that names one of them."""
    for contract_key, contract in records_of(records, "contract"):
        own = {key: state for key, state in records_of(records, "amendment")
               if state.get("contract_key") == contract_key and _names_amount(state, today)}  # fmt: skip
        eu, total = (_present(contract, own.values(), field) for field in (_EU, _TOTAL))
        if own and eu is not None and total is not None and eu > total:
            last = max(own, key=lambda key: (whole_in(own[key], "number") or 0, key))
            field = _EU if own[last].get(f"new_{_EU}") is not None else _TOTAL
            yield rule_finding(
                "RULE_EU_ABOVE_TOTAL", "error", ("amendment", last), f"new_{field}", eu,
                f"As amended, the EU contribution ({format_eur(eu)}) is more than the total "
                f"({format_eur(total)}).",
                "Enter both amounts in the amendment, or correct the one that is wrong.",
            )  # fmt: skip


def _names_amount(amendment: RecordState, today: dt.date) -> bool:
    """Whether an amendment is signed and changes an amount."""
    signed = date_in(amendment, "signed_on")
    changes = any(amendment.get(f"new_{field}") is not None for field in (_EU, _TOTAL))
    return changes and signed is not None and signed.last <= today


def _present(contract: RecordState, amendments: Iterable[RecordState], field: str) -> int | None:
    amended = latest_named(amendments, f"new_{field}")
    return whole_in(contract, field) if amended is None else amended


AMENDMENT_RULES: tuple[Rule, ...] = (_dates, _amounts)
