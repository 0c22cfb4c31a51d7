"""The project sheet: one page, its figures those of the sheets, and nothing unknown told as known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.summaries.content import Facts, Missing, Section, Summary
from tests.workbooks.page_files import (
    both_portfolios,
    by_column,
    is_cut_of,
    page_table,
    page_text,
    pages_of_pdf,
    sheet_table,
    subject_of,
    tree_of,
    with_projects,
)
from tests.workbooks.summary_files import AS_OF

Sheets = dict[tuple[str, str], Summary]
# What the page calls an amount, its column on the sheet Money, and the rate beside it.
LADDER = {
    "Total budget": ("total_budget", None),
    "EU contribution": ("eu_contribution", None),
    "Contracted EU contribution": ("contracted", None),
    "Paid": ("paid", "payment_rate"),
    "Contracted total cost": ("contracted_total", None),
    "Incurred": ("incurred", "absorption"),
}
# Of the real portfolio those with the longest texts and most sources; every document is made elsewhere.
REAL = ("cybersouth", "cybersouth-plus", "euromed-police-iv", "jordan-psd-twinning-2025", "cybersee")
NAMES = {"long": "W" * 300, "words": "long name " * 30, "formula": "=cmd|' /C calc'!A0", "rtl": "مشروع الأمن"}


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Database]]:
    """Both portfolios, as they are loaded."""
    yield from both_portfolios(tmp_path_factory.mktemp("project-sheets"))


@pytest.fixture(scope="module")
def sheets(databases: dict[str, Database]) -> Sheets:
    """The sheet of every project of the demonstration, and of some of the real portfolio."""
    return {
        (name, project.key): tree_of(subject_of(database, "project", project.key))
        for name, database in databases.items()
        for project in load_view(database, LOCAL_PERSON, as_of=AS_OF).projects
        if name == "demo" or project.key in REAL
    }


def chapter(sheet: Summary, key: str) -> Section:
    """One chapter of a sheet."""
    return next(section for section in sheet.pages if section.key == key)


def facts(sheet: Summary) -> dict[str, str]:
    """The facts at the head of a sheet."""
    return dict(next(block for block in chapter(sheet, "sheet").blocks if isinstance(block, Facts)).rows)


def test_sheet_of_a_project_takes_one_page(sheets: Sheets) -> None:
    assert len(sheets) == 25
    counts = {key: pages_of_pdf(sheet) for key, sheet in sheets.items()}
    assert {key: count for key, count in counts.items() if count != 1} == {}


def test_sheet_money_is_that_of_the_sheets(sheets: Sheets) -> None:
    rates = 0
    for sheet in sheets.values():
        money = next(by_column(sheet_table(sheet, "money")))
        table = page_table(sheet, "ladder")
        assert table is not None
        shown = {str(row["amount"]): row for row in by_column(table)}
        assert list(shown) == [name for name, (key, _) in LADDER.items() if key in money]
        for name, row in shown.items():
            key, rate = LADDER[name]
            assert row["eur"] == money[key]
            if rate is not None:
                assert row["rate"] == next(by_column(sheet_table(sheet, "rates")))[rate]
                rates += isinstance(row["rate"], float)
        missing = [name for name, (key, _) in LADDER.items() if key not in money]
        assert not missing or "Not known: " in chapter(sheet, "money").remarks[0]
    assert rates > 20


def test_sheet_rows_are_cells_of_the_sheets(sheets: Sheets) -> None:
    compared = 0
    for sheet in sheets.values():
        for key in ("indicators", "risks", "health"):
            shown = page_table(sheet, key)
            whole = list(by_column(sheet_table(sheet, key))) if shown is not None else []
            for row in by_column(shown) if shown else ():
                assert any(all(is_cut_of(cell, of[name]) for name, cell in row.items()) for of in whole), row
                compared += 1
    assert compared > 60


def test_sheet_gives_each_bad_dimension_its_sentence_and_names_the_others(sheets: Sheets) -> None:
    red = 0
    for sheet in sheets.values():
        rows = [row for row in by_column(sheet_table(sheet, "health")) if row["dimension"] != "Overall"]
        bad = {str(row["dimension"]) for row in rows if row["colour"] in ("Red", "Amber")}
        table, section = page_table(sheet, "health"), chapter(sheet, "health")
        assert {str(row["dimension"]) for row in by_column(table)} == bad if table else not bad
        said = " ".join((*section.intro, *section.remarks))
        for row in rows if bad else ():
            if row["colour"] not in ("Red", "Amber"):
                assert str(row["dimension"]).lower() in said
        red += len(bad)
    assert red > 15


def test_sheet_tells_an_extension_with_its_slip(sheets: Sheets) -> None:
    dates = facts(sheets["demo", "rain-willow"])["Dates"]
    assert dates == (
        "16 January 2023 to 30 June 2027, originally 15 January 2025 (+896 days); extended by 2 amendments. "
        "Status: ongoing."
    )
    # Of an end that is published without its day no slip is told.
    assert "days" not in facts(sheets["reference", "cybersouth"])["Dates"]


def test_sheet_tells_the_milestones_reached_and_what_comes_next(sheets: Sheets) -> None:
    said = chapter(sheets["demo", "hail-maple"], "milestones").intro[0]
    assert "3 of 7 milestones reached, the last: Laboratory building handed over" in said
    assert "Next: Financial report" in said
    table = page_table(sheets["demo", "hail-maple"], "agenda")
    assert table is not None and table.rows[0].cells[2] == "contractual milestone, 108 days late"


def test_sheet_of_a_project_of_which_nothing_is_known_says_so(sheets: Sheets) -> None:
    sheet = sheets["demo", "cloud-yew"]
    assert facts(sheet)["Implementers"] == "not stated"
    assert facts(sheet)["Partners"] == "no list of partners is published"
    assert facts(sheet)["Dates"].startswith("Start and end not stated.")
    assert "Nobody has described it." in chapter(sheet, "sheet").intro
    assert chapter(sheet, "results").intro == ("No indicator is on record.",)
    assert "does not mean that there is none" in chapter(sheet, "risks").intro[0]
    table = page_table(sheet, "ladder")
    assert table is not None and table.rows[0].cells[1] is Missing.UNKNOWN
    assert " 0 " not in page_text(sheet).replace("never 0", "")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_sheet_holds_with_any_name_and_title(databases: dict[str, Database], name: str) -> None:
    subject = with_projects(
        subject_of(databases["demo"], "project", "hail-maple"),
        lambda project: replace(
            project, acronym=name, title=name, summary=name * 3, responsible_officer=name,
            roles=tuple(replace(role, name=name) for role in project.roles),
        ),
    )  # fmt: skip
    sheet = tree_of(subject)
    assert all(len(text) <= 300 for text in facts(sheet).values())
    assert pages_of_pdf(sheet) == 1
