"""Reports for tests: issued, filled in, damaged and checked, all built in code."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

from portfolio.dates import HalfYear
from portfolio.model.changes import ChangeSetDraft, FieldChange, Value
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.files.cells import cell_ref
from portfolio.progress_reports.imports import apply_checked, check_files
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.progress_reports.workbooks.issuing import issue_workbook
from portfolio.storage.engine import Database
from portfolio.storage.unit_of_work import apply_change_set

AS_OF = dt.date(2026, 11, 23)
PERIOD = HalfYear(2026, 1)
OFFICE = shutil.which("soffice")
Edits = Mapping[tuple[str, str, str], Any]
MARKERS = {
    name: f"#{name.lower()}"
    for name in ("Project", "Milestones", "Money", "Received", "Indicators", "Trainings", "Risks")
}


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


def decided(database: Database, content: bytes, corrections: Corrections) -> CheckResult:
    """The dry run of one file with what was decided about it on screen."""
    by_hash = {hashlib.sha256(content).hexdigest(): corrections}
    files = [("report.xlsx", content)]
    return check_files(database, files, as_of=AS_OF, allowed=everybody, corrections=by_hash)


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


@lru_cache(maxsize=8)
def addresses(content: bytes) -> dict[tuple[str, str, str], str]:
    """The address of every cell of the tables by sheet, row key and field."""
    found = {}
    book = opened(content)
    for name, marker in MARKERS.items():
        marks = mark_row(book[name], marker)
        fields = {cell.column: cell.value for cell in book[name][marks] if cell.value}
        for cell in book[name]["A"]:
            for column, field in fields.items():
                if cell.row > marks + 1 and cell.value:
                    found[name, cell.value, field] = cell_ref(cell.row, column)
    return found


def ref(content: bytes, sheet: str, key: str, field: str) -> str:
    """The address of a field of the row with that key."""
    return addresses(content)[sheet, key, field]


def row_of(content: bytes, key: str, sheet: str = "Milestones", field: str = "title") -> int:
    """The number of the row with that key."""
    return int("".join(filter(str.isdigit, ref(content, sheet, key, field))))


def new_key(content: bytes, number: int = 1) -> str:
    """The key that was made in advance for an empty row of the milestones."""
    keys = {key for sheet, key, _ in addresses(content) if sheet == "Milestones" and "/milestone-" not in key}
    return next(key for key in keys if key.endswith(f"-{number:02}"))


def new_keys(content: bytes, sheet: str) -> list[str]:
    """The keys that were made in advance for the empty rows of a sheet."""
    keys = dict.fromkeys(key for name, key, _ in addresses(content) if name == sheet)
    return [key for key in keys if re.search(r"[-/][0-9A-F]{10}-\d\d$", key)]


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


def converted(content: bytes, ending: str, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it in the format of an ending."""
    (folder / "report.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", ending, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "report.xlsx")], check=True, timeout=120, capture_output=True)
    return (folder / "out" / f"report.{ending}").read_bytes()


def all_converted(files: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Workbooks by name as LibreOffice saves them, all in one run of it."""
    (folder / "issued").mkdir()
    for name, content in files.items():
        (folder / "issued" / f"{name}.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", ending, "--outdir", str(folder / "out")]
    given = [str(path) for path in sorted((folder / "issued").iterdir())]
    subprocess.run([*command, *given], check=True, timeout=300, capture_output=True)
    return {path.stem: path.read_bytes() for path in (folder / "out").iterdir()}


def set_field(database: Database, entity: str, key: str, field: str, old: Value, new: Value) -> None:
    """One field changed by somebody else."""
    kind = "erased" if new is None else "changed"
    edit = FieldChange(entity, key, field, old, new, kind)
    apply_change_set(database, ChangeSetDraft("edit", "Officer Two", "A correction", (edit,)))
