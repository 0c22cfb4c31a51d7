"""The amounts of a project that add up over projects: each with its value, or why it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from portfolio.indicators import Indicator, indicator
from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.services import money as words
from portfolio.services.funds.rates import (
    ABOVE_CONTRACT,
    NO_CONTRACT,
    NO_COST,
    NO_PAYMENT,
    eu_reason,
    total_reason,
)

NOT_PUBLISHED = "no source states it"
NO_OTHER_AMOUNT = "a contract does not state what other funders contribute"
OTHER_CONTRADICTS = "the amounts of a contract and its amendments contradict each other"
NO_PRE_FINANCING = "no pre-financing is on record"
NO_CLEARING = "no cost accepted against pre-financing is on record"
ABOVE_PRE_FINANCING = "more cost is accepted than was pre-financed"
NO_RECEIPT = "no receipt is reported"


@dataclass(frozen=True)
class Stated:
    """An amount, or why it is not known. Units: integer EUR cents."""

    cents: int | None
    reason: str = ""


@dataclass(frozen=True)
class AmountKind:
    """One amount of every project; `of_eu` leaves out what is off-budget, because it is no EU money."""

    id: str
    of_eu: bool
    stated: Callable[[ProjectRow, MoneyRow | None], Stated]

    @property
    def indicator(self) -> Indicator:
        """Its registered words."""
        return indicator(self.id)

    def counts(self, project: ProjectRow) -> bool:
        """Whether the project's amount belongs into a sum of this kind."""
        return not (self.of_eu and words.is_off_budget(project))


def left_to_pay(money: MoneyRow | None) -> Stated:
    """EU contribution - EU paid; not known where more is paid than the contracts hold."""
    whole, part = words.contracted_eu(money), words.paid(money)
    if whole is None:
        return Stated(None, eu_reason(money))
    if part is None:
        return Stated(None, NO_PAYMENT)
    return Stated(None, ABOVE_CONTRACT) if part > whole else Stated(whole - part)


def recovered(money: MoneyRow | None) -> Stated:
    """What came back; 0 where payments are on record and none of them is a recovery."""
    if money is None or money.paid_cents is None:
        return Stated(None, NO_PAYMENT)
    return Stated(money.recovered_cents or 0)


def transferred(money: MoneyRow | None) -> Stated:
    """What was paid before anything was recovered: what an implementer can have received."""
    back = recovered(money)
    if money is None or money.paid_cents is None or back.cents is None:
        return Stated(None, NO_PAYMENT)
    return Stated(money.paid_cents + back.cents)


def pre_financing(money: MoneyRow | None) -> Stated:
    """What was paid ahead of any cost."""
    return _or_reason(money.pre_financing_cents if money else None, NO_PRE_FINANCING)


def cleared(money: MoneyRow | None) -> Stated:
    """Cost accepted against pre-financing."""
    return _or_reason(money.cleared_cents if money else None, NO_CLEARING)


def open_pre_financing(money: MoneyRow | None) -> Stated:
    """Pre-financing paid - cost accepted against it."""
    ahead, accepted = pre_financing(money), cleared(money)
    if ahead.cents is None or accepted.cents is None:
        return Stated(None, ahead.reason or accepted.reason)
    if accepted.cents > ahead.cents:
        return Stated(None, ABOVE_PRE_FINANCING)
    return Stated(ahead.cents - accepted.cents)


def contracted_other(money: MoneyRow | None) -> Stated:
    """What funders other than the EU contribute by contract, None unless every contract states it."""
    if money is None or money.contracts == 0:
        return Stated(None, NO_CONTRACT)
    if money.contracted_other_known < money.contracts:
        return Stated(None, NO_OTHER_AMOUNT)
    return Stated(money.contracted_other_cents)


def _or_reason(cents: int | None, reason: str) -> Stated:
    return Stated(cents, reason if cents is None else "")


AMOUNTS: tuple[AmountKind, ...] = (
    AmountKind(
        "total-budget", False, lambda project, money: _or_reason(project.total_budget_cents, NOT_PUBLISHED)
    ),
    AmountKind(
        "eu-contribution", True,
        lambda project, money: _or_reason(project.eu_contribution_cents, NOT_PUBLISHED),
    ),
    AmountKind(
        "contracted", True, lambda project, money: Stated(words.contracted_eu(money), eu_reason(money))
    ),
    AmountKind("contracted-other", False, lambda project, money: contracted_other(money)),
    AmountKind(
        "contracted-total", False,
        lambda project, money: Stated(words.contracted_total(money), total_reason(money)),
    ),
    AmountKind("paid", True, lambda project, money: _or_reason(words.paid(money), NO_PAYMENT)),
    AmountKind("recovered", True, lambda project, money: recovered(money)),
    AmountKind("pre-financing", True, lambda project, money: pre_financing(money)),
    AmountKind("cleared", True, lambda project, money: cleared(money)),
    AmountKind("open-pre-financing", True, lambda project, money: open_pre_financing(money)),
    AmountKind("left-to-pay", True, lambda project, money: left_to_pay(money)),
    AmountKind(
        "received", True,
        lambda project, money: _or_reason(money.received_cents if money else None, NO_RECEIPT),
    ),
    AmountKind("incurred", False, lambda project, money: _or_reason(words.incurred(money), NO_COST)),
)  # fmt: skip


def amount_kind(kind_id: str) -> AmountKind:
    """One kind of amount by the id of its indicator; KeyError if there is none."""
    return {kind.id: kind for kind in AMOUNTS}[kind_id]


def amount_sum(kind: AmountKind, projects: Iterable[ProjectRow], money: Mapping[str, MoneyRow]) -> KnownSum:
    """The sum over the projects that belong into it, and how many of them it knows."""
    return KnownSum.over(
        kind.stated(project, money.get(project.key)).cents for project in projects if kind.counts(project)
    )
