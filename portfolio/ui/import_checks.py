"""Checks ordered by a tab and done outside it: which files, with which decisions, in whose name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.files.uploads import Upload
from portfolio.progress_reports.imports import check_files
from portfolio.progress_reports.jobs import JOBS, OnStage
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.services.access import may
from portfolio.ui.cached import open_portfolio, present_as_of
from portfolio.ui.session import current_person

Check = Callable[[tuple[Upload, ...]], CheckResult]


@dataclass(frozen=True)
class CheckOrder:
    """What is to be checked: the files, the decisions by file hash, and the hashes of the newest files.

    `earlier` is what was found in the others when they were checked last.
    """

    files: tuple[Upload, ...]
    decisions: Mapping[str, Corrections]
    newest: frozenset[str] = frozenset()
    earlier: tuple[FileResult, ...] = ()

    def key(self, *circumstances: str) -> str:
        """The same for the same order under the same circumstances."""
        decisions = {sha256: made.as_json() for sha256, made in self.decisions.items()}
        files = [(file.name, file.sha256) for file in self.files]
        parts = json.dumps([circumstances, files, decisions, sorted(self.newest)], sort_keys=True)
        return hashlib.sha256(parts.encode()).hexdigest()


def start_check(order: CheckOrder) -> str:
    """The key of the job that does the check; one that runs already for the same order is joined.

    All that the session knows is asked here, because the job outlives it.
    """
    database, person, as_of = open_portfolio(), current_person(), present_as_of()

    def check(on_stage: OnStage) -> CheckResult:
        def of_files(files: tuple[Upload, ...]) -> CheckResult:
            return check_files(
                database,
                [(file.name, file.content) for file in files],
                as_of=as_of,
                allowed=lambda project: may(person, "import", project),
                on_stage=on_stage,
                corrections=order.decisions,
            )

        return without_replaced(of_files, order)

    rights = (person.name, person.role, *sorted(person.projects))
    key = order.key(database.url, as_of.isoformat(), *rights)
    JOBS.start(key, len(order.files), check)
    return key


def without_replaced(check: Check, order: CheckOrder) -> CheckResult:
    """The check of the files without those that a newer one takes the place of.

    That is every earlier file for a project and period that a newer one reports, and what was no report.
    """
    given = tuple(file for file in order.files if file.sha256 in order.newest)
    before = {file.sha256: file for file in order.earlier}
    if not given or len(given) == len(order.files):
        return check(order.files)
    result = check(given)
    units = {unit.key for file in result.files for unit in file.units}
    staying = tuple(
        file
        for file in order.files
        if file not in given and (file.sha256 not in before or _still_stands(before[file.sha256], units))
    )
    return check((*staying, *given)) if staying else result


def _still_stands(file: FileResult, newer: set[tuple[str, str]]) -> bool:
    can_stand = file.readable or file.layout_guess is not None
    return can_stand and not newer & {unit.key for unit in file.units}
