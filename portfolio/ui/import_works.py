"""One import on its way: files received and kept, checked outside the tab, applied once. It draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portfolio.errors import AlreadyApplied, PortfolioError
from portfolio.model.rows import ChangeSetRow
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.files.uploads import Upload, receive
from portfolio.progress_reports.imports import apply_checked
from portfolio.progress_reports.jobs import JOBS, Progress
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.services.access import require
from portfolio.storage.queries.history import find_import_of
from portfolio.ui.cached import open_portfolio
from portfolio.ui.import_checks import CheckOrder, start_check
from portfolio.ui.import_drafts import UnfinishedImport, drop_draft, keep_draft, kept_files
from portfolio.ui.session import WidgetKey, current_person, session

GivenFile = tuple[str, bytes]
# Seconds: a usual report is checked in less, and then nothing but its preview is drawn.
PATIENCE = 1.2
CHANGED_SINCE = "Somebody changed a value in the tracker between the preview and your click."


@dataclass
class ImportWork:
    """What one tab is importing. A callback changes it in one step, so a second click finds it done.

    `files` are on the table, `newest` the hashes of those given last. `decisions` are kept by file hash,
    `accepted` are the groups of warnings that were ticked. `job` names the check that runs; `outcome` is what
    became of `checked`. `aside` are names of files that gave way to newer ones; `again` says why there is a
    new preview, and `earlier` is the one before it; `noted` is what became of a layout.
    """

    files: tuple[Upload, ...] = ()
    newest: frozenset[str] = frozenset()
    decisions: dict[str, Corrections] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    job: str = ""
    checked: CheckResult | None = None
    earlier: CheckResult | None = None
    outcome: CheckResult | None = None
    applied_by: str = ""
    problem: str = ""
    again: str = ""
    noted: str = ""
    aside: tuple[str, ...] = ()
    round: int = 0
    subject: str = ""

    def decided(self, sha256: str) -> Corrections:
        """What was decided about a file."""
        return self.decisions.get(sha256) or Corrections()


def current_work() -> ImportWork:
    """The import of this tab."""
    found = session.kept(WidgetKey.IMPORT, ImportWork)
    if found is None:
        found = ImportWork()
        session.remember(WidgetKey.IMPORT, found)
    return found


def take_files(work: ImportWork, files: Iterable[GivenFile]) -> None:
    """Nothing; the files are kept and their check begins, and after an applied import a new one begins."""
    limits = present_limits()
    given = [receive(file, limits) for file in files]
    if not given:
        return
    if work.outcome is not None:
        work = ImportWork(round=work.round)
        session.remember(WidgetKey.IMPORT, work)
    hashes = frozenset(file.sha256 for file in given)
    work.files = (*(file for file in work.files if file.sha256 not in hashes), *given)
    work.newest, work.problem, work.again, work.earlier, work.aside = hashes, "", "", None, ()
    work.round += 1
    keep_work(work)
    check_work(work)


def keep_work(work: ImportWork) -> None:
    """Nothing; files, decisions and ticks survive the end of the tab."""
    old, work.subject = work.subject, keep_draft(work.files, as_document(work))
    if old and old != work.subject:
        drop_draft(old)


def as_document(work: ImportWork) -> dict[str, object]:
    """What the draft holds besides the files."""
    return {
        "decisions": {sha256: made.as_json() for sha256, made in work.decisions.items()},
        "accepted": sorted(work.accepted),
    }


def from_document(work: ImportWork, document: Mapping[str, object]) -> None:
    """Nothing; the work has the decisions and ticks that a draft holds."""
    decisions, accepted = document.get("decisions"), document.get("accepted")
    if isinstance(decisions, dict) and isinstance(accepted, list):
        work.decisions = {sha256: Corrections.from_json(made) for sha256, made in decisions.items()}
        work.accepted = set(accepted)


def continue_import(work: ImportWork, unfinished: UnfinishedImport) -> None:
    """Nothing; its files are checked again with its decisions, against the portfolio of today."""
    fresh = ImportWork(round=work.round + 1, subject=unfinished.subject)
    from_document(fresh, unfinished.document)
    limits = present_limits()
    fresh.files = tuple(receive(file, limits) for file in kept_files(unfinished))
    session.remember(WidgetKey.IMPORT, fresh)
    if fresh.files:
        check_work(fresh)


def check_work(work: ImportWork) -> None:
    """Nothing; a check of the files with the decisions made so far begins."""
    earlier = work.checked.files if work.checked else ()
    work.checked = None
    work.job = start_check(CheckOrder(work.files, dict(work.decisions), work.newest, earlier))


def watch_work(work: ImportWork) -> Progress | None:
    """How far the check has come if it still runs after a moment's patience; None once it has been fetched.

    A check that this process has lost begins again. Raises what ended the check unforeseen.
    """
    if not work.job:
        return None
    job = JOBS.find(work.job)
    if job is None:
        check_work(work)
        return watch_work(work)
    if not job.wait(PATIENCE):
        return job.progress
    JOBS.forget(work.job)
    work.job = ""
    try:
        _settle(work, job.result())
    except PortfolioError as problem:
        work.problem = problem.sentence
    return None


def _settle(work: ImportWork, result: CheckResult) -> None:
    kept = {file.sha256 for file in result.files}
    work.aside = work.aside + tuple(file.name for file in work.files if file.sha256 not in kept)
    work.files = tuple(file for file in work.files if file.sha256 in kept)
    work.decisions = {sha256: made for sha256, made in work.decisions.items() if sha256 in kept}
    work.checked, work.newest = result, frozenset()
    if not any(is_worth_keeping(file) for file in result.files):
        if work.subject:
            drop_draft(work.subject)
        work.subject = ""
    elif work.aside:
        keep_work(work)


def leave_out(work: ImportWork, sha256: str) -> None:
    """Nothing; the other files are checked again without this one."""
    others = tuple(file for file in work.files if file.sha256 != sha256)
    if not others:
        discard_work(work)
        return
    work.files, work.aside, work.problem = others, (), ""
    keep_work(work)
    check_work(work)


def discard_work(work: ImportWork) -> None:
    """Nothing; the files and their draft are gone. Nothing of them had been applied."""
    if work.subject:
        drop_draft(work.subject)
    if work.job:
        JOBS.forget(work.job)
    session.remember(WidgetKey.IMPORT, ImportWork(round=work.round + 1))


def apply_work(work: ImportWork, by: str) -> None:
    """Nothing; what was shown is applied, once. If a value has changed since, there is a new preview."""
    checked = work.checked
    if checked is None or work.outcome is not None or work.job:
        return
    try:
        for file in checked.files:
            for unit in file.received_units:
                require(current_person(), "import", unit.project)
        outcome = apply_checked(open_portfolio(), checked, by=by)
    except AlreadyApplied as problem:
        _preview_again(work, checked, problem.sentence)
        return
    except PortfolioError as problem:
        work.problem = problem.sentence
        return
    if is_stale(outcome):
        _preview_again(work, checked, CHANGED_SINCE)
        return
    work.outcome, work.applied_by, work.problem = outcome, by, ""
    if work.subject:
        drop_draft(work.subject)


def _preview_again(work: ImportWork, checked: CheckResult, why: str) -> None:
    work.again, work.earlier, work.problem = why, checked, ""
    check_work(work)


def is_stale(result: CheckResult) -> bool:
    """Whether a value had changed since the preview, so that nothing was applied."""
    return any(item.code == "CONFLICT_SINCE_PREVIEW" for file in result.files for item in file.findings)


def is_worth_keeping(file: FileResult) -> bool:
    """Whether a file can still become something: a report not imported yet, or a workbook to be mapped."""
    return file.layout_guess is not None or (file.readable and not file.is_imported_already)


def goes_in(file: FileResult) -> bool:
    """Whether applying would change something or count a part of the file as received."""
    return bool(file.received_units)


def standing_import(sha256: str) -> ChangeSetRow | None:
    """The change set that imported these bytes and still stands."""
    return find_import_of(open_portfolio(), sha256)
