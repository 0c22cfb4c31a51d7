"""Reports coming in: received, checked, compared, and applied exactly as they were shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from portfolio.dates import now_utc
from portfolio.errors import AlreadyApplied, ClashingRecord, StaleChange, UsageProblem
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.desks import Allowed as Allowed
from portfolio.progress_reports.desks import Desk
from portfolio.progress_reports.desks import OnStage as OnStage
from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.files.uploads import FileGiven, receive
from portfolio.progress_reports.large_batches import without_cycle_search
from portfolio.progress_reports.results import CheckResult, FileResult, Stage
from portfolio.progress_reports.unit_settlements import again, one_file_per_unit
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.practice import ReceivedReportRow
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.received_reports import receive_reports

# hash of a file's bytes -> what a person decided about it
CorrectionsOf = Mapping[str, Corrections]
_UNCORRECTED: CorrectionsOf = MappingProxyType({})


def _quietly(name: str, stage: Stage) -> None:
    """Nothing: nobody watches."""


def check_files(
    database: Database,
    files: Iterable[FileGiven],
    *,
    as_of: dt.date,
    allowed: Allowed,
    on_stage: OnStage = _quietly,
    corrections: CorrectionsOf = _UNCORRECTED,
) -> CheckResult:
    """What the files say, what is wrong in them and what they would change; nothing is written.

    `allowed` says whether the person who asks may import for a project; `on_stage` hears of every stage
    before it begins; `corrections` are what was decided on screen, by the hash of the file.

    Raises: UsageProblem if no file is given or one cannot be opened.
    """
    limits = present_limits()
    uploads = [receive(given, limits) for given in files]
    if not uploads:
        raise UsageProblem("No file was given. Name one workbook or more.")
    revision = get_portfolio(database).revision
    projects = {project.key: project for project in find_projects(database)}
    desk = Desk(database, projects, as_of, allowed, limits, on_stage, corrections)
    results: dict[str, FileResult] = {}
    listed: list[FileResult] = []
    for upload in uploads:
        first = results.get(upload.sha256)
        with without_cycle_search():
            result = desk.check(upload) if first is None else again(upload.name, first)
        results.setdefault(upload.sha256, result)
        listed.append(result)
    return CheckResult(tuple(one_file_per_unit(listed)), revision=revision)


def import_files(
    database: Database, files: Iterable[FileGiven], *, by: str, as_of: dt.date, allowed: Allowed
) -> CheckResult:
    """The same check, and then everything that it accepts applied in one transaction."""
    return apply_checked(database, check_files(database, files, as_of=as_of, allowed=allowed), by=by)


def apply_checked(database: Database, result: CheckResult, *, by: str) -> CheckResult:
    """`result` after its accepted changes were applied: the very objects that it showed.

    Every accepted unit is on record as received, also one that changes nothing. Where a value has changed
    since the check, or a new record is there already, nothing is changed and every unit that would have
    changed something says so.

    Raises: AlreadyApplied if this very check was applied before.
    """
    changing = [row for file in result.files for row in _received(file, by, changing=True)]
    unchanging = [row for file in result.files for row in _received(file, by, changing=False)]
    draft = result.draft(by) if result.accepted else None
    try:
        with without_cycle_search():
            return result.applied(receive_reports(database, draft, changing, unchanging))
    except AlreadyApplied:
        raise
    except (StaleChange, ClashingRecord) as stale:
        receive_reports(database, None, (), unchanging)
        return replace(result, files=tuple(_stale(file, stale) for file in result.files)).applied(None)


def _stale(file: FileResult, stale: StaleChange | ClashingRecord) -> FileResult:
    for unit in file.changing_units:
        file = file.with_unit(unit.with_finding(finding("CONFLICT_SINCE_PREVIEW", what=stale.sentence)))
    return file


def _received(file: FileResult, by: str, *, changing: bool) -> Iterator[ReceivedReportRow]:
    at = now_utc().isoformat()
    for unit in file.received_units:
        if bool(unit.changes) is changing:
            yield ReceivedReportRow(unit.project, unit.period, at, by, file.name, file.sha256, None)
