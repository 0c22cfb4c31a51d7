"""Reports coming in: received, checked, compared, and applied exactly as they were shown."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from portfolio.dates import date_label, now_utc
from portfolio.errors import StaleChange, UsageProblem
from portfolio.findings import Finding
from portfolio.model.rows import ChangeSetRow, ProjectRow
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.cells import RawBook
from portfolio.progress_reports.limits import Limits, present_limits
from portfolio.progress_reports.preflight import preflight
from portfolio.progress_reports.reading import read_workbook
from portfolio.progress_reports.recognitions import recognise
from portfolio.progress_reports.records import IssuedState, present_state
from portfolio.progress_reports.reports import understand
from portfolio.progress_reports.results import ALREADY_IMPORTED, CheckResult, FileResult, Stage, UnitResult
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_changes, find_import_of, find_issued
from portfolio.storage.queries.practice import ReceivedReportRow
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.received_reports import receive_reports

Allowed = Callable[[str], bool]
FileGiven = Path | tuple[str, bytes]
# name of a file and the stage that begins for it
OnStage = Callable[[str, Stage], None]


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


def _quietly(name: str, stage: Stage) -> None:
    """Nothing: nobody watches."""


def check_files(
    database: Database,
    files: Iterable[FileGiven],
    *,
    as_of: dt.date,
    allowed: Allowed,
    on_stage: OnStage = _quietly,
) -> CheckResult:
    """What the files say, what is wrong in them and what they would change; nothing is written.

    `allowed` says whether the person who asks may import for a project; `on_stage` hears of every stage
    before it begins.

    Raises: UsageProblem if no file is given or one cannot be opened.
    """
    limits = present_limits()
    uploads = [receive(given, limits) for given in files]
    if not uploads:
        raise UsageProblem("No file was given. Name one workbook or more.")
    projects = {project.key: project for project in find_projects(database)}
    desk = _Desk(database, projects, as_of, allowed, limits, on_stage)
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

    Every accepted unit is on record as received, also one that changes nothing. Where a value has changed
    since the check, nothing is changed and every unit that would have changed something says so.
    """
    changing = [row for file in result.files if file.changes for row in _received(file, by)]
    unchanging = [row for file in result.files if not file.changes for row in _received(file, by)]
    draft = result.draft(by) if result.accepted else None
    try:
        return result.applied(receive_reports(database, draft, changing, unchanging))
    except StaleChange as stale:
        receive_reports(database, None, (), unchanging)
        found = finding("CONFLICT_SINCE_PREVIEW", what=stale.sentence)
        accepted = set(map(id, result.accepted))
        files = tuple(file.with_finding(found) if id(file) in accepted else file for file in result.files)
        return CheckResult(files).applied(None)


def _received(file: FileResult, by: str) -> Iterator[ReceivedReportRow]:
    at = now_utc().isoformat()
    for unit in file.received_units:
        yield ReceivedReportRow(unit.project, unit.period, at, by, file.name, file.sha256, None)


@dataclass(frozen=True)
class _Desk:
    """What checking one file needs besides the file."""

    database: Database
    projects: dict[str, ProjectRow]
    as_of: dt.date
    allowed: Allowed
    limits: Limits
    on_stage: OnStage

    def check(self, upload: Upload) -> FileResult:
        """What one file says, what is wrong in it and what it would change."""
        nothing = FileResult(upload.name, upload.sha256, content=upload.content)
        nothing = self._begin(nothing, "looked at")
        findings = preflight(upload.content, self.limits)
        if _blocked(findings):
            return replace(nothing, findings=findings)
        nothing = self._begin(nothing, "read")
        book = read_workbook(upload.content, self.limits)
        if isinstance(book, Finding):
            return replace(nothing, findings=(*findings, book))
        if book.is_strict:
            findings = (*findings, finding("OOXML_STRICT"))
        nothing = self._begin(nothing, "understood")
        known = recognise(book, lambda template: find_issued(self.database, template), self.projects)
        findings = (*findings, *known.findings)
        if known.issued is None:
            return replace(nothing, findings=findings)
        return self._compare(replace(nothing, findings=findings, readable=True), book, known.issued)

    def _begin(self, file: FileResult, stage: Stage) -> FileResult:
        self.on_stage(file.name, stage)
        return replace(file, reached=stage)

    def _compare(self, file: FileResult, book: RawBook, issued: IssuedState) -> FileResult:
        """The file with its unit, and with what it changes if it may be compared."""
        unit = UnitResult(issued.project_key, str(issued.period))
        file = replace(file, project=unit.project, period=unit.period, units=(unit,))
        project = self.projects.get(issued.project_key)
        if project is None:
            return file
        if not self.allowed(project.key):
            return replace(file, findings=(finding("NO_PERMISSION", project=project.key),))
        file = self._begin(file, "compared")
        present = present_state(self.database, project, issued.period)
        understood = understand(book, issued, present, self._last_editor, file.name, self.as_of)
        file = replace(file, acronym=project.acronym, cells=understood.cells)
        standing = find_import_of(self.database, file.sha256)
        if standing is not None:
            return replace(file, findings=(_already_imported(standing),))
        return replace(file, findings=(*file.findings, *understood.findings), changes=understood.changes)

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
    return finding(ALREADY_IMPORTED, **facts)


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
