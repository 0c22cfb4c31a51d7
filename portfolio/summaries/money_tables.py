"""Money by focus and by year, adding up to that of the document's projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.indicators import indicator
from portfolio.money import KnownSum, format_coverage
from portfolio.services.funds.dimensions import YEAR_NOT_STATED
from portfolio.services.funds.groups import COMMITTED, Division, Group
from portfolio.services.money import is_off_budget
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.project_tables import EMPTY, total_row
from portfolio.summaries.scopes import Subject

# The amounts of the sheet Focus, by the id of their figure, with the key of their column.
_AMOUNTS = (
    ("total-budget", "total_budget", "Total budget"),
    ("eu-contribution", "eu_contribution", "EU contribution"),
    ("contracted", "contracted", "Contracted EU contribution"),
    ("paid", "paid", "Paid"),
    ("incurred", "incurred", "Incurred"),
)
_FOCUS_REMARK = (
    "Every project has one focus and stands whole under it, so the rows add up. Each amount is the sum of "
    "what is known; the column after it says for how many projects that is."
)
_YEAR_REMARK = (
    "A contract stands in the year of its signature with its present amount, a payment in the year in which "
    f"it was paid, a cost in the year of its half-year. {Missing.UNKNOWN.value} in the column Year: no date "
    "is stated. Total budgets and EU contributions are published without years and are in none."
)
_COMMITTED = "Committed, whole financing decisions (EUR)"
_OF_YEARS = (
    ("contracted", "Contracted EU contribution (EUR)"),
    ("contracted-total", "Contracted total cost (EUR)"),
    ("paid", "Paid (EUR)"),
    ("incurred", "Incurred (EUR)"),
)
_RECEIVED = "received"


def focus_section(subject: Subject) -> Section:
    """Projects and money by focus, each amount with the number of projects that it is known for."""
    columns = _focus_columns(subject)
    division = subject.monitoring.funds.divided_by("focus")
    rows = [Row(_focus(subject, group)) for group in division.groups]
    if len(rows) > 1:
        rows.append(_counted_total(columns, rows))
    table = Table("focus", columns, tuple(rows), if_empty=EMPTY)
    whole = f"Amounts are whole budgets, but for the two columns “part of {subject.name}”."
    intro = (whole,) if subject.is_part else ()
    return Section("focus", "Focus", (table,), intro, (_FOCUS_REMARK, *_coverages(division)))


def _focus_columns(subject: Subject) -> tuple[Column, ...]:
    columns = [
        Column("focus", "Focus", widest=26),
        Column("projects", "Projects", "count"),
        Column("running", "of which ongoing", "count"),
    ]
    if subject.is_part:
        part = f"part of {subject.name} (EUR)"
        columns.append(Column("part_total", f"Total budget, {part}", "money"))
        columns.append(Column("part_eu", f"EU contribution, {part}", "money"))
    for _, key, name in _AMOUNTS:
        columns.append(Column(key, f"{name} (EUR)", "money"))
        columns.append(Column(f"known_{key}", f"{name} known for (projects)", "count"))
    return tuple(columns)


def _focus(subject: Subject, group: Group) -> tuple[Cell, ...]:
    inside = [project for project in subject.projects if project.key in group.projects]
    ongoing = sum(project_status(project, subject.view.as_of) == "ongoing" for project in inside)
    cells: list[Cell] = [group.label, len(inside), ongoing]
    if subject.is_part:
        on_budget = [project for project in inside if not is_off_budget(project)]
        totals = (subject.part(project, project.total_budget_cents) for project in inside)
        cells.append(_sum(KnownSum.over(totals)))
        cells.append(_sum(KnownSum.over(map(subject.eu_part, on_budget))))
    for amount, _, _ in _AMOUNTS:
        cells += [_sum(group.sums[amount]), group.sums[amount].known]
    return tuple(cells)


def _sum(total: KnownSum) -> Cell:
    return known(total.cents) if total.of else Missing.NOT_APPLICABLE


def _counted_total(columns: tuple[Column, ...], rows: list[Row]) -> Row:
    """The sum of rows whose counts add up too, because no project stands in two of them."""
    total = total_row(columns, rows, "Sum of what is known", tuple(range(len(rows))))
    counts = [
        sum(cell for row in rows if isinstance(cell := row.cells[at], int)) for at in range(len(columns))
    ]
    cells = tuple(
        count if column.kind == "count" else cell
        for column, cell, count in zip(columns, total.cells, counts, strict=True)
    )
    return Row(cells, total.sums)


def _coverages(division: Division) -> Iterator[str]:
    """Of how many projects nothing is known, so that an empty sum is not read as nothing."""
    for amount, _, name in _AMOUNTS:
        total = division.totals[amount]
        if total.known < total.of:
            yield f"{name}: {format_coverage(total)}."


def has_years(subject: Subject) -> bool:
    """Whether anything on record has a year to stand in, or an amount that lacks one."""
    return bool(subject.monitoring.funds.years or subject.series.receipts or _committed(subject))


def years_section(subject: Subject) -> Section:
    """What was signed, paid, incurred and received in each year, and what is of no known year."""
    division = subject.monitoring.funds.divided_by("year")
    received, columns = _received(subject), _year_columns(subject)
    groups = {group.code: group for group in division.groups}
    order = sorted({*groups, *received}, key=lambda year: (year == YEAR_NOT_STATED, year))
    nothing = {amount: _nothing(total) for amount, total in subject.monitoring.funds.sums.items()}
    rows = [Row(_year(subject, year, groups.get(year), received.get(year), nothing)) for year in order]
    if len(rows) > 1:
        rows.append(total_row(columns, rows, "Sum of all years", tuple(range(len(rows)))))
    table = Table("years", columns, tuple(rows), if_empty="Nothing on record has a year.")
    whole = (
        "Amounts are those of the whole projects: contracts, payments and costs are recorded by project and "
        f"not by partner, so no part of {subject.name} can be told."
    )
    coverage = tuple(
        f"{indicator(amount).label}: {format_coverage(division.totals[amount])}."
        for amount, _ in _OF_YEARS
        if division.totals[amount].known < division.totals[amount].of
    )
    return Section(
        "years", "Years", (table,), (whole,) if subject.is_part else (), (_YEAR_REMARK, *coverage)
    )


def _year_columns(subject: Subject) -> tuple[Column, ...]:
    decisions = (Column(COMMITTED, _COMMITTED, "money"),) if _committed(subject) else ()
    return (
        Column("year", "Year", "date"),
        *decisions,
        *(Column(amount.replace("-", "_"), name, "money") for amount, name in _OF_YEARS),
        Column(_RECEIVED, "Received, as implementers report it (EUR)", "money"),
    )


def _committed(subject: Subject) -> bool:
    # A decision belongs to no project, partner or region: its years are those of the portfolio alone.
    return subject.kind == "portfolio" and bool(subject.view.decisions)


def _nothing(total: KnownSum) -> Missing:
    """What a year without an amount says: there is none, or some project's amounts are not known."""
    return Missing.UNKNOWN if total.known < total.of else Missing.NOT_APPLICABLE


def _year(
    subject: Subject, year: str, group: Group | None, received: int | None, nothing: Mapping[str, Missing]
) -> tuple[Cell, ...]:
    cells: list[Cell] = [Missing.UNKNOWN if year == YEAR_NOT_STATED else year]
    for amount in ((COMMITTED,) if _committed(subject) else ()) + tuple(amount for amount, _ in _OF_YEARS):
        total = group.sums.get(amount) if group else None
        cells.append(nothing[amount] if total is None or total.cents is None else total.cents)
    return (*cells, nothing[_RECEIVED] if received is None else received)


def _received(subject: Subject) -> dict[str, int]:
    """What implementers report to have received, by year; off-budget money is no EU money."""
    off_budget = {project.key for project in subject.projects if is_off_budget(project)}
    found: dict[str, int] = {}
    for row in subject.series.receipts:
        if row.project_key not in off_budget:
            year = row.received_on[:4] if row.received_on else YEAR_NOT_STATED
            found[year] = found.get(year, 0) + row.amount_cents
    return found
