"""The partner brief: two pages for somebody who travels there tomorrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portfolio.indicators import CONTEXT_SENTENCE
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.services.capacity.ledgers import capacity_sentence
from portfolio.services.health.portfolios import worst_first
from portfolio.services.partner_profiles import PartnerShare, partner_shares
from portfolio.services.results.overviews import overview_sentence
from portfolio.summaries.brief_words import (
    findings,
    signals_sentence,
    suspensions,
    unlisted,
    unlisted_projects,
)
from portfolio.summaries.content import Cell, Column, KeyFigures, Missing, Row, Section, Table, known
from portfolio.summaries.covers import nature_of
from portfolio.summaries.figures import own_trainings
from portfolio.summaries.page_agendas import AHEAD_DAYS, Item, agenda, agenda_table
from portfolio.summaries.page_cuts import (
    Cut,
    Tables,
    context_table,
    fewer_names,
    furthest_behind,
    headed,
    missing_cut,
    short_cells,
    tables_of,
)
from portfolio.summaries.page_drafts import Draft, fitted
from portfolio.summaries.project_tables import total_row
from portfolio.summaries.scopes import Subject

# The lines of two pages that are left below the title, above the designations and the line of the date.
ROOM = 140.0
_TAKEN_AWAY = ("projects", "status-ongoing", "part-total-budget", "part-eu-contribution")
_HEALTH, _CAPACITY = ("health-red", "health-amber"), ("trainings", "attendances")
# What stands in their place where no health is known: a 0 of red would sound like good news.
_NO_HEALTH = ("health-grey",)
_HEADS = {"score": "Score", "share": "Of expected", "overall": "Health", "value": "Value", "period": "Up to"}
_READING = (
    "The part of a partner is found by declared shares, by equal parts where none are declared (“estimated: "
    "equal split”), and is the whole where it is the only partner. “Not known” is never 0. Health is the "
    "worst of five dimensions that is known. Definitions, every source and every row that has no room here "
    "stand in the workbook of the same revision, with the same figures."
)
_INDICATIVE = "Dates of deadlines and reports are indicative: the contract and the regulation decide."
_WHOLE_PROJECTS = "No result is reported for {} only: these are results of whole projects."


def brief_pages(subject: Subject, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The chapters of a partner brief, with as many rows as two pages hold."""
    tables, view = tables_of(sections), subject.view
    shares = partner_shares(view.projects, subject.scope.id, view.money, view.as_of)
    items = agenda(subject)
    drafts = [_first(subject, sections, shares, items)]
    if shares:
        drafts += [_runs(subject, tables, shares), _money(subject, tables, shares), _ahead(items)]
        drafts += _done(subject, tables)
    else:
        drafts += _nearby(subject)
    shown, unknown = context_table(subject, tables)
    drafts.append(Draft("context", "Context", (shown,), (CONTEXT_SENTENCE,), unknown))
    if subject.monitoring.missing:
        drafts.append(Draft("unknown", "What is not known", (missing_cut(subject),)))
    nature = (nature_of(view),)
    drafts.append(Draft("reading", "How to read this brief", intro=(_READING,), remarks=nature))
    return fitted(drafts, ROOM)


def _first(
    subject: Subject, sections: Sequence[Section], shares: Sequence[PartnerShare], items: Sequence[Item]
) -> Draft:
    said = (
        findings(subject, shares, items),
        signals_sentence(subject.signals),
        *suspensions(subject, shares),
        *unlisted(subject),
    )
    if not shares:
        # Nothing is known to be active there: a row of noughts would say no more than the sentence.
        return Draft("brief", "In short", (), tuple(filter(None, said)))
    states = [health.state for health in subject.monitoring.health.values() if health.is_running]
    is_known = any(state != "grey" for state in states) or not states
    keys = (*_TAKEN_AWAY, *(_HEALTH if is_known else _NO_HEALTH), *_CAPACITY)
    return Draft("brief", "In short", (key_figures(sections, keys),), tuple(filter(None, said)))


_NEARBY = (
    Column("project", "Project", widest=34),
    Column("implementers", "Implementers", widest=50),
    Column("end", "Present end", "date"),
)


def _nearby(subject: Subject) -> Iterator[Draft]:
    """The regional projects that name no partner at all, where none names this one."""
    found = unlisted_projects(subject)
    if found:
        rows = tuple(
            Row((row.acronym, known(_implementers(row) or None), known(row.present_end))) for row in found
        )
        table = short_cells(Table("nearby", _NEARBY, rows), {"project": 40})
        yield Draft(
            "nearby", "Projects of the region that publish no list of partners",
            (_cut(table, "project", "Projects", 3),),
        )  # fmt: skip


def _implementers(project: ProjectRow) -> str:
    return fewer_names("; ".join(role.name for role in project.roles if role.role != "beneficiary"), 2, 48)


def key_figures(sections: Sequence[Section], keys: Sequence[str]) -> KeyFigures:
    """The key figures with these keys, in their order, as the sheet Key figures holds them."""
    found = {
        figure.key: figure
        for section in sections
        for block in section.blocks
        if isinstance(block, KeyFigures)
        for _, figures in block.groups
        for figure in figures
    }
    return KeyFigures((("Key figures", tuple(found[key] for key in keys if key in found)),))


def _cut(table: Table, noun: str, sheet: str, least: int = 1, plural: str | None = None) -> Cut:
    return Cut(headed(table, _HEADS), noun, sheet, plural, least=least)


def _runs(subject: Subject, tables: Tables, shares: Sequence[PartnerShare]) -> Draft:
    """What runs and who implements it, running projects first."""
    keys = [project.key for project in subject.projects]
    rows = [keys.index(share.project.key) for share in shares]
    whole = tables["projects"].narrowed(("project", "implementers", "status", "start", "end"), rows)
    part = tables["money"].narrowed(("part_total",), rows)
    table = whole.beside(part).beside(_overall(subject, tables, shares))
    at = table.column("implementers")
    shown = tuple(replace(row, cells=_with_fewer(row.cells, at)) for row in table.rows)
    columns = tuple(
        replace(column, label=f"Part of {subject.name} (EUR)") if column.key == "part_total" else column
        for column in table.columns
    )
    listed = short_cells(replace(table, columns=columns, rows=shown, caption=None), {"project": 40})
    running = sum(share.row.status == "ongoing" for share in shares)
    return Draft(
        "runs", "What runs, and who implements it",
        (_cut(listed, "project", "Projects", max(1, min(running, 8))),),
    )  # fmt: skip


def _with_fewer(cells: tuple[Cell, ...], at: int) -> tuple[Cell, ...]:
    cell = cells[at]
    shown = fewer_names(cell, 2, 48) if isinstance(cell, str) else cell
    return (*cells[:at], shown, *cells[at + 1 :])


def _overall(subject: Subject, tables: Tables, shares: Sequence[PartnerShare]) -> Table:
    """The overall colours, in the order of the shares."""
    order = [project.key for project, _ in worst_first(subject.projects, subject.monitoring.health)]
    rows = [order.index(share.project.key) for share in shares]
    return tables["health-by-project"].narrowed(("overall",), rows)


_SPLIT = (
    Column("basis", "Basis of the split", widest=34),
    Column("projects", "Projects", widest=50),
    Column("part_total", "Total budget, its part (EUR)", "money"),
    Column("part_eu", "EU contribution, its part (EUR)", "money"),
)
_SPENT = (
    Column("part_paid", "Paid, its part (EUR)", "money"),
    Column("part_incurred", "Incurred, its part (EUR)", "money"),
)


def _money(subject: Subject, tables: Tables, shares: Sequence[PartnerShare]) -> Draft:
    """The partner's part by what it rests on, adding up to the key figures."""
    cut = tables["money"].narrowed(("part_basis", "project", "part_total", "part_eu"), range(len(shares)))
    spent = any(share.paid_cents is not None or share.incurred_cents is not None for share in shares)
    by_key = {share.project.key: share for share in shares}
    ordered = [by_key[project.key] for project in subject.projects]
    groups: dict[str, list[int]] = {}
    for at, row in enumerate(cut.rows):
        groups.setdefault(str(row.cells[0]), []).append(at)
    columns = (*_SPLIT, *_SPENT) if spent else _SPLIT
    rows = [Row(_basis_cells(cut, basis, places, ordered, spent)) for basis, places in groups.items()]
    if len(rows) > 1:
        rows.append(total_row(columns, rows, f"Part of {subject.name}", tuple(range(len(rows)))))
    table = short_cells(Table("split", columns, tuple(rows)), {"projects": 150})
    remark = "Whole budgets of the same projects, never to be added up over partners: sheet Key figures."
    return Draft("money", "Money: its part, and on what basis", (table,), remarks=(remark,))


def _basis_cells(
    cut: Table, basis: str, places: Sequence[int], shares: Sequence[PartnerShare], spent: bool
) -> tuple[Cell, ...]:
    rows = [cut.rows[at].cells for at in places]
    names = ", ".join(str(row[1]) for row in rows)
    cells: tuple[Cell, ...] = (basis, names, _sum(row[2] for row in rows), _sum(row[3] for row in rows))
    if not spent:
        return cells
    own = [shares[at] for at in places]
    paid = KnownSum.over(share.paid_cents for share in own if not share.is_off_budget)
    incurred = KnownSum.over(share.incurred_cents for share in own)
    return (*cells, _known(paid), _known(incurred))


def _sum(cells: Iterator[Cell]) -> Cell:
    values = list(cells)
    numbers = [value for value in values if isinstance(value, int)]
    if numbers:
        return sum(numbers)
    return Missing.UNKNOWN if Missing.UNKNOWN in values else Missing.NOT_APPLICABLE


def _known(total: KnownSum) -> Cell:
    if not total.of:
        return Missing.NOT_APPLICABLE
    return Missing.UNKNOWN if total.cents is None else total.cents


def _ahead(items: Sequence[Item]) -> Draft:
    table = short_cells(agenda_table(tuple(items)), {"what": 110, "project": 40, "standing": 60})
    remarks = () if all(item.is_milestone for item in items) else (_INDICATIVE,)
    return Draft(
        "ahead", f"Late, and due within {AHEAD_DAYS} days",
        (_cut(table, "entry", "Milestones or Deadlines and reports", 4, "entries"),), remarks=remarks,
    )  # fmt: skip


def _done(subject: Subject, tables: Tables) -> Iterator[Draft]:
    """Trainings, results and risks, each only where something of it is on record."""
    if subject.monitoring.trainings.trainings:
        yield _trainings(subject, tables)
    else:
        said = f"No training that names {subject.name} is on record."
        yield Draft("trainings", "Trainings", intro=(said,))
    yield _results(subject, tables)
    yield _risks(subject, tables)


def _trainings(subject: Subject, tables: Tables) -> Draft:
    rows = tables["trainings"].narrowed(
        ("held", "project", "title", "partner", "women", "men", "not_stated", "stage")
    )
    table = short_cells(rows, {"title": 80, "project": 40})
    own, every = own_trainings(subject), subject.monitoring.trainings
    several = len(every.trainings) - len(own.trainings)
    intro = capacity_sentence(own) if own.trainings else f"No training names {subject.name} alone."
    remark = (
        f"“several”: held for several partners and not counted above, because nobody says which ({several})."
        if several
        else ""
    )
    return Draft(
        "trainings", "Trainings", (_cut(table, "training", "Trainings", 2),), (intro,),
        remarks=tuple(filter(None, (remark,))),
    )  # fmt: skip


def _results(subject: Subject, tables: Tables) -> Draft:
    found = subject.monitoring.results
    if not found.indicators:
        return Draft("results", "Results", intro=("No indicator of these projects is on record.",))
    parts = []
    own = tables.get("partner-values")
    columns = ("project", "indicator", "unit", "value", "period")
    if own is not None:
        cut = short_cells(own.narrowed(columns), {"indicator": 100, "project": 40})
        parts.append(_cut(cut, "value", "Results"))
    places = furthest_behind(found.indicators)
    whole = tables["indicators"].narrowed(("project", "indicator", "value", "target", "share"), places)
    caption = "Whole projects, the furthest behind first"
    behind = short_cells(replace(whole, caption=caption), {"indicator": 100, "project": 40})
    if behind.rows:
        others = len(found.indicators) - len(places)
        parts.append(Cut(headed(behind, _HEADS), "indicator", "Results", others=others))
    remarks = () if own is not None else (_WHOLE_PROJECTS.format(subject.name),)
    return Draft("results", "Results", tuple(parts), (overview_sentence(found),), remarks)


def _risks(subject: Subject, tables: Tables) -> Draft:
    if not subject.monitoring.risks:
        said = "No open risk is on record, which does not mean that there is none."
        return Draft("risks", "Open risks", intro=(said,))
    cut = tables["risks"].narrowed(("project", "risk", "score", "trend", "response"))
    table = short_cells(cut, {"project": 40, "risk": 90, "response": 90})
    remark = "Score: likelihood times impact, 1 to 25. Risks are those of the whole projects."
    return Draft("risks", "Open risks", (_cut(table, "open risk", "Risks", 2),), remarks=(remark,))
