"""The chapters of a regional summary and of a portfolio report: how they begin, what they are cut from."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database
from portfolio.summaries.content import Facts, Section, Summary, Table
from portfolio.summaries.documents import compose
from portfolio.summaries.scopes import ScopeKind, SummaryScope
from tests.portfolios import copied_portfolio
from tests.workbooks.summary_files import AS_OF


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return copied_portfolio("demo", tmp_path_factory.mktemp("pages") / "demo.sqlite3")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return copied_portfolio("reference", tmp_path_factory.mktemp("pages") / "reference.sqlite3")


def summary(
    database: Database,
    kind: ScopeKind = "portfolio",
    scope_id: str = "",
    as_of: dt.date = AS_OF,
    chosen: PortfolioFilter | None = None,
) -> Summary:
    return compose(database, LOCAL_PERSON, SummaryScope(kind, scope_id), as_of=as_of, chosen=chosen).summary


def chapter(found: Summary, key: str) -> Section:
    return {section.key: section for section in found.pages}[key]


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def test_a_report_begins_with_what_is_off_track_by_name_and_what_comes_next(demo: Database) -> None:
    found = summary(demo, "region", "western-balkans")
    running, health, warned, due = chapter(found, "glance").intro
    assert running.startswith("7 projects are active in the region: 5 ongoing, 2 closed.")
    assert health == (
        "Health of the 5 ongoing projects: 3 red (FrostHazel, HailMaple, DrizzleAlder), "
        "2 amber (AuroraBeech, BreezeOlive)."
    )
    assert warned.startswith("3 signals by the rules (2 red, 1 amber), first of all HailMaple: ")
    assert due.endswith("fall due; next Financial report (HailMaple, 15 December 2026).")
    # The colours of the first page are those of the table that follows.
    colours = tables(chapter(found, "attention"))[1]
    assert [row.cells[:2] for row in colours.rows][:3] == [
        ("FrostHazel", "Red"), ("HailMaple", "Red"), ("DrizzleAlder", "Red"),
    ]  # fmt: skip


def test_a_region_shows_its_part_and_says_so_where_it_is_added_up(demo: Database) -> None:
    found = summary(demo, "region", "western-balkans")
    (projects,) = tables(chapter(found, "projects"))
    last = projects.rows[-1]
    assert last.cells[0] == "Part of Western Balkans: sum of what is known"
    part = projects.column("part_total")
    money = next(table for table in tables(found.section("money")) if table.key == "money")
    assert last.cells[part] == money.rows[-1].cells[money.column("part_total")]
    assert last.cells[part] == sum(
        cell for row in projects.rows[:-1] if isinstance(cell := row.cells[part], int)
    )


def test_only_what_is_behind_is_called_behind_with_what_it_is_measured_against(demo: Database) -> None:
    behind = tables(chapter(summary(demo), "results"))[0]
    shares = [row.cells[behind.column("share")] for row in behind.rows]
    assert len(shares) == 8 and shares == sorted(shares)  # type: ignore[type-var]
    assert all(isinstance(share, float) and share < 0.8 for share in shares)
    assert behind.column("baseline") < behind.column("target")


def test_health_that_nobody_reported_is_one_sentence_and_no_table(reference: Database) -> None:
    found = summary(reference)
    assert "The health of the 5 ongoing projects is not known: nobody has reported what it needs." in (
        chapter(found, "glance").intro
    )
    assert [table.key for table in tables(chapter(found, "attention"))] == ["attention"]
    next_due = chapter(found, "glance").intro[-1]
    assert next_due.endswith("next Request an extension (CyberSouth+, 30 November 2026).")


def test_what_is_mostly_not_published_names_those_that_have_it(reference: Database) -> None:
    facts = chapter(summary(reference), "about").blocks[1]
    assert isinstance(facts, Facts)
    said = dict(facts.rows)
    assert said["Modality"].startswith("22 of 26: known only of Jordan cyber crime twinning, ")
    assert said["End"] == "2 of 26: CyberSEE, Serbia High-Tech Crime Twinning"


def test_a_date_before_the_first_project_and_a_filter_that_leaves_nothing_are_said(demo: Database) -> None:
    early = chapter(summary(demo, as_of=dt.date(1990, 1, 1)), "glance").intro
    assert early[1].startswith("On 1 January 1990 no project is known to have begun;")
    nothing = summary(demo, chosen=PortfolioFilter(text="nothing is called this"))
    assert chapter(nothing, "glance").intro == (
        "No project meets this scope and filter, so there is nothing to report on this date.",
    )
    assert [section.key for section in nothing.pages] == ["glance", "about"]
