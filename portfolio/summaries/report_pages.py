"""The chapters of a regional summary and of a portfolio report, two to eight pages for a director.

Every table is cut out of one that a sheet holds; the sentences count the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from portfolio.services.milestones import DUE_DAYS
from portfolio.services.results.overviews import MeasuredIndicator, overview_sentence
from portfolio.summaries.content import Block, Chart, KeyFigures, Picture, Section, Table
from portfolio.summaries.map_blocks import partners_map, year_columns
from portfolio.summaries.page_notes import about_section, left_out_note
from portfolio.summaries.report_words import due_soon, findings, milestones_soon
from portfolio.summaries.scopes import Subject

# The rows that a page holds of each table; what is left out is counted and stands in the workbook.
_PROJECTS, _SIGNALS, _COLOURS, _DUE, _INDICATORS, _RISKS = 40, 8, 30, 12, 8, 6
_TAKEN_AWAY = (
    "projects", "status-ongoing", "part-total-budget", "part-eu-contribution", "total-budget",
    "eu-contribution", "contracted", "paid", "incurred", "milestones", "milestones-late", "milestones-due-90",
)  # fmt: skip
# Words of the column Overall for a project that has no health.
_NOT_RUNNING = ("Closed", "Planned", "Status not known")
_WHOLE = ("total-budget", "eu-contribution", "contracted", "paid", "incurred")
_INDICATIVE = (
    "Every date is indicative: the contract and the regulation decide. How each was counted, with its "
    "source, stands on the sheet Deadlines and reports of the workbook."
)
By = Mapping[str, Section]


def report_pages(subject: Subject, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The chapters in the order of reading: what stands out first, how it was made last."""
    by: By = {section.key: section for section in sections}
    chapters = (_glance, _attention, _projects, _places, _due, _results, _risks)
    found = [section for chapter in chapters if (section := chapter(subject, by)) is not None]
    return (*found, about_section(subject, by, found))


def figures_of(section: Section, keys: Iterable[str]) -> KeyFigures:
    """The key figures with these keys, in the order and groups of their section."""
    wanted = set(keys)
    groups = next(block for block in section.blocks if isinstance(block, KeyFigures)).groups
    kept = ((name, tuple(figure for figure in members if figure.key in wanted)) for name, members in groups)
    return KeyFigures(tuple((name, members) for name, members in kept if members))


def _glance(subject: Subject, by: By) -> Section:
    """What a director reads if nothing else is read."""
    keys = [key for key in _TAKEN_AWAY if not (subject.is_part and key in _WHOLE)]
    return Section("glance", "At a glance", (figures_of(by["figures"], keys),), tuple(findings(subject)))


def _attention(subject: Subject, by: By) -> Section | None:
    if not subject.projects:
        return None
    signals = by["attention"].table("attention")
    colours = by["health"].table("health-by-project")
    running = [at for at, row in enumerate(colours.rows) if row.cells[1] not in _NOT_RUNNING]
    shown, listed = _first(signals, _SIGNALS), _first(colours, _COLOURS, running)
    blocks: list[Block] = [replace(shown.narrowed(("severity", "about", "sentence")), caption="Most urgent")]
    # Columns of nothing but "not known" say less than the sentence on the first page.
    if any(row.cells[1] != "Not known" for row in listed.rows):
        blocks.append(replace(listed, caption="Health of running projects, the worst first"))
    notes = (
        left_out_note(len(signals.rows) - len(shown.rows), "signal", "Attention"),
        left_out_note(len(running) - len(listed.rows), "running project", "Health"),
    )
    return Section(
        "attention", "What needs attention", tuple(blocks),
        remarks=(*filter(None, notes), *by["health"].remarks[:1]),
    )  # fmt: skip


def _first(table: Table, most: int, rows: Sequence[int] | None = None) -> Table:
    """At most this many of the rows, with every column."""
    chosen = range(len(table.rows)) if rows is None else rows
    return table.narrowed([column.key for column in table.columns], list(chosen)[:most])


def _projects(subject: Subject, by: By) -> Section | None:
    if not subject.projects:
        return None
    projects, money = by["projects"].table("projects"), by["money"].table("money")
    columns = ("project", "implementers", "status", "start", "end", "total_budget", "eu_contribution")
    table = projects.narrowed(columns)
    if subject.is_part:
        # The part is what a region may add up; the start stands in the workbook.
        table = projects.narrowed(("project", "implementers", "status", "end"))
        table = table.beside(money.narrowed(("part_total", "part_eu", "part_basis")))
    kept = _largest(table, len(subject.projects))
    shown = replace(table.narrowed([column.key for column in table.columns], kept), caption=None)
    if subject.is_part and len(table.rows) > len(subject.projects):
        shown = _called(shown, f"Part of {subject.name}: sum of what is known")
    note = left_out_note(len(table.rows) - len(kept), "smaller project", "Projects")
    total = "The last row adds up all of them." if note else ""
    remarks = (*filter(None, (f"{note} {total}".strip(),)), *by["money"].remarks[:-1])
    return Section("projects", "Projects", (shown,), remarks=remarks)


def _called(table: Table, name: str) -> Table:
    """The table, its last row under another name."""
    *rows, last = table.rows
    return replace(table, rows=(*rows, replace(last, cells=(name, *last.cells[1:]))))


def _largest(table: Table, projects: int) -> list[int]:
    """The rows of the largest projects in their order, then the row that adds up all."""
    money = next(at for at, column in enumerate(table.columns) if column.kind == "money")

    def size(at: int) -> int:
        cell = table.rows[at].cells[money]
        return cell if isinstance(cell, int) else -1

    largest = sorted(range(projects), key=size, reverse=True)[:_PROJECTS]
    return [*sorted(largest), *range(projects, len(table.rows))]


def _places(subject: Subject, by: By) -> Section | None:
    if not subject.projects:
        return None
    key = "regions" if subject.kind == "portfolio" else "partners"
    columns = ("place", "active", "running", "total_budget", "unknown_total", "eu_contribution")
    blocks: list[Block] = [by[key].table(key).narrowed(columns)]
    drawn = {block.key: block for block in by["charts"].blocks if isinstance(block, Chart)}
    # The map has the money of each partner already.
    wanted = "focus" if subject.kind == "portfolio" else "projects-budget"
    pictures: tuple[Picture | None, ...] = (partners_map(subject), drawn.get(wanted), year_columns(subject))
    blocks += [picture for picture in pictures if picture is not None]
    title = "Money by region and partner" if subject.kind == "portfolio" else "Money by partner"
    return Section("places", title, tuple(blocks), remarks=by[key].remarks)


def _due(subject: Subject, by: By) -> Section | None:
    blocks: list[Block] = []
    notes: list[str] = []
    milestones, soon = by["milestones"].table("milestones"), milestones_soon(subject)
    columns = ("project", "milestone", "baseline", "forecast")
    _add(blocks, notes, milestones, soon, columns, "Milestones", "milestone")
    if "deadlines" in by:
        deadlines, soon = by["deadlines"].table("deadlines"), due_soon(subject)
        reported = ("name", "project", "state", "from", "until")
        _add(blocks, notes, deadlines, soon, reported, "Deadlines and reports", "deadline or report")
        notes += [_INDICATIVE] if soon else []
    if not blocks:
        return None
    return Section("due", f"Due within {DUE_DAYS} days", tuple(blocks), remarks=tuple(notes))


def _add(
    blocks: list[Block], notes: list[str], table: Table, wanted: Sequence[int], columns: Sequence[str],
    sheet: str, noun: str,
) -> None:  # fmt: skip
    """Nothing; the wanted rows are a block more, and what is cut off a note more."""
    if wanted:
        blocks.append(replace(table.narrowed(columns, wanted[:_DUE]), caption=sheet))
        notes += filter(None, (left_out_note(len(wanted) - _DUE, noun, sheet),))


def _results(subject: Subject, by: By) -> Section | None:
    """The indicators that are furthest behind, the totals, and how far trainings have come."""
    intro: list[str] = []
    blocks: list[Block] = []
    notes: list[str] = []
    if "results" in by:
        intro.append(overview_sentence(subject.monitoring.results))
        table = by["results"].table("indicators")
        at = table.column("share")
        shares = {row: cells[at] for row, cells in enumerate(each.cells for each in table.rows)}
        behind = [at for at, each in enumerate(subject.monitoring.results.indicators) if _is_behind(each)]
        lowest = sorted(behind, key=lambda row: (shares[row], row))[:_INDICATORS]
        columns = ("project", "indicator", "unit", "baseline", "target", "value", "period", "share")
        shown = replace(table.narrowed(columns, lowest), if_empty="No outcome or output is behind.")
        blocks.append(replace(shown, caption="Furthest behind what is expected"))
        notes += filter(None, (left_out_note(len(table.rows) - len(lowest), "indicator", "Results"),))
        totals = by["results"].table("result-totals")
        if totals.rows:
            shown = _first(totals, _INDICATORS)
            blocks.append(shown.narrowed(("total", "unit", "value", "women", "men", "untold")))
            notes += filter(None, (left_out_note(len(totals.rows) - _INDICATORS, "total", "Results"),))
    if "trainings" in by:
        intro += by["trainings"].intro
        notes += by["trainings"].remarks
    if not (intro or blocks):
        return None
    return Section("results", "Results and trainings", tuple(blocks), tuple(intro), tuple(notes))


def _is_behind(each: MeasuredIndicator) -> bool:
    return each.is_judged and each.colour in ("red", "amber")


def _risks(subject: Subject, by: By) -> Section | None:
    if "risks" not in by:
        return None
    table = by["risks"].table("risks")
    shown = _first(table, _RISKS).narrowed(("project", "risk", "score", "trend", "reviewed", "response"))
    note = left_out_note(len(table.rows) - len(shown.rows), "open risk", "Risks")
    return Section("risks", "Risks", (shown,), remarks=(*filter(None, (note,)), *by["risks"].remarks))
