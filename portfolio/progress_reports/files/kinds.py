"""What a file is, by its first bytes and its parts and never by its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a rich-text document (.rtf)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
)
_PARTS = (
    ("word/", "a Word document (.docx)"),
    ("ppt/", "a PowerPoint presentation (.pptx)"),
    ("visio/", "a Visio drawing"),
)


def starts_as_zip(content: bytes) -> bool:
    """Whether the bytes begin like a zip archive, as every .xlsx does."""
    return content.startswith(_ZIP)


def code_and_name(content: bytes) -> tuple[str, str]:
    """The finding code for bytes that are no zip archive, and what they are in words."""
    if not content:
        return "FILE_EMPTY", "an empty file"
    if content.startswith(_OLE):
        return _inside_ole(content)
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return "FILE_NOT_XLSX", name
    return "FILE_NOT_XLSX", _text_kind(content)


def _inside_ole(content: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "FILE_ENCRYPTED", "a workbook locked with a password"
    if "WordDocument".encode("utf-16-le") in content:
        return "FILE_NOT_XLSX", "an old Word document (.doc)"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "FILE_IS_XLS", "the old Excel format (.xls)"
    return "FILE_NOT_XLSX", "an old Office document"


def _text_kind(content: bytes) -> str:
    head = content[:65_536]
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "a file of an unknown kind"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "an XML file"
    if any(mark in head.partition(b"\n")[0] for mark in (b",", b";", b"\t")):
        return "a text file with separators (CSV)"
    return "a text file"


def code_and_name_of_archive(content: bytes, names: Iterable[str]) -> tuple[str, str] | None:
    """The finding code for a zip archive that is no .xlsx, and what it is in words; None for an .xlsx."""
    listed = set(names)
    if "xl/workbook.bin" in listed:
        return "FILE_IS_XLSB", "the binary Excel format (.xlsb)"
    if "mimetype" in listed:
        return _open_document(content)
    if "[Content_Types].xml" in listed and any(name.startswith("xl/") for name in listed):
        return None
    for prefix, name in _PARTS:
        if any(part.startswith(prefix) for part in listed):
            return "FILE_NOT_XLSX", name
    return "FILE_NOT_XLSX", "a zip archive"


def _open_document(content: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("mimetype") as part:
        declared = part.read(100)
    if b"spreadsheet" in declared:
        return "FILE_IS_ODS", "an OpenDocument spreadsheet (.ods)"
    if b"opendocument" in declared:
        return "FILE_NOT_XLSX", "an OpenDocument text or presentation"
    return "FILE_NOT_XLSX", "a zip archive"
