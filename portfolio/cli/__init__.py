"""The command line: the same services as the screens, for scripts, scheduled work and tests.

Exit codes: 0 done; 1 the data has problems; 2 the call or the file cannot be used. One sentence on standard
error, never a traceback; with --json exactly one JSON document on standard output.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from portfolio.cli import commands as run
from portfolio.dates import HalfYear
from portfolio.errors import DataProblem, InvalidRecord, PortfolioError, StaleChange, UsageProblem
from portfolio.settings import PORTFOLIO_NAMES
from portfolio.summaries.documents import FORMATS, PROFILES

DATA_PROBLEM, UNUSABLE = 1, 2
Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        command = self.prog.removeprefix("python -m portfolio").strip() or "portfolio"
        raise UsageProblem(f"{command}: {message}. See '{self.prog} --help'.")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command."""
    try:
        parsed = build_parser().parse_args(arguments)
        command: Command = parsed.run
        return command(parsed)
    except (DataProblem, InvalidRecord, StaleChange) as problem:
        return _sentence(problem, DATA_PROBLEM)
    except PortfolioError as problem:
        return _sentence(problem, UNUSABLE)


def _sentence(problem: PortfolioError, code: int) -> int:
    print(" ".join(problem.sentence.split()), file=sys.stderr)
    return code


def build_parser() -> argparse.ArgumentParser:
    """The commands and options of the contract."""
    parser = _Parser(prog="python -m portfolio", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    init = _command(commands, "init", run.init, "make the database if there is none and load a portfolio")
    init.add_argument("--portfolio", choices=PORTFOLIO_NAMES)
    status = _command(commands, "status", run.status, "key figures", as_json=True)
    status.add_argument("--as-of", type=_day, metavar="DATE")
    template = _command(commands, "template", run.template, "issue progress-report workbooks")
    which = template.add_mutually_exclusive_group(required=True)
    which.add_argument("project", nargs="?", metavar="PROJECT")
    which.add_argument("--all", action="store_true")
    template.add_argument("--period", type=_period, metavar="2026-S1")
    template.add_argument("-o", "--output", type=Path, metavar="FILE")
    check = _command(
        commands, "check", run.check, "findings and changes of workbooks; nothing written", as_json=True
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument("--annotated", type=Path, metavar="DIR")
    importing = _command(commands, "import", run.import_, "the same check, then apply", as_json=True)
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument("--by", required=True, metavar="NAME")
    undo = _command(commands, "undo", run.undo, "undo one change set", as_json=True)
    undo.add_argument("change_set", type=int, metavar="CHANGE_SET")
    undo.add_argument("--by", required=True, metavar="NAME")
    history = _command(commands, "history", run.history, "every change set", as_json=True)
    history.add_argument("--project", metavar="ID")
    _add_summary(commands)
    for name, command, text in (
        ("backup", run.backup, "copy the database"),
        ("restore", run.restore, "bring a copy back"),
    ):
        _command(commands, name, command, text).add_argument("file", type=Path, metavar="FILE")
    _command(commands, "verify", run.verify, "check integrity, references, history and sums", as_json=True)
    serve = _command(commands, "serve", run.serve, "start the screens on this machine")
    serve.add_argument("--port", type=int, metavar="N")
    return parser


def _command(
    commands: Any, name: str, command: Command, text: str, *, as_json: bool = False
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=command)
    if as_json:
        parser.add_argument("--json", action="store_true")
    return parser


def _add_summary(commands: Any) -> None:
    summary = _command(
        commands, "summary", run.summary, "a document of a region, partner, project or everything"
    )
    scope = summary.add_mutually_exclusive_group(required=True)
    scope.add_argument("--region", metavar="ID")
    scope.add_argument("--partner", metavar="ISO3")
    scope.add_argument("--project", metavar="ID")
    scope.add_argument("--portfolio", action="store_true")
    summary.add_argument(
        "--format", required=True, choices=list(FORMATS), help="csv is a zip of tables with their dictionary"
    )
    summary.add_argument("--as-of", type=_day, metavar="DATE")
    summary.add_argument("--profile", choices=PROFILES, help="how a workbook is laid out")
    summary.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2026-06-30") from None


def _period(text: str) -> HalfYear:
    try:
        return HalfYear.parse(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem).rstrip(".")) from None
