"""Wrong and hostile files: one sentence that names what it is, and nothing else happens."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
import xlsxwriter

from portfolio.findings import Finding
from portfolio.progress_reports import results
from portfolio.progress_reports.files import reading
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.preflight import preflight
from portfolio.progress_reports.files.reading import read_workbook
from portfolio.progress_reports.files.uploads import BOOKS
from portfolio.storage.engine import Database
from tests.workbooks.report_files import check, fill, found, issue, rewrite, with_part

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LIMITS = default_limits()
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def archive_of(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def book_with(row: int, column: int, value: str) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("Far").write_string(row, column, value)
    book.close()
    return target.getvalue()


KINDS = {
    "nothing": (b"", "FILE_EMPTY", "empty"),
    "csv": (b"title;date\nLaunch;2026\n", "FILE_NOT_XLSX", "separators (CSV)"),
    "text": (b"Dear colleague", "FILE_NOT_XLSX", "a text file"),
    "html": (b"  <html><table><tr><td>1</td></tr></table></html>", "FILE_NOT_XLSX", "a web page (HTML)"),
    "xml": (b"<?xml version='1.0'?><a/>", "FILE_NOT_XLSX", "an XML file"),
    "pdf": (b"%PDF-1.7 ...", "FILE_NOT_XLSX", "a PDF document"),
    "picture": (b"\x89PNG\r\n\x1a\n", "FILE_NOT_XLSX", "a picture (PNG)"),
    "noise": (bytes(range(256)), "FILE_NOT_XLSX", "unknown kind"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "FILE_NOT_XLSX", "old Word document"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED", "locked with a password"),
    "zip": (archive_of(a=b"1"), "FILE_NOT_XLSX", "a zip archive"),
    "docx": (archive_of(**{"word/document.xml": b"<a/>"}), "FILE_NOT_XLSX", "a Word document"),
    "odt": (
        archive_of(mimetype=b"application/vnd.oasis.opendocument.text"), "FILE_NOT_XLSX", "OpenDocument text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_another_kind_of_file_is_named(kind: str, reference: Database) -> None:
    content, code, words = KINDS[kind]
    result = check(reference, content)
    assert found(result) == [(code, None)]
    assert words in result.findings[0].message
    assert (result.readable, result.units, result.changes, result.project) == (False, (), (), None)
    assert result.as_json()["cells"] == {"total": 0, "used": 0, "empty": 0, "ignored": 0, "problem": 0}


@pytest.mark.parametrize("kept", [4, 100, 4000, -1])
def test_a_cut_off_workbook_is_damaged(kept: int, reference: Database) -> None:
    assert found(check(reference, issue(reference, "cybersouth-plus")[:kept])) == [("FILE_DAMAGED", None)]


def patched(part: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: rewrite(
        content, lambda name, text: text.replace(old, new) if part in name else text
    )


def lying_about_size(content: bytes) -> bytes:
    """The archive with another unpacked size in its directory."""
    start = content.index(b"PK\x01\x02")
    return content[: start + 24] + (7).to_bytes(4, "little") + content[start + 28 :]


def encrypted_entry(content: bytes) -> bytes:
    start = content.index(b"PK\x01\x02")
    return content[: start + 8] + b"\x01" + content[start + 9 :]


def without_sheets(content: bytes) -> bytes:
    pattern = re.compile(rb"<sheets>.*</sheets>")
    return rewrite(content, lambda name, part: pattern.sub(b"", part) if name == "xl/workbook.xml" else part)


def twice(content: bytes) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return with_part(content, "xl/workbook.xml", b"<a/>")


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "document type": (lambda content: with_part(content, "xl/evil.xml", DTD), "XML_DTD"),
    "document type in UTF-16": (
        lambda content: with_part(content, "xl/evil.xml", DTD.decode().encode("utf-16")), "XML_DTD",
    ),
    "document type after a long comment": (
        patched("sharedStrings", b"<sst", b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a []><sst"), "XML_DTD",
    ),
    "macro sheet": (lambda content: with_part(content, "xl/macrosheets/a.xml", b"<a/>"), "HAS_XLM_MACROS"),
    "macro sheet by its relation": (
        patched("workbook.xml.rels", b"2006/relationships/worksheet", b"2006/relationships/xlMacrosheet"),
        "HAS_XLM_MACROS",
    ),
    "encrypted part": (encrypted_entry, "FILE_ENCRYPTED"),
    "part named twice": (twice, "FILE_DAMAGED"),
    "part named twice but for its case": (
        lambda content: with_part(content, "xl/Workbook.xml", b"<a/>"), "FILE_DAMAGED",
    ),
    "part outside": (lambda content: with_part(content, "../../etc/x", b"x"), "FILE_DAMAGED"),
    "lie about a size": (lying_about_size, "FILE_DAMAGED"),
    "ratio": (lambda content: with_part(content, "xl/b.xml", bytes(30_000_000)), "FILE_TOO_LARGE_INSIDE"),
    "a value without an end": (
        patched("sheet2.xml", b"<sheetData>", b" " * 5_000_000 + b"<sheetData>"), "FILE_TOO_LARGE_INSIDE",
    ),
    "a text longer than any cell": (
        patched("sheet2.xml", b"<sheetData>", b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
                + b"x" * 1_500_000 + b"</t></is></c></row>"),
        "FILE_TOO_LARGE_INSIDE",
    ),
    "cell formats beyond measure": (
        patched("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 450_000 + b"</cellXfs>"), "FILE_TOO_LARGE_INSIDE",
    ),
    "elements that mean nothing": (
        patched("sheet2.xml", b"<sheetData>", b"<a/>" * 5_100_000 + b"<sheetData>"), "FILE_TOO_LARGE_INSIDE",
    ),
    "styles beyond measure": (
        patched("xl/styles.xml", b"</styleSheet>", bytes(range(65, 91)) * 350_000 + b"</styleSheet>"),
        "FILE_TOO_LARGE_INSIDE",
    ),
    "broken xml": (patched("xl/workbook.xml", b"</workbook>", b""), "FILE_DAMAGED"),
    "broken sheet": (patched("xl/worksheets/sheet2.xml", b"</sheetData>", b""), "FILE_DAMAGED"),
    "wrong string index": (patched("sheet2.xml", b"<v>1</v>", b"<v>99999</v>"), "FILE_DAMAGED"),
    "no sheets": (without_sheets, "FILE_DAMAGED"),
    "too many parts": (
        lambda content: archive_of(**{f"{part}.xml": b"" for part in range(2001)}), "FILE_TOO_LARGE_INSIDE",
    ),
    "too long": (lambda content: content + bytes(LIMITS.file_size), "FILE_TOO_BIG"),
    "last cell of Excel": (lambda content: book_with(1_048_575, 16_383, "x"), "SHEET_TOO_LARGE"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_ends_in_one_blocker(case: str, reference: Database) -> None:
    make, code = HOSTILE[case]
    result = check(reference, make(issue(reference, "cybersouth-plus")))
    assert found(result) == [(code, None)]
    assert (result.findings[0].severity, result.readable, result.changes) == ("blocker", False, ())


def test_a_lone_space_far_away_is_not_the_end_of_a_sheet() -> None:
    assert not isinstance(read_workbook(book_with(1_048_575, 16_383, " "), LIMITS), Finding)


def test_last_filled_cell_is_named() -> None:
    answer = read_workbook(book_with(1_048_575, 16_383, "x"), LIMITS)
    assert isinstance(answer, Finding)
    assert "the last filled cell is XFD1048576" in answer.message


SMALL: dict[str, tuple[dict[str, int], str]] = {
    "unpacked": ({"unpacked_size": 10_000}, "FILE_TOO_LARGE_INSIDE"),
    "part": ({"part_size": 5_000}, "FILE_TOO_LARGE_INSIDE"),
    "cells": ({"cell_elements": 100}, "FILE_TOO_LARGE_INSIDE"),
}


@pytest.mark.parametrize("case", SMALL)
def test_preflight_stops_at_each_limit(case: str, reference: Database) -> None:
    limits, code = SMALL[case]
    content = issue(reference, "cybersouth-plus")
    assert preflight(content, LIMITS) == ()
    assert [item.code for item in preflight(content, replace(LIMITS, **limits))] == [code]


READER_LIMITS: dict[str, tuple[dict[str, int], str]] = {
    "filled cells": ({"filled_cells": 100}, "FILE_TOO_LARGE_INSIDE"),
    "characters": ({"text_characters": 100}, "FILE_TOO_LARGE_INSIDE"),
    "elements": ({"cell_elements": 100}, "FILE_TOO_LARGE_INSIDE"),
    "sheets": ({"sheets": 2}, "FILE_TOO_LARGE_INSIDE"),
    "rows": ({"last_row": 3}, "SHEET_TOO_LARGE"),
}


@pytest.mark.parametrize("case", READER_LIMITS)
def test_reader_stops_at_each_limit(case: str, reference: Database) -> None:
    limits, code = READER_LIMITS[case]
    answer = read_workbook(issue(reference, "cybersouth-plus"), replace(LIMITS, **limits))
    assert isinstance(answer, Finding)
    assert answer.code == code


def test_reader_that_takes_too_long_is_ended(reference: Database) -> None:
    answer = read_workbook(issue(reference, "cybersouth-plus"), replace(LIMITS, reader_time=0))
    assert isinstance(answer, Finding)
    assert answer.code == "READ_TIMEOUT"


def test_reader_that_eats_memory_leaves_the_application_alive(reference: Database) -> None:
    """A value of 150 MB, let through by the preflight here, ends the reader and nothing else."""
    content = issue(reference, "cybersouth-plus")
    bomb = patched("sheet2.xml", b"<sheetData>", b'<a b="' + b"x" * 150_000_000 + b'"/><sheetData>')(content)
    assert len(bomb) < 1_000_000
    answer = read_workbook(bomb, replace(LIMITS, reader_memory=100 * 1024 * 1024))
    assert isinstance(answer, Finding)
    assert answer.code == "FILE_TOO_LARGE_INSIDE"
    assert check(reference, content).findings == ()


def test_where_memory_cannot_be_capped_only_small_files_are_read(
    reference: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CAN_CAP_MEMORY", False)
    content = issue(reference, "cybersouth-plus")
    assert check(reference, content).findings == ()
    monkeypatch.setattr(reading, "UNCAPPED_SIZE", 1000)
    BOOKS.clear()
    assert found(check(reference, content)) == [("FILE_TOO_BIG", None)]


NOTICED: dict[str, tuple[Callable[[bytes], bytes], list[tuple[str, str | None]]]] = {
    "macros": (lambda content: with_part(content, "xl/vbaProject.bin", b"x"), [("HAS_MACROS", None)]),
}


@pytest.mark.parametrize("case", NOTICED)
def test_what_is_not_read_is_said(case: str, reference: Database) -> None:
    make, findings = NOTICED[case]
    result = check(reference, make(issue(reference, "cybersouth-plus")))
    assert (found(result), result.changes, result.readable) == (findings, (), True)


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
}


def test_strict_open_xml_is_read_all_the_same(reference: Database) -> None:
    def strict(name: str, part: bytes) -> bytes:
        for transitional, purl in STRICT.items():
            part = part.replace(transitional, purl)
        return part.replace(b"<workbook ", b'<workbook conformance="strict" ')

    content = rewrite(issue(reference, "cybersouth-plus"), strict)
    result = check(reference, content)
    assert (found(result), result.changes, result.project) == (
        [("OOXML_STRICT", None)],
        (),
        "cybersouth-plus",
    )


def test_many_findings_are_counted_and_still_refuse(
    reference: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(default_limits(), findings_listed=2)
    monkeypatch.setattr(results, "present_limits", lambda: small)
    content = issue(reference, "cybersouth-plus")
    bad = fill(
        content, {("Money", heading, "amount_cents"): -1 for heading in ("travel", "other", "local-office")}
    )
    result = check(reference, bad)
    listed = result.as_json()["findings"]
    assert [item["code"] for item in listed] == ["NUM_OUT_OF_RANGE", "NUM_OUT_OF_RANGE", "LIMIT_FINDINGS"]
    assert listed[2]["message"] == "1 more findings are not listed."
    assert len(result.findings) == 3
