"""Reports coming in: received, checked, compared, and applied exactly as they were shown."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from portfolio.dates import date_label
from portfolio.errors import StaleChange, UsageProblem
from portfolio.findings import Finding
from portfolio.model.rows import ChangeSetRow, ProjectRow
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.limits import Limits, default_limits
from portfolio.progress_reports.preflight import preflight
from portfolio.progress_reports.reading import read_workbook
from portfolio.progress_reports.recognitions import recognise
from portfolio.progress_reports.records import present_state
from portfolio.progress_reports.reports import understand
from portfolio.progress_reports.results import CheckResult, FileResult, UnitResult
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_changes, find_import_of, find_issued
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.unit_of_work import apply_change_set

Allowed = Callable[[str], bool]
FileGiven = Path | tuple[str, bytes]


@dataclass(frozen=True)
class Upload:
    """A file as it was received."""

    name: str
    content: bytes = field(repr=False)
    sha256: str


def receive(given: FileGiven, limits: Limits) -> Upload:
    """The bytes of a file on disk, or those handed over with a name; of too large a file only a part.

    Raises: UsageProblem if the file cannot be opened.
    """
    if isinstance(given, tuple):
        return Upload(given[0], given[1], hashlib.sha256(given[1]).hexdigest())
    try:
        with given.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            return Upload(given.name, file.read(limits.file_size + 1), digest)
    except OSError as problem:
        raise UsageProblem(f"The file {given} cannot be opened: {problem.strerror}.") from None


def check_files(
    database: Database, files: Iterable[FileGiven], *, as_of: dt.date, allowed: Allowed
) -> CheckResult:
    """What the files say, what is wrong in them and what they would change; nothing is written.

    `allowed` says whether the person who asks may import for a project.

    Raises: UsageProblem if no file is given or one cannot be opened.
    """
    limits = default_limits()
    uploads = [receive(given, limits) for given in files]
    if not uploads:
        raise UsageProblem("No file was given. Name one workbook or more.")
    desk = _Desk(
        database, {project.key: project for project in find_projects(database)}, as_of, allowed, limits
    )
    results: dict[str, FileResult] = {}
    listed: list[FileResult] = []
    for upload in uploads:
        first = results.get(upload.sha256)
        result = desk.check(upload) if first is None else _again(upload, first)
        results.setdefault(upload.sha256, result)
        listed.append(result)
    return CheckResult(tuple(_one_file_per_unit(listed)))


def import_files(
    database: Database, files: Iterable[FileGiven], *, by: str, as_of: dt.date, allowed: Allowed
) -> CheckResult:
    """The same check, and then everything that it accepts applied in one transaction."""
    return apply_checked(database, check_files(database, files, as_of=as_of, allowed=allowed), by=by)


def apply_checked(database: Database, result: CheckResult, *, by: str) -> CheckResult:
    """`result` after its accepted changes were applied: the very objects that it showed.

    Where a value has changed since the check, nothing is applied and every unit says so.
    """
    if not result.accepted:
        return result.applied(None)
    try:
        return result.applied(apply_change_set(database, result.draft(by)))
    except StaleChange as stale:
        found = finding("CONFLICT_SINCE_PREVIEW", what=stale.sentence)
        accepted = set(map(id, result.accepted))
        files = tuple(file.with_finding(found) if id(file) in accepted else file for file in result.files)
        return CheckResult(files).applied(None)


@dataclass(frozen=True)
class _Desk:
    """What checking one file needs besides the file."""

    database: Database
    projects: dict[str, ProjectRow]
    as_of: dt.date
    allowed: Allowed
    limits: Limits

    def check(self, upload: Upload) -> FileResult:
        """What one file says, what is wrong in it and what it would change."""
        nothing = FileResult(upload.name, upload.sha256, content=upload.content)
        findings = preflight(upload.content, self.limits)
        if _blocked(findings):
            return replace(nothing, findings=findings)
        book = read_workbook(upload.content, self.limits)
        if isinstance(book, Finding):
            return replace(nothing, findings=(*findings, book))
        if book.is_strict:
            findings = (*findings, finding("OOXML_STRICT"))
        known = recognise(book, lambda template: find_issued(self.database, template), self.projects)
        findings = (*findings, *known.findings)
        issued = known.issued
        if issued is None:
            return replace(nothing, findings=findings)
        unit = UnitResult(issued.project_key, str(issued.period))
        named = replace(
            nothing, findings=findings, readable=True, project=unit.project, period=unit.period, units=(unit,)
        )
        project = self.projects.get(issued.project_key)
        if project is None:
            return named
        if not self.allowed(project.key):
            return replace(named, findings=(finding("NO_PERMISSION", project=project.key),))
        present = present_state(self.database, project, issued.period)
        understood = understand(book, issued, present, self._last_editor, upload.name, self.as_of)
        named = replace(named, acronym=project.acronym, cells=understood.cells)
        standing = find_import_of(self.database, upload.sha256)
        if standing is not None:
            return replace(named, findings=(_already_imported(standing),))
        return replace(named, findings=(*findings, *understood.findings), changes=understood.changes)

    def _last_editor(self, entity: str, key: str, field_name: str) -> str:
        """Who set a field last, in words."""
        numbers = [
            number
            for number, change in find_changes(self.database, records=[(entity, key)])
            if change.field == field_name
        ]
        by_number = {row.id: row for row in find_change_sets(self.database)}
        if not numbers:
            return "somebody"
        last = by_number[numbers[-1]]
        return f"{last.by} ({date_label(last.at[:10])}, change set {last.id})"


def _blocked(findings: Iterable[Finding]) -> bool:
    return any(item.severity == "blocker" for item in findings)


def _already_imported(standing: ChangeSetRow) -> Finding:
    facts = {"date": date_label(standing.at[:10]), "by": standing.by, "number": standing.id}
    return finding("FILE_ALREADY_IMPORTED", **facts)


def _again(upload: Upload, first: FileResult) -> FileResult:
    """A file whose bytes were given before in the same call."""
    found = finding("FILE_GIVEN_TWICE", other=first.name)
    findings = (found,) if first.readable else first.findings
    return replace(first, name=upload.name, findings=findings, changes=(), units=())


def _one_file_per_unit(results: list[FileResult]) -> list[FileResult]:
    """The files with those that report one unit differently refused, and repeated reports counted once."""
    by_unit: dict[tuple[str | None, str | None], list[int]] = {}
    for position, result in enumerate(results):
        if result.changes:
            by_unit.setdefault((result.project, result.period), []).append(position)
    settled = list(results)
    for positions in by_unit.values():
        if len(positions) > 1:
            _settle(settled, positions)
    return settled


def _settle(results: list[FileResult], positions: list[int]) -> None:
    first = results[positions[0]]
    if all(_effect(results[position]) == _effect(first) for position in positions):
        for position in positions[1:]:
            found = finding("FILE_GIVEN_TWICE", other=first.name)
            results[position] = replace(results[position].with_finding(found), changes=(), units=())
        return
    names = {position: results[position].name for position in positions}
    for position in positions:
        result = results[position]
        others = " and ".join(name for other, name in names.items() if other != position)
        facts = {"project": result.project, "period": result.period, "other": others}
        results[position] = result.with_finding(finding("UNIT_IN_TWO_FILES", **facts))


def _effect(result: FileResult) -> set[tuple[str, str, str, object]]:
    return {(change.entity, change.key, change.field, change.new) for change in result.changes}
