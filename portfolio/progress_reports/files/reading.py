"""The reader as a process of its own, and what its end means."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from portfolio.errors import UsageProblem
from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.files.cells import RawBook, cell_ref
from portfolio.progress_reports.files.limits import Limits
from portfolio.progress_reports.files.reader import CAN_CAP_MEMORY, FALLBACK, OUT_OF_MEMORY
from portfolio.settings import ROOT

_PROGRAM = "portfolio.progress_reports.files.reader"
# Where the reader cannot cap its own memory, only files that cannot unpack to much are given to it.
UNCAPPED_SIZE = 2 * 1024 * 1024
_NOTES_NAMED = 10
_GAVE_UP = 1


def read_workbook(content: bytes, limits: Limits) -> RawBook | Finding:
    """The cells of a workbook that passed the preflight, or the blocker that says why it cannot be read.

    Raises: UsageProblem if the program that reads is not where it was when the tracker was started.
    """
    if not CAN_CAP_MEMORY and len(content) > UNCAPPED_SIZE:
        return finding("FILE_TOO_BIG", size=f"{len(content):,}", limit=f"{UNCAPPED_SIZE:,}")
    try:
        ended = _run(content, limits)
        if ended.returncode == _GAVE_UP:
            _require_reader(ended.stderr)
            ended = _run(content, limits, FALLBACK)
    except subprocess.TimeoutExpired:
        return finding("READ_TIMEOUT", seconds=limits.reader_time)
    if ended.returncode != 0:
        return _abnormal_end(ended.returncode, limits)
    return _answer(json.loads(ended.stdout), limits)


def noticed(book: RawBook) -> Iterator[Finding]:
    """What is worth knowing about how a workbook was read, and about what was not."""
    if book.is_strict:
        yield finding("OOXML_STRICT")
    if book.is_fallback:
        yield finding("READ_FALLBACK")
    for sheet in book.sheets:
        if sheet.notes:
            named = ", ".join(sheet.notes[:_NOTES_NAMED])
            more = len(sheet.notes) - _NOTES_NAMED
            cells = f"{named} and {more} more" if more > 0 else named
            yield finding("NOTE_NOT_IMPORTED", Place(sheet.name), count=len(sheet.notes), cells=cells)


def _run(content: bytes, limits: Limits, *reader: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", _PROGRAM, json.dumps(asdict(limits)), *reader],
        input=content, capture_output=True, timeout=limits.reader_time, check=False, cwd=ROOT,
    )  # fmt: skip


def _require_reader(said: bytes) -> None:
    """Nothing, unless the reader did not even start: that is no fault of the file."""
    if b"No module named" in said and _PROGRAM.encode() in said:
        raise UsageProblem(
            "The program that reads workbooks is not where it was: the tracker was updated while it ran. "
            "Stop it, start it again, and check the file once more."
        )


def _abnormal_end(code: int, limits: Limits) -> Finding:
    if code == -getattr(signal, "SIGXCPU", 0):
        return finding("READ_TIMEOUT", seconds=limits.reader_time)
    # The second reader ends itself with SIGABRT where it gets no more memory.
    if code in (OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 0), -signal.SIGABRT):
        return finding("FILE_TOO_LARGE_INSIDE", what="reading it takes more memory than allowed")
    return finding("FILE_DAMAGED", what="its parts do not fit together")


def _answer(document: dict[str, Any], limits: Limits) -> RawBook | Finding:
    problem = document.pop("problem", None)
    if problem is None:
        return RawBook.from_json(document)
    if problem == "SHEET_TOO_LARGE":
        facts = {
            "sheet": document["sheet"], "cell": cell_ref(document["row"], document["column"]),
            "last_row": f"{limits.last_row:,}", "last_column": limits.last_column,
        }  # fmt: skip
        return finding(problem, **facts)
    return finding(problem, **document)
