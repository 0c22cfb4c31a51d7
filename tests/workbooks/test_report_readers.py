"""What is read of a workbook, whoever wrote it and in whichever format: three readers see the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest

from portfolio.findings import Finding
from portfolio.progress_reports.cells import RawBook
from portfolio.progress_reports.preflight import preflight
from portfolio.progress_reports.reading import noticed, read_workbook
from portfolio.progress_reports.results import FileResult
from portfolio.storage.engine import Database
from tests.workbooks.reader_files import (
    LIMITS,
    binary_workbook,
    everything,
    formulas,
    open_cell,
    open_document,
    open_row,
    parts_of,
    read_by_us,
    renamed,
    sheet_of,
    values,
    values_by_openpyxl,
    without_addresses,
)
from tests.workbooks.report_files import (
    change,
    check,
    converted,
    fill,
    found,
    issue,
    opened,
    ref,
    rewrite,
    saved,
)

KEY = "cybersouth-plus"
ERROR_CELL = (5, 2)
FLOAT = 'office:value-type="float" office:value="12"'


def codes(content: bytes) -> list[str]:
    """The codes of what is found about a file before its cells are understood."""
    findings = list(preflight(content, LIMITS))
    if all(item.severity != "blocker" for item in findings):
        answer = read_workbook(content, LIMITS)
        findings += [answer] if isinstance(answer, Finding) else noticed(answer)
    return [item.code for item in findings]


def amounts(result: FileResult) -> list[object]:
    """The new amounts of a result."""
    return [change.new for change in result.changes if change.field == "amount_cents"]


DIFFERENT: dict[str, Callable[[bytes], bytes]] = {
    "XlsxWriter": lambda content: content,
    "openpyxl": lambda content: saved(opened(content)),
    "no addresses": without_addresses,
    "with a prefix": lambda content: rewrite(content, _with_prefix),
}


def _with_prefix(name: str, part: bytes) -> bytes:
    if not name.startswith("xl/worksheets/sheet"):
        return part
    for tag in (
        b"worksheet",
        b"sheetData",
        b"row",
        b"c",
        b"v",
        b"f",
        b"mergeCells",
        b"mergeCell",
        b"cols",
        b"col",
    ):
        for begin, end in ((b"<", b" "), (b"<", b">"), (b"</", b">"), (b"<", b"/>")):
            part = part.replace(begin + tag + end, begin + b"x:" + tag + end)
    return part.replace(b' xmlns="', b' xmlns:x="').replace(b"<x:row", b"<x:row", 1)


@pytest.mark.parametrize("writer", DIFFERENT)
def test_three_readers_see_the_same_cells(writer: str) -> None:
    """The second reader alone misses the error, which is why it is named wherever it was used."""
    content = DIFFERENT[writer](everything())
    first = values(read_by_us(content))
    assert sum(map(len, first.values())) > 10
    second = values(read_by_us(content, fallback=True))
    errors = {
        name: {at for at, value in cells.items() if value == "#DIV/0!"} for name, cells in first.items()
    }
    if writer != "with a prefix":  # openpyxl knows no other prefix inside a sheet once it is closed
        assert values_by_openpyxl(content) == first
    assert {name: set(cells) for name, cells in second.items()} == {
        name: set(cells) - errors[name] for name, cells in first.items()
    }


def test_one_pass_sees_everything_beside_the_values() -> None:
    book = read_by_us(everything())
    sheet = sheet_of(book, "Cells")
    assert [(each.name, each.state) for each in book.sheets] == [
        ("Cells", "visible"), ("Hidden", "hidden"), ("Empty", "visible"),
    ]  # fmt: skip
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({12}, {8})
    assert (sheet.merged, sheet.notes) == (("B9:C10",), ("B3", "D3"))
    assert (dict(book.properties), book.is_strict, book.is_fallback) == ({"template_id": "T-1"}, False, False)
    cells = sheet.cells
    assert [(cells[5, at].type, cells[5, at].formula) for at in (2, 3)] == [("e", "1/0"), ("n", "B3*2")]
    assert [cells[3, at].number_format for at in (2, 3, 4)] == ["General", "0.0%", "[$USD] 0"]
    assert [(cells[4, at].type, cells[4, at].value) for at in (2, 3, 4)] == [
        ("d", "2026-01-05"), ("t", "1 day, 12:00:00"), ("b", True),
    ]  # fmt: skip
    assert {(6, 2), (6, 3)}.isdisjoint(cells)


ALL_ZERO = [False, False]


@pytest.mark.parametrize(
    ("results", "by_a_program", "calculated"),
    [
        ((0, 0), True, ALL_ZERO),
        ((0, 0), False, [True, True]),
        ((0, 7), True, [True, True]),
    ],
)
def test_zeros_of_a_program_that_never_calculates_are_not_believed(
    results: tuple[int, ...], by_a_program: bool, calculated: list[bool]
) -> None:
    sheet = sheet_of(read_by_us(formulas(results, by_a_program=by_a_program)), "Sums")
    assert [cell.is_calculated for cell in sheet.cells.values()] == calculated


def test_a_shared_formula_is_known_in_all_its_cells() -> None:
    def share(name: str, part: bytes) -> bytes:
        part = part.replace(b"<f>B1*2</f>", b'<f t="shared" ref="A1:A2" si="0">[1]Sheet1!B1*2</f>')
        return part.replace(b"<f>B2*2</f>", b'<f t="shared" si="0"/>')

    sheet = sheet_of(read_by_us(rewrite(formulas((1, 2), by_a_program=False), share)), "Sums")
    assert [cell.formula for cell in sheet.cells.values()] == ["[1]Sheet1!B1*2"] * 2


def test_what_other_programs_write_differently_is_read_as_it_is_meant() -> None:
    """Dates as ISO text, booleans in words, and a function that only Google knows with the result it gave."""
    google = b'<f>IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(1)"),12)</f><v>12</v>'
    row = b'<row r="2" hidden="false"><c r="A2" t="d"><v>2026-01-05</v></c><c r="B2">' + google + b"</c></row>"

    def differ(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", row + b"</sheetData>") if "sheet1" in name else part

    sheet = sheet_of(read_by_us(rewrite(formulas((1,), by_a_program=False), differ)), "Sums")
    assert (sheet.cells[2, 1].type, sheet.cells[2, 1].value) == ("d", "2026-01-05")
    assert (sheet.cells[2, 2].value, sheet.cells[2, 2].is_calculated) == (12, True)
    assert sheet.hidden_rows == frozenset()


def test_formats_dragged_to_the_end_are_no_cells() -> None:
    blank = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row)
        for row in range(20, 90_000)
    )

    def drag(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", blank + b"</sheetData>") if "sheet1" in name else part

    content = everything()
    dragged = rewrite(content, drag)
    assert codes(dragged) == codes(content)
    assert values(read_by_us(dragged)) == values(read_by_us(content))


def test_where_blank_cells_are_left_out_every_other_cell_has_to_say_where_it_stands() -> None:
    def mix(name: str, part: bytes) -> bytes:
        return part.replace(b'<c r="B7"', b'<c r="A7" s="1"/><c') if "sheet1" in name else part

    mixed = rewrite(everything(), mix)
    answer = read_workbook(mixed, LIMITS)
    assert isinstance(answer, RawBook)
    assert answer.is_fallback
    assert sheet_of(answer, "Cells").text(7, 2) == "two\nlines"


def test_text_that_looks_like_a_cell_stays_text() -> None:
    text = '<c r="A1" s="1"/>'

    def literal(name: str, part: bytes) -> bytes:
        inline = b'<c r="A1" t="inlineStr"><is><t><![CDATA[' + text.encode() + b"]]></t></is></c></row>"
        return (
            part.replace(b'<row r="2"', b'<row r="1">' + inline + b'<row r="2"') if "sheet1" in name else part
        )

    assert sheet_of(read_by_us(rewrite(everything(), literal)), "Cells").text(1, 1) == text


@pytest.mark.parametrize(
    ("old", "new"), [("worksheets/sheet", "Worksheets/Sheet"), ("xl/worksheets/", "xl\\worksheets\\")]
)
def test_odd_paths_are_read_by_the_second_reader(old: str, new: str) -> None:
    content = renamed(everything(), old, new)
    assert codes(content) == ["READ_FALLBACK"]
    seen = values(read_by_us(everything()))
    del seen["Cells"][ERROR_CELL]
    answer = read_workbook(content, LIMITS)
    assert isinstance(answer, RawBook)
    assert values(answer) == seen


def test_a_report_with_damaged_styles_is_read_and_says_so(reference: Database) -> None:
    """The styles name a font that is none: openpyxl gives up, and the values are read all the same."""
    content = issue(reference, KEY)
    filled = fill(content, {("Money", "travel", "amount_cents"): 77})
    broken = rewrite(
        filled,
        lambda name, part: part.replace(b"<sz val=", b'<sz val="large" old=') if "styles" in name else part,
    )
    result = check(reference, broken)
    assert found(result) == [("READ_FALLBACK", None)]
    assert amounts(result) == [7700]
    assert result.findings[0].severity == "warning"


def test_a_broken_sheet_is_damaged_for_both_readers() -> None:
    content = rewrite(
        everything(), lambda name, part: part.replace(b"</sheetData>", b"") if "sheet1" in name else part
    )
    assert codes(content) == ["FILE_DAMAGED"]
    assert codes(renamed(content, "worksheets/sheet", "Worksheets/Sheet")) == ["FILE_DAMAGED"]


def test_notes_are_counted_and_placed(reference: Database) -> None:
    from openpyxl.comments import Comment

    content = issue(reference, KEY)
    travel, other = (ref(content, "Money", heading, "amount_cents") for heading in ("travel", "other"))

    def annotate(book: object) -> None:
        for cell in (travel, other):
            book["Money"][cell].comment = Comment("Ask the coordinator", "Officer")  # type: ignore[index]

    result = check(reference, change(content, annotate))
    assert found(result) == [("NOTE_NOT_IMPORTED", None)]
    assert (
        result.findings[0].message
        == f"Sheet Money: 2 cell notes or comments were not read ({travel}, {other})."
    )


def test_a_workbook_locked_with_a_password_is_named() -> None:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(everything())).encrypt("secret", target)
    assert codes(target.getvalue()) == ["FILE_ENCRYPTED"]


def test_the_binary_format_is_read() -> None:
    content = binary_workbook()
    assert codes(content) == ["FILE_IS_XLSB", "READ_FALLBACK"]
    assert values(read_by_us(content)) == {"Binary": {(1, 1): "text", (1, 2): 12.5, (3, 1): 7}}


DAMAGED = {
    "old format": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
    "binary format": renamed(binary_workbook(), "sheet1.bin", "sheet2.bin"),
    "OpenDocument": rewrite(
        open_document(open_row(open_cell("a"))),
        lambda name, part: part[:-9] if name == "content.xml" else part,
    ),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_of_another_format_is_damaged(kind: str) -> None:
    assert codes(DAMAGED[kind])[1:] == ["FILE_DAMAGED"]


def test_an_open_document_is_read_with_what_stands_beside_its_values() -> None:
    error = (
        'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    )
    share = 'office:value-type="percentage" office:value="0.5"'
    money = 'office:value-type="currency" office:currency="USD" office:value="5"'
    linked = "table:formula=\"of:=['file:///budget.ods'#$A.A1]+[.B1]\" " + FLOAT
    note = "<office:annotation><text:p>a note</text:p></office:annotation>"
    content = open_document(
        open_row(open_cell("12", FLOAT) + open_cell("50 %", share) + open_cell("5 USD", money))
        + open_row(open_cell("#DIV/0!", error) + open_cell("12", linked))
        + open_row("<table:table-cell/>" * 7, 'table:number-rows-repeated="1000000"')
    )
    content = rewrite(
        content, lambda name, part: part.replace(b"<text:p>5 USD", note.encode() + b"<text:p>5 USD")
    )
    assert codes(content) == ["FILE_IS_ODS", "NOTE_NOT_IMPORTED"]
    cells = sheet_of(read_by_us(content), "Open").cells
    assert {at: (cell.type, cell.value, cell.number_format) for at, cell in cells.items()} == {
        (1, 1): ("n", 12, "General"), (1, 2): ("n", 0.5, "0%"), (1, 3): ("n", 5, "#,##0.00 [$USD]"),
        (2, 1): ("e", "#DIV/0!", "General"), (2, 2): ("n", 12, "General"),
    }  # fmt: skip
    assert [cells[2, at].formula for at in (1, 2)] == ["1/0", "['file:///budget.ods'#$A.A1]+B1"]


OPEN: dict[str, tuple[str, str, str]] = {
    "a cell repeated a thousand million times": (
        open_row(open_cell("1", 'office:value-type="float" table:number-columns-repeated="1000000000"')),
        "SHEET_TOO_LARGE", "the last filled cell is XFD1",
    ),
    "rows of cells repeated": (
        open_row(open_cell("1", 'table:number-columns-repeated="150"'), 'table:number-rows-repeated="15000"'),
        "FILE_TOO_LARGE_INSIDE", "more than 500,000 filled cells",
    ),
    "a cell far below": (
        open_row("<table:table-cell/>", 'table:number-rows-repeated="30000"') + open_row(open_cell("x")),
        "SHEET_TOO_LARGE", "the last filled cell is A30001",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OPEN)
def test_repeated_cells_of_an_open_document_are_counted_before_they_are_made(case: str) -> None:
    rows, code, words = OPEN[case]
    answer = read_workbook(open_document(rows), LIMITS)
    assert isinstance(answer, Finding)
    assert (answer.code, words in answer.message) == (code, True)


def test_an_open_document_with_a_password_is_named() -> None:
    locked = open_document(open_row(open_cell("a")), "<manifest:encryption-data/>")
    assert codes(locked) == ["FILE_ENCRYPTED"]


def _with_macro_sheet(content: bytes) -> bytes:
    """The old workbook with its first sheet said to be one of macros."""
    at = content.index(b"\x85\x00") + 9
    return content[:at] + b"\x01" + content[at + 1 :]


@pytest.mark.office
def test_the_old_format_is_read_and_names_what_it_cannot_see(tmp_path: Path) -> None:
    old = converted(everything(), "xls", tmp_path)
    assert codes(old) == ["FILE_IS_XLS", "READ_FALLBACK"]
    seen = values(read_by_us(everything()))
    del seen["Cells"][ERROR_CELL]
    read = read_by_us(old)
    assert {name: set(cells) for name, cells in values(read).items()} == {
        name: set(cells) for name, cells in seen.items()
    }
    assert [sheet.state for sheet in read.sheets] == ["visible", "hidden", "visible"]
    assert sheet_of(read, "Cells").merged == ("B9:C10",)
    assert codes(_with_macro_sheet(old)) == ["FILE_IS_XLS", "HAS_XLM_MACROS"]


@pytest.mark.office
def test_an_open_document_of_libreoffice_has_the_same_cells(tmp_path: Path) -> None:
    book = read_by_us(converted(everything(), "ods", tmp_path))
    first = values(read_by_us(everything()))
    assert {name: set(cells) for name, cells in values(book).items()} == {
        name: set(cells) for name, cells in first.items()
    }
    sheet = sheet_of(book, "Cells")
    assert (sheet.merged, sheet.notes) == (("B9:C10",), ("B3", "D3"))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({12}, {8})


@pytest.mark.office
@pytest.mark.parametrize(
    ("ending", "about"),
    [("ods", [("FILE_IS_ODS", None)]), ("xls", [("FILE_IS_XLS", None), ("READ_FALLBACK", None)])],
)
def test_a_report_in_another_format_changes_what_was_entered(
    ending: str, about: list[tuple[str, str | None]], reference: Database, tmp_path: Path
) -> None:
    filled = fill(issue(reference, KEY), {("Money", "travel", "amount_cents"): 77})
    result = check(reference, converted(filled, ending, tmp_path))
    # LibreOffice keeps 0 in an .xls for a shared formula that gives an empty text: totals that seem typed.
    assert [item for item in found(result) if item[0] != "TOTAL_MISMATCH"] == about
    assert amounts(result) == [7700]
    assert ending == "xls" or found(result) == about


def test_every_part_of_the_fixture_is_there() -> None:
    assert {"xl/comments1.xml", "docProps/custom.xml", "xl/sharedStrings.xml"} <= set(parts_of(everything()))
