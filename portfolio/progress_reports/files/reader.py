"""The program that reads one workbook: bytes on standard input, JSON on standard output.

It runs as a process of its own (`python -m portfolio.progress_reports.files.reader LIMITS`) and caps its own
memory and time, so that no file can harm the application. It imports as little as it can: it has to start
quickly.
Whatever it cannot read ends it with an exit code other than 0; the caller then has it try the second reader
(`... reader LIMITS fallback`), and reports a damaged file where that fails as well.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from portfolio.progress_reports.files.sheet_cells import TooLarge

OUT_OF_MEMORY = 3
FALLBACK = "fallback"
CAN_CAP_MEMORY = sys.platform != "win32"
Limits = Mapping[str, int]


def cap_resources(limits: Limits) -> None:
    """Nothing; from here on this process may use no more memory and time than `limits` say."""
    if sys.platform == "win32":
        return
    import resource

    memory, seconds = limits["reader_memory"], limits["reader_time"]
    # One second more for the hard limit: the soft one ends the process with a signal that can be told apart.
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # A reader that aborts leaves no picture of its memory behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_book(content: bytes, limits: Limits, *, fallback: bool = False) -> dict[str, Any]:
    """The filled cells of every sheet with formulas, formats, hidden rows, merged ranges and notes.

    `fallback` asks for the second reader, which the formats other than .xlsx always get.
    """
    warnings.simplefilter("ignore")
    try:
        if fallback or _is_other_format(content):
            from portfolio.progress_reports.files.fallback_books import read_fallback

            return read_fallback(content, limits)
        from portfolio.progress_reports.files.excel_books import read_excel

        return read_excel(content, limits)
    except TooLarge as problem:
        return dict(problem.args[0])
    except ExpatError:
        return {"problem": "FILE_DAMAGED", "what": "one of its parts breaks off or is not well formed"}


def _is_other_format(content: bytes) -> bool:
    import io
    import zipfile

    if not zipfile.is_zipfile(io.BytesIO(content)):
        return True
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return bool({"xl/workbook.bin", "content.xml"} & set(archive.namelist()))


def main() -> None:
    """Nothing; reads standard input, writes the answer to standard output."""
    limits: dict[str, int] = json.loads(sys.argv[1])
    cap_resources(limits)
    gc.disable()  # the process ends before anything could pile up
    # openpyxl would load them for types that no cell holds and for files it writes; without them it starts in
    # half the time.
    sys.modules.update(dict.fromkeys(("numpy", "PIL", "lxml")))  # type: ignore[arg-type]
    try:
        book = read_book(sys.stdin.buffer.read(), limits, fallback=FALLBACK in sys.argv[2:])
        answer = json.dumps(book, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
