"""What needs attention, opened: one line for each signal, with the fields that it was raised by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio.services.attention import attention
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count
from portfolio.services.figures.decision_figures import decisions_of
from portfolio.services.figures.ledgers import Ledger, load_ledger
from portfolio.services.figures.money_figures import contract_fields
from portfolio.services.figures.project_figures import end_fields
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.milestones import milestone_state
from portfolio.services.signals import Signal
from portfolio.storage.queries.deadlines import find_agreements
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_amendments, find_contracts


def _attention(subject: FigureSubject) -> Breakdown:
    signals = attention(
        subject.projects, subject.view.money, subject.rows(find_milestones), decisions_of(subject),
        subject.rows(find_contracts), subject.rows(find_amendments), subject.as_of,
    )  # fmt: skip
    lines = tuple(_line(subject, signal) for signal in signals if signal.severity != "info")
    return count("attention", subject.label, lines, "signal")


def _line(subject: FigureSubject, signal: Signal) -> Line:
    names = subject.view.names
    about = names.get(signal.project_key or "", "")
    label = f"{about}: {signal.title}" if about else signal.title
    return Line(label, 1, _fields(subject, signal), signal.project_key, signal.sentence)


def _fields(subject: FigureSubject, signal: Signal) -> tuple[FieldRef, ...]:
    """The fields that a signal was raised by, or the project's own where its rule looks at all of them."""
    if signal.decision_key is not None:
        return _of_decision(subject, signal.decision_key)
    key = signal.project_key or ""
    ledger = subject.once(load_ledger)
    by_code: dict[str, Callable[[], tuple[FieldRef, ...]]] = {
        "overspent": lambda: (*_costs(ledger, key), *_totals(ledger, key)),
        "pre-financed-idle": lambda: (*_costs(ledger, key), *_payments(ledger, key)),
        "silent-implementer": lambda: (*_costs(ledger, key), *_totals(ledger, key)),
        "ends-soon-with-money-left": lambda: (*_costs(ledger, key), *_totals(ledger, key)),
        "extended-twice": lambda: _amendments(ledger, key),
        "milestone-late": lambda: _late(subject, key),
        "contractual-milestone-late": lambda: _late(subject, key),
        "ends-soon": lambda: _ends(subject, key),
    }
    find = by_code.get(signal.code)
    return (find() if find else ()) or (("project", key, "title"),)


def _of_decision(subject: FigureSubject, key: str) -> tuple[FieldRef, ...]:
    agreements = [row.key for row in subject.rows(find_agreements) if row.decision_key == key]
    own = (("financing_decision", key, "committed_cents"), ("financing_decision", key, "decommitted_cents"))
    return (*own, *(("financing_agreement", agreement, "signed_on") for agreement in agreements))


def _costs(ledger: Ledger, key: str) -> tuple[FieldRef, ...]:
    return tuple(("incurred_cost", row.key, "amount_cents") for row in ledger.costs.get(key, []))


def _totals(ledger: Ledger, key: str) -> tuple[FieldRef, ...]:
    return contract_fields(ledger, ledger.contracts.get(key, []), "total_cents")


def _payments(ledger: Ledger, key: str) -> tuple[FieldRef, ...]:
    return tuple(("payment", row.key, "amount_cents") for row in ledger.payments_of(key))


def _amendments(ledger: Ledger, key: str) -> tuple[FieldRef, ...]:
    contracts = ledger.contracts.get(key, [])
    rows = [row for contract in contracts for row in ledger.amendments.get(contract.key, [])]
    return tuple(("amendment", row.key, "new_end") for row in rows)


def _late(subject: FigureSubject, key: str) -> tuple[FieldRef, ...]:
    own = [row for row in subject.rows(find_milestones) if row.project_key == key]
    late = [row.key for row in own if milestone_state(row, subject.as_of).is_late]
    return tuple(("milestone", name, field) for name in late for field in ("baseline", "forecast"))


def _ends(subject: FigureSubject, key: str) -> tuple[FieldRef, ...]:
    project = next(row for row in subject.projects if row.key == key)
    return end_fields(subject, project)


ATTENTION: Mapping[str, Builder] = {"attention": _attention}
