"""Files as they are received, and their cells, read once however often they are checked."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from portfolio.errors import UsageProblem
from portfolio.findings import Finding
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits

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


@dataclass(frozen=True)
class ReadBook:
    """A workbook that was read, and what was noticed on the way."""

    book: RawBook = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def size(self) -> int:
        """How many filled cells it holds."""
        return sum(len(sheet.cells) for sheet in self.book.sheets)


class BookShelf:
    """The workbooks that were read last, so that a file whose cells are mended on screen is read once.

    `most_cells` bounds what they hold together; a larger workbook is not kept.
    """

    def __init__(self, most_cells: int) -> None:
        self._most_cells = most_cells
        self._books: OrderedDict[tuple[str, Limits], ReadBook] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, sha256: str, limits: Limits) -> ReadBook | None:
        """The workbook of these bytes, if it was read under these limits and is still kept."""
        with self._lock:
            found = self._books.get((sha256, limits))
            if found is not None:
                self._books.move_to_end((sha256, limits))
            return found

    def keep(self, sha256: str, limits: Limits, book: ReadBook) -> None:
        """Nothing; the workbook is kept, and those asked for longest ago make room for it."""
        if book.size > self._most_cells:
            return  # it would push out all others and then itself
        with self._lock:
            self._books[sha256, limits] = book
            while self._books and sum(each.size for each in self._books.values()) > self._most_cells:
                self._books.popitem(last=False)

    def clear(self) -> None:
        """Nothing; no workbook is kept."""
        with self._lock:
            self._books.clear()


# About 250 bytes a cell: 75 MB at most.
BOOKS = BookShelf(300_000)
