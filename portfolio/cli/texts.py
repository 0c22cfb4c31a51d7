"""What the command line prints for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.findings import Finding, field_and_message, prevents_acceptance
from portfolio.model.changes import FieldChange, RecordId, Value
from portfolio.model.rows import ChangeSetRow
from portfolio.money import format_eur, format_known
from portfolio.numbers import counted
from portfolio.partners import footnotes, footnotes_for_text
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.services.change_words import field_label, value_text
from portfolio.services.geography import PlaceFigures, by_partner, by_region
from portfolio.services.health.ratings import Health, health_counts
from portfolio.services.histories import UndoResult
from portfolio.services.milestones import milestone_counts
from portfolio.services.overviews import overview
from portfolio.services.record_names import kept_sentence
from portfolio.services.views import ScheduledView


@dataclass(frozen=True)
class ChangeWords:
    """What the records and the projects of a list of changes are called."""

    names: Mapping[RecordId, str]
    acronyms: Mapping[str, str]

    def line(self, change: FieldChange) -> str:
        """One changed field: where it stands, the record, the field, before and after."""
        place = f" {change.sheet}!{change.cell}" if change.cell else ""
        values = f"{self._shown(change, change.old)} → {self._shown(change, change.new)}"
        return f"  {change.kind}{place}: {self.names[change.record]}, {field_label(change.field)}: {values}"

    def _shown(self, change: FieldChange, value: Value) -> str:
        if change.field == "project_key" and isinstance(value, str):
            return self.acronyms.get(value, value)
        return value_text(change.entity, change.field, value)


def status_lines(view: ScheduledView, health: Mapping[str, Health]) -> Iterator[str]:
    """The key figures in lines; `health` is that of every project, by key."""
    figures = overview(view, milestone_counts(view.milestones, view.as_of))
    portfolio = view.portfolio
    yield f"Portfolio '{portfolio.name}', revision {portfolio.revision}, as of {view.as_of.isoformat()}"
    if view.is_demo:
        yield "Demonstration portfolio: fictional"
    counts = ", ".join(f"{len(keys)} {code}" for code, keys in sorted(figures.by_status.items())) or "none"
    yield f"Projects: {figures.projects} ({counts})"
    money = figures.money
    yield f"Total budget: {format_known(money.total_budget)}"
    yield f"EU contribution: {format_known(money.eu_contribution)}"
    yield f"Committed: {format_known(money.committed, 'financing decision')}"
    for word, total in (("Contracted", money.contracted), ("Paid", money.paid), ("Incurred", money.incurred)):
        yield f"{word}: {format_known(total, unknown='not known')}"
    marks = figures.milestones
    due = f"{marks.due_90_days} due in 90 days"
    yield f"Milestones: {marks.total}, {marks.done} done, {marks.late} late, {due}"
    yield from _health_lines(view, health)
    yield "Total budget by region (split over partners, equally where no shares are declared):"
    yield from map(_place_line, by_region(view.projects, view.as_of))
    yield "Total budget by partner (counts are projects active in the partner, and are not to be summed):"
    places = [place for place in by_partner(view.projects, view.as_of) if place.projects]
    yield from map(_place_line, places)
    yield from footnotes(place.code for place in places)


def _health_lines(view: ScheduledView, health: Mapping[str, Health]) -> Iterator[str]:
    counts = health_counts(health[project.key] for project in view.projects)
    running = sum(count for state, count in counts.items() if state != "closed")
    colours = ", ".join(f"{counts[colour]} {colour}" for colour in ("green", "amber", "red"))
    yield f"Health of {counted(running, 'running project')}: {colours}, {counts['grey']} grey (not known)"
    red = [project.acronym for project in view.projects if health[project.key].state == "red"]
    if red:
        yield f"  Off track: {', '.join(red)}"


def _place_line(place: PlaceFigures) -> str:
    if not place.projects:
        return f"  {place.name}: no projects"
    unknown = f", {place.unknown_budget} not stated" if place.unknown_budget else ""
    projects = "1 project" if len(place.projects) == 1 else f"{len(place.projects)} projects"
    return f"  {place.name}: {projects}, {format_eur(place.total_budget_cents)}{unknown}"


def check_lines(result: CheckResult, words: ChangeWords) -> Iterator[str]:
    """Findings and changes by file, then what was applied or refused, by name."""
    lines = [line for file in result.files for line in _file_lines(file, words)]
    yield from lines
    if result.change_set is not None:
        yield f"Applied as change set {result.change_set}{_with_warnings(result)}."
    yield from footnotes_for_text(lines)


def _with_warnings(result: CheckResult) -> str:
    """How many warnings were accepted with what was applied: the command line asks nobody."""
    applied = [file for file in result.files if any(unit.applied for unit in file.units)]
    warnings = sum(item.severity == "warning" for file in applied for item in file.findings)
    return f", with {counted(warnings, 'warning')}; see above" if warnings else ""


def problem_sentence(result: CheckResult) -> str:
    """What stands in the way, in one sentence that names the files."""
    unreadable = [file.name for file in result.files if not file.readable]
    if len(unreadable) == len(result.files):
        return f"No file could be read: {', '.join(unreadable)}. The findings say why and what to do."
    wrong = [file.name for file in result.files if prevents_acceptance(file.findings)]
    named = ", ".join(dict.fromkeys([*unreadable, *wrong])) or "the files"
    return f"Problems in {named} have to be mended first. The findings name the cells and what to do."


def _file_lines(file: FileResult, words: ChangeWords) -> Iterator[str]:
    subject = " ".join(part for part in (file.project, file.period) if part)
    yield f"{file.name}: {subject or 'not read'}"
    yield from map(_finding_line, file.findings)
    if file.cells.total:
        yield f"  {_cells_line(file)}"
    yield from map(words.line, file.changes)
    if file.readable and not file.changes:
        yield "  no changes"
    for unit in file.units:
        if unit.refused_because:
            yield f"  {unit.project} {unit.period}: refused. {unit.refused_because}"
        elif unit.applied:
            yield f"  {unit.project} {unit.period}: applied"


def _finding_line(item: Finding) -> str:
    field, message = field_and_message(item)
    place = f" {item.sheet}!{item.cell} {field}".rstrip() if item.cell else ""
    return f"  {item.severity}{place} [{item.code}] {message} {item.action}".rstrip()


def _cells_line(file: FileResult) -> str:
    """Every cell of the workbook accounted for, as a sum."""
    cells = file.cells
    parts = {"used": cells.used, "empty": cells.empty, "ignored": cells.ignored, "problem": cells.problem}
    return f"cells: {' + '.join(f'{count:,} {name}' for name, count in parts.items())} = {cells.total:,}"


def undo_lines(result: UndoResult, words: ChangeWords) -> Iterator[str]:
    """What an undo set back and what it kept."""
    lines = [words.line(change) for change in result.plan.changes]
    lines += [f"  {kept_sentence(kept, words.names)}" for kept in result.plan.kept]
    yield f"Undone as change set {result.change_set}."
    yield from lines
    yield from footnotes_for_text(lines)


def change_set_lines(row: ChangeSetRow) -> Iterator[str]:
    """One change set of the history."""
    undone = f", undone by {row.undone_by}" if row.undone_by else ""
    yield f"{row.id}  {row.at}  {row.by}: {row.reason} ({row.changes} changes{undone})"
    for name in row.files:
        yield f"    from {name}"
