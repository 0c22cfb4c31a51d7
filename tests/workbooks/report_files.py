"""Reports for tests: issued, filled in, damaged and checked, all built in code."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl

from portfolio.dates import HalfYear
from portfolio.model.changes import ChangeSetDraft, FieldChange, Value
from portfolio.progress_reports.cells import cell_ref
from portfolio.progress_reports.imports import apply_checked, check_files
from portfolio.progress_reports.issuing import issue_workbook
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.storage.engine import Database
from portfolio.storage.unit_of_work import apply_change_set

AS_OF = dt.date(2026, 11, 23)
PERIOD = HalfYear(2026, 1)
Edits = Mapping[tuple[str, str, str], Any]
MARKERS = {"Milestones": "#milestones", "Money": "#money"}


def issue(database: Database, project: str, period: HalfYear = PERIOD) -> bytes:
    """The workbook of a project as it is issued."""
    return issue_workbook(database, project, period=period, as_of=AS_OF).content


def everybody(project: str) -> bool:
    """That the person may import for every project."""
    return True


def check_all(database: Database, *files: tuple[str, bytes]) -> CheckResult:
    """The dry run of several files."""
    return check_files(database, files, as_of=AS_OF, allowed=everybody)


def check(database: Database, content: bytes, name: str = "report.xlsx") -> FileResult:
    """The dry run of one file."""
    return check_all(database, (name, content)).files[0]


def import_all(database: Database, *files: tuple[str, bytes]) -> CheckResult:
    """The files imported by the officer of the tests."""
    return apply_checked(database, check_all(database, *files), by="Officer One")


def found(result: FileResult) -> list[tuple[str, str | None]]:
    """Code and address of every finding, in their order."""
    return [(item.code, item.cell) for item in result.findings]


def opened(content: bytes) -> Any:
    """The workbook as openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    """The workbook as openpyxl writes it."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def mark_row(sheet: Any, marker: str) -> int:
    """The hidden row of field keys."""
    return next(row for row in range(1, 40) if sheet.cell(row, 1).value == marker)


def ref(content: bytes, sheet: str, key: str, field: str) -> str:
    """The address of a field of the row with that key."""
    page = opened(content)[sheet]
    marks = mark_row(page, MARKERS[sheet])
    column = next(cell.column for cell in page[marks] if cell.value == field)
    row = next(cell.row for cell in page["A"] if cell.value == key)
    return cell_ref(row, column)


def new_key(content: bytes, number: int = 1) -> str:
    """The key that was made in advance for an empty row of the milestones."""
    page = opened(content)["Milestones"]
    keys = [cell.value for cell in page["A"] if cell.value and cell.value.count("/") == 1]
    return next(key for key in keys if key.endswith(f"-{number:02}") and "/milestone-" not in key)


def fill(content: bytes, edits: Edits) -> bytes:
    """The workbook with values entered by (sheet, row key, field)."""
    book = opened(content)
    for (sheet, key, field), value in edits.items():
        book[sheet][ref(content, sheet, key, field)].value = value
    return saved(book)


def change(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """The workbook after `edit` changed it with openpyxl."""
    book = opened(content)
    edit(book)
    return saved(book)


def rewrite(content: bytes, patch: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each part replaced by what `patch` makes of it, or left out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = patch(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with one more part."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return target.getvalue()


def in_other_bytes(content: bytes) -> bytes:
    """The same workbook in an archive that is not equal byte for byte."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"saved again"
    return target.getvalue()


def part_of(content: bytes, ending: str) -> str:
    """The name of the part that holds `ending` in its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return next(name for name in archive.namelist() if ending in name)


def set_field(database: Database, entity: str, key: str, field: str, old: Value, new: Value) -> None:
    """One field changed by somebody else."""
    kind = "erased" if new is None else "changed"
    edit = FieldChange(entity, key, field, old, new, kind)
    apply_change_set(database, ChangeSetDraft("edit", "Officer Two", "A correction", (edit,)))
