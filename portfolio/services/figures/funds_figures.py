"""The figures of balances, recoveries, receipts and what is off-budget, that can be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from portfolio.dates import date_label
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, ProjectRow
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, Unit, total
from portfolio.services.figures.decision_figures import NOUN, decisions_of
from portfolio.services.figures.ledgers import happened_by, load_ledger
from portfolio.services.figures.money_figures import contract_line, payment_line
from portfolio.services.figures.over_projects import all_or_nothing, over_projects
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.funds import amounts
from portfolio.services.funds.amounts import NO_OTHER_AMOUNT, NO_RECEIPT, OTHER_CONTRADICTS, Stated
from portfolio.services.funds.dimensions import SEVERAL_THEMES, pillar_members
from portfolio.services.funds.rates import NO_CONTRACT, NO_PAYMENT
from portfolio.services.funds.reconciliations import reconciliation
from portfolio.services.money import is_off_budget
from portfolio.storage.queries.ledgers import find_clearings
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.results import find_receipts

EUR: Unit = "eur"
EU_AMOUNT = "eu_contribution_cents"
Lines = tuple[Line, ...]


def load_money(subject: FigureSubject) -> dict[str, MoneyRow]:
    """What is known of each project's money on the subject's date."""
    return find_money(subject.database, subject.as_of)


def on_budget(subject: FigureSubject) -> tuple[ProjectRow, ...]:
    """The projects that belong into a sum of EU money."""
    return tuple(row for row in subject.projects if not is_off_budget(row))


def contract_lines(subject: FigureSubject, project: ProjectRow, field: str) -> Lines:
    """An amount of every contract of a project, as amended by the date."""
    ledger = subject.once(load_ledger)
    return tuple(
        contract_line(row, ledger.amendments.get(row.key, []), field)
        for row in ledger.contracts.get(project.key, [])
    )


def payment_lines(subject: FigureSubject, project: ProjectRow, *kinds: str) -> Lines:
    """The payments of a project that had happened, of some kinds or of all; a recovery is negative."""
    rows = subject.once(load_ledger).payments_of(project.key)
    return tuple(payment_line(row, project.key) for row in rows if not kinds or row.kind in kinds)


def _clearing_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    ledger = subject.once(load_ledger)
    return tuple(
        Line(
            f"Cost accepted, {date_label(row.cleared_on, 'day not stated')}", row.amount_cents,
            _fields("clearing", row.key, "amount_cents", "cleared_on"), project.key,
        )
        for row in subject.rows(find_clearings)
        if ledger.owners.get(row.contract_key) == project.key
        and happened_by(row.cleared_on, subject.as_of)
        and (row.cleared_on is not None or row.contract_key not in ledger.signed_later)
    )  # fmt: skip


def _receipt_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    return tuple(
        Line(
            f"Received, {date_label(row.received_on, 'day not stated')}", row.amount_cents,
            _fields("receipt", row.key, "amount_cents", "received_on"), project.key, row.note or "",
        )
        for row in subject.rows(find_receipts)
        if row.project_key == project.key and happened_by(row.received_on, subject.as_of)
    )  # fmt: skip


def _fields(entity: str, key: str, *names: str) -> tuple[FieldRef, ...]:
    return tuple((entity, key, name) for name in names)


def _negative(lines: Iterable[Line]) -> Lines:
    return tuple(replace(line, value=-line.value) for line in lines if isinstance(line.value, int))


def _stated(figure_id: str, project: ProjectRow, stated: Stated, lines: Lines, noun: str) -> Breakdown:
    """A project's amount with the lines that it is made of; not known where a rule says so."""
    found = total(figure_id, project.acronym, EUR, lines, stated.reason, noun)
    return found if stated.cents is not None else replace(found, value=None, is_sum=False)


def _over(
    figure_id: str, noun: str, stated: Callable[[MoneyRow | None], Stated],
    lines: Callable[[FigureSubject, ProjectRow], Lines],
) -> Builder:  # fmt: skip
    """The builder of a sum of EU money over projects; `lines` are what a project's amount is made of."""

    def build(subject: FigureSubject) -> Breakdown:
        def of_project(project: ProjectRow) -> Breakdown:
            found = stated(subject.once(load_money).get(project.key))
            return _stated(figure_id, project, found, lines(subject, project), noun)

        return over_projects(subject, figure_id, EUR, of_project, projects=on_budget(subject))

    return build


def _left_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    return (*contract_lines(subject, project, EU_AMOUNT), *_negative(payment_lines(subject, project)))


def _open_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    ahead = payment_lines(subject, project, "pre-financing")
    return (*ahead, *_negative(_clearing_lines(subject, project)))


def _recovery_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    """Every payment: what is no recovery adds nothing, and shows that nothing came back."""
    return tuple(
        replace(line, value=-line.value, remark="") if line.value < 0
        else replace(line, value=0, remark="no recovery")
        for line in payment_lines(subject, project) if isinstance(line.value, int)
    )  # fmt: skip


def _transfer_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    return payment_lines(subject, project, "pre-financing", "interim", "final")


def _difference_lines(subject: FigureSubject, project: ProjectRow) -> Lines:
    return (*_receipt_lines(subject, project), *_negative(_transfer_lines(subject, project)))


def _difference(money: MoneyRow | None) -> Stated:
    found = reconciliation(money)
    if found.difference_cents is not None:
        return Stated(found.difference_cents)
    return Stated(None, NO_PAYMENT if found.transferred_cents is None else NO_RECEIPT)


def _received(money: MoneyRow | None) -> Stated:
    cents = money.received_cents if money else None
    return Stated(cents, NO_RECEIPT if cents is None else "")


def _contracted_other(subject: FigureSubject) -> Breakdown:
    ledger = subject.once(load_ledger)

    def of_project(project: ProjectRow) -> Breakdown:
        contracts = ledger.contracts.get(project.key, [])
        lines = tuple(_other_line(row, ledger.amendments.get(row.key, [])) for row in contracts)
        missing = "" if lines else NO_CONTRACT
        return all_or_nothing(total("contracted-other", project.acronym, EUR, lines, missing, "contract"))

    return over_projects(subject, "contracted-other", EUR, of_project)


def _other_line(contract: ContractRow, amendments: list[AmendmentRow]) -> Line:
    """Other contributions of a contract; an amendment names none, so that they are what is left."""
    name = f"Contract {contract.number}"
    eu, whole = (contract_line(contract, amendments, field) for field in (EU_AMOUNT, "total_cents"))
    if not any(row.new_total_cents is not None or row.new_eu_contribution_cents is not None
               for row in amendments):  # fmt: skip
        cents = contract.other_contributions_cents
        remark = NO_OTHER_AMOUNT if cents is None else "as first signed"
        own = _fields("contract", contract.key, "other_contributions_cents")
        return Line(name, cents, own, contract.project_key, remark)
    left, remark = None, NO_OTHER_AMOUNT
    if isinstance(eu.value, int) and isinstance(whole.value, int):
        left, remark = whole.value - eu.value, "total cost - EU contribution, as amended"
        if left < 0 or (_signed_disagree(contract) and not _both_amended(amendments)):
            left, remark = None, OTHER_CONTRADICTS
    return Line(name, left, (*whole.fields, *eu.fields), contract.project_key, remark)


def _both_amended(amendments: list[AmendmentRow]) -> bool:
    return any(row.new_total_cents is not None for row in amendments) and any(
        row.new_eu_contribution_cents is not None for row in amendments
    )


def _signed_disagree(contract: ContractRow) -> bool:
    """Whether the contract states three amounts that do not add up."""
    eu, other = contract.eu_contribution_cents, contract.other_contributions_cents
    if eu is None or other is None or contract.total_cents is None:
        return False
    return eu + other != contract.total_cents


def _decommitted(subject: FigureSubject) -> Breakdown:
    rows = [row for row in decisions_of(subject) if not is_off_budget(row)]
    return total("decommitted", subject.label, EUR, tuple(map(_decommitted_line, rows)), noun=NOUN)


def _decommitted_line(row: DecisionRow) -> Line:
    fields = _fields("financing_decision", row.key, "decommitted_cents")
    remark = "the decision does not state it" if row.decommitted_cents is None else ""
    return Line(f"Decision {row.number}", row.decommitted_cents, fields, None, remark)


def _off_budget(subject: FigureSubject) -> Breakdown:
    rows = [row for row in subject.projects if is_off_budget(row)]

    def of_project(project: ProjectRow) -> Breakdown:
        lines = contract_lines(subject, project, EU_AMOUNT) if is_off_budget(project) else ()
        return all_or_nothing(total("off-budget", project.acronym, EUR, lines, NO_CONTRACT, "contract"))

    found = over_projects(subject, "off-budget", EUR, of_project, projects=rows)
    return found if rows else replace(found, arithmetic="no project is off-budget")


def _themes_not_split(subject: FigureSubject) -> Breakdown:
    rows = [row for row in subject.projects if pillar_members(row) == (SEVERAL_THEMES,)]
    lines = tuple(
        Line(
            row.acronym, row.total_budget_cents, (("project", row.key, "total_budget_cents"),), row.key,
            amounts.NOT_PUBLISHED if row.total_budget_cents is None else f"{len(row.pillars)} pillars",
        )
        for row in rows
    )  # fmt: skip
    found = total("themes-not-split", subject.label, EUR, lines)
    return found if rows else replace(found, arithmetic="no project has several pillars without shares")


FUNDS: Mapping[str, Builder] = {
    "contracted-other": _contracted_other,
    "left-to-pay": _over("left-to-pay", "record", amounts.left_to_pay, _left_lines),
    "recovered": _over("recovered", "payment", amounts.recovered, _recovery_lines),
    "decommitted": _decommitted,
    "cleared": _over("cleared", "clearing", amounts.cleared, _clearing_lines),
    "open-pre-financing": _over("open-pre-financing", "record", amounts.open_pre_financing, _open_lines),
    "received": _over("received", "receipt", _received, _receipt_lines),
    "received-difference": _over("received-difference", "record", _difference, _difference_lines),
    "off-budget": _off_budget,
    "themes-not-split": _themes_not_split,
}
