"""Documents as pages: tagged PDF/UA-1 with one typeface, every figure, and designations where names stand."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from functools import lru_cache

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from portfolio.storage.engine import Database
from portfolio.summaries.content import (
    Chart,
    Column,
    Columns,
    Facts,
    KeyFigure,
    KeyFigures,
    Link,
    Missing,
    Row,
    Section,
    Summary,
    Table,
)
from portfolio.summaries.paper_cells import cell_text
from portfolio.summaries.pdf import page_images, render_pdf
from portfolio.summaries.pdf_texts import breakable, drawable, lines_of, width_of
from portfolio.summaries.pdf_widths import set_columns
from portfolio.summaries.renderers import FORMATS
from tests.workbooks.summary_files import MAKING, content

KOSOVO = "Kosovo*: This designation is without prejudice to positions on status."
PALESTINE = "Palestine*: This designation shall not be construed as recognition."
MARKUP = '#panic("x") *bold* $x^2$ \\ @ref = heading `code` <label> // c /* d */ ~ -- [link](x)'
SCRIPTS = "مشروع الأمن עברית ქართული Հայերեն Ελλάδα Київ"
NAME = "x" * 300
ADDRESS = f"https://example.org/{'a' * 120}/b?c=d"
BANNER = "Demonstration portfolio: fictional"


def section(key: str, *blocks: object, **texts: tuple[str, ...]) -> Section:
    """A chapter under its key as title."""
    return Section(key, f"Chapter {key}", blocks, **texts)  # type: ignore[arg-type]


def summary(*pages: Section, **fields: object) -> Summary:
    """A document that has nothing but chapters."""
    plain = Summary(
        title="Partner brief: Ukraine", subject="Ukraine", stem="x", as_of=dt.date(2026, 11, 23), revision=7,
        portfolio="demo", filters="Partner: Ukraine", banner=BANNER, sections=(), pages=pages,
        checksum="abc123",
    )  # fmt: skip
    return replace(plain, **fields)  # type: ignore[arg-type]


def rows_of(count: int, text: str) -> Table:
    """A long table of one text in its first column."""
    columns = (Column("name", "Name"), Column("number", "Number", "count"))
    return Table("long", columns, tuple(Row((text, number)) for number in range(count)))


LINES = rows_of(90, "Line")


@lru_cache
def reader(made: Summary) -> PdfReader:
    """The document, opened by other software."""
    return PdfReader(io.BytesIO(render_pdf(made, MAKING)))


@lru_cache
def texts(made: Summary) -> list[str]:
    """The text of each page on one line, without places to break."""
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader(made).pages]


def squeezed(text: str) -> str:
    """A text without its spaces, which lines on a page lose."""
    return re.sub(r"\s", "", text)


def fonts(document: PdfReader) -> dict[str, bool]:
    """The typefaces of a document, and whether each is inside it."""
    found: dict[str, bool] = {}
    for page in document.pages:
        resources = page["/Resources"].get_object()
        for font in resources.get("/Font", {}).values():  # type: ignore[union-attr]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            name = str(inner["/BaseFont"]).split("+")[-1]
            found[name] = "/FontFile2" in inner["/FontDescriptor"].get_object()
    return found


def tags(document: PdfReader) -> set[str]:
    """Every kind of tag in the structure of a document."""
    found: set[str] = set()
    waiting: list[object] = [document.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, DictionaryObject):
            found |= {str(node["/S"])} if "/S" in node else set()
            waiting += [node["/K"]] if "/K" in node else []
    return found


@pytest.fixture(scope="module")
def everything() -> Summary:
    """Every kind of block, with texts that would be markup, foreign scripts and words without an end."""
    figures = KeyFigures(
        (
            (
                "Money",
                (
                    KeyFigure("paid", "Paid", 123_456_700, "money", "EUR", "2 of 3 projects", 1, 100),
                    KeyFigure("left", "Left", Missing.UNKNOWN, "money", "EUR", "0 of 3 projects", 2),
                    KeyFigure("late", NAME, -41, "days", "days", "every milestone", 3),
                ),
            ),
        )
    )
    columns = (
        Column("name", "Project"), Column("money", "Total budget (EUR)", "money"),
        Column("page", "Source", "link"), Column("colour", "Overall", "colour"),
    )  # fmt: skip
    rows = (
        Row((SCRIPTS, -123_456_789_00, Link(ADDRESS, ADDRESS), "Red")),
        Row((NAME, Missing.UNKNOWN, Link("javascript:alert(1)", "harmless"), "Not known")),
        Row(("Together", -123_456_789_00, Missing.NOT_APPLICABLE, None), sums=(0, 1)),
    )
    return summary(
        section("a", figures, Facts((("What", MARKUP), ("", SCRIPTS)), "This document"), intro=(MARKUP,)),
        section("b", Table("t", columns, rows, "Projects"), LINES, remarks=("漢字 \u0007 stay",)),
        section(
            "c",
            Chart("c", "Bars", "money", (("One", 100), ("Two", 300)), "Two is the largest with EUR 3."),
            Columns("y", "Years", "money", ("2025",), (("Paid", (5,)),), "Five were paid in 2025."),
            Table("none", columns, (), if_empty="No project is on record."),
        ),
        section("d", rows_of(40, "More")),
        title=f"Partner brief: {MARKUP}", knowledge="as known on 1 May 2026",
        compared_with=dt.date(2026, 1, 1),
    )  # fmt: skip


def test_document_is_tagged_named_and_set_in_one_typeface(everything: Summary) -> None:
    document = reader(everything)
    root, said = document.trailer["/Root"], document.metadata
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert said is not None and (said.title, said.author) == (everything.title, "a tester")
    assert said["/Keywords"] == f"revision 7, data as at 2026-11-23, checksum abc123, {BANNER}"
    assert fonts(document) == {"DejaVuSans": True, "DejaVuSans-Bold": True}
    wanted = {"/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TD", "/Caption", "/Figure", "/Link", "/TOC"}
    assert wanted <= tags(document)
    chapters = [entry["/Title"] for entry in document.outline if not isinstance(entry, list)]
    assert chapters == [f"Chapter {key}" for key in "abcd"]


def test_every_text_is_printed_as_it_is(everything: Summary) -> None:
    pages = texts(everything)
    text, run_on = " ".join(pages), squeezed("".join(pages))
    assert text.count(MARKUP) >= 3 and len(re.findall(r"\bLine\b", text)) == 90
    for said in ("EUR 1,234,567", "1 January 2026: EUR 1", "-41 days", "not known", "-123,456,789"):
        assert said in text
    for said in ("◆ R Red", "○ Not known", "not applicable", "No project is on record.", "□□ □ stay"):
        assert said in text
    for script in ("ქართული", "Հայերեն", "Ελλάδα", "Київ"):
        assert script in text
    assert run_on.count(NAME) >= 2 and ADDRESS in run_on
    assert "Two" in text and "known for 2 of 3 projects" in text


def test_every_page_says_what_it_belongs_to(everything: Summary) -> None:
    pages = texts(everything)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "Data as at 23 November 2026 · revision 7 · checksum abc123 · as known on 1 May 2026" in page
        assert f"page {number} of {len(pages)}" in page and BANNER in page
        assert "Partner brief: #panic" in page
        assert ("Name Number" in page) == ("Line" in page or "More" in page)


def test_links_lead_to_plain_addresses_alone(everything: Summary) -> None:
    found = [note.get_object() for page in reader(everything).pages for note in page.get("/Annots", []) or []]
    addresses = [note["/A"]["/URI"] for note in found if "/URI" in note.get("/A", {})]
    assert set(addresses) == {ADDRESS}
    assert all(note.get("/Contents") for note in found if "/URI" in note.get("/A", {}))


def test_same_summary_and_making_give_the_same_bytes(everything: Summary) -> None:
    assert render_pdf(everything, MAKING) == render_pdf(everything, MAKING)
    later = replace(MAKING, at=MAKING.at + dt.timedelta(minutes=1))
    assert render_pdf(everything, later) != render_pdf(everything, MAKING)


def test_pictures_are_of_the_same_pages(everything: Summary) -> None:
    images = page_images(everything, MAKING, ppi=20)
    assert len(images) == len(texts(everything))
    assert all(image.startswith(b"\x89PNG") for image in images)
    assert len(page_images(summary(section("a")), MAKING, ppi=20)) == 1


def test_page_with_a_name_carries_its_designation() -> None:
    named = section("a", rows_of(120, "In Kosovo*"), footnotes=(KOSOVO,))
    headed = Table("t", (Column("a", "In Palestine*"),), tuple(Row((f"Row {at}",)) for at in range(80)))
    made = summary(named, section("b", headed, footnotes=(PALESTINE,)), section("c", rows_of(60, "Nothing")))
    met = {"Kosovo*": 0, "Palestine*": 0}
    for page in texts(made):
        for name, words in (("Kosovo*", KOSOVO), ("Palestine*", PALESTINE)):
            assert page.count(words) == (1 if page.replace(words, "").count(name) else 0)
            met[name] += words in page
    assert met["Kosovo*"] > 2 and met["Palestine*"] > 1
    assert "/Note" in tags(reader(made)) or "/FENote" in tags(reader(made))


def test_designation_of_a_name_in_a_title_a_quotation_or_a_picture_is_on_its_page() -> None:
    quoted = section("a", Facts((("Title", "Report on Palestinian courts"),)), footnotes=(PALESTINE,))
    drawn = Chart("c", "Bars", "count", (("Kosovo*", 3),), "Kosovo* has 3.")
    (page,) = texts(summary(quoted, section("b", drawn, footnotes=(KOSOVO,))))
    assert page.count(PALESTINE) == 1 and page.count(KOSOVO) == 1
    titled = summary(section("a", rows_of(90, "x"), footnotes=(KOSOVO,)), title="Partner brief: Kosovo*")
    assert [text.count(KOSOVO) for text in texts(titled)] == [1] * len(texts(titled))
    assert len(texts(titled)) > 1


def test_map_that_does_not_show_kosovo_carries_the_designation_of_its_credit(demo: Database) -> None:
    pages = texts(content(demo, "region", "southern-neighbourhood"))
    (drawn,) = [page for page in pages if "line between Kosovo* and Serbia" in page]
    assert drawn.count("Kosovo*: This designation") == 1


def test_pages_are_set_more_densely_to_keep_to_a_number() -> None:
    long = summary(section("a", rows_of(58, "Line")))
    assert len(texts(long)) == 2
    assert len(texts(replace(long, most_pages=1))) == 1
    assert len(texts(replace(summary(section("a", rows_of(300, "Line"))), most_pages=1))) > 1


def test_fault_against_the_standard_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.summaries.pdf_texts.drawable", lambda text: text)
    with pytest.raises(typst.TypstError, match="PDF/UA-1"):
        render_pdf(summary(section("a", intro=("漢字",))), MAKING)


def test_numbers_stay_whole_and_words_break_where_nothing_else_helps() -> None:
    kinds = ("text", "money", "money")
    setting = set_columns(
        ("Name", "Amount (EUR)", "Other (EUR)"), kinds, [(NAME, "123,456,789", "not known")], 80
    )  # fmt: skip
    assert setting.widths[1] > width_of("123,456,789", bold=True)
    assert sum(setting.widths) == pytest.approx(80 / (setting.points * 25.4 / 72))
    many = set_columns(["Contribution"] * 8, ["money"] * 8, [["123,456,789"] * 8], 170)
    assert many.points < 8 and min(many.widths) > width_of("123,456,789", bold=True)
    assert breakable("short words", 3) == "short words"
    assert max(map(width_of, breakable(NAME, 9).split("\u200b"))) < 9
    assert breakable("https://example.org/abc", 9).split("\u200b")[0] == "https:"
    assert lines_of(NAME, width_of("x" * 100)) >= 3 and lines_of("a b", 9) == 1


def test_letters_without_a_picture_become_squares_and_marks_of_direction_go() -> None:
    assert drawable("a 漢\u202eb\u00adc\x00\r\nd  e") == "a □bc□\nd e"
    assert drawable(SCRIPTS) == SCRIPTS


@pytest.mark.parametrize(("kind", "scope"), [("partner", "XKX"), ("region", "southern-neighbourhood")])
def test_every_figure_of_a_document_is_on_its_pages(demo: Database, kind: str, scope: str) -> None:
    made = content(demo, kind, scope)  # type: ignore[arg-type]
    text = squeezed("".join(texts(made)))
    amounts = 0
    for block in (block for chapter in made.pages for block in chapter.blocks):
        if isinstance(block, KeyFigures):
            for figure in (figure for _, members in block.groups for figure in members):
                assert squeezed(figure.label) in text
                assert squeezed(cell_text(figure.value, figure.kind)) in text
        elif isinstance(block, Table):
            for row in block.rows:
                for cell, column in zip(row.cells, block.columns, strict=True):
                    assert squeezed(cell_text(cell, column.kind)) in text, (block.key, cell)
                    amounts += column.kind == "money"
    assert amounts > 5


@pytest.mark.parametrize("name", ["empty", "reference"])
def test_document_of_nothing_holds(copied: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.workbooks.summary_files.AS_OF", dt.date(2005, 1, 1))
    made = content(copied(name), "portfolio")  # type: ignore[operator]
    assert f"page 1 of {len(texts(made))}" in texts(made)[0]
    assert FORMATS["pdf"].media_type == "application/pdf"
