"""One import on its way: files received, checked, kept as a draft, applied once. It draws nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from portfolio.dates import now_utc
from portfolio.errors import PortfolioError
from portfolio.findings import Finding
from portfolio.model.rows import ChangeSetRow
from portfolio.progress_reports.imports import OnStage, apply_checked, check_files
from portfolio.progress_reports.limits import present_limits
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.services.access import may, require
from portfolio.storage.queries.history import find_import_of
from portfolio.storage.queries.practice import discard_draft, find_drafts, save_draft
from portfolio.storage.received_reports import drop_files, find_kept_files, keep_files
from portfolio.ui.cached import current_as_of, open_portfolio
from portfolio.ui.session import WidgetKey, current_person, session

SUBJECT = "import/"
GivenFile = tuple[str, bytes]


@dataclass
class ImportWork:
    """What one tab is importing. A callback changes it in one step, so a second click finds it done.

    `pending` are files that wait to be checked; `outcome` is what became of `checked` when it was applied.
    `aside` are names of files that gave way to newer ones; `again` says why there is a new preview.
    """

    pending: tuple[GivenFile, ...] = ()
    checked: CheckResult | None = None
    checked_at: str = ""
    subject: str = ""
    outcome: CheckResult | None = None
    applied_by: str = ""
    problem: str = ""
    again: str = ""
    aside: tuple[str, ...] = ()
    round: int = 0
    hashes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class UnfinishedImport:
    """An import that was checked and not applied, kept in the database: names and hashes of its files."""

    subject: str
    checked_at: str
    files: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return [name for name, _ in self.files]


def current_work() -> ImportWork:
    """The import of this tab."""
    found = session.kept(WidgetKey.IMPORT, ImportWork)
    if found is None:
        found = ImportWork()
        session.remember(WidgetKey.IMPORT, found)
    return found


def take_files(work: ImportWork, files: Iterable[GivenFile]) -> None:
    """Nothing; the files wait to be checked, and after an applied import a new one begins."""
    given = tuple(files)
    if not given:
        return
    if work.outcome is not None:
        work = ImportWork(round=work.round)
        session.remember(WidgetKey.IMPORT, work)
    work.pending, work.problem, work.again = given, "", ""
    work.round += 1


def check_pending(work: ImportWork, on_stage: OnStage) -> None:
    """Nothing; the work holds the check of the files that waited, with those given before that still stand.

    A newer file takes the place of an earlier one for the same project and period, and of those that could
    not go in.
    """
    result = _check(work.pending, on_stage)
    before = work.checked.files if work.checked else ()
    units = {(file.project, file.period) for file in result.files}
    hashes = {file.sha256 for file in result.files}
    staying = [
        file for file in before
        if file.is_acceptable and (file.project, file.period) not in units and file.sha256 not in hashes
    ]  # fmt: skip
    if staying:
        result = _check((*((file.name, file.content) for file in staying), *work.pending), on_stage)
    kept = {file.sha256 for file in result.files}
    aside = tuple(file.name for file in before if file.sha256 not in kept)
    _settle(work, result, aside)


def _check(files: Iterable[GivenFile], on_stage: OnStage) -> CheckResult:
    return check_files(open_portfolio(), files, as_of=current_as_of(), allowed=may_import, on_stage=on_stage)


def may_import(project_key: str) -> bool:
    """Whether the person may import for a project."""
    return may(current_person(), "import", project_key)


def _settle(work: ImportWork, result: CheckResult, aside: tuple[str, ...]) -> None:
    work.checked, work.checked_at, work.aside, work.pending = result, now_utc().isoformat(), aside, ()
    _keep_draft(work)


def _keep_draft(work: ImportWork) -> None:
    """The files of the check survive a reload, if one of them is a report that is not imported yet."""
    files = work.checked.files if work.checked else ()
    limit = present_limits().file_size
    kept = [file for file in files if len(file.content) <= limit]
    is_worth = any(file.readable and not file.is_imported_already for file in kept)
    old, old_hashes = work.subject, work.hashes
    work.subject, work.hashes = "", ()
    if is_worth:
        work.hashes = tuple(dict.fromkeys(file.sha256 for file in kept))
        work.subject = SUBJECT + hashlib.sha256("".join(work.hashes).encode()).hexdigest()
        keep_files(open_portfolio(), {file.sha256: (file.name, file.content) for file in kept})
        content = {"files": [[file.name, file.sha256] for file in kept]}
        save_draft(open_portfolio(), current_person().name, work.subject, content)
    if old and old != work.subject:
        _drop(old, old_hashes)


def _drop(subject: str, hashes: Iterable[str]) -> None:
    discard_draft(open_portfolio(), current_person().name, subject)
    drop_files(open_portfolio(), hashes)


def leave_out(work: ImportWork, sha256: str) -> None:
    """Nothing; the other files are checked again without this one."""
    files = work.checked.files if work.checked else ()
    others = tuple((file.name, file.content) for file in files if file.sha256 != sha256)
    if not others:
        discard_work(work)
        return
    work.checked, work.pending, work.aside, work.problem = None, others, (), ""


def discard_work(work: ImportWork) -> None:
    """Nothing; the files and their draft are gone. Nothing of them had been applied."""
    if work.subject:
        _drop(work.subject, work.hashes)
    session.remember(WidgetKey.IMPORT, ImportWork(round=work.round + 1))


def apply_work(work: ImportWork, by: str) -> None:
    """Nothing; what was shown is applied, once. If a value has changed since, there is a new preview."""
    checked = work.checked
    if checked is None or work.outcome is not None or work.pending:
        return
    try:
        for file in checked.files:
            for unit in file.received_units:
                require(current_person(), "import", unit.project)
        outcome = apply_checked(open_portfolio(), checked, by=by)
    except PortfolioError as problem:
        work.problem = problem.sentence
        return
    stale = stale_finding(outcome)
    if stale is not None:
        work.again, work.problem = stale.message, ""
        work.pending = tuple((file.name, file.content) for file in checked.files)
        work.checked = None
        return
    work.outcome, work.applied_by, work.problem = outcome, by, ""
    if work.subject:
        _drop(work.subject, work.hashes)


def stale_finding(result: CheckResult) -> Finding | None:
    """What says that a value has changed since the preview, if one has."""
    found = (item for file in result.files for item in file.findings)
    return next((item for item in found if item.code == "CONFLICT_SINCE_PREVIEW"), None)


def goes_in(file: FileResult) -> bool:
    """Whether applying would change something or count the file as received."""
    return bool(file.received_units)


def standing_import(sha256: str) -> ChangeSetRow | None:
    """The change set that imported these bytes and still stands."""
    return find_import_of(open_portfolio(), sha256)


def unfinished_imports(work: ImportWork) -> tuple[UnfinishedImport, ...]:
    """The imports that were checked and neither applied nor thrown away, in any tab; the newest first."""
    found = []
    for draft in find_drafts(open_portfolio(), current_person().name):
        if not draft.subject.startswith(SUBJECT) or draft.subject == work.subject:
            continue
        files = tuple((name, sha256) for name, sha256 in draft.content["files"])
        if all(standing_import(sha256) for _, sha256 in files):
            _drop(draft.subject, [sha256 for _, sha256 in files])  # applied just before the tab was lost
        else:
            found.append(UnfinishedImport(draft.subject, draft.saved_at, files))
    return tuple(sorted(found, key=lambda unfinished: unfinished.checked_at, reverse=True))


def continue_import(work: ImportWork, unfinished: UnfinishedImport) -> None:
    """Nothing; its files are checked again, as they stand against the portfolio of today."""
    contents = find_kept_files(open_portfolio(), [sha256 for _, sha256 in unfinished.files])
    files = [(name, contents[sha256]) for name, sha256 in unfinished.files if sha256 in contents]
    fresh = ImportWork(round=work.round, subject=unfinished.subject)
    fresh.hashes = tuple(sha256 for _, sha256 in unfinished.files)
    session.remember(WidgetKey.IMPORT, fresh)
    take_files(fresh, files)


def discard_unfinished(unfinished: Iterable[UnfinishedImport]) -> None:
    """Nothing; the drafts and their files are gone."""
    for each in unfinished:
        _drop(each.subject, [sha256 for _, sha256 in each.files])
