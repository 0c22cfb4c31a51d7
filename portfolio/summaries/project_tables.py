"""The projects, one row each: what they are, and their money with the basis of every figure."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import format_eur
from portfolio.partners import partner_name
from portfolio.services.money import (
    OFF_BUDGET,
    contracted_eu,
    contracted_total,
    incurred,
    is_off_budget,
    paid,
)
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

EMPTY = "No project meets this scope and filter."
_NO_BASIS = "basis not recorded"
Cells = tuple[Cell, ...]

_PROFILE = (
    Column("project", "Project", widest=22),
    Column("title", "Title", widest=32),
    Column("status", "Status"),
    Column("focus", "Focus", widest=14),
    Column("start", "Start", "date"),
    Column("original_end", "Original end", "date"),
    Column("end", "Present end", "date"),
    Column("instrument", "Instrument", widest=12),
    Column("implementers", "Implementers", "quote", widest=26),
    Column("partners", "Partners", widest=28),
    Column("total_budget", "Total budget (EUR)", "money"),
    Column("eu_contribution", "EU contribution (EUR)", "money"),
)


def projects_section(subject: Subject) -> Section:
    """The projects with their dates, implementers, partners and published amounts."""
    rows = [Row(_profile(subject, project)) for project in subject.projects]
    table = Table(
        "projects",
        _PROFILE,
        with_total(_PROFILE, rows, "Whole budgets: sum of what is known"),
        if_empty=EMPTY,
    )
    intro = f"Amounts are whole budgets; the part of {subject.name} stands on the sheet Money."
    return Section("projects", "Projects", (table,), (intro,) if subject.is_part else (), (_DATES_REMARK,))


_DATES_REMARK = (
    "Dates are as precise as they were published. The present end follows signed amendments."
)


def _profile(subject: Subject, project: ProjectRow) -> Cells:
    implementers = [role.name for role in project.roles if role.role != "beneficiary"]
    return (
        project.acronym,
        project.title,
        label("project_status", project_status(project, subject.view.as_of)),
        _focus(project),
        known(project.start),
        known(project.end_original),
        known(project.present_end),
        _term("instrument", project.instrument),
        known("; ".join(implementers) or None),
        known(", ".join(partner_labels(project)) or None),
        known(project.total_budget_cents),
        _unless_off_budget(project, project.eu_contribution_cents),
    )


def _focus(project: ProjectRow) -> Cell:
    partly = " (only partly cyber)" if project.relevance == "partly-cyber" else ""
    return Missing.UNKNOWN if project.focus is None else label("focus", project.focus) + partly


def _term(vocabulary: str, code: str | None) -> Cell:
    return Missing.UNKNOWN if code is None else label(vocabulary, code)


def partner_labels(project: ProjectRow) -> list[str]:
    """The names of a project's partners, a suspended one labelled."""
    return [
        partner_name(row.partner_code) + (" (suspended)" if row.is_suspended else "")
        for row in project.participations
    ]


def _unless_off_budget(project: ProjectRow, cents: int | None) -> Cell:
    return Missing.NOT_APPLICABLE if is_off_budget(project) else known(cents)


# Column, what it is called when nobody knows it, and its value.
_EXECUTION: tuple[tuple[Column, str, Callable[[ProjectRow, MoneyRow | None], Cell]], ...] = (
    (
        Column("contracted", "Contracted EU contribution (EUR)", "money"), "contracted EU contribution",
        lambda project, money: _unless_off_budget(project, contracted_eu(money)),
    ),
    (
        Column("contracted_total", "Contracted total cost (EUR)", "money"), "contracted total cost",
        lambda project, money: known(contracted_total(money)),
    ),
    (
        Column("paid", "Paid (EUR)", "money"), "paid",
        lambda project, money: _unless_off_budget(project, paid(money)),
    ),
    (
        Column("incurred", "Incurred (EUR)", "money"), "incurred",
        lambda project, money: known(incurred(money)),
    ),
)  # fmt: skip


def money_section(subject: Subject) -> Section:
    """The projects' money: published amounts with their basis, the scope's part, and what was carried out.

    A column of contracts, payments or costs of which nothing is known for any project is said in a remark.
    """
    execution, unknown = _known_execution(subject)
    columns = (
        Column("project", "Project", widest=22),
        Column("total_budget", "Total budget (EUR)", "money"),
        Column("total_basis", "Basis", widest=14),
        Column("eu_contribution", "EU contribution (EUR)", "money"),
        Column("eu_basis", "Basis", widest=14),
        Column("others", "Other contributions", widest=26),
        *_part_columns(subject),
        *(column for column, _ in execution),
    )
    rows = [
        Row(_money(subject, project) + tuple(value(project) for _, value in execution))
        for project in subject.projects
    ]
    remarks = [*_off_budget(subject), _BASIS_REMARK]
    if unknown and subject.projects:
        names = ", ".join(unknown)
        remarks.insert(0, f"Not known for any of these projects: {names}. {_NEVER_TAKEN}")
    table = Table("money", columns, with_total(columns, rows, "Sum of what is known"), if_empty=EMPTY)
    return Section("money", "Money", (table,), _part_intro(subject), tuple(remarks))


def _off_budget(subject: Subject) -> list[str]:
    """Which projects' money is not the EU budget's, how much it is, and where it is left out."""
    named = [
        f"{row.acronym} ({_term('instrument', row.instrument)}, {format_eur(row.eu_contribution_cents)})"
        for row in subject.projects
        if is_off_budget(row)
    ]
    if not named:
        return []
    return [f"Off-budget: {', '.join(named)}. {_BESIDE_THE_BUDGET}"]


_BESIDE_THE_BUDGET = (
    "This money comes from the EU Member States beside the EU budget. It is part of the total budget; "
    f"{Missing.NOT_APPLICABLE.value} stands where an EU contribution, a contracted or a paid amount would "
    "add it up."
)


_NEVER_TAKEN = "None of these amounts is ever taken from a published budget."
_BASIS_REMARK = (
    "Basis: stated (a source prints the value), computed (worked out or inferred from what sources publish; "
    "the sheet Evidence says how), EU is the only funder named (the EU contribution was set equal to the "
    "total). Where sources disagree, the sheet Evidence says so."
)


def _part_intro(subject: Subject) -> tuple[str, ...]:
    if not subject.is_part:
        return ()
    columns = f"The columns “part of {subject.name}” are what may be added up over regions or partners."
    return (f"{columns} The other amounts are whole projects.",)


def _part_columns(subject: Subject) -> tuple[Column, ...]:
    if not subject.is_part:
        return ()
    return (
        Column("part_total", f"Total budget, part of {subject.name} (EUR)", "money"),
        Column("part_eu", f"EU contribution, part of {subject.name} (EUR)", "money"),
        Column("part_basis", "Basis of the part", widest=18),
    )


Value = Callable[[ProjectRow], Cell]


def _known_execution(subject: Subject) -> tuple[list[tuple[Column, Value]], list[str]]:
    """The columns of which something is known, and the names of the others."""
    shown: list[tuple[Column, Value]] = []
    unknown: list[str] = []
    for column, name, cell in _EXECUTION:

        def value(project: ProjectRow, cell: Callable[[ProjectRow, MoneyRow | None], Cell] = cell) -> Cell:
            return cell(project, subject.view.money.get(project.key))

        if any(isinstance(value(project), int) for project in subject.projects):
            shown.append((column, value))
        else:
            unknown.append(name)
    return shown, unknown


def _money(subject: Subject, project: ProjectRow) -> Cells:
    off_budget = is_off_budget(project)
    cells: Cells = (
        project.acronym,
        known(project.total_budget_cents),
        basis_of(subject, project, "total_budget_cents", project.total_budget_cents),
        _unless_off_budget(project, project.eu_contribution_cents),
        OFF_BUDGET
        if off_budget
        else basis_of(subject, project, "eu_contribution_cents", project.eu_contribution_cents),
        _others(subject, project),
    )
    if not subject.is_part:
        return cells
    part = subject.part(project, project.total_budget_cents)
    return (
        *cells,
        known(part),
        _unless_off_budget(project, subject.eu_part(project)),
        subject.split.basis(project),
    )


def basis_of(subject: Subject, project: ProjectRow, field: str, cents: int | None) -> Cell:
    """On what a published amount rests, in words; `field` is its field in the records."""
    if cents is None:
        return Missing.NOT_APPLICABLE
    found = [
        row.basis
        for row in subject.evidence_of.get(project.key, [])
        if row.field == field and row.is_of_present_value
    ]
    return label("basis", found[0]).lower().replace("eu is", "EU is") if found else _NO_BASIS


def _others(subject: Subject, project: ProjectRow) -> Cell:
    rows = [row for row in subject.contributions if row.project_key == project.key]
    found = [f"{row.funder}: {format_eur(row.amount_cents, 'amount not stated')}" for row in rows]
    return known("; ".join(found) or None)


def with_total(columns: tuple[Column, ...], rows: list[Row], name: str) -> tuple[Row, ...]:
    """The rows, several with a last one that adds up their money; what is unknown is left out of the sum."""
    if len(rows) < 2:
        return tuple(rows)
    return (*rows, total_row(columns, rows, name, tuple(range(len(rows)))))


def total_row(columns: tuple[Column, ...], rows: list[Row], name: str, positions: tuple[int, ...]) -> Row:
    """A row that adds up the money of the rows at `positions`; unknown where none of them is known."""
    cells: list[Cell] = [name]
    for place, column in enumerate(columns[1:], 1):
        values = [rows[at].cells[place] for at in positions]
        if column.kind == "money":
            cells.append(_sum(values))
        else:
            cells.append(Missing.NOT_APPLICABLE if column.kind == "count" else None)
    return Row(tuple(cells), sums=positions)


def _sum(values: list[Cell]) -> Cell:
    numbers = [value for value in values if isinstance(value, int)]
    # Nothing here and nobody knows there: that is not known, not 0.
    if Missing.UNKNOWN in values and not any(numbers):
        return Missing.UNKNOWN
    return sum(numbers) if numbers else Missing.NOT_APPLICABLE
