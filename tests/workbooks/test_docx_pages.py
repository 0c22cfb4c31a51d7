"""Word documents: real headings, tables, captions, contents and footnotes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from portfolio.summaries.covers import Making
from portfolio.summaries.docx import render_docx
from portfolio.summaries.paper_widths import column_widths
from portfolio.summaries.safe_texts import clean_text
from tests.workbooks import word_files as words
from tests.workbooks.summary_files import MAKING
from tests.workbooks.word_files import W, cells, opened, part, text_of

STAMP = "Data as at 23 November 2026 · revision 7 · as known on 1 November 2026"


@pytest.fixture(scope="module")
def made() -> bytes:
    """A document with every kind of block."""
    return render_docx(words.everything(banner="Demonstration portfolio: fictional"), MAKING)


def test_headings_and_contents_agree(made: bytes) -> None:
    document = opened(made)
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["At a glance", words.RIGHT_TO_LEFT, "Nothing", "About"]
    entries = [each for each in document.paragraphs if each.style.name.lower() == "toc 1"]
    assert [each.text for each in entries] == headings
    marks = {
        each.get(f"{W}name"): text_of(each.getparent()) for each in document.element.iter(f"{W}bookmarkStart")
    }
    links = [link.get(f"{W}anchor") for each in entries for link in each._element.iter(f"{W}hyperlink")]
    assert [marks[link] for link in links] == headings
    fields = [each.text.strip() for each in document.element.iter(f"{W}instrText")]
    assert fields[0] == 'TOC \\o "1-2" \\h \\n \\z \\u'
    kinds = [each.get(f"{W}fldCharType") for each in document.element.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * len(fields)


def test_short_documents_have_no_contents() -> None:
    document = opened(render_docx(words.everything(title="Partner brief: Ukraine"), MAKING))
    assert not [each for each in document.paragraphs if each.style.name.lower().startswith("toc")]
    assert document.paragraphs[0].text == "Partner brief: Ukraine"


def test_captions_are_numbered_by_fields(made: bytes) -> None:
    document = opened(made)
    captions = [each for each in document.paragraphs if each.style.name == "Caption"]
    assert [each.text for each in captions] == [
        "Figure 1. Budget by partner (EUR)", "Table 1. Projects of the partner", "Figure 2. Budget (EUR)",
        "Table 2. This document",
    ]  # fmt: skip
    fields = [each.text.strip() for one in captions for each in one._element.iter(f"{W}instrText")]
    assert [field.split()[:2] for field in fields] == [["SEQ", one.text.split()[0]] for one in captions]


def test_tables_are_real_and_hold_together(made: bytes) -> None:
    table = opened(made).tables[1]
    assert table.style.name == "Summary Table"
    assert cells(made, 1)[0] == ["Project", "Total budget (EUR)", "Payment rate", "Overall", "Source"]
    rows = table._tbl.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 4
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    numbers = {table.cell(row, 1).paragraphs[0].style.name for row in range(1, 5)}
    assert numbers == {"Table Number"}
    # A total is not left alone on a page.
    assert table.cell(3, 0).paragraphs[0]._p.find(f"{W}pPr/{W}keepNext") is not None
    assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == "Projects of the partner"


def test_values_are_written_as_on_screen(made: bytes) -> None:
    assert [row[1:4] for row in cells(made, 1)[1:]] == [
        ["1,234,568", "12.5 %", "◆\xa0R Red"],
        ["-5", "not applicable", "○\xa0Not known"],
        ["not known", "not known", "●\xa0G Green"],
        ["1,234,563", "", ""],
    ]
    figures = cells(made, 0)
    # Without the definitions a number of a note would lead nowhere.
    assert figures[0] == ["Figure", "Value", "Unit", "Known for"]
    assert figures[1:] == [
        ["Money"], ["Total budget", "20,511,390", "EUR", "8 of 10 projects"],
        ["of which paid", "not known", "EUR", "0 of 10 projects"],
    ]  # fmt: skip


def test_earlier_values_and_notes_have_columns_of_their_own() -> None:
    heading, (total, paid) = words.FIGURES.groups[0]
    earlier = dataclasses.replace(total, before=19_000_000_00)
    figures = words.KeyFigures(((heading, (earlier, paid)),))
    definitions = words.Table("definitions", words.TABLE.columns, words.TABLE.rows)
    tree = words.summary(words.section("a", "A", figures), words.section("b", "B", definitions))
    tree = dataclasses.replace(tree, compared_with=dt.date(2026, 5, 1))
    content = render_docx(tree, MAKING)
    assert " · compared with 1 May 2026 · " in opened(content).paragraphs[2].text
    found = cells(content, 0)
    assert found[0] == ["Figure", "Value", "On 1 May 2026", "Unit", "Known for", "Note"]
    assert found[2][1:3] == ["20,511,390", "19,000,000"]
    assert found[3][2] == ""


def test_designations_are_footnotes_once_and_stand_at_the_foot_of_every_page(made: bytes) -> None:
    notes = part(made, "word/footnotes.xml").findall(f"{W}footnote")
    assert [text_of(note) for note in notes if not note.get(f"{W}type")] == list(words.DESIGNATIONS)
    body = part(made, "word/document.xml").find(f"{W}body")
    marks = list(body.iter(f"{W}footnoteReference"))
    assert [mark.getnext().text for mark in marks] == ["*", "*"]
    first = next(
        each for each in body.iter(f"{W}p") if next(each.iter(f"{W}footnoteReference"), None) is not None
    )
    assert text_of(first) == "Kosovo* first, and Kosovo* again."
    # Each later section leads back to the footnotes.
    back = [each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")
            if str(each.get(f"{W}anchor")).startswith("_Designation")]  # fmt: skip
    assert back == ["_Designation1"]
    page = opened(made).sections[0]
    for foot in (page.footer, page.first_page_footer):
        said = [each.text for each in foot.paragraphs]
        assert said[:2] == list(words.DESIGNATIONS)
        assert said[2].endswith("revision 7 · as known on 1 November 2026 · checksum 0123456789abcdef")
        assert said[2].startswith("Page 1 of 1 · Data as at 23 November 2026")
    assert [each.text for each in page.header.paragraphs] == [
        "Demonstration portfolio: fictional", "Portfolio report",
    ]  # fmt: skip
    assert [each.text for each in page.first_page_header.paragraphs] == ["Demonstration portfolio: fictional"]


def test_title_that_names_a_partner_carries_the_footnote_on_its_page() -> None:
    page = opened(render_docx(words.everything(title="Partner brief: Kosovo*"), MAKING)).sections[0]
    kosovo, palestine = words.DESIGNATIONS
    assert [each.text for each in page.first_page_footer.paragraphs][:-1] == [palestine]
    assert [each.text for each in page.footer.paragraphs][:-1] == [kosovo, palestine]


def test_project_sheet_says_a_designation_once_on_its_one_page() -> None:
    page = opened(render_docx(words.everything(title="Project sheet: x"), MAKING)).sections[0]
    assert len(page.first_page_footer.paragraphs) == 1
    assert [each.text for each in page.footer.paragraphs][:-1] == list(words.DESIGNATIONS)


def test_pictures_have_descriptions_captions_and_what_they_leave_out(made: bytes) -> None:
    document = opened(made)
    described = [each.get("descr") for each in document.element.iter() if each.tag.endswith("}docPr")]
    # The disclaimer stands inside the map; who cannot see it hears it.
    assert described == [words.CHART.alt, f"{words.MAP.alt} {words.DISCLAIMER}"]
    with zipfile.ZipFile(BytesIO(made)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert [archive.read(name)[:4] for name in pictures] == [b"\x89PNG"] * 2
    texts = [each.text for each in document.paragraphs]
    assert texts[texts.index("Figure 1. Budget by partner (EUR)") + 1] == "Not known for Albania."
    assert "Figure 2. Budget (EUR)" in texts and words.DISCLAIMER not in texts


def test_texts_stay_texts(made: bytes) -> None:
    tree = part(made, "word/document.xml")
    fields = {each.text.split()[0] for each in tree.iter(f"{W}instrText")}
    assert fields == {"TOC", "SEQ"}
    assert cells(made, 1)[1][0] == clean_text(words.EVIL)
    assert "\x00" not in clean_text(words.EVIL)
    assert cells(made, 1)[3][0] == words.LONG_NAME
    relations = part(made, "word/_rels/document.xml.rels")
    outside = [each.get("Target") for each in relations if each.get("TargetMode") == "External"]
    assert outside == ["https://x.example/a", "https://x.example/b"]
    assert cells(made, 1)[2][4] == "javascript:alert(1)"
    assert "No project is on record." in [each.text for each in opened(made).paragraphs]


def test_right_to_left_texts_are_marked(made: bytes) -> None:
    runs = [
        run for run in part(made, "word/document.xml").iter(f"{W}r") if words.RIGHT_TO_LEFT in text_of(run)
    ]
    turned = [run for run in runs if run.find(f"{W}rPr/{W}rtl") is not None]
    # In the contents, as a heading and in a cell.
    assert len(turned) == len(runs) == 3
    cell = opened(made).tables[1].cell(2, 0).paragraphs[0]
    assert cell._p.find(f"{W}pPr/{W}bidi") is not None


def test_properties_identify_the_document(made: bytes) -> None:
    properties = opened(made).core_properties
    assert (properties.title, properties.subject) == ("Portfolio report", "Whole portfolio")
    assert (properties.author, properties.language) == ("a tester", "en-GB")
    assert properties.keywords == "revision 7, data as at 2026-11-23, checksum 0123456789abcdef"
    assert properties.created == MAKING.at
    custom = part(made, "docProps/custom.xml")
    assert {each.get("name"): each[0].text for each in custom}["checksum"] == "0123456789abcdef"
    languages = {each.get(f"{W}val") for each in part(made, "word/styles.xml").iter(f"{W}lang")}
    assert languages == {"en-GB"}


def test_same_document_has_the_same_bytes_but_for_its_making(made: bytes) -> None:
    tree = words.everything(banner="Demonstration portfolio: fictional")
    assert render_docx(tree, MAKING) == made
    later = render_docx(tree, Making(MAKING.at + dt.timedelta(hours=1), "somebody else"))
    one, other = opened(made), opened(later)
    texts = [[each.text for each in document.paragraphs] for document in (one, other)]
    assert [pair for pair in zip(*texts, strict=True) if pair[0] != pair[1]] == [
        (
            f"{STAMP} · made 2026-11-23 09:30 UTC by a tester",
            f"{STAMP} · made 2026-11-23 10:30 UTC by somebody else",
        )
    ]


def test_empty_document_holds() -> None:
    document = opened(render_docx(words.summary(words.section("glance", "At a glance")), MAKING))
    assert [each.text for each in document.paragraphs if each.style.name == "Heading 1"] == ["At a glance"]


def test_columns_share_the_width_by_what_stands_in_them() -> None:
    heads, numbers = ("Project", "Budget (EUR)", "Why"), (False, True, False)
    widths = column_widths(heads, [("Short", "1,234,567", "A long reason " * 30)], numbers, 170.0)
    assert sum(widths) == pytest.approx(170.0)
    assert widths[2] > 2 * widths[0]
    assert widths[1] >= 1.57 * len("1234567")
    crowded = column_widths(("A" * 30,) * 9, [("word",) * 9], (False,) * 9, 170.0)
    assert sum(crowded) == pytest.approx(170.0)
    bare = column_widths(heads, [("Short", "1", "Why not")], numbers, 170.0)
    assert sum(bare) == pytest.approx(170.0)
    assert bare[1] < min(bare[0], bare[2])


@pytest.mark.office
def test_libreoffice_prints_odd_documents_whole(tmp_path: Path, made: bytes) -> None:
    assert shutil.which("soffice")
    brief = render_docx(words.everything(title="Partner brief: Kosovo*"), MAKING)
    empty = render_docx(words.summary(words.section("glance", "At a glance")), MAKING)
    pages = words.printed({"made": made, "brief": brief, "empty": empty}, tmp_path)
    for name, count in (("made", len(pages["made"])), ("brief", len(pages["brief"])), ("empty", 1)):
        for number, page in enumerate(pages[name], 1):
            said = " ".join(page.split())
            assert f"Page {number} of {count} ·" in said, name
            for line in words.DESIGNATIONS:
                assert line in said, (name, number, line)
    whole = "".join("".join(pages["made"]).split())
    assert re.sub(r"\s", "", words.LONG_NAME) in whole
    assert "javascript:alert(1)" in whole
