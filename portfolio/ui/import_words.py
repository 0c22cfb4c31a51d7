"""What the import screen says: how far a file came, what can go in, what goes in and what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio.findings import prevents_acceptance
from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.jobs import Progress
from portfolio.progress_reports.results import STAGES, CheckResult, FileResult, Stage, UnitResult
from portfolio.ui.import_works import goes_in
from portfolio.ui.texts import counted, literal

MEGABYTE = 1024 * 1024
_ENDED: dict[Stage, str] = {
    "looked at": "it was refused when looked at",
    "read": "it could not be read",
    "understood": "it is no report that this tracker knows",
}
TO_MAP = "it was not issued here, so its layout is to be confirmed"
_DOING: dict[Stage, str] = {
    "received": "waiting for its turn", "looked at": "being looked at", "read": "being read",
    "understood": "being understood", "compared": "being compared with the portfolio",
}  # fmt: skip


def limits_sentence() -> str:
    """How large a report may be, in words."""
    limits = present_limits()
    size = f"{limits.file_size / MEGABYTE:.3g} MB"
    return (
        "Excel workbooks (.xlsx), best those that this tracker issued; .xls, .xlsb and .ods are read as "
        f"well. Up to {size} each, with at most {limits.sheets:,} sheets, {limits.last_row:,} rows and "
        f"{limits.last_column:,} columns; reading one may take {limits.reader_time} seconds. What cannot be "
        "read is named and refused."
    )


def progress_sentence(progress: Progress) -> str:
    """How far the check is: "File 2 of 3, report.xlsx: being read (stage 3 of 5)"."""
    if not progress.number:
        return f"{counted(progress.files, 'file')} received and kept; the check waits for its turn"
    stage = STAGES.index(progress.stage) + 1
    return (
        f"File {progress.number} of {progress.files}, {literal(progress.name)}: {_DOING[progress.stage]} "
        f"(stage {stage} of {len(STAGES)})"
    )


def stages_line(file: FileResult) -> str:
    """How far a file came, as Markdown: "report.xlsx: received, looked at; it could not be read"."""
    done = list(STAGES[: STAGES.index(file.reached) + 1])
    if not file.readable:
        ended = TO_MAP if file.layout_guess is not None else _ENDED[file.reached]
        return f"{literal(file.name)}: {', '.join(done[:-1])}; {ended}"
    tail = "" if file.reached == STAGES[-1] else "; not compared"
    return f"{literal(file.name)}: {', '.join(done)}{tail}"


def check_sentence(result: CheckResult) -> str:
    """What the check came to, file by file counted."""
    going = [file for file in result.files if goes_in(file)]
    changing = sum(bool(file.changing_units) for file in going)
    already = sum(file.is_imported_already for file in result.files)
    unmapped = sum(_is_unmapped(file) for file in result.files)
    refused = sum(not goes_in(file) and not file.is_acceptable for file in result.files) - unmapped
    parts = [
        f"{changing} can go in" if changing else "",
        f"{len(going) - changing} without any change" if len(going) > changing else "",
        f"{unmapped} with a layout to confirm" if unmapped else "",
        f"{refused} refused" if refused else "",
        f"{already} imported already" if already else "",
    ]
    words = ", ".join(part for part in parts if part) or "nothing to do"
    return f"{counted(len(result.files), 'file')} checked: {words}"


def _is_unmapped(file: FileResult) -> bool:
    return not file.readable and file.layout_guess is not None


def file_title(file: FileResult) -> str:
    """What a file is: "RainWillow, 2026-S1", or its name where it holds several units or none."""
    return unit_title(file.units[0]) if len(file.units) == 1 else file.name


def unit_title(unit: UnitResult) -> str:
    """One project and period: "RainWillow, 2026-S1"."""
    return f"{unit.acronym or unit.project}, {unit.period}"


def file_standing(file: FileResult) -> str:
    """Whether a file can go in, as Markdown with letter and shape beside the colour."""
    if len(file.units) == 1:
        return unit_standing(file, file.units[0])
    if file.is_imported_already:
        return ":gray[**■ Imported already**]"
    if _is_unmapped(file):
        return ":orange[**▲ Layout to confirm**]"
    if not file.units and file.is_acceptable:
        return ":gray[**○ Counts with the other file**]"
    if not goes_in(file):
        return ":red[**◆ Cannot go in**]"
    return f":green[**● {len(file.received_units)} of {counted(len(file.units), 'report')} can go in**]"


def unit_standing(file: FileResult, unit: UnitResult) -> str:
    """Whether a unit can go in, as Markdown with letter and shape beside the colour."""
    if unit.is_imported_already:
        return ":gray[**■ Imported already**]"
    if prevents_acceptance((*file.about_file, *unit.findings)):
        return ":red[**◆ Cannot go in**]"
    if unit.left_out:
        return ":gray[**○ Left out by choice**]"
    if not unit.changes:
        return ":gray[**○ Nothing to change: can be recorded as received**]"
    return ":green[**● Can go in**]"


def cells_sentence(file: FileResult) -> str:
    """Every cell of the workbook accounted for."""
    cells = file.cells
    return (
        f"{counted(cells.total, 'cell')}: {cells.used:,} used, {cells.empty:,} empty, {cells.ignored:,} "
        f"ignored (headings, locked or computed), {cells.problem:,} with an error."
    )


@dataclass(frozen=True)
class Tile:
    """One count with what it means."""

    label: str
    value: str
    note: str


def count_tiles(result: CheckResult) -> tuple[Tile, ...]:
    """What a check came to in figures: records and fields that change, what cannot go in, the cells read."""
    units = [unit for file in result.files for unit in file.units]
    going = [unit for file in result.files for unit in file.received_units]
    refused = [unit for unit in units if not unit.is_acceptable]
    fields = sum(len(unit.changes) for unit in going)
    cells = [file.cells for file in result.files]
    return (
        Tile("Records changed", f"{_records(going):,}", f"in {counted(len(going), 'report')}"),
        Tile("Fields changed", f"{fields:,}", "old and new below"),
        Tile("Records unchanged", f"{sum(unit.unchanged for unit in units):,}", "listed as they are"),
        Tile(
            "Rows refused", f"{sum(unit.refused for unit in units):,}",
            f"in {counted(len(refused), 'report')}",
        ),
        Tile(
            "Cells read", f"{sum(each.total for each in cells):,}",
            f"{sum(each.problem for each in cells):,} with an error",
        ),
    )  # fmt: skip


def _records(units: Iterable[UnitResult]) -> int:
    return len({change.record for unit in units for change in unit.changes})


def apply_sentence(result: CheckResult) -> str:
    """Which units go in, which are only recorded as received, which stay out."""
    changing = [unit_title(unit) for file in result.files for unit in file.changing_units]
    same = [unit_title(unit) for file in result.files for unit in file.received_units if not unit.changes]
    out = list(_left_outside(result))
    parts = [
        f"Goes in: {'; '.join(changing)}." if changing else "",
        f"Nothing to change, recorded as received: {'; '.join(same)}." if same else "",
        f"Stays out: {'; '.join(out)}." if out else "",
    ]
    return " ".join(part for part in parts if part)


def _left_outside(result: CheckResult) -> Iterator[str]:
    for file in result.files:
        going = {unit.key for unit in file.received_units}
        staying = [unit for unit in file.units if unit.key not in going and not unit.is_imported_already]
        yield from (unit_title(unit) for unit in staying)
        if not file.units and not file.is_acceptable:
            yield file.name


def nothing_sentence(result: CheckResult) -> str:
    """What to do where nothing can go in."""
    if all(file.is_imported_already for file in result.files):
        return "There is nothing to apply: these bytes are in the portfolio already."
    if any(unit.left_out for file in result.files for unit in file.units):
        return "Nothing goes in: every project and period that could is left out. Tick one to import it."
    if any(_is_unmapped(file) for file in result.files):
        return (
            "Nothing can go in yet. Correct how the workbook is laid out where it is wrong, then press "
            "Read it this way."
        )
    return (
        "Nothing can go in yet. Settle what is listed under To settle, here or in the workbook (the checked "
        "copy marks the cells), and choose the workbook again above."
    )
