"""What is read of a workbook, whoever wrote it and in whichever format: three readers see the same."""

from __future__ import annotations

import io
from collections.abc import Callable

import msoffcrypto.format.ooxml
import pytest

from portfolio.errors import UsageProblem
from portfolio.progress_reports.files import reading
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.reading import read_workbook
from portfolio.storage.engine import Database
from tests.workbooks.reader_files import (
    LIMITS,
    amounts,
    anything,
    codes,
    everything,
    formulas,
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


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
def test_whatever_a_sheet_holds_is_read_as_openpyxl_reads_it() -> None:
    for seed in range(12):
        content = anything(seed)
        first = values(read_by_us(content))
        assert values_by_openpyxl(content) == first
        assert len(first["Any"]) > 50


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
    """Dates as ISO text, booleans in words, a function that only Google knows with the result it gave."""
    google = b'<f>IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(1)"),12)</f><v>12</v>'
    date = b'<c r="A2" t="d"><v>2026-01-05</v></c>'
    row = b'<row r="2" hidden="false">' + date + b'<c r="B2">' + google + b"</c></row>"

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


def test_a_reader_that_is_gone_is_no_fault_of_the_file(
    reference: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = issue(reference, "cybersouth-plus")
    assert isinstance(read_workbook(content, default_limits()), RawBook)
    monkeypatch.setattr(reading, "_PROGRAM", "portfolio.progress_reports.no_such_reader")
    with pytest.raises(UsageProblem, match="the tracker was updated while it ran"):
        read_workbook(content, default_limits())


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
        == f"Sheet Money: notes or comments attached to cells were not read: 2 ({travel}, {other})."
    )


def test_a_workbook_locked_with_a_password_is_named() -> None:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(everything())).encrypt("secret", target)
    assert codes(target.getvalue()) == ["FILE_ENCRYPTED"]
