"""The partner brief: every figure is one of its sheets, two pages hold it, and what is cut off is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from portfolio.indicators import CONTEXT_SENTENCE
from portfolio.partners import OUTSIDE, partners
from portfolio.storage.engine import Database
from portfolio.summaries.content import Missing, Summary
from tests.workbooks.page_files import (
    both_portfolios,
    by_column,
    figures_of,
    is_cut_of,
    page_table,
    page_text,
    pages_of_pdf,
    sheet_table,
    subject_of,
    tree_of,
    with_projects,
)

CODES = tuple(code for code, partner in partners().items() if partner.region != OUTSIDE)
# Of the real portfolio those with most projects, and with none; every document is made elsewhere.
REAL = ("MKD", "XKX", "ARM", "JOR", "SYR", "TUN")
Briefs = dict[tuple[str, str], Summary]
# Table on the pages, and the sheet's that it is cut out of.
CUTS = ("indicators", "partner-values", "risks", "trainings")


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Database]]:
    """Both portfolios, as they are loaded."""
    yield from both_portfolios(tmp_path_factory.mktemp("briefs"))


@pytest.fixture(scope="module")
def briefs(databases: dict[str, Database]) -> Briefs:
    """The brief of each of the 22 partners in the demonstration, and of some in the real portfolio."""
    return {
        (name, code): tree_of(subject_of(database, "partner", code))
        for name, database in databases.items()
        for code in (CODES if name == "demo" else REAL)
    }


def test_brief_of_a_partner_takes_two_pages_at_most(briefs: Briefs) -> None:
    assert len(briefs) == 28
    counts = {key: pages_of_pdf(brief) for key, brief in briefs.items()}
    assert {key: count for key, count in counts.items() if count > 2} == {}


def test_brief_rows_are_cells_of_the_sheets(briefs: Briefs) -> None:
    compared = 0
    for brief in briefs.values():
        for key in CUTS:
            shown = page_table(brief, key)
            whole = list(by_column(sheet_table(brief, key))) if shown is not None and shown.rows else []
            for row in by_column(shown) if whole and shown else ():
                assert any(all(is_cut_of(cell, of[name]) for name, cell in row.items()) for of in whole), row
                compared += 1
    assert compared > 150


def test_brief_projects_are_those_of_the_sheets(briefs: Briefs) -> None:
    compared = 0
    for brief in briefs.values():
        shown = page_table(brief, "projects")
        for row in by_column(shown) if shown else ():
            of, money, health = (
                next(each for each in by_column(sheet_table(brief, key)) if row["project"] == each["project"])
                for key in ("projects", "money", "health-by-project")
            )
            assert (row["status"], row["start"], row["end"]) == (of["status"], of["start"], of["end"])
            assert is_cut_of(row["implementers"], of["implementers"])
            assert (row["part_total"], row["overall"]) == (money["part_total"], health["overall"])
            compared += 1
    assert compared > 60


def test_brief_key_figures_are_those_of_the_sheet(briefs: Briefs) -> None:
    for brief in briefs.values():
        shown, whole = figures_of(brief.pages), figures_of(brief.sections)
        # Of a partner without any project a sentence says more than a row of noughts.
        if brief.pages[1].key in ("nearby", "context"):
            assert not shown
            continue
        assert 7 <= len(shown) <= 8
        assert {key: whole[key] for key in shown} == shown
        health = {key for key in shown if key.startswith("health")}
        is_known = any(whole[f"health-{colour}"] for colour in ("red", "amber", "green"))
        is_grey = bool(whole["health-grey"]) and not is_known
        assert health == ({"health-grey"} if is_grey else {"health-red", "health-amber"})


def test_brief_split_adds_up_to_the_key_figures(briefs: Briefs) -> None:
    checked = 0
    for brief in briefs.values():
        table, figures = page_table(brief, "split"), figures_of(brief.sections)
        rows = list(by_column(table)) if table else []
        for column, figure in (("part_total", "part-total-budget"), ("part_eu", "part-eu-contribution")):
            parts = [row[column] for row in (rows[:-1] or rows) if isinstance(row[column], int)]
            if rows and parts:
                assert rows[-1][column] == sum(parts) == figures[figure]
                checked += 1
    assert checked > 45


def test_brief_says_how_many_rows_it_left_out(briefs: Briefs) -> None:
    said = 0
    for brief in briefs.values():
        by = {section.key: section for section in brief.pages}
        for key, table, noun in (("risks", "risks", "open risk"), ("runs", "projects", "project")):
            shown = page_table(brief, table)
            if shown is None or not shown.rows or key not in by:
                continue
            whole = sum(not row.is_total for row in sheet_table(brief, table).rows)
            more = re.search(rf"(\d+) more {noun}", " ".join(by[key].remarks))
            assert len(shown.rows) + (int(more[1]) if more else 0) == whole
            said += more is not None
    assert said > 0


def test_brief_puts_context_beside_with_edition_date_and_source(briefs: Briefs) -> None:
    for brief in briefs.values():
        section = next(section for section in brief.pages if section.key == "context")
        assert section.intro == (CONTEXT_SENTENCE,)
        table = page_table(brief, "context")
        standing = {row["indicator"]: row for row in by_column(sheet_table(brief, "standing"))}
        known = {name for name, row in standing.items() if row["value"] is not Missing.UNKNOWN}
        assert table is not None and {row["indicator"] for row in by_column(table)} == known
        for row in by_column(table):
            assert str(row["value"]).startswith(str(standing[row["indicator"]]["value"]))
            assert row["edition"] and row["source"]
        for name in set(standing) - known:
            assert str(name) in section.remarks[0]


def test_brief_of_a_suspended_partner_says_since_when(briefs: Briefs) -> None:
    text = page_text(briefs["demo", "BLR"])
    assert "Cooperation with Belarus is suspended in ThunderElm since" in text
    assert "is suspended in" not in page_text(briefs["demo", "GEO"])


def test_brief_names_the_projects_that_list_no_partners(briefs: Briefs) -> None:
    said = page_text(briefs["reference", "ARM"])
    assert "they publish no list of their partners in the region: CyberEast+." in said
    assert "no list of their partners" not in page_text(briefs["reference", "TUN"])


def test_brief_of_a_partner_without_a_project_still_says_what_is_near(
    briefs: Briefs,
) -> None:
    brief = briefs["reference", "SYR"]
    assert [section.key for section in brief.pages] == ["brief", "context", "reading"]
    assert "No project on record is known to be active in Syria." in brief.pages[0].intro[0]
    assert "Elsewhere in its region (Southern neighbourhood) 2 projects run: " in brief.pages[0].intro[0]


def test_brief_with_designations_carries_their_text(briefs: Briefs) -> None:
    for code, word in (("XKX", "UNSCR 1244"), ("PSE", "recognition of a State")):
        for section in briefs["demo", code].pages:
            assert any(word in line for line in section.footnotes), section.key


NAMES = {"long": "W" * 300, "words": "long name " * 30, "formula": "=cmd|' /C calc'!A0", "rtl": "مشروع الأمن"}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_brief_holds_with_any_name_and_title(databases: dict[str, Database], name: str) -> None:
    subject = with_projects(
        subject_of(databases["demo"], "partner", "XKX"),
        lambda project: replace(
            project, acronym=name, title=name, summary=name,
            roles=tuple(replace(role, name=name) for role in project.roles),
        ),
    )  # fmt: skip
    brief = tree_of(subject)
    table = page_table(brief, "projects")
    assert table is not None and all(len(str(row.cells[0])) <= 40 for row in table.rows)
    assert pages_of_pdf(brief) == 2


def test_brief_without_shares_or_amounts_says_that_they_are_not_known(databases: dict[str, Database]) -> None:
    subject = with_projects(
        subject_of(databases["demo"], "partner", "MKD"),
        lambda project: replace(
            project, total_budget_cents=None, eu_contribution_cents=None,
            participations=tuple(replace(row, share_millionths=None) for row in project.participations),
        ),
    )  # fmt: skip
    brief = tree_of(subject)
    assert "Its part of their total budgets is not known." in brief.pages[0].intro[0]
    assert figures_of(brief.pages)["part-total-budget"] is Missing.UNKNOWN
    table = page_table(brief, "split")
    assert table is not None
    assert [(row["basis"], row["part_total"]) for row in by_column(table)] == [
        ("estimated: equal split", Missing.UNKNOWN)
    ]
