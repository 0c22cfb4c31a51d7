"""What is decided about a file before any parser touches it: kind, sizes, entries, cells, macros.

Every part is streamed in small pieces and counted, because a zip directory can lie about sizes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.kinds import code_and_name, code_and_name_of_archive, starts_as_zip
from portfolio.progress_reports.limits import Limits

_CHUNK = 65_536
_ENCRYPTED_FLAG = 0x1
_ENTRY_SIGNATURE = b"PK\x01\x02"
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_NOTES = re.compile(r"xl/(?:threadedComments/|comments)", re.IGNORECASE)
_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_LONGEST_DECLARATION = max(map(len, _DOCUMENT_TYPE))
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")


class _Refused(Exception):
    """The way out of the streaming loops, with the finding that ends the check."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.found = found


@dataclass
class _Totals:
    unpacked: int = 0
    cells: int = 0


def preflight(content: bytes, limits: Limits) -> tuple[Finding, ...]:
    """What stands against reading `content` as a workbook (a blocker), and what is worth knowing about it."""
    if len(content) > limits.file_size:
        return (finding("FILE_TOO_BIG", size=f"{len(content):,}", limit=f"{limits.file_size:,}"),)
    if not starts_as_zip(content):
        code, what = code_and_name(content)
        return (finding(code, what=what),)
    try:
        return tuple(_inspect(content, limits))
    except _Refused as refusal:
        return (refusal.found,)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        return (finding("FILE_DAMAGED", what="the archive inside is cut off or damaged"),)


def _inspect(content: bytes, limits: Limits) -> Iterator[Finding]:
    # Counted before the directory is opened: every entry of it costs memory.
    if content.count(_ENTRY_SIGNATURE) > limits.archive_entries:
        raise _Refused(finding("FILE_TOO_LARGE_INSIDE", what=f"more than {limits.archive_entries:,} parts"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        _check_directory(entries)
        totals = _Totals()
        for entry in entries:
            _check_part(archive, entry, totals, limits)
    names = [entry.filename for entry in entries]
    other = code_and_name_of_archive(content, names)
    if other is not None:
        raise _Refused(finding(other[0], what=other[1]))
    if any(name.startswith("xl/macrosheets/") for name in names):
        raise _Refused(finding("HAS_XLM_MACROS"))
    if any(name.endswith("vbaProject.bin") for name in names):
        yield finding("HAS_MACROS")
    if any(_NOTES.match(name) for name in names):
        yield finding("NOTE_NOT_IMPORTED")


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise _Refused(finding("FILE_ENCRYPTED", what="an archive with encrypted parts"))
    if len(set(names)) != len(names):
        raise _Refused(finding("FILE_DAMAGED", what="two of its parts have the same name"))
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise _Refused(finding("FILE_DAMAGED", what="the name of a part points outside the archive"))


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, totals: _Totals, limits: Limits) -> None:
    counter = _CellCounter() if _WORKSHEET.fullmatch(entry.filename) else None
    size, tail = 0, b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            _check_document_type(entry.filename, tail + chunk)
            tail = chunk[-_LONGEST_DECLARATION:]
            size += len(chunk)
            totals.unpacked += len(chunk)
            _check_size(entry, size, totals, limits)
            if counter is not None:
                totals.cells += counter.feed(chunk)
            if totals.cells > limits.cell_elements:
                raise _Refused(
                    finding("FILE_TOO_LARGE_INSIDE", what=f"more than {limits.cell_elements:,} cells")
                )


def _check_document_type(name: str, piece: bytes) -> None:
    is_markup = name.lower().endswith((".xml", ".rels", ".vml"))
    if is_markup and any(declaration in piece for declaration in _DOCUMENT_TYPE):
        raise _Refused(finding("XML_DTD", part=name))


def _check_size(entry: zipfile.ZipInfo, size: int, totals: _Totals, limits: Limits) -> None:
    what = None
    if size > limits.part_size:
        what = f"part {entry.filename} has more than {limits.part_size:,} bytes"
    elif totals.unpacked > limits.unpacked_size:
        what = f"its parts have more than {limits.unpacked_size:,} bytes together"
    elif size > limits.compression_ratio_from and size > limits.compression_ratio * max(
        entry.compress_size, 1
    ):
        what = f"part {entry.filename} unpacks to more than {limits.compression_ratio} times its size"
    if what is not None:
        raise _Refused(finding("FILE_TOO_LARGE_INSIDE", what=what))


class _CellCounter:
    """The cells of one worksheet part, counted while it streams past."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> int:
        """How many cells begin in what is complete so far."""
        data = self._rest + chunk
        # The last tag may go on in the next piece; a piece without any tag is text and can be forgotten.
        cut = max(data.rfind(b"<"), 0)
        self._rest = data[cut:] if len(data) - cut < _CHUNK else b""
        return len(_CELL.findall(data, 0, cut))
