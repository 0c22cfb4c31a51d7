"""The figures of financing decisions that can be opened: they belong to a decision, never to one project."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.dates import date_label
from portfolio.model.deadline_rows import AgreementRow
from portfolio.model.money_rows import DecisionRow
from portfolio.money import format_eur
from portfolio.services.contracting import contracting_date, contracting_rule, left_to_contract
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, total
from portfolio.services.figures.ledgers import grouped, load_ledger
from portfolio.services.figures.money_figures import contract_fields
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.funds.rates import NO_EU_AMOUNT
from portfolio.services.money import OFF_BUDGET, is_off_budget
from portfolio.storage.queries.deadlines import find_agreements

NOUN = "financing decision"
NO_COMMITMENT = "the decision does not state what it commits"
SWITCHED_OFF = "this unit has switched the rule off"
NO_AGREEMENT = "no financing agreement with a date is on record"
BY_DECISION = "by decision"


def decisions_of(subject: FigureSubject) -> tuple[DecisionRow, ...]:
    """The decisions behind the chosen projects, or behind one."""
    found = subject.view.decisions
    if subject.project_key is None and subject.partner is None:
        return found
    return tuple(row for row in found if subject.keys & set(row.project_keys))


def _committed(subject: FigureSubject) -> Breakdown:
    lines = [_committed_line(row) for row in decisions_of(subject)]
    return _of_decisions("committed", subject, lines)


def _committed_line(row: DecisionRow) -> Line:
    remark = NO_COMMITMENT if row.committed_cents is None else off_budget_words(row)
    return Line(f"Decision {row.number}", row.committed_cents, _fields(row, "committed_cents"), None, remark)


def off_budget_words(row: DecisionRow) -> str:
    """What stands beside an off-budget decision; "" beside the others."""
    return OFF_BUDGET if is_off_budget(row) else ""


def _left_to_contract(subject: FigureSubject) -> Breakdown:
    return _of_decisions(
        "left-to-contract", subject, [_left_line(subject, row) for row in decisions_of(subject)]
    )


def _left_line(subject: FigureSubject, row: DecisionRow) -> Line:
    left = left_to_contract(row)
    ledger = subject.once(load_ledger)
    contracts = [
        contract
        for key in row.project_keys
        for contract in ledger.contracts.get(key, [])
        if contract.decision_key == row.key
    ]
    fields = (
        *_fields(row, "committed_cents", "decommitted_cents"),
        *contract_fields(ledger, contracts, "eu_contribution_cents"),
    )
    missing = NO_COMMITMENT if row.committed_cents is None else NO_EU_AMOUNT
    remark = missing if left is None else f"{_left_words(row)} = {format_eur(left)}"
    return Line(f"Decision {row.number}", left, fields, None, remark)


def _left_words(row: DecisionRow) -> str:
    released = f" - {format_eur(row.decommitted_cents)}" if row.decommitted_cents else ""
    return f"{format_eur(row.committed_cents)}{released} - {format_eur(row.contracted_eu_cents)}"


def _of_decisions(figure_id: str, subject: FigureSubject, lines: list[Line]) -> Breakdown:
    """A sum over decisions; of one project no sum, because a commitment is never a single project's."""
    if subject.project_key is None:
        counted = [
            line for line, row in zip(lines, decisions_of(subject), strict=True) if not is_off_budget(row)
        ]
        return total(figure_id, subject.label, "eur", tuple(counted), noun=NOUN)
    said = tuple(
        Line(
            line.label, format_eur(line.value) if isinstance(line.value, int) else None, line.fields, None,
            line.remark,
        )
        for line in lines
    )  # fmt: skip
    known = sum(line.value is not None for line in said)
    value = BY_DECISION if said else None
    missing = "" if said else "no financing decision is on record for this project"
    return Breakdown(
        figure_id, subject.label, value, "text", missing, said, is_sum=False, known=known, of=len(said),
        noun=NOUN,
    )  # fmt: skip


def _contracting_deadline(subject: FigureSubject) -> Breakdown:
    agreements = grouped(subject.rows(find_agreements), lambda row: row.decision_key)
    lines = tuple(_deadline_line(row, agreements.get(row.key, [])) for row in decisions_of(subject))
    known = sum(line.value is not None for line in lines)
    value = lines[0].value if len(lines) == 1 and subject.project_key is not None else None
    return Breakdown(
        "contracting-deadline", subject.label, value, "date", "", lines, is_sum=False, known=known,
        of=len(lines), noun=NOUN,
    )  # fmt: skip


def _deadline_line(row: DecisionRow, agreements: list[AgreementRow]) -> Line:
    day, rule = contracting_date(row), contracting_rule()
    if day is None or rule is None:
        return Line(f"Decision {row.number}", None, (), None, _no_deadline(row))
    signed = tuple(
        ("financing_agreement", agreement.key, "signed_on")
        for agreement in agreements
        if agreement.signed_on == row.agreement_signed_on
    )
    remark = f"{date_label(row.agreement_signed_on)} {rule.step}; indicative"
    return Line(f"Decision {row.number}", day.isoformat(), signed, None, remark)


def _no_deadline(row: DecisionRow) -> str:
    if is_off_budget(row):
        return "off-budget: outside the rules of the Financial Regulation"
    return SWITCHED_OFF if contracting_rule() is None else NO_AGREEMENT


def _fields(row: DecisionRow, *names: str) -> tuple[FieldRef, ...]:
    return tuple(("financing_decision", row.key, name) for name in names)


DECISIONS: Mapping[str, Builder] = {
    "committed": _committed,
    "left-to-contract": _left_to_contract,
    "contracting-deadline": _contracting_deadline,
}
