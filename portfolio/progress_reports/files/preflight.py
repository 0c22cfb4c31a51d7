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
from portfolio.progress_reports.files.kinds import code_and_name, code_and_name_of_archive, starts_as_zip
from portfolio.progress_reports.files.limits import Limits

_CHUNK = 65_536
_ENCRYPTED_FLAG = 0x1
_ENTRY_SIGNATURE = b"PK\x01\x02"
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# What can hold as much as the cells do, or is never opened; the other parts only say how a workbook is made.
_BULKY = re.compile(
    r"xl/(?:worksheets|media|embeddings|drawings|charts|model|pivot\w+|externalLinks)/.*|xl/sharedStrings\.xml"
    r"|xl/.*\.bin|content\.xml|Pictures/.*|Thumbnails/.*|Object .*|customXml/.*|docProps/thumbnail.*",
    re.IGNORECASE,
)
_MACROS = ("vbaProject.bin", "Basic/script-lc.xml")
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_MANIFEST, _ENCRYPTED_PACKAGE, _ENCRYPTION = "META-INF/manifest.xml", "encrypted-package", b"encryption-data"
_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_LONGEST_DECLARATION = max(map(len, _DOCUMENT_TYPE))
_LARGEST_MANIFEST = 1_048_576
_LONGEST_VALUE = 4_194_304
# Twice what the 64,000 cell formats that Excel allows can need.
_STRUCTURE_MARKS = 400_000
_MARKUP = (".xml", ".rels", ".vml")
# Counted as text, five times as fast as by a pattern; the reader counts again, exactly.
_CELLS = tuple(mark + end for mark in (b"<c", b":c") for end in (b" ", b">", b"/"))


class _Refused(Exception):
    """The way out of the streaming loops, with the finding that ends the check."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.found = found


@dataclass
class _Totals:
    unpacked: int = 0
    structure: int = 0
    cells: int = 0


def preflight(content: bytes, limits: Limits) -> tuple[Finding, ...]:
    """What stands against reading `content` as a workbook (a blocker), and what is worth knowing about it."""
    if len(content) > limits.file_size:
        return (finding("FILE_TOO_BIG", size=f"{len(content):,}", limit=f"{limits.file_size:,}"),)
    if not starts_as_zip(content):
        code, what = code_and_name(content)
        macros = (finding("HAS_MACROS"),) if code == "FILE_IS_XLS" and _OLD_MACROS in content else ()
        return (finding(code, what=what), *macros)
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
        _check_manifest(archive, entries)
        totals = _Totals()
        for entry in entries:
            _check_part(archive, entry, totals, limits)
    names = [entry.filename for entry in entries]
    other = code_and_name_of_archive(content, names)
    if other is not None:
        kind = finding(other[0], what=other[1])
        if kind.severity == "blocker":
            raise _Refused(kind)
        yield kind
    if any(name.startswith("xl/macrosheets/") for name in names):
        raise _Refused(finding("HAS_XLM_MACROS"))
    if any(name.endswith(_MACROS) for name in names):
        yield finding("HAS_MACROS")


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise _Refused(finding("FILE_ENCRYPTED", what="an archive with encrypted parts"))
    if len({name.lower() for name in names}) != len(names):
        raise _Refused(finding("FILE_DAMAGED", what="two of its parts have the same name"))
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise _Refused(finding("FILE_DAMAGED", what="the name of a part points outside the archive"))


def _check_manifest(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Nothing; an OpenDocument file with a password is an archive like any other, and says so in one part."""
    listed = {entry.filename: entry for entry in entries}
    is_encrypted = _ENCRYPTED_PACKAGE in listed
    if _MANIFEST in listed:
        with archive.open(_MANIFEST) as part:
            is_encrypted |= _ENCRYPTION in part.read(_LARGEST_MANIFEST)
    if is_encrypted:
        raise _Refused(finding("FILE_ENCRYPTED", what="an OpenDocument file locked with a password"))


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, totals: _Totals, limits: Limits) -> None:
    counter = _CellCounter() if _WORKSHEET.fullmatch(entry.filename) else None
    size, tail, unbroken = 0, b"", 0
    is_markup = entry.filename.lower().endswith(_MARKUP)
    is_structure = is_markup and not _BULKY.fullmatch(entry.filename)
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            if is_markup:
                _check_document_type(entry.filename, tail + chunk)
                tail = chunk[-_LONGEST_DECLARATION:]
                unbroken = 0 if b">" in chunk else unbroken + 1
                _check_unbroken(entry.filename, unbroken)
            size += len(chunk)
            totals.unpacked += len(chunk)
            _check_size(entry, size, totals, limits)
            if is_structure:
                totals.structure += chunk.count(b"<")
                _check_structure(entry.filename, totals.structure)
            if counter is not None:
                totals.cells += counter.feed(chunk)
            if totals.cells > limits.cell_elements:
                raise _Refused(
                    finding("FILE_TOO_LARGE_INSIDE", what=f"more than {limits.cell_elements:,} cells")
                )


def _check_document_type(name: str, piece: bytes) -> None:
    if any(declaration in piece for declaration in _DOCUMENT_TYPE):
        raise _Refused(finding("XML_DTD", part=name))


def _check_unbroken(name: str, pieces: int) -> None:
    """Nothing; a value of millions of characters is no report, and is slow to read."""
    if pieces * _CHUNK > _LONGEST_VALUE:
        what = f"part {name} has a single value of more than {_LONGEST_VALUE:,} bytes"
        raise _Refused(finding("FILE_TOO_LARGE_INSIDE", what=what))


def _check_structure(name: str, marks: int) -> None:
    """Nothing; openpyxl makes objects of what says how a workbook is put together, 40,000 a second."""
    if marks > _STRUCTURE_MARKS:
        what = f"part {name} and those like it have more than {_STRUCTURE_MARKS:,} elements"
        raise _Refused(finding("FILE_TOO_LARGE_INSIDE", what=what))


def _check_size(entry: zipfile.ZipInfo, size: int, totals: _Totals, limits: Limits) -> None:
    what = None
    if size > limits.structure_size and not _BULKY.fullmatch(entry.filename):
        what = f"part {entry.filename} has more than {limits.structure_size:,} bytes"
    elif size > limits.part_size:
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
        return sum(data.count(mark, 0, cut) for mark in _CELLS)
