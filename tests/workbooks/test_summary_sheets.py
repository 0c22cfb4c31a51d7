"""Every sheet of a summary can be printed, read alone and traced to what it was made from."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from portfolio.partners import designation_text, designations, regions
from portfolio.storage.engine import Database
from portfolio.summaries.content import Section, Table, block_texts
from portfolio.summaries.documents import Document, document_of
from portfolio.summaries.xlsx import render_xlsx
from tests.workbooks.summary_files import (
    MAKING,
    cells,
    content,
    document,
    header_row,
    opened,
    table,
    texts,
    view,
)

Copied = Callable[[str], Database]
REAL_AND_DEMO = pytest.mark.parametrize("name", ["reference", "demo"])
SHEETS = [
    "Cover", "Key figures", "Attention", "Health", "Projects", "Money", "Partners", "Focus", "Milestones"
]  # fmt: skip
LAST = ["Charts", "What is not known", "Evidence", "Sources", "Data", "Notes", "Metadata"]
SOMETIMES = ("Regions", "Rates and forecasts", "Years")
BARE = re.compile(r"\b(Kosovo|Palestine)(?!\*)")


def part(made: Document, pattern: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name)]


@pytest.mark.parametrize(
    ("name", "kind", "scope_id"),
    [
        ("reference", "region", "western-balkans"),
        ("reference", "partner", "PSE"),
        ("demo", "project", "rain-willow"),
        ("demo", "portfolio", ""),
        ("empty", "portfolio", ""),
        ("empty", "region", "southern-neighbourhood"),
        ("empty", "partner", "XKX"),
    ],
)
def test_every_sheet_is_set_up_for_print(copied: Copied, name: str, kind: str, scope_id: str) -> None:
    made = document(copied(name), kind, scope_id)  # type: ignore[arg-type]
    book = opened(made)
    titles = [title for title in book.sheetnames if title not in SOMETIMES]
    assert titles[: len(SHEETS)] == SHEETS
    assert titles[-len(LAST) :] == LAST
    assert ("Regions" in book.sheetnames) == (kind == "portfolio")
    assert book.active is book.worksheets[0]
    for sheet in book.worksheets:
        page = sheet.page_setup
        assert (page.orientation, int(page.paperSize)) == ("landscape", 9), sheet.title
        assert (page.fitToWidth, page.fitToHeight) == (1, 0) or page.fitToHeight == 0, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert header_row(sheet) >= 1
        assert sheet.print_area, sheet.title
        assert "Page &P of &N" in sheet.oddFooter.center.text + str(sheet.oddFooter), sheet.title
        assert "23 November 2026" in sheet.oddFooter.right.text, sheet.title
        assert sheet["A1"].value == sheet.parent.properties.title


def test_tables_keep_their_header_and_first_column_in_view(copied: Copied) -> None:
    book = opened(document(copied("reference"), "portfolio"))
    for title in ("Projects", "Money", "Partners", "Milestones", "Sources"):
        sheet = book[title]
        assert sheet.freeze_panes == f"B{header_row(sheet) + 1}", title
        assert sheet.auto_filter.ref.startswith(f"A{header_row(sheet)}:"), title


def test_file_says_what_it_was_made_from(copied: Copied) -> None:
    database = copied("reference")
    made = document(database, "region", "western-balkans")
    assert made.name == "summary-western-balkans-2026-11-23-r1.xlsx"
    book = opened(made)
    custom = {item.name: item.value for item in book.custom_doc_props.props}
    assert custom["revision"] == "1"
    assert custom["as_of"] == "2026-11-23"
    assert "Western Balkans" in custom["filters"]
    assert book.properties.title == "Regional summary: Western Balkans"
    cover = "\n".join(texts(book["Cover"]))
    chosen = {row["Project"] for row in table(book["Projects"])[:-1]}
    for project in view(database).everything:
        assert project.acronym in cover
    assert f"{len(chosen)} of 26: " in cover
    assert f"{26 - len(chosen)}, outside the scope or the filter: " in cover
    assert "collection from public sources" in cover
    assert "UTC by local user" in cover


def test_demonstration_says_on_every_sheet_that_it_is_fictional(copied: Copied) -> None:
    made = document(copied("demo"), "portfolio")
    assert made.name.startswith("demo-summary-")
    for sheet in opened(made).worksheets:
        assert "Demonstration portfolio: fictional" in texts(sheet), sheet.title
        assert "fictional" in sheet.oddFooter.left.text, sheet.title
    for sheet in opened(document(copied("reference"), "portfolio")).worksheets:
        assert not any("fictional" in text for text in texts(sheet)), sheet.title


@REAL_AND_DEMO
def test_designations_stand_on_every_sheet_that_calls_for_them(copied: Copied, name: str) -> None:
    database = copied(name)
    called = 0
    scopes = [("region", region) for region in regions()] + [("partner", "XKX"), ("partner", "PSE")]
    for kind, scope_id in [*scopes, ("portfolio", "")]:
        for sheet in opened(document(database, kind, scope_id)).worksheets:  # type: ignore[arg-type]
            found = texts(sheet)
            joined = "\n".join(found)
            for word, subject in (("kosovo", "kosovo"), ("palestin", "palestine")):
                text = designation_text(subject)
                rest = joined.replace(text, "")
                if word in rest.casefold():
                    called += 1
                    assert any(text in line for line in found), (kind, scope_id, sheet.title)
    assert called > 30


@REAL_AND_DEMO
def test_our_own_texts_carry_the_asterisk(copied: Copied, name: str) -> None:
    database = copied(name)
    mentions = 0
    scopes = [("region", region) for region in regions()] + [("partner", "XKX"), ("partner", "PSE")]
    scopes += [("portfolio", ""), *(("project", project.key) for project in view(database).projects)]
    for kind, scope_id in scopes:
        summary = content(database, kind, scope_id)  # type: ignore[arg-type]
        for section in summary.sections:
            for text in own_texts(section):
                mentions += "Kosovo*" in text or "Palestine*" in text
                assert not BARE.search(text), (scope_id, section.key, text)
    assert mentions > 50
    assert BARE.search("Kosovo and others")


def own_texts(section: Section) -> list[str]:
    """The texts of a section but those that are quoted, and the designations themselves."""
    found = [section.title, *section.intro, *section.remarks]
    for block in section.blocks:
        if isinstance(block, Table):
            quoted = {at for at, column in enumerate(block.columns) if column.kind == "quote"}
            found += [
                cell for row in block.rows for at, cell in enumerate(row.cells)
                if isinstance(cell, str) and at not in quoted
            ]  # fmt: skip
        else:
            found += block_texts(block)
    official = [line.text for line in designations()]
    return [text for text in found if not any(line in text for line in official)]


def test_institution_profile_chooses_the_designations(copied: Copied) -> None:
    database = copied("demo")
    summary = content(database, "project", "rain-willow")
    notes = " ".join(text for block in summary.section("notes").blocks for text in block_texts(block))
    assert designation_text("kosovo", "coe") in notes
    assert designation_text("kosovo", "eu") not in notes


def test_charts_are_native_start_at_zero_and_have_alternative_texts(copied: Copied) -> None:
    made = document(copied("demo"), "portfolio")
    charts = part(made, r"xl/charts/chart\d+\.xml")
    assert len(charts) == 5
    for chart in charts:
        assert '<c:min val="0"/>' in chart
        assert "<c:f>Charts!$C$" in chart
        assert '<c:showVal val="1"/>' in chart
    (columns,) = (chart for chart in charts if '<c:barDir val="col"/>' in chart)
    assert columns.count("<c:ser>") == 2
    (drawing,) = part(made, r"xl/drawings/drawing\d+\.xml")
    alts = re.findall(r'descr="([^"]+)"', drawing)
    assert len(alts) == 6
    assert drawing.count("<xdr:pic>") == 1
    assert any("The largest is Republic of Moldova with EUR 8.5 million" in alt for alt in alts)


def test_two_portfolios_give_two_alternative_texts(copied: Copied) -> None:
    real, demo = (
        part(document(copied(name), "portfolio"), r"xl/drawings/drawing\d+\.xml")
        for name in ("reference", "demo")
    )
    assert set(re.findall(r'descr="([^"]+)"', real[0])).isdisjoint(re.findall(r'descr="([^"]+)"', demo[0]))


def test_made_again_it_holds_the_same_but_for_its_making(copied: Copied) -> None:
    database = copied("reference")
    summary = content(database, "region", "southern-neighbourhood")
    assert summary == content(database, "region", "southern-neighbourhood")
    later = replace(MAKING, at=MAKING.at + dt.timedelta(days=40))
    first = document_of(summary, "a", "", render_xlsx(summary, MAKING))
    again = document_of(summary, "b", "", render_xlsx(summary, later))
    assert first.content != again.content
    assert [cell.value for _, cell in cells(opened(first))] == [
        cell.value for _, cell in cells(opened(again))
    ]


def test_sheets_lead_to_the_sources(copied: Copied) -> None:
    database = copied("reference")
    book = opened(document(database, "project", "cybersouth-plus"))
    listed = {row["Source"]: row["Address"] for row in table(book["Sources"])}
    sheet = book["Milestones"]
    column = next(cell.column for cell in sheet[header_row(sheet)] if cell.value == "Source")
    first = sheet.cell(header_row(sheet) + 1, column)
    assert first.value in listed
    assert first.hyperlink.target == listed[first.value]
    evidence = [row for row in table(book["Evidence"]) if row["Field"] == "Total budget"]
    assert [row["As the source states it"] for row in evidence] == ["EUR 3.89 million", "EUR 3.9 million"]
    assert evidence[1]["Basis"] == "other value: sources disagree"


def test_context_entries_stand_apart_from_milestones(copied: Copied) -> None:
    database = copied("reference")
    sheet = opened(document(database, "portfolio"))["Milestones"]
    counted = table(sheet)
    first = [value for (value,) in sheet.iter_rows(max_col=1, values_only=True)]
    names = {project.acronym for project in view(database).everything}
    context = [value for value in first[first.index("Context entries, not counted") :] if value in names]
    assert (len(counted), len(context)) == (122, 16)
    assert {row["Late (days)"] for row in counted} == {"[z]"}
