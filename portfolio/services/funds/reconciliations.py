"""Received beside paid: what the implementer says against what the Commission transferred.

A receipt never changes what is paid. A recovery happens after the money was received, so receipts are held
against the transfers before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portfolio.model.money_rows import MoneyRow
from portfolio.money import format_eur
from portfolio.services.funds.amounts import NO_RECEIPT, recovered, transferred
from portfolio.services.funds.rates import NO_PAYMENT

Agreement = Literal["agrees", "less", "more", "unknown"]


@dataclass(frozen=True)
class Reconciliation:
    """A project's receipts against its transfers, and one sentence that says how they compare.

    Units: integer EUR cents; `difference_cents` is received - transferred, None where either is not known.
    """

    received_cents: int | None
    transferred_cents: int | None
    recovered_cents: int | None
    difference_cents: int | None
    agreement: Agreement
    sentence: str


def reconciliation(money: MoneyRow | None) -> Reconciliation:
    """How a project's receipts compare with its transfers."""
    sent, back = transferred(money).cents, recovered(money).cents
    received = money.received_cents if money else None
    if sent is None or received is None:
        return Reconciliation(received, sent, back, None, "unknown", _unknown_sentence(sent, received))
    difference = received - sent
    agreement: Agreement = "agrees" if not difference else ("less" if difference < 0 else "more")
    later = f" {format_eur(back)} of it was recovered afterwards." if back else ""
    return Reconciliation(
        received, sent, back, difference, agreement, _sentence(received, sent, difference) + later
    )


def _sentence(received: int, sent: int, difference: int) -> str:
    if not difference:
        return f"Received what was transferred: {format_eur(sent)}."
    word = "less" if difference < 0 else "more"
    return (
        f"Received {format_eur(received)}, {format_eur(abs(difference))} {word} "
        f"than the {format_eur(sent)} transferred."
    )


def _unknown_sentence(sent: int | None, received: int | None) -> str:
    if sent is None and received is None:
        return f"Not known: {NO_PAYMENT} and {NO_RECEIPT}."
    if sent is None:
        return f"Received {format_eur(received)}, but {NO_PAYMENT}."
    return f"Not known: {format_eur(sent)} was transferred and {NO_RECEIPT}."
