"""Money and projects by region and by partner, adding up to the portfolio or to the whole budgets."""

from __future__ import annotations

from portfolio.indicators import NOT_ADDITIVE
from portfolio.model.rows import ParticipationRow, ProjectRow
from portfolio.partners import (
    NOT_SPLIT,
    NOT_SPLIT_LABEL,
    OUTSIDE,
    partner_name,
    partners,
    partners_of,
    region_name,
    region_of,
)
from portfolio.services.geography import PlaceFigures, by_partner, by_region
from portfolio.services.money import is_eu_part_alone, is_off_budget
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.project_tables import EMPTY, total_row, with_total
from portfolio.summaries.scopes import Subject
from portfolio.summaries.splits import OVER_PARTNERS, OVER_REGIONS, Split, bases, partner_basis

_COLUMNS = (
    Column("place", "Partner", widest=34),
    Column("active", "Projects active in", "count"),
    Column("running", "of which ongoing", "count"),
    Column("total_budget", "Total budget, split (EUR)", "money"),
    Column("unknown_total", "Projects without a known total", "count"),
    Column("eu_contribution", "EU contribution, split (EUR)", "money"),
    Column("unknown_eu", "Projects without a known EU part", "count"),
    Column("basis", "Basis of the split", widest=34),
    Column("suspended", "Suspended in", widest=22),
)
_REGION_COLUMNS = (
    Column("place", "Region", widest=34),
    *_COLUMNS[1:-1],
    Column("eu_alone", "Only the EU part known of", widest=28),
)
_EU_ALONE = (
    "An EU contribution may exceed the total budget beside it: of some projects only the EU's part is "
    "published, which is in the one sum and not in the other."
)
_WHOLE = "Whole budgets of these projects"


def regions_section(subject: Subject) -> Section:
    """The regions of the portfolio, adding up to it."""
    places = by_region(subject.projects, subject.view.as_of) if subject.projects else ()
    rows = [Row(_region_cells(subject, place)) for place in places]
    table = Table("regions", _REGION_COLUMNS, with_total(_REGION_COLUMNS, rows, "Portfolio"), if_empty=EMPTY)
    return Section("regions", "Regions", (table,), remarks=(NOT_ADDITIVE, _EU_ALONE))


def _region_cells(subject: Subject, place: PlaceFigures) -> tuple[Cell, ...]:
    alone = ", ".join(subject.view.names[key] for key in place.eu_alone) or "none"
    return (*_cells(subject, place.name, place.code, place.projects, OVER_REGIONS)[:-1], alone)


def partners_section(subject: Subject) -> Section:
    """The partners with what of the money is theirs, and what is not split or belongs elsewhere."""
    if subject.kind == "project":
        return _project_partners(subject)
    rows = _ROWS[subject.kind](subject) if subject.projects else ()
    table = Table("partners", _COLUMNS, rows, if_empty=EMPTY)
    remarks = (NOT_ADDITIVE, *_eu_alone(subject), *_unlisted(subject))
    return Section("partners", "Partners", (table,), remarks=remarks)


def _eu_alone(subject: Subject) -> tuple[str, ...]:
    """Of which projects the EU contribution stands beside no total budget."""
    names = [project.acronym for project in subject.projects if is_eu_part_alone(project)]
    return (f"{_EU_ALONE} Here: {', '.join(names)}.",) if names else ()


def _unlisted(subject: Subject) -> tuple[str, ...]:
    """Which projects may be active in the partner without saying so."""
    if subject.kind != "partner":
        return ()
    region = region_of(subject.scope.id)
    names = [
        row.acronym for row in subject.view.everything if not row.participations and region in row.regions
    ]
    sentence = "Not counted here, because they publish no list of their partners in the region"
    return (f"{sentence}: {', '.join(names)}.",) if names else ()


def _portfolio_rows(subject: Subject) -> tuple[Row, ...]:
    rows = [
        Row(_cells(subject, place.name, place.code, place.projects, OVER_PARTNERS))
        for place in by_partner(subject.projects, subject.view.as_of)
    ]
    return with_total(_COLUMNS, rows, "Portfolio")


def _region_rows(subject: Subject) -> tuple[Row, ...]:
    """The region's partners and what it has not split, their sum, then what its projects have elsewhere."""
    region = subject.scope.id
    rows = [Row(_partner_cells(subject, partner.code, partner.name)) for partner in partners_of(region)]
    unsplit = tuple(project.key for project in subject.projects if not project.participations)
    if unsplit:
        rows.append(Row(_cells(subject, NOT_SPLIT_LABEL, region, unsplit, OVER_REGIONS)))
    own = len(rows)
    rows.append(total_row(_COLUMNS, rows, f"Part of {subject.name}", tuple(range(own))))
    for place in by_region(subject.projects, subject.view.as_of):
        if place.code != region and place.projects:
            name = f"The same projects: {place.name}"
            rows.append(Row(_cells(subject, name, place.code, place.projects, OVER_REGIONS)))
    rows.append(total_row(_COLUMNS, rows, _WHOLE, tuple(range(own, len(rows)))))
    return tuple(rows)


def _partner_rows(subject: Subject) -> tuple[Row, ...]:
    """The partner's own part, then the other partners of the same projects, and their whole budgets."""
    own = subject.scope.id
    active = {code for project in subject.projects for code in project.partner_codes}
    others = [code for code in partners() if code in active and code != own]
    rows = [Row(_partner_cells(subject, own, subject.name))]
    rows += [
        Row(_partner_cells(subject, code, f"The same projects: {partner_name(code)}")) for code in others
    ]
    return with_total(_COLUMNS, rows, _WHOLE)


_ROWS = {"portfolio": _portfolio_rows, "region": _region_rows, "partner": _partner_rows}


def _partner_cells(subject: Subject, code: str, name: str) -> tuple[Cell, ...]:
    keys = tuple(project.key for project in subject.projects if code in project.partner_codes)
    return _cells(subject, name, code, keys, OVER_PARTNERS)


def _cells(subject: Subject, name: str, code: str, keys: tuple[str, ...], split: Split) -> tuple[Cell, ...]:
    """One place: counts, money and basis over the projects with these keys."""
    projects = [project for project in subject.projects if project.key in keys]
    on_budget = [project for project in projects if not is_off_budget(project)]
    totals = [split.part(project, code, project.total_budget_cents) for project in projects]
    eus = [split.part(project, code, project.eu_contribution_cents) for project in on_budget]
    suspended = [project.acronym for project in projects if code in _suspended(project)]
    return (
        name + (" (suspended)" if suspended else ""),
        len(projects),
        sum(project_status(project, subject.view.as_of) == "ongoing" for project in projects),
        _sum(totals, projects),
        totals.count(None),
        _sum(eus, projects),
        eus.count(None),
        bases(map(split.basis, projects)) if projects else Missing.NOT_APPLICABLE,
        ", ".join(suspended) or "none",
    )


def _sum(amounts: list[int | None], projects: list[ProjectRow]) -> Cell:
    # A place without any project is known to hold nothing; one whose projects state no amount is unknown.
    found = [amount for amount in amounts if amount is not None]
    return sum(found) if found or not projects else Missing.UNKNOWN


def _suspended(project: ProjectRow) -> set[str]:
    codes = {row.partner_code for row in project.participations if row.is_suspended}
    return codes | ({OUTSIDE} if any(region_of(code) == OUTSIDE for code in codes) else set())


_PROJECT_COLUMNS = (
    Column("partner", "Partner", widest=30),
    Column("code", "Code"),
    Column("region", "Region", widest=26),
    Column("since", "From", "date"),
    Column("until", "To", "date"),
    Column("suspended", "Suspended since", "date"),
    Column("share", "Declared share", "share"),
    Column("total_budget", "Total budget, split (EUR)", "money"),
    Column("eu_contribution", "EU contribution, split (EUR)", "money"),
    Column("basis", "Basis of the split", widest=26),
)


def _project_partners(subject: Subject) -> Section:
    rows: list[Row] = []
    for project in subject.projects:
        rows += [Row(_participation(project, row)) for row in project.participations]
        if not project.participations:
            rows.append(Row(_unsplit(project)))
    table = Table("partners", _PROJECT_COLUMNS, with_total(_PROJECT_COLUMNS, rows, "Project"), if_empty=EMPTY)
    return Section("partners", "Partners", (table,))


def _participation(project: ProjectRow, row: ParticipationRow) -> tuple[Cell, ...]:
    return (
        partner_name(row.partner_code) + (" (suspended)" if row.is_suspended else ""),
        row.partner_code,
        region_name(region_of(row.partner_code)),
        known(row.since),
        known(row.until),
        row.suspended_since or Missing.NOT_APPLICABLE,
        known(None if row.share_millionths is None else row.share_millionths / 1_000_000),
        *_split_amounts(project, row.partner_code),
        partner_basis(project),
    )


def _unsplit(project: ProjectRow) -> tuple[Cell, ...]:
    places = known("; ".join(map(region_name, project.regions)) or None)
    nothing = (Missing.NOT_APPLICABLE,) * 4
    amounts = _split_amounts(project, NOT_SPLIT)
    return (NOT_SPLIT_LABEL, Missing.NOT_APPLICABLE, places, *nothing, *amounts, partner_basis(project))


def _split_amounts(project: ProjectRow, code: str) -> tuple[Cell, ...]:
    eu = OVER_PARTNERS.part(project, code, project.eu_contribution_cents)
    return (
        known(OVER_PARTNERS.part(project, code, project.total_budget_cents)),
        Missing.NOT_APPLICABLE if is_off_budget(project) else known(eu),
    )
