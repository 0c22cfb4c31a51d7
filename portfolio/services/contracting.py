"""The contracting deadline of a financing decision, with its arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portfolio.dates import PartialDate
from portfolio.model.money_rows import DecisionRow
from portfolio.money import format_eur
from portfolio.services.deadlines.rules import DeadlineRule, decision_rule
from portfolio.services.money import is_off_budget
from portfolio.services.signals import TITLES, Severity, Signal, count_label, day_label

CONTRACTING_RED_DAYS = 60


def contracting_rule() -> DeadlineRule | None:
    """The rule of the deadline, None where the unit has switched it off; amber begins where it is near."""
    return decision_rule("contracting")


def left_to_contract(decision: DecisionRow) -> int | None:
    """What is committed and neither released nor contracted, None where committed or contracted is unknown.

    Units: integer EUR cents. A decommitment that nobody stated is taken as none.
    """
    if decision.committed_cents is None or decision.contracted_eu_cents is None:
        return None
    return decision.committed_cents - (decision.decommitted_cents or 0) - decision.contracted_eu_cents


def contracting_date(decision: DecisionRow) -> dt.date | None:
    """The day by which contracts must be signed, None where no financing agreement has a date.

    None as well where the unit has switched the rule off, and off-budget: outside the Financial Regulation.
    Of a reduced date of signature the last day counts: an earlier deadline is not certain.

    Source: Regulation (EU, Euratom) 2018/1046 Art. 114(2), third subparagraph; indicative.
    """
    rule, signed = contracting_rule(), PartialDate.of(decision.agreement_signed_on)
    if rule is None or signed is None or is_off_budget(decision):
        return None
    return rule.bounds(signed)[1]


def contracting_deadline(decision: DecisionRow, as_of: dt.date) -> Iterator[Signal]:
    """A signal if money is left to contract and the deadline is close or has passed."""
    rule, left, deadline = contracting_rule(), left_to_contract(decision), contracting_date(decision)
    if rule is None or deadline is None or not left or left < 0 or (deadline - as_of).days > rule.near_days:
        return
    days = (deadline - as_of).days
    severity: Severity = "red" if days <= CONTRACTING_RED_DAYS else "amber"
    yield Signal(
        code="contracting-deadline",
        # The commitment stays the decision's; the project only tells where to look.
        project_key=decision.project_keys[0] if len(decision.project_keys) == 1 else None,
        decision_key=decision.key,
        title=TITLES["contracting-deadline"],
        sentence=_sentence(decision, rule, left, deadline, days, severity),
        severity=severity,
        due=deadline,
    )


def _sentence(
    decision: DecisionRow, rule: DeadlineRule, left: int, deadline: dt.date, days: int, severity: Severity
) -> str:
    when = f"in {count_label(days, 'day')}" if days >= 0 else f"{count_label(-days, 'day')} ago"
    limit = CONTRACTING_RED_DAYS if severity == "red" else rule.near_days
    signed = PartialDate.parse(decision.agreement_signed_on or "").label
    return (
        f"Decision {decision.number}: {format_eur(left)} is left to contract by {day_label(deadline)}, "
        f"{when} (indicative: financing agreement signed {signed}, plus {rule.amount} years); "
        f"{severity} from {limit} days."
    )
