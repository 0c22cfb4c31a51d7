"""What the import screen says: how far a file came, whether it can go in, and what goes in."""

from __future__ import annotations

from portfolio.progress_reports.limits import present_limits
from portfolio.progress_reports.results import STAGES, CheckResult, FileResult, Stage
from portfolio.ui.import_works import goes_in
from portfolio.ui.texts import counted, literal

MEGABYTE = 1024 * 1024
_ENDED: dict[Stage, str] = {
    "looked at": "it was refused when looked at",
    "read": "it could not be read",
    "understood": "it is no report that this tracker knows",
}


def limits_sentence() -> str:
    """How large a report may be, in words."""
    limits = present_limits()
    size = f"{limits.file_size / MEGABYTE:.3g} MB"
    return (
        f"Excel workbooks (.xlsx) that this tracker issued, up to {size} each, with at most "
        f"{limits.sheets:,} sheets, {limits.last_row:,} rows and {limits.last_column:,} columns; reading one "
        f"may take {limits.reader_time} seconds. Files of another kind are named and refused."
    )


def stages_line(file: FileResult) -> str:
    """How far a file came, as Markdown: "report.xlsx: received, looked at; it could not be read"."""
    done = list(STAGES[: STAGES.index(file.reached) + 1])
    if not file.readable:
        return f"{literal(file.name)}: {', '.join(done[:-1])}; {_ENDED[file.reached]}"
    tail = "" if file.reached == STAGES[-1] else "; not compared"
    return f"{literal(file.name)}: {', '.join(done)}{tail}"


def check_sentence(result: CheckResult) -> str:
    """What the check came to, file by file counted."""
    going = [file for file in result.files if goes_in(file)]
    changing = sum(bool(file.changes) for file in going)
    refused = sum(not file.is_acceptable for file in result.files)
    already = sum(file.is_imported_already for file in result.files)
    parts = [
        f"{changing} can go in" if changing else "",
        f"{len(going) - changing} without any change" if len(going) > changing else "",
        f"{refused} refused" if refused else "",
        f"{already} imported already" if already else "",
    ]
    words = ", ".join(part for part in parts if part) or "nothing to do"
    return f"{counted(len(result.files), 'file')} checked: {words}"


def file_title(file: FileResult) -> str:
    """What a file is: "RainWillow, 2026-S1", or its name where that is not known."""
    if file.project is None:
        return file.name
    return f"{file.acronym or file.project}, {file.period}"


def standing_words(file: FileResult) -> str:
    """Whether a file can go in, as Markdown with letter and shape beside the colour."""
    if file.is_imported_already:
        return ":gray[**■ Imported already**]"
    if not file.is_acceptable:
        return ":red[**◆ Cannot go in**]"
    if not goes_in(file):
        return ":gray[**○ Counts with the other file**]"
    return (
        ":green[**● Can go in**]"
        if file.changes
        else ":gray[**○ Nothing to change: can be recorded as received**]"
    )


def cells_sentence(file: FileResult) -> str:
    """Every cell of the workbook accounted for."""
    cells = file.cells
    return (
        f"{counted(cells.total, 'cell')}: {cells.used:,} read, {cells.empty:,} empty, {cells.ignored:,} "
        f"passed over (headings, locked or computed), {cells.problem:,} with an error."
    )


def apply_sentence(result: CheckResult) -> str:
    """Which units go in, which are only recorded as received, which stay out."""
    going = [file for file in result.files if goes_in(file)]
    changing = [file_title(file) for file in going if file.changes]
    same = [file_title(file) for file in going if not file.changes]
    out = [file_title(file) for file in result.files if not file.is_acceptable]
    parts = [
        f"Goes in: {'; '.join(changing)}." if changing else "",
        f"Nothing to change, recorded as received: {'; '.join(same)}." if same else "",
        f"Stays out: {'; '.join(out)}." if out else "",
    ]
    return " ".join(part for part in parts if part)


def nothing_sentence(result: CheckResult) -> str:
    """What to do where nothing can go in."""
    if all(file.is_imported_already for file in result.files):
        return "There is nothing to apply: these bytes are in the portfolio already."
    return (
        "Nothing can go in yet. Mend the cells that the findings name (the checked copy marks them), save "
        "the workbook and choose it again above."
    )
