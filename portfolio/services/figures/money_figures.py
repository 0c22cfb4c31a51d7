"""The figures of money that can be opened, from the published budgets to the reported cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from portfolio.dates import date_label
from portfolio.model.rows import AmendmentRow, ContractRow, ContributionRow, PaymentRow, ProjectRow
from portfolio.services.amendments import BEFORE_CONTRACT, is_before_contract
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, Unit, total
from portfolio.services.figures.ledgers import Ledger, load_ledger
from portfolio.services.figures.over_projects import NOT_STATED, all_or_nothing, over_projects
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.funds.rates import NO_CONTRACT, NO_COST, NO_EU_AMOUNT, NO_PAYMENT, NO_TOTAL
from portfolio.services.money import OFF_BUDGET, is_off_budget
from portfolio.storage.queries.projects import find_contributions
from portfolio.vocabulary import label

EUR: Unit = "eur"
PARTLY_CYBER = "not all of it cyber"
_REASONS = {"eu_contribution_cents": NO_EU_AMOUNT, "total_cents": NO_TOTAL}


def _on_budget(subject: FigureSubject) -> tuple[ProjectRow, ...]:
    return tuple(row for row in subject.projects if not is_off_budget(row))


def _total_budget(subject: FigureSubject) -> Breakdown:
    lines = tuple(_published(row, "total_budget_cents") for row in subject.projects)
    return total("total-budget", subject.label, EUR, lines)


def _eu_contribution(subject: FigureSubject) -> Breakdown:
    if subject.project_key is not None:
        lines = tuple(_published(row, "eu_contribution_cents") for row in subject.projects)
        return total("eu-contribution", subject.label, EUR, lines)
    lines = tuple(_published(row, "eu_contribution_cents") for row in _on_budget(subject))
    return total("eu-contribution", subject.label, EUR, lines)


def _published(project: ProjectRow, field: str) -> Line:
    cents: int | None = getattr(project, field)
    said = [PARTLY_CYBER] if project.relevance == "partly-cyber" else []
    said += [OFF_BUDGET] if field == "eu_contribution_cents" and is_off_budget(project) else []
    remark = NOT_STATED if cents is None else "; ".join(said)
    return Line(project.acronym, cents, (("project", project.key, field),), project.key, remark)


def _other_contributions(subject: FigureSubject) -> Breakdown:
    names = {row.key: row.acronym for row in subject.projects}
    rows = [row for row in subject.rows(find_contributions) if row.project_key in names]
    lines = tuple(_contribution(row, names[row.project_key]) for row in rows)
    return total("other-contributions", subject.label, EUR, lines, noun="named contribution")


def _contribution(row: ContributionRow, project: str) -> Line:
    fields = (("contribution", row.key, "amount_cents"), ("contribution", row.key, "funder"))
    remark = "the amount is not stated" if row.amount_cents is None else ""
    return Line(f"{row.funder} ({project})", row.amount_cents, fields, row.project_key, remark)


def _contracted(field: str, figure_id: str, subject: FigureSubject) -> Breakdown:
    ledger = subject.once(load_ledger)
    projects = _on_budget(subject) if field == "eu_contribution_cents" else None

    def of_project(project: ProjectRow) -> Breakdown:
        contracts = ledger.contracts.get(project.key, [])
        lines = tuple(contract_line(row, ledger.amendments.get(row.key, []), field) for row in contracts)
        found = total(figure_id, project.acronym, EUR, lines, "" if lines else NO_CONTRACT, "contract")
        return all_or_nothing(found)

    return over_projects(subject, figure_id, EUR, of_project, projects=projects)


def contract_line(contract: ContractRow, amendments: Iterable[AmendmentRow], field: str) -> Line:
    """An amount of a contract by its latest signed amendment that names one, else as first signed."""
    name = f"Contract {contract.number}"
    naming = [row for row in amendments if getattr(row, f"new_{field}") is not None]
    if naming:
        last = naming[-1]
        remark = f"by amendment {last.number}, signed {date_label(last.signed_on)}"
        fields = (("amendment", last.key, f"new_{field}"),)
        if is_before_contract(last, contract):
            return Line(name, None, fields, contract.project_key, BEFORE_CONTRACT)
        return Line(name, getattr(last, f"new_{field}"), fields, contract.project_key, remark)
    cents: int | None = getattr(contract, field)
    remark = _REASONS[field] if cents is None else "as first signed"
    return Line(name, cents, (("contract", contract.key, field),), contract.project_key, remark)


def _payments(
    figure_id: str, counts: Callable[[PaymentRow], bool], missing: str, subject: FigureSubject
) -> Breakdown:
    ledger = subject.once(load_ledger)

    def of_project(project: ProjectRow) -> Breakdown:
        rows = [row for row in ledger.payments_of(project.key) if counts(row)]
        lines = tuple(payment_line(row, project.key) for row in rows)
        return total(figure_id, project.acronym, EUR, lines, "" if lines else missing, "payment")

    return over_projects(subject, figure_id, EUR, of_project, projects=_on_budget(subject))


def payment_line(row: PaymentRow, project_key: str) -> Line:
    """One payment, a recovery against it."""
    day = date_label(row.paid_on, "day not stated")
    amount = -row.amount_cents if row.kind == "recovery" else row.amount_cents
    fields = tuple(("payment", row.key, name) for name in ("amount_cents", "paid_on"))
    return Line(f"{label('payment_kind', row.kind)}, {day}", amount, fields, project_key)


def _incurred(subject: FigureSubject) -> Breakdown:
    ledger = subject.once(load_ledger)

    def of_project(project: ProjectRow) -> Breakdown:
        lines = tuple(
            Line(
                f"{row.period}, {label('budget_heading', row.heading)}", row.amount_cents,
                (("incurred_cost", row.key, "amount_cents"),), project.key,
            )
            for row in ledger.costs.get(project.key, [])
        )  # fmt: skip
        return total("incurred", project.acronym, EUR, lines, "" if lines else NO_COST, "reported amount")

    return over_projects(subject, "incurred", EUR, of_project)


def contract_fields(ledger: Ledger, contracts: Iterable[ContractRow], field: str) -> tuple[FieldRef, ...]:
    """The fields in which the present amounts of these contracts stand."""
    lines = [contract_line(row, ledger.amendments.get(row.key, []), field) for row in contracts]
    return tuple(name for line in lines for name in line.fields)


MONEY: Mapping[str, Builder] = {
    "total-budget": _total_budget,
    "eu-contribution": _eu_contribution,
    "other-contributions": _other_contributions,
    "contracted": partial(_contracted, "eu_contribution_cents", "contracted"),
    "contracted-total": partial(_contracted, "total_cents", "contracted-total"),
    "paid": partial(_payments, "paid", lambda row: True, NO_PAYMENT),
    "pre-financing": partial(
        _payments, "pre-financing", lambda row: row.kind == "pre-financing", "no pre-financing is on record"
    ),
    "incurred": _incurred,
}
