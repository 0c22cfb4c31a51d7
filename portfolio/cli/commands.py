"""What each command of the command line does; each gives its exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from portfolio import serving
from portfolio.cli.texts import (
    ChangeWords,
    change_set_lines,
    check_lines,
    problem_sentence,
    status_lines,
    undo_lines,
)
from portfolio.dates import HalfYear
from portfolio.errors import DataProblem, UsageProblem
from portfolio.model.changes import FieldChange
from portfolio.progress_reports.imports import check_files, import_files
from portfolio.progress_reports.results import CheckResult
from portfolio.progress_reports.workbooks.annotations import annotated_copies
from portfolio.progress_reports.workbooks.issuing import IssuedFile, issue_all, issue_workbook
from portfolio.services import verifications
from portfolio.services.access import LOCAL_PERSON, may, require
from portfolio.services.choices import names_of
from portfolio.services.health.portfolios import load_health
from portfolio.services.histories import Kept, change_sets, changes_of, undo_change_set
from portfolio.services.practice import use_settings
from portfolio.services.record_names import record_names
from portfolio.services.status_report import status_report
from portfolio.services.statuses import project_status
from portfolio.services.views import default_as_of, load_scheduled_view, load_view
from portfolio.settings import load_settings
from portfolio.storage import backups
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.setup import ensure_database
from portfolio.summaries.documents import PROFILES, SummaryScope
from portfolio.summaries.made_documents import SUMMARY, Request, make_and_record
from portfolio.vocabulary import label

PERSON = LOCAL_PERSON
DONE, DATA_PROBLEM = 0, 1
Arguments = argparse.Namespace


def _database() -> Database:
    database = ensure_database(load_settings())
    use_settings(database)
    return database


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as problem:
        raise UsageProblem(f"{target} cannot be written: {problem.strerror or problem}.") from problem
    print(target)


def init(arguments: Arguments) -> int:
    """`init`."""
    database = ensure_database(load_settings(arguments.portfolio))
    portfolio = get_portfolio(database)
    projects = len(load_view(database, PERSON).everything)
    print(f"Portfolio '{portfolio.name}', revision {portfolio.revision}, {projects} projects.")
    return DONE


def status(arguments: Arguments) -> int:
    """`status`."""
    database = _database()
    view = load_scheduled_view(database, PERSON, as_of=arguments.as_of)
    health = load_health(database, PERSON, as_of=view.as_of)
    if arguments.json:
        _print_json(status_report(view, health))
    else:
        print("\n".join(status_lines(view, health)))
    return DONE


def template(arguments: Arguments) -> int:
    """`template`."""
    _require_ending(arguments.output, ".zip" if arguments.project is None else ".xlsx")
    database = _database()
    require(PERSON, "issue", arguments.project)
    issued = _issue(database, arguments.project, arguments.period)
    _write(arguments.output or Path(issued.name), issued.content)
    for sentence in issued.left_out:
        print(f"Left out: {sentence}", file=sys.stderr)
    return DONE


def _require_ending(target: Path | None, ending: str) -> None:
    """Nothing, unless a file is named as what it would not be."""
    if target is not None and target.suffix.lower() != ending:
        raise UsageProblem(
            f"{target.name} does not end in {ending}. The workbook of one project is an .xlsx file, those of "
            f"all projects come in one .zip file. Write for example -o {_example(target, ending)}."
        )


def _example(target: Path, ending: str) -> Path:
    if target.is_dir():
        return target / f"reports{ending}"
    return target.with_suffix(ending)


def _issue(database: Database, project: str | None, period: HalfYear | None) -> IssuedFile:
    as_of = default_as_of(get_portfolio(database))
    wanted = period or HalfYear.last_ended(as_of)
    if project is not None:
        return issue_workbook(database, project, period=wanted, as_of=as_of)
    view = load_view(database, PERSON)
    statuses = {row.key: project_status(row, view.as_of) for row in view.everything}
    running = [key for key, status in statuses.items() if status == "ongoing"]
    if not running:
        raise UsageProblem(
            "No project is running, so there is no report to ask for. Name one project instead."
        )
    issued = issue_all(database, running, period=wanted, as_of=as_of)
    others = [row for row in view.everything if row.key not in running]
    if not others:
        return issued
    named = (f"{row.acronym} ({label('project_status', statuses[row.key]).lower()})" for row in others)
    sentence = f"{', '.join(named)}. Only running projects are asked for a report."
    return replace(issued, left_out=(*issued.left_out, sentence))


def _may_import(project_key: str) -> bool:
    return may(PERSON, "import", project_key)


def check(arguments: Arguments) -> int:
    """`check`."""
    database = _database()
    as_of = default_as_of(get_portfolio(database))
    result = check_files(database, arguments.files, as_of=as_of, allowed=_may_import)
    if arguments.annotated is not None:
        _write_annotated(arguments.annotated, result, quiet=arguments.json)
    return _report(database, result, arguments.json)


def _write_annotated(folder: Path, result: CheckResult, *, quiet: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for copy in annotated_copies(result):
            (folder / copy.name).write_bytes(copy.content)
            print(folder / copy.name, file=sys.stderr if quiet else sys.stdout)
    except OSError as problem:
        raise UsageProblem(f"{folder} cannot be written: {problem.strerror or problem}.") from problem


def import_(arguments: Arguments) -> int:
    """`import`."""
    database, by = _database(), _name(arguments.by)
    as_of = default_as_of(get_portfolio(database))
    result = import_files(database, arguments.files, by=by, as_of=as_of, allowed=_may_import)
    return _report(database, result, arguments.json)


def _name(by: str) -> str:
    if not by.strip():
        raise UsageProblem("--by needs the name of the person who answers for the change.")
    return by.strip()


def _report(database: Database, result: CheckResult, as_json: bool) -> int:
    if as_json:
        _print_json(result.as_json())
    else:
        changes = [change for file in result.files for change in file.changes]
        print("\n".join(check_lines(result, _words(database, changes))))
    if result.exit_code:
        print(problem_sentence(result), file=sys.stderr)
    return result.exit_code


def _words(database: Database, changes: Iterable[FieldChange], kept: Iterable[Kept] = ()) -> ChangeWords:
    others = [(row.entity, row.key) for row in kept]
    names = record_names(database, PERSON, changes, others)
    return ChangeWords(names, names_of(database, PERSON, "project", "acronym"))


def undo(arguments: Arguments) -> int:
    """`undo`."""
    database = _database()
    result = undo_change_set(database, PERSON.named(_name(arguments.by)), arguments.change_set)
    if arguments.json:
        kept = [
            {"entity": row.entity, "key": row.key, "field": row.field, "reason": row.reason}
            for row in result.plan.kept
        ]
        changes = [change.as_json() for change in result.plan.changes]
        _print_json(
            {
                "change_set": result.change_set,
                "undoes": arguments.change_set,
                "changes": changes,
                "kept": kept,
            }
        )
    else:
        print("\n".join(undo_lines(result, _words(database, result.plan.changes, result.plan.kept))))
    return DONE


def history(arguments: Arguments) -> int:
    """`history`."""
    database = _database()
    rows = change_sets(database, PERSON, project_key=arguments.project)
    if not arguments.json:
        print(
            "\n".join(line for row in rows for line in change_set_lines(row))
            or "Nothing has been changed yet."
        )
        return DONE
    documents = [
        {
            "id": row.id, "at": row.at, "by": row.by, "reason": row.reason,
            "file": ", ".join(row.files) or None, "undone_by": row.undone_by,
            "changes": [change.as_json() for change in changes_of(database, PERSON, row.id)],
        }
        for row in rows
    ]  # fmt: skip
    _print_json({"change_sets": documents})
    return DONE


def summary(arguments: Arguments) -> int:
    """`summary`."""
    if arguments.profile is not None and arguments.format != "xlsx":
        raise UsageProblem("--profile goes with --format xlsx alone.")
    request = Request(
        SUMMARY, _scope(arguments), arguments.as_of,
        format=arguments.format, profile=arguments.profile or PROFILES[0],
    )  # fmt: skip
    document = make_and_record(_database(), PERSON, request)
    _write(arguments.output, document.content)
    return DONE


def _scope(arguments: Arguments) -> SummaryScope:
    if arguments.region is not None:
        return SummaryScope("region", arguments.region)
    if arguments.partner is not None:
        return SummaryScope("partner", arguments.partner)
    if arguments.project is not None:
        return SummaryScope("project", arguments.project)
    return SummaryScope("portfolio")


def backup(arguments: Arguments) -> int:
    """`backup`."""
    backups.backup(_database(), arguments.file)
    print(arguments.file)
    return DONE


def restore(arguments: Arguments) -> int:
    """`restore`."""
    settings = load_settings()
    backups.restore(arguments.file, settings.database_url)
    portfolio = get_portfolio(ensure_database(settings))
    print(f"Restored portfolio '{portfolio.name}' at revision {portfolio.revision}.")
    return DONE


def verify(arguments: Arguments) -> int:
    """`verify`."""
    checks = verifications.verify(_database())
    faults = [fault for check in checks for fault in check.faults]
    if arguments.json:
        _print_json(
            {"ok": not faults, "checks": [{"name": c.name, "faults": list(c.faults)} for c in checks]}
        )
        return DATA_PROBLEM if faults else DONE
    for check in checks:
        print(f"{check.name}: {'passed' if not check.faults else f'{len(check.faults)} faults'}")
    if faults:
        raise DataProblem(
            f"The database does not hold together: {faults[0]}. Restore a backup, or ask for help."
        )
    return DONE


def serve(arguments: Arguments) -> int:
    """`serve`."""
    return serving.serve(arguments.port)
