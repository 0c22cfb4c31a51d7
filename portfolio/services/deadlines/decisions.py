"""The deadlines of financing decisions: to conclude the agreement, and to sign the contracts under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from portfolio.dates import PartialDate
from portfolio.model.deadline_rows import AgreementRow
from portfolio.model.money_rows import DecisionRow
from portfolio.money import format_eur
from portfolio.partners import partner_name
from portfolio.services.contracting import left_to_contract
from portfolio.services.deadlines.entries import Deadline, State, state_of
from portfolio.services.deadlines.rules import decision_rule
from portfolio.services.money import is_off_budget

CONCLUDE, CONTRACT = "financing-agreement", "contracting"


def decision_deadlines(
    decision: DecisionRow, agreements: Sequence[AgreementRow], as_of: dt.date
) -> Iterator[Deadline]:
    """The deadlines of one decision; none where it is off-budget, outside the Financial Regulation.

    `agreements` are those of the decision.
    """
    if is_off_budget(decision):
        return
    if decision_rule(CONCLUDE) is not None:
        yield from _to_conclude(decision, agreements, as_of)
    if decision_rule(CONTRACT) is not None:
        yield _to_contract(decision, agreements, as_of)


def _to_conclude(
    decision: DecisionRow, agreements: Sequence[AgreementRow], as_of: dt.date
) -> Iterator[Deadline]:
    rule, decided = decision_rule(CONCLUDE), PartialDate.of(decision.decided_on)
    bounds = rule.bounds(decided) if rule is not None and decided is not None else None
    for agreement in agreements or (None,):
        signed = PartialDate.of(agreement.signed_on) if agreement is not None else None
        happened = signed if signed is not None and signed.last <= as_of else None
        state = state_of(bounds, happened, as_of, rule.near_days if rule else 0, "obligation")
        note = "The date of the decision is not stated." if bounds is None else ""
        if agreement is None and decision.project_keys and bounds is not None:
            # A thematic decision has no agreement: its contracts are the legal commitments.
            state = "not-known"
            note = (
                "No financing agreement is on record although contracts are: the decision may need none, "
                "so whether the deadline applies is not known."
            )
        yield Deadline(
            code=CONCLUDE, entity="financing_decision", key=decision.key, field="decided_on",
            subject=_subject(decision, agreement), project_key=_only(decision), state=state, rule=rule,
            counted_from=decision.decided_on, earliest=bounds[0] if bounds else None,
            latest=bounds[1] if bounds else None, met_on=str(happened) if happened else None, note=note,
            about=agreement.key if agreement is not None else "",
            project_keys=decision.project_keys,
        )  # fmt: skip


def _subject(decision: DecisionRow, agreement: AgreementRow | None) -> str:
    name = f"Decision {decision.number}"
    return name if agreement is None else f"{name}, agreement with {counterpart(agreement)}"


def counterpart(agreement: AgreementRow) -> str:
    """With whom an agreement was concluded."""
    return partner_name(agreement.partner_code) if agreement.partner_code else "the region"


def _only(decision: DecisionRow) -> str | None:
    """The project of a decision that has only one: the commitment stays the decision's."""
    return decision.project_keys[0] if len(decision.project_keys) == 1 else None


def _to_contract(decision: DecisionRow, agreements: Iterable[AgreementRow], as_of: dt.date) -> Deadline:
    """Counted from the agreement that was signed first: it starts the clock."""
    rule, first = decision_rule(CONTRACT), _first_signed(agreements, as_of)
    bounds = rule.bounds(PartialDate.parse(first[0])) if rule is not None and first is not None else None
    state, note = _contracting_state(decision, bounds, as_of, rule.near_days if rule else 0)
    return Deadline(
        code=CONTRACT, entity="financing_agreement" if first else "financing_decision",
        key=first[1] if first else decision.key, field="signed_on" if first else "number",
        subject=f"Decision {decision.number}", project_key=_only(decision), state=state, rule=rule,
        counted_from=first[0] if first else None, earliest=bounds[0] if bounds else None,
        latest=bounds[1] if bounds else None, note=note, about=decision.key,
        project_keys=decision.project_keys,
    )  # fmt: skip


def _first_signed(agreements: Iterable[AgreementRow], as_of: dt.date) -> tuple[str, str] | None:
    """Date and key of the agreement that was signed first, if any had been by then."""
    signed = [(row.signed_on, row.key) for row in agreements if row.signed_on]
    return min((pair for pair in signed if PartialDate.parse(pair[0]).first <= as_of), default=None)


def _contracting_state(
    decision: DecisionRow, bounds: tuple[dt.date, dt.date] | None, as_of: dt.date, near_days: int
) -> tuple[State, str]:
    if bounds is None:
        return "not-known", "No financing agreement with a date of signature is on record."
    left = left_to_contract(decision)
    if left is None:
        return "not-known", "What is left to contract is not known, so neither is whether it was met."
    if left <= 0:
        return "met", "Nothing is left to contract."
    return state_of(bounds, None, as_of, near_days, "obligation"), f"{format_eur(left)} is left to contract."
